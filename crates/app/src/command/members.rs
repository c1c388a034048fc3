//! Everybody in the krets, and what admins and roots do: take out, wake, make admins, try and
//! change root keys.

use super::page::Key;
use super::{Acknowledged, Nothing};
use crate::api::{
    ChangeMunicipality, ComputerId, ConfirmAct, EndId, Ended, KretsComputer, KretsMunicipality,
    KretsPeople, KretsPerson, LostComputer, MakeAdmin, MunicipalityTurn, NewRootKey, RemoveMember,
    RootsTried, SuspendedAct, TypedRootKeys, UnfinishedEnd,
};
use crate::commit::{Removal, SeenComputer, SeenSuspended};
use crate::world::day_of;
use crate::{Code, Error, Session};
use radrum_domain::{ItemKey, Kind};
use radrum_seal::RootKey;
use radrum_store::Read;
use radrum_swedish::sort_key;
use radrum_wire::{FactHash, ItemId, MunicipalityChange, RevokeMode};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

pub(super) fn krets_people(session: &Session, _: Nothing) -> Result<KretsPeople, Error> {
    // Who rests follows from what the others have told of themselves.
    session.roads.slots_wanted();
    let seen = session.on_writer(|side| side.seen_in_krets())?;
    let today = session.world.today();
    session.read(|read| {
        let mut places: BTreeMap<ItemId, KretsMunicipality> = BTreeMap::new();
        for computer in &seen.computers {
            let place = match places.get_mut(&computer.municipality) {
                Some(place) => place,
                None => {
                    let made = municipality(&read, computer)?;
                    places.entry(computer.municipality).or_insert(made)
                }
            };
            let row = KretsComputer {
                id: hex::encode(computer.grant.as_bytes()),
                this: computer.this,
                resting: computer.mine && computer.resting,
                guest_until: computer.guest_until.map(|at| day_of(at).to_string()),
                guest_over: computer.guest_until.is_some_and(|at| day_of(at) < today),
            };
            let (member, name) = named(&read, computer.member)?;
            match place.people.iter_mut().find(|of| of.member == member) {
                Some(person) => {
                    person.me |= computer.this;
                    person.admin |= computer.admin;
                    person.eraser &= computer.eraser;
                    person.computers.push(row);
                }
                None => place.people.push(KretsPerson {
                    member,
                    name,
                    me: computer.this,
                    admin: computer.admin,
                    eraser: computer.eraser,
                    computers: vec![row],
                }),
            }
        }
        let mut municipalities: Vec<KretsMunicipality> = places.into_values().collect();
        municipalities.sort_by_cached_key(|place| sort_key(&place.name));
        for place in &mut municipalities {
            place
                .people
                .sort_by_cached_key(|person| sort_key(&person.name));
        }
        let unfinished = seen.unfinished.iter().map(|end| {
            Ok(UnfinishedEnd {
                id: hex::encode(end.fact.as_bytes()),
                name: named(&read, end.member)?.1,
                signed: end.signed,
            })
        });
        let suspended = seen.suspended.iter().map(|act| suspended(&read, act));
        Ok(KretsPeople {
            suspended: suspended.collect::<Result<_, Error>>()?,
            unfinished: unfinished.collect::<Result<_, Error>>()?,
            municipalities,
            roots_disputed: seen.roots_disputed,
            after_end: u32::try_from(read.entries_after_cutoff()?).unwrap_or(u32::MAX),
        })
    })
}

fn suspended(read: &Read<'_>, act: &SeenSuspended) -> Result<SuspendedAct, Error> {
    let place = read.key_of(act.municipality)?;
    let place = place.map(|key| read.title(&key)).transpose()?.flatten();
    let by = act.by.first().map(|member| named(read, *member));
    Ok(SuspendedAct {
        id: hex::encode(act.fact.as_bytes()),
        ends: act.ends,
        name: named(read, act.member)?.1,
        municipality: place.unwrap_or_default(),
        by: by.transpose()?.map(|(_, name)| name).unwrap_or_default(),
        may: act.may,
    })
}

