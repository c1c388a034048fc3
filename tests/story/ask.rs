//! Questions and answers in one office: asked, answered, sorted, kept for a meeting, grown into
//! something else. What several offices do at once stands in `ask/krets.rs`.

pub(crate) mod krets;

use anyhow::{Context as _, Result};
use radrum_app::Size;
use radrum_tests::edits::set;
use radrum_tests::krets::{Calls, text};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::io::Read as _;
use tempfile::TempDir;

/// Elin in Dorotea, whose computer the Exempelkrets plays.
const ME: &str = "member:elin-granstrom";

pub(crate) fn example() -> Result<(Office, TempDir)> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    Ok((office, folder))
}

/// Writes an item of a kind and gives its key.
pub(crate) fn create(office: &impl Calls, kind: &str, edits: &[Value]) -> Result<String> {
    let made = office.call(
        "create_item",
        json!({ "kind": kind, "window": "w", "edits": edits }),
    )?;
    text(&made, "key")
}

/// Asks as the page does.
pub(crate) fn ask(office: &Office, said: &str) -> Result<String> {
    let info = office.call("start", json!({}))?["session"].clone();
    let edits = [
        set("text", said),
        set("form", "question"),
        set("owner", info["municipality"]["key"].clone()),
        set("asker", info["me"]["key"].clone()),
    ];
    create(office, "question", &edits)
}

/// Answers as the page does.
pub(crate) fn answer(
    office: &Office,
    question: &str,
    said: &str,
    more: &[Value],
) -> Result<String> {
    let info = office.call("start", json!({}))?["session"].clone();
    let mut edits = vec![
        set("question", question),
        set("text", said),
        set("form", "answer"),
        set("owner", info["municipality"]["key"].clone()),
    ];
    edits.extend_from_slice(more);
    create(office, "answer", &edits)
}

pub(crate) fn edit(office: &Office, key: &str, edits: &[Value]) -> Result<()> {
    let heads = office.call("head", json!({ "key": key }))?["heads"].clone();
    let args = json!({ "key": key, "heads": heads, "window": "w", "edits": edits });
    office.call("edit_item", args).map(drop)
}

fn page(office: &Office, key: &str) -> Result<Value> {
    office.call("question", json!({ "key": key }))
}

fn list(office: &Office) -> Result<Value> {
    office.call("questions", json!({}))
}

/// Titles of a list.
pub(crate) fn titles(list: &Value) -> Vec<String> {
    let rows = list.as_array().into_iter().flatten();
    rows.filter_map(|row| row["title"].as_str().map(String::from))
        .collect()
}

/// The row of a question in a list.
fn row(list: &Value, key: &str) -> Result<Value> {
    let mut rows = list.as_array().context("a list")?.iter();
    let found = rows.find(|row| row["key"] == key);
    found.cloned().with_context(|| format!("{key} in {list}"))
}

/// What is said at the top of each thread, from above.
fn said(page: &Value) -> Vec<String> {
    let threads = page["threads"].as_array().into_iter().flatten();
    let text = |thread: &Value| Some(thread["answer"]["answer"]["text"].as_str()?.to_string());
    threads.filter_map(text).collect()
}

/// The group of questions in an answer.
fn found(office: &Office, typed: &str) -> Result<Value> {
    found_of(office, "question", typed)
}

/// Rows of one group of answers.
pub(crate) fn found_of(office: &Office, kind: &str, typed: &str) -> Result<Value> {
    let answer = office.call("search", json!({ "text": typed }))?;
    let mut groups = answer["groups"].as_array().context("groups")?.iter();
    let group = groups.find(|group| group["kind"] == kind);
    Ok(group.map_or_else(|| json!([]), |group| group["items"].clone()))
}

#[test]
fn a_question_that_nobody_answered_is_listed_however_many_newer_ones_there_are() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(folder.path()))?;
    let titles = |list: &str| -> Result<Vec<String>> {
        let page = office.call("questions", json!({}))?;
        let rows = page[list].as_array().context("a list")?;
        rows.iter().map(|row| text(row, "title")).collect()
    };
    // Of nobody's municipality, as one without a name.
    let edits = [set("text", "Vem glömdes?"), set("form", "question")];
    create(&office, "question", &edits)?;
    for n in 0..200 {
        let key = ask(&office, &format!("Nyare {n}?"))?;
        answer(&office, &key, "Ja.", &[])?;
    }
    assert!(!titles("open")?.contains(&"Vem glömdes?".to_string()));
    assert_eq!(titles("unanswered")?, ["Vem glömdes?"]);
    assert_eq!(titles("waiting")?, ["Vem glömdes?"]);
    let key = text(&office.call("questions", json!({}))?["waiting"][0], "key")?;
    answer(&office, &key, "Vi minns den.", &[])?;
    assert!(titles("unanswered")?.is_empty() && titles("waiting")?.is_empty());
    Ok(())
}

