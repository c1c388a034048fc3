//! A new computer is useful at once: it works from a snapshot, and the logs decide.

use anyhow::{Context as _, Result, bail};
use radrum_sync::{Host as _, Instant, Phase, Status};
use radrum_tests::edits::{set, write};
use radrum_tests::file;
use radrum_tests::krets::{
    for_operator, invited, invited_with, office, office_with, text, until, use_relay,
};
use radrum_tests::office::{Office, Start};
use radrum_tests::relay::Relay;
use radrum_tests::road::{ByHand, End, by_hand};
use radrum_wire::{Envelope, Seq};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

const NOTES: usize = 60;

/// An office, its road, and what is needed to start it again.
struct Seat {
    office: Office,
    road: Arc<ByHand>,
    secrets: Arc<radrum_app::MemorySecrets>,
}

impl Seat {
    fn start(folder: &Path, secrets: &Arc<radrum_app::MemorySecrets>) -> (Arc<ByHand>, Start) {
        let (road, opener) = by_hand();
        let start = Start {
            secrets: Arc::clone(secrets),
            opener: Some(opener),
            ..Start::own(folder)
        };
        (road, start)
    }

    /// Ends the program, lets `meanwhile` at the file, and starts it again.
    fn restart(self, meanwhile: impl FnOnce(&Connection) -> Result<()>) -> Result<Self> {
        let folder = self.office.folder().to_path_buf();
        let key = self.office.key()?;
        drop(self.office);
        meanwhile(&file::connect(&folder, &key)?)?;
        let (road, start) = Self::start(&folder, &self.secrets);
        Ok(Self {
            office: Office::open(start)?,
            road,
            secrets: self.secrets,
        })
    }

    fn snapshot(&self) -> Result<Value> {
        Ok(self.office.call("krets", json!({}))?["snapshot"].clone())
    }

    fn found(&self, words: &str) -> Result<bool> {
        let hits = self.office.call("search", json!({ "text": words }))?;
        Ok(hits.to_string().contains("note:"))
    }
}

fn note(office: &Office, title: &str, body: &str) -> Result<String> {
    let made = office.call(
        "create_item",
        json!({ "kind": "note", "window": "w",
                "edits": [set("title", title), write("body", body)] }),
    )?;
    text(&made, "key")
}

fn edit(office: &Office, key: &str, title: &str) -> (String, Value) {
    let Ok(shown) = office.call("note", json!({ "key": key })) else {
        return ("edit_item".into(), json!({}));
    };
    let heads = shown["head"]["heads"].clone();
    let edit = json!({ "key": key, "heads": heads, "window": "w", "edits": [set("title", title)] });
    ("edit_item".into(), edit)
}

/// A founded krets in Dorotea with its cards and some notes, and Sorsele, who has just been
/// taken in and has nothing yet.
fn two(home: &TempDir) -> Result<(Seat, Seat, Vec<String>)> {
    let secrets = Arc::default();
    let (road, start) = Seat::start(&home.path().join("dorotea"), &secrets);
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    use_relay(&dorotea, "https://relay.example")?;
    let keys = (0..NOTES)
        .map(|n| note(&dorotea, &format!("Anteckning {n}"), "Ring före nio."))
        .collect::<Result<Vec<_>>>()?;
    let theirs = Arc::default();
    let (their_road, start) = Seat::start(&home.path().join("sorsele"), &theirs);
    let sorsele = invited_with(&dorotea, start, "Anna Öberg", "Sorsele")?;
    let seat = |office, road, secrets| Seat {
        office,
        road,
        secrets,
    };
    Ok((
        seat(dorotea, road, secrets),
        seat(sorsele, their_road, theirs),
        keys,
    ))
}

/// What stands in `docs`, but for bytes, row numbers and what came of the office itself.
fn shown(seat: Seat, of: &[String]) -> Result<(Seat, Vec<Vec<String>>)> {
    let mut rows = Vec::new();
    let seat = seat.restart(|file| {
        let sql = "SELECT key, hex(heads), value, created_at, created_by, updated_at, updated_by
                   FROM docs WHERE key = ?";
        for key in of {
            let row = file.query_row(sql, [key], |row| {
                let mut texts = Vec::new();
                for column in 0..7 {
                    texts.push(match row.get_ref(column)? {
                        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                        other => format!("{other:?}"),
                    });
                }
                Ok(texts)
            });
            rows.push(row.with_context(|| key.clone())?);
        }
        Ok(())
    })?;
    Ok((seat, rows))
}

