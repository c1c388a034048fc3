//! The personal-data guard at the door: what tells who a client is does not become a change.

use anyhow::{Context as _, Result};
use radrum_app::Size;
use radrum_tests::edits::{add, entry_id, set, set_in, write};
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// A published example of Skatteverket's; nobody has it.
const NUMBER: &str = "811218-9876";

fn founded() -> Result<(tempfile::TempDir, Office)> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(folder.path()))?;
    Ok((folder, office))
}

fn note(edits: &[Value]) -> Value {
    json!({ "kind": "note", "window": "a", "edits": edits })
}

fn hits(refused: &Value) -> Result<&Vec<Value>> {
    assert_eq!(refused["code"], "personal_data", "{refused}");
    refused["args"]["hits"].as_array().context("hits")
}

#[test]
fn a_personnummer_is_refused_with_its_place_and_nothing_is_lost_or_written() -> Result<()> {
    let (_folder, office) = founded()?;
    let text = format!("Åsa 😀 har {NUMBER} i akten.");
    office.call(
        "save_draft",
        json!({ "key": "new:note", "field": "body", "heads": [], "text": text, "window": "a" }),
    )?;
    let refused = office.refused(
        "create_item",
        note(&[set("title", "Prov"), write("body", &text)]),
    )?;
    let hits = hits(&refused)?;
    assert_eq!(hits.len(), 1);
    // The window counts UTF-16 units: the face is two of them.
    assert_eq!(
        (hits[0]["start"].as_u64(), hits[0]["end"].as_u64()),
        (Some(11), Some(22))
    );
    assert_eq!(hits[0]["level"], "stop");
    assert_eq!(hits[0]["path"], "body");
    assert_eq!(hits[0]["rewording"][0]["text"], "[personnummer borttaget]");
    assert!(!refused.to_string().contains("9876"));
    assert_eq!(office.call("notes", json!({}))?, json!([]));
    let drafts = office.call("drafts", json!({ "key": "new:note" }))?;
    assert_eq!(drafts[0]["text"], text.as_str());
    // Stopp is never accepted, whatever is chosen.
    let mut args = note(&[set("title", "Prov"), write("body", &text)]);
    args["accepted"] = json!([{ "fingerprint": hits[0]["fingerprint"], "because": "public" }]);
    assert_eq!(
        office.refused("create_item", args)?["code"],
        "personal_data"
    );
    Ok(())
}

#[test]
fn titles_and_entries_of_lists_are_read_too() -> Result<()> {
    let (_folder, office) = founded()?;
    let refused = office.refused("create_item", note(&[set("title", NUMBER)]))?;
    assert_eq!(hits(&refused)?[0]["path"], "title");
    let card = office.call("playbook", json!({ "key": "playbook:lvm" }))?;
    let step = json!({ "text": format!("Ring om {NUMBER}"), "force": "usual" });
    let edit = |edits: Value| json!({ "key": "playbook:lvm", "heads": card["head"]["heads"], "edits": edits, "window": "a" });
    let refused = office.refused("edit_item", edit(json!([add("steps", 7, step)])))?;
    assert_eq!(
        hits(&refused)?[0]["path"],
        format!("steps/{}/text", entry_id(7))
    );
    Ok(())
}

#[test]
fn what_is_asked_about_passes_with_a_choice_that_fits_and_not_without() -> Result<()> {
    let (_folder, office) = founded()?;
    let edits = [
        set("title", "Prov"),
        write("body", "Ring pappan på 070-174 06 05."),
    ];
    let refused = office.refused("create_item", note(&edits))?;
    let hit = hits(&refused)?[0].clone();
    assert_eq!(
        (&hit["level"], &hit["finding"]),
        (&json!("ask"), &json!("phone"))
    );
    let choose = |fingerprint: &Value| {
        let mut args = note(&edits);
        args["accepted"] = json!([{ "fingerprint": fingerprint, "because": "work_contact" }]);
        args
    };
    assert_eq!(
        office.refused("create_item", choose(&json!("0000000000000000")))?["code"],
        "personal_data"
    );
    office.call("create_item", choose(&hit["fingerprint"]))?;
    // An age with a place and an origin is nobody's work contact.
    let edits = [
        set("title", "Prov"),
        write("body", "En 14-årig flicka i Malå med somalisk bakgrund."),
    ];
    let refused = office.refused("create_item", note(&edits))?;
    let mut args = note(&edits);
    args["accepted"] =
        json!([{ "fingerprint": hits(&refused)?[0]["fingerprint"], "because": "work_contact" }]);
    assert_eq!(
        office.refused("create_item", args)?["code"],
        "personal_data"
    );
    Ok(())
}

#[test]
fn what_stands_already_does_not_stop_an_unrelated_edit() -> Result<()> {
    let (_folder, office) = founded()?;
    let body = "Ring pappan på 070-174 06 05.";
    let edits = [set("title", "Prov"), write("body", body)];
    let refused = office.refused("create_item", note(&edits))?;
    let mut args = note(&edits);
    args["accepted"] =
        json!([{ "fingerprint": hits(&refused)?[0]["fingerprint"], "because": "not_a_person" }]);
    let made = office.call("create_item", args)?;
    let longer = format!("{body} Och på måndag.");
    let edited = office.call(
        "edit_item",
        json!({ "key": made["key"], "heads": made["heads"], "window": "a", "edits": [write("body", &longer)] }),
    )?;
    assert_eq!(edited["changed"], true);
    let more = format!("{longer} Eller 070-174 06 12.");
    let refused = office.refused(
        "edit_item",
        json!({ "key": made["key"], "heads": edited["heads"], "window": "a", "edits": [write("body", &more)] }),
    )?;
    assert_eq!(hits(&refused)?.len(), 1);
    Ok(())
}

