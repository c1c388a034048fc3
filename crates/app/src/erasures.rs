//! The list of erasures: for the page, and as a file for whoever keeps evidence. Computers are
//! counted by municipality, never shown one by one.

use crate::api::{EraseGround, ErasureOffice, ErasureRow, ErasureStep, KindCount, Named};
use crate::{Error, Session};
use chrono::{DateTime, Utc};
use radrum_domain::{ItemKey, Kind};
use radrum_store::{ErasureRow as Row, ErasureState, Read};
use radrum_wire::{Erase, FactHash, Ground, ItemId, Record as _};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Offices with fewer computers are counted together (product.md, rules).
const DEVICES_MIN: u32 = 3;

/// The computers of the krets, and whose they are.
struct Devices {
    all: BTreeMap<FactHash, ItemId>,
    /// This computer's grant; none before a krets.
    own: Option<FactHash>,
}

/// All erasures that this computer knows, the newest first.
pub(crate) fn list(session: &Session) -> Result<Vec<ErasureRow>, Error> {
    let (all, own) = session.on_writer(|side| Ok(side.devices()))?;
    let devices = Devices {
        all: all.into_iter().collect(),
        own,
    };
    session.read(|read| {
        let rows = read.erasures()?;
        rows.iter().map(|row| view(&read, &devices, row)).collect()
    })
}

fn view(read: &Read<'_>, devices: &Devices, row: &Row) -> Result<ErasureRow, Error> {
    let erase = Erase::decode_record(&row.body).map_err(|error| Error::bug(error.code()))?;
    let here = row.state == ErasureState::Done;
    let mut done: BTreeSet<FactHash> = read.receipts_for(row.log, row.seq)?.into_iter().collect();
    done.extend(devices.own.filter(|_| here));
    let offices = offices(read, devices, &done)?;
    let by = read.key_of(row.author)?;
    let alone = devices.own.is_none();
    Ok(ErasureRow {
        id: row.n.to_string(),
        at: (row.written_at != 0).then_some(row.written_at),
        by: by.map(|key| named(read, &key)).transpose()?,
        ground: match erase.ground {
            Ground::PERSON => EraseGround::Person,
            Ground::DECISION => EraseGround::Decision,
            _ => EraseGround::Other,
        },
        decision: erase.decision,
        kinds: kinds(&row.kinds),
        step: match row.state {
            ErasureState::Asked => ErasureStep::Asked,
            ErasureState::Standing => ErasureStep::Standing,
            ErasureState::Done => ErasureStep::Done,
        },
        done_at: here.then_some(row.done_at),
        devices: if alone {
            1
        } else {
            total(&offices, |of| of.devices)
        },
        erased: if alone {
            u32::from(here)
        } else {
            total(&offices, |of| of.erased)
        },
        offices,
        unseen: row.unseen,
    })
}

fn total(offices: &[ErasureOffice], of: fn(&ErasureOffice) -> u32) -> u32 {
    offices.iter().map(of).sum()
}

fn kinds(names: &[String]) -> Vec<KindCount> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let counts = counts.into_iter();
    let count = |(kind, count): (&str, u32)| KindCount {
        kind: kind.to_string(),
        count,
    };
    counts.map(count).collect()
}

fn named(read: &Read<'_>, key: &ItemKey) -> Result<Named, Error> {
    Ok(Named {
        key: key.to_string(),
        title: read.title(key)?.unwrap_or_default(),
    })
}

/// By municipality, in Swedish order; those with few computers together at the end.
fn offices(
    read: &Read<'_>,
    devices: &Devices,
    done: &BTreeSet<FactHash>,
) -> Result<Vec<ErasureOffice>, Error> {
    let mut counts: BTreeMap<ItemId, (u32, u32)> = BTreeMap::new();
    for (device, municipality) in &devices.all {
        let (all, erased) = counts.entry(*municipality).or_default();
        *all += 1;
        *erased += u32::from(done.contains(device));
    }
    let mut offices = Vec::new();
    let mut few = ErasureOffice {
        title: None,
        devices: 0,
        erased: 0,
    };
    for (municipality, (all, erased)) in counts {
        if all < DEVICES_MIN {
            few.devices += all;
            few.erased += erased;
            continue;
        }
        let key = read.key_of(municipality)?;
        let key = key.unwrap_or_else(|| ItemKey::random(Kind::Municipality, municipality));
        offices.push(ErasureOffice {
            title: Some(read.title(&key)?.unwrap_or_default()),
            devices: all,
            erased,
        });
    }
    offices.sort_by_key(|of| radrum_swedish::sort_key(of.title.as_deref().unwrap_or_default()));
    if few.devices > 0 {
        offices.push(few);
    }
    Ok(offices)
}

/// The list as a table that a spreadsheet opens: semicolons, as Swedish ones expect. No names,
/// and nothing of what was erased.
pub(crate) fn table(rows: &[ErasureRow]) -> String {
    let mut out = String::from(
        "\u{feff}Begärd;Grund;Beslut;Vad;Klart på den här datorn;Datorer;Bekräftade datorer;Kontor\r\n",
    );
    for row in rows {
        let ground = match row.ground {
            EraseGround::Person => "uppgift om klient eller fel person",
            EraseGround::Decision => "gallring enligt beslut",
            EraseGround::Other => "annat",
        };
        let what: Vec<String> = row.kinds.iter().map(counted).collect();
        let offices = row.offices.iter().map(|of| {
            let title = of.title.as_deref().unwrap_or("Övriga kontor");
            format!("{title} {} av {}", of.erased, of.devices)
        });
        let offices: Vec<String> = offices.collect();
        let cells = [
            row.at.map_or_else(|| "utan namn".into(), instant),
            ground.to_string(),
            row.decision.clone(),
            what.join(", "),
            row.done_at.map(instant).unwrap_or_default(),
            row.devices.to_string(),
            row.erased.to_string(),
            offices.join(", "),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        let _ = write!(out, "{}\r\n", cells.join(";"));
    }
    out
}

fn counted(count: &KindCount) -> String {
    format!("{} {}", count.count, count.kind)
}

fn instant(at: i64) -> String {
    let at: Option<DateTime<Utc>> = DateTime::from_timestamp_millis(at);
    at.map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string())
        .unwrap_or_default()
}

/// A cell that no spreadsheet reads as a formula.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::api::{EraseGround, ErasureOffice, ErasureRow, ErasureStep, KindCount};

    #[test]
    fn the_table_names_offices_and_decisions_and_no_cell_is_a_formula() {
        let row = ErasureRow {
            id: "1".into(),
            at: Some(0),
            by: None,
            ground: EraseGround::Decision,
            decision: "=HYPERLINK(\"x\")".into(),
            kinds: vec![KindCount {
                kind: "note".into(),
                count: 2,
            }],
            step: ErasureStep::Done,
            done_at: Some(60_000),
            devices: 150,
            erased: 143,
            offices: vec![
                ErasureOffice {
                    title: Some("Åsele".into()),
                    devices: 4,
                    erased: 3,
                },
                ErasureOffice {
                    title: None,
                    devices: 146,
                    erased: 140,
                },
            ],
            unseen: 0,
        };
        let table = table(&[row]);
        let line = table.lines().nth(1).expect("a line");
        assert_eq!(
            line,
            "\"1970-01-01 00:00 UTC\";\"gallring enligt beslut\";\"'=HYPERLINK(\"\"x\"\")\";\
             \"2 note\";\"1970-01-01 00:01 UTC\";\"150\";\"143\";\
             \"Åsele 3 av 4, Övriga kontor 140 av 146\""
        );
    }
}