fn all_keys(seat: Seat) -> Result<(Seat, Vec<String>)> {
    let mut keys = Vec::new();
    let seat = seat.restart(|file| {
        let mut select = file.prepare("SELECT key FROM docs ORDER BY key")?;
        let rows = select.query_map((), |row| row.get(0))?;
        keys = rows.collect::<Result<_, _>>()?;
        Ok(())
    })?;
    Ok((seat, keys))
}

fn settled(end: &End) {
    (end.on_status)(Status {
        phase: Phase::UpToDate,
        fetched_at: Some(Instant(1_900_000_000_000)),
        waiting: 0,
        problem: None,
    });
}

fn numbers(parts: &[Vec<u8>]) -> Result<Vec<Seq>> {
    let numbers = parts
        .iter()
        .map(|part| Ok(Envelope::decode(part)?.place().seq));
    numbers.collect()
}

#[test]
fn a_new_office_works_from_the_snapshot_and_edits_when_the_logs_have_come() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, notes) = two(&home)?;
    let mut theirs = dorotea.road.end()?;
    let parts = theirs.host.make_snapshot()?;
    let entries = theirs.entries();
    drop(theirs);
    let mut ours = sorsele.road.end()?;
    assert_eq!(ours.host.wants_snapshot(), Some(Seq(1)));
    assert!(!sorsele.found("anteckning 7")?);
    ours.give_parts(&parts)?;
    assert_eq!(ours.host.wants_snapshot(), None);

    // No entry of the others is here, and everything is read.
    assert_eq!(ours.host.holdings().heads().as_slice().len(), 1);
    let seen = sorsele.snapshot()?;
    assert_eq!(
        (&seen["state"], &seen["by"]),
        (&json!("checking"), &json!("Dorotea"))
    );
    assert_eq!(seen["items"], seen["of"]);
    assert!(sorsele.found("anteckning 7")?);
    assert_eq!(
        sorsele.office.call("playbooks", json!({}))?,
        dorotea.office.call("playbooks", json!({}))?
    );
    let (command, args) = edit(&sorsele.office, &notes[7], "Ändrad");
    let refused = sorsele.office.refused(&command, args)?;
    assert_eq!(refused["code"], "not_yet_here");
    let refused = sorsele
        .office
        .refused("history", json!({ "key": notes[7] }))?;
    assert_eq!(refused["code"], "not_yet_here");
    note(&sorsele.office, "Egen", "Skriven medan loggarna hämtas.")?;

    // Half of the logs: what has come can be edited, the rest is still shown.
    let half = entries.len() - NOTES / 2;
    ours.give(&entries[..half])?;
    assert_eq!(sorsele.snapshot()?["state"], "checking");
    let (command, args) = edit(&sorsele.office, &notes[0], "Ändrad i Sorsele");
    sorsele.office.call(&command, args)?;
    let last = notes.last().context("notes")?;
    let (command, args) = edit(&sorsele.office, last, "Ändrad");
    assert_eq!(
        sorsele.office.refused(&command, args)?["code"],
        "not_yet_here"
    );

    ours.give(&entries[half..])?;
    let seen = sorsele.snapshot()?;
    assert_eq!(seen["state"], "done", "{seen}");
    assert!(seen["at"].is_i64());
    drop(ours);
    let (dorotea, mut keys) = all_keys(dorotea)?;
    keys.retain(|key| *key != notes[0]);
    let (_dorotea, theirs) = shown(dorotea, &keys)?;
    let (sorsele, here) = shown(sorsele, &keys)?;
    assert!(here == theirs, "other rows than the founder has");
    let ours = sorsele.road.end()?;
    assert_eq!(ours.host.wants_snapshot(), None);
    Ok(())
}

#[test]
fn what_is_shown_never_goes_backwards_while_the_logs_come() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, notes) = two(&home)?;
    for n in 0..5 {
        let (command, args) = edit(&dorotea.office, &notes[3], &format!("Utgåva {n}"));
        dorotea.office.call(&command, args)?;
    }
    let mut theirs = dorotea.road.end()?;
    let parts = theirs.host.make_snapshot()?;
    let (command, args) = edit(&dorotea.office, &notes[3], "Efter bilden");
    dorotea.office.call(&command, args)?;
    let entries = theirs.entries();
    let mut ours = sorsele.road.end()?;
    ours.give_parts(&parts)?;
    let mut titles = Vec::new();
    for entry in &entries {
        ours.give(std::slice::from_ref(entry))?;
        let shown = sorsele.office.call("note", json!({ "key": notes[3] }))?;
        titles.push(text(&shown["note"], "title")?);
    }
    titles.dedup();
    assert_eq!(titles, ["Utgåva 4", "Efter bilden"]);
    assert_eq!(sorsele.snapshot()?["state"], "done");
    Ok(())
}

