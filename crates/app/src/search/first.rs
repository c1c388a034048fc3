//! The first answer: always a person who can be reached today, and why this person. Somebody
//! with experience, else whoever the office asks first. It orders the answers to one question
//! and measures nobody.

use super::asking::OfficeOrder;
use super::{Answer, words};
use crate::Error;
use crate::api::{AreaPeople, AskRow, Cell, MemberRow, Row};
use crate::people::Reader;
use radrum_domain::{ItemKey, Kind, remark};
use radrum_store::ItemFilter;

/// Colleagues who are looked at when no order of asking is written.
const COLLEAGUES_MAX: u32 = 40;

/// What the first answer is chosen from.
pub(super) struct Sought<'a> {
    /// With experience of the areas that were asked about.
    pub people: &'a AreaPeople,
    /// Whose name or words were typed.
    pub typed: &'a [MemberRow],
    /// Of the offices that were named.
    pub orders: &'a [OfficeOrder],
    pub reader: &'a Reader,
}

/// Whom to ask first.
pub(super) struct First {
    pub member: MemberRow,
    /// In words, most telling first.
    why: Vec<String>,
    /// Works at the reader's office.
    pub own: bool,
}

impl First {
    /// Whether a holding says nothing beyond this person.
    pub fn is_named_by(&self, cell: &Cell) -> bool {
        let named = cell.member.as_ref();
        named.is_some_and(|member| member.key == self.member.key)
    }
}

impl Reader {
    /// Whether a colleague works at the reader's office.
    pub fn works_with(&self, row: &MemberRow) -> bool {
        let office = row.office.as_ref().map(|office| &office.key);
        office.is_some() && office == self.office.as_ref().map(ToString::to_string).as_ref()
    }

    /// Whether a colleague can be asked today: not away, and at an office that can help others.
    fn can_ask(&self, row: &MemberRow) -> bool {
        let is_me = self.me.as_ref().is_some_and(|me| me.to_string() == row.key);
        !is_me && !row.away_today && (row.paused.is_none() || self.works_with(row))
    }

    fn ask(&self, row: &MemberRow, why: Vec<String>) -> Option<First> {
        self.can_ask(row).then(|| First {
            own: self.works_with(row),
            member: row.clone(),
            why,
        })
    }
}

impl Answer<'_> {
    pub(super) fn first(&self, sought: &Sought<'_>) -> Result<Option<First>, Error> {
        let known = self
            .by_name(sought)?
            .or_else(|| self.asks_order().then(|| by_order(sought)).flatten())
            .or_else(|| by_experience(sought))
            .or_else(|| by_order(sought));
        match known {
            Some(first) => Ok(Some(first)),
            None => self.at_own_office(sought.reader),
        }
    }

    /// Why she, whether she is there, and where.
    pub(super) fn first_row(&self, first: &First) -> Row {
        let today = self.session.world.today();
        let mut place = first.why.clone();
        let there = match remark(today) {
            None => "på plats i dag",
            Some(_) => "nås nästa vardag",
        };
        place.push(there.to_string());
        let row = &first.member;
        if first.own {
            place.push("ditt kontor".to_string());
        } else {
            let at = row.office.as_ref().or(row.municipality.as_ref());
            place.extend(at.map(|of| of.title.clone()));
        }
        place.extend(words::reach(row));
        let phone = row.phone.clone().unwrap_or_default();
        self.row(&row.key, &row.title, place.join(" · "), "", phone)
    }

    /// Whoever was named, or who stands in for her.
    fn by_name(&self, sought: &Sought<'_>) -> Result<Option<First>, Error> {
        let is_named = |row: &&MemberRow| self.pieces(&row.title).iter().any(|piece| piece.hit);
        let Some(row) = sought.typed.iter().find(is_named) else {
            return Ok(None);
        };
        if sought.reader.can_ask(row) {
            return Ok(sought.reader.ask(row, words::role_or_experience(row)));
        }
        let deputy: Option<ItemKey> = row.deputy.as_ref().and_then(|of| of.key.parse().ok());
        let deputy = self
            .session
            .people(self.read)
            .member(deputy.as_ref(), &[])?;
        Ok(deputy.and_then(|deputy| sought.reader.ask(&deputy, vec![words::stands_in(row)])))
    }

    /// Nobody with experience can be reached: the office's own order, then whoever is there, at
    /// the office, in the municipality, in the krets.
    fn at_own_office(&self, reader: &Reader) -> Result<Option<First>, Error> {
        let mut people = self.session.people(self.read);
        if let Some(office) = &reader.office {
            if let Some(meta) = people.order(office)? {
                let rows = people.asked(&meta.plain.view().unwrap_or_default())?;
                let first = of_order(&rows, reader);
                if first.is_some() {
                    return Ok(first);
                }
            }
            let here = self.read.linked_from(office, "office")?.into_iter();
            let here = here.filter(|item| item.key.kind() == Kind::Member);
            let mut rows = Vec::new();
            for item in here.take(COLLEAGUES_MAX as usize) {
                rows.extend(people.member(Some(&item.key), &[])?);
            }
            let first = anybody(rows, reader);
            if first.is_some() {
                return Ok(first);
            }
        }
        for owner in [reader.municipality.clone(), None] {
            let filter = ItemFilter {
                kind: Some(Kind::Member),
                owner,
                limit: COLLEAGUES_MAX,
                ..ItemFilter::default()
            };
            let mut rows = Vec::new();
            for (item, plain) in self.read.items_with_values(&filter)? {
                rows.push(people.row(&item.key, &plain, &[])?);
            }
            let first = anybody(rows, reader);
            if first.is_some() {
                return Ok(first);
            }
        }
        Ok(None)
    }
}

