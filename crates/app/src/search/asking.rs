//! "Vem frågar jag?" among the answers: the orders of the offices that were named, or of the own
//! one when nothing else was.

use super::{Answer, words};
use crate::Error;
use crate::api::{AskRow, GroupKind, Named, Row};
use crate::people::Reader;
use radrum_domain::{AskOrder, ItemKey, Kind, Office, single_of};
use radrum_store::{Hit, Hits};

/// Offices whose order is shown. A word that all offices have in their name names none.
const OFFICES_MAX: usize = 4;

/// The order of asking of one office.
pub(super) struct OfficeOrder {
    key: ItemKey,
    pub office: Named,
    phone: Option<String>,
    /// Empty when nobody has written one.
    pub rows: Vec<AskRow>,
}

impl Answer<'_> {
    /// Whether it is asked whom to ask, and not what somebody has met.
    pub(super) fn asks_order(&self) -> bool {
        self.query.wants_person && self.query.wants_parts.iter().any(|part| part == "help")
    }

    /// Orders of the offices that were named by their own name, by their municipality's, or by
    /// what may be decided there.
    pub(super) fn orders(&self, hits: &Hits, reader: &Reader) -> Result<Vec<OfficeOrder>, Error> {
        let mut offices: Vec<ItemKey> = Vec::new();
        // Only what may be decided, not that somebody is asked for.
        let decided = of(hits, Kind::AskOrder).filter(|_| !self.query.only_person);
        for hit in decided {
            let item = self.read.item(hit.n)?.map(|item| item.key);
            let meta = item.map(|key| self.read.doc_meta(&key)).transpose()?;
            let order: Option<AskOrder> = meta.flatten().and_then(|meta| meta.plain.view().ok());
            offices.extend(order.and_then(|order| order.office));
        }
        let mut named = Vec::new();
        for hit in of(hits, Kind::Office).chain(of(hits, Kind::Municipality)) {
            let Some(item) = self.read.item(hit.n)? else {
                continue;
            };
            if !self.pieces(&item.title).iter().any(|piece| piece.hit) {
                continue;
            }
            if item.key.kind() == Kind::Office {
                named.push(item.key);
            } else {
                let there = self.read.linked_from(&item.key, "municipality")?;
                let keys = there.into_iter().map(|item| item.key);
                named.extend(keys.filter(|key| key.kind() == Kind::Office));
            }
        }
        if named.len() <= OFFICES_MAX * 2 {
            offices.extend(named);
        }
        if offices.is_empty() && self.asks_order() && self.query.only_person {
            offices.extend(reader.office.clone());
        }
        let mut orders: Vec<OfficeOrder> = Vec::new();
        for office in offices {
            if orders.len() < OFFICES_MAX && !orders.iter().any(|of| of.is_of(&office)) {
                orders.extend(self.order(&office)?);
            }
        }
        Ok(orders)
    }

    fn order(&self, key: &ItemKey) -> Result<Option<OfficeOrder>, Error> {
        let office = self.read.doc_meta(key)?;
        let Some((office, order)) = office.zip(single_of(Kind::AskOrder, key)) else {
            return Ok(None);
        };
        let mut people = self.session.people(self.read);
        let rows = match people.order(key)? {
            Some(meta) => people.asked(&meta.plain.view().unwrap_or_default())?,
            None => Vec::new(),
        };
        let office: Office = office.plain.view().unwrap_or_default();
        Ok(Some(OfficeOrder {
            key: order,
            office: people.named(key)?,
            phone: office.phone,
            rows,
        }))
    }

    pub(super) fn show_orders(&mut self, orders: &[OfficeOrder]) {
        let row = |order: &OfficeOrder| {
            let phone = order.phone.clone().unwrap_or_default();
            let title = &order.office.title;
            self.row(
                &order.key.to_string(),
                title,
                words::order(&order.rows),
                "",
                phone,
            )
        };
        let rows: Vec<Row> = orders.iter().map(row).collect();
        self.push(GroupKind::AskOrder, rows, false);
    }
}

impl OfficeOrder {
    fn is_of(&self, office: &ItemKey) -> bool {
        self.office.key == office.to_string()
    }
}

fn of(hits: &Hits, kind: Kind) -> impl Iterator<Item = &Hit> {
    hits.by_kind.get(&kind).into_iter().flatten()
}
