//! Whom an office asks in which order, and the rådgrupp of an area, as lists and search show
//! them.

use crate::Error;
use crate::api::{AdviceGroupRow, AdviserRow, AskRow, MemberRow, Pause};
use crate::people::People;
use radrum_domain::{AdviceGroup, AskOrder, ItemKey, Kind, Office, Plain, single_of};
use radrum_store::DocMeta;

impl People<'_> {
    /// What an office says of its pause, if it cannot help others today.
    pub(crate) fn pause(&mut self, office: Option<&ItemKey>) -> Result<Option<Pause>, Error> {
        let Some(office) = office else {
            return Ok(None);
        };
        let text = office.to_string();
        if let Some(known) = self.paused.get(&text) {
            return Ok(known.clone());
        }
        let meta = self.read.doc_meta(office)?;
        let said = meta.and_then(|meta| pause_of(&meta.plain, &self.today.to_string()));
        self.paused.insert(text, said.clone());
        Ok(said)
    }

    /// The order of asking of an office as it was written, if it was.
    pub(crate) fn order(&self, office: &ItemKey) -> Result<Option<DocMeta>, Error> {
        self.about(Kind::AskOrder, office)
    }

    /// The rådgrupp of an area as it was written, if it was.
    pub(crate) fn group(&self, area: &ItemKey) -> Result<Option<DocMeta>, Error> {
        self.about(Kind::AdviceGroup, area)
    }

    fn about(&self, kind: Kind, of: &ItemKey) -> Result<Option<DocMeta>, Error> {
        let Some(key) = single_of(kind, of) else {
            return Ok(None);
        };
        let meta = self.read.doc_meta(&key)?;
        Ok(meta.filter(|meta| !meta.plain.common().archived))
    }

    /// The rows of an order, first to ask first.
    pub(crate) fn asked(&mut self, order: &AskOrder) -> Result<Vec<AskRow>, Error> {
        let mut rows = Vec::new();
        for asked in order.people.iter().filter(|asked| !asked.removed) {
            let person = self.member(asked.member.as_ref(), &[])?;
            let deputy = self.member(asked.deputy.as_ref(), &[])?;
            let gone = |row: &Option<MemberRow>| row.as_ref().is_none_or(|row| row.away_today);
            rows.push(AskRow {
                id: asked.id.clone(),
                gap: asked.member.is_some() && gone(&person) && gone(&deputy),
                person,
                deputy,
                role: asked.role.clone(),
                decides: asked.decides.clone(),
            });
        }
        Ok(rows)
    }

    /// A rådgrupp in a list, with its members' lines about its area.
    pub(crate) fn group_row(
        &mut self,
        key: &ItemKey,
        area: &ItemKey,
        group: &AdviceGroup,
    ) -> Result<AdviceGroupRow, Error> {
        Ok(AdviceGroupRow {
            key: key.to_string(),
            area: self.named(area)?,
            reach: group.reach.clone(),
            phone: group.phone.clone(),
            hours: group.hours.clone(),
            members: self.advisers(area, group)?,
        })
    }

    /// By name: nobody stands before another for what she has taken part in.
    pub(crate) fn advisers(
        &mut self,
        area: &ItemKey,
        group: &AdviceGroup,
    ) -> Result<Vec<AdviserRow>, Error> {
        let mut rows = Vec::new();
        for adviser in group.members.iter().filter(|adviser| !adviser.removed) {
            let person = self.member(adviser.member.as_ref(), std::slice::from_ref(area))?;
            rows.extend(person.map(|person| AdviserRow {
                person,
                training: adviser.training.clone(),
                hours: adviser.hours.clone(),
            }));
        }
        rows.sort_by_cached_key(|row| radrum_swedish::sort_key(&row.person.title));
        Ok(rows)
    }

    /// A colleague's row, unless she is out of sight.
    pub(crate) fn member(
        &mut self,
        key: Option<&ItemKey>,
        areas: &[ItemKey],
    ) -> Result<Option<MemberRow>, Error> {
        let Some(key) = key else { return Ok(None) };
        match self.read.doc_meta(key)? {
            Some(meta) if !meta.plain.common().archived => {
                Ok(Some(self.row(key, &meta.plain, areas)?))
            }
            _ => Ok(None),
        }
    }
}

fn pause_of(plain: &Plain, today: &str) -> Option<Pause> {
    let office: Office = plain.view().unwrap_or_default();
    office.is_paused(today).then_some(Pause {
        to: office.paused_to,
        note: office.paused_note,
    })
}
