//! Nobody is measured: what the whole command list answers, looked through for figures beside a
//! person and for municipalities in order of a figure (product.md section 4).

use crate::ask::{create, example};
use anyhow::{Context as _, Result, ensure};
use radrum_swedish::sort_key;
use radrum_tests::edits::set;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The contract of the interface: every command, and the types of its answer.
const CONTRACT: &str = include_str!("../../ui/src/bindings/index.ts");

/// When a text was written, and where in it something stands. The only numbers, beside the year
/// that she wrote herself, that may stand beside a person: a text has a day.
const OF_A_TEXT: &[&str] = &[
    "Delivery.written_at",
    "Deviation.year",
    "Done.year",
    "ErasureRow.at",
    "ErasureRow.done_at",
    "Experience.year",
    "ExperienceRow.year",
    "GuardHit.end",
    "GuardHit.start",
    "GuardRewording.end",
    "GuardRewording.start",
    "Head.created_at",
    "Head.updated_at",
    "HistoryEntry.written_at",
    "HistoryLine.new",
    "HistoryLine.old",
    "LateSave.written_at",
    "MergeNote.merged_at",
    "NewsOf.at",
    "NewsPage.to",
    "NoteRow.updated_at",
    "ProposalRow.year",
    "QuestionRow.created_at",
    "RecentRow.updated_at",
    "SavedDraft.updated_at",
    "VoiceOf.value",
    "VoiceOf.written_at",
    "WaitingRow.updated_at",
];

/// What lies on this computer, on its way and in its letters; never whose it is.
const OF_THIS_COMPUTER: &[&str] = &[
    "BundleRead.items",
    "BundleRead.known",
    "BundleRead.new",
    "BundleRead.refused",
    "BundleRead.waiting",
    "BundleWritten.bytes",
    "BundleWritten.entries",
    "Checked.faults",
    "Exported.bytes",
    "Exported.items",
    "KindCount.count",
    "KretsPeople.after_end",
    "KretsState.entries",
    "KretsState.waiting",
    "LanState.lines",
    "LanState.port",
    "LastBackup.bytes",
    "LastBackup.items",
    "LastBackup.made_at",
    "LastBackup.tested_at",
    "LetterOnItsWay.made_at",
    "NewRootKey.number",
    "PackRead.added",
    "PackRead.news",
    "Records.bytes",
    "Records.drafts",
    "Records.entries",
    "Records.erased",
    "Records.first_at",
    "Records.last_at",
    "Records.log_days",
    "Records.since",
    "Records.ticks",
    "RegionPage.bytes",
    "RegionPage.entries",
    "RoadState.fetched_at",
    "RoadState.waiting",
    "RootsTried.right",
    "SincePage.to",
    "SincePage.weeks",
    "SnapshotSeen.at",
    "SnapshotSeen.items",
    "SnapshotSeen.of",
];

/// What a place is, and how many computers of places hold something: a receipt, not a measure.
const OF_A_PLACE: &[&str] = &[
    "AnonymousState.devices",
    "AnonymousState.devices_min",
    "AnonymousState.municipalities",
    "AnonymousState.municipalities_min",
    "Delivery.of",
    "Delivery.offices",
    "ErasureOffice.devices",
    "ErasureOffice.erased",
    "ErasureRow.devices",
    "ErasureRow.erased",
    "ErasureRow.unseen",
    "KretsState.devices",
    "Municipality.population",
    "Parcel.days",
    "Parcel.items",
    "ResourceRow.own_km",
    "ResourceRow.own_minutes",
    "Travel.km",
    "Travel.minutes",
];

/// The contract without what explains it.
fn contract() -> String {
    let mut plain = String::new();
    for (n, part) in CONTRACT.split("/**").enumerate() {
        let code = part.split_once("*/").map_or(part, |(_, code)| code);
        plain.push_str(if n == 0 { part } else { code });
    }
    plain
}