/// What is changed in the maker's file before it makes the snapshot.
fn lies(lie: impl FnOnce(&Connection, &[String]) -> Result<()>) -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, notes) = two(&home)?;
    let honest = dorotea.road.end()?;
    let entries = honest.entries();
    drop(honest);
    let (dorotea, before) = shown(dorotea, &notes)?;
    let dorotea = dorotea.restart(|file| lie(file, &notes))?;
    let parts = dorotea.road.end()?.host.make_snapshot()?;

    let mut ours = sorsele.road.end()?;
    ours.give_parts(&parts)?;
    assert!(sorsele.found("påhittat")?);
    ours.give(&entries)?;
    settled(&ours);
    let seen = sorsele.snapshot()?;
    assert_eq!(
        (&seen["state"], &seen["by"]),
        (&json!("dropped"), &json!("Dorotea"))
    );
    assert!(!sorsele.found("påhittat")?);
    assert!(sorsele.found("anteckning 7")?);
    let (command, args) = edit(&sorsele.office, &notes[7], "Ändras nu");
    sorsele.office.call(&command, args)?;
    drop(ours);
    let rest: Vec<String> = notes
        .iter()
        .filter(|key| **key != notes[7])
        .cloned()
        .collect();
    let (sorsele, here) = shown(sorsele, &rest)?;
    let before: Vec<_> = before
        .into_iter()
        .filter(|row| row[0] != notes[7])
        .collect();
    assert!(here == before, "other rows than the logs give");
    // It is not read once more.
    assert_eq!(sorsele.road.end()?.host.wants_snapshot(), None);
    Ok(())
}

#[test]
fn a_snapshot_with_another_value_is_dropped_and_its_maker_named() -> Result<()> {
    lies(|file, notes| {
        let changed = file.execute(
            "UPDATE docs SET value = replace(value, 'Anteckning 5', 'Påhittat') WHERE key = ?",
            [&notes[5]],
        )?;
        assert_eq!(changed, 1);
        Ok(())
    })
}

#[test]
fn a_snapshot_with_an_invented_item_is_dropped_and_its_maker_named() -> Result<()> {
    lies(|file, notes| {
        let changed = file.execute(
            "INSERT INTO docs (item, key, kind, generation, heads, saved, value, created_at,
                               created_by, updated_at, updated_by)
             SELECT x'00112233445566778899aabbccddeeff', 'note:00112233445566778899aabbccddeeff',
                    kind, 1, x'0000000000000000000000000000000000000000000000000000000000000007',
                    saved, replace(value, 'Anteckning 5', 'Påhittat'), created_at, created_by,
                    updated_at, updated_by
             FROM docs WHERE key = ?",
            [&notes[5]],
        )?;
        assert_eq!(changed, 1);
        Ok(())
    })
}

#[test]
fn a_snapshot_with_other_heads_is_dropped_and_its_maker_named() -> Result<()> {
    lies(|file, notes| {
        let changed = file.execute(
            "UPDATE docs SET value = replace(value, 'Anteckning 5', 'Påhittat'),
                 heads = x'0000000000000000000000000000000000000000000000000000000000000007'
             WHERE key = ?",
            [&notes[5]],
        )?;
        assert_eq!(changed, 1);
        Ok(())
    })
}

#[test]
fn a_program_that_ends_in_the_middle_goes_on_where_it_was() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, _) = two(&home)?;
    let mut theirs = dorotea.road.end()?;
    let parts = theirs.host.make_snapshot()?;
    let entries = theirs.entries();
    let mut ours = sorsele.road.end()?;
    ours.give_parts(&parts[..1])?;
    assert_eq!(ours.host.wants_snapshot(), Some(Seq(2)));
    assert_eq!(sorsele.snapshot()?["state"], "reading");
    drop(ours);
    let sorsele = sorsele.restart(|_| Ok(()))?;
    let mut ours = sorsele.road.end()?;
    assert_eq!(ours.host.wants_snapshot(), Some(Seq(2)));
    ours.give_parts(&parts[1..])?;
    assert_eq!(sorsele.snapshot()?["state"], "checking");
    ours.give(&entries[..entries.len() / 2])?;
    drop(ours);
    let sorsele = sorsele.restart(|_| Ok(()))?;
    assert!(sorsele.found("anteckning 7")?);
    let mut ours = sorsele.road.end()?;
    ours.give(&entries[entries.len() / 2..])?;
    assert_eq!(sorsele.snapshot()?["state"], "done");
    Ok(())
}

