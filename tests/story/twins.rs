//! Two questions or cards that are about the same are merged by several offices at once, and
//! nothing that anybody wrote is lost by it.

use crate::ask::krets::two;
use crate::ask::{answer, ask, create, edit, found_of};
use anyhow::{Context as _, Result};
use radrum_tests::edits::set;
use radrum_tests::office::Office;
use serde_json::{Value, json};

fn merge(office: &Office, of: &str, into: &str) -> Result<()> {
    edit(office, of, &[set("merged_into", into)])
}

fn part(office: &Office, of: &str) -> Result<()> {
    edit(office, of, &[set("merged_into", Value::Null)])
}

fn keys(rows: &Value) -> Vec<&str> {
    let rows = rows.as_array().into_iter().flatten();
    rows.filter_map(|row| row["key"].as_str()).collect()
}

/// Whether a list of the page of questions has one.
fn lists(office: &Office, list: &str, key: &str) -> Result<bool> {
    let page = office.call("questions", json!({}))?;
    Ok(keys(&page[list]).contains(&key))
}

/// What is answered on the page of a question.
fn answers(office: &Office, question: &str) -> Result<Vec<String>> {
    let page = office.call("question", json!({ "key": question }))?;
    let threads = page["threads"].as_array().context("threads")?.iter();
    let texts = threads.filter_map(|of| of["answer"]["answer"]["text"].as_str());
    let mut texts: Vec<String> = texts.map(str::to_string).collect();
    texts.sort();
    Ok(texts)
}

fn head(office: &Office, key: &str) -> Result<Value> {
    office.call("head", json!({ "key": key }))
}

const OURS: &str = "Vi delar zebrajouren med Storuman.";
const THEIRS: &str = "Chefen tar zebrajouren.";

#[test]
fn two_questions_that_are_merged_into_each_other_at_once_are_one_and_can_be_parted() -> Result<()> {
    let krets = two()?;
    let first = ask(&krets.dorotea, "Hur ordnar ni zebrajouren i jul?")?;
    let second = ask(&krets.sorsele, "Vem tar zebrajouren över jul?")?;
    answer(&krets.dorotea, &first, OURS, &[])?;
    answer(&krets.sorsele, &second, THEIRS, &[])?;
    krets.meet()?;
    merge(&krets.dorotea, &first, &second)?;
    merge(&krets.sorsele, &second, &first)?;
    krets.meet()?;
    let (least, other) = if first < second {
        (&first, &second)
    } else {
        (&second, &first)
    };
    for office in krets.both() {
        assert!(lists(office, "open", least)? && !lists(office, "open", other)?);
        assert_eq!(answers(office, least)?, [THEIRS, OURS]);
        assert_eq!(keys(&head(office, least)?["also"]), [other.as_str()]);
        assert_eq!(head(office, other)?["stands_as"]["key"], least.as_str());
        let found = found_of(office, "question", "zebrajouren")?;
        assert_eq!(keys(&found), [least.as_str()]);
        let pairs = office.call("merged", json!({}))?;
        assert_eq!(pairs.as_array().map(Vec::len), Some(1), "{pairs}");
        assert_eq!(pairs[0]["of"]["key"], other.as_str());
    }
    part(&krets.sorsele, &second)?;
    part(&krets.dorotea, &first)?;
    krets.meet()?;
    for office in krets.both() {
        for (question, text) in [(&first, OURS), (&second, THEIRS)] {
            assert!(lists(office, "open", question)?);
            assert_eq!(answers(office, question)?, [text]);
        }
        assert_eq!(keys(&found_of(office, "question", "zebrajouren")?).len(), 2);
        assert_eq!(office.call("merged", json!({}))?, json!([]));
    }
    Ok(())
}

