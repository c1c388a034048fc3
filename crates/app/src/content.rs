//! Starter content: read from embedded files, or from a folder that a redaktör points to, and
//! turned into edits of new items.

mod card;
mod introductions;
mod lists;
mod news;

pub(crate) use card::card_edits;
use introductions::{Introduction, introduction_edits};
use lists::{Area, Contact, Label, list_edits};
pub(crate) use news::{news, take};

use crate::Error;
use include_dir::{Dir, include_dir};
use radrum_domain::{Edit, ItemKey, Kind, Scalar};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// Version of the embedded pack: the day its text was last changed.
pub(crate) const PACK: &str = "2026-11-23";

/// All starter content of one pack.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pack {
    /// Version.
    pub version: String,
    /// Areas.
    pub areas: Vec<Area>,
    /// Labels.
    pub labels: Vec<Label>,
    /// External contacts.
    pub contacts: Vec<Contact>,
    /// Cards by slug.
    pub cards: BTreeMap<String, card::Card>,
    /// Checklists for somebody new; a pack may have none.
    pub introductions: Vec<Introduction>,
    laws: Laws,
}

/// The newest pack that a profile knows, read when it is first asked for.
#[derive(Debug, Default)]
pub(crate) struct KnownPack(RwLock<Option<Arc<Pack>>>);

impl KnownPack {
    pub fn get(&self) -> Option<Arc<Pack>> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub fn set(&self, pack: Pack) -> Arc<Pack> {
        let pack = Arc::new(pack);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&pack));
        pack
    }
}

/// Laws by the code that references use.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Laws {
    /// Check date of all references that name none.
    checked: String,
    law: Vec<Law>,
}

#[derive(Debug, Clone, Deserialize)]
struct Law {
    code: String,
    #[serde(default)]
    valid_from: Option<String>,
    #[serde(default)]
    valid_to: Option<String>,
    #[serde(default)]
    amended: Vec<Amended>,
}

#[derive(Debug, Clone, Deserialize)]
struct Amended {
    sections: Vec<String>,
    valid_from: String,
}

/// When a reference was checked and is in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Validity {
    pub checked: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

impl Pack {
    /// The pack inside the program.
    ///
    /// # Errors
    /// A bug if a file cannot be read, which a test excludes.
    pub fn embedded() -> Result<Self, Error> {
        let file = |name: &str| {
            EMBEDDED
                .get_file(name)
                .and_then(|file| file.contents_utf8())
                .ok_or_else(|| Error::bug(format!("content {name}")))
        };
        let mut cards = Vec::new();
        let folder = EMBEDDED
            .get_dir("playbooks")
            .ok_or_else(|| Error::bug("content playbooks"))?;
        for card in folder.files() {
            let slug = card
                .path()
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or_default();
            let text = card
                .contents_utf8()
                .ok_or_else(|| Error::bug("content encoding"))?;
            cards.push((slug.to_string(), text.to_string()));
        }
        Self::read(
            PACK,
            [
                file("areas.toml")?,
                file("labels.toml")?,
                file("contacts.toml")?,
                file("laws.toml")?,
            ],
            cards,
            file("introductions.toml")?,
        )
    }

    /// Reads a pack from texts: areas, labels, contacts, laws, cards by slug, and checklists
    /// for somebody new, which may be empty.
    pub fn read(
        version: &str,
        [areas, labels, contacts, laws]: [&str; 4],
        cards: Vec<(String, String)>,
        introductions: &str,
    ) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Areas {
            area: Vec<Area>,
        }
        #[derive(Deserialize)]
        struct Labels {
            label: Vec<Label>,
        }
        #[derive(Deserialize)]
        struct Contacts {
            contact: Vec<Contact>,
        }
        #[derive(Deserialize)]
        struct Introductions {
            #[serde(default)]
            introduction: Vec<Introduction>,
        }
        let mut pack = Self {
            version: version.to_string(),
            areas: parse::<Areas>("areas", areas)?.area,
            labels: parse::<Labels>("labels", labels)?.label,
            contacts: parse::<Contacts>("contacts", contacts)?.contact,
            cards: BTreeMap::new(),
            introductions: parse::<Introductions>("introductions", introductions)?.introduction,
            laws: parse("laws", laws)?,
        };
        for (slug, text) in cards {
            pack.cards.insert(slug.clone(), parse(&slug, &text)?);
        }
        Ok(pack)
    }

    /// When a reference was checked: the earliest `valid_to` and the latest `valid_from` of
    /// the laws it names, so that nothing looks safer than it is.
    pub fn validity(&self, statute: &str) -> Validity {
        let mut validity = Validity {
            checked: Some(self.laws.checked.clone()),
            ..Validity::default()
        };
        for reference in statute.split(';').map(str::trim) {
            let Some(law) = self.laws.law.iter().find(|law| names(reference, &law.code)) else {
                continue;
            };
            let section = reference.strip_prefix(&law.code).unwrap_or_default().trim();
            let amended = law
                .amended
                .iter()
                .find(|amended| amended.sections.iter().any(|s| s == section))
                .map(|amended| amended.valid_from.clone());
            validity.from = validity
                .from
                .max(amended.or_else(|| law.valid_from.clone()));
            validity.to = match (validity.to.take(), law.valid_to.clone()) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        validity
    }

    /// Every item of the pack with its edits, in an order where links come after what they
    /// point to. `entry` draws ids of list entries.
    pub fn items(
        &self,
        mut entry: impl FnMut() -> Result<String, Error>,
    ) -> Result<Vec<(ItemKey, Vec<Edit>)>, Error> {
        let mut items = list_edits(self)?;
        for (slug, card) in &self.cards {
            let key = slug_key(Kind::Playbook, slug)?;
            items.push((key, card_edits(self, card, &mut entry)?));
        }
        for of in &self.introductions {
            items.push(introduction_edits(self, of, &mut entry)?);
        }
        Ok(items)
    }
}

fn names(reference: &str, code: &str) -> bool {
    reference
        .strip_prefix(code)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '.']))
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| Error::bug(format!("content {name}: {error}")))
}

pub(crate) fn slug_key(kind: Kind, slug: &str) -> Result<ItemKey, Error> {
    ItemKey::slug(kind, slug).map_err(|_| Error::bug(format!("content slug {slug}")))
}

pub(crate) fn set(field: &str, value: &str) -> Edit {
    Edit::Set {
        field: field.into(),
        value: Some(Scalar::Text(value.into())),
    }
}

pub(crate) fn set_optional(edits: &mut Vec<Edit>, field: &str, value: Option<&str>) {
    if let Some(value) = value {
        edits.push(set(field, value));
    }
}

pub(crate) fn flag(field: &str) -> Edit {
    Edit::Set {
        field: field.into(),
        value: Some(Scalar::Flag(true)),
    }
}

pub(crate) fn put(set: &str, key: ItemKey) -> Edit {
    Edit::Put {
        set: set.into(),
        key,
        present: true,
    }
}
