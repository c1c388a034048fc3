//! What is left of an erased entry, and who may say so.

use super::{CANARY, carry, edit, erase, is_gone, meet, note, onto, read_in, two};
use anyhow::Result;
use radrum_app::MemorySecrets;
use radrum_domain::{Document, Edit, Scalar};
use radrum_tests::krets::{invited_with, office, office_with, take_in, text, use_relay};
use radrum_tests::office::{Office, Start};
use radrum_tests::road::by_hand;
use radrum_tests::writers::Writer;
use radrum_wire::{
    Dropped, EntryHash, Envelope, Erase, EraseTarget, Generation, Ground, Head, ItemId, Kind,
    Record as _,
};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// The files of a profile that is closed, as a copy of the disk would have them.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for file in std::fs::read_dir(from)? {
        let file = file?;
        if file.file_type()?.is_file() {
            std::fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    Ok(())
}

/// Writes a stick anew with other envelopes, or in another order.
fn rewrite(office: &Office, file: &Path, how: impl FnOnce(&mut Vec<Envelope<'_>>)) -> Result<()> {
    let region = text(&office.call("road", json!({}))?, "region_id")?.parse()?;
    let bytes = std::fs::read(file)?;
    let bundle = radrum_wire::Bundle::decode(&bytes, region)?;
    let mut all: Vec<Envelope<'_>> = bundle.envelopes().collect();
    how(&mut all);
    let mut writer = radrum_wire::BundleWriter::new(region)?;
    for envelope in &all {
        writer.push(envelope.bytes())?;
    }
    std::fs::write(file, writer.finish())?;
    Ok(())
}

#[test]
fn of_two_entries_at_one_place_only_the_one_that_was_erased_goes() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let (folder, disk) = (home.path().join("sorsele"), home.path().join("disk"));
    let secrets = Arc::new(MemorySecrets::default());
    let seat = || Start {
        secrets: Arc::clone(&secrets),
        ..Start::own(&folder)
    };
    let sorsele = invited_with(&dorotea, seat(), "Anna Öberg", "Sorsele")?;
    drop(sorsele);
    copy(&folder, &disk)?;
    let sorsele = Office::open(seat())?;
    let lost = note(&sorsele, "Före olyckan", &format!("Om {CANARY}."))?;
    carry(&home, &sorsele, &dorotea)?;
    drop(sorsele);
    std::fs::remove_dir_all(&folder)?;
    copy(&disk, &folder)?;
    let sorsele = Office::open(seat())?;
    let kept = note(&sorsele, "Efter olyckan", "Ring före nio.")?;
    meet(&home, &sorsele, &dorotea)?;
    meet(&home, &sorsele, &dorotea)?;
    sorsele.call("erase_item", erase(&lost, false))?;
    meet(&home, &sorsele, &dorotea)?;
    meet(&home, &sorsele, &dorotea)?;
    let asele = office(home.path(), "Per Nord", "Åsele")?;
    take_in(&dorotea, &asele, "Per Nord", "Åsele")?;
    carry(&home, &dorotea, &asele)?;
    for office in [&dorotea, &sorsele, &asele] {
        is_gone(office, &lost)?;
        office.call("note", json!({ "key": kept }))?;
    }
    Ok(())
}

#[test]
fn stubs_that_come_before_whoever_names_them_are_taken_when_she_does() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let key = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    meet(&home, &dorotea, &sorsele)?;
    edit(&sorsele, &key, &format!("Om {CANARY}, säger Anna."))?;
    dorotea.call("erase_item", erase(&key, false))?;
    // Maja gets Anna's edit of what she has erased, and tells the others of it.
    carry(&home, &sorsele, &dorotea)?;
    let asele = office(home.path(), "Per Nord", "Åsele")?;
    take_in(&dorotea, &asele, "Per Nord", "Åsele")?;
    let file = home.path().join("backwards.knyte");
    onto(&dorotea, &file)?;
    rewrite(&dorotea, &file, |all| {
        assert_eq!(all.iter().filter(|one| one.is_stub()).count(), 2);
        all.reverse();
    })?;
    read_in(&asele, &file)?;
    is_gone(&asele, &key)?;
    let entries = |office: &Office| {
        office
            .call("krets", json!({}))
            .map(|of| of["entries"].clone())
    };
    // It has erased too, and says so in an entry of its own.
    carry(&home, &asele, &dorotea)?;
    assert_eq!(entries(&asele)?, entries(&dorotea)?);
    Ok(())
}

