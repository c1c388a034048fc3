//! One contract for all roads: what holds whichever way entries went from office to office. Each
//! test is written once and runs for the stick, over the relay and in one house.

mod flaws;
mod house;
mod mailbox;
mod stick;

use anyhow::{Result, ensure};
use radrum_tests::edits::{set, write};
use radrum_tests::krets::{has, member, note, office_with, take_in};
use radrum_tests::office::{Office, Start};
use radrum_tests::road::Loopback;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// A word that occurs nowhere else.
const CANARY: &str = "kanariefågeln";

/// A way between offices that are in touch only while they meet.
trait Road: Sized {
    /// The road of a krets that this office has founded; `doors` opens the roads of all offices.
    fn build(home: &Path, founder: &Office, doors: Arc<Loopback>) -> Result<Self>;

    /// Both give each other all that they have. False when the road let them not.
    fn try_meet(&mut self, a: &Office, b: &Office) -> Result<bool>;

    /// The first gives to the second, but the road ends in the middle: after so many bytes.
    fn break_off(&mut self, from: &Office, to: &Office, bytes: usize) -> Result<()>;

    /// All bytes that travelled, and what lies on the way.
    fn carried(&self) -> Result<Vec<u8>>;

    fn meet(&mut self, a: &Office, b: &Office) -> Result<()> {
        ensure!(self.try_meet(a, b)?, "they have not met");
        Ok(())
    }
}

/// Maja in Dorotea has founded a krets, Anna in Sorsele was taken in, and they have met.
struct Krets<R> {
    home: TempDir,
    doors: Arc<Loopback>,
    road: R,
    dorotea: Office,
    sorsele: Office,
}

fn founded(home: &Path, doors: &Arc<Loopback>, name: &str, municipality: &str) -> Result<Office> {
    let start = Start {
        opener: Some(Arc::clone(doors) as _),
        ..Start::own(&home.join(municipality))
    };
    office_with(start, name, municipality)
}

impl<R: Road> Krets<R> {
    fn new() -> Result<Self> {
        let home = tempfile::tempdir()?;
        let doors = Arc::default();
        let dorotea = founded(home.path(), &doors, "Maja Lundmark", "Dorotea")?;
        dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
        let mut road = R::build(home.path(), &dorotea, Arc::clone(&doors))?;
        let sorsele = founded(home.path(), &doors, "Anna Öberg", "Sorsele")?;
        take_in(&dorotea, &sorsele, "Anna Öberg", "Sorsele")?;
        road.meet(&dorotea, &sorsele)?;
        Ok(Self {
            home,
            doors,
            road,
            dorotea,
            sorsele,
        })
    }

    fn meet(&mut self) -> Result<()> {
        self.road.meet(&self.dorotea, &self.sorsele)
    }

    /// A third office, which both have met.
    fn malå(&mut self) -> Result<Office> {
        let malå = founded(self.home.path(), &self.doors, "Ivo Ek", "Malå")?;
        take_in(&self.dorotea, &malå, "Ivo Ek", "Malå")?;
        self.road.meet(&self.dorotea, &malå)?;
        self.meet()?;
        Ok(malå)
    }
}

fn edit(office: &Office, key: &str, edit: &Value) -> Result<()> {
    let heads = office.call("head", json!({ "key": key }))?["heads"].clone();
    let edit = json!({ "key": key, "heads": heads, "window": "w", "edits": [edit] });
    office.call("edit_item", edit).map(drop)
}

/// What an office holds: entries, and items as they are shown.
fn holds(office: &Office, keys: &[&str]) -> Result<Vec<Value>> {
    let krets = office.call("krets", json!({}))?;
    let mut held = vec![krets["entries"].clone(), krets["waiting"].clone()];
    for key in keys {
        held.push(office.call("note", json!({ "key": key }))?);
        held.push(office.call("history", json!({ "key": key }))?);
    }
    Ok(held)
}

macro_rules! contract {
    ($($name:ident,)+) => {
        contract!(@on on_a_stick, stick, Stick, $($name,)+);
        contract!(@on over_a_relay, mailbox, Mailbox, $($name,)+);
        contract!(@on in_one_house, house, House, $($name,)+);
    };
    (@on $road:ident, $file:ident, $way:ident, $($name:ident,)+) => {
        mod $road {
            $(#[test]
            fn $name() -> anyhow::Result<()> {
                super::$name(super::Krets::<super::$file::$way>::new()?)
            })+
        }
    };
}

