use rusqlite::Connection;

/// Queries. The functions stand beside the table that they read (`table/`, `search/`).
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    pub(crate) db: &'a Connection,
}

impl<'a> Read<'a> {
    pub(crate) const fn new(db: &'a Connection) -> Self {
        Self { db }
    }
}
