//! The krets: about, lists to look through, export, starter packs, a check of the file.

use super::Nothing;
use super::page::head;
use crate::api::{AreaRow, MunicipalityRow, PackRead, RegionPage, ReviewRow};
use crate::{Error, Host, Session};
use radrum_domain::{Area, ItemKey, Kind, Municipality, Playbook};
use radrum_store::{DocMeta, ItemFilter, Read};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(super) fn region(session: &Session, _: Nothing) -> Result<RegionPage, Error> {
    let profile = session.profile();
    let path = session.readers.path().to_path_buf();
    session.read(|read| {
        let row = |meta: &DocMeta| head(session, &read, meta);
        Ok(RegionPage {
            region: profile.region_name.clone(),
            example: session.example,
            folder: path.parent().unwrap_or(&path).display().to_string(),
            bytes: session.file_bytes(),
            version: env!("CARGO_PKG_VERSION").to_string(),
            pack: session.pack()?.version.clone(),
            device: profile.device.to_string()[..8].to_string(),
            entries: read.log_len()?,
            municipalities: of_kind(&read, Kind::Municipality, |meta| {
                let municipality: Municipality = meta.plain.view().unwrap_or_default();
                Ok(MunicipalityRow {
                    head: row(meta)?,
                    municipality,
                })
            })?,
            areas: of_kind(&read, Kind::Area, |meta| {
                let mut area: Area = meta.plain.view().unwrap_or_default();
                read.label_aliases()?.settle(&mut area.labels);
                Ok(AreaRow {
                    head: row(meta)?,
                    area,
                })
            })?,
            reviews: reviews(session, &read)?,
            archived: archived(&read)?,
        })
    })
}

fn of_kind<T>(
    read: &Read<'_>,
    kind: Kind,
    row: impl Fn(&DocMeta) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let filter = ItemFilter {
        kind: Some(kind),
        ..ItemFilter::default()
    };
    let mut rows = Vec::new();
    for item in read.items(&filter)? {
        if let Some(meta) = read.doc_meta(&item.key)? {
            rows.push(row(&meta)?);
        }
    }
    Ok(rows)
}

/// Cards that nobody owns, that nobody has looked through, whose day has come, or where texts
/// wait for a choice. Asked softly: a list, no marks (need N09, N51).
fn reviews(session: &Session, read: &Read<'_>) -> Result<Vec<ReviewRow>, Error> {
    let today = session.world.today().to_string();
    let filter = ItemFilter {
        kind: Some(Kind::Playbook),
        ..ItemFilter::default()
    };
    let mut rows = Vec::new();
    for (item, plain) in read.items_with_values(&filter)? {
        let card: Playbook = plain.view().unwrap_or_default();
        let due = card.review_on.as_ref().is_some_and(|day| *day <= today);
        if due || card.draft || card.owner_role.is_none() || item.voices {
            rows.push(ReviewRow {
                key: item.key.to_string(),
                title: card.title,
                review_on: card.review_on.filter(|_| due),
                owner_role: card.owner_role,
                draft: card.draft,
                voices: item.voices,
            });
        }
    }
    Ok(rows)
}

fn archived(read: &Read<'_>) -> Result<Vec<crate::api::Listed>, Error> {
    let filter = ItemFilter {
        with_archived: true,
        ..ItemFilter::default()
    };
    let rows = read
        .items(&filter)?
        .into_iter()
        .filter(|item| item.archived);
    Ok(rows.map(|item| super::page::listed(&item)).collect())
}

/// Where to write an export, and of which municipality.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// A ticket for the file that the user chose.
    pub ticket: String,
    /// Only what this municipality answers for.
    pub municipality: Option<String>,
}

/// What an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Exported {
    /// Items.
    pub items: u32,
    /// Size of the file.
    #[ts(type = "number")]
    pub bytes: u64,
}

pub(super) fn export(host: &Host, args: Export) -> Result<Exported, Error> {
    let session = host.session()?;
    let owner: Option<ItemKey> = match args.municipality {
        Some(key) => Some(super::edit::key(&key)?),
        None => None,
    };
    let path = host.tickets().take(&args.ticket)?;
    let (items, bytes) = crate::export::export(&session, owner.as_ref(), &path)?;
    Ok(Exported { items, bytes })
}

/// A starter pack as a file that a redaktör chose.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadPack {
    /// A ticket for the file.
    pub ticket: String,
}

pub(super) fn read_pack(host: &Host, args: ReadPack) -> Result<PackRead, Error> {
    let session = host.session()?;
    let path = host.tickets().take(&args.ticket)?;
    session.read_pack(&path)
}

/// Result of a check of the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Checked {
    /// How many faults; zero is sound.
    pub faults: u32,
}

pub(super) fn check(session: &Session, _: Nothing) -> Result<Checked, Error> {
    let faults = session.on_writer(|side| side.faults())?;
    for fault in &faults {
        tracing::error!(fault = fault.as_str(), "database check");
    }
    Ok(Checked {
        faults: u32::try_from(faults.len()).unwrap_or(u32::MAX),
    })
}
