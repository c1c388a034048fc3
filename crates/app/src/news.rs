//! What came that the reader wants to hear of: answers to her own questions, and what belongs to
//! a thread, an area or a label that she follows. All of it is private to this computer.
//!
//! What was written without a name is told as to everybody else, also to whoever wrote it, and a
//! question without a name is nobody's own: the page must not say who wrote it.

use crate::Error;
use crate::labels::labels_of;
use radrum_domain::{Aliases, Bulletin, Heads, ItemKey, Kind, Plain, Question};
use radrum_store::{DocMeta, Read, Tx};
use std::collections::BTreeSet;

/// What can be news. What comes with an office, a colleague or a list is not.
const KINDS: [Kind; 10] = [
    Kind::Question,
    Kind::Answer,
    Kind::Playbook,
    Kind::Variant,
    Kind::Deviation,
    Kind::Note,
    Kind::Resource,
    Kind::ExternalContact,
    Kind::Bulletin,
    Kind::Ruling,
];

/// What can be followed.
pub(crate) const FOLLOWED: [Kind; 3] = [Kind::Question, Kind::Area, Kind::Label];

/// Something that came and why it is told.
pub(crate) struct Heard {
    /// The item that came.
    pub meta: DocMeta,
    /// What it is read as: the question of an answer, the card of what hangs on one.
    pub subject: ItemKey,
    /// What the reader follows; none when it answers a question of her own.
    pub why: Option<ItemKey>,
}

/// What the reader listens for.
pub(crate) struct Ear<'a> {
    read: Read<'a>,
    me: Option<ItemKey>,
    follows: BTreeSet<ItemKey>,
    aliases: Aliases,
    /// Questions that were merged: who asked one of them, or follows it, hears of all.
    questions: Aliases,
}

/// Notes what came by a road, if the reader wants to hear of it. `came` says of each item what it
/// stood on before; none when it was not here.
///
/// # Errors
/// Any of the store.
pub(crate) fn hear(
    tx: &Tx<'_>,
    me: Option<&ItemKey>,
    came: &[(ItemKey, Option<Heads>)],
) -> Result<(), Error> {
    if came.is_empty() {
        return Ok(());
    }
    let read = tx.read();
    let ear = Ear::of(read, me.cloned())?;
    for (key, before) in came {
        let fresh = before.is_none();
        if ear.hears(key, fresh)?.is_some() {
            tx.put_news(key, fresh)?;
        }
    }
    Ok(())
}

impl<'a> Ear<'a> {
    pub fn of(read: Read<'a>, me: Option<ItemKey>) -> Result<Self, Error> {
        let aliases = read.label_aliases()?;
        let questions = read.aliases(Kind::Question)?;
        let mut follows = read.follows()?;
        aliases.settle(&mut follows);
        questions.settle(&mut follows);
        Ok(Self {
            follows: follows.into_iter().collect(),
            read,
            me,
            aliases,
            questions,
        })
    }

    /// What is followed; a label that was merged into another is the other.
    pub fn follows(&self) -> impl Iterator<Item = &ItemKey> {
        self.follows.iter()
    }

    /// Whether the reader wants to hear of an item, and why.
    pub fn hears(&self, key: &ItemKey, fresh: bool) -> Result<Option<Heard>, Error> {
        let answers = key.kind() == Kind::Answer;
        if !KINDS.contains(&key.kind()) || (self.follows.is_empty() && !answers) {
            return Ok(None);
        }
        let Some(meta) = self.read.doc_meta(key)? else {
            return Ok(None);
        };
        let common = meta.plain.common();
        if common.archived || common.merged_into.is_some() || self.is_no_news(&meta, fresh) {
            return Ok(None);
        }
        let parent = parent_of(&meta.plain);
        let under = parent.as_ref().map(|parent| self.read.doc_meta(parent));
        let under = under.transpose()?.flatten();
        let heard = |why| Heard {
            subject: parent.clone().unwrap_or_else(|| key.clone()),
            meta: meta.clone(),
            why,
        };
        if answers && self.asked(parent.as_ref())? {
            return Ok(Some(heard(None)));
        }
        let all = || [Some(&meta), under.as_ref()].into_iter().flatten();
        if all().any(|of| is_between_two(&of.plain)) {
            return Ok(None);
        }
        let mut belongs_to = all().flat_map(|of| self.belongs_to(of)).collect::<Vec<_>>();
        for card in touched(&meta) {
            let card = self.read.doc_meta(&card)?;
            belongs_to.extend(card.iter().flat_map(|of| self.belongs_to(of)));
        }
        let why = FOLLOWED.into_iter().find_map(|kind| {
            let mut of_kind = belongs_to.iter().filter(|of| of.kind() == kind);
            of_kind.find(|of| self.follows.contains(of))
        });
        Ok(why.map(|why| heard(Some(why.clone()))))
    }