#[test]
fn parts_that_do_not_fit_together_do_no_harm() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, notes) = two(&home)?;
    let mut theirs = dorotea.road.end()?;
    let (parts, other) = (theirs.host.make_snapshot()?, theirs.host.make_snapshot()?);
    let entries = theirs.entries();
    let beat = theirs.host.heartbeat()?.context("heartbeat")?.envelope;
    let own = sorsele.road.end()?;
    assert_eq!(numbers(&parts)?.first(), Some(&Seq(1)));
    assert!(parts.len() > 1);
    let mut ours = own;
    let mut forged = parts.clone();
    if let Some(byte) = forged.last_mut().and_then(|part| part.last_mut()) {
        *byte ^= 1;
    }
    let mixed = [&parts[..1], &other[1..]].concat();
    let foul = [
        mixed,
        forged,
        parts[1..].to_vec(),
        [&parts[..1], &parts[..0], &[beat][..]].concat(),
        [&parts[..1], &entries[..1]].concat(),
    ];
    for parts in &foul {
        ours.give_parts(parts)?;
        assert_eq!(sorsele.snapshot()?, Value::Null);
        assert!(!sorsele.found("anteckning 7")?);
        assert_eq!(ours.host.wants_snapshot(), Some(Seq(1)));
    }
    // A part that never comes.
    ours.give_parts(&parts[..1])?;
    ours.give_parts(&[])?;
    assert_eq!(sorsele.snapshot()?, Value::Null);
    ours.give(&entries)?;
    assert!(sorsele.found("anteckning 7")?);
    assert_eq!(ours.host.wants_snapshot(), None);
    ours.give_parts(&parts)?;
    let seen = sorsele.snapshot()?;
    assert!(seen.is_null() || seen["state"] == "done", "{seen}");
    let (command, args) = edit(&sorsele.office, &notes[7], "Ändras nu");
    sorsele.office.call(&command, args)?;
    Ok(())
}

#[test]
fn what_the_logs_never_prove_is_not_shown_for_ever_and_nobody_is_blamed() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele, _) = two(&home)?;
    let last = note(&dorotea.office, "Sist", "Den sista.")?;
    let mut theirs = dorotea.road.end()?;
    let parts = theirs.host.make_snapshot()?;
    let entries = theirs.entries();
    let mut ours = sorsele.road.end()?;
    ours.give_parts(&parts)?;
    // The last note has not left the maker's computer.
    ours.give(&entries[..entries.len() - 1])?;
    assert_eq!(sorsele.snapshot()?["state"], "checking");
    settled(&ours);
    let seen = sorsele.snapshot()?;
    assert_eq!(
        (&seen["state"], &seen["by"]),
        (&json!("dropped"), &Value::Null)
    );
    let refused = sorsele.office.refused("note", json!({ "key": last }))?;
    assert_eq!(refused["code"], "not_found");
    ours.give(&entries[entries.len() - 1..])?;
    sorsele.office.call("note", json!({ "key": last }))?;
    Ok(())
}

#[test]
fn over_a_relay_the_snapshot_comes_and_is_confirmed() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    for n in 0..NOTES {
        note(&dorotea, &format!("Anteckning {n}"), "Ring före nio.")?;
    }
    let relay = Relay::start(&home.path().join("relay"), 0, &for_operator(&dorotea)?)?;
    use_relay(&dorotea, relay.address())?;
    let made = home.path().join("relay/relay.db");
    until("a snapshot lies at the relay", || {
        let file = Connection::open(&made)?;
        let whole = "SELECT count(*) FROM snapshots WHERE turn > 0";
        Ok(file.query_row(whole, (), |row| row.get::<_, i64>(0))? == 1)
    })?;
    let folder = home.path().join("sorsele");
    let sorsele = invited(&dorotea, &folder, "Anna Öberg", "Sorsele")?;
    until("it is confirmed", || {
        let seen = sorsele.call("krets", json!({}))?["snapshot"].clone();
        if seen["state"] == "dropped" {
            bail!("{seen}");
        }
        Ok(seen["state"] == "done")
    })?;
    assert_eq!(
        sorsele.call("playbooks", json!({}))?,
        dorotea.call("playbooks", json!({}))?
    );
    Ok(())
}
