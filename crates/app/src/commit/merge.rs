//! Notes where an edit on an older version met what had been written meanwhile, when it
//! happens, so that no page needs a document to tell it.

use radrum_domain::{Document, Heads, HistoryLine, HistoryStep, Made};
use radrum_store::Merge;
use radrum_wire::ChangeHash;
use std::collections::BTreeSet;

/// One row for each change that the new ones did not stand on.
pub(super) fn met(doc: &Document, base: &Heads, new: &[ChangeHash], now: i64) -> Vec<Merge> {
    let seen = ancestors(&doc.changes(), base.as_slice());
    let history = doc.history();
    let lines_of = |change: ChangeHash| {
        history
            .iter()
            .find(|step| step.change == change)
            .map_or(&[][..], |s: &HistoryStep| &s.lines)
    };
    let ours: Vec<&HistoryLine> = new.iter().flat_map(|change| lines_of(*change)).collect();
    let Some(&change) = new.first() else {
        return Vec::new();
    };
    history
        .iter()
        .filter(|step| !seen.contains(&step.change) && !new.contains(&step.change))
        .map(|step| {
            let both = step
                .lines
                .iter()
                .filter(|theirs| ours.iter().any(|line| same_place(line, theirs)));
            let fields = fields_of(both);
            Merge {
                change,
                beside: step.change,
                fields,
                merged_at: now,
            }
        })
        .collect()
}

/// The same for changes that came from others, each against what it did not stand on and what
/// does not stand on it. A pair is told once.
pub(super) fn beside(doc: &Document, came: &[Made], now: i64) -> Vec<Merge> {
    if came.is_empty() {
        return Vec::new();
    }
    let history = doc.history();
    let changes = doc.changes();
    let lines = |change: ChangeHash| {
        let step = history.iter().find(|step| step.change == change);
        step.map_or(&[][..], |step| &step.lines)
    };
    let mut told: BTreeSet<(ChangeHash, ChangeHash)> = BTreeSet::new();
    let mut rows = Vec::new();
    for made in came {
        let below = ancestors(&changes, &made.deps);
        let above = descendants(&changes, made.hash);
        for step in &history {
            let other = step.change;
            let linked = other == made.hash || below.contains(&other) || above.contains(&other);
            let pair = (made.hash.min(other), made.hash.max(other));
            if linked || !told.insert(pair) {
                continue;
            }
            let both = step
                .lines
                .iter()
                .filter(|theirs| lines(made.hash).iter().any(|line| same_place(line, theirs)));
            rows.push(Merge {
                change: made.hash,
                beside: other,
                fields: fields_of(both),
                merged_at: now,
            });
        }
    }
    rows
}

fn fields_of<'a>(lines: impl Iterator<Item = &'a HistoryLine>) -> String {
    let all = lines.map(|line| {
        serde_json::json!({
            "list": line.list, "entry": line.entry, "field": line.field,
        })
    });
    serde_json::Value::Array(all.collect()).to_string()
}

/// What some changes stand on, themselves included.
pub(super) fn ancestors(changes: &[Made], of: &[ChangeHash]) -> BTreeSet<ChangeHash> {
    let mut seen: BTreeSet<ChangeHash> = of.iter().copied().collect();
    // Changes come in an order where what they stand on is before them.
    for made in changes.iter().rev() {
        if seen.contains(&made.hash) {
            seen.extend(made.deps.iter().copied());
        }
    }
    seen
}

/// What stands on a change.
fn descendants(changes: &[Made], of: ChangeHash) -> BTreeSet<ChangeHash> {
    let mut seen: BTreeSet<ChangeHash> = BTreeSet::from([of]);
    for made in changes {
        if made.deps.iter().any(|dep| seen.contains(dep)) {
            seen.insert(made.hash);
        }
    }
    seen
}

fn same_place(a: &HistoryLine, b: &HistoryLine) -> bool {
    (&a.list, &a.entry, &a.field) == (&b.list, &b.entry, &b.field)
}
