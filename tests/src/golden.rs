//! The golden queries and whether an answer is right (product.md section 5).

use serde_json::Value;
use std::collections::BTreeMap;

const FILE: &str = include_str!("../fixtures/search/golden.tsv");

/// Rows of a group that count.
const FIRST: usize = 5;

/// A query with what it must find.
#[derive(Debug, Clone)]
pub struct Golden {
    /// As typed.
    pub query: String,
    /// Keys that are all needed, each with alternatives.
    pub expected: Vec<Vec<String>>,
    /// Where in the card; empty when the query names no place.
    pub place: Vec<String>,
    /// Where the query came from.
    pub origin: String,
    /// Set aside: never tuned on, only counted.
    pub blind: bool,
}

/// All queries. A third is set aside by the hash of its text.
#[must_use]
pub fn queries() -> Vec<Golden> {
    FILE.lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or_default().to_string();
            let (query, expected, place, origin) = (next(), next(), next(), next());
            let split = |text: &str, by: &str| -> Vec<String> {
                text.split(by)
                    .map(|s| s.trim().to_string())
                    .filter(|s| !s.is_empty())
                    .collect()
            };
            Golden {
                blind: blake3::hash(query.as_bytes()).as_bytes()[0].is_multiple_of(3),
                expected: split(&expected, " + ")
                    .iter()
                    .map(|one| split(one, " / "))
                    .collect(),
                place: split(&place, "|"),
                query,
                origin,
            }
        })
        .collect()
}

/// What an answer lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// An expected item is not among the first of its group.
    NotFound(String),
    /// It is, but `where` points elsewhere.
    WrongPlace(String),
}

/// Checks an answer of `search`.
#[must_use]
pub fn miss(golden: &Golden, answer: &Value) -> Option<Miss> {
    for alternatives in &golden.expected {
        if !alternatives.iter().any(|key| found(answer, key).is_some()) {
            return Some(Miss::NotFound(alternatives.join(" / ")));
        }
    }
    if golden.place.is_empty() {
        return None;
    }
    let places: Vec<String> = golden
        .expected
        .iter()
        .flatten()
        .filter(|key| key.starts_with("playbook:"))
        .filter_map(|key| found(answer, key))
        .collect();
    let named = |place: &String| {
        golden
            .place
            .iter()
            .any(|wanted| place == wanted || place.starts_with(&format!("{wanted}:")))
    };
    if places.iter().any(named) {
        None
    } else {
        Some(Miss::WrongPlace(places.join(" | ")))
    }
}

/// The `where` of an item among the first of its group.
fn found(answer: &Value, key: &str) -> Option<String> {
    let groups = answer["groups"].as_array()?;
    if let Some(area) = key.strip_prefix("area:") {
        return groups
            .iter()
            .filter(|group| {
                group["kind"]
                    .as_str()
                    .is_some_and(|k| k.ends_with("people"))
            })
            .flat_map(|group| group["items"].as_array().into_iter().flatten().take(FIRST))
            .find(|row| names_area(row, area))
            .map(|row| row["where"].as_str().unwrap_or_default().to_string());
    }
    groups.iter().find_map(|group| {
        let rows = group["items"].as_array()?;
        let row = rows.iter().take(FIRST).find(|row| row["key"] == key)?;
        Some(row["where"].as_str().unwrap_or_default().to_string())
    })
}

/// A colleague's or holder's row says the area in words.
fn names_area(row: &Value, area: &str) -> bool {
    let titles: BTreeMap<&str, &str> = BTreeMap::from([
        ("adoption", "adoption"),
        ("lvm", "LVM"),
        ("custody", "vårdnad, boende och umgänge"),
        ("parentage", "faderskap och föräldraskap"),
        ("mediation", "medling vid brott"),
        ("gambling", "spelmissbruk"),
        ("comorbidity", "samsjuklighet"),
        ("children-crisis-talks", "krissamtal med barn"),
        ("violence", "våld i nära relationer"),
        ("lvu", "LVU"),
        ("conflict-of-interest", "jäv"),
        ("foster-home", "familjehem"),
        ("unaccompanied-children", "ensamkommande barn"),
        ("estate", "dödsbo"),
        ("concern-and-transfer", "orosanmälan och överflyttning"),
        ("unknown-case", "okänt ärende"),
    ]);
    let place = row["where"].as_str().unwrap_or_default().to_lowercase();
    titles
        .get(area)
        .is_some_and(|title| place.contains(&title.to_lowercase()))
}
