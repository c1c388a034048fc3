//! Roads to the others: relays, sticks, and what has come where.

use super::{Acknowledged, Nothing};
use crate::api::{
    BundleFile, BundleRead, BundleWritten, Delivery, LanState, Parcel, Relays, RoadPhase,
    RoadState, UseLan,
};
use crate::road::{Lan, RoadHost, keep_lan, lan_setting};
use crate::roads::{STICK, Told};
use crate::{Code, Error, Host, Session};
use radrum_domain::{ItemKey, Kind};
use radrum_store::Read;
use radrum_sync::{Phase, RangeSet, plan_bundle};
use radrum_wire::limits::BUNDLE_BYTES_MAX;
use radrum_wire::{Bundle, Envelope, Heads, WireError};
use std::io::Read as _;
use std::sync::Arc;

/// Most relays of a krets; an invitation carries as many.
const RELAYS_MAX: usize = 4;

/// Most computers whose addresses are typed.
const LAN_ADDRESSES_MAX: usize = 64;

pub(super) fn road(session: &Session, _: Nothing) -> Result<RoadState, Error> {
    let relay_key = session.on_writer(|side| Ok(side.relay_key()))?;
    let waiting = session.on_writer(|side| side.waiting())?;
    let told = session.roads.told();
    let statuses = told.iter().filter_map(|told| match told {
        Told::Status(status) => Some(status),
        Told::Failed(_) => None,
    });
    let phase = statuses.map(|status| status.phase).max();
    session.read(|read| {
        Ok(RoadState {
            relays: read.krets()?.map(|row| row.relays).unwrap_or_default(),
            fetched_at: read.fetched_at()?,
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            phase: phase_of(phase.unwrap_or(Phase::Closed)),
            problem: problem_of(&told),
            relay_key: relay_key.map(hex::encode),
            region_id: hex::encode(session.profile().region.as_bytes()),
            lan: lan_state(session, read)?,
        })
    })
}

fn lan_state(session: &Session, read: Read<'_>) -> Result<LanState, Error> {
    let lan = lan_setting(read)?;
    let seen = session.roads.lan();
    Ok(LanState {
        on: lan.on,
        port: seen.and_then(|seen| seen.port),
        lines: seen.map_or(0, |seen| u32::try_from(seen.lines).unwrap_or(u32::MAX)),
        addresses: lan.addresses,
        problem: seen.and_then(|seen| seen.problem).map(str::to_string),
    })
}

pub(super) fn use_lan(host: &Host, args: UseLan) -> Result<RoadState, Error> {
    let session = in_krets(host)?;
    if args.addresses.len() > LAN_ADDRESSES_MAX {
        return Err(Error::new(Code::TooLarge, "addresses"));
    }
    let addresses = args.addresses.iter().map(|address| address.trim());
    let addresses = addresses.filter(|address| !address.is_empty());
    let addresses: Vec<String> = addresses.map(str::to_string).collect();
    if let Some(opener) = host.opener() {
        for address in &addresses {
            let checked = opener.check_lan(address);
            checked.map_err(|code| Error::new(Code::BadAddress, code))?;
        }
    }
    let lan = Lan {
        on: args.on,
        port: args.port,
        addresses,
    };
    keep_lan(&session, &lan)?;
    host.open_roads(&session);
    road(&session, Nothing {})
}

const fn phase_of(phase: Phase) -> RoadPhase {
    match phase {
        Phase::Closed => RoadPhase::Closed,
        Phase::Resting => RoadPhase::Resting,
        Phase::Connecting => RoadPhase::Connecting,
        Phase::Fetching => RoadPhase::Fetching,
        Phase::Sending => RoadPhase::Sending,
        Phase::UpToDate => RoadPhase::UpToDate,
    }
}

/// What is in the way; nothing while one relay does its work.
fn problem_of(told: &[Told]) -> Option<String> {
    let problems = told.iter().map(|told| match told {
        Told::Status(status) => status.problem.map(|problem| problem.code()),
        Told::Failed(code) => Some(*code),
    });
    let problems: Vec<Option<&str>> = problems.collect();
    if problems.contains(&None) {
        return None;
    }
    problems.first().copied().flatten().map(str::to_string)
}

pub(super) fn set_relays(host: &Host, args: Relays) -> Result<RoadState, Error> {
    let session = in_krets(host)?;
    let mut relays: Vec<String> = Vec::new();
    for relay in args.relays.iter().map(|relay| relay.trim()) {
        if !relay.is_empty() && !relays.iter().any(|known| known == relay) {
            relays.push(relay.to_string());
        }
    }
    let long = relays
        .iter()
        .any(|relay| relay.len() > radrum_wire::limits::NAME_BYTES_MAX);
    if relays.len() > RELAYS_MAX || long {
        return Err(Error::new(Code::TooLarge, "relays"));
    }
    if let Some(roads) = host.opener() {
        for relay in &relays {
            roads
                .check_relay(relay)
                .map_err(|code| Error::new(Code::BadAddress, code))?;
        }
    }
    session.on_writer(move |side| side.set_relays(&relays))?;
    host.open_roads(&session);
    road(&session, Nothing {})
}