/// Who likes to be called comes first; otherwise by name.
fn anybody(mut rows: Vec<MemberRow>, reader: &Reader) -> Option<First> {
    rows.sort_by_key(|row| !row.call_me);
    rows.iter()
        .find_map(|row| reader.ask(row, words::role(row)))
}

/// The own office, who holds the area, its rådgrupp, the krets.
fn by_experience(sought: &Sought<'_>) -> Option<First> {
    let (people, reader) = (sought.people, sought.reader);
    let met = |row: &MemberRow| reader.ask(row, words::experience(row));
    let holds = |cell: &Cell| {
        let row = cell.member.as_ref()?;
        let mut why = vec![words::holds(cell)];
        why.extend(words::experience(row));
        reader.ask(row, why)
    };
    let home = reader.municipality.as_ref().map(ToString::to_string);
    let is_home = |cell: &&Cell| Some(&cell.municipality.key) == home.as_ref();
    let groups = people.groups.iter();
    let mut advisers = groups.flat_map(|group| group.members.iter().map(move |of| (group, of)));
    people
        .office
        .iter()
        .find_map(met)
        .or_else(|| people.holders.iter().filter(is_home).find_map(holds))
        .or_else(|| people.holders.iter().find_map(holds))
        .or_else(|| {
            advisers.find_map(|(group, adviser)| {
                let mut why = vec![words::in_group(group)];
                why.extend(adviser.training.clone());
                why.extend(adviser.hours.clone());
                reader.ask(&adviser.person, why)
            })
        })
        .or_else(|| people.region.iter().find_map(met))
        .or_else(|| sought.typed.iter().find_map(met))
}

/// Of the offices that were named.
fn by_order(sought: &Sought<'_>) -> Option<First> {
    let mut orders = sought.orders.iter();
    orders.find_map(|order| of_order(&order.rows, sought.reader))
}

/// The first of an order who can be asked, or who stands in for whoever cannot.
fn of_order(rows: &[AskRow], reader: &Reader) -> Option<First> {
    rows.iter().enumerate().find_map(|(at, row)| {
        let person = row.person.as_ref()?;
        let turn = if at == 0 { "först" } else { "näst i tur" };
        let turn = format!("{turn} i Vem frågar jag");
        let role = || row.role.clone().or_else(|| person.role.clone());
        reader
            .ask(person, role().into_iter().chain([turn.clone()]).collect())
            .or_else(|| {
                let deputy = row.deputy.as_ref()?;
                reader.ask(deputy, vec![words::stands_in(person), turn])
            })
    })
}