#[test]
fn a_question_of_one_field_stands_first_in_the_list_unanswered_until_an_answer_comes() -> Result<()>
{
    let (office, _folder) = example()?;
    let key = ask(
        &office,
        "Hur hanterar ni jourbilens nycklar? Vår rutin är ny.",
    )?;
    let page = list(&office)?;
    assert_eq!(
        titles(&page["open"])[0],
        "Hur hanterar ni jourbilens nycklar?"
    );
    let asked = row(&page["unanswered"], &key)?;
    assert_eq!(
        (&asked["unanswered"], &asked["mine"]),
        (&json!(true), &json!(true))
    );
    let waits = row(&page["waiting"], &key);
    assert!(waits.is_err(), "one's own question for one's own office");
    answer(&office, &key, "De hänger hos vaktmästaren.", &[])?;
    let asked = row(&list(&office)?["open"], &key)?;
    assert_eq!(asked["unanswered"], false);
    assert_eq!(asked["answered_by"], json!(["Dorotea"]));
    Ok(())
}

#[test]
fn nothing_in_a_list_or_on_a_page_counts_readers_votes_or_persons() -> Result<()> {
    let (office, _folder) = example()?;
    let questions = list(&office)?;
    let key = text(&questions["clear"][0], "key")?;
    for shown in [questions.to_string(), page(&office, &key)?.to_string()] {
        for word in ["count", "votes", "accepted", "views", "likes", "score"] {
            assert!(!shown.contains(&format!("\"{word}")), "{word}");
        }
    }
    Ok(())
}

#[test]
fn what_is_asked_of_one_field_is_sorted_by_what_its_words_name() -> Result<()> {
    let (office, _folder) = example()?;
    office.call("warm_up", json!({}))?;
    let typed = "Vem tar hand om nycklarna när någon har dött och det blir ett dödsbo?";
    let near = office.call("similar", json!({ "text": typed }))?;
    assert_eq!(near["area"]["title"], "Dödsbo");
    assert!(
        titles(&near["labels"]).contains(&"Dödsbo".to_string()),
        "{near}"
    );
    assert!(
        titles(&near["questions"])[0].starts_with("Hur gör ni med nycklarna efter ett dödsfall"),
        "{near}"
    );
    assert_eq!(near["cards"][0]["key"], "playbook:estate");
    let nothing = office.call("similar", json!({ "text": "och eller" }))?;
    assert_eq!(nothing["questions"], json!([]));
    Ok(())
}

#[test]
fn an_answer_leads_to_its_question_and_the_questions_stand_between_people_and_cards() -> Result<()>
{
    let (office, _folder) = example()?;
    let rows = found(&office, "cylinder hyresvärden")?;
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
    assert!(text(&rows[0], "key")?.starts_with("question:"));
    let place = text(&rows[0], "where")?;
    assert!(
        place.starts_with("Svar från Åsele: Vi byter cylinder"),
        "{place}"
    );

    let answer = office.call("search", json!({ "text": "dödsbo nycklar hyresvärd" }))?;
    let groups = answer["groups"].as_array().context("groups")?;
    let kinds: Vec<&str> = groups.iter().filter_map(|of| of["kind"].as_str()).collect();
    let at = |kind: &str| kinds.iter().position(|known| *known == kind);
    assert!(at("question") < at("playbook"), "{kinds:?}");
    assert!(
        at("question").context("questions")? > at("region_people").unwrap_or(0),
        "{kinds:?}"
    );
    Ok(())
}

#[test]
fn what_meets_a_few_words_of_a_question_is_no_answer_above_the_cards() -> Result<()> {
    let (office, _folder) = example()?;
    let rows = found(&office, "nycklar till husbil på semester i Spanien")?;
    assert_eq!(rows, json!([]));
    Ok(())
}

#[test]
fn side_by_side_stand_answers_by_municipality_and_what_is_asked_further_under_its_own() -> Result<()>
{
    let (office, _folder) = example()?;
    let key = text(&list(&office)?["clear"][0], "key")?;
    let thread = page(&office, &key)?;
    let places: Vec<&str> = thread["threads"]
        .as_array()
        .context("threads")?
        .iter()
        .filter_map(|of| of["answer"]["municipality"]["title"].as_str())
        .collect();
    assert_eq!(places, ["Lycksele", "Åsele"]);
    let replies = thread["threads"][1]["replies"]
        .as_array()
        .context("replies")?;
    let forms: Vec<&str> = replies
        .iter()
        .filter_map(|of| of["answer"]["form"].as_str())
        .collect();
    assert_eq!(forms, ["follow_up", "answer"]);
    // The address of an answer leads to the same page.
    let reply = text(&replies[0]["head"], "key")?;
    assert_eq!(page(&office, &reply)?["key"], key.as_str());
    Ok(())
}

