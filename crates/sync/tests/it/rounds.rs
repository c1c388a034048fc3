//! Rounds with an honest relay: what is asked, and what it costs.

use crate::drive::Driver;
use crate::model::Model;
use crate::office::{Crash, Office, log};
use radrum_sync::{Event, Host as _, Phase, Problem, Refused, Request};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{Envelope, Head};

/// A relay with `count` entries of each of the logs.
fn filled(logs: &[u8], count: u64) -> Model {
    let mut model = Model::new();
    for number in logs {
        let mut office = Office::new(*number);
        office.write_many(count);
        for bytes in office.entries.values() {
            model.keep(bytes);
        }
    }
    model
}

#[test]
fn a_new_office_follows_the_cursor_and_then_listens() {
    let (mut office, mut model) = (Office::new(1), filled(&[2, 3], 100));
    office.write_many(3);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let expected = [
        "challenge",
        "token",
        "state",
        "pull",
        "push",
        "state",
        "put slot",
        "wait",
    ];
    // 203 entries of 661 bytes are one pull; the slots of others are fetched in due time.
    assert_eq!(driver.names()[..7], expected[..7]);
    assert_eq!(office.holdings.heads(), model.holdings.heads());
    assert_eq!(office.memory.cursor, 203);
    let status = driver.status();
    assert_eq!(
        (status.phase, status.waiting, status.problem),
        (Phase::UpToDate, 0, None)
    );
    assert_eq!(status.fetched_at.is_some(), driver.wait.is_some());
}

#[test]
fn an_edit_costs_one_push_and_is_not_fetched_back() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 10));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    driver.requests.clear();
    office.write(99);
    driver.tell(Event::Written, &mut office, &mut model);
    assert_eq!(driver.names(), ["push", "wait"]);
    assert_eq!(office.memory.cursor, 11);
    assert_eq!(driver.status().waiting, 0);
}

#[test]
fn news_wakes_an_office_and_costs_one_pull() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 10));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    driver.requests.clear();
    let mut other = Office::new(3);
    other.write(1);
    model.keep(other.entries.values().next().expect("entry"));
    driver.wake(&mut office, &mut model);
    assert_eq!(driver.names(), ["pull", "wait"]);
    assert_eq!(office.holdings.heads(), model.holdings.heads());
}

#[test]
fn a_pull_in_many_parts_stays_under_its_limit_and_moves_the_cursor_with_each() {
    let (mut office, mut model) = (Office::new(1), filled(&[2, 3, 4], 3_000));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    assert_eq!(office.holdings.heads(), model.holdings.heads());
    assert!(
        driver
            .names()
            .iter()
            .filter(|name| **name == "pull")
            .count()
            >= 5
    );
    assert!(
        office.largest_batch <= 1024 * 1024,
        "{}",
        office.largest_batch
    );
}

#[test]
fn an_emptied_relay_is_filled_again_and_nothing_is_fetched() {
    let (mut office, mut model) = (Office::new(1), filled(&[2, 3], 400));
    office.write_many(5);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    model.empty();
    model.pulled_bytes = 0;
    driver.requests.clear();
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(model.holdings.heads(), office.holdings.heads());
    assert_eq!(model.pulled_bytes, 0);
    assert_eq!(office.memory.cursor, 805);
    // The own log is the first that the relay gets.
    assert_eq!(model.entries[0].0.log, log(1));
    assert_eq!(driver.status().problem, Some(Problem::RelayBehind));
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(driver.status().problem, None);
}

#[test]
fn a_relay_is_filled_again_in_the_order_in_which_entries_came_own_ones_first() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    let mut others = [Office::new(3), Office::new(2), Office::new(4)];
    let mut came = Vec::new();
    for round in 0..200 {
        for other in &mut others {
            other.write(round);
            let (head, bytes) = other.entries.last_key_value().expect("entry");
            office.take(&[Envelope::decode(bytes).expect("entry")]);
            came.push(*head);
        }
    }
    office.write_many(5);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let there: Vec<Head> = model.entries.iter().map(|(head, _)| *head).collect();
    assert!(there[..5].iter().all(|head| head.log == log(1)));
    assert_eq!(there[5..], came);
}

#[test]
fn an_emptied_relay_that_another_office_has_filled_costs_heads_and_not_everything_again() {
    let (mut office, mut model) = (Office::new(1), filled(&[2, 3], 400));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let mut other = filled(&[4, 2, 3], 400);
    other.store = 9;
    driver.tell(Event::Resumed, &mut office, &mut other);
    assert_eq!(office.holdings.heads(), other.holdings.heads());
    assert!(other.pulled_bytes < 401 * 661, "{}", other.pulled_bytes);
    assert_eq!(other.pushed_bytes, 0);
    assert_eq!(office.memory.cursor, other.cursor());
}

