//! The page of the statutes. They are saved as every item is.

use super::Nothing;
use super::page::head;
use crate::api::{Named, Representative, StatutesPage, StatutesPlace};
use crate::{Error, Session};
use radrum_domain::{Duty, ItemKey, Kind, Member, Statutes, singleton};
use radrum_store::{Item, ItemFilter, Read};
use radrum_wire::ItemId;
use std::collections::BTreeMap;

pub(super) fn statutes(session: &Session, _: Nothing) -> Result<StatutesPage, Error> {
    let mut places = session.read(|read| places(&read))?;
    let ids: Vec<ItemId> = places.iter().map(|(key, _)| key.id()).collect();
    let seen = session.on_writer(move |side| Ok(side.seen_places(&ids)))?;
    places.retain(|(key, _)| !seen.gone.contains(&key.id()));
    let today = session.world.today().to_string();
    session.read(|read| {
        let mut chosen = representatives(&read, &today)?;
        for (key, place) in &mut places {
            place.representatives = chosen.remove(key).unwrap_or_default();
        }
        let key = singleton(Kind::Statutes, |_| None);
        let meta = key.map(|key| read.doc_meta(&key)).transpose()?.flatten();
        let statutes: Statutes = match &meta {
            Some(meta) => meta.plain.view().unwrap_or_default(),
            None => Statutes::default(),
        };
        let review_over = statutes.review_on.as_ref().is_some_and(|day| *day < today);
        Ok(StatutesPage {
            head: meta.map(|meta| head(session, &read, &meta)).transpose()?,
            review_over,
            statutes,
            places: places.into_iter().map(|(_, place)| place).collect(),
            may_write: seen.may_write,
            writers: named(&read, &seen.writers)?,
        })
    })
}

fn of_kind(kind: Kind) -> ItemFilter {
    ItemFilter {
        kind: Some(kind),
        ..ItemFilter::default()
    }
}

/// Every municipality and FoU, without their people yet.
fn places(read: &Read<'_>) -> Result<Vec<(ItemKey, StatutesPlace)>, Error> {
    let items = read.items(&of_kind(Kind::Municipality))?;
    let place = |item: Item| {
        let municipality = Named {
            key: item.key.to_string(),
            title: item.title,
        };
        let place = StatutesPlace {
            municipality,
            representatives: Vec::new(),
        };
        (item.key, place)
    };
    Ok(items.into_iter().map(place).collect())
}

/// Those who represent, by municipality.
fn representatives(
    read: &Read<'_>,
    today: &str,
) -> Result<BTreeMap<ItemKey, Vec<Representative>>, Error> {
    let mut all: BTreeMap<ItemKey, Vec<Representative>> = BTreeMap::new();
    for (item, plain) in read.items_with_values(&of_kind(Kind::Member))? {
        let member: Member = plain.view().unwrap_or_default();
        let represents = matches!(
            member.duty,
            Duty::Representative | Duty::DeputyRepresentative
        );
        let Some(home) = item.owner.filter(|_| represents) else {
            continue;
        };
        all.entry(home).or_default().push(Representative {
            member: Named {
                key: item.key.to_string(),
                title: item.title,
            },
            duty: member.duty,
            over: member.duty_until.as_deref().is_some_and(|day| day < today),
            until: member.duty_until,
        });
    }
    // Stable: those of one duty stay by name.
    for chosen in all.values_mut() {
        chosen.sort_by_key(|of| of.duty != Duty::Representative);
    }
    Ok(all)
}

/// Names of members, each once; those whose page has not come are left out.
fn named(read: &Read<'_>, members: &[ItemId]) -> Result<Vec<Named>, Error> {
    let mut names = Vec::new();
    for member in members {
        let Some(key) = read.key_of(*member)? else {
            continue;
        };
        if let Some(title) = read.title(&key)? {
            names.push(Named {
                key: key.to_string(),
                title,
            });
        }
    }
    names.sort_by_cached_key(|named| (radrum_swedish::sort_key(&named.title), named.key.clone()));
    names.dedup();
    Ok(names)
}
