//! What the page about what is stored says of a real profile: numbers and places, no content.

use anyhow::{Context as _, Result};
use radrum_tests::krets::{found, note, office};
use serde_json::{Value, json};
use std::path::Path;

fn of_kind(records: &Value, kind: &str) -> u64 {
    let kinds = records["kinds"].as_array().into_iter().flatten();
    let mut found = kinds.filter(|of| of["kind"] == kind);
    found
        .next()
        .and_then(|of| of["count"].as_u64())
        .unwrap_or_default()
}

#[test]
fn what_is_stored_is_counted_and_no_word_of_it_is_told() -> Result<()> {
    let home = tempfile::tempdir()?;
    let dorotea = office(home.path(), "Maja Lundmark", "Dorotea")?;
    let records = || dorotea.call("records", json!({}));
    let before = records()?;
    assert_eq!(
        (of_kind(&before, "note"), &before["drafts"]),
        (0, &json!(0))
    );
    assert_eq!(
        (&before["entries"], &before["relays"]),
        (&json!(0), &json!([]))
    );
    let file = Path::new(before["folder"].as_str().context("folder")?)
        .join(before["file"].as_str().context("file")?);
    assert!(before["bytes"].as_u64() >= Some(std::fs::metadata(&file)?.len()));
    assert_eq!(file.parent(), Some(dorotea.folder()));

    found(&dorotea)?;
    let gone = note(&dorotea, "Kvällsgökotta", "Text.")?;
    note(&dorotea, "Morgongökotta", "Text.")?;
    for field in ["title", "body"] {
        let draft = json!({ "key": "new:note", "field": field, "heads": [], "window": "w",
                            "text": "Dagsgökotta" });
        dorotea.call("save_draft", draft)?;
    }
    dorotea.call("set_relays", json!({ "relays": ["https://relay.example"] }))?;
    let erase = json!({ "key": gone, "ground": "person", "decision": "", "keep_text": false,
                        "window": "w" });
    dorotea.call("erase_item", erase)?;
    let after = records()?;
    assert_eq!((of_kind(&after, "note"), &after["drafts"]), (1, &json!(1)));
    assert_eq!(of_kind(&after, "member"), of_kind(&before, "member"));
    assert_eq!(after["erased"], 1);
    assert!(after["entries"].as_u64() > Some(3), "{after}");
    assert_eq!(after["relays"], json!(["https://relay.example"]));
    assert_eq!(after["log_days"], 14);
    assert!(after["last_at"].as_i64() > after["first_at"].as_i64());
    for word in ["gökotta", "Maja"] {
        assert!(!after.to_string().contains(word), "{after}");
    }
    Ok(())
}
