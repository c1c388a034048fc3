//! Writes checked edits into a transaction.

use super::DocumentError;
use crate::edit::{Edit, Reason, Scalar, rejected};
use crate::position;
use crate::schema::Schema;
use automerge::transaction::{Transactable, Transaction};
use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use radrum_wire::limits::TEXT_OPS_MAX;

pub(super) fn edit<T: Transactable + ReadDoc>(
    tx: &mut T,
    schema: &Schema,
    edit: &Edit,
) -> Result<(), DocumentError> {
    match edit {
        Edit::Set { field, value } => put(tx, &ROOT, field, value.as_ref()),
        Edit::Add {
            list,
            id,
            fields,
            after,
        } => {
            let container = container(tx, list)?;
            let max = schema.list(list).map_or(0, |list| list.max);
            let entries = entries(tx, &container)?;
            if entries.iter().filter(|entry| !entry.removed).count() >= max {
                let max = u32::try_from(max).unwrap_or(u32::MAX);
                return Err(rejected(list, Reason::TooMany { max }).into());
            }
            // Made once: a second object would hide the first, and every gate refuses it.
            if entries.iter().any(|entry| entry.id == *id) {
                return Err(rejected(list, Reason::NoSuchEntry).into());
            }
            let position = place(&entries, None, after.as_deref());
            let entry = tx.put_object(&container, id.as_str(), ObjType::Map)?;
            tx.put(&entry, "position", position)?;
            for (field, value) in fields {
                put(tx, &entry, field, Some(value))?;
            }
            Ok(())
        }
        Edit::SetIn {
            list,
            id,
            field,
            value,
        } => {
            let entry = entry(tx, list, id)?;
            put(tx, &entry, field, value.as_ref())
        }
        Edit::Move { list, id, after } => {
            let moved = entry(tx, list, id)?;
            let entries = entries(tx, &container(tx, list)?)?;
            let position = place(&entries, Some(id), after.as_deref());
            put(tx, &moved, "position", Some(&Scalar::Text(position)))
        }
        Edit::Remove { list, id, removed } => {
            let entry = entry(tx, list, id)?;
            put(tx, &entry, "removed", Some(&Scalar::Flag(*removed)))
        }
        Edit::Put { set, key, present } => {
            let set = container(tx, set)?;
            put(tx, &set, &key.to_string(), Some(&Scalar::Flag(*present)))
        }
        Edit::Choose {
            list,
            id,
            field,
            value,
        } => {
            let obj = match (list, id) {
                (Some(list), Some(id)) => entry(tx, list, id)?,
                _ => ROOT,
            };
            // A plain put of the winning value would only delete the loser, and two different
            // choices would then lose one (automerge-notes fact 4).
            tx.delete(&obj, field.as_str())?;
            tx.put(&obj, field.as_str(), scalar(value.as_ref()))?;
            Ok(())
        }
        // Running texts are written in changes of their own, see `write`.
        Edit::Write { .. } => Ok(()),
    }
}

/// Writes a scalar unless it is what already stands (or wins) there.
fn put<T: Transactable + ReadDoc>(
    tx: &mut T,
    obj: &ObjId,
    field: &str,
    value: Option<&Scalar>,
) -> Result<(), DocumentError> {
    let new = scalar(value);
    let same = match tx.get(obj, field)? {
        Some((Value::Scalar(old), _)) => *old == new,
        Some(_) => return Err(rejected(field, Reason::WrongType).into()),
        // An absent flag reads as false and an absent text as empty.
        None => matches!(new, ScalarValue::Null | ScalarValue::Boolean(false)),
    };
    if !same {
        tx.put(obj, field, new)?;
    }
    Ok(())
}

/// Emptied is null, not deleted: beside a concurrent text both are then shown.
fn scalar(value: Option<&Scalar>) -> ScalarValue {
    match value {
        None => ScalarValue::Null,
        Some(Scalar::Flag(flag)) => ScalarValue::Boolean(*flag),
        Some(Scalar::Number(number)) => ScalarValue::Int(i64::from(*number)),
        Some(Scalar::Text(text)) => ScalarValue::Str(text.as_str().into()),
    }
}

fn container<T: ReadDoc>(tx: &T, name: &str) -> Result<ObjId, DocumentError> {
    match tx.get(ROOT, name)? {
        Some((Value::Object(_), id)) => Ok(id),
        _ => Err(DocumentError::Damaged),
    }
}

fn entry<T: ReadDoc>(tx: &T, list: &str, id: &str) -> Result<ObjId, DocumentError> {
    match tx.get(container(tx, list)?, id)? {
        Some((Value::Object(ObjType::Map), entry)) => Ok(entry),
        _ => Err(rejected(list, Reason::NoSuchEntry).into()),
    }
}

