//! Two devices on one network.

use crate::office::{Office, REGION, envelope, log};
use proptest::prelude::*;
use radrum_sync::{Ending, Host as _, Instant, Message, Peer, PeerAction, PeerEvent};
use radrum_wire::{AuthKey, Digest, EntryHash, Head, Heads, Range, Ranges, RegionId, Seq};
use std::collections::VecDeque;

const KEY: AuthKey = AuthKey::from_bytes([8; 32]);
const NOW: Instant = Instant(1_800_000_000_000);

struct Met {
    endings: [Option<Ending>; 2],
    messages: usize,
    bytes: usize,
    largest: usize,
}

fn met(one: &mut Office, other: &mut Office, lost_after: usize) -> Met {
    let mut peers = [Peer::new(REGION), Peer::new(REGION)];
    let mut events: VecDeque<(usize, PeerEvent)> = VecDeque::new();
    events.extend([(0, PeerEvent::Opened(KEY)), (1, PeerEvent::Opened(KEY))]);
    let mut met = Met {
        endings: [None; 2],
        messages: 0,
        bytes: 0,
        largest: 0,
    };
    while let Some((side, event)) = events.pop_front() {
        let host = if side == 0 { &mut *one } else { &mut *other };
        for action in peers[side].handle(event, NOW, host) {
            match action {
                PeerAction::Send(message) => {
                    met.messages += 1;
                    met.bytes += message.len();
                    met.largest = met.largest.max(message.len());
                    assert!(met.messages < 10_000, "the round does not end");
                    let event = if met.messages > lost_after {
                        PeerEvent::Lost
                    } else {
                        PeerEvent::Received(message)
                    };
                    events.push_back((1 - side, event));
                }
                PeerAction::Alarm(_) => {}
                PeerAction::Close(ending) => met.endings[side] = Some(ending),
            }
        }
    }
    met
}

/// A round that may go wrong.
pub fn try_to_meet(one: &mut Office, other: &mut Office) {
    met(one, other, usize::MAX);
}

/// A whole round.
pub fn meet(one: &mut Office, other: &mut Office) {
    let met = met(one, other, usize::MAX);
    assert_eq!(met.endings, [Some(Ending::Complete); 2]);
}

#[test]
fn two_devices_have_the_same_after_one_round() {
    let (mut one, mut other) = (Office::new(1), Office::new(2));
    one.write_many(3_000);
    other.write_many(2);
    let met = met(&mut one, &mut other, usize::MAX);
    assert_eq!(met.endings, [Some(Ending::Complete); 2]);
    assert_eq!(one.entries, other.entries);
    assert!(met.largest <= 1024 * 1024 + 5);
    assert!(met.bytes < 3_002 * 661 + 2_000, "{}", met.bytes);
}

#[test]
fn two_devices_with_the_same_say_four_short_things() {
    let (mut one, mut other) = (Office::new(1), Office::new(2));
    one.write_many(20);
    meet(&mut one, &mut other);
    let met = met(&mut one, &mut other, usize::MAX);
    assert_eq!((met.messages, met.bytes), (4, 2 * 49 + 2));
}

#[test]
fn a_deep_fork_is_found_in_few_questions_and_both_branches_go_both_ways() {
    let mut one = Office::new(1);
    one.write_many(500);
    let mut other = one.clone();
    for salt in 0..400 {
        one.write(1_000 + salt);
        other.write(2_000 + salt);
    }
    one.write(1);
    let met = met(&mut one, &mut other, usize::MAX);
    assert_eq!(one.entries, other.entries);
    assert_eq!(one.entries.len(), 500 + 801);
    assert_eq!(one.holdings, other.holdings);
    assert!(met.messages < 40, "{}", met.messages);
}

#[test]
fn a_round_that_breaks_keeps_what_came_and_the_next_goes_on_there() {
    for lost_after in 0..12 {
        let (mut one, mut other) = (Office::new(1), Office::new(2));
        one.write_many(2_000);
        other.write_many(2_000);
        met(&mut one, &mut other, lost_after);
        let held = one.entries.len();
        assert!(lost_after < 8 || held > 2_000, "{lost_after}: {held}");
        meet(&mut one, &mut other);
        assert_eq!(one.entries, other.entries);
    }
}

