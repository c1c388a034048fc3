//! Colleagues who came or left, and offices that cannot help.

use super::Telling;
use crate::Error;
use crate::api::SinceLine;
use radrum_domain::{Kind, Member, Office, Plain};
use radrum_store::SinceRow;

impl Telling<'_> {
    /// Who is new, those of her own office and municipality first, and who has left.
    pub(super) fn colleagues(&mut self) -> Result<Vec<SinceLine>, Error> {
        let mut new = Vec::new();
        for row in self.rows(&[Kind::Member], true) {
            let Some(meta) = self.read.doc_meta(&row.item.key)? else {
                continue;
            };
            if self.is_me(&meta.created_by) || self.reader.me.as_ref() == Some(&row.item.key) {
                continue;
            }
            let of: Member = meta.plain.view().unwrap_or_default();
            let office = of.office.is_some() && of.office == self.reader.office;
            let home = row.item.owner == self.reader.municipality;
            let place = self.place(&row.item)?;
            let name = radrum_swedish::sort_key(&row.item.title);
            let by = place.as_deref().map(radrum_swedish::sort_key);
            new.push(((!office, !home, by, name), &row.item, place));
        }
        new.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        new.truncate(self.most);
        let mut lines = Vec::new();
        for (_, item, municipality) in new {
            let member = self.named(item)?;
            lines.push(SinceLine::Newcomer {
                member,
                municipality,
            });
        }
        let archived = |row: &&SinceRow| row.item.archived && row.before.is_some();
        let members = self.rows.iter().filter(archived);
        for row in members.filter(|row| row.item.key.kind() == Kind::Member) {
            let then = self.then(row)?;
            if then.is_some_and(|then| !then.common().archived) && lines.len() < 2 * self.most {
                let municipality = self.place(&row.item)?;
                let member = self.named(&row.item)?;
                lines.push(SinceLine::Left {
                    member,
                    municipality,
                });
            }
        }
        Ok(lines)
    }

    /// Offices that cannot help today and had not said so then.
    pub(super) fn paused(&mut self, today: &str) -> Result<Vec<SinceLine>, Error> {
        let is_paused = |plain: &Plain| {
            let office: Office = plain.view().unwrap_or_default();
            office.is_paused(today)
        };
        let mut lines = Vec::new();
        let offices = self.rows(&[Kind::Office], false);
        for row in offices.chain(self.rows(&[Kind::Office], true)) {
            let Some(meta) = self.read.doc_meta(&row.item.key)? else {
                continue;
            };
            let own = self.is_me(&meta.updated_by);
            if own || !is_paused(&meta.plain) || lines.len() == self.most {
                continue;
            }
            if !self.then(row)?.is_some_and(|then| is_paused(&then)) {
                let office = self.named(&row.item)?;
                lines.push(SinceLine::Paused { office });
            }
        }
        Ok(lines)
    }
}