/// Keeps what a stick has that it had not when it was written before.
fn news_since(office: &Office, file: &Path, before: &BTreeSet<EntryHash>) -> Result<()> {
    onto(office, file)?;
    rewrite(office, file, |all| {
        all.retain(|one| !before.contains(&one.hash()));
    })
}

fn on_stick(office: &Office, file: &Path) -> Result<BTreeSet<EntryHash>> {
    let mut held = BTreeSet::new();
    onto(office, file)?;
    rewrite(office, file, |all| {
        held.extend(all.iter().map(Envelope::hash));
    })?;
    Ok(held)
}

/// Per in Åsele changes what Anna in Sorsele has changed, and hands on his own entry only: what
/// Anna wrote has not come to who reads it.
fn half_of_the_story(home: &TempDir, offices: [&Office; 3], key: &str) -> Result<()> {
    let [to, sorsele, asele] = offices;
    carry(home, sorsele, asele)?;
    carry(home, asele, to)?;
    edit(sorsele, key, &format!("Om {CANARY}, säger Anna."))?;
    carry(home, sorsele, asele)?;
    let file = home.path().join("half.knyte");
    let before = on_stick(asele, &file)?;
    edit(asele, key, &format!("Om {CANARY}, säger Per."))?;
    news_since(asele, &file, &before)?;
    read_in(to, &file)?;
    assert_eq!(to.call("krets", json!({}))?["waiting"], 1);
    Ok(())
}

#[test]
fn an_entry_that_waits_for_what_is_erased_here_waits_no_longer() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let asele = office(home.path(), "Per Nord", "Åsele")?;
    take_in(&dorotea, &asele, "Per Nord", "Åsele")?;
    let key = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    carry(&home, &dorotea, &sorsele)?;
    half_of_the_story(&home, [&dorotea, &sorsele, &asele], &key)?;
    dorotea.call("erase_item", erase(&key, false))?;
    is_gone(&dorotea, &key)?;
    let after = note(&asele, "Efteråt", "Ring före nio.")?;
    carry(&home, &asele, &dorotea)?;
    dorotea.call("note", json!({ "key": after }))?;
    is_gone(&dorotea, &key)
}

#[test]
fn an_entry_that_waits_for_what_is_erased_elsewhere_waits_no_longer() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    let asele = office(home.path(), "Per Nord", "Åsele")?;
    take_in(&dorotea, &asele, "Per Nord", "Åsele")?;
    let mala = office(home.path(), "Eva Ek", "Malå")?;
    take_in(&dorotea, &mala, "Eva Ek", "Malå")?;
    let key = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    carry(&home, &dorotea, &sorsele)?;
    carry(&home, &dorotea, &mala)?;
    half_of_the_story(&home, [&mala, &sorsele, &asele], &key)?;
    dorotea.call("erase_item", erase(&key, false))?;
    carry(&home, &dorotea, &mala)?;
    is_gone(&mala, &key)?;
    let after = note(&asele, "Efteråt", "Ring före nio.")?;
    carry(&home, &asele, &mala)?;
    mala.call("note", json!({ "key": after }))?;
    is_gone(&mala, &key)
}

#[test]
fn an_erasure_that_comes_before_its_epoch_and_behind_the_stub_that_it_names_is_read() -> Result<()>
{
    let home = tempfile::tempdir()?;
    let (dorotea, sorsele) = two(&home)?;
    meet(&home, &dorotea, &sorsele)?;
    let file = home.path().join("one.knyte");
    let before = on_stick(&dorotea, &file)?;
    dorotea.call("begin_epoch", json!({}))?;
    let epoch = home.path().join("epoch.knyte");
    news_since(&dorotea, &epoch, &before)?;
    let before = on_stick(&dorotea, &file)?;
    let key = note(&dorotea, "Majas", &format!("Om {CANARY}."))?;
    dorotea.call("erase_item", erase(&key, false))?;
    let kept = note(&dorotea, "Efteråt", "Ring före nio.")?;
    news_since(&dorotea, &file, &before)?;
    read_in(&sorsele, &file)?;
    read_in(&sorsele, &epoch)?;
    sorsele.call("note", json!({ "key": kept }))?;
    is_gone(&sorsele, &key)
}

