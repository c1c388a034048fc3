//! Writing the documents of a batch: what they say is read on all cores, then written once.

use super::super::super::merge;
use super::super::super::own::{Value, key_of, write_own};
use super::{Documents, Open};
use crate::Error;
use crate::cores::on_all_cores;
use radrum_domain::{Heads, ItemKey};
use radrum_store::Tx;
use radrum_wire::{Generation, ItemId};

/// What was written.
pub struct Written {
    /// Items that show something else than before.
    pub touched: Vec<ItemKey>,
    /// Of these what came by itself and not as what a snapshot had said: each with what it stood
    /// on before; none when it was not here.
    pub came: Vec<(ItemKey, Option<Heads>)>,
    /// An item is not what the snapshot said.
    pub contradicted: bool,
}

/// What is to be shown of an item.
enum Shown {
    /// Still what the snapshot said: the document has not all of it. The row of the item, and the
    /// document.
    Snapshot(i64, Vec<u8>),
    /// What its own document says.
    Own(Value),
    /// The same, and the snapshot said something else.
    Contradicted(Value),
}

impl Documents {
    /// Writes everything.
    pub fn write(self, tx: &Tx<'_>) -> Result<Written, Error> {
        let mut written = Written {
            touched: Vec::new(),
            came: Vec::new(),
            contradicted: false,
        };
        for row in &self.rows {
            tx.put_change(row.item, row.generation, &row.made, row.log, row.seq)?;
        }
        let mut open: Vec<(ItemId, Open)> = self.open.into_iter().collect();
        open.retain(|(_, open)| open.written);
        let (now, alike) = (self.now, self.alike);
        let read = on_all_cores(open, |(item, open)| {
            let merges = merge::beside(&open.doc, &open.beside, now);
            let shown = open.shown(alike);
            (item, open, merges, shown)
        });
        for (item, open, merges, shown) in read {
            for merge in &merges {
                tx.put_merge(item, merge)?;
            }
            written.contradicted |= matches!(shown, Shown::Contradicted(_));
            match shown {
                Shown::Snapshot(n, saved) => tx.keep_unshown((n, item), &saved, &open.claimed())?,
                Shown::Own(value) | Shown::Contradicted(value) => {
                    open.put(tx, item, value)?;
                    let key = tx.read().key_of(item)?;
                    if !open.provisional {
                        let before = open.before();
                        written.came.extend(key.clone().map(|key| (key, before)));
                    }
                    written.touched.extend(key);
                }
            }
        }
        Ok(written)
    }
}

impl Open {
    /// Compares the document with what the snapshot said, once it has come so far.
    fn shown(&self, alike: bool) -> Shown {
        let value = || Value::of(&self.doc);
        let Some(said) = self.old.as_ref().filter(|_| self.provisional) else {
            return Shown::Own(value());
        };
        if self.doc.kind() != said.key.kind() {
            return Shown::Contradicted(value());
        }
        if !self.doc.holds(&said.heads) {
            return Shown::Snapshot(said.n, self.doc.save());
        }
        if alike && self.doc.plain_at(&said.heads).as_ref() != Some(&said.plain) {
            return Shown::Contradicted(value());
        }
        Shown::Own(value())
    }

    /// What it stood on before; none when it was not here. What was erased and written anew was
    /// here, whatever it said: it is not told as new.
    fn before(&self) -> Option<Heads> {
        let old = self.old.as_ref().map(|old| old.heads.clone());
        let anew = || (self.generation > Generation::FIRST).then(Heads::default);
        old.or_else(anew)
    }

    /// Writes the item as its document says it.
    fn put(&self, tx: &Tx<'_>, item: ItemId, value: Value) -> Result<(), Error> {
        let key = match &self.old {
            Some(old) if !self.provisional => old.key.clone(),
            _ => key_of(self.doc.kind(), item, &value.plain),
        };
        write_own(
            tx,
            self.old.as_ref(),
            &key,
            value,
            (&self.claimed(), self.provisional),
        )
    }
}
