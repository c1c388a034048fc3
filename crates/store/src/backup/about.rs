//! What a backup says about itself, in a table of its own.

use crate::error::StoreError;
use crate::migrate;
use radrum_domain::ItemKey;
use radrum_wire::RegionId;
use rusqlite::Connection;

/// What is in the `format` row; another layout gets another number.
const FORMAT: u32 = 1;

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Which krets.
    pub region: RegionId,
    /// Its name.
    pub region_name: String,
    /// The member who used the computer.
    pub me: ItemKey,
    /// Whether it was shared: then its logs are sealed, and others have them.
    pub in_krets: bool,
    /// When it was made, by that computer's clock, UTC ms.
    pub made_at: i64,
    /// How many items it holds.
    pub items: u64,
    /// Of all items: [`Read::digest`].
    pub digest: [u8; 32],
}

/// What the attached profile is, with the digest of what was copied.
pub(super) fn of_source(db: &Connection, digest: [u8; 32]) -> Result<About, StoreError> {
    let (region, region_name, me): ([u8; 16], String, String) = db.query_row(
        "SELECT region, region_name, me FROM source.profile",
        (),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    // Whatever is written in a krets is sealed.
    let in_krets = db.query_row("SELECT count(*) > 0 FROM main.entries", (), |row| {
        row.get(0)
    })?;
    let items = db.query_row("SELECT count(*) FROM main.docs", (), |row| row.get(0))?;
    Ok(About {
        region: RegionId::from_bytes(region),
        region_name,
        me: me
            .parse()
            .map_err(|_| StoreError::Malformed("nobody yet"))?,
        in_krets,
        made_at: 0,
        items,
        digest,
    })
}

/// Rows by name, to be read by people with a standard tool.
pub(super) fn write(db: &Connection, about: &About) -> Result<(), StoreError> {
    let schema = migrate::newest(db, "source")?;
    db.execute_batch("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")?;
    for (name, value) in [
        ("format", FORMAT.to_string()),
        ("schema", schema.to_string()),
        ("region", hex(about.region.as_bytes())),
        ("region_name", about.region_name.clone()),
        ("me", about.me.to_string()),
        ("in_krets", u8::from(about.in_krets).to_string()),
        ("made_at", about.made_at.to_string()),
        ("items", about.items.to_string()),
        ("digest", hex(&about.digest)),
    ] {
        db.execute("INSERT INTO about VALUES (?, ?)", [name, value.as_str()])?;
    }
    Ok(())
}

/// What it says, and the schema of its tables.
pub(super) fn read(db: &Connection) -> Result<(About, u32), StoreError> {
    const ABOUT: StoreError = StoreError::Malformed("about");
    let text = |name: &str| -> Result<String, StoreError> {
        let sql = "SELECT value FROM main.about WHERE name = ?";
        Ok(db.query_row(sql, [name], |row| row.get(0))?)
    };
    let number = |name: &str| -> Result<u32, StoreError> { text(name)?.parse().map_err(|_| ABOUT) };
    let known = migrate::known();
    let (format, schema) = (number("format")?, number("schema")?);
    if format > FORMAT || schema > known {
        return Err(StoreError::Newer {
            found: schema,
            known,
        });
    }
    let about = About {
        region: RegionId::from_bytes(unhex(&text("region")?).ok_or(ABOUT)?),
        region_name: text("region_name")?,
        me: text("me")?.parse().map_err(|_| ABOUT)?,
        in_krets: number("in_krets")? == 1,
        made_at: text("made_at")?.parse().map_err(|_| ABOUT)?,
        items: text("items")?.parse().map_err(|_| ABOUT)?,
        digest: unhex(&text("digest")?).ok_or(ABOUT)?,
    };
    Ok((about, schema))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