fn municipality(read: &Read<'_>, of: &SeenComputer) -> Result<KretsMunicipality, Error> {
    let key = read.key_of(of.municipality)?;
    let key = key.unwrap_or_else(|| ItemKey::random(Kind::Municipality, of.municipality));
    let title = read.title(&key)?;
    Ok(KretsMunicipality {
        key: key.to_string(),
        name: title.unwrap_or_default(),
        starting: of.starting,
        mine: of.mine,
        people: Vec::new(),
    })
}

/// Key and name of a member; the name is empty before it has come.
fn named(read: &Read<'_>, member: ItemId) -> Result<(String, String), Error> {
    let key = read.key_of(member)?;
    let key = key.unwrap_or_else(|| ItemKey::random(Kind::Member, member));
    let title = read.title(&key)?;
    Ok((key.to_string(), title.unwrap_or_default()))
}

pub(super) fn remove_member(session: &Session, args: RemoveMember) -> Result<Ended, Error> {
    let root = optional_root(&args.root_key)?;
    let member = item_id(&args.member)?;
    let removal = session.on_writer(move |side| {
        let computers = side.computers_of(member)?;
        side.end_devices(&computers, RevokeMode::Left, root.as_ref())
    })?;
    Ok(ended(removal))
}

pub(super) fn lost_computer(session: &Session, args: LostComputer) -> Result<Ended, Error> {
    let root = optional_root(&args.root_key)?;
    let computer = fact_hash(&args.computer)?;
    let removal = session
        .on_writer(move |side| side.end_devices(&[computer], RevokeMode::Lost, root.as_ref()))?;
    Ok(ended(removal))
}

pub(super) fn sign_end(session: &Session, args: EndId) -> Result<Ended, Error> {
    let id = fact_hash(&args.id)?;
    let removal = session.on_writer(move |side| side.sign_end(id))?;
    Ok(ended(removal))
}

pub(super) fn confirm_act(session: &Session, args: ConfirmAct) -> Result<Acknowledged, Error> {
    let id = fact_hash(&args.id)?;
    let roots = roots(&args.root_keys)?;
    session.on_writer(move |side| side.confirm(id, &roots))?;
    Ok(Acknowledged {})
}

pub(super) fn wake_computer(session: &Session, args: ComputerId) -> Result<Acknowledged, Error> {
    let computer = fact_hash(&args.computer)?;
    session.on_writer(move |side| side.wake(computer))?;
    Ok(Acknowledged {})
}

pub(super) fn begin_epoch(session: &Session, _: Nothing) -> Result<Acknowledged, Error> {
    session.on_writer(|side| side.begin_epoch())?;
    Ok(Acknowledged {})
}

pub(super) fn make_admin(session: &Session, args: MakeAdmin) -> Result<Acknowledged, Error> {
    let roots = roots(&args.root_keys)?;
    let member = item_id(&args.member)?;
    session.on_writer(move |side| {
        let computers = side.computers_of(member)?;
        side.make_admins(&computers, args.whole, &roots)
    })?;
    Ok(Acknowledged {})
}

pub(super) fn make_eraser(session: &Session, args: Key) -> Result<Acknowledged, Error> {
    let member = args.key()?.id();
    session.on_writer(move |side| {
        let computers = side.computers_of(member)?;
        side.make_erasers(&computers)
    })?;
    Ok(Acknowledged {})
}