#[test]
fn contacts_have_telephones_and_decisions_have_case_numbers() -> Result<()> {
    let (_folder, office) = founded()?;
    office.call(
        "create_item",
        json!({ "kind": "external_contact", "window": "a", "edits": [
            set("title", "Barnjouren Norr"), set("contact", "authority"),
            set("phone", "0980-319 222"), set("email", "eva.lind@norr.example") ] }),
    )?;
    // What a contact of the krets has may be written anywhere.
    office.call(
        "create_item",
        note(&[
            set("title", "Prov"),
            write("body", "Ring +46 980 319 222 eller eva.lind@norr.example."),
        ]),
    )?;
    let regions = office.call("region", json!({}))?;
    let municipality = regions["municipalities"][0]["head"]["key"].clone();
    let areas = office.call("choices", json!({ "kind": "area" }))?;
    let holding = |field: &str| {
        json!({ "kind": "responsibility", "window": "a", "edits": [
            set("area", areas[0]["key"].clone()), set("municipality", municipality.clone()),
            set("responsibility", "lead"), set(field, "Beslut SN 2026/0123 § 14") ] })
    };
    office.call("create_item", holding("decision"))?;
    let refused = office.refused("create_item", holding("note"))?;
    assert_eq!(hits(&refused)?[0]["finding"], "case_number");
    Ok(())
}

#[test]
fn as_it_is_typed_the_same_is_said() -> Result<()> {
    let (_folder, office) = founded()?;
    let said = office.call(
        "check_text",
        json!({ "kind": "note", "key": null, "path": "body", "text": format!("Om {NUMBER}") }),
    )?;
    assert_eq!(said[0]["level"], "stop");
    let said = office.call(
        "check_text",
        json!({ "kind": "responsibility", "key": null, "path": "decision", "text": "SN 2026/0123" }),
    )?;
    assert_eq!(said, json!([]));
    Ok(())
}

/// Fields in which somebody writes.
const WRITTEN: [&str; 14] = [
    "title",
    "text",
    "body",
    "about",
    "note",
    "notice",
    "missed",
    "if_missing",
    "name",
    "start",
    "also_called",
    "reason",
    "consult_when",
    "subject",
];

/// Every text of the Exempelkrets could have been written through the door.
#[test]
fn nothing_in_the_exempelkrets_would_be_stopped_or_asked_about() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let mut texts = Vec::new();
    for (list, one, parts) in [
        (
            "playbooks",
            "playbook",
            &["card", "variants", "deviations"][..],
        ),
        ("notes", "note", &["note"]),
        ("contacts", "contact", &["contact"]),
        ("resources", "resource", &["resource"]),
    ] {
        for row in office.call(list, json!({}))?.as_array().context("rows")? {
            let key = if row["key"].is_string() {
                &row["key"]
            } else {
                &row["head"]["key"]
            };
            let page = office.call(one, json!({ "key": key }))?;
            for part in parts {
                collect(&page[*part], "", &mut texts);
            }
        }
    }
    assert!(texts.len() > 300, "{} texts", texts.len());
    let mut said = Vec::new();
    for text in texts {
        let args = json!({ "kind": "note", "key": null, "path": "body", "text": text });
        for hit in office
            .call("check_text", args)?
            .as_array()
            .context("hits")?
        {
            if hit["level"] != "tip" {
                said.push(format!("{}: {text}", hit["finding"]));
            }
        }
    }
    assert!(said.is_empty(), "{said:#?}");
    Ok(())
}

fn collect(value: &Value, field: &str, out: &mut Vec<String>) {
    match value {
        Value::String(text) if WRITTEN.contains(&field) => out.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|inner| collect(inner, field, out)),
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| *name != "sources" && *name != "head")
            .for_each(|(name, inner)| collect(inner, name, out)),
        _ => {}
    }
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_hit_is_in_no_log_at_any_level() -> Result<()> {
    let lines = Lines::default();
    let kept = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || kept.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || -> Result<()> {
        let (_folder, office) = founded()?;
        let text = format!("Gökottan {NUMBER}, ring mamman Xenobia på 070-174 06 05.");
        office.refused(
            "create_item",
            note(&[set("title", "Prov"), write("body", &text)]),
        )?;
        office.call(
            "check_text",
            json!({ "kind": "note", "key": null, "path": "body", "text": text }),
        )?;
        let made = office.call("create_item", note(&[set("title", "Prov")]))?;
        let edit = json!({ "key": made["key"], "heads": made["heads"], "window": "a",
            "edits": [set_in("steps", &entry_id(1), "text", &*text), write("body", &text)] });
        let refused = office.refused("edit_item", edit)?;
        assert_eq!(refused["code"], "personal_data");
        Ok(())
    })?;
    let lines = lines.0.lock().unwrap_or_else(PoisonError::into_inner);
    let told = String::from_utf8_lossy(&lines);
    assert!(
        told.contains("PersonalData"),
        "the refusal itself is logged: {told}"
    );
    for word in ["9876", "Xenobia", "ökottan", "174 06"] {
        assert!(!told.contains(word), "{word} in {told}");
    }
    Ok(())
}