#[test]
fn a_thread_grows_into_a_draft_of_a_card_that_says_where_it_came_from() -> Result<()> {
    let (office, _folder) = example()?;
    let key = text(&list(&office)?["clear"][0], "key")?;
    let asked = page(&office, &key)?;
    let args = json!({ "question": key, "answer": null, "playbook": null, "window": "w" });
    let made = office.call("grow", args)?;
    let card = office.call("playbook", json!({ "key": made["key"] }))?;
    assert_eq!(card["card"]["title"], asked["asked"]["title"]);
    assert_eq!(
        (
            &card["card"]["draft"],
            &card["card"]["origin"],
            &card["card"]["area"]
        ),
        (&json!(true), &json!(key), &json!("area:estate"))
    );
    assert_eq!(card["card"]["statements"][0]["part"], "when");
    // What an office does at home is its own way; the answer to the follow-up is a step.
    let ways: Vec<&str> = card["variants"]
        .as_array()
        .context("ways")?
        .iter()
        .filter_map(|way| way["municipality"]["title"].as_str())
        .collect();
    assert_eq!(ways, ["Lycksele", "Åsele"]);
    assert_eq!(card["card"]["steps"].as_array().map(Vec::len), Some(1));
    assert_eq!(card["card"]["steps"][0]["source"], "experience");
    let grown = page(&office, &key)?["grown"].clone();
    assert_eq!(grown[0]["key"], made["key"]);
    assert_eq!(office.call("check", json!({}))?["faults"], 0);
    Ok(())
}

#[test]
fn one_answer_grows_into_a_departure_from_a_card_with_the_question_as_its_reason() -> Result<()> {
    let (office, _folder) = example()?;
    let key = text(&list(&office)?["clear"][0], "key")?;
    let thread = page(&office, &key)?;
    assert_eq!(thread["cards"][0]["key"], "playbook:estate");
    let from = thread["threads"][0]["answer"].clone();
    let args = json!({ "question": key, "answer": from["head"]["key"],
                       "playbook": "playbook:estate", "window": "w" });
    office.call("grow", args)?;
    let card = office.call("playbook", json!({ "key": "playbook:estate" }))?;
    let departures = card["deviations"].as_array().context("departures")?;
    let grown = departures
        .iter()
        .find(|of| of["deviation"]["origin"] == key.as_str())
        .context("the departure")?;
    assert_eq!(grown["deviation"]["text"], from["answer"]["text"]);
    assert_eq!(grown["head"]["owner"]["title"], "Lycksele");
    assert_eq!(grown["head"]["titles"][&key], thread["asked"]["title"]);
    assert_eq!(page(&office, &key)?["grown"][0]["kind"], "deviation");

    let nowhere =
        json!({ "question": key, "answer": "answer:ingen", "playbook": null, "window": "w" });
    assert_eq!(office.refused("grow", nowhere)?["code"], "not_found");
    Ok(())
}

#[test]
fn a_request_to_think_along_is_between_two_and_waits_until_it_is_answered() -> Result<()> {
    let (office, _folder) = example()?;
    let asked = list(&office)?["second_eyes"].clone();
    assert_eq!(asked[0]["asked"]["key"], ME);
    let key = text(&asked[0], "key")?;
    let waiting = office.call("start_page", json!({}))?["waiting"].clone();
    assert_eq!(waiting[0]["waiting"], "asked");
    assert_eq!(waiting[0]["by"]["title"], "Nils-Anders Vajmo");
    assert_eq!(page(&office, &key)?["asked"]["asks_me"], true);
    // It stands in no list of everybody, and nobody finds it.
    assert!(!list(&office)?["open"].to_string().contains(&key));
    assert!(
        !office
            .call("search", json!({ "text": "andra ögon dödsbo" }))?
            .to_string()
            .contains(&key)
    );

    answer(
        &office,
        &key,
        "Ja, jag tänker gärna med dig.",
        &[set("form", "yes")],
    )?;
    let waiting = office.call("start_page", json!({}))?["waiting"].clone();
    assert!(!waiting.to_string().contains(&key), "{waiting}");

    // Another colleague's list does not hold it.
    office.call("choose_me", json!({ "key": "member:karin-aberg" }))?;
    assert_eq!(list(&office)?["second_eyes"], json!([]));
    Ok(())
}

