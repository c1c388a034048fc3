//! What a document of a kind may hold. One table drives validation, reading and history.

use crate::key::{KINDS, Kind};

/// What a field may hold. All but `Text` are scalars that are rewritten whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// One line, at most 200 characters.
    Line,
    /// A few paragraphs, at most 4,000 characters.
    Prose,
    /// Running text that several people write in: merged by character, at most 100,000.
    Text,
    /// `2026-11-22`.
    Date,
    /// Four digits.
    Year,
    /// Yes or no.
    Flag,
    /// A whole number from zero.
    Number,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Key of an item of one of these kinds.
    Ref(&'static [Kind]),
    /// `https://…`
    Web,
    /// An e-mail address.
    Email,
    /// A small JPEG in base64 ([`crate::PHOTO_BYTES_MAX`]). Text, as everything else that edits,
    /// plain values and the interface carry.
    Photo,
    /// `2 weeks`, `day_after`, `at_once`, `same_day`.
    Length,
}

/// One named value.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Key in the document.
    pub name: &'static str,
    /// What it may hold.
    pub ty: Type,
    /// Whether it may not be emptied.
    pub required: bool,
}

/// A map of entries, each under a fresh random key with its own fields, `position` and
/// `removed`.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// Key in the document; stands in genesis.
    pub name: &'static str,
    /// Fields of each entry.
    pub fields: &'static [Field],
    /// Most entries that are not removed.
    pub max: usize,
}

/// A map of item keys to yes or no.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    /// Key in the document; stands in genesis.
    pub name: &'static str,
    /// What its members are.
    pub of: Kind,
    /// Most members.
    pub max: usize,
}

/// All that a document of one kind holds, besides [`COMMON`].
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// The kind.
    pub kind: Kind,
    /// Fields at the root.
    pub fields: &'static [Field],
    /// Lists at the root.
    pub lists: &'static [List],
    /// Sets at the root.
    pub sets: &'static [Set],
}

/// Fields of every kind.
pub(crate) const COMMON: &[Field] = &[
    // Written once, when the item is made from starter content.
    optional("slug", Type::Line),
    // Which municipality answers for the item; none means the krets.
    optional("owner", Type::Ref(&[Kind::Municipality])),
    optional("archived", Type::Flag),
    // Two labels or persons that turned out to be one. Nothing is rewritten.
    optional("merged_into", Type::Ref(&KINDS)),
];

/// Where whoever takes up what came after somebody's end says so, in every kind. It is no field:
/// nothing reads it but the history, and two who do so at once disagree about nothing.
pub(crate) const TAKEN_UP: &str = "taken_up";

/// Fields that the program keeps in each entry of a list.
pub(crate) const ENTRY: &[Field] = &[
    optional("position", Type::Line),
    optional("removed", Type::Flag),
    PACK,
];

/// Fingerprint of the starter statement that an entry came from, to offer what a newer pack
/// adds.
pub(crate) const PACK: Field = optional("pack", Type::Line);

pub(crate) const fn optional(name: &'static str, ty: Type) -> Field {
    Field {
        name,
        ty,
        required: false,
    }
}

pub(crate) const fn required(name: &'static str, ty: Type) -> Field {
    Field {
        name,
        ty,
        required: true,
    }
}

impl Schema {
    /// A field at the root.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields
            .iter()
            .chain(COMMON)
            .find(|field| field.name == name)
    }

    /// A list.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&'static List> {
        self.lists.iter().find(|list| list.name == name)
    }

    /// A set.
    #[must_use]
    pub fn set(&self, name: &str) -> Option<&'static Set> {
        self.sets.iter().find(|set| set.name == name)
    }

    /// Running texts, which are objects of their own and stand in genesis.
    pub fn texts(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.ty == Type::Text)
    }
}

impl List {
    /// A field of its entries.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields
            .iter()
            .chain(ENTRY)
            .find(|field| field.name == name)
    }
}
