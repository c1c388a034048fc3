//! What is done later with something that was written without a name: the asker's word on it,
//! and that it is taken away, by her or by two root keys.

use super::{ELIN, MOA, SIV};
use anyhow::{Context as _, Result};
use radrum_tests::crowd::{Crowd, DEVICES, PROGRAMS};
use radrum_tests::krets::{Calls as _, text};
use radrum_wire::{Envelope, Family};
use serde_json::{Value, json};

const MAJA: usize = 0;
const QUESTION: &str = "Vem har haft ett LVM?";

/// Elin has asked, and everybody has it.
fn asked() -> Result<(Crowd, String)> {
    let mut crowd = Crowd::of(DEVICES, None)?;
    crowd.seats[ELIN].ask(QUESTION)?;
    crowd.travel()?;
    let key = crowd.seats[SIV].question(QUESTION)?.context("question")?;
    Ok((crowd, key))
}

fn erase(key: &str, roots: &[String]) -> Value {
    json!({ "key": key, "ground": "person", "decision": "", "keep_text": false, "window": "w",
            "root_keys": roots })
}

/// Entries of nameless threads that somebody still has whole, by position in their log.
fn whole(crowd: &mut Crowd, seat: usize) -> Result<Vec<u64>> {
    let file = crowd.file(seat)?;
    let mut statement = file.prepare("SELECT envelope FROM entries")?;
    let rows = statement.query_map((), |row| row.get::<_, Vec<u8>>(0))?;
    let mut positions = Vec::new();
    for bytes in rows {
        let bytes = bytes?;
        let place = *Envelope::decode(&bytes)?.place();
        if place.family() == Family::Anonymous {
            positions.push(place.seq.0);
        }
    }
    Ok(positions)
}

#[test]
fn what_two_roots_erase_of_a_nameless_thread_nobody_has_any_more() -> Result<()> {
    let (mut crowd, key) = asked()?;
    let rights = crowd.seats[MAJA].call("erase_rights", json!({ "key": key }))?;
    assert_eq!(
        (&rights["nameless"], &rights["by_roots"]),
        (&json!(false), &json!(true))
    );
    let roots = crowd.roots[..2].to_vec();
    crowd.seats[MAJA].call("erase_item", erase(&key, &roots))?;
    crowd.travel()?;
    for seat in 0..PROGRAMS {
        assert_eq!(crowd.seats[seat].question(QUESTION)?, None, "{seat}");
        assert_eq!(whole(&mut crowd, seat)?, [] as [u64; 0], "{seat}");
    }
    Ok(())
}

#[test]
fn whoever_asked_without_a_name_takes_it_away_without_one() -> Result<()> {
    let (mut crowd, key) = asked()?;
    let rights =
        |crowd: &Crowd, seat: usize| crowd.seats[seat].call("erase_rights", json!({ "key": key }));
    let hers = rights(&crowd, ELIN)?;
    assert_eq!(
        (&hers["may"], &hers["nameless"]),
        (&json!(true), &json!(true))
    );
    let others = rights(&crowd, SIV)?;
    assert_eq!(
        (&others["may"], &others["nameless"]),
        (&json!(false), &json!(false))
    );
    assert!(
        crowd.seats[SIV]
            .call("erase_item", erase(&key, &[]))
            .is_err()
    );

    // She may think again until it is sent.
    crowd.seats[ELIN].call("erase_item", erase(&key, &[]))?;
    let waiting = crowd.seats[ELIN].state()?["waiting"].clone();
    assert_eq!(
        (&waiting[0]["act"], &waiting[0]["text"]),
        (&json!("erase"), &json!(QUESTION))
    );
    let id = text(&waiting[0], "id")?;
    crowd.seats[ELIN].call("withdraw_anonymous", json!({ "id": id }))?;
    crowd.travel()?;
    assert!(crowd.seats[MOA].question(QUESTION)?.is_some());

    let before = crowd.summary(ELIN)?;
    crowd.seats[ELIN].call("erase_item", erase(&key, &[]))?;
    assert_eq!(
        crowd.summary(ELIN)?,
        before,
        "it is in nothing that leaves her computer"
    );
    assert!(crowd.seats[ELIN].question(QUESTION)?.is_some());
    crowd.travel()?;
    // Receipts go round.
    crowd.turn()?;
    crowd.turn()?;
    let told = |crowd: &Crowd, seat: usize| crowd.seats[seat].call("erasures", json!({}));
    let seen = told(&crowd, MAJA)?;
    for seat in 0..PROGRAMS {
        assert_eq!(crowd.seats[seat].question(QUESTION)?, None, "{seat}");
        let rows = told(&crowd, seat)?;
        assert_eq!(
            (&rows[0]["by"], &rows[0]["at"]),
            (&json!(null), &json!(null)),
            "{seat}"
        );
        assert_eq!(rows[0]["step"], "done", "{seat}");
        assert_eq!(rows[0]["erased"], 4, "{seat}: {rows}");
        assert_eq!(rows[0]["offices"], seen[0]["offices"], "{seat}");
    }
    for seat in 0..PROGRAMS {
        assert_eq!(whole(&mut crowd, seat)?, [2], "{seat}: only what erased it");
    }
    Ok(())
}

#[test]
fn whoever_asked_without_a_name_says_that_it_is_clear_without_one() -> Result<()> {
    let (mut crowd, key) = asked()?;
    let settle = json!({ "key": key });
    assert!(
        crowd.seats[SIV]
            .call("settle_anonymous", settle.clone())
            .is_err()
    );
    crowd.seats[ELIN].call("settle_anonymous", settle)?;
    let waiting = crowd.seats[ELIN].state()?["waiting"].clone();
    assert_eq!(
        (&waiting[0]["act"], &waiting[0]["question"]),
        (&json!("clear"), &json!(key))
    );
    // Moa keeps it for the meeting meanwhile: another field, another writer.
    let head = crowd.seats[MOA].call("head", json!({ "key": key }))?;
    let park = json!({ "key": key, "heads": head["heads"], "window": "w",
                       "edits": [{ "edit": "set", "field": "parked", "value": "meeting" }] });
    crowd.seats[MOA].call("edit_item", park)?;
    crowd.travel()?;
    for seat in 0..PROGRAMS {
        let page = crowd.seats[seat].call("question", json!({ "key": key }))?;
        let question = &page["asked"]["question"];
        assert_eq!(
            (&question["state"], &question["parked"]),
            (&json!("clear"), &json!("meeting")),
            "{seat}"
        );
        assert_eq!(page["asked"]["nameless"], true, "{seat}");
        assert_eq!(page["asked"]["head"]["voices"], json!([]), "{seat}");
    }
    Ok(())
}
