//! The name an item goes by everywhere outside the database: `playbook:lvm`.

use radrum_wire::ItemId;
use std::fmt;
use std::str::FromStr;

macro_rules! kinds {
    ($($variant:ident = $name:literal, $doc:literal;)+) => {
        /// What an item is.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, ts_rs::TS,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $(#[doc = $doc] $variant,)+
        }

        /// All kinds.
        pub const KINDS: [Kind; [$($name),+].len()] = [$(Kind::$variant),+];

        impl Kind {
            /// Its name in keys, documents and the database.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

kinds! {
    Area = "area", "A rare-case area that a municipality can be responsible for.";
    Label = "label", "A subject label.";
    Municipality = "municipality", "A member municipality, or FoU.";
    Office = "office", "An office; it may serve several municipalities.";
    Member = "member", "A colleague in the krets.";
    Responsibility = "responsibility", "Who holds an area for a municipality.";
    Playbook = "playbook", "A handlingskort.";
    Variant = "variant", "How one municipality does it.";
    Deviation = "deviation", "A reasoned departure from a step.";
    ExternalContact = "external_contact", "A body outside the krets.";
    Resource = "resource", "A service, where it is and how to get there.";
    Note = "note", "A note that the whole krets reads.";
    Statutes = "statutes", "What the krets has agreed on about itself; there is one.";
    Question = "question", "A question to the krets.";
    Answer = "answer", "An answer to a question, or what somebody adds to one.";
    AskOrder = "ask_order", "Whom an office asks first, next and last; there is one per office.";
    AdviceGroup = "advice_group", "The rådgrupp of an area; there is one per area.";
    Proposal = "proposal", "A line of experience that somebody proposes to a colleague.";
    Bulletin = "bulletin", "What changed, from when, and which cards it touches.";
    Introduction = "introduction", "A checklist for somebody new in a role.";
    Suggestion = "suggestion", "What somebody wishes of the program or its content, or found wrong.";
    Welcome = "welcome", "What the krets says to whoever opens the program; there is one.";
    Ruling = "ruling", "Which version of a card a municipality has laid down, and by whose decision.";
}

/// Kinds that are written every day. Search keeps them apart from what is looked up, and knows
/// nothing of them in memory.
pub const POSTS: [Kind; 3] = [Kind::Note, Kind::Question, Kind::Answer];

/// Kinds of which two items may be about the same and be merged. The merged one is read and found
/// as before, and leads to the one that stands.
pub const TWINS: [Kind; 4] = [
    Kind::Question,
    Kind::Playbook,
    Kind::ExternalContact,
    Kind::Resource,
];

/// Text that names no item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an item key")]
pub struct KeyError;

/// Kind and name. The name is a slug that is the same in every krets (`lvm`), or the random
/// item id in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    kind: Kind,
    name: String,
}

/// Longest slug, in bytes.
const SLUG_BYTES_MAX: usize = 80;

impl ItemKey {
    /// Key of an item that was made here, from its random id.
    #[must_use]
    pub fn random(kind: Kind, id: ItemId) -> Self {
        Self {
            kind,
            name: id.to_string(),
        }
    }

    /// Key of an item that has a name for ever, from starter content.
    ///
    /// # Errors
    /// When the slug holds anything but `a-z`, `0-9`, `-` and `/`, or is too long.
    pub fn slug(kind: Kind, slug: &str) -> Result<Self, KeyError> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c);
        if slug.is_empty() || slug.len() > SLUG_BYTES_MAX || !slug.chars().all(allowed) {
            return Err(KeyError);
        }
        Ok(Self {
            kind,
            name: slug.to_string(),
        })
    }

    /// What the item is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The part after the colon.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The item's id.
    #[must_use]
    pub fn id(&self) -> ItemId {
        self.name
            .parse()
            .unwrap_or_else(|_| ItemId::of_slug(&self.to_string()))
    }

    /// The slug, if the name is one.
    #[must_use]
    pub fn as_slug(&self) -> Option<&str> {
        self.name.parse::<ItemId>().is_err().then_some(&self.name)
    }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.name(), self.name)
    }
}

impl FromStr for ItemKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (kind, name) = text.split_once(':').ok_or(KeyError)?;
        let kind = KINDS
            .into_iter()
            .find(|known| known.name() == kind)
            .ok_or(KeyError)?;
        Self::slug(kind, name)
    }
}

impl serde::Serialize for ItemKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for ItemKey {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl ts_rs::TS for ItemKey {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &ts_rs::Config) -> String {
        "string".to_string()
    }

    fn inline(config: &ts_rs::Config) -> String {
        <Self as ts_rs::TS>::name(config)
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemKey, Kind};
    use radrum_wire::ItemId;

    #[test]
    fn a_slug_and_a_random_name_both_read_back() {
        for text in ["playbook:lvm", "responsibility:adoption/dorotea"] {
            assert_eq!(
                text.parse::<ItemKey>().map(|key| key.to_string()),
                Ok(text.into())
            );
        }
        let key = ItemKey::random(Kind::Note, ItemId::from_bytes([7; 16]));
        assert_eq!(key.to_string().parse(), Ok(key.clone()));
        assert_eq!(key.id(), ItemId::from_bytes([7; 16]));
        assert_eq!(key.as_slug(), None);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in [
            "",
            "playbook",
            "playbook:",
            "recept:lvm",
            "playbook:LVM",
            "note:å",
        ] {
            assert!(text.parse::<ItemKey>().is_err(), "{text}");
        }
    }
}
