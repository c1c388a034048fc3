//! What the reader answers for, and what others did to it.

use super::{Telling, changes};
use crate::Error;
use crate::api::{SinceChange, SinceLine};
use radrum_domain::{HELD_BY, ItemKey, Kind, holders};
use radrum_store::{Item, SinceRow};
use std::collections::BTreeMap;

/// What the reader answers for and is told of when others change it.
const MINE: [Kind; 3] = [Kind::Playbook, Kind::Introduction, Kind::Responsibility];

impl Telling<'_> {
    /// What she answers for: first what she was given, then what others changed.
    pub(super) fn mine(&mut self) -> Result<Vec<SinceLine>, Error> {
        let Some(me) = self.reader.me.clone() else {
            return Ok(Vec::new());
        };
        let held = self.read.linked_from(&me, HELD_BY)?;
        let held: BTreeMap<ItemKey, Item> = held
            .into_iter()
            .filter(|item| MINE.contains(&item.key.kind()))
            .map(|item| (item.key.clone(), item))
            .collect();
        let (mut given, mut changed) = (Vec::new(), Vec::new());
        let mut changes: Vec<(ItemKey, Vec<SinceChange>)> = Vec::new();
        for row in self.rows {
            let hangs = row.item.parent.as_ref().filter(|of| held.contains_key(*of));
            if let Some(of) = hangs {
                changes.extend(self.hanging(row)?.map(|one| (of.clone(), vec![one])));
            } else if held.contains_key(&row.item.key) {
                self.told.insert(row.item.key.clone());
                match self.changes(row, &me)? {
                    Some(all) => changes.push((row.item.key.clone(), all)),
                    None => given.push(row.item.key.clone()),
                }
            }
        }
        let mut by_item: Vec<(ItemKey, Vec<SinceChange>)> = Vec::new();
        for (key, all) in changes {
            match by_item.iter_mut().find(|(of, _)| *of == key) {
                Some((_, known)) => known.extend(all),
                None => by_item.push((key, all)),
            }
        }
        let mut lines = Vec::new();
        for key in given {
            let (kind, item) = (key.kind(), self.people.named(&key)?);
            lines.push(SinceLine::Given { item, kind });
        }
        for (key, all) in by_item {
            let what = changes::collected(all);
            if !what.is_empty() {
                let (kind, item) = (key.kind(), self.people.named(&key)?);
                changed.push(SinceLine::Changed { item, kind, what });
            }
        }
        lines.append(&mut changed);
        lines.truncate(self.most);
        Ok(lines)
    }

    /// What others hung on her card.
    fn hanging(&mut self, row: &SinceRow) -> Result<Option<SinceChange>, Error> {
        let Some(one) = changes::hanging(row.item.key.kind()) else {
            return Ok(None);
        };
        if row.before.is_some() || row.item.archived {
            return Ok(None);
        }
        self.told.insert(row.item.key.clone());
        let meta = self.read.doc_meta(&row.item.key)?;
        Ok(meta
            .filter(|meta| !self.is_me(&meta.created_by))
            .map(|_| one))
    }

    /// How something that she answers for reads otherwise; none when she did not answer for it
    /// then. Whoever wrote in it last has seen what stood there: of her own word nothing is told.
    fn changes(&self, row: &SinceRow, me: &ItemKey) -> Result<Option<Vec<SinceChange>>, Error> {
        let key = &row.item.key;
        let Some(meta) = self.read.doc_meta(key)? else {
            return Ok(Some(Vec::new()));
        };
        if self.is_me(&meta.updated_by) {
            return Ok(Some(Vec::new()));
        }
        if row.before.is_none() {
            return Ok(None);
        }
        let Some(then) = self.then(row)? else {
            return Ok(Some(vec![changes::SOMEHOW]));
        };
        let was_mine = holders(key.kind(), &then).any(|(_, holder)| holder == *me);
        Ok(was_mine.then(|| changes::between(&then, &meta.plain)))
    }
}
