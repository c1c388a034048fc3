//! Whom to ask, in the order in which people really ask: the own office, who holds the area,
//! the krets (seed B26). Nothing here counts or ranks persons.

use crate::Error;
use crate::api::{AreaPeople, Cell, ExperienceRow, HoldingText, MemberRow, Named, Pause};
use crate::session::Session;
use chrono::{Days, NaiveDate};
use radrum_domain::{
    ExperienceLevel, ItemKey, Kind, Member, Municipality, MunicipalityForm, Plain, Responsibility,
    ResponsibilityKind,
};
use radrum_store::{ItemFilter, Read};
use std::collections::{BTreeMap, BTreeSet};

/// Absence that begins within so many days is told beforehand.
const AWAY_SOON_DAYS: u64 = 14;

/// The reader: who she is and where she works.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reader {
    pub me: Option<ItemKey>,
    pub office: Option<ItemKey>,
    pub municipality: Option<ItemKey>,
}

/// Builds rows of colleagues; looks up each office and name once.
pub(crate) struct People<'a> {
    pub(crate) read: Read<'a>,
    pub(crate) today: NaiveDate,
    titles: BTreeMap<String, Option<String>>,
    pub(crate) paused: BTreeMap<String, Option<Pause>>,
}

impl Session {
    /// The member who uses this computer, with office and municipality.
    pub(crate) fn reader(&self, read: &Read<'_>) -> Result<Reader, Error> {
        let Some(me) = self.me() else {
            return Ok(Reader::default());
        };
        let Some(meta) = read.doc_meta(&me)? else {
            return Ok(Reader::default());
        };
        let member: Member = meta.plain.view().unwrap_or_default();
        Ok(Reader {
            me: Some(me),
            office: member.office,
            municipality: meta.plain.common().owner,
        })
    }

    /// The municipality of the member who uses this computer.
    pub(crate) fn municipality(&self) -> Result<Option<ItemKey>, Error> {
        self.read(|read| Ok(self.reader(&read)?.municipality))
    }

    /// What the member who uses this computer is called.
    pub(crate) fn my_name(&self) -> Result<String, Error> {
        let me = self.me();
        self.read(|read| {
            let title = me.map(|me| read.title(&me)).transpose()?;
            Ok(title.flatten().unwrap_or_default())
        })
    }

    pub(crate) fn people<'a>(&self, read: Read<'a>) -> People<'a> {
        let today = self.world.today();
        People {
            read,
            today,
            titles: BTreeMap::new(),
            paused: BTreeMap::new(),
        }
    }
}

