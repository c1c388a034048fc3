//! What the document of a card may hold.

use crate::choice::{Force, Part, PlaybookKind, Source};
use crate::key::Kind;
use crate::schema::{Field, List, Schema, Set, Type, optional, required};

pub(super) const PLAYBOOK: Schema = Schema {
    kind: Kind::Playbook,
    fields: &[
        required("title", Type::Line),
        required("playbook", Type::Choice(PlaybookKind::WORDS)),
        optional("area", Type::Ref(&[Kind::Area])),
        optional("also_called", Type::Prose),
        optional("notice", Type::Prose),
        optional("notice_law", Type::Line),
        optional("notice_from", Type::Date),
        optional("owner_role", Type::Line),
        optional("deputy_role", Type::Line),
        optional("owner_member", Type::Ref(&[Kind::Member])),
        optional("deputy_member", Type::Ref(&[Kind::Member])),
        optional("review_on", Type::Date),
        optional("reviewed_on", Type::Date),
        optional("draft", Type::Flag),
        optional("pack", Type::Line),
        optional("origin", Type::Ref(&[Kind::Question])),
    ],
    lists: &[
        List {
            name: "statements",
            fields: STATEMENT,
            max: 120,
        },
        List {
            name: "steps",
            fields: STEP,
            max: 60,
        },
        List {
            name: "deadlines",
            fields: DEADLINE,
            max: 30,
        },
        List {
            name: "sources",
            fields: SOURCE,
            max: 7,
        },
        List {
            name: "done",
            fields: DONE,
            max: 60,
        },
    ],
    sets: &[Set {
        name: "labels",
        of: Kind::Label,
        max: 20,
    }],
};

const STATEMENT: &[Field] = &[
    required("part", Type::Choice(Part::WORDS)),
    required("text", Type::Prose),
    optional("word", Type::Line),
    optional("source", Type::Choice(Source::WORDS)),
    optional("statute", Type::Line),
    optional("checked", Type::Date),
    optional("valid_from", Type::Date),
    optional("valid_to", Type::Date),
    optional("unverified", Type::Flag),
    optional(
        "contact",
        Type::Ref(&[Kind::ExternalContact, Kind::Resource]),
    ),
];

const STEP: &[Field] = &[
    required("text", Type::Prose),
    required("force", Type::Choice(Force::WORDS)),
    optional("first_day", Type::Flag),
    optional("source", Type::Choice(Source::WORDS)),
    optional("statute", Type::Line),
    optional("checked", Type::Date),
    optional("valid_from", Type::Date),
    optional("valid_to", Type::Date),
    optional("unverified", Type::Flag),
    optional("if_missing", Type::Prose),
];

const DEADLINE: &[Field] = &[
    required("name", Type::Line),
    optional("start", Type::Line),
    required("length", Type::Length),
    optional("source", Type::Choice(Source::WORDS)),
    optional("statute", Type::Line),
    optional("checked", Type::Date),
    optional("valid_from", Type::Date),
    optional("valid_to", Type::Date),
    optional("unverified", Type::Flag),
    optional("missed", Type::Prose),
];

const SOURCE: &[Field] = &[
    required("title", Type::Line),
    optional("why", Type::Line),
    optional("web", Type::Web),
    optional("unverified", Type::Flag),
];

const DONE: &[Field] = &[
    required("municipality", Type::Ref(&[Kind::Municipality])),
    required("year", Type::Year),
];