pub(super) fn retry_road(session: &Session, _: Nothing) -> Result<Acknowledged, Error> {
    session.roads.retry();
    Ok(Acknowledged {})
}

pub(super) fn delivery(
    session: &Session,
    args: super::page::Key,
) -> Result<Option<Delivery>, Error> {
    let key = args.key()?;
    session.roads.slots_wanted();
    session.on_writer(move |side| side.delivery(key.id()))
}

pub(super) fn write_bundle(host: &Host, args: BundleFile) -> Result<BundleWritten, Error> {
    let session = in_krets(host)?;
    let path = host.tickets().take(&args.ticket)?;
    let region = session.profile().region;
    session.on_writer(|side| side.heartbeat())?;
    let others: Vec<Heads> = session.on_writer(|side| side.told_by_others())?;
    let road = RoadHost::new(Arc::clone(&session), STICK.to_string());
    let most = BUNDLE_BYTES_MAX as u64;
    let plan = plan_bundle(&others, &RangeSet::default(), most, &road);
    let slots = session.read(|read| Ok(read.slots()?))?;
    let slots: Vec<Vec<u8>> = slots.into_iter().map(|(.., envelope)| envelope).collect();
    let file = plan.write(region, &slots, &road).map_err(bad_bundle)?;
    crate::export::write_whole(&path, &file)?;
    session.on_writer(|side| side.left_by_stick())?;
    let bundle = Bundle::decode(&file, region).map_err(bad_bundle)?;
    let entries = bundle.envelopes().count().saturating_sub(slots.len());
    Ok(BundleWritten {
        entries: u32::try_from(entries).unwrap_or(u32::MAX),
        bytes: file.len() as u64,
        more: !plan.left_out.is_empty(),
    })
}

pub(super) fn read_bundle(host: &Host, args: BundleFile) -> Result<BundleRead, Error> {
    let session = in_krets(host)?;
    let path = host.tickets().take(&args.ticket)?;
    let mut file = Vec::new();
    let unreadable = |error: std::io::Error| Error::new(Code::BadBundle, error.to_string());
    // One byte more than allowed tells a longer file without reading it.
    std::fs::File::open(path)
        .and_then(|open| {
            open.take(BUNDLE_BYTES_MAX as u64 + 1)
                .read_to_end(&mut file)
        })
        .map_err(unreadable)?;
    let region = session.profile().region;
    let ingested = session.on_writer(move |side| {
        let bundle = Bundle::decode(&file, region).map_err(bad_bundle)?;
        let envelopes: Vec<Envelope<'_>> = bundle.envelopes().collect();
        let ingested = side.ingest(&envelopes, None)?;
        side.fetched_now()?;
        side.tend();
        Ok(ingested)
    })?;
    session.reread_profile()?;
    session.roads.imported();
    session.events.tell(&crate::Event::Road {});
    let mut from = Vec::new();
    session.read(|read| {
        for (municipality, parcel) in &ingested.parcels {
            let key = read.key_of(*municipality)?;
            let key = key.unwrap_or_else(|| ItemKey::random(Kind::Municipality, *municipality));
            from.push(Parcel {
                municipality: read.title(&key)?.unwrap_or_default(),
                days: u32::try_from(parcel.days.len()).unwrap_or(u32::MAX),
                items: u32::try_from(parcel.items.len()).unwrap_or(u32::MAX),
            });
        }
        from.sort_by_key(|parcel| radrum_swedish::sort_key(&parcel.municipality));
        let (_, waiting) = read.entry_counts()?;
        Ok(BundleRead {
            new: ingested.new,
            known: ingested.known,
            refused: ingested.refused,
            items: ingested.items,
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            from,
        })
    })
}

/// The open profile, if it has anything to carry: the Exempelkrets stays where it is.
fn in_krets(host: &Host) -> Result<Arc<Session>, Error> {
    let session = host.session()?;
    if session.example {
        return Err(Error::new(Code::Example, "the Exempelkrets stays here"));
    }
    Ok(session)
}

fn bad_bundle(error: WireError) -> Error {
    let code = match error {
        WireError::OtherRegion => Code::OtherKrets,
        WireError::Example => Code::Example,
        WireError::TooLarge => Code::TooLarge,
        _ => Code::BadBundle,
    };
    Error::new(code, error.code())
}