/// Words of TypeScript that name a type or a field.
fn words(code: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    code.split(is_end).filter(|word| !word.is_empty())
}

/// Every type that an answer of a command may hold, with its declaration.
fn answered(contract: &str) -> BTreeMap<&str, &str> {
    let (types, commands) = contract
        .split_once("export type Commands")
        .unwrap_or_default();
    let declared: BTreeMap<&str, &str> = types
        .split("export type ")
        .filter_map(|one| one.split_once(" = "))
        .collect();
    let results = commands.split("result: ").skip(1);
    let mut next: Vec<&str> = results
        .flat_map(|one| words(one.split('}').next().unwrap_or_default()))
        .collect();
    let mut found = BTreeMap::new();
    while let Some(name) = next.pop() {
        if let Some(code) = declared.get(name).filter(|_| !found.contains_key(name)) {
            found.insert(name, *code);
            next.extend(words(code));
        }
    }
    found
}

/// The numbers of a type, as `Type.field`.
fn numbers(name: &str, code: &str) -> Vec<String> {
    let fields = code.split([',', '{', '}']);
    fields
        .filter_map(|field| field.split_once(':'))
        .filter(|(_, holds)| words(holds).any(|word| word == "number"))
        .map(|(field, _)| format!("{name}.{}", field.trim().trim_matches('"')))
        .collect()
}

#[test]
fn every_number_that_a_command_answers_with_is_known_and_is_none_of_a_person() {
    let contract = contract();
    let known: BTreeSet<&str> = [OF_A_TEXT, OF_THIS_COMPUTER, OF_A_PLACE]
        .concat()
        .into_iter()
        .collect();
    let of: Vec<String> = answered(&contract)
        .iter()
        .flat_map(|(name, code)| numbers(name, code))
        .collect();
    let found: BTreeSet<&str> = of.iter().map(String::as_str).collect();
    let new: Vec<&&str> = found.difference(&known).collect();
    assert!(new.is_empty(), "decide what these are numbers of: {new:?}");
    let gone: Vec<&&str> = known.difference(&found).collect();
    assert!(gone.is_empty(), "no command answers with these: {gone:?}");
}

/// Key of what a row or a page is of.
fn key_of(value: &Value) -> Option<&str> {
    let own = [
        &value["key"],
        &value["head"]["key"],
        &value["municipality"]["key"],
    ];
    own.into_iter().find_map(Value::as_str)
}

fn title_of(value: &Value) -> Option<&str> {
    let own = [&value["title"], &value["municipality"]["title"]];
    own.into_iter().find_map(Value::as_str)
}

/// What measures somebody in an answer: a number beside a person, municipalities out of order.
fn measures(value: &Value, found: &mut BTreeSet<String>) {
    let fields = value.as_object().into_iter().flatten();
    let is_person = |key: &str| key.starts_with("member:");
    let names_person = key_of(value).is_some_and(is_person)
        || fields
            .clone()
            .any(|(_, of)| of["key"].as_str().is_some_and(is_person));
    for (field, of) in fields {
        let of_a_text = OF_A_TEXT
            .iter()
            .any(|known| known.ends_with(&format!(".{field}")));
        if names_person && of.is_number() && !of_a_text {
            found.insert(format!("{field} beside a person"));
        }
        measures(of, found);
    }
    let rows = value.as_array().map_or(&[][..], Vec::as_slice);
    let is_place = |row: &Value| key_of(row).is_some_and(|key| key.starts_with("municipality:"));
    let names: Vec<_> = rows.iter().filter_map(title_of).map(sort_key).collect();
    if rows.iter().all(is_place) && !names.is_sorted() {
        found.insert(format!("municipalities out of order: {value}"));
    }
    for row in rows {
        measures(row, found);
    }
}