#[test]
fn what_is_kept_for_a_meeting_stands_in_one_list_until_it_is_taken_off() -> Result<()> {
    let (office, _folder) = example()?;
    let key = ask(&office, "Hur ofta byter ni vinterdäck på tjänstebilarna?")?;
    edit(&office, &key, &[set("parked", "meeting")])?;
    let parked = list(&office)?["parked"].clone();
    assert_eq!(row(&parked, &key)?["parked"], "meeting");
    edit(&office, &key, &[set("parked", Value::Null)])?;
    assert!(row(&list(&office)?["parked"], &key).is_err());
    Ok(())
}

#[test]
fn a_question_that_tells_who_a_client_is_is_refused_before_it_is_shared() -> Result<()> {
    let (office, _folder) = example()?;
    let edits = [set("text", "Vad gör vi med 811218-9876?")];
    let args = json!({ "kind": "question", "window": "w", "edits": edits });
    assert_eq!(
        office.refused("create_item", args)?["code"],
        "personal_data"
    );
    let checked = json!({ "kind": "answer", "key": null, "path": "text",
                          "text": "Ring om 811218-9876." });
    let hits = office.call("check_text", checked)?;
    assert_eq!(hits[0]["level"], "stop");
    Ok(())
}

#[test]
fn open_questions_and_requests_pass_to_a_successor_and_those_that_are_done_do_not() -> Result<()> {
    let (office, _folder) = example()?;
    let open = ask(&office, "Hur ofta byter ni vinterdäck på tjänstebilarna?")?;
    let done = ask(&office, "Vilken färg har era pärmar?")?;
    edit(&office, &done, &[set("state", "clear")])?;
    let held = office.call("handing_over", json!({ "key": ME }))?["held"].clone();
    let held = held.as_array().context("held")?;
    let fields = |key: &str| -> Vec<&str> {
        let hers = held.iter().filter(|of| of["key"] == key);
        hers.filter_map(|of| of["field"].as_str()).collect()
    };
    assert_eq!(fields(&open), ["asker"]);
    assert!(fields(&done).is_empty());
    assert!(held.iter().any(|of| of["field"] == "asked"), "{held:?}");

    let things: Vec<Value> = held
        .iter()
        .filter(|of| of["kind"] == "question")
        .map(|of| {
            json!({ "key": of["key"], "field": of["field"], "heads": of["heads"],
                    "to": "member:maja-lundmark" })
        })
        .collect();
    let args = json!({ "member": ME, "things": things, "window": "w" });
    office.call("hand_over", args)?;
    assert_eq!(
        page(&office, &open)?["asked"]["by"]["title"],
        "Maja Lundmark"
    );
    assert_eq!(row(&list(&office)?["open"], &open)?["mine"], false);
    Ok(())
}

#[test]
fn an_export_holds_each_question_with_its_answers_and_both_as_tables() -> Result<()> {
    let (office, folder) = example()?;
    let file = folder.path().join("krets.zip");
    let tickets = office.host.tickets();
    let ticket = tickets.give(&office.host.world(), file.clone())?;
    office.call("export", json!({ "ticket": ticket, "municipality": null }))?;
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&file)?)?;
    let mut read = |wanted: &str| -> Result<String> {
        for at in 0..zip.len() {
            let mut entry = zip.by_index(at)?;
            if entry.name()?.contains(wanted) {
                let mut text = String::new();
                entry.read_to_string(&mut text)?;
                return Ok(text);
            }
        }
        anyhow::bail!("no {wanted}")
    };
    let question = read("fragor/Hur gör ni med nycklarna")?;
    assert!(question.contains("klar för frågeställaren"), "{question}");
    assert!(
        question.contains("## Så gör vi hos oss\n\nÅsele "),
        "{question}"
    );
    assert!(
        question.contains("Vi byter cylinder samma dag"),
        "{question}"
    );
    assert!(read("tabeller/fragor.csv")?.contains("Söker erfarenhet: Samsjuklighet"));
    assert!(read("tabeller/svar.csv")?.contains("Annan erfarenhet;Vilhelmina"));
    Ok(())
}

#[test]
fn a_draft_of_a_question_is_nobodys_but_the_writers_until_it_is_published() -> Result<()> {
    let (office, _folder) = example()?;
    let draft = json!({ "key": "new:question", "field": "text", "heads": [],
                        "text": "Det här är bara ett utkast om vinterdäck", "window": "w" });
    office.call("save_draft", draft)?;
    assert!(!list(&office)?.to_string().contains("vinterdäck"));
    assert_eq!(found(&office, "utkast vinterdäck")?, json!([]));
    let drafts = office.call("drafts", json!({ "key": "new:question" }))?;
    assert_eq!(drafts[0]["field"], "text");
    Ok(())
}
