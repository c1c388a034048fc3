//! Everything that a krets wrote can be taken out and read without the program.

use anyhow::{Context as _, Result};
use radrum_app::Size;
use radrum_tests::edits::set;
use radrum_tests::office::{Office, Start};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

pub(crate) fn export(office: &Office, municipality: Option<&str>, file: &Path) -> Result<Value> {
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), file.to_path_buf())?;
    office.call(
        "export",
        json!({ "ticket": ticket, "municipality": municipality }),
    )
}

pub(crate) fn unzip(file: &Path) -> Result<BTreeMap<String, String>> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file)?)?;
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at)?;
        let name = entry.name()?.into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text)?;
        files.insert(name, text);
    }
    Ok(files)
}

fn items(files: &BTreeMap<String, String>) -> Result<Vec<Value>> {
    let lines = files.get("allt.jsonl").context("allt.jsonl")?;
    lines
        .lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

#[test]
fn an_export_of_everything_holds_every_item_in_open_formats() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let file = folder.path().join("krets.zip");
    let told = export(&office, None, &file)?;
    let files = unzip(&file)?;
    let items = items(&files)?;
    assert_eq!(told["items"], items.len());
    assert_eq!(told["bytes"], std::fs::metadata(&file)?.len());
    let of = |kind: &str| {
        items
            .iter()
            .filter(|item| {
                item["key"]
                    .as_str()
                    .is_some_and(|key| key.starts_with(kind))
            })
            .count()
    };
    assert_eq!(of("playbook:"), 17);
    assert!(of("member:") >= 60);
    let lvm = files
        .iter()
        .find(|(name, _)| name.contains("LVM") && name.ends_with(".md"));
    let (_, lvm) = lvm.context("no Markdown of the card LVM")?;
    assert!(lvm.contains("förvaltningsrätten"));
    assert!(files.keys().any(|name| name.ends_with(".csv")));
    let cards = files
        .iter()
        .find(|(name, _)| name.ends_with(".vcf"))
        .context("vcf")?
        .1;
    assert!(cards.contains("BEGIN:VCARD\r\nVERSION:4.0"));
    Ok(())
}

#[test]
fn an_export_of_one_municipality_holds_what_it_answers_for_and_nothing_else() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let file = folder.path().join("malå.zip");
    export(&office, Some("municipality:mala"), &file)?;
    let files = unzip(&file)?;
    let items = items(&files)?;
    assert!(!items.is_empty());
    for item in &items {
        let own = item["key"] == "municipality:mala";
        assert!(
            own || item["value"]["owner"] == "municipality:mala"
                || item["value"]["fields"]["owner"] == "municipality:mala",
            "{item}"
        );
    }
    Ok(())
}

#[test]
fn a_file_ticket_is_good_for_one_file_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let ticket = office
        .host
        .tickets()
        .give(&office.host.world(), folder.path().join("a.zip"))?;
    office.call("export", json!({ "ticket": ticket, "municipality": null }))?;
    let again = office.refused("export", json!({ "ticket": ticket, "municipality": null }))?;
    assert_eq!(again["code"], "bad_ticket");
    let path = folder.path().join("b.zip").display().to_string();
    let refused = office.refused("export", json!({ "ticket": path, "municipality": null }))?;
    assert_eq!(refused["code"], "bad_ticket");
    Ok(())
}

#[test]
fn an_export_that_cannot_be_written_says_so_and_leaves_nothing_behind() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::open(Start::example(folder.path(), Size::Small))?;
    let file = folder.path().join("finns-inte").join("krets.zip");
    let ticket = office.host.tickets().give(&office.host.world(), file)?;
    let refused = office.refused("export", json!({ "ticket": ticket, "municipality": null }))?;
    assert_eq!(refused["code"], "file_not_written");
    Ok(())
}

#[test]
fn the_statutes_of_the_krets_are_in_the_export_as_text() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let office = Office::founded(Start::own(&folder.path().join("profile")))?;
    let edits = [
        set("purpose", "Att hjälpas åt."),
        set("root_3", "Region Västerbotten"),
    ];
    office.call(
        "create_item",
        json!({ "kind": "statutes", "edits": edits, "window": "w" }),
    )?;
    let file = folder.path().join("krets.zip");
    export(&office, None, &file)?;
    let files = unzip(&file)?;
    let text = files.get("kretsen/Stadgar.md").context("the text")?;
    assert!(text.contains("## Syfte\n\nAtt hjälpas åt.\n"), "{text}");
    assert!(text.contains("3. Region Västerbotten\n"), "{text}");
    assert!(files["allt.jsonl"].contains("statutes:stadgar"));
    Ok(())
}
