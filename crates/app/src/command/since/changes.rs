//! How an item reads otherwise than before, by part.

use crate::api::{SinceChange, SinceHow, SincePart};
use radrum_domain::{Kind, Plain};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Parts that are lists, as the documents name them. What is in none of them is the rest.
const LISTS: [(&str, SincePart); 5] = [
    ("steps", SincePart::Steps),
    ("deadlines", SincePart::Deadlines),
    ("statements", SincePart::Statements),
    ("sources", SincePart::Sources),
    ("done", SincePart::Done),
];

/// What is told of something that hangs on a card.
pub(super) fn hanging(kind: Kind) -> Option<SinceChange> {
    let part = match kind {
        Kind::Variant => SincePart::Variants,
        Kind::Deviation => SincePart::Deviations,
        _ => return None,
    };
    Some(SinceChange {
        part,
        how: SinceHow::Added,
        several: false,
    })
}

/// What stands when it cannot be said how an item was changed.
pub(super) const SOMEHOW: SinceChange = SinceChange {
    part: SincePart::Rest,
    how: SinceHow::Changed,
    several: false,
};

/// Each change once; the same one twice is several.
pub(super) fn collected(all: impl IntoIterator<Item = SinceChange>) -> Vec<SinceChange> {
    let mut found: BTreeMap<(SincePart, SinceHow), bool> = BTreeMap::new();
    for one in all {
        found
            .entry((one.part, one.how))
            .and_modify(|several| *several = true)
            .or_insert(one.several);
    }
    let found = found.into_iter();
    let changes = found.map(|((part, how), several)| SinceChange { part, how, several });
    changes.collect()
}

/// The differences between two readings of an item; nothing when it reads as before.
pub(super) fn between(before: &Plain, now: &Plain) -> Vec<SinceChange> {
    let mut all = Vec::new();
    for (list, part) in LISTS {
        let (before, now) = (entries(before, list), entries(now, list));
        let added = now.keys().filter(|id| !before.contains_key(*id));
        let removed = before.keys().filter(|id| !now.contains_key(*id));
        let changed = now
            .iter()
            .filter(|(id, entry)| before.get(*id).is_some_and(|then| then != *entry));
        let counts = [
            (SinceHow::Added, added.count()),
            (SinceHow::Changed, changed.count()),
            (SinceHow::Removed, removed.count()),
        ];
        for (how, _) in counts.iter().filter(|(_, count)| *count > 0) {
            let several = counts.iter().any(|(same, count)| same == how && *count > 1);
            let how = *how;
            all.push(SinceChange { part, how, several });
        }
    }
    if rest(before) != rest(now) {
        all.push(SOMEHOW);
    }
    all
}

/// The entries of a list that can be seen, by id.
fn entries<'a>(plain: &'a Plain, list: &str) -> BTreeMap<&'a str, &'a Map<String, Value>> {
    let entries = plain.fields.get(list).and_then(Value::as_array);
    let entries = entries.into_iter().flatten().filter_map(Value::as_object);
    entries
        .filter(|entry| entry.get("removed") != Some(&Value::Bool(true)))
        .filter_map(|entry| Some((entry.get("id")?.as_str()?, entry)))
        .collect()
}

fn rest(plain: &Plain) -> BTreeMap<&String, &Value> {
    let fields = plain.fields.iter();
    fields
        .filter(|(name, _)| !LISTS.iter().any(|(list, _)| list == name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{SOMEHOW, between, collected, hanging};
    use crate::api::{SinceHow, SincePart};
    use radrum_domain::{Kind, Plain};
    use serde_json::{Value, json};

    fn plain(value: Value) -> Plain {
        serde_json::from_value(value).expect("a plain value")
    }

    fn told(before: Value, now: Value) -> Vec<(SincePart, SinceHow, bool)> {
        let all = between(&plain(before), &plain(now));
        let all = all.into_iter();
        all.map(|one| (one.part, one.how, one.several)).collect()
    }

    #[test]
    fn what_reads_otherwise_is_told_by_part_and_what_reads_as_before_is_not() {
        let step = |id: &str, text: &str| json!({ "id": id, "text": text });
        let gone = json!({ "id": "b", "text": "Andra", "removed": true });
        let before = json!({ "title": "LVM", "steps": [step("a", "Första"), step("b", "Andra")] });
        assert_eq!(told(before.clone(), before.clone()), []);
        let more = json!({ "title": "LVM", "deadlines": [{ "id": "f", "name": "Beslut" }],
            "steps": [step("a", "Ring"), gone, step("c", "Ny"), step("d", "Ny till")] });
        assert_eq!(
            told(before.clone(), more),
            [
                (SincePart::Steps, SinceHow::Added, true),
                (SincePart::Steps, SinceHow::Changed, false),
                (SincePart::Steps, SinceHow::Removed, false),
                (SincePart::Deadlines, SinceHow::Added, false),
            ]
        );
        let renamed = json!({ "title": "LVM vuxna", "steps": before["steps"] });
        assert_eq!(
            told(before, renamed),
            [(SincePart::Rest, SinceHow::Changed, false)]
        );
    }

    #[test]
    fn the_same_change_twice_is_told_once_as_several() {
        let variant = hanging(Kind::Variant).expect("a variant hangs on a card");
        let all = collected([SOMEHOW, variant, variant]);
        let several: Vec<bool> = all.iter().map(|one| one.several).collect();
        assert_eq!(several, [true, false]);
        assert!(hanging(Kind::Note).is_none());
    }
}
