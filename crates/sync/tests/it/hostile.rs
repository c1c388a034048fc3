//! Relays that lie, and events that make no sense.

use crate::drive::{Driver, machine};
use crate::model::Model;
use crate::office::{Office, REGION, envelope, log};
use proptest::prelude::*;
use radrum_sync::{
    Action, Answer, Event, FramesAnswer, Instant, Phase, Problem, Refused, Request, RequestId,
};
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::relay::{Challenge, Pushed, RefusalCode, RelayState, Token, Woken};
use radrum_wire::{
    Digest, EntryHash, Envelope, Head, Heads, Record as _, RegionId, Seq, write_frame,
};

fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut frame = Vec::new();
    write_frame(&mut frame, bytes).expect("frame");
    frame
}

/// An office that waits, and a relay whose next pull is this body.
fn pulled(frames: Vec<u8>) -> (Office, Driver) {
    let (mut office, mut model) = (Office::new(1), Model::new());
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let id = driver.wait.take().expect("wait");
    let woken = Answer::Woken(Woken { cursor: 9 });
    let actions = driver
        .relay
        .handle(Event::Answered(id, woken), driver.now, &mut office);
    let pull = sent(&actions).expect("pull").0;
    let body = FramesAnswer {
        frames,
        cursor: Some(9),
        more: false,
    };
    let event = Event::Answered(pull, Answer::Frames(body));
    for action in driver.relay.handle(event, driver.now, &mut office) {
        if let Action::Show(status) = action {
            driver.status = Some(status);
        }
    }
    (office, driver)
}

fn sent(actions: &[Action]) -> Option<(RequestId, &Request)> {
    actions.iter().find_map(|action| match action {
        Action::Send { id, request, .. } => Some((*id, request)),
        _ => None,
    })
}

#[test]
fn one_malformed_frame_costs_itself_and_nothing_after_it() {
    let zero = EntryHash::from_bytes([0; 32]);
    let (one, two) = (
        envelope(1, log(2), 1, zero, 1),
        envelope(1, log(3), 1, zero, 2),
    );
    let mut other_krets = one.clone();
    other_krets[1..17].copy_from_slice(&[1; 16]);
    let mut example = one.clone();
    example[1..17].copy_from_slice(RegionId::EXAMPLE.as_bytes());
    let short = [1_u8; 50];
    let mut odd_length = one.clone();
    odd_length.push(0);
    let slot = envelope(0x21, log(4), 1, zero, 3);
    let bodies: Vec<Vec<u8>> = [
        &one[..],
        &other_krets,
        &example,
        &short,
        &odd_length,
        &[],
        &slot,
        &two,
    ]
    .iter()
    .map(|bytes| frame(bytes))
    .collect();
    let (office, driver) = pulled(bodies.concat());
    assert_eq!(office.entries.len(), 2);
    assert_eq!(office.memory.cursor, 9);
    assert_eq!(driver.relay.status(&office).problem, None);
}

#[test]
fn a_body_that_was_cut_off_keeps_its_whole_frames_and_the_cursor_stays() {
    let zero = EntryHash::from_bytes([0; 32]);
    let mut body = frame(&envelope(1, log(2), 1, zero, 1));
    body.extend(frame(&envelope(1, log(3), 1, zero, 1)));
    body.truncate(body.len() - 1);
    let (office, driver) = pulled(body);
    assert_eq!((office.entries.len(), office.memory.cursor), (1, 0));
    assert_eq!(driver.relay.status(&office).phase, Phase::Resting);
}

#[test]
fn a_body_over_the_limit_is_not_looked_at() {
    let (office, driver) = pulled(vec![0; RELAY_BODY_BYTES_MAX + 1]);
    assert_eq!(office.memory.cursor, 0);
    assert_eq!(
        driver.relay.status(&office).problem,
        Some(Problem::RelayOdd)
    );
}

#[test]
fn a_withheld_log_is_named_and_everything_else_goes_on() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    for number in [2, 3] {
        let mut other = Office::new(number);
        other.write_many(5);
        other.entries.values().for_each(|bytes| {
            model.keep(bytes);
        });
    }
    model.withheld = Some(log(2));
    office.write(1);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let status = driver.status();
    assert_eq!(
        (status.problem, status.phase),
        (Some(Problem::RelayWithholds), Phase::UpToDate)
    );
    assert_eq!((office.entries.len(), model.position(log(1))), (6, 1));
    model.withheld = None;
    driver.tell(Event::Resumed, &mut office, &mut model);
    // The digests are those of the comparison before: that holds for some hours.
    assert_eq!(office.entries.len(), 6);
    driver.now.0 += 7 * 3_600_000;
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(office.entries.len(), 11);
    assert_eq!(driver.status().problem, None);
}