#[test]
fn an_answer_that_is_written_offline_to_what_was_merged_is_found_at_the_one_that_stands()
-> Result<()> {
    let krets = two()?;
    let stands = ask(&krets.dorotea, "Hur ordnar ni zebrajouren i jul?")?;
    let merged = ask(&krets.dorotea, "Vem tar hand om vakten då alla är lediga?")?;
    krets.meet()?;
    merge(&krets.dorotea, &merged, &stands)?;
    let written = answer(
        &krets.sorsele,
        &merged,
        "Xylofonbolaget svarar dygnet runt.",
        &[],
    )?;
    assert!(lists(&krets.dorotea, "unanswered", &stands)?);
    krets.meet()?;
    for office in krets.both() {
        let text = ["Xylofonbolaget svarar dygnet runt."];
        assert_eq!(answers(office, &stands)?, text);
        assert_eq!(answers(office, &merged)?, text, "and where it was written");
        let page = office.call("question", json!({ "key": written }))?;
        assert_eq!(page["key"], stands.as_str(), "its own address leads there");
        assert!(!lists(office, "unanswered", &stands)?);
        let found = found_of(office, "question", "xylofonbolaget")?;
        assert_eq!(keys(&found), [stands.as_str()]);
        let found = found_of(office, "question", "vakten lediga")?;
        assert_eq!(
            keys(&found),
            [stands.as_str()],
            "by the words of the other one"
        );
    }
    part(&krets.sorsele, &merged)?;
    krets.meet()?;
    for office in krets.both() {
        assert_eq!(answers(office, &stands)?, Vec::<String>::new());
        assert_eq!(answers(office, &merged)?.len(), 1);
        assert!(lists(office, "open", &merged)? && lists(office, "unanswered", &stands)?);
    }
    Ok(())
}

#[test]
fn a_card_that_was_merged_leads_to_the_other_and_keeps_its_own_text_and_ways() -> Result<()> {
    let krets = two()?;
    let of = |title: &str| [set("title", title), set("playbook", "rare_case")];
    let stands = create(&krets.dorotea, "playbook", &of("Zebravård"))?;
    let merged = create(&krets.sorsele, "playbook", &of("Xylofonvård"))?;
    krets.meet()?;
    let owner = krets.sorsele.call("start", json!({}))?["session"]["municipality"]["key"].clone();
    let way = [
        set("owner", owner),
        set("playbook", merged.as_str()),
        set("text", "Vi ringer tamburinen först."),
    ];
    let alike = json!({ "kind": "playbook", "text": "xylofonvård" });
    assert_eq!(
        keys(&krets.dorotea.call("alike", alike)?),
        [merged.as_str()]
    );
    merge(&krets.dorotea, &merged, &stands)?;
    create(&krets.sorsele, "variant", &way)?;
    krets.meet()?;
    for office in krets.both() {
        let cards = office.call("playbooks", json!({}))?;
        assert!(keys(&cards).contains(&stands.as_str()));
        assert!(!keys(&cards).contains(&merged.as_str()));
        for word in ["xylofonvård", "tamburinen"] {
            let found = found_of(office, "playbook", word)?;
            assert_eq!(found[0]["key"], stands.as_str(), "{word}: {found}");
            let place = found[0]["where"].as_str().unwrap_or_default();
            assert!(place.starts_with("Sammanslaget med"), "{place}");
        }
        let page = office.call("playbook", json!({ "key": merged }))?;
        assert_eq!(page["card"]["title"], "Xylofonvård");
        assert_eq!(page["variants"].as_array().map(Vec::len), Some(1));
        assert_eq!(page["head"]["stands_as"]["title"], "Zebravård");
    }
    part(&krets.sorsele, &merged)?;
    krets.meet()?;
    for office in krets.both() {
        let found = found_of(office, "playbook", "tamburinen")?;
        assert_eq!(keys(&found), [merged.as_str()]);
    }
    Ok(())
}

#[test]
fn what_was_merged_into_something_that_is_erased_stands_by_itself_again() -> Result<()> {
    let krets = two()?;
    let stands = ask(&krets.dorotea, "Hur ordnar ni zebrajouren i jul?")?;
    let merged = ask(&krets.sorsele, "Vem tar zebrajouren över jul?")?;
    krets.meet()?;
    merge(&krets.sorsele, &merged, &stands)?;
    let erase = json!({ "key": stands, "ground": "person", "decision": "", "keep_text": false,
                        "window": "w" });
    krets.dorotea.call("erase_item", erase)?;
    krets.meet()?;
    for office in krets.both() {
        assert!(lists(office, "open", &merged)?);
        assert_eq!(head(office, &merged)?["stands_as"], Value::Null);
    }
    Ok(())
}