    /// All that could be followed for the sake of an item; nothing for what is between two.
    pub fn topics(&self, key: &ItemKey) -> Result<Vec<ItemKey>, Error> {
        let Some(meta) = self.read.doc_meta(key)? else {
            return Ok(Vec::new());
        };
        if !KINDS.contains(&key.kind()) || is_between_two(&meta.plain) {
            return Ok(Vec::new());
        }
        let parent = parent_of(&meta.plain).map(|parent| self.read.doc_meta(&parent));
        let parent = parent.transpose()?.flatten();
        let all = [Some(meta), parent].into_iter().flatten();
        Ok(all.flat_map(|of| self.belongs_to(&of)).collect())
    }

    /// It came with the program, or she wrote it herself, on another computer. Of a post without
    /// a name nobody knows.
    fn is_no_news(&self, meta: &DocMeta, fresh: bool) -> bool {
        let by = if fresh {
            &meta.created_by
        } else {
            &meta.updated_by
        };
        match &self.me {
            _ if by.is_empty() => !is_nameless(meta),
            Some(me) => *by == me.to_string(),
            None => false,
        }
    }

    /// Whether she asked it, or one that was merged with it.
    fn asked(&self, question: Option<&ItemKey>) -> Result<bool, Error> {
        let all = question.map(|of| self.questions.all_of(self.questions.standing(of)));
        for of in all.into_iter().flatten() {
            let Some(meta) = self.read.doc_meta(&of)? else {
                continue;
            };
            let of: Question = meta.plain.view().unwrap_or_default();
            if self.me.is_some() && of.asker_or(&meta.created_by) == self.me {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Itself, what it is about, its area and its labels.
    fn belongs_to(&self, meta: &DocMeta) -> Vec<ItemKey> {
        let mut keys = labels_of(&meta.plain);
        keys.push(meta.key.clone());
        keys.extend(["area", "about"].iter().filter_map(|field| {
            let key = meta.plain.fields.get(*field)?.as_str()?;
            key.parse::<ItemKey>().ok()
        }));
        self.aliases.settle(&mut keys);
        self.questions.settle(&mut keys);
        keys
    }
}

/// The cards that a bulletin touches: who follows their areas or labels hears of it.
fn touched(meta: &DocMeta) -> Vec<ItemKey> {
    match meta.key.kind() {
        Kind::Bulletin => meta.plain.view::<Bulletin>().unwrap_or_default().playbooks,
        _ => Vec::new(),
    }
}

/// Whether somebody wrote it without a name. Other things without an author came with the program.
pub(crate) fn is_nameless(meta: &DocMeta) -> bool {
    meta.created_by.is_empty() && [Kind::Question, Kind::Answer].contains(&meta.key.kind())
}

/// The card or the question that an item hangs on. A card's own field is no key.
pub(crate) fn parent_of(plain: &Plain) -> Option<ItemKey> {
    let named = ["playbook", "question"].into_iter();
    let mut keys = named.filter_map(|field| plain.fields.get(field)?.as_str()?.parse().ok());
    keys.next()
}

/// Whom somebody asks to think along is news for that one colleague alone.
pub(crate) fn is_between_two(plain: &Plain) -> bool {
    let form = plain.fields.get("form").and_then(|form| form.as_str());
    matches!(form, Some("second_eyes" | "yes" | "later" | "ask_other"))
}