#[test]
fn the_cursor_of_a_relay_does_not_pass_what_it_named_and_did_not_give() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    for (number, known) in [(2, 20), (3, 19)] {
        let mut other = Office::new(number);
        other.write_many(20);
        for (head, bytes) in &other.entries {
            model.keep(bytes);
            if head.seq.0 <= known {
                // It came by a stick.
                office.take(&[Envelope::decode(bytes).expect("envelope")]);
            }
        }
    }
    model.empty_ranges = 1;
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let asked = driver.names();
    let at = |name: &str| asked.iter().position(|asked| *asked == name);
    assert!(at("heads") < at("ranges") && at("ranges") < at("pull"));
    assert_eq!((office.entries.len(), office.memory.cursor), (40, 40));
}

#[test]
fn heads_of_logs_that_nobody_wrote_end_no_round_and_stop_no_entry() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    office.write_many(4);
    // Another device has pushed a longer branch of our own log that no one signed.
    let mut forged = Office::new(1);
    for salt in 50..90 {
        forged.write(salt);
    }
    forged.entries.values().for_each(|bytes| {
        model.keep(bytes);
    });
    model.withheld = Some(log(1));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    assert_eq!(model.entries.len(), 44);
    assert_eq!(driver.status().phase, Phase::UpToDate);
}

#[test]
fn a_relay_that_wakes_for_nothing_is_asked_slower_and_slower() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let begin = driver.now;
    for _ in 0..40 {
        if driver.wait.is_some() {
            driver.wake(&mut office, &mut model);
        } else {
            driver.pass(&mut office, &mut model);
        }
    }
    assert!(driver.now.0 - begin.0 > 10 * 60_000);
}

#[test]
fn a_cursor_that_goes_back_or_stands_is_no_reason_to_ask_without_end() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let mut asked = 0;
    let mut event = Event::Resumed;
    for _ in 0..200 {
        let actions = driver.relay.handle(event, driver.now, &mut office);
        let Some((id, request)) = sent(&actions) else {
            break;
        };
        asked += 1;
        let answer = match request {
            Request::State => Answer::State(RelayState {
                cursor: 50,
                store: Digest::from_bytes([1; 32]),
                digest: Digest::from_bytes([9; 32]),
                roster: 0,
            }),
            Request::Pull { .. } => Answer::Frames(FramesAnswer {
                frames: Vec::new(),
                cursor: Some(0),
                more: true,
            }),
            other => model.answer(other),
        };
        event = Event::Answered(id, answer);
    }
    assert!(asked < 10, "{asked}");
}

