//! People among the answers, before everything else: who can be reached today and why she, then
//! the own office, the rådgrupp of the area, who holds it, the krets (need N25).

use super::asking::OfficeOrder;
use super::first::Sought;
use super::{Answer, ROWS_MAX, words};
use crate::Error;
use crate::api::{AdviceGroupRow, AreaPeople, Cell, GroupKind, MemberRow, Row};
use crate::people::Reader;
use radrum_domain::{AdviceGroup, Kind};
use radrum_store::Hits;

impl Answer<'_> {
    /// Colleagues by area, and those whose own name or words were typed. Tells whether anything
    /// typed led to them; somebody to ask is there in any case.
    pub(super) fn people(
        &mut self,
        people: &AreaPeople,
        hits: &Hits,
        orders: &[OfficeOrder],
        reader: &Reader,
    ) -> Result<bool, Error> {
        let typed = self.typed(hits, reader)?;
        let first = self.first(&Sought {
            people,
            typed: &typed,
            orders,
            reader,
        })?;
        // Marking what was found costs more than finding it: only of rows that are shown.
        let office = people.office.iter().take(ROWS_MAX);
        let mut office: Vec<Row> = office.map(|row| self.member(row)).collect();
        let holders = people.holders.iter();
        let holders = holders.filter(|cell| first.as_ref().is_none_or(|of| !of.is_named_by(cell)));
        let holders = holders.take(ROWS_MAX);
        let groups = people.groups.iter();
        let mut region: Vec<Row> = groups.map(|group| self.group(group)).collect();
        self.groups_by_words(people, hits, &mut region)?;
        region.extend(holders.map(|cell| self.holder(cell)));
        // Whom a holder's row names is not said twice.
        let is_new = |row: &&MemberRow| {
            let asked_for = people
                .holders
                .iter()
                .filter_map(|cell| cell.member.as_ref());
            !asked_for.into_iter().any(|member| member.key == row.key)
        };
        let left = ROWS_MAX.saturating_sub(region.len());
        let others = people.region.iter().filter(is_new).take(left);
        region.extend(others.map(|row| self.member(row)));
        // A name that was typed comes before everybody else.
        for row in typed.iter().rev() {
            let rows = if reader.works_with(row) {
                &mut office
            } else {
                &mut region
            };
            rows.retain(|known| known.key != row.key);
            rows.insert(0, self.member(row));
        }
        let found = !office.is_empty() || !region.is_empty();
        let own = first.as_ref().is_none_or(|first| first.own);
        if let Some(first) = first {
            let rows = if own { &mut office } else { &mut region };
            rows.retain(|known| known.key != first.member.key);
            rows.insert(0, self.first_row(&first));
        }
        let mut groups = [
            (GroupKind::OfficePeople, office),
            (GroupKind::RegionPeople, region),
        ];
        if !own {
            groups.reverse();
        }
        for (kind, rows) in groups {
            self.push(kind, rows, false);
        }
        Ok(found)
    }

    fn typed(&self, hits: &Hits, reader: &Reader) -> Result<Vec<MemberRow>, Error> {
        let mut rows = Vec::new();
        let mut people = self.session.people(self.read);
        for hit in hits.by_kind.get(&Kind::Member).into_iter().flatten() {
            let Some(item) = self.read.item(hit.n)? else {
                continue;
            };
            let is_me = reader.me.as_ref() == Some(&item.key);
            rows.extend(people.member(Some(&item.key), &[])?.filter(|_| !is_me));
        }
        Ok(rows)
    }

    fn member(&self, member: &MemberRow) -> Row {
        let place = words::member(member);
        self.row(
            &member.key,
            &member.title,
            place,
            "",
            member.phone.clone().unwrap_or_default(),
        )
    }

    fn holder(&self, cell: &Cell) -> Row {
        let title = words::holder_title(cell);
        let aside = cell.member.as_ref().and_then(|member| member.phone.clone());
        self.row(
            &cell.key,
            &title,
            words::holder(cell),
            "",
            aside.unwrap_or_default(),
        )
    }

    fn group(&self, group: &AdviceGroupRow) -> Row {
        let aside = group.phone.clone().unwrap_or_default();
        let title = words::group_title(group);
        self.row(&group.key, &title, words::group(group), "", aside)
    }

    /// Rådgrupper that what was typed names, when it is about no area.
    fn groups_by_words(
        &self,
        people: &AreaPeople,
        hits: &Hits,
        rows: &mut Vec<Row>,
    ) -> Result<(), Error> {
        let known: Vec<&str> = people.groups.iter().map(|of| of.key.as_str()).collect();
        for hit in hits.by_kind.get(&Kind::AdviceGroup).into_iter().flatten() {
            let Some(item) = self.read.item(hit.n)? else {
                continue;
            };
            let meta = self.read.doc_meta(&item.key)?;
            let group: Option<AdviceGroup> = meta.and_then(|meta| meta.plain.view().ok());
            let Some((group, area)) = group.zip(item.area) else {
                continue;
            };
            if !known.contains(&item.key.to_string().as_str()) {
                let mut people = self.session.people(self.read);
                rows.push(self.group(&people.group_row(&item.key, &area, &group)?));
            }
        }
        Ok(())
    }
}
