//! A week in the life of a region: what is asked on the road in Sorsele on Monday is read in
//! Dorotea on Friday, and nobody was at the network at the same time.

use anyhow::{Context as _, Result};
use radrum_tests::crowd::{Crowd, DEVICES, HOUR_MS};
use radrum_tests::edits::set;
use radrum_tests::krets::{Calls as _, carry, text};
use serde_json::{Value, json};

/// Maja in Dorotea, Elin in Sorsele, Moa in Malå, Siv in Åsele.
const MAJA: usize = 0;
const ELIN: usize = 1;
const MOA: usize = 2;
const SIV: usize = 3;

const QUESTION: &str = "Hur lägger ni upp hembesöken i en medgivandeutredning?";

/// The next morning.
const NIGHT_MS: i64 = 16 * HOUR_MS;

/// Somebody comes home to her network in the evening: what she wrote leaves, what came is hers.
/// Everybody else is away.
fn at_home(crowd: &mut Crowd, seat: usize) -> Result<()> {
    crowd.pass(8 * HOUR_MS);
    crowd.visit(seat)?;
    crowd.mailbox.hand_out()?;
    crowd.visit(seat)?;
    crowd.pass(NIGHT_MS);
    Ok(())
}

fn thread(crowd: &Crowd, seat: usize, key: &str) -> Result<Value> {
    crowd.seats[seat].call("question", json!({ "key": key }))
}

fn found(crowd: &Crowd, seat: usize, typed: &str, kind: &str) -> Result<Vec<String>> {
    let answer = crowd.seats[seat].call("search", json!({ "text": typed }))?;
    let groups = answer["groups"].as_array().context("groups")?;
    let group = groups.iter().find(|group| group["kind"] == kind);
    let rows = group.and_then(|group| group["items"].as_array());
    rows.into_iter()
        .flatten()
        .map(|row| text(row, "title"))
        .collect()
}

#[test]
fn a_nameless_question_from_the_road_is_a_card_on_fridays_stick() -> Result<()> {
    let mut crowd = Crowd::of(DEVICES, None)?;

    // Monday: Elin asks in the car. Nothing leaves before she is home, and then no name does.
    crowd.seats[ELIN].ask(QUESTION)?;
    assert_eq!(crowd.seats[ELIN].question(QUESTION)?, None);
    at_home(&mut crowd, ELIN)?;
    let key = crowd.seats[ELIN].question(QUESTION)?.context("question")?;

    // Tuesday: Moa and Siv have fetched it, and answer offline without each other.
    crowd.visit(MOA)?;
    crowd.visit(SIV)?;
    let moa = crowd.seats[MOA].call("start", json!({}))?["session"].clone();
    let edits = json!([
        set("question", key.as_str()),
        set("text", "Vi är alltid två, och det första besöket är ett samtal på kontoret."),
        set("form", "answer"),
        set("owner", moa["municipality"]["key"].clone()),
        { "edit": "set", "field": "our_way", "value": true },
    ]);
    let create = json!({ "kind": "answer", "window": "w", "edits": edits });
    crowd.seats[MOA].call("create_item", create)?;
    let other = "Hos oss blev det tvärtom: första besöket hemma, så blev det lättare att prata.";
    crowd.seats[SIV].answer(&key, "other_experience", other)?;
    at_home(&mut crowd, SIV)?;

    // Wednesday: Moa comes home, and then Elin, who finds two answers side by side.
    at_home(&mut crowd, MOA)?;
    crowd.visit(ELIN)?;
    let seen = thread(&crowd, ELIN, &key)?;
    let answers = seen["threads"].as_array().context("threads")?;
    assert_eq!(answers.len(), 2);
    let nameless = |of: &Value| of["answer"]["nameless"] == true;
    assert_eq!(answers.iter().filter(|of| nameless(of)).count(), 1);
    for answer in answers.iter().filter(|of| nameless(of)) {
        assert_eq!(answer["answer"]["municipality"], json!(null));
        assert_eq!(answer["answer"]["answer"]["our_way"], false);
    }
    crowd.seats[ELIN].answer(&key, "follow_up", "Tack. Vi provar hemma först.")?;
    at_home(&mut crowd, ELIN)?;

    // Thursday: Moa makes a card of the thread.
    crowd.visit(MOA)?;
    let seen = thread(&crowd, MOA, &key)?;
    assert_eq!(
        seen["follow_ups"][0]["answer"]["text"],
        "Tack. Vi provar hemma först."
    );
    let grow = json!({ "question": key, "window": "w" });
    let card = text(&crowd.seats[MOA].call("grow", grow)?, "key")?;

    // Friday: Dorotea has no network, and gets it all on a stick from Malå.
    assert_eq!(crowd.seats[MAJA].question(QUESTION)?, None);
    let home = tempfile::tempdir()?;
    carry(home.path(), &crowd.seats[MOA], &crowd.seats[MAJA])?;
    let typed = "hembesök medgivandeutredning";
    assert_eq!(found(&crowd, MAJA, typed, "question")?, [QUESTION]);
    let cards = found(&crowd, MAJA, typed, "playbook")?;
    assert!(cards.iter().any(|title| title == QUESTION), "{cards:?}");
    let page = crowd.seats[MAJA].call("playbook", json!({ "key": card }))?;
    let steps = page["card"]["steps"].to_string();
    assert!(steps.contains("Hos oss blev det tvärtom"), "{page}");
    let ways = page["variants"].to_string();
    assert!(ways.contains("Vi är alltid två"), "{page}");

    // The list for Friday's staff meeting: it waits for Dorotea, and says who has answered.
    let waiting = crowd.seats[MAJA].call("questions", json!({}))?["waiting"].clone();
    let rows = waiting.as_array().context("waiting")?;
    let row = rows.iter().find(|row| row["key"] == key).context("row")?;
    assert_eq!(
        (&row["unanswered"], &row["by"]),
        (&json!(false), &json!(null))
    );
    assert_eq!(row["answered_by"], json!(["Malå"]));
    Ok(())
}