struct Placed {
    position: String,
    id: String,
    removed: bool,
}

/// Entries in reading order.
fn entries<T: ReadDoc>(tx: &T, container: &ObjId) -> Result<Vec<Placed>, DocumentError> {
    let mut entries = Vec::new();
    for id in tx.keys(container) {
        let Some((Value::Object(ObjType::Map), entry)) = tx.get(container, id.as_str())? else {
            continue;
        };
        let position = match tx.get(&entry, "position")? {
            Some((Value::Scalar(position), _)) => position.as_str().unwrap_or_default().to_string(),
            _ => String::new(),
        };
        let removed = matches!(
            tx.get(&entry, "removed")?,
            Some((Value::Scalar(removed), _)) if removed.as_bool() == Some(true)
        );
        entries.push(Placed {
            position,
            id,
            removed,
        });
    }
    entries.sort_by(|a, b| (&a.position, &a.id).cmp(&(&b.position, &b.id)));
    Ok(entries)
}

/// A position behind `after`; the entry that is moved does not count as a neighbour.
fn place(entries: &[Placed], moved: Option<&str>, after: Option<&str>) -> String {
    let rest: Vec<&Placed> = entries
        .iter()
        .filter(|e| Some(e.id.as_str()) != moved)
        .collect();
    let at = match after {
        None => rest.len(),
        Some("") => 0,
        Some(id) => rest
            .iter()
            .position(|e| e.id == id)
            .map_or(rest.len(), |at| at + 1),
    };
    let before = at
        .checked_sub(1)
        .and_then(|at| rest.get(at))
        .map(|e| e.position.as_str());
    position::between(before, rest.get(at).map(|e| e.position.as_str()))
}

/// Rewrites running texts towards what the edits want, within one change; gives what is left
/// for changes of their own, each of at most [`TEXT_OPS_MAX`] characters.
pub(super) fn write_texts(
    tx: &mut Transaction<'_>,
    edits: &[Edit],
) -> Result<Vec<(ObjId, String)>, DocumentError> {
    let mut later = Vec::new();
    let mut begun = false;
    for edit in edits {
        let Edit::Write { field, text: new } = edit else {
            continue;
        };
        let Some((Value::Object(ObjType::Text), text)) = tx.get(ROOT, field.as_str())? else {
            return Err(DocumentError::Damaged);
        };
        let mut stages = stages(&tx.text(&text)?, new).into_iter();
        // Only one first stage fits into the change that carries the other edits.
        if !std::mem::replace(&mut begun, true)
            && let Some(first) = stages.next()
        {
            tx.update_text(&text, first)?;
        }
        later.extend(stages.map(|stage| (text.clone(), stage)));
    }
    Ok(later)
}

/// Texts on the way from `old` to `new`, each a bounded number of characters from the last.
/// A short edit has one stage: the new text.
fn stages(old: &str, new: &str) -> Vec<String> {
    let old: Vec<char> = old.chars().collect();
    let new: Vec<char> = new.chars().collect();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..]
        .iter()
        .rev()
        .zip(new[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (gone, come) = (old.len() - head - tail, new.len() - head - tail);
    let mut stages = Vec::new();
    if gone + come > TEXT_OPS_MAX {
        let ends = |middle: &[char]| -> String {
            new[..head]
                .iter()
                .chain(middle)
                .chain(&new[new.len() - tail..])
                .collect()
        };
        let mut left = gone;
        while left > 0 {
            left -= left.min(TEXT_OPS_MAX);
            stages.push(ends(&old[head..head + left]));
        }
        let mut there = 0;
        while there < come {
            there += (come - there).min(TEXT_OPS_MAX);
            stages.push(ends(&new[head..head + there]));
        }
    } else {
        stages.push(new.into_iter().collect());
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::stages;
    use radrum_wire::limits::TEXT_OPS_MAX;

    #[test]
    fn a_short_edit_is_one_stage() {
        assert_eq!(stages("abc", "abd"), ["abd"]);
    }

    #[test]
    fn a_long_paste_over_a_long_text_never_moves_more_than_the_limit() {
        let old = format!("början {} slut", "å".repeat(40_000));
        let new = format!("början {} slut", "ö".repeat(50_000));
        let stages = stages(&old, &new);
        assert_eq!(stages.last(), Some(&new));
        let mut length = old.chars().count();
        for stage in &stages {
            assert!(stage.chars().count().abs_diff(length) <= TEXT_OPS_MAX);
            length = stage.chars().count();
        }
    }
}