#[test]
fn a_cursor_that_is_taken_over_after_a_comparison_is_the_one_from_before_it() {
    let (mut office, mut model) = (Office::new(1), filled(&[2, 3], 40));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let mut other = filled(&[2, 3, 4], 40);
    other.store = 9;
    other.withheld = Some(log(4));
    driver.tell(Event::Resumed, &mut office, &mut other);
    assert_eq!(office.memory.cursor, 120);
    assert_eq!(driver.status().problem, Some(Problem::RelayWithholds));
}

#[test]
fn heads_that_are_older_than_the_state_move_no_cursor_past_what_was_not_fetched() {
    let (mut office, mut model) = (Office::new(1), filled(&[2, 3], 40));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let mut other = filled(&[2, 3, 4], 40);
    other.store = 9;
    other.old_heads = Some(model.holdings.heads());
    driver.tell(Event::Resumed, &mut office, &mut other);
    assert_eq!(office.holdings.heads(), other.holdings.heads());
    assert_eq!(office.memory.cursor, 120);
}

#[test]
fn a_relay_that_went_back_gets_what_it_lost_also_what_it_had_confirmed() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 10));
    office.write_many(10);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    assert_eq!(driver.status().waiting, 0);
    model.roll_back(4);
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(driver.status().problem, Some(Problem::RelayBehind));
    assert_eq!(model.holdings.heads(), office.holdings.heads());
    assert_eq!(office.memory.cursor, model.cursor());
}

#[test]
fn a_relay_that_went_back_and_grew_past_the_cursor_is_noticed_by_its_digest() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 10));
    office.write_many(10);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    model.roll_back(10);
    for bytes in filled(&[5], 40).entries {
        model.keep(&bytes.1);
    }
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(model.holdings.heads(), office.holdings.heads());
    assert_eq!(model.position(log(1)), 10);
}

#[test]
fn a_crash_between_entries_and_cursor_costs_the_same_batch_again_and_nothing_else() {
    for crash in [Crash::Before, Crash::Between] {
        let (mut office, mut model) = (Office::new(1), filled(&[2], 50));
        let mut driver = Driver::new(&office);
        office.crash = Some(crash);
        // The first store is of the relay's name.
        driver.start(&mut office, &mut model);
        driver.pass(&mut office, &mut model);
        model.refusals.clear();
        office.crash = Some(crash);
        for bytes in filled(&[3], 50).entries {
            model.keep(&bytes.1);
        }
        driver.wake(&mut office, &mut model);
        assert_eq!(driver.status().problem, Some(Problem::StoreAway));
        let mut again = Driver::new(&office);
        again.start(&mut office, &mut model);
        assert_eq!(office.holdings.heads(), model.holdings.heads());
        assert_eq!(office.memory.cursor, 100);
    }
}

#[test]
fn what_came_by_stick_is_passed_on_to_the_relay() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 10));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let stick = filled(&[6], 5);
    for (_, bytes) in &stick.entries {
        let envelope = radrum_wire::Envelope::decode(bytes).expect("envelope");
        office.take(&[envelope]);
    }
    driver.tell(Event::Imported, &mut office, &mut model);
    assert_eq!(model.position(log(6)), 5);
    assert_eq!(office.holdings.heads(), model.holdings.heads());
}

#[test]
fn both_branches_of_a_fork_reach_the_relay_and_everyone_else() {
    let mut one = Office::new(1);
    one.write_many(20);
    let mut copy = one.clone();
    for salt in 100..130 {
        one.write(salt);
        copy.write(salt + 1_000);
    }
    copy.write(3);
    let (mut model, mut third) = (Model::new(), Office::new(2));
    for _ in 0..2 {
        for office in [&mut one, &mut copy, &mut third] {
            let mut driver = Driver::new(office);
            driver.start(office, &mut model);
        }
    }
    assert_eq!(model.entries.len(), 20 + 30 + 31);
    assert_eq!(third.holdings.heads().as_slice().len(), 2);
    for office in [&one, &copy, &third] {
        assert_eq!(office.holdings.heads(), model.holdings.heads());
    }
    assert_eq!(
        third.holdings.forks().next(),
        Some((log(1), radrum_wire::Seq(21)))
    );
}