impl People<'_> {
    /// Key and title.
    pub fn named(&mut self, key: &ItemKey) -> Result<Named, Error> {
        let text = key.to_string();
        if !self.titles.contains_key(&text) {
            let title = self.read.title(key)?;
            self.titles.insert(text.clone(), title);
        }
        let title = self.titles.get(&text).cloned().flatten();
        Ok(Named {
            title: title.unwrap_or_else(|| key.name().to_string()),
            key: text,
        })
    }

    pub fn all_named(&mut self, keys: &[ItemKey]) -> Result<Vec<Named>, Error> {
        keys.iter().map(|key| self.named(key)).collect()
    }

    pub fn named_optional(&mut self, key: Option<&ItemKey>) -> Result<Option<Named>, Error> {
        key.map(|key| self.named(key)).transpose()
    }

    /// Whether an organisation is FoU, which holds no areas and has no way of its own.
    pub fn is_fou(&self, organisation: &ItemKey) -> Result<bool, Error> {
        let meta = self.read.doc_meta(organisation)?;
        Ok(meta.is_some_and(|meta| is_fou(&meta.plain)))
    }

    /// A colleague's row. With areas given, only her lines about those.
    pub fn row(
        &mut self,
        key: &ItemKey,
        plain: &Plain,
        areas: &[ItemKey],
    ) -> Result<MemberRow, Error> {
        let member: Member = plain.view().unwrap_or_default();
        let mut experience = Vec::new();
        for line in member.experience.iter().filter(|line| !line.removed) {
            let Some(area) = &line.area else { continue };
            if areas.is_empty() || areas.contains(area) {
                experience.push(ExperienceRow {
                    area: self.named(area)?,
                    level: line.level,
                    year: line.year,
                    note: line.note.clone(),
                });
            }
        }
        let away = self.away(&member);
        Ok(MemberRow {
            key: key.to_string(),
            title: member.title.clone(),
            role: member.role.clone(),
            office: self.named_optional(member.office.as_ref())?,
            municipality: self.named_optional(plain.common().owner.as_ref())?,
            phone: member.phone.clone(),
            email: member.email.clone(),
            call_me: member.call_me,
            consult_when: member.consult_when.clone(),
            away_today: away
                .as_ref()
                .is_some_and(|(from, _)| *from <= self.today.to_string()),
            away,
            deputy: self.named_optional(member.deputy.as_ref())?,
            experience,
            duty: member.duty,
            paused: self.pause(member.office.as_ref())?,
        })
    }

    /// The absence that is now, or begins soon.
    fn away(&self, member: &Member) -> Option<(String, String)> {
        let today = self.today.to_string();
        let soon = self
            .today
            .checked_add_days(Days::new(AWAY_SOON_DAYS))?
            .to_string();
        member
            .away
            .iter()
            .filter(|away| !away.removed)
            .filter_map(|away| Some((away.from.clone()?, away.to.clone()?)))
            .filter(|(from, to)| *to >= today && *from <= soon)
            .min()
    }

    /// Everybody who can help with these areas.
    pub fn of_areas(&mut self, areas: &[ItemKey], reader: &Reader) -> Result<AreaPeople, Error> {
        let mut out = AreaPeople::default();
        let mut seen = BTreeSet::new();
        for area in areas {
            out.holders.extend(self.current_holders(area)?);
            if let Some(meta) = self.group(area)? {
                let group = meta.plain.view().unwrap_or_default();
                out.groups.push(self.group_row(&meta.key, area, &group)?);
            }
            for line in self.read.experience_of(area)? {
                let is_new = seen.insert(line.member.to_string());
                if !is_new || reader.me.as_ref() == Some(&line.member) {
                    continue;
                }
                let Some(meta) = self.read.doc_meta(&line.member)? else {
                    continue;
                };
                let row = self.row(&line.member, &meta.plain, areas)?;
                let office = row.office.as_ref().map(|office| office.key.clone());
                if office.is_some() && office == reader.office.as_ref().map(ToString::to_string) {
                    out.office.push(row);
                } else {
                    out.region.push(row);
                }
            }
        }
        out.office.sort_by_cached_key(readiness);
        out.region.sort_by_cached_key(readiness);
        Ok(out)
    }

    /// Who holds an area today, lead first.
    pub fn current_holders(&mut self, area: &ItemKey) -> Result<Vec<Cell>, Error> {
        let today = self.today.to_string();
        let mut cells = Vec::new();
        for holding in self.read.responsibilities(Some(area))? {
            let over = !holding.to.is_empty() && holding.to < today;
            let begun = holding.from.is_empty() || holding.from <= today;
            if !over && begun {
                cells.push(self.cell(&holding.key)?);
            }
        }
        cells.retain(|cell: &Option<Cell>| cell.is_some());
        let mut cells: Vec<Cell> = cells.into_iter().flatten().collect();
        cells.sort_by_cached_key(holding_order);
        Ok(cells)
    }

    /// One holding as a cell of the matrix.
    pub fn cell(&mut self, key: &ItemKey) -> Result<Option<Cell>, Error> {
        let Some(meta) = self.read.doc_meta(key)? else {
            return Ok(None);
        };
        let holding: Responsibility = meta.plain.view().unwrap_or_default();
        let (Some(area), Some(municipality)) = (&holding.area, &holding.municipality) else {
            return Ok(None);
        };
        let member = match &holding.member {
            Some(member) => match self.read.doc_meta(member)? {
                Some(meta) => Some(self.row(member, &meta.plain, std::slice::from_ref(area))?),
                None => None,
            },
            None => None,
        };
        Ok(Some(Cell {
            key: key.to_string(),
            area: self.named(area)?,
            municipality: self.named(municipality)?,
            responsibility: holding.responsibility,
            from: holding.from.clone(),
            to: holding.to.clone(),
            member,
            heads: meta
                .heads
                .as_slice()
                .iter()
                .map(ToString::to_string)
                .collect(),
            holding: HoldingText::from(&holding),
        }))
    }

    /// All colleagues, by name.
    pub fn all(&mut self, owner: Option<&ItemKey>) -> Result<Vec<MemberRow>, Error> {
        let filter = ItemFilter {
            kind: Some(Kind::Member),
            owner: owner.cloned(),
            ..ItemFilter::default()
        };
        let mut rows = Vec::new();
        for (item, plain) in self.read.items_with_values(&filter)? {
            rows.push(self.row(&item.key, &plain, &[])?);
        }
        Ok(rows)
    }
}

/// Whether the value of an organisation says that it is FoU.
pub(crate) fn is_fou(plain: &Plain) -> bool {
    let organisation: Municipality = plain.view().unwrap_or_default();
    organisation.form == MunicipalityForm::Fou
}

/// Lead before support, then by municipality.
pub(crate) fn holding_order(cell: &Cell) -> (bool, Vec<u8>) {
    let support = cell.responsibility != ResponsibilityKind::Lead;
    (support, radrum_swedish::sort_key(&cell.municipality.title))
}

/// Who can be reached today and has said that she can think along comes first. This orders
/// answers to one question; it is no measure of anybody.
fn readiness(row: &MemberRow) -> (bool, bool, u8, Vec<u8>) {
    let nearness = row
        .experience
        .iter()
        .map(|line| closeness(line.level))
        .min()
        .unwrap_or(9);
    (
        row.away_today,
        row.paused.is_some(),
        nearness,
        radrum_swedish::sort_key(&row.title),
    )
}

/// How near a line of experience is to an offer to think along; nearest first.
pub(crate) const fn closeness(level: ExperienceLevel) -> u8 {
    match level {
        ExperienceLevel::WillingToConsult => 0,
        ExperienceLevel::Met => 1,
        ExperienceLevel::Trained => 2,
        ExperienceLevel::Interested => 3,
        ExperienceLevel::Unknown => 4,
    }
}
