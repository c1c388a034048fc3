//! The table of refusals in FORMAT.md, row by row.

use crate::drive::Driver;
use crate::model::Model;
use crate::office::{Office, log};
use radrum_sync::{Answer, Event, KnownRoster, Phase, Problem, Refused, Request};
use radrum_wire::relay::RefusalCode;

fn say(code: RefusalCode, retry_after_s: Option<u64>) -> Refused {
    Refused {
        code,
        retry_after_s,
    }
}

/// An office that is up to date, with three entries of its own.
fn settled() -> (Office, Model, Driver) {
    let (mut office, mut model) = (Office::new(1), Model::new());
    office.write_many(3);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    driver.requests.clear();
    (office, model, driver)
}

fn write(office: &mut Office, model: &mut Model, driver: &mut Driver, count: u64) {
    office.write_many(count);
    driver.tell(Event::Written, office, model);
}

#[test]
fn a_malformed_entry_is_found_by_halves_and_everything_else_is_sent() {
    let (mut office, mut model, mut driver) = settled();
    for salt in 0..100 {
        office.write(salt);
    }
    let bad = office
        .entries
        .keys()
        .find(|head| head.seq.0 == 60)
        .expect("entry");
    model.malformed.insert(bad.hash);
    driver.tell(Event::Written, &mut office, &mut model);
    assert_eq!(model.entries.len(), 102);
    assert_eq!(driver.status().problem, Some(Problem::EntryRefused));
    assert_eq!(driver.status().phase, Phase::UpToDate);
    // It is not tried again with the next entry.
    driver.requests.clear();
    write(&mut office, &mut model, &mut driver, 1);
    assert_eq!(driver.names(), ["push", "wait"]);
    assert!(office.entries.len() == 104 && model.entries.len() == 103);
}

#[test]
fn a_body_that_is_too_large_is_halved_until_it_fits() {
    let (mut office, mut model, mut driver) = settled();
    model.body_max = 5_000;
    write(&mut office, &mut model, &mut driver, 200);
    assert_eq!(model.position(log(1)), 203);
    assert_eq!(driver.status().problem, None);
}

#[test]
fn a_token_that_has_run_out_is_renewed_and_the_push_repeated() {
    let (mut office, mut model, mut driver) = settled();
    model.refusals = vec![say(RefusalCode::Unauthorized, None)];
    write(&mut office, &mut model, &mut driver, 1);
    assert_eq!(
        driver.names(),
        ["push", "challenge", "token", "push", "wait"]
    );
    assert_eq!(model.position(log(1)), 4);
}

#[test]
fn a_relay_that_believes_no_token_is_left_alone_after_three() {
    let (mut office, mut model, mut driver) = settled();
    let no = say(RefusalCode::Unauthorized, None);
    // The token is refused when it is used, so challenge and token pass between.
    model.refusals = vec![no; 9];
    write(&mut office, &mut model, &mut driver, 1);
    assert_eq!(model.refusals.len(), 6);
    assert_eq!(driver.status().problem, Some(Problem::NotBelieved));
    assert!(driver.alarm_ms >= 10 * 60_000);
    model.refusals.clear();
    driver.pass(&mut office, &mut model);
    assert_eq!(model.position(log(1)), 4);
    assert_eq!(driver.status().problem, None);
}

#[test]
fn a_device_that_is_not_on_the_roster_says_so_and_keeps_what_is_unsent() {
    let (mut office, mut model, mut driver) = settled();
    model.refusals = vec![say(RefusalCode::NotOnRoster, None)];
    write(&mut office, &mut model, &mut driver, 2);
    let status = driver.status();
    assert_eq!(status.problem, Some(Problem::NotOnRoster));
    assert_eq!((status.waiting, status.phase), (2, Phase::Resting));
    // An admin lets it in, and the user presses the button.
    driver.tell(Event::Started, &mut office, &mut model);
    assert_eq!(driver.status().waiting, 0);
}

#[test]
fn a_relay_that_knows_nobody_is_offered_the_roster_before_that_is_said() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    office.roster = Some(KnownRoster {
        number: 2,
        record: vec![0; 2],
    });
    let mut driver = Driver::new(&office);
    model.refusals = vec![say(RefusalCode::NotOnRoster, None)];
    driver.start(&mut office, &mut model);
    assert_eq!(
        driver.names()[..4],
        ["challenge", "put roster", "challenge", "token"]
    );
    assert_eq!(driver.requests[1].1, None);
    assert_eq!(driver.status().problem, None);
}