#[test]
fn a_stranger_and_another_krets_are_not_spoken_to() {
    let mut office = Office::new(1);
    office.strangers.insert(KEY);
    let mut peer = Peer::new(REGION);
    let actions = peer.handle(PeerEvent::Opened(KEY), NOW, &mut office);
    assert_eq!(actions, [PeerAction::Close(Ending::Stranger)]);
    office.strangers.clear();
    let mut peer = Peer::new(RegionId::EXAMPLE);
    let actions = peer.handle(PeerEvent::Opened(KEY), NOW, &mut office);
    assert_eq!(actions, [PeerAction::Close(Ending::Stranger)]);
    let mut peer = Peer::new(REGION);
    peer.handle(PeerEvent::Opened(KEY), NOW, &mut office);
    let hello = Message::Hello(RegionId::from_bytes([1; 16]), Digest::from_bytes([0; 32]));
    let event = PeerEvent::Received(hello.encode().expect("hello"));
    let actions = peer.handle(event, NOW, &mut office);
    assert_eq!(actions, [PeerAction::Close(Ending::Stranger)]);
}

#[test]
fn a_silent_peer_is_given_up_after_a_minute() {
    let mut office = Office::new(1);
    let mut peer = Peer::new(REGION);
    let actions = peer.handle(PeerEvent::Opened(KEY), NOW, &mut office);
    assert_eq!(actions.last(), Some(&PeerAction::Alarm(60_000)));
    let actions = peer.handle(PeerEvent::Alarm, Instant(NOW.0 + 60_000), &mut office);
    assert_eq!(actions, [PeerAction::Close(Ending::Lost)]);
}

#[test]
fn a_question_for_everything_there_could_be_costs_what_is_there() {
    let mut office = Office::new(1);
    office.write_many(5);
    let mut peer = Peer::new(REGION);
    peer.handle(PeerEvent::Opened(KEY), NOW, &mut office);
    let last = Seq(i64::MAX.unsigned_abs());
    let all = (0..200).map(|n| Range {
        log: log(n),
        first: Seq(1),
        last,
    });
    let ask = Message::Ask(Ranges(all.collect())).encode().expect("ask");
    let actions = peer.handle(PeerEvent::Received(ask), NOW, &mut office);
    let PeerAction::Send(frames) = &actions[0] else {
        panic!("{actions:?}")
    };
    assert_eq!(frames.len(), 1 + 5 * 661);
}

fn message() -> impl Strategy<Value = Vec<u8>> {
    let head = (0_u8..4, 1_u64..9, 0_u8..3).prop_map(|(number, seq, hash)| Head {
        log: log(number),
        seq: Seq(seq),
        hash: EntryHash::from_bytes([hash; 32]),
    });
    let range = (0_u8..4, 1_u64..9, 0_u64..u64::MAX / 4).prop_map(|(number, first, more)| Range {
        log: log(number),
        first: Seq(first),
        last: Seq(first + more),
    });
    let entry = (1_u64..9, 0_u64..3).prop_map(|(seq, salt)| {
        let mut frame = 657_u32.to_be_bytes().to_vec();
        frame.extend(envelope(
            1,
            log(3),
            seq,
            EntryHash::from_bytes([0; 32]),
            salt,
        ));
        frame
    });
    let made = prop_oneof![
        (any::<u8>()).prop_map(|n| Message::Hello(REGION, Digest::from_bytes([n; 32]))),
        proptest::collection::vec(head, 0..5).prop_map(|heads| Message::Heads(Heads::new(heads))),
        proptest::collection::btree_set(range, 0..5)
            .prop_map(|ranges| Message::Ask(Ranges(ranges.into_iter().collect()))),
        proptest::collection::vec(entry, 0..4).prop_map(|all| Message::Frames(all.concat())),
        Just(Message::Done),
    ];
    prop_oneof![
        4 => made.prop_map(|message| message.encode().expect("message")),
        1 => proptest::collection::vec(any::<u8>(), 0..80),
    ]
}

proptest! {
    #[test]
    fn a_peer_may_say_what_it_likes(messages in proptest::collection::vec(message(), 0..30)) {
        let mut office = Office::new(1);
        office.write_many(3);
        let mut peer = Peer::new(REGION);
        peer.handle(PeerEvent::Opened(KEY), NOW, &mut office);
        let mut closed = false;
        for message in messages {
            let actions = peer.handle(PeerEvent::Received(message), NOW, &mut office);
            let most = if closed { 0 } else { 3 };
            prop_assert!(actions.len() <= most);
            closed |= matches!(actions.last(), Some(PeerAction::Close(_)));
        }
        prop_assert!(office.is_member(KEY) && office.entries.len() >= 3);
    }

    #[test]
    fn messages_read_back_as_written(bytes in message()) {
        if let Ok(message) = Message::decode(&bytes) {
            prop_assert_eq!(message.encode(), Ok(bytes));
        }
    }
}
