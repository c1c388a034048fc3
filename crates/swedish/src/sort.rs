//! Order of names and titles. The interface never sorts; it shows rows in this order.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use std::sync::OnceLock;

/// A key whose byte order is the Swedish alphabetical order (… x y z å ä ö; é beside e).
///
/// Stored beside each item, because SQLite's own collations fold and order ASCII only.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    match collator() {
        Some(collator) => match collator.write_sort_key_to(text, &mut key) {
            Ok(()) => key,
            Err(never) => match never {},
        },
        // The Swedish data are compiled in, so this is only the type's other half.
        None => crate::fold(text).into_bytes(),
    }
}

fn collator() -> Option<&'static CollatorBorrowed<'static>> {
    static COLLATOR: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    COLLATOR
        .get_or_init(|| Collator::try_new(locale!("sv").into(), CollatorOptions::default()).ok())
        .as_ref()
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn names_come_in_swedish_order() {
        let mut names = vec![
            "Öberg",
            "Zetterlund",
            "Ågren",
            "Ärlig",
            "Edén",
            "Eden",
            "Andersson",
            "åberg",
        ];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "Andersson",
                "Eden",
                "Edén",
                "Zetterlund",
                "åberg",
                "Ågren",
                "Ärlig",
                "Öberg"
            ]
        );
    }
}
