//! Who is let in is told to the relay: at once, and until it has answered.

use crate::drive::Driver;
use crate::model::Model;
use crate::office::Office;
use radrum_sync::{Event, KnownRoster, Problem, Refused};
use radrum_wire::relay::RefusalCode;

/// The model knows the number of a roster by its length.
fn roster(number: u64) -> Option<KnownRoster> {
    let record = vec![0; usize::try_from(number).expect("short")];
    Some(KnownRoster { number, record })
}

const fn say(code: RefusalCode) -> Refused {
    Refused {
        code,
        retry_after_s: None,
    }
}

fn puts(driver: &Driver) -> usize {
    let names = driver.names();
    names.iter().filter(|name| **name == "put roster").count()
}

#[test]
fn an_emptied_relay_gets_the_roster_back_from_whoever_has_it() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    office.roster = roster(3);
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    assert_eq!((model.roster, puts(&driver)), (3, 1));
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(puts(&driver), 1);
    model.empty();
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!((model.roster, puts(&driver)), (3, 2));
}

#[test]
fn a_roster_that_is_signed_while_any_request_is_under_way_is_given_at_once() {
    let names = [
        "challenge",
        "put roster",
        "token",
        "state",
        "push",
        "put slot",
    ];
    for name in names {
        let (mut office, mut model) = (Office::new(1), Model::new());
        office.write_many(3);
        office.roster = roster(1);
        let mut driver = Driver::new(&office);
        driver.meanwhile = roster(2).map(|roster| (name, roster));
        driver.start(&mut office, &mut model);
        assert_eq!(driver.meanwhile, None, "{name} was asked");
        assert_eq!(model.roster, 2, "signed during {name}");
        assert_eq!(driver.status().problem, None);
    }
}

#[test]
fn an_admin_whom_the_relay_does_not_know_yet_gives_what_she_signed_while_she_was_refused() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    let mut driver = Driver::new(&office);
    model.refusals = vec![say(RefusalCode::NotOnRoster)];
    driver.meanwhile = roster(1).map(|roster| ("challenge", roster));
    driver.start(&mut office, &mut model);
    assert_eq!((model.roster, puts(&driver)), (1, 1));
    assert_eq!(driver.status().problem, None);
}

#[test]
fn whoever_waits_to_be_let_in_gives_a_roster_that_comes_by_a_stick_at_once() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    let mut driver = Driver::new(&office);
    model.refusals = vec![say(RefusalCode::NotOnRoster)];
    driver.start(&mut office, &mut model);
    assert_eq!(driver.status().problem, Some(Problem::NotOnRoster));
    office.roster = roster(1);
    driver.tell(Event::Imported, &mut office, &mut model);
    assert_eq!(model.roster, 1);
    assert_eq!(driver.status().problem, None);
}

#[test]
fn a_roster_that_did_not_get_through_is_given_again() {
    for code in [RefusalCode::Unavailable, RefusalCode::TooManyRequests] {
        let (mut office, mut model) = (Office::new(1), Model::new());
        let mut driver = Driver::new(&office);
        driver.start(&mut office, &mut model);
        model.refusals = vec![say(code)];
        office.roster = roster(1);
        driver.tell(Event::Written, &mut office, &mut model);
        assert_eq!(model.roster, 0);
        driver.pass(&mut office, &mut model);
        assert_eq!(model.roster, 1, "after {code:?}");
    }
}

#[test]
fn a_roster_whose_answer_is_lost_is_given_again_and_holds_nothing_up_for_ever() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    office.roster = roster(1);
    model.swallows = Some("put roster");
    driver.tell(Event::Written, &mut office, &mut model);
    let mut passes = 0;
    while driver.wait.is_none() {
        driver.pass(&mut office, &mut model);
        passes += 1;
        assert!(passes < 10, "everything else goes on");
    }
    let lost = puts(&driver);
    assert!((2..=8).contains(&lost), "{lost} times");
    model.swallows = None;
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(model.roster, 1);
}

#[test]
fn a_roster_that_was_under_way_when_the_computer_slept_is_given_again() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    office.roster = roster(1);
    driver.relay.handle(Event::Written, driver.now, &mut office);
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(model.roster, 1);
}

#[test]
fn a_roster_that_the_relay_does_not_take_is_not_given_twice() {
    for code in [
        RefusalCode::RosterBehind,
        RefusalCode::Malformed,
        RefusalCode::NotFound,
        RefusalCode::Unauthorized,
    ] {
        let (mut office, mut model) = (Office::new(1), Model::new());
        let mut driver = Driver::new(&office);
        driver.start(&mut office, &mut model);
        model.refusals = vec![say(code)];
        office.roster = roster(1);
        driver.tell(Event::Written, &mut office, &mut model);
        driver.tell(Event::Resumed, &mut office, &mut model);
        driver.pass(&mut office, &mut model);
        assert_eq!((model.roster, puts(&driver)), (0, 1), "{code:?}");
    }
}
