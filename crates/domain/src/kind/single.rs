//! Items of which there is one: the statutes of a krets, the order of asking of an office, the
//! rådgrupp of an area. Their keys follow from what they are about, so that two offices that
//! begin one at once write in the same document.

use crate::edit::{Edit, Scalar};
use crate::key::{ItemKey, Kind};

/// Keeps the id of such an item apart from the id of what it is about.
const OF: &str = "of/";

/// The key of the one item that a new item with these edits is; none when there may be many.
#[must_use]
pub fn singleton(kind: Kind, edits: &[Edit]) -> Option<ItemKey> {
    let about = match kind {
        Kind::Statutes => return ItemKey::slug(kind, "stadgar").ok(),
        Kind::AskOrder => "office",
        Kind::AdviceGroup => "area",
        _ => return None,
    };
    edits.iter().find_map(|edit| match edit {
        Edit::Set {
            field,
            value: Some(Scalar::Text(key)),
        } if field == about => single_of(kind, &key.parse().ok()?),
        _ => None,
    })
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
    use crate::edit::{Edit, Scalar};
    use crate::key::{ItemKey, KINDS, Kind};
    use radrum_wire::ItemId;

    fn about(field: &str, key: &ItemKey) -> Vec<Edit> {
        vec![Edit::Set {
            field: field.into(),
            value: Some(Scalar::Text(key.to_string())),
        }]
    }

    #[test]
    fn there_is_one_of_the_statutes_and_one_per_office_and_area() {
        let key = |text: &str| text.parse::<ItemKey>().expect("key");
        let of = |kind, edits: &[Edit]| singleton(kind, edits).map(|key| key.to_string());
        assert_eq!(of(Kind::Statutes, &[]), Some("statutes:stadgar".into()));
        let dorotea = about("office", &key("office:dorotea"));
        assert_eq!(
            of(Kind::AskOrder, &dorotea),
            Some("ask_order:of/dorotea".into())
        );
        let lvm = about("area", &key("area:lvm"));
        assert_eq!(
            of(Kind::AdviceGroup, &lvm),
            Some("advice_group:of/lvm".into())
        );
        let many = KINDS
            .into_iter()
            .filter(|kind| singleton(*kind, &lvm).is_none());
        assert_eq!(many.count(), KINDS.len() - 2);
        assert_eq!(single_of(Kind::AskOrder, &key("area:lvm")), None);
    }

    #[test]
    fn what_is_about_an_office_that_was_made_here_is_not_the_office() {
        let office = ItemKey::random(Kind::Office, ItemId::from_bytes([7; 16]));
        let order = single_of(Kind::AskOrder, &office).expect("a key");
        assert_ne!(order.id(), office.id());
        assert_eq!(order.to_string().parse(), Ok(order));
    }
}
