//! Notes where an edit on an older version met what had been written meanwhile, when it
//! happens, so that no page needs a document to tell it.

use radrum_domain::{Document, Heads, HistoryLine, HistoryStep};
use radrum_store::Merge;
use radrum_wire::ChangeHash;
use std::collections::BTreeSet;

/// One row for each change that the new ones did not stand on.
pub(super) fn met(doc: &Document, base: &Heads, new: &[ChangeHash], now: i64) -> Vec<Merge> {
    let seen = seen_from(doc, base);
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
            let both: Vec<serde_json::Value> = step
                .lines
                .iter()
                .filter(|theirs| ours.iter().any(|line| same_place(line, theirs)))
                .map(|line| {
                    serde_json::json!({
                        "list": line.list, "entry": line.entry, "field": line.field,
                    })
                })
                .collect();
            let fields = serde_json::Value::Array(both).to_string();
            Merge {
                change,
                beside: step.change,
                fields,
                merged_at: now,
            }
        })
        .collect()
}

fn same_place(a: &HistoryLine, b: &HistoryLine) -> bool {
    (&a.list, &a.entry, &a.field) == (&b.list, &b.entry, &b.field)
}

/// The changes that a version holds.
fn seen_from(doc: &Document, base: &Heads) -> BTreeSet<ChangeHash> {
    let changes = doc.changes();
    let mut seen: BTreeSet<ChangeHash> = base.as_slice().iter().copied().collect();
    // Changes come in an order where what they stand on is before them.
    for made in changes.iter().rev() {
        if seen.contains(&made.hash) {
            seen.extend(made.deps.iter().copied());
        }
    }
    seen
}
