//! Items of which there is one: the statutes of a krets, the order of asking of an office, the
//! rådgrupp of an area. Their keys follow from what they are about, so that two offices that
//! begin one at once write in the same document.

use crate::key::{ItemKey, Kind};

/// Keeps the id of such an item apart from the id of what it is about.
const OF: &str = "of/";

/// The key of a new item of which there may be one; `named` gives the item that a field of it
/// names. None when there may be many.
#[must_use]
pub fn singleton(kind: Kind, named: impl Fn(&str) -> Option<ItemKey>) -> Option<ItemKey> {
    match kind {
        Kind::Statutes => ItemKey::slug(kind, "stadgar").ok(),
        Kind::Welcome => ItemKey::slug(kind, "valkomsttext").ok(),
        Kind::AskOrder => single_of(kind, &named("office")?),
        Kind::AdviceGroup => single_of(kind, &named("area")?),
        _ => None,
    }
}

/// The key of the one item of a kind that is about this office or area.
#[must_use]
pub fn single_of(kind: Kind, about: &ItemKey) -> Option<ItemKey> {
    let fits = matches!(
        (kind, about.kind()),
        (Kind::AskOrder, Kind::Office) | (Kind::AdviceGroup, Kind::Area)
    );
    let slug = format!("{OF}{}", about.name());
    fits.then(|| ItemKey::slug(kind, &slug).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{single_of, singleton};
    use crate::key::{ItemKey, KINDS, Kind};
    use radrum_wire::ItemId;

    #[test]
    fn there_is_one_of_the_statutes_and_one_per_office_and_area() {
        let named = |field: &str| match field {
            "office" => "office:dorotea".parse().ok(),
            "area" => "area:lvm".parse().ok(),
            _ => None,
        };
        let of = |kind| singleton(kind, named).map(|key| key.to_string());
        let ones: Vec<String> = KINDS.into_iter().filter_map(of).collect();
        let known = [
            "statutes:stadgar",
            "ask_order:of/dorotea",
            "advice_group:of/lvm",
            "welcome:valkomsttext",
        ];
        assert_eq!(ones, known);
        assert_eq!(singleton(Kind::AskOrder, |_| None), None, "of no office");
        let area: ItemKey = "area:lvm".parse().expect("key");
        assert_eq!(single_of(Kind::AskOrder, &area), None);
    }

    #[test]
    fn what_is_about_an_office_that_was_made_here_is_not_the_office() {
        let office = ItemKey::random(Kind::Office, ItemId::from_bytes([7; 16]));
        let order = single_of(Kind::AskOrder, &office).expect("a key");
        assert_ne!(order.id(), office.id());
        assert_eq!(order.to_string().parse(), Ok(order));
    }
}
