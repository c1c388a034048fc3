//! One world: somebody writes without a name, and everything that others see is kept.

use anyhow::Result;
use radrum_tests::crowd::{Crowd, DEVICES, HOUR_MS, Leak, PROGRAMS, Secrets};
use radrum_tests::krets::Calls as _;
use radrum_wire::{Envelope, Place};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::json;
use std::collections::BTreeMap;

const TITLE: &str = "Hur gör ni med jour?";

/// Those who did not write in either world.
const OTHERS: [usize; 2] = [0, 3];

/// What others see.
pub struct World {
    /// It came to everybody.
    arrived: bool,
    /// What the relay was asked by each device, and when.
    asked: BTreeMap<usize, Vec<(i64, &'static str)>>,
    /// The posts at the relay: length, family, position.
    posts: Vec<(usize, u8, u64)>,
    /// What each said that it holds, after the post was given and before it came back.
    summaries: Vec<String>,
    /// Every row of every table of the others, without what was drawn for the post.
    files: Vec<BTreeMap<String, Vec<String>>>,
}

impl World {
    /// `author` writes.
    pub fn of(author: usize, leak: Option<Leak>) -> Result<Self> {
        let mut crowd = Crowd::of(DEVICES, leak)?;
        crowd.pass(HOUR_MS);
        let wrote = crowd.seats[author].ask(TITLE);
        // In the morning everybody turns the computer on.
        let office = crowd.seats[author].call("start", json!({}))?;
        let office = office["session"]["municipality"]["key"].clone();
        let mut secrets = None;
        crowd.restart(author, |file| {
            secrets = Secrets::read(file).ok();
            if leak == Some(Leak::Office) {
                let owner = format!(r#",{{"edit":"set","field":"owner","value":{office}}}]"#);
                let add = "UPDATE anonymous_acts SET said = substr(said, 1, length(said) - 1) || ?";
                file.execute(add, [owner])?;
            }
            Ok(())
        })?;
        crowd.pass(7 * HOUR_MS);
        if let (Some(leak @ (Leak::Clock | Leak::PaddingByLength)), Some(secrets)) = (leak, secrets)
        {
            let now = crowd.now();
            crowd.mailbox.tamper = Some(Box::new(move |post| secrets.leaking(leak, now, post)));
        }
        crowd.turn()?;
        let summaries = (0..PROGRAMS).map(|seat| crowd.summary(seat));
        let summaries = summaries.collect::<Result<_>>()?;
        crowd.mailbox.hand_out()?;
        crowd.turn()?;
        let mut arrived = wrote.is_ok();
        for seat in &crowd.seats {
            arrived &= seat.question(TITLE)?.is_some();
        }
        let places = crowd.mailbox.posts.iter().map(|post| {
            let place = *Envelope::decode(&post.envelope)?.place();
            Ok((post.envelope.clone(), place))
        });
        let places: Vec<(Vec<u8>, Place)> = places.collect::<Result<_>>()?;
        let mut files = Vec::new();
        for seat in OTHERS {
            files.push(rows(&crowd.file(seat)?, &places)?);
        }
        Ok(Self {
            arrived,
            asked: crowd.mailbox.asked.clone(),
            posts: places
                .iter()
                .map(|(bytes, place)| (bytes.len(), place.tag, place.seq.0))
                .collect(),
            summaries,
            files,
        })
    }
}

/// What tells the two worlds apart, if anything does.
pub fn told_apart(one: &World, other: &World) -> Option<String> {
    if !(one.arrived && other.arrived) {
        return Some("a post did not come to everybody".into());
    }
    if one.posts != other.posts || one.posts.len() != 1 || one.posts[0].0 < 2_048 {
        return Some(format!("posts: {:?}, {:?}", one.posts, other.posts));
    }
    if one.asked != other.asked {
        return Some("what devices asked the relay".into());
    }
    if one.summaries != other.summaries {
        return Some("what devices say that they hold".into());
    }
    for (one, other) in one.files.iter().zip(&other.files) {
        for (table, rows) in one {
            let others = other.get(table);
            if others != Some(rows) {
                let strange = |row: &&String| !others.is_some_and(|all| all.contains(row));
                let row = rows.iter().find(strange).cloned();
                return Some(format!("{table}: {}", row.unwrap_or_default()));
            }
        }
    }
    None
}

/// All rows of all tables but those of the search index, which follow from them. Ids that were
/// drawn for the post and what is computed from them are replaced; sealed and packed bytes are
/// left out, since nobody reads more in them than in what they were opened to.
fn rows(file: &Connection, posts: &[(Vec<u8>, Place)]) -> Result<BTreeMap<String, Vec<String>>> {
    let drawn = drawn(file, posts)?;
    let list = "SELECT name FROM sqlite_master WHERE type = 'table'
                AND name != 'refinery_schema_history' AND sql NOT LIKE 'CREATE VIRTUAL%'
                AND name NOT LIKE '%\\_data' ESCAPE '\\' AND name NOT LIKE '%\\_idx' ESCAPE '\\'
                AND name NOT LIKE '%\\_docsize' ESCAPE '\\' AND name NOT LIKE '%\\_config' ESCAPE '\\'";
    let mut statement = file.prepare(list)?;
    let names: Vec<String> = statement
        .query_map((), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut all = BTreeMap::new();
    for name in names {
        let mut statement = file.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let mut line = Vec::new();
            for column in 0..columns {
                line.push(match row.get_ref(column)? {
                    ValueRef::Blob(bytes) if bytes.len() > 64 => "bytes".to_string(),
                    ValueRef::Blob(bytes) => hex::encode(bytes),
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    other => format!("{other:?}"),
                });
            }
            let mut line = line.join("|");
            for (drawn, what) in &drawn {
                line = line.replace(drawn, what);
            }
            lines.push(line);
        }
        lines.sort_unstable();
        all.insert(name, lines);
    }
    anyhow::ensure!(
        all.len() > 20 && all.contains_key("docs"),
        "tables: {:?}",
        all.keys()
    );
    Ok(all)
}

/// What was drawn for the posts, as it stands in the file.
fn drawn(file: &Connection, posts: &[(Vec<u8>, Place)]) -> Result<Vec<(String, &'static str)>> {
    let mut drawn = Vec::new();
    for (envelope, place) in posts {
        let log = place.log.as_bytes();
        let hash = Envelope::decode(envelope)?.hash();
        drawn.push((hex::encode(log), "log"));
        drawn.push((hex::encode(hash.as_bytes()), "entry"));
        let mut changes = file.prepare("SELECT c.item, c.hash, c.actor FROM changes c JOIN logs l ON l.n = c.log_n WHERE l.log = ?")?;
        let mut rows = changes.query([log])?;
        while let Some(row) = rows.next()? {
            for (column, what) in ["item", "change", "actor"].into_iter().enumerate() {
                let bytes: Vec<u8> = row.get(column)?;
                drawn.push((hex::encode(bytes), what));
            }
        }
    }
    Ok(drawn)
}