#[test]
fn a_wrong_address_and_the_example_are_said_and_not_hammered() {
    let (mut office, mut model, mut driver) = settled();
    model.refusals = vec![say(RefusalCode::UnknownRegion, None)];
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(driver.status().problem, Some(Problem::WrongRelay));
    assert!(driver.alarm_ms >= 10 * 60_000);
    driver.tell(Event::Written, &mut office, &mut model);
    assert_eq!(driver.status().phase, Phase::Resting);
    model.refusals = vec![say(RefusalCode::Example, None)];
    driver.tell(Event::Started, &mut office, &mut model);
    assert_eq!(driver.status().problem, Some(Problem::Example));
    assert_eq!(driver.status().phase, Phase::Closed);
}

#[test]
fn a_used_up_quota_stops_sending_and_not_reading() {
    let (mut office, mut model, mut driver) = settled();
    model.refusals = vec![say(RefusalCode::QuotaExceeded, Some(3_600))];
    write(&mut office, &mut model, &mut driver, 2);
    let status = driver.status();
    assert_eq!((status.problem, status.waiting), (Some(Problem::Quota), 2));
    assert!(driver.wait.is_some());
    let mut other = Office::new(2);
    other.write(1);
    model.keep(other.entries.values().next().expect("entry"));
    driver.wake(&mut office, &mut model);
    assert_eq!(office.entries.len(), 6);
    // Writing does not end the pause; time does.
    write(&mut office, &mut model, &mut driver, 1);
    assert_eq!(model.position(log(1)), 3);
    driver.now.0 += 3_700_000;
    driver.wake(&mut office, &mut model);
    assert_eq!(model.position(log(1)), 6);
    assert_eq!(driver.status().problem, None);
}

#[test]
fn a_full_relay_is_told_to_the_user_and_still_read() {
    let (mut office, mut model, mut driver) = settled();
    model.refusals = vec![say(RefusalCode::RegionFull, None)];
    write(&mut office, &mut model, &mut driver, 1);
    assert_eq!(driver.status().problem, Some(Problem::RelayFull));
    assert_eq!(driver.status().phase, Phase::UpToDate);
}

#[test]
fn retry_after_holds_also_for_the_impatient_with_up_to_a_minute_of_jitter() {
    for code in [RefusalCode::TooManyRequests, RefusalCode::Unavailable] {
        let (mut office, mut model, mut driver) = settled();
        model.refusals = vec![say(code, Some(100))];
        write(&mut office, &mut model, &mut driver, 1);
        assert_eq!(driver.status().problem, Some(Problem::Busy));
        assert!(
            (100_000..=160_000).contains(&driver.alarm_ms),
            "{}",
            driver.alarm_ms
        );
        driver.tell(Event::Resumed, &mut office, &mut model);
        driver.tell(Event::Written, &mut office, &mut model);
        assert_eq!(model.position(log(1)), 3);
        driver.pass(&mut office, &mut model);
        assert_eq!(model.position(log(1)), 4);
    }
}

#[test]
fn a_retry_after_of_a_century_is_a_day() {
    let (mut office, mut model, mut driver) = settled();
    model.refusals = vec![say(RefusalCode::Unavailable, Some(u64::MAX))];
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert!(driver.alarm_ms <= 24 * 3_600_000 + 60_000);
}

#[test]
fn without_network_the_waits_grow_and_a_written_word_tries_at_once() {
    let (mut office, _, mut driver) = settled();
    office.write(7);
    let mut waits = Vec::new();
    let mut event = Event::Resumed;
    for _ in 0..20 {
        let actions = driver.relay.handle(event, driver.now, &mut office);
        let sent = actions.iter().find_map(|action| match action {
            radrum_sync::Action::Send { id, .. } => Some(*id),
            _ => None,
        });
        let lost = Event::Answered(sent.expect("a try"), Answer::Lost);
        let actions = driver.relay.handle(lost, driver.now, &mut office);
        let alarm = actions.iter().find_map(|action| match action {
            radrum_sync::Action::Alarm(ms) => Some(*ms),
            _ => None,
        });
        waits.push(alarm.expect("an alarm"));
        event = Event::Written;
    }
    assert!(waits[0] <= 1_000 && waits[19] >= 150_000 && waits.iter().all(|ms| *ms <= 300_000));
    let status = driver.relay.status(&office);
    assert_eq!(
        (status.problem, status.waiting),
        (Some(Problem::NoNetwork), 1)
    );
}

