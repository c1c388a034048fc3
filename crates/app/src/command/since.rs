//! *Sedan sist*: what others did while the reader was away, in lines that the interface puts in
//! words (need N50). It is read when it is asked for, so that it grows as the roads bring more.

mod changes;
mod mine;
mod people;
mod threads;

use super::municipality::chosen;
use super::page::as_of;
use super::{Acknowledged, Nothing};
use crate::api::{Named, Since, SinceLine, SincePage, SinceRead};
use crate::news::{is_between_two, is_nameless};
use crate::people::{People, Reader};
use crate::since::{Looked, look as look_on, put_away as put_away_on};
use crate::{Error, Session};
use radrum_domain::{ItemKey, Kind, Plain};
use radrum_store::{DocMeta, Item, Read, SinceRow};
use std::collections::BTreeSet;

/// Lines of the start page.
const LINES_MAX: usize = 7;

/// Lines of one sort on the page that tells all.
const OF_A_SORT_MAX: usize = 30;

/// What is told by its kind alone when no line tells of it.
const OTHERS: [Kind; 9] = [
    Kind::Question,
    Kind::Answer,
    Kind::Playbook,
    Kind::Variant,
    Kind::Deviation,
    Kind::Note,
    Kind::ExternalContact,
    Kind::Resource,
    Kind::Bulletin,
];

pub(super) fn look(session: &Session, _: Nothing) -> Result<Acknowledged, Error> {
    let today = session.world.today();
    let is_new = session.read(|read| {
        let kept = Looked::of(&read)?;
        let looked = kept.look(today);
        Ok(looked != kept || (!looked.is_back() && read.has_since()?))
    })?;
    if is_new {
        session.write("", move |batch| look_on(batch.private(), today))?;
    }
    Ok(Acknowledged {})
}

pub(super) fn put_away(session: &Session, args: SinceRead) -> Result<Acknowledged, Error> {
    let today = session.world.today();
    session.write("", move |batch| {
        put_away_on(batch.private(), args.to, today)
    })?;
    Ok(Acknowledged {})
}

pub(super) fn since(session: &Session, args: Since) -> Result<Option<SincePage>, Error> {
    session.read(|read| {
        let today = session.world.today();
        let Some(weeks) = Looked::of(&read)?.weeks(today) else {
            return Ok(None);
        };
        let rows = read.since()?;
        let mut telling = Telling {
            read,
            people: session.people(read),
            reader: session.reader(&read)?,
            rows: &rows,
            told: BTreeSet::new(),
            most: if args.all {
                OF_A_SORT_MAX
            } else {
                LINES_MAX + 1
            },
        };
        let mut lines = telling.answered()?;
        lines.extend(telling.waiting(session)?);
        lines.extend(telling.mine()?);
        lines.extend(telling.colleagues()?);
        lines.extend(telling.fresh()?);
        lines.extend(telling.paused(&today.to_string())?);
        let others = telling.others()?;
        let more = !args.all && lines.len() > LINES_MAX;
        if !args.all {
            lines = chosen(lines, LINES_MAX);
        }
        let is_empty = lines.is_empty() && others.is_empty();
        Ok((!is_empty).then_some(SincePage {
            weeks,
            to: read.newest_since()?,
            lines,
            more,
            others,
        }))
    })
}

struct Telling<'a> {
    read: Read<'a>,
    people: People<'a>,
    reader: Reader,
    rows: &'a [SinceRow],
    /// Items that a line tells of, or that are nothing to tell.
    told: BTreeSet<ItemKey>,
    /// Lines of one sort.
    most: usize,
}

impl<'a> Telling<'a> {
    /// What can be seen of some kinds, the newest arrival first. New ones are those that were not
    /// here when she looked last.
    fn rows(&self, kinds: &'a [Kind], fresh: bool) -> impl Iterator<Item = &'a SinceRow> + use<'a> {
        let rows = self.rows.iter();
        rows.filter(move |row| kinds.contains(&row.item.key.kind()))
            .filter(move |row| !row.item.archived && row.before.is_none() == fresh)
    }

    fn is_me(&self, by: &str) -> bool {
        let me = self.reader.me.as_ref();
        me.is_some_and(|me| me.to_string() == by)
    }

    fn named(&mut self, item: &Item) -> Result<Named, Error> {
        self.told.insert(item.key.clone());
        self.people.named(&item.key)
    }

    fn place(&mut self, item: &Item) -> Result<Option<String>, Error> {
        let owner = self.people.named_optional(item.owner.as_ref())?;
        Ok(owner.map(|owner| owner.title))
    }

    /// As an item read when she looked last; none when it was not here or that is not known. What
    /// was erased and written anew stands on nothing.
    fn then(&self, row: &SinceRow) -> Result<Option<Plain>, Error> {
        let before = row.before.as_ref();
        let before = before.filter(|heads| !heads.as_slice().is_empty());
        let then = before.map(|heads| as_of(&self.read, &row.item.key, heads));
        Ok(then.transpose()?.flatten())
    }

    /// What there is to know of, then new cards; not what came with the program.
    fn fresh(&mut self) -> Result<Vec<SinceLine>, Error> {
        let mut lines = Vec::new();
        for kinds in [&[Kind::Bulletin], &[Kind::Playbook]] {
            let mut of_kind = 0;
            for row in self.rows(kinds, true) {
                let meta = self.read.doc_meta(&row.item.key)?;
                let others =
                    |meta: &DocMeta| !meta.created_by.is_empty() && !self.is_me(&meta.created_by);
                if of_kind == self.most
                    || self.told.contains(&row.item.key)
                    || !meta.is_some_and(|meta| others(&meta))
                {
                    continue;
                }
                of_kind += 1;
                let municipality = self.place(&row.item)?;
                let named = self.named(&row.item)?;
                lines.push(if row.item.key.kind() == Kind::Bulletin {
                    SinceLine::Bulletin { bulletin: named }
                } else {
                    SinceLine::NewCard {
                        card: named,
                        municipality,
                    }
                });
            }
        }
        Ok(lines)
    }

    /// Kinds of which there is something else that the reader may look at.
    fn others(&self) -> Result<Vec<Kind>, Error> {
        let mut kinds = Vec::new();
        for row in self.rows {
            let kind = row.item.key.kind();
            let is_other = OTHERS.contains(&kind) && !row.item.archived;
            if !is_other || kinds.contains(&kind) || self.told.contains(&row.item.key) {
                continue;
            }
            let meta = self.read.doc_meta(&row.item.key)?;
            if meta.is_some_and(|meta| self.is_news(&meta)) {
                kinds.push(kind);
            }
        }
        kinds.sort_by_key(|kind| OTHERS.iter().position(|of| of == kind));
        Ok(kinds)
    }

    /// Others wrote it, for everybody.
    fn is_news(&self, meta: &DocMeta) -> bool {
        let by_somebody = !meta.updated_by.is_empty() || is_nameless(meta);
        by_somebody && !self.is_me(&meta.updated_by) && !is_between_two(&meta.plain)
    }
}
