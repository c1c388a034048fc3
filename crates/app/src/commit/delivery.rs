//! What has come where: from what relays confirmed and what other devices told.

use super::WriteSide;
use super::roads::encoded;
use crate::Error;
use crate::api::Delivery;
use crate::roads::STICK;
use radrum_store::RoadRow;
use radrum_wire::{Heads, ItemId, LogId, Record as _, Seq};
use std::collections::{BTreeMap, BTreeSet};

/// Offices with fewer computers are counted together (product.md, rules): one computer would
/// be one person, and nobody's hours are shown.
const DEVICES_MIN: usize = 3;

impl WriteSide {
    /// This device's relay key; none outside a krets.
    pub fn relay_key(&self) -> Option<[u8; 32]> {
        let krets = self.in_krets().ok()?;
        Some(*krets.keys.auth_key().as_bytes())
    }

    /// How many own entries no relay has confirmed; in a krets without relays, are on no stick.
    pub fn waiting(&self) -> Result<u64, Error> {
        let read = self.writer.read();
        let Some(row) = read.krets()? else {
            return Ok(0);
        };
        let roads = read.roads()?.into_iter();
        let roads = roads.filter(|(address, _)| (address == STICK) == row.relays.is_empty());
        let sent = sent_by(roads.map(|(_, road)| road));
        let holdings = self.holdings()?;
        let own: BTreeSet<LogId> = self.held.own_logs().into_iter().collect();
        let heads = holdings.heads();
        let own = heads
            .as_slice()
            .iter()
            .filter(|head| own.contains(&head.log));
        Ok(own.fold(0, |sum, head| {
            let sent = sent.get(&head.log).map_or(0, |seq| seq.0);
            sum + head.seq.0.saturating_sub(sent)
        }))
    }

    /// What each other device has told that it holds; nothing for one that told nothing.
    pub fn told_by_others(&self) -> Result<Vec<Heads>, Error> {
        let krets = self.in_krets()?;
        let read = self.writer.read();
        let others = krets.members.active();
        let others = others.filter(|(hash, _)| *hash != krets.grant);
        others
            .map(|(hash, _)| {
                let mut heads = BTreeMap::new();
                for log in krets.members.logs_of(hash) {
                    for head in read.told_by(log)? {
                        heads.insert(head.log, head);
                    }
                }
                Ok(Heads::new(heads.into_values().collect()))
            })
            .collect()
    }

    /// Everything of this device lies on a stick now.
    pub fn left_by_stick(&mut self) -> Result<(), Error> {
        let own: BTreeSet<LogId> = self.held.own_logs().into_iter().collect();
        let heads = self.holdings()?.heads();
        let mut sent = heads.as_slice().to_vec();
        sent.retain(|head| own.contains(&head.log));
        let row = RoadRow {
            sent: encoded(&Heads::new(sent))?,
            ..RoadRow::default()
        };
        let tx = self.writer.begin()?;
        tx.put_road(STICK, &row)?;
        Ok(tx.commit()?)
    }

    /// Where the newest change of an item that was written on this computer has come.
    pub fn delivery(&self, item: ItemId) -> Result<Option<Delivery>, Error> {
        let Ok(krets) = self.in_krets() else {
            return Ok(None);
        };
        let read = self.writer.read();
        let own = self.held.own_logs();
        let Some((log, seq, written_at)) = read.last_written(item, &own)? else {
            return Ok(None);
        };
        let has = |stick: bool| -> Result<bool, Error> {
            let roads = read.roads()?.into_iter();
            let roads = roads.filter(|(address, _)| (address == STICK) == stick);
            let sent = sent_by(roads.map(|(_, road)| road));
            Ok(sent.get(&log).is_some_and(|sent| *sent >= seq))
        };
        let mut holds: BTreeSet<_> = BTreeSet::from([krets.grant]);
        for device in read.reached_by(log, seq)? {
            holds.extend(krets.members.writers(device).map(|(hash, _)| hash));
        }
        let mut offices: BTreeMap<ItemId, Vec<bool>> = BTreeMap::new();
        for (hash, grant) in krets.members.active() {
            let office = offices.entry(grant.municipality).or_default();
            office.push(holds.contains(&hash));
        }
        let counted = count_offices(offices.into_values().collect());
        let relayed = has(false)?;
        let elsewhere = holds.len() > 1;
        Ok(Some(Delivery {
            written_at,
            left: relayed || elsewhere || has(true)?,
            relayed,
            offices: counted.0,
            of: counted.1,
            grouped: counted.2,
        }))
    }
}

/// How far the roads have confirmed each log.
pub(super) fn sent_by(roads: impl Iterator<Item = RoadRow>) -> BTreeMap<LogId, Seq> {
    let mut sent = BTreeMap::new();
    for road in roads {
        let heads = Heads::decode_record(&road.sent).unwrap_or_default();
        for head in heads.as_slice() {
            let known = sent.entry(head.log).or_insert(head.seq);
            *known = head.seq.max(*known);
        }
    }
    sent
}

/// Offices that hold it, of how many, and whether small ones are counted as one.
fn count_offices(offices: Vec<Vec<bool>>) -> (u32, u32, bool) {
    let devices: usize = offices.iter().map(Vec::len).sum();
    if devices < DEVICES_MIN {
        return (0, 0, false);
    }
    let (large, small): (Vec<_>, Vec<_>) = offices
        .into_iter()
        .partition(|devices| devices.len() >= DEVICES_MIN);
    let grouped = small.len() > 1;
    let small: Vec<bool> = small.into_iter().flatten().collect();
    let all = large
        .into_iter()
        .chain((!small.is_empty()).then_some(small));
    let (mut hold, mut of) = (0, 0);
    for office in all {
        of += 1;
        hold += u32::from(office.contains(&true));
    }
    (hold, of, grouped)
}

#[cfg(test)]
mod tests {
    use super::count_offices;

    #[test]
    fn small_offices_are_counted_together_and_two_computers_not_at_all() {
        assert_eq!(count_offices(vec![vec![true], vec![false]]), (0, 0, false));
        let large = vec![true, false, false];
        assert_eq!(count_offices(vec![large.clone()]), (1, 1, false));
        let mixed = vec![large, vec![false], vec![false, false]];
        assert_eq!(count_offices(mixed), (1, 2, true));
        let one_small = vec![vec![false; 3], vec![true]];
        assert_eq!(count_offices(one_small), (1, 2, false));
    }
}