pub(super) fn change_municipality(
    session: &Session,
    args: ChangeMunicipality,
) -> Result<Acknowledged, Error> {
    let roots = roots(&args.root_keys)?;
    let municipality = item_id(&args.municipality)?;
    let other = args.other.trim();
    let other = (!other.is_empty()).then(|| item_id(other)).transpose()?;
    let change = match args.turn {
        MunicipalityTurn::Joins => MunicipalityChange::Joins,
        MunicipalityTurn::Leaves => MunicipalityChange::Leaves,
        MunicipalityTurn::MergesInto => MunicipalityChange::MergesInto,
        MunicipalityTurn::SharesOffice => MunicipalityChange::SharesOffice,
    };
    session
        .on_writer(move |side| side.change_municipality((municipality, change), other, &roots))?;
    Ok(Acknowledged {})
}

pub(super) fn try_roots(session: &Session, args: TypedRootKeys) -> Result<RootsTried, Error> {
    let roots = roots(&args.root_keys)?;
    let right = session.on_writer(move |side| side.try_roots(&roots))?;
    Ok(RootsTried { right })
}

pub(super) fn change_root(session: &Session, args: TypedRootKeys) -> Result<NewRootKey, Error> {
    let roots = roots(&args.root_keys)?;
    let (new, number) = session.on_writer(move |side| side.change_root(&roots))?;
    Ok(NewRootKey {
        key: hex::encode(new.to_secret().as_slice()),
        number,
    })
}

const fn ended(removal: Removal) -> Ended {
    Ended {
        needs_another: matches!(removal, Removal::NeedsAnother),
    }
}

fn item_id(key: &str) -> Result<ItemId, Error> {
    let key = key.parse::<ItemKey>();
    let key = key.map_err(|_| Error::new(Code::BadArguments, "key"))?;
    Ok(key.id())
}

pub(super) fn fact_hash(text: &str) -> Result<FactHash, Error> {
    let bytes = hex::decode(text).ok();
    let hash = bytes.and_then(|bytes| FactHash::try_from(bytes.as_slice()).ok());
    hash.ok_or_else(|| Error::new(Code::BadArguments, "computer"))
}

fn optional_root(text: &str) -> Result<Option<RootKey>, Error> {
    (!text.trim().is_empty()).then(|| root(text)).transpose()
}

/// Root keys as they were typed; empty fields are passed over.
pub(super) fn roots(texts: &[String]) -> Result<Vec<RootKey>, Error> {
    let typed = texts.iter().filter(|text| !text.trim().is_empty());
    typed.map(|text| root(text)).collect()
}

/// A root key as somebody types it from the paper, in groups and lines and capitals, or pastes it
/// with what stands above it: the last 64 digits count.
fn root(text: &str) -> Result<RootKey, Error> {
    let wrong = || Error::new(Code::WrongRootKeys, "not a root key");
    let is_hex = |group: &&str| group.chars().all(|c| c.is_ascii_hexdigit());
    let mut groups: Vec<&str> = text.split_whitespace().rev().take_while(is_hex).collect();
    let digits = |groups: &[&str]| groups.iter().map(|group| group.len()).sum::<usize>();
    while digits(&groups) > ROOT_DIGITS {
        groups.pop();
    }
    groups.reverse();
    let key = Zeroizing::new(groups.concat());
    let mut secret = Zeroizing::new([0; ROOT_DIGITS / 2]);
    hex::decode_to_slice(key.as_bytes(), secret.as_mut()).map_err(|_| wrong())?;
    Ok(RootKey::from_secret(&secret))
}

/// Hexadecimal digits of a root key.
const ROOT_DIGITS: usize = 64;

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn a_root_key_is_read_in_groups_in_capitals_and_below_its_heading() {
        let key = "ab".repeat(32);
        let grouped = ["AB AB"; 16].join("\n");
        let pasted = format!("Rådrum: rotnyckel 1 av 3\n\n{key}\n");
        let plain = root(&key).map(|root| root.sign_key()).ok();
        assert!(plain.is_some());
        for text in [grouped, pasted] {
            assert_eq!(root(&text).map(|root| root.sign_key()).ok(), plain);
        }
        for wrong in ["", "hej", &key[1..], "ab cd ef"] {
            assert!(root(wrong).is_err(), "{wrong}");
        }
    }
}