contract! {
    what_one_writes_the_other_has,
    both_texts_are_kept_when_two_edit_the_same_and_the_history_names_both,
    what_comes_twice_changes_nothing,
    what_broke_off_in_the_middle_comes_whole_the_next_time,
    an_erased_note_goes_and_stays_gone,
    who_was_taken_out_gets_nothing_new_and_gives_nothing,
    an_office_of_another_krets_gets_nothing_and_gives_nothing,
    two_hundred_notes_arrive_in_one_go,
    nothing_that_travels_holds_a_word_of_what_was_written,
}

fn what_one_writes_the_other_has<R: Road>(mut krets: Krets<R>) -> Result<()> {
    let his = note(&krets.dorotea, "Skriven i Dorotea", "Ring före nio.")?;
    let hers = note(&krets.sorsele, "Skriven i Sorsele", "Ring efter tio.")?;
    krets.meet()?;
    let (dorotea, sorsele) = (&krets.dorotea, &krets.sorsele);
    for (key, body) in [(&his, "Ring före nio."), (&hers, "Ring efter tio.")] {
        for office in [dorotea, sorsele] {
            let read = office.call("note", json!({ "key": key }))?;
            assert_eq!(read["note"]["body"], body);
        }
    }
    let cards = |office: &Office| office.call("playbooks", json!({}));
    assert_eq!(cards(dorotea)?, cards(sorsele)?);
    assert_eq!(holds(dorotea, &[])?, holds(sorsele, &[])?);
    Ok(())
}

fn both_texts_are_kept_when_two_edit_the_same_and_the_history_names_both<R: Road>(
    mut krets: Krets<R>,
) -> Result<()> {
    let key = note(&krets.dorotea, "Jourtelefon", "Byts på fredag.")?;
    krets.meet()?;
    let titles = ["Jouren i Dorotea", "Jouren i Sorsele"];
    edit(&krets.dorotea, &key, &set("title", titles[0]))?;
    edit(&krets.sorsele, &key, &set("title", titles[1]))?;
    krets.meet()?;
    for office in [&krets.dorotea, &krets.sorsele] {
        for command in ["note", "history"] {
            let shown = office.call(command, json!({ "key": key }))?.to_string();
            for title in titles {
                assert!(shown.contains(title), "{command}: {shown}");
            }
        }
    }
    Ok(())
}

fn what_comes_twice_changes_nothing<R: Road>(mut krets: Krets<R>) -> Result<()> {
    let key = note(&krets.dorotea, "Jourtelefon", "Byts på fredag.")?;
    krets.meet()?;
    edit(&krets.sorsele, &key, &set("title", "Jouren"))?;
    krets.meet()?;
    let before = [&krets.dorotea, &krets.sorsele].map(|office| holds(office, &[&key]));
    krets.meet()?;
    krets.meet()?;
    for (office, before) in [&krets.dorotea, &krets.sorsele].into_iter().zip(before) {
        assert_eq!(holds(office, &[&key])?, before?);
    }
    Ok(())
}

fn what_broke_off_in_the_middle_comes_whole_the_next_time<R: Road>(
    mut krets: Krets<R>,
) -> Result<()> {
    let mut written = Vec::new();
    for bytes in [6_000, 12_000, 18_000] {
        for n in 0..30 {
            written.push(note(&krets.dorotea, &format!("Nummer {n}"), "Ring.")?);
        }
        let (dorotea, sorsele) = (&krets.dorotea, &krets.sorsele);
        krets.road.break_off(dorotea, sorsele, bytes)?;
        let last = written.last().map_or("", String::as_str);
        assert!(!has(sorsele, last)?, "it did not break off at {bytes}");
    }
    krets.meet()?;
    for key in &written {
        assert!(has(&krets.sorsele, key)?, "{key}");
    }
    assert_eq!(holds(&krets.sorsele, &[])?, holds(&krets.dorotea, &[])?);
    Ok(())
}

