//! Marks what was found in a text that is shown.

use radrum_swedish::{Query, analyse};
use std::collections::BTreeSet;

/// Expansions below this are too far from what was typed to be marked.
const WEIGHT_MIN: f32 = 0.45;

/// The text in pieces, each with whether it was found. Joined they are the text.
#[must_use]
pub fn highlight(text: &str, query: &Query) -> Vec<(String, bool)> {
    let wanted: BTreeSet<&str> = query
        .concepts
        .iter()
        .flat_map(|concept| &concept.expansions)
        .filter(|expansion| expansion.weight >= WEIGHT_MIN)
        .flat_map(|expansion| expansion.terms.iter().map(String::as_str))
        .collect();
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut at = 0;
    for found in analyse(text).found {
        let hit = found
            .terms
            .iter()
            .chain(&found.parts)
            .any(|term| wanted.contains(term.as_str()));
        if hit && found.range.start >= at {
            push(&mut pieces, &text[at..found.range.start], false);
            push(&mut pieces, &text[found.range.clone()], true);
            at = found.range.end;
        }
    }
    push(&mut pieces, &text[at..], false);
    pieces
}

fn push(pieces: &mut Vec<(String, bool)>, text: &str, hit: bool) {
    if !text.is_empty() {
        pieces.push((text.to_string(), hit));
    }
}

#[cfg(test)]
mod tests {
    use super::highlight;
    use radrum_swedish::{Query, Vocabulary};

    #[test]
    fn marked_pieces_join_to_the_whole_text() {
        let query = Query::parse("adoption ", &Vocabulary::default());
        let text = "Adoption – nationell, utredning om adoptionen åt tingsrätten";
        let pieces = highlight(text, &query);
        let joined: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
        assert_eq!(joined, text);
        let marked: Vec<&str> = pieces
            .iter()
            .filter(|(_, hit)| *hit)
            .map(|(piece, _)| piece.as_str())
            .collect();
        assert_eq!(marked, ["Adoption", "adoptionen"]);
    }
}