fn code() -> impl Strategy<Value = RefusalCode> {
    prop_oneof![
        Just(RefusalCode::Malformed),
        Just(RefusalCode::Unauthorized),
        Just(RefusalCode::NotOnRoster),
        Just(RefusalCode::Example),
        Just(RefusalCode::UnknownRegion),
        Just(RefusalCode::NotFound),
        Just(RefusalCode::RosterBehind),
        Just(RefusalCode::TooLarge),
        Just(RefusalCode::TooManyRequests),
        Just(RefusalCode::QuotaExceeded),
        Just(RefusalCode::RegionFull),
        Just(RefusalCode::Unavailable),
        Just(RefusalCode::Unknown),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    let digest = || any::<u8>().prop_map(|n| Digest::from_bytes([n % 3; 32]));
    let entry = (0_u8..4, 1_u64..6, 0_u8..3, 0_u64..3).prop_map(|(number, seq, prev, salt)| {
        frame(&envelope(
            1,
            log(number),
            seq,
            EntryHash::from_bytes([prev; 32]),
            salt,
        ))
    });
    let frames = prop_oneof![
        proptest::collection::vec(entry, 0..6).prop_map(|all| all.concat()),
        proptest::collection::vec(any::<u8>(), 0..200),
    ];
    let head = (0_u8..4, 1_u64..u64::MAX / 2, 0_u8..3).prop_map(|(number, seq, hash)| Head {
        log: log(number),
        seq: Seq(seq),
        hash: EntryHash::from_bytes([hash; 32]),
    });
    let heads = proptest::collection::vec(head, 0..6)
        .prop_map(|heads| Heads::new(heads).encode_record().expect("heads"));
    let cursor = prop_oneof![0_u64..20, Just(u64::MAX)];
    prop_oneof![
        (digest(), digest())
            .prop_map(|(relay, challenge)| Answer::Challenge(Challenge { relay, challenge })),
        Just(Answer::Token(Token {
            token: "t".into(),
            lifetime_s: 1
        })),
        (cursor.clone(), digest(), digest(), any::<u64>()).prop_map(
            |(cursor, store, digest, roster)| Answer::State(RelayState {
                cursor,
                store,
                digest,
                roster
            })
        ),
        (frames, proptest::option::of(cursor.clone()), any::<bool>()).prop_map(
            |(frames, cursor, more)| Answer::Frames(FramesAnswer {
                frames,
                cursor,
                more
            })
        ),
        (any::<u32>(), any::<u32>(), cursor.clone()).prop_map(|(stored, known, cursor)| {
            Answer::Pushed(Pushed {
                stored,
                known,
                cursor,
            })
        }),
        heads.prop_map(Answer::Heads),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Answer::Heads),
        cursor.prop_map(|cursor| Answer::Woken(Woken { cursor })),
        Just(Answer::Done),
        (code(), proptest::option::of(any::<u64>())).prop_map(|(code, retry_after_s)| {
            Answer::Refused(Refused {
                code,
                retry_after_s,
            })
        }),
        Just(Answer::Lost),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    /// To the open request, whatever it was.
    Answer(Answer),
    /// To the open request, as an honest relay.
    Honest,
    Event(Event),
    Write,
    Clock(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let event = prop_oneof![
        Just(Event::Started),
        Just(Event::Alarm),
        Just(Event::Resumed),
        Just(Event::Written),
        Just(Event::Imported),
        Just(Event::SlotsWanted),
        Just(Event::Stopped),
        (any::<u64>(), answer()).prop_map(|(id, answer)| Event::Answered(RequestId(id), answer)),
    ];
    prop_oneof![
        6 => answer().prop_map(Step::Answer),
        6 => Just(Step::Honest),
        3 => event.prop_map(Step::Event),
        1 => Just(Step::Write),
        2 => any::<i64>().prop_map(Step::Clock),
        2 => (0_i64..2_000_000).prop_map(Step::Clock),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_sequence_of_events_gives_few_actions_and_bodies_within_limits(
        steps in proptest::collection::vec(step(), 0..120)
    ) {
        let (mut office, mut model) = (Office::new(1), Model::new());
        office.write_many(3);
        let mut relay = machine(&office, 3);
        let mut now = Instant(0);
        let mut open: Option<(RequestId, Request)> = None;
        for step in std::iter::once(Step::Event(Event::Started)).chain(steps) {
            let event = match (step, open.clone()) {
                (Step::Event(event), _) => event,
                (Step::Answer(answer), Some((id, _))) => Event::Answered(id, answer),
                (Step::Honest, Some((id, request))) => Event::Answered(id, model.answer(&request)),
                (Step::Write, _) => { office.write(7); Event::Written }
                (Step::Clock(by), _) => { now.0 = now.0.wrapping_add(by); Event::Alarm }
                _ => Event::Alarm,
            };
            if matches!(&event, Event::Answered(id, _) if open.as_ref().is_some_and(|o| o.0 == *id)) {
                open = None;
            }
            let actions = relay.handle(event, now, &mut office);
            prop_assert!(actions.len() <= 5);
            for action in actions {
                match action {
                    Action::Cancel(id) => {
                        prop_assert_eq!(open.take().map(|open| open.0), Some(id));
                    }
                    Action::Send { id, request, .. } => {
                        if let Request::Push(body) = &request {
                            prop_assert!(!body.is_empty() && body.len() <= RELAY_BODY_BYTES_MAX);
                        }
                        if let Request::Ranges(ranges) = &request {
                            prop_assert!(ranges.encode_record().is_ok());
                            let positions = ranges.0.iter().map(|r| r.last.0 - r.first.0 + 1);
                            prop_assert!(positions.sum::<u64>() <= 1_024);
                        }
                        prop_assert!(open.is_none(), "two requests at once");
                        open = Some((id, request));
                    }
                    Action::Alarm(ms) => prop_assert!((1..=25 * 3_600_000).contains(&ms)),
                    Action::Show(_) => {}
                }
            }
        }
        // Whatever it was told, it recovers with an honest relay.
        prop_assert_eq!(REGION, crate::office::REGION);
        let mut driver = Driver::new(&office);
        driver.relay = relay;
        for _ in 0..4 {
            driver.now = Instant(driver.now.0 + 26 * 3_600_000);
            driver.start(&mut office, &mut model);
        }
        prop_assert_eq!(driver.status().phase, Phase::UpToDate);
        let own = office.holdings.heads();
        let own = own.as_slice().iter().filter(|head| head.log == log(1));
        for head in own {
            prop_assert!(model.known.contains(head), "{:?}", driver.status());
        }
    }
}
