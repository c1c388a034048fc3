//! Posts without a name: what only their writer's computer knows of them, and the tokens that
//! pay for them.

use crate::{Read, StoreError, Tx};
use radrum_wire::{EntryHash, ItemId};
use rusqlite::{OptionalExtension as _, Row, params};

/// What a post does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnnamedAct {
    /// Makes its item.
    Write,
    /// Changes it.
    Change,
    /// Erases it.
    Erase,
}

impl UnnamedAct {
    const ALL: [(Self, &str); 3] = [
        (Self::Write, "write"),
        (Self::Change, "change"),
        (Self::Erase, "erase"),
    ];

    fn name(self) -> &'static str {
        let known = Self::ALL.iter().find(|(act, _)| *act == self);
        known.map_or("write", |(_, name)| name)
    }

    fn of(name: &str) -> Option<Self> {
        let known = Self::ALL.iter().find(|(_, known)| *known == name);
        known.map(|(act, _)| *act)
    }
}

/// A post that was written here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnnamedPost {
    /// Number of the row; zero for a new one.
    pub n: i64,
    /// What it does.
    pub act: UnnamedAct,
    /// The item that it is about.
    pub item: ItemId,
    /// The question of its thread: itself, or the one that it answers.
    pub question: ItemId,
    /// Its key.
    pub key: String,
    /// What it says, as JSON: edits, or why it is erased. Empty when it has come back.
    pub said: String,
    /// UTC ms; it is not sealed before.
    pub release_at: i64,
    /// Its entry, once it is sealed.
    pub entry: Option<EntryHash>,
    /// What the relay is given, once it is sealed.
    pub post: Option<Vec<u8>>,
    /// It stands in the log of the krets.
    pub is_back: bool,
}

/// A token, signed or not yet.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Number of the row; zero for a new one.
    pub n: i64,
    /// Its key.
    pub secret: [u8; 32],
    /// Number of the fact that names who signs it.
    pub issuer: u32,
    /// The blinded message.
    pub message: Vec<u8>,
    /// What undoes the blinding.
    pub blinding: Vec<u8>,
}

/// Key and signature of a token.
pub type SignedToken = ([u8; 32], Vec<u8>);

const POSTS: &str = "SELECT p.n, p.act, p.item, p.question, p.key, p.said, p.release_at, p.entry,
    p.post, EXISTS (SELECT 1 FROM entries e WHERE e.hash = p.entry) FROM anonymous_acts p";

fn blob<const N: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; N]> {
    row.get(column)
}

fn post(row: &Row<'_>) -> rusqlite::Result<UnnamedPost> {
    let act: String = row.get(1)?;
    let entry: Option<[u8; 32]> = row.get(7)?;
    Ok(UnnamedPost {
        n: row.get(0)?,
        act: UnnamedAct::of(&act).ok_or(rusqlite::Error::InvalidQuery)?,
        item: ItemId::from_bytes(blob(row, 2)?),
        question: ItemId::from_bytes(blob(row, 3)?),
        key: row.get(4)?,
        said: row.get(5)?,
        release_at: row.get(6)?,
        entry: entry.map(EntryHash::from_bytes),
        post: row.get(8)?,
        is_back: row.get(9)?,
    })
}

