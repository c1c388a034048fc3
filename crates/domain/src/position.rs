//! Order in a list without moving anything: each entry carries a key between its neighbours.

use fractional_index::FractionalIndex;

/// A position after `before` and ahead of `after`, either of which may be missing.
///
/// Two offices that add at the same place get the same position; the entry id then decides,
/// equally everywhere. A position that cannot be read counts as missing.
pub(crate) fn between(before: Option<&str>, after: Option<&str>) -> String {
    let read = |text: Option<&str>| text.and_then(|t| FractionalIndex::from_string(t).ok());
    let (before, after) = (read(before), read(after));
    let position = match (&before, &after) {
        (None, None) => FractionalIndex::default(),
        (Some(before), None) => FractionalIndex::new_after(before),
        (None, Some(after)) => FractionalIndex::new_before(after),
        (Some(before), Some(after)) => FractionalIndex::new_between(before, after)
            .unwrap_or_else(|| FractionalIndex::new_after(before)),
    };
    position.to_string()
}

#[cfg(test)]
mod tests {
    use super::between;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_entry_lands_where_it_was_put(places in proptest::collection::vec(any::<prop::sample::Index>(), 1..60)) {
            let mut positions: Vec<String> = Vec::new();
            for place in places {
                let at = place.index(positions.len() + 1);
                let before = at.checked_sub(1).and_then(|i| positions.get(i)).map(String::as_str);
                let new = between(before, positions.get(at).map(String::as_str));
                positions.insert(at, new);
            }
            let mut sorted = positions.clone();
            sorted.sort();
            prop_assert_eq!(sorted, positions);
        }
    }

    #[test]
    fn two_equal_neighbours_still_leave_room() {
        let first = between(None, None);
        assert!(between(Some(&first), Some(&first)) > first);
    }
}
