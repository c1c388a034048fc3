//! What each field is for. Anything not named here is free text.

use radrum_domain::{Kind, Type, schema};
use radrum_swedish::guard::Field;

/// Kept by the program, never typed.
const OWN: [&str; 6] = ["slug", "pack", "position", "step", "code", "page"];

/// What the guard reads a field as; none for one in which nothing is written.
pub(super) fn of(kind: Kind, path: &str) -> Option<Field> {
    let schema = schema(kind);
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or_default();
    let name = parts.next_back().unwrap_or(first);
    let known = if name == first {
        schema.field(first)
    } else {
        schema.list(first).and_then(|list| list.field(name))
    };
    let is_written = matches!(
        known?.ty,
        Type::Line | Type::Prose | Type::Text | Type::Web | Type::Email
    );
    if !is_written || OWN.contains(&name) {
        return None;
    }
    Some(match (kind, name) {
        (Kind::Responsibility, "decision")
        | (Kind::Ruling, "number")
        | (Kind::Bulletin, "statute" | "source" | "web")
        | (Kind::Playbook, "statute" | "notice_law" | "web" | "why") => Field::Reference,
        (Kind::Playbook, "title") if first == "sources" => Field::Reference,
        (
            Kind::Member
            | Kind::Office
            | Kind::ExternalContact
            | Kind::Resource
            | Kind::AskOrder
            | Kind::AdviceGroup,
            "title" | "phone" | "email" | "web" | "sdk" | "hours" | "place" | "role" | "cost"
            | "reach",
        )
        | (Kind::Question, "contact_road")
        | (Kind::Municipality, "title" | "court" | "organisation")
        | (Kind::Statutes, "root_1" | "root_2" | "root_3") => Field::Contact,
        _ => Field::Text,
    })
}

#[cfg(test)]
mod tests {
    use super::of;
    use radrum_domain::Kind;
    use radrum_swedish::guard::Field;

    #[test]
    fn a_case_number_belongs_in_a_decision_and_a_telephone_with_a_contact() {
        assert_eq!(of(Kind::Responsibility, "decision"), Some(Field::Reference));
        assert_eq!(of(Kind::Ruling, "number"), Some(Field::Reference));
        assert_eq!(of(Kind::Ruling, "role"), Some(Field::Text));
        assert_eq!(of(Kind::Responsibility, "note"), Some(Field::Text));
        assert_eq!(of(Kind::ExternalContact, "phone"), Some(Field::Contact));
        assert_eq!(of(Kind::ExternalContact, "note"), Some(Field::Text));
        assert_eq!(of(Kind::Question, "contact_road"), Some(Field::Contact));
        assert_eq!(of(Kind::Answer, "text"), Some(Field::Text));
        assert_eq!(of(Kind::Bulletin, "source"), Some(Field::Reference));
        assert_eq!(of(Kind::Bulletin, "body"), Some(Field::Text));
        assert_eq!(of(Kind::Playbook, "title"), Some(Field::Text));
        assert_eq!(
            of(Kind::Playbook, "sources/a/title"),
            Some(Field::Reference)
        );
        assert_eq!(of(Kind::Playbook, "steps/a/text"), Some(Field::Text));
    }

    #[test]
    fn what_nobody_types_is_not_read() {
        for (kind, path) in [
            (Kind::Note, "area"),
            (Kind::Playbook, "steps/a/force"),
            (Kind::Playbook, "steps/a/pack"),
            (Kind::Variant, "step"),
            (Kind::Ruling, "version"),
            (Kind::Note, "unknown"),
        ] {
            assert_eq!(of(kind, path), None, "{path}");
        }
    }
}