#[test]
fn a_stub_that_somebody_names_falsely_gives_way_to_the_bytes() -> Result<()> {
    let home = tempfile::tempdir()?;
    let seat = |name: &str| {
        let (road, opener) = by_hand();
        let start = Start {
            opener: Some(opener),
            ..Start::own(&home.path().join(name))
        };
        (road, start)
    };
    let (their_road, start) = seat("dorotea");
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    use_relay(&dorotea, "https://relay.example")?;
    let (our_road, start) = seat("sorsele");
    let sorsele = invited_with(&dorotea, start, "Anna Öberg", "Sorsele")?;
    let mut liar = Writer::join(&dorotea, 1, "Sorsele")?;
    let theirs = their_road.end()?;
    let before = theirs.entries();
    let key = note(&dorotea, "Majas", "Ring före nio.")?;
    let mut bytes = theirs.entries();
    bytes.retain(|entry| !before.contains(entry));
    assert_eq!(bytes.len(), 1);
    let living = Envelope::decode(&bytes[0])?;
    let place = living.place();
    let dropped = Dropped {
        entries: vec![Head {
            log: place.log,
            seq: place.seq,
            hash: living.hash(),
        }],
    };
    let lie = liar.seal_draft(&Writer::draft(Kind::DROP, dropped.encode_record()?))?;
    let mut ours = our_road.end()?;
    ours.give(&before)?;
    ours.give(&[lie, living.stub().envelope().to_vec()])?;
    let refused = sorsele.refused("note", json!({ "key": key }))?;
    assert_eq!(refused["code"], "not_found");
    ours.give(&bytes)?;
    sorsele.call("note", json!({ "key": key }))?;
    assert_eq!(sorsele.call("krets", json!({}))?["waiting"], 0);
    Ok(())
}

#[test]
fn who_was_taken_out_erases_nothing_by_a_second_log_beside_the_first() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (road, opener) = by_hand();
    let start = Start {
        opener: Some(opener),
        ..Start::own(&home.path().join("dorotea"))
    };
    let dorotea = office_with(start, "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    use_relay(&dorotea, "https://relay.example")?;
    let mut thief = Writer::join(&dorotea, 1, "Sorsele")?;
    let item = ItemId::of_log(thief.log(), [7; 6]);
    let mut doc = Document::begin(radrum_domain::Kind::Note)?;
    let title = Edit::Set {
        field: "title".into(),
        value: Some(Scalar::Text("Från Sorsele".into())),
    };
    let changes = thief.edit(item, &mut doc, &[title])?;
    let written = thief.seal(changes, 0)?;
    let more = [thief.seal(Vec::new(), 0)?, thief.seal(Vec::new(), 0)?];
    let mut end = road.end()?;
    end.give(&[written])?;
    end.give(&more)?;
    let key = format!("note:{item}");
    dorotea.call("note", json!({ "key": key }))?;
    let lost = hex::encode(thief.grant().as_bytes());
    dorotea.call("lost_computer", json!({ "computer": lost }))?;

    thief.fork();
    let erase = Erase {
        ground: Ground::OTHER,
        decision: String::new(),
        targets: vec![EraseTarget {
            item,
            generation: Generation(2),
            entries: vec![],
        }],
    };
    let first = thief.seal(Vec::new(), 1)?;
    let forged = thief.seal_draft(&Writer::draft(Kind::ERASE, erase.encode_record()?))?;
    // What stands before it is missing, and comes after.
    for one in [forged, first] {
        end.give(&[one])?;
        dorotea.call("note", json!({ "key": key }))?;
    }
    assert_eq!(dorotea.call("erasures", json!({}))?, json!([]));
    Ok(())
}
