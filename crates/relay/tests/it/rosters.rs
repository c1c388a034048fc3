//! Who may say whom a krets lets in.

use crate::device::{Device, REGION, code, link, public, roster, signing};
use crate::running::{ADMIN, Running, config};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{RegionId, Signature};

#[test]
fn a_roster_is_signed_by_a_key_that_the_operator_or_a_link_names() {
    let relay = Running::start(&config());
    let sender = Device::new(&relay.base, 0);
    let keys = [public(&sender.key)];
    let (admin, next, last, nobody) = (signing(ADMIN), signing(2), signing(3), signing(4));
    let malformed = RefusalCode::Malformed;
    let put = |roster: &radrum_wire::Roster| {
        let answer = sender.put_roster(roster);
        if answer.status() == 200 {
            None
        } else {
            Some(code(answer))
        }
    };
    let plain = |number, by| roster(REGION, number, Vec::new(), &keys, by);
    let mut unsigned = plain(1, &admin);
    unsigned.signature = Signature::from_bytes([0; 64]);
    assert_eq!(put(&unsigned), Some(malformed));
    assert_eq!(put(&plain(1, &nobody)), Some(malformed));
    let elsewhere = roster(RegionId::from_bytes([1; 16]), 1, Vec::new(), &keys, &admin);
    assert_eq!(put(&elsewhere), Some(malformed));
    assert_eq!(put(&plain(0, &admin)), Some(malformed));
    assert_eq!(put(&plain(u64::MAX, &admin)), Some(malformed));
    let mut more = plain(1, &admin);
    more.devices.push(public(&nobody));
    more.devices.sort_unstable();
    assert_eq!(put(&more), Some(malformed));
    // Links: each by one of the keys before, at its own number.
    let one = link(REGION, 1, &[&next], &admin);
    let two = link(REGION, 2, &[&last, &nobody], &next);
    let linked = |number, links: &[_], by| roster(REGION, number, links.to_vec(), &keys, by);
    assert_eq!(
        put(&linked(1, &[link(REGION, 1, &[&next], &next)], &next)),
        Some(malformed)
    );
    assert_eq!(
        put(&linked(1, &[link(REGION, 2, &[&next], &admin)], &next)),
        Some(malformed)
    );
    assert_eq!(
        put(&linked(1, std::slice::from_ref(&one), &admin)),
        Some(malformed)
    );
    assert_eq!(
        put(&linked(1, std::slice::from_ref(&two), &last)),
        Some(malformed)
    );
    assert_eq!(put(&linked(5, &[one.clone(), two.clone()], &last)), None);
    // The same again is no error: an answer may have been lost.
    assert_eq!(put(&linked(5, &[one.clone(), two.clone()], &last)), None);
    assert_eq!(
        put(&linked(5, &[one.clone(), two.clone()], &nobody)),
        Some(RefusalCode::RosterBehind)
    );
    assert_eq!(
        put(&linked(4, &[one.clone(), two.clone()], &last)),
        Some(RefusalCode::RosterBehind)
    );
    // Whom a link left out does not come back with a high number.
    assert_eq!(put(&plain(99, &admin)), Some(RefusalCode::RosterBehind));
    assert_eq!(
        put(&linked(99, std::slice::from_ref(&one), &next)),
        Some(RefusalCode::RosterBehind)
    );
    let usurped = link(REGION, 1, &[&admin], &admin);
    assert_eq!(
        put(&linked(99, &[usurped], &admin)),
        Some(RefusalCode::RosterBehind)
    );
    assert_eq!(put(&linked(6, &[one, two], &nobody)), None);
}

#[test]
fn a_roster_outlives_a_restart_and_any_device_gives_it_to_an_emptied_relay() {
    let (mut relay, devices) = Running::with_devices(&config(), 2);
    let record = devices[1].get("roster").bytes().expect("roster").to_vec();
    relay.stop();
    let again = Running::start_in(&config(), relay.data.clone());
    let mut device = Device::new(&again.base, 0);
    device.enter(REGION).expect("token");
    let emptied = Running::start(&config());
    let mut device = Device::new(&emptied.base, 1);
    assert_eq!(device.enter(REGION), Err(RefusalCode::NotOnRoster));
    assert_eq!(
        device.put("roster", crate::device::RECORD, record).status(),
        200
    );
    device.enter(REGION).expect("token");
}