impl Read<'_> {
    /// The key of the thread of a question that was written in.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn unnamed_thread(&self, question: ItemId) -> Result<Option<[u8; 32]>, StoreError> {
        let select = "SELECT secret FROM anonymous_threads WHERE question = ?";
        let mut statement = self.db.prepare_cached(select)?;
        let row = statement.query_row([question.as_bytes()], |row| blob(row, 0));
        Ok(row.optional()?)
    }

    /// Everything that was written here without a name, in that order.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn unnamed_posts(&self) -> Result<Vec<UnnamedPost>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!("{POSTS} ORDER BY p.n"))?;
        let rows = statement.query_map((), post)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The one that made an item.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn unnamed_post(&self, item: ItemId) -> Result<Option<UnnamedPost>, StoreError> {
        let select = format!("{POSTS} WHERE p.item = ? AND p.act = 'write'");
        let mut statement = self.db.prepare_cached(&select)?;
        Ok(statement.query_row([item.as_bytes()], post).optional()?)
    }

    /// Tokens that were asked for and not signed yet, in the order in which they are asked for.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn asked_tokens(&self) -> Result<Vec<TokenRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT n, secret, issuer, message, blinding FROM anonymous_tokens
             WHERE issued IS NULL ORDER BY n",
        )?;
        let rows = statement.query_map((), |row| {
            Ok(TokenRow {
                n: row.get(0)?,
                secret: blob(row, 1)?,
                issuer: row.get(2)?,
                message: row.get(3)?,
                blinding: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many signed tokens of an issuer are left.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn tokens_left(&self, issuer: u32) -> Result<u32, StoreError> {
        let count = "SELECT count(*) FROM anonymous_tokens WHERE issuer = ? AND issued IS NOT NULL";
        Ok(self
            .db
            .prepare_cached(count)?
            .query_row([issuer], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Keeps the key of a thread.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_unnamed_thread(
        &self,
        question: ItemId,
        secret: &[u8; 32],
    ) -> Result<(), StoreError> {
        self.db.execute(
            "INSERT INTO anonymous_threads (question, secret) VALUES (?, ?)",
            params![question.as_bytes(), secret],
        )?;
        Ok(())
    }

    /// Keeps a post that waits for its time.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_unnamed_post(&self, post: &UnnamedPost) -> Result<(), StoreError> {
        self.db.execute(
            "INSERT INTO anonymous_acts (act, item, question, key, said, release_at)
             VALUES (?, ?, ?, ?, ?, ?)",
            params![
                post.act.name(),
                post.item.as_bytes(),
                post.question.as_bytes(),
                post.key,
                post.said,
                post.release_at
            ],
        )?;
        Ok(())
    }

    /// Takes back a post that is not sealed yet. Gives whether it was one.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn withdraw_unnamed_post(&self, n: i64) -> Result<bool, StoreError> {
        let delete = "DELETE FROM anonymous_acts WHERE n = ? AND post IS NULL AND said != ''";
        let withdrawn = self.db.execute(delete, [n])? == 1;
        self.db.execute(
            "DELETE FROM anonymous_threads WHERE question NOT IN
             (SELECT question FROM anonymous_acts)",
            (),
        )?;
        Ok(withdrawn)
    }

    /// Keeps what a post was sealed as, or forgets that when the relay does not take it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn seal_unnamed_post(
        &self,
        n: i64,
        sealed: Option<(EntryHash, &[u8])>,
    ) -> Result<(), StoreError> {
        let (entry, post) = sealed.unzip();
        self.db.execute(
            "UPDATE anonymous_acts SET entry = ?, post = ? WHERE n = ?",
            params![entry.map(|entry| *entry.as_bytes()), post, n],
        )?;
        Ok(())
    }

    /// Forgets the texts of posts that have come back: they stand where all others do.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn end_unnamed_posts(&self) -> Result<(), StoreError> {
        self.db.execute(
            "UPDATE anonymous_acts SET said = '', post = NULL
             WHERE post IS NOT NULL AND entry IN (SELECT hash FROM entries)",
            (),
        )?;
        Ok(())
    }

    /// Keeps a token that is to be signed.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_token(&self, token: &TokenRow) -> Result<(), StoreError> {
        self.db.execute(
            "INSERT INTO anonymous_tokens (secret, issuer, message, blinding) VALUES (?, ?, ?, ?)",
            params![token.secret, token.issuer, token.message, token.blinding],
        )?;
        Ok(())
    }

    /// Keeps the signature of a token.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn sign_token(&self, n: i64, issued: &[u8]) -> Result<(), StoreError> {
        let update = "UPDATE anonymous_tokens SET issued = ? WHERE n = ?";
        self.db.execute(update, params![issued, n])?;
        Ok(())
    }

    /// Takes the oldest signed token of an issuer, for ever: its key and signature.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn take_token(&self, issuer: u32) -> Result<Option<SignedToken>, StoreError> {
        let delete = "DELETE FROM anonymous_tokens WHERE n =
            (SELECT min(n) FROM anonymous_tokens WHERE issuer = ? AND issued IS NOT NULL)
            RETURNING secret, issued";
        let mut statement = self.db.prepare_cached(delete)?;
        let row = statement.query_row([issuer], |row| Ok((blob(row, 0)?, row.get(1)?)));
        Ok(row.optional()?)
    }

    /// Forgets tokens that were asked for and never signed, and the oldest beyond so many.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn trim_tokens(&self, keep: u32) -> Result<(), StoreError> {
        self.db.execute(
            "DELETE FROM anonymous_tokens WHERE issued IS NULL OR n NOT IN
             (SELECT n FROM anonymous_tokens WHERE issued IS NOT NULL ORDER BY n DESC LIMIT ?)",
            [keep],
        )?;
        Ok(())
    }
}