#[test]
fn what_would_measure_somebody_is_seen() {
    let planted = json!({
        "rows": [{ "key": "member:a", "title": "Anna", "answers": 3 }],
        "by": { "author": { "key": "member:b" }, "seen": 1, "written_at": 1 },
        "places": [
            { "key": "municipality:s", "title": "Sorsele" },
            { "key": "municipality:d", "title": "Dorotea" },
        ],
    });
    let mut found = BTreeSet::new();
    measures(&planted, &mut found);
    let found: Vec<_> = found.iter().map(|one| one.split(':').next()).collect();
    let expected = [
        "answers beside a person",
        "municipalities out of order",
        "seen beside a person",
    ];
    assert_eq!(found, expected.map(Some));
}

/// Keys that an answer names.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text)
            if text.split_once(':').is_some_and(|(kind, id)| {
                !kind.is_empty()
                    && !id.contains([' ', '/'])
                    && kind.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            }) =>
        {
            found.insert(text.clone());
        }
        Value::Array(rows) => rows.iter().for_each(|row| keys(row, found)),
        Value::Object(fields) => fields.values().for_each(|of| keys(of, found)),
        _ => {}
    }
}

/// Commands that only read, with what they take.
fn reads(contract: &str) -> Vec<(&str, &str)> {
    let commands = contract
        .split_once("export type Commands")
        .unwrap_or_default()
        .1;
    let lines = commands
        .lines()
        .filter_map(|line| line.trim().split_once(": { args: "));
    let typed = lines.filter_map(|(name, types)| Some((name, types.split_once("; result: ")?)));
    typed
        .filter(|(_, (_, result))| {
            ![
                "Acknowledged",
                "StartState",
                "SessionInfo",
                "Edited",
                "Ended",
                "NewRootKey",
            ]
            .contains(&result.trim_end_matches([' ', '}', ';']))
        })
        .map(|(name, (args, _))| (name, args))
        .collect()
}

#[test]
fn no_page_of_the_example_measures_a_person_or_ranks_municipalities() -> Result<()> {
    let (office, _folder) = example()?;
    // The Exempelkrets says nothing of its own about what changed.
    let news = [set("title", "Ny rutin"), set("from", "2026-12-01")];
    create(&office, "bulletin", &news)?;
    create(&office, "suggestion", &[set("title", "Länken leder fel")])?;
    let version =
        office.call("rulings", json!({ "key": "playbook:lvm" }))?["now"]["version"].clone();
    let ruling = [
        set("playbook", "playbook:lvm"),
        set("version", version),
        set("owner", "municipality:dorotea"),
        set("role", "IFO-chef"),
        set("on", "2026-03-02"),
    ];
    create(&office, "ruling", &ruling)?;
    let contract = contract();
    let reads = reads(&contract);
    let of = |args: &str| {
        reads
            .iter()
            .filter(move |(_, takes)| *takes == args)
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
    };
    let (mut found, mut named) = (BTreeSet::new(), BTreeSet::new());
    let mut look = |name: &str, args: Value| -> Option<Value> {
        let answer = office.call(name, args).ok()?;
        let mut here = BTreeSet::new();
        measures(&answer, &mut here);
        found.extend(here.into_iter().map(|one| format!("{name}: {one}")));
        Some(answer)
    };
    let mut answers = Vec::new();
    for name in of("Nothing") {
        answers.push(look(name, json!({})).with_context(|| name.to_string())?);
    }
    answers.iter().for_each(|answer| keys(answer, &mut named));
    ensure!(named.len() > 50, "{named:?}");
    for name in of("Key") {
        let pages = named
            .iter()
            .filter_map(|key| look(name, json!({ "key": key })));
        ensure!(pages.count() > 0, "nothing has a page of {name}");
    }
    for query in [
        "adoption",
        "vem kan LVM",
        "barn som bevittnat våld",
        "Sorsele",
    ] {
        ensure!(
            look("search", json!({ "text": query })).is_some(),
            "{query}"
        );
    }
    ensure!(found.is_empty(), "{found:#?}");
    Ok(())
}
