//! Where items name the colleague who answers for them: what she holds, and hands over when she
//! leaves (needs N38, N48).

use crate::key::{ItemKey, Kind};
use crate::plain::Plain;

/// Fields that name a colleague who holds the item. A new kind that somebody answers for is one
/// line here, and words for it in the interface.
pub const HELD: [(Kind, &str); 8] = [
    (Kind::Responsibility, "member"),
    (Kind::Playbook, "owner_member"),
    (Kind::Playbook, "deputy_member"),
    (Kind::Member, "deputy"),
    (Kind::Question, "asker"),
    (Kind::Question, "asked"),
    (Kind::Member, "fadder"),
    (Kind::Introduction, "owner_member"),
];

/// The relation of the links from items to those who hold them.
pub const HELD_BY: &str = "held_by";

/// Who holds an item, each with the field that says so.
pub fn holders(kind: Kind, plain: &Plain) -> impl Iterator<Item = (&'static str, ItemKey)> {
    let fields = HELD.into_iter().filter(move |(of, _)| *of == kind);
    fields.filter_map(|(_, field)| {
        let named = plain.fields.get(field)?.as_str()?;
        Some((field, named.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::HELD;
    use crate::key::Kind;
    use crate::kind::schema;
    use crate::schema::Type;

    #[test]
    fn whatever_is_held_is_a_field_that_names_a_colleague_and_may_be_emptied() {
        for (kind, name) in HELD {
            let field = schema(kind).field(name).expect(name);
            assert_eq!(field.ty, Type::Ref(&[Kind::Member]), "{kind:?} {name}");
            assert!(!field.required, "{kind:?} {name}");
        }
    }
}
