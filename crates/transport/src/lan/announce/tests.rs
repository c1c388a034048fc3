use super::{Announcement, Heard, domain, heard};
use mdns_sd::{ServiceEvent, ServiceInfo};
use radrum_wire::lan::{TAG_KEY, tag};
use radrum_wire::{AuthKey, LanName, RegionId};
use std::net::SocketAddr;

const REGION: RegionId = RegionId::from_bytes(*b"\xf1regionregionreg");
const OTHER: RegionId = RegionId::from_bytes([9; 16]);

fn announcement(region: RegionId) -> Announcement {
    Announcement {
        region,
        instance: LanName::from_bytes([0xa1; 16]),
        computer: LanName::from_bytes([0xb2; 16]),
        port: 47_110,
    }
}

/// What another device makes of it, at that address.
fn resolved(info: &ServiceInfo, address: &str) -> ServiceEvent {
    let fields: Vec<(&str, &str)> = info
        .get_properties()
        .iter()
        .map(|field| (field.key(), field.val_str()))
        .collect();
    let name = info.get_fullname().split('.').next().expect("name");
    let (host, port) = (info.get_hostname(), info.get_port());
    let told = ServiceInfo::new(&domain(), name, host, address, port, &fields[..]);
    let told = told.expect("announcement").as_resolved_service();
    ServiceEvent::ServiceResolved(Box::new(told))
}

/// Everything of it that goes on the network: names, port, fields. Addresses are added by the
/// library, and whoever hears a packet sees them anyway.
fn shown(info: &ServiceInfo) -> Vec<u8> {
    let mut shown = Vec::new();
    for text in [info.get_type(), info.get_fullname(), info.get_hostname()] {
        shown.extend_from_slice(text.as_bytes());
    }
    for field in info.get_properties().iter() {
        shown.extend_from_slice(field.key().as_bytes());
        shown.extend_from_slice(field.val().unwrap_or_default());
    }
    shown.extend_from_slice(&info.get_port().to_be_bytes());
    shown
}

#[test]
fn an_announcement_shows_no_krets_no_device_no_log_and_no_name() {
    let info = announcement(REGION).info().expect("info");
    let shown = shown(&info);
    let key = AuthKey::from_bytes([0xc3; 32]);
    let computer = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let mut secrets: Vec<Vec<u8>> = vec![
        REGION.as_bytes()[1..].to_vec(),
        REGION.to_string().into_bytes(),
        key.as_bytes()[..8].to_vec(),
        key.to_string().into_bytes()[..16].to_vec(),
    ];
    let computer = computer.trim();
    if computer.len() > 2 {
        secrets.push(computer.as_bytes().to_vec());
    }
    for secret in secrets {
        let found = shown.windows(secret.len()).any(|part| part == secret);
        assert!(!found, "{}", String::from_utf8_lossy(&secret));
    }
    // And nothing but this.
    let (name, host) = ("a1".repeat(16), "b2".repeat(16));
    assert_eq!(info.get_fullname(), format!("{name}._radrum._tcp.local."));
    assert_eq!(info.get_hostname(), format!("{host}.local."));
    let fields: Vec<(&str, &str)> = info
        .get_properties()
        .iter()
        .map(|field| (field.key(), field.val_str()))
        .collect();
    let told = tag(REGION, LanName::from_bytes([0xa1; 16])).to_string();
    assert_eq!(fields, [(TAG_KEY, told.as_str())]);
}

#[test]
fn a_device_of_the_krets_is_called_and_one_of_another_is_not() {
    let place = SocketAddr::from(([10, 0, 0, 7], 47_110));
    let info = announcement(REGION).info().expect("info");
    let found = heard(REGION, resolved(&info, "10.0.0.7"));
    let instance = LanName::from_bytes([0xa1; 16]);
    assert_eq!(found, Some(Heard::Found(instance, vec![place])));
    assert_eq!(heard(OTHER, resolved(&info, "10.0.0.7")), None);
    let info = announcement(OTHER).info().expect("info");
    assert_eq!(heard(REGION, resolved(&info, "10.0.0.7")), None);
}

#[test]
fn announcements_of_other_programs_and_forged_ones_are_passed_over() {
    let at = "10.0.0.7";
    let good = tag(REGION, LanName::from_bytes([0xa1; 16])).to_string();
    let name = "a1".repeat(16);
    for (name, fields) in [
        ("maja-dator", vec![(TAG_KEY, good.as_str())]),
        (name.as_str(), vec![]),
        (name.as_str(), vec![(TAG_KEY, "")]),
        (name.as_str(), vec![(TAG_KEY, &good[..30])]),
        // Copied beside another name.
        (&"a2".repeat(16), vec![(TAG_KEY, good.as_str())]),
    ] {
        let info = ServiceInfo::new(&domain(), name, "x.local.", (), 1, &fields[..]);
        let event = resolved(&info.expect("info"), at);
        assert_eq!(heard(REGION, event), None, "{name}");
    }
}

#[test]
fn no_more_addresses_of_one_instance_are_called_than_a_computer_has() {
    let info = announcement(REGION).info().expect("info");
    let all: Vec<String> = (1..200).map(|last| format!("10.0.0.{last}")).collect();
    let Some(Heard::Found(_, places)) = heard(REGION, resolved(&info, &all.join(","))) else {
        panic!("not found");
    };
    assert_eq!(places.len(), super::PLACES_MAX);
    // The road listens on IPv4.
    let only = heard(REGION, resolved(&info, "fe80::1"));
    let instance = LanName::from_bytes([0xa1; 16]);
    assert_eq!(only, Some(Heard::Found(instance, Vec::new())));
}

#[test]
fn a_farewell_is_heard() {
    let name = format!("{}.{}", "a1".repeat(16), domain());
    let event = ServiceEvent::ServiceRemoved(domain(), name);
    let instance = LanName::from_bytes([0xa1; 16]);
    assert_eq!(heard(REGION, event), Some(Heard::Gone(instance)));
    let event = ServiceEvent::ServiceRemoved(domain(), format!("skrivare.{}", domain()));
    assert_eq!(heard(REGION, event), None);
}