#[test]
fn an_erased_entry_is_not_sent_and_what_follows_it_is_not_sent_at_every_round() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 40));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    office.stubs = office
        .entries
        .keys()
        .filter(|head| head.seq.0 == 7)
        .copied()
        .collect();
    model.empty();
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(model.entries.len(), 39);
    // Whether the relay has lost the rest or shows a gap is known after one more comparison.
    office.write(77);
    driver.tell(Event::Written, &mut office, &mut model);
    driver.tell(Event::Resumed, &mut office, &mut model);
    let pushed = model.pushed_bytes;
    for salt in 0..5 {
        office.write(salt);
        driver.tell(Event::Written, &mut office, &mut model);
        driver.tell(Event::Resumed, &mut office, &mut model);
    }
    assert_eq!(model.pushed_bytes - pushed, 5 * 661);
    assert_eq!(driver.status().waiting, 0);
}

#[test]
fn a_relay_is_asked_once_to_keep_stubs_only_also_one_that_cannot() {
    let entries = filled(&[2], 2).holdings.heads();
    for code in [
        None,
        Some(RefusalCode::NotFound),
        Some(RefusalCode::Unavailable),
    ] {
        let (mut office, mut model) = (Office::new(1), filled(&[2], 3));
        let mut driver = Driver::new(&office);
        driver.start(&mut office, &mut model);
        office.erased = Some(entries.clone());
        model.refusals.extend(code.map(|code| Refused {
            code,
            retry_after_s: None,
        }));
        driver.tell(Event::Resumed, &mut office, &mut model);
        driver.pass(&mut office, &mut model);
        driver.tell(Event::Resumed, &mut office, &mut model);
        assert_eq!(office.erased, None, "{code:?}");
        assert!(model.dropped.len() <= 1);
        assert_eq!(driver.status().phase, Phase::UpToDate);
    }
}

#[test]
fn a_relay_keeps_no_stub_before_it_has_the_erasure_that_says_why() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    office.write_many(3);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    // The erasure is written, and the relay takes nothing more in this hour.
    office.erased = Some(model.holdings.heads());
    model.refusals = vec![Refused {
        code: RefusalCode::QuotaExceeded,
        retry_after_s: Some(3_600),
    }];
    office.write(4);
    driver.tell(Event::Written, &mut office, &mut model);
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!((model.entries.len(), model.dropped.len()), (3, 0));
    driver.now.0 += 3_700_000;
    driver.wake(&mut office, &mut model);
    assert_eq!((model.entries.len(), model.dropped.len()), (4, 1));
    assert_eq!(office.erased, None);
}

#[test]
fn a_heartbeat_that_was_lost_is_put_again_in_a_minute_and_not_in_a_day() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 3));
    let mut driver = Driver::new(&office);
    model.swallows = Some("put slot");
    driver.start(&mut office, &mut model);
    assert_eq!(model.slots.len(), 0);
    model.swallows = None;
    driver.pass(&mut office, &mut model);
    assert!(driver.wait.is_some(), "the line is free again");
    let puts = |driver: &Driver| driver.names().iter().filter(|n| **n == "put slot").count();
    assert_eq!(puts(&driver), 1, "not at once");
    driver.now.0 += 60_000;
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!((puts(&driver), model.slots.len()), (2, 1));
    driver.now.0 += 3_600_000;
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(puts(&driver), 2);
}

#[test]
fn slots_that_somebody_waits_for_are_fetched_again_when_their_answer_was_lost() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 3));
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    driver.requests.clear();
    driver.now.0 += 3_600_000;
    model.swallows = Some("slots");
    driver.tell(Event::SlotsWanted, &mut office, &mut model);
    model.swallows = None;
    driver.now.0 += 60_000;
    driver.tell(Event::Alarm, &mut office, &mut model);
    let asked = driver.names().iter().filter(|n| **n == "slots").count();
    assert_eq!(asked, 2);
}

#[test]
fn slots_are_fetched_when_somebody_looks_and_at_most_once_a_minute() {
    let (mut office, mut model) = (Office::new(1), filled(&[2], 3));
    let mut other = Office::new(2);
    let slot = other.heartbeat().expect("slot").expect("slot");
    model.slots.insert(slot.log, slot.envelope);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    for _ in 0..5 {
        driver.tell(Event::SlotsWanted, &mut office, &mut model);
    }
    assert!(office.slots.contains_key(&log(2)));
    let count = driver
        .names()
        .iter()
        .filter(|name| **name == "slots")
        .count();
    assert!(count <= 2, "{count}");
}

#[test]
fn the_same_events_give_the_same_actions() {
    let run = || {
        let (mut office, mut model) = (Office::new(1), filled(&[2, 3], 30));
        office.write_many(4);
        let mut driver = Driver::new(&office);
        driver.start(&mut office, &mut model);
        model.roll_back(10);
        driver.tell(Event::Resumed, &mut office, &mut model);
        driver
            .requests
            .into_iter()
            .map(|(request, _)| request)
            .collect::<Vec<Request>>()
    };
    assert_eq!(run(), run());
}
