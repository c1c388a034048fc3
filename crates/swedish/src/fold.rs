//! Folding of spelling variants that carry no meaning. å, ä and ö are letters and stay.

/// Lower case, composed å/ä/ö, and accents of loan words dropped (é → e, ü → u).
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Text from macOS file names and some forms comes decomposed.
            '\u{30a}' => compose(&mut out, 'a', 'å'),
            '\u{308}' => compose_dots(&mut out),
            _ if is_mark(c) => {}
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            _ => {
                // İ becomes i and a dot that combines.
                let letters = c.to_lowercase().filter(|lower| !is_mark(*lower));
                out.extend(letters.map(unaccent));
            }
        }
    }
    out
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn compose(out: &mut String, base: char, composed: char) {
    if out.ends_with(base) {
        out.pop();
        out.push(composed);
    }
}

fn compose_dots(out: &mut String) {
    if out.ends_with('o') {
        compose(out, 'o', 'ö');
    } else {
        compose(out, 'a', 'ä');
    }
}

const fn unaccent(c: char) -> char {
    match c {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'ü' | 'ú' | 'ù' | 'û' => 'u',
        'á' | 'à' | 'â' | 'ã' => 'a',
        'ó' | 'ò' | 'ô' | 'õ' | 'ø' => 'ö',
        'æ' => 'ä',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

/// The word as someone without å, ä and ö on the keyboard writes it.
#[must_use]
pub fn undot(folded: &str) -> String {
    folded.chars().map(undot_letter).collect()
}

pub(crate) const fn undot_letter(folded: char) -> char {
    match folded {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, undot};

    #[test]
    fn swedish_letters_stay_and_accents_go() {
        assert_eq!(fold("Övärnad IDÉ Müller"), "övärnad ide muller");
        assert_eq!(undot("utreseförbud på ån"), "utreseforbud pa an");
    }

    #[test]
    fn a_letter_that_lower_case_takes_apart_folds_to_a_letter() {
        assert_eq!(fold("İzmir"), "izmir");
    }

    #[test]
    fn decomposed_letters_become_the_same_as_composed() {
        assert_eq!(fold("a\u{30a}tga\u{308}rd o\u{308}"), fold("åtgärd ö"));
    }
}