#[test]
fn a_push_that_was_lost_waits_and_is_sent_again_as_the_next_thing() {
    let (mut office, mut model, mut driver) = settled();
    office.write_many(2);
    let actions = driver.relay.handle(Event::Written, driver.now, &mut office);
    let sent = actions.iter().find_map(|action| match action {
        radrum_sync::Action::Send { id, .. } => Some(*id),
        _ => None,
    });
    let lost = Event::Answered(sent.expect("a push"), Answer::Lost);
    driver.tell(lost, &mut office, &mut model);
    let status = driver.status();
    assert_eq!((status.waiting, status.phase), (2, Phase::Resting));
    driver.pass(&mut office, &mut model);
    assert_eq!(driver.names(), ["state", "push", "state", "wait"]);
    assert_eq!(driver.status().waiting, 0);
}

#[test]
fn a_proxy_that_cuts_long_polls_gets_shorter_ones_and_is_no_news() {
    let (mut office, mut model, mut driver) = settled();
    let mut seconds = Vec::new();
    for _ in 0..6 {
        let id = driver.wait.take().expect("a long poll");
        driver.tell(Event::Answered(id, Answer::Lost), &mut office, &mut model);
        assert_eq!(driver.status().problem, None);
        driver.pass(&mut office, &mut model);
        match driver.requests.last() {
            Some((Request::Wait { seconds: s, .. }, _)) => seconds.push(*s),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(seconds, [25, 12, 6, 5, 5, 5]);
}

#[test]
fn every_refusal_to_every_request_leaves_a_machine_that_comes_through_later() {
    use RefusalCode as C;
    let codes = [
        C::Malformed,
        C::Unauthorized,
        C::NotOnRoster,
        C::UnknownRegion,
        C::NotFound,
        C::RosterBehind,
        C::TooLarge,
        C::TooManyRequests,
        C::QuotaExceeded,
        C::RegionFull,
        C::Unavailable,
        C::Unknown,
    ];
    for code in codes {
        for after in 0..9 {
            let (mut office, mut model) = (Office::new(1), Model::new());
            office.write_many(3);
            let mut theirs = Office::new(2);
            theirs.write_many(3);
            theirs.entries.values().for_each(|bytes| {
                model.keep(bytes);
            });
            let mut driver = Driver::new(&office);
            // The n-th request of the first round is refused.
            let mut plan = Vec::new();
            std::mem::swap(&mut plan, &mut model.refusals);
            refuse_nth(&mut driver, &mut office, &mut model, code, after);
            for _ in 0..5 {
                driver.now.0 += 26 * 3_600_000;
                driver.tell(Event::Started, &mut office, &mut model);
            }
            if code != C::Malformed && code != C::TooLarge {
                assert_eq!(model.position(log(1)), 3, "{code:?} {after}");
            }
            assert_eq!(office.entries.len(), 6, "{code:?} {after}");
            assert_eq!(driver.status().phase, Phase::UpToDate, "{code:?} {after}");
        }
    }
}

fn refuse_nth(
    driver: &mut Driver,
    office: &mut Office,
    model: &mut Model,
    code: RefusalCode,
    after: usize,
) {
    let mut events = vec![Event::Started];
    let mut count = 0;
    while let Some(event) = events.pop() {
        for action in driver.relay.handle(event, driver.now, office) {
            let radrum_sync::Action::Send { id, request, .. } = action else {
                continue;
            };
            let answer = if count == after {
                Answer::Refused(say(code, Some(5)))
            } else {
                model.answer(&request)
            };
            count += 1;
            if count <= after + 1 && !matches!(request, Request::Wait { .. }) {
                events.push(Event::Answered(id, answer));
            }
        }
    }
}