fn an_erased_note_goes_and_stays_gone<R: Road>(mut krets: Krets<R>) -> Result<()> {
    let malå = krets.malå()?;
    let key = note(&krets.dorotea, "Fel ärende", "Om någon.")?;
    krets.road.meet(&krets.dorotea, &malå)?;
    krets.meet()?;
    assert!(has(&krets.sorsele, &key)? && has(&malå, &key)?);
    // Ivo was away when it was erased, and has even gone on writing.
    edit(&malå, &key, &write("body", "Om någon, säger Ivo."))?;
    let erase = json!({ "key": key, "ground": "person", "decision": "SN 2026/14",
                        "keep_text": false, "window": "w" });
    krets.dorotea.call("erase_item", erase)?;
    krets.meet()?;
    assert!(!has(&krets.sorsele, &key)?);
    krets.road.meet(&malå, &krets.sorsele)?;
    krets.road.meet(&malå, &krets.dorotea)?;
    krets.meet()?;
    for office in [&krets.dorotea, &krets.sorsele, &malå] {
        assert!(!has(office, &key)?);
        let refused = office.refused("history", json!({ "key": key }))?;
        assert_eq!(refused["code"], "not_found");
    }
    Ok(())
}

fn who_was_taken_out_gets_nothing_new_and_gives_nothing<R: Road>(
    mut krets: Krets<R>,
) -> Result<()> {
    let malå = krets.malå()?;
    let before = note(&krets.dorotea, "Före", "Ring.")?;
    krets.meet()?;
    let anna = member(&krets.dorotea, "Anna Öberg")?;
    krets
        .dorotea
        .call("remove_member", json!({ "member": anna, "root_key": "" }))?;
    let after = note(&krets.dorotea, "Efter", "Ring.")?;
    let late = note(&krets.sorsele, "Efteråt", "Ring.")?;
    krets.road.meet(&krets.dorotea, &malå)?;
    assert!(has(&malå, &after)?, "the others go on");
    for office in [&krets.dorotea, &malå] {
        // A stick is read by anybody; the other roads end here. What the others lack lies on it.
        let newest = note(office, "Nyast", "Ring.")?;
        krets.road.try_meet(office, &krets.sorsele)?;
        krets.road.try_meet(&krets.sorsele, office)?;
        for new in [&after, &newest] {
            assert!(!has(&krets.sorsele, new)?, "she gets what is new");
        }
        assert!(!has(office, &late)?, "what she wrote late is taken up");
    }
    assert!(has(&krets.sorsele, &before)?, "what she has stays");
    Ok(())
}

fn an_office_of_another_krets_gets_nothing_and_gives_nothing<R: Road>(
    mut krets: Krets<R>,
) -> Result<()> {
    let other = founded(krets.home.path(), &krets.doors, "Eva Lind", "Umeå")?;
    other.call("found_krets", json!({ "name": "Kustkretsen" }))?;
    let ours = note(&krets.dorotea, "Vår", "Ring.")?;
    let theirs = note(&other, "Deras", "Ring.")?;
    let before = [&krets.dorotea, &other].map(|office| holds(office, &[]));
    assert!(!krets.road.try_meet(&krets.dorotea, &other)?);
    assert!(!krets.road.try_meet(&other, &krets.dorotea)?);
    assert!(!has(&other, &ours)? && !has(&krets.dorotea, &theirs)?);
    for (office, before) in [&krets.dorotea, &other].into_iter().zip(before) {
        assert_eq!(holds(office, &[])?, before?);
    }
    krets.meet()?;
    assert!(
        has(&krets.sorsele, &ours)?,
        "the road still leads to a member"
    );
    Ok(())
}

fn two_hundred_notes_arrive_in_one_go<R: Road>(mut krets: Krets<R>) -> Result<()> {
    let write = |n| note(&krets.dorotea, &format!("Nummer {n}"), "Ring före nio.");
    let written = (0..200).map(write).collect::<Result<Vec<_>>>()?;
    krets.meet()?;
    for key in &written {
        assert!(has(&krets.sorsele, key)?, "{key}");
    }
    Ok(())
}

fn nothing_that_travels_holds_a_word_of_what_was_written<R: Road>(
    mut krets: Krets<R>,
) -> Result<()> {
    let key = note(&krets.dorotea, CANARY, &format!("Om {CANARY}."))?;
    krets.meet()?;
    assert!(has(&krets.sorsele, &key)?, "it travelled");
    let carried = krets.road.carried()?;
    assert!(carried.len() > 10_000, "{} bytes", carried.len());
    let words = [
        CANARY,
        "Lundmark",
        "Öberg",
        "Dorotea",
        "Sorsele",
        "Inlandskretsen",
    ];
    for word in words {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for form in [word.as_bytes(), &wide, key.as_bytes()] {
            let found = carried.windows(form.len()).any(|bytes| bytes == form);
            assert!(!found, "{word}");
        }
    }
    Ok(())
}
