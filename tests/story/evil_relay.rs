//! A relay that lies in twelve ways (threat T3). It has nothing to read; what it does to entries
//! is refused, what it loses or hides is said, and all of it comes when it is honest again or
//! another road is taken.

use anyhow::{Context as _, Result, bail};
use radrum_sync::{
    Action, Answer, Event, FramesAnswer, Host as _, Instant, Memory, Problem, Refused, Relay,
    Request, Status,
};
use radrum_tests::krets::{carry, has, invited_with, member, note, office_with};
use radrum_tests::office::{Office, Start};
use radrum_tests::road::{ByHand, End, by_hand};
use radrum_tests::sim::relay::Model;
use radrum_tests::writers::Writer;
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::relay::{Pushed, RefusalCode};
use radrum_wire::{AuthKey, Kind, Record as _, RegionId, Roster, write_frame};
use serde_json::json;
use std::collections::VecDeque;
use std::path::Path;

/// Requests after which a talk that reaches no rest is ended.
const REQUESTS_MAX: usize = 120;

/// An office whose road a test drives.
struct Seat {
    office: Office,
    end: End,
    machine: Relay,
    now: i64,
}

impl Seat {
    fn new(office: Office, road: &ByHand, seed: u8) -> Result<Self> {
        office.call("set_relays", json!({ "relays": ["https://relay.example"] }))?;
        let region = office.call("road", json!({}))?;
        let region: RegionId = region["region_id"].as_str().context("region")?.parse()?;
        let key = AuthKey::from_bytes([seed; 32]);
        Ok(Self {
            end: road.end()?,
            machine: Relay::new(region, key, Memory::default(), seed.into()),
            office,
            now: 0,
        })
    }

    /// Goes to a relay until there is nothing left to do, or it gives no rest.
    fn talk(&mut self, mut answer: impl FnMut(&Request) -> Answer) -> Result<Status> {
        let mut events = VecDeque::from([Event::Started]);
        let mut asked = 0;
        let mut alarm = 0;
        loop {
            let event = events.pop_front().unwrap_or_else(|| {
                self.now += i64::try_from(alarm).unwrap_or(i64::MAX / 2);
                Event::Alarm
            });
            let now = Instant(self.now);
            for action in self.machine.handle(event, now, &mut self.end.host) {
                match action {
                    Action::Send { id, request, .. } => {
                        asked += 1;
                        if matches!(request, Request::Wait { .. }) || asked > REQUESTS_MAX {
                            return Ok(self.machine.status(&self.end.host));
                        }
                        events.push_back(Event::Answered(id, answer(&request)));
                    }
                    Action::Alarm(ms) => alarm = ms,
                    Action::Show(_) | Action::Cancel(_) => {}
                }
            }
        }
    }

    fn meet(&mut self, relay: &mut Model) -> Result<Status> {
        self.talk(|request| relay.answer(request))
    }

    fn notes(&self) -> Result<usize> {
        let notes = self.office.call("notes", json!({}))?;
        Ok(notes.as_array().context("notes")?.len())
    }
}

/// Dorotea and Sorsele in a krets, at rest with an honest relay.
fn two(home: &Path) -> Result<(Seat, Seat, Model)> {
    let start = |folder: &str| {
        let (road, opener) = by_hand();
        let start = Start {
            opener: Some(opener),
            ..Start::own(&home.join(folder))
        };
        (road, start)
    };
    let (road, first) = start("dorotea");
    let dorotea = office_with(first, "Maja Lundmark", "Dorotea")?;
    dorotea.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let (other_road, second) = start("sorsele");
    let sorsele = invited_with(&dorotea, second, "Anna Öberg", "Sorsele")?;
    let mut dorotea = Seat::new(dorotea, &road, 1)?;
    let mut sorsele = Seat::new(sorsele, &other_road, 2)?;
    let mut relay = Model::default();
    for _ in 0..2 {
        dorotea.meet(&mut relay)?;
        sorsele.meet(&mut relay)?;
    }
    Ok((dorotea, sorsele, relay))
}

/// The frames of an answer, each changed.
fn twisted(answer: Answer, mut twist: impl FnMut(&mut Vec<u8>)) -> Answer {
    let Answer::Frames(of) = answer else {
        return answer;
    };
    let mut frames = Vec::new();
    for frame in radrum_wire::Frames::new(&of.frames).flatten() {
        let mut bytes = frame.bytes().to_vec();
        twist(&mut bytes);
        let _ = write_frame(&mut frames, &bytes);
    }
    Answer::Frames(FramesAnswer { frames, ..of })
}

/// What Sorsele is told, and whether she has the note then.
#[derive(Debug, PartialEq)]
struct Seen {
    problem: Option<Problem>,
    has: bool,
}

/// Dorotea writes a note and gives it to an honest relay, which lies to Sorsele; then it is
/// honest, and she has it, once.
fn lies(
    (dorotea, sorsele, relay): &mut (Seat, Seat, Model),
    mut lie: impl FnMut(&mut Model, &Request) -> Answer,
) -> Result<Seen> {
    let key = note(&dorotea.office, "Skriven i Dorotea", "Ring före nio.")?;
    dorotea.meet(relay)?;
    let mut lying = relay.clone();
    let status = sorsele.talk(|request| lie(&mut lying, request))?;
    let seen = Seen {
        problem: status.problem,
        has: has(&sorsele.office, &key)?,
    };
    sorsele.now += 7 * 3_600_000;
    // What the liar had more than it is filled in first.
    sorsele.meet(relay)?;
    let honest = sorsele.meet(relay)?;
    if honest.problem.is_some() || !has(&sorsele.office, &key)? {
        bail!("after the lie: {honest:?}");
    }
    anyhow::ensure!(sorsele.notes()? == dorotea.notes()?, "not the same notes");
    Ok(seen)
}

fn seen(problem: Option<Problem>, has: bool) -> Seen {
    Seen { problem, has }
}

#[test]
fn entries_that_it_confirms_and_drops_are_sent_again() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (mut dorotea, mut sorsele, mut relay) = two(home.path())?;
    let key = note(&dorotea.office, "Skriven i Dorotea", "Ring före nio.")?;
    let lie = |request: &Request| match request {
        Request::Push(_) => Answer::Pushed(Pushed {
            stored: 1,
            known: 0,
            cursor: relay.cursor(),
        }),
        other => relay.clone().answer(other),
    };
    let status = dorotea.talk(lie)?;
    assert_eq!(status.problem, Some(Problem::RelayBehind));
    dorotea.now += 7 * 3_600_000;
    dorotea.meet(&mut relay)?;
    sorsele.meet(&mut relay)?;
    assert!(has(&sorsele.office, &key)?);
    Ok(())
}

#[test]
fn frames_that_it_cuts_off_are_asked_for_again() -> Result<()> {
    let home = tempfile::tempdir()?;
    let told = lies(&mut two(home.path())?, |relay, request| {
        let mut answer = relay.answer(request);
        if let Answer::Frames(of) = &mut answer {
            of.frames.truncate(of.frames.len() / 2);
        }
        answer
    })?;
    assert_eq!(told, seen(Some(Problem::NoNetwork), false));
    Ok(())
}

#[test]
fn a_text_that_it_changes_is_never_shown() -> Result<()> {
    let home = tempfile::tempdir()?;
    let told = lies(&mut two(home.path())?, |relay, request| {
        twisted(relay.answer(request), |bytes| {
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
        })
    })?;
    assert_eq!(told, seen(Some(Problem::RelayWithholds), false));
    Ok(())
}

#[test]
fn a_place_that_it_changes_is_never_believed() -> Result<()> {
    let home = tempfile::tempdir()?;
    let told = lies(&mut two(home.path())?, |relay, request| {
        twisted(relay.answer(request), |bytes| {
            // The log stands after the version, the family and the krets.
            if let Some(byte) = bytes.get_mut(20) {
                *byte ^= 1;
            }
        })
    })?;
    assert_eq!(told, seen(Some(Problem::RelayWithholds), false));
    Ok(())
}

#[test]
fn what_it_gives_again_and_again_is_taken_once() -> Result<()> {
    let home = tempfile::tempdir()?;
    let told = lies(&mut two(home.path())?, |relay, request| {
        let again = match request {
            Request::Pull { bytes, .. } => &Request::Pull {
                after: 0,
                bytes: *bytes,
            },
            other => other,
        };
        relay.answer(again)
    })?;
    assert!(told.has);
    Ok(())
}

#[test]
fn a_state_of_yesterday_is_named_and_filled_again() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (mut dorotea, sorsele, mut relay) = two(home.path())?;
    let mut yesterday = relay.clone();
    let key = note(&dorotea.office, "Skriven i Dorotea", "Ring före nio.")?;
    dorotea.meet(&mut relay)?;
    let mut sorsele = sorsele;
    sorsele.meet(&mut relay)?;
    let status = sorsele.talk(|request| yesterday.clone().answer(request))?;
    assert_eq!(status.problem, Some(Problem::RelayBehind));
    assert!(has(&sorsele.office, &key)?);
    sorsele.now += 7 * 3_600_000;
    sorsele.meet(&mut yesterday)?;
    assert_eq!(
        yesterday.holdings().digest(),
        relay.holdings().digest(),
        "filled again"
    );
    Ok(())
}

#[test]
fn what_it_shows_to_one_and_not_to_another_comes_by_a_stick() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (mut dorotea, mut sorsele, mut relay) = two(home.path())?;
    let mut other_view = relay.clone();
    let key = note(&dorotea.office, "Skriven i Dorotea", "Ring före nio.")?;
    dorotea.meet(&mut relay)?;
    let status = sorsele.meet(&mut other_view)?;
    assert_eq!(status.problem, None, "nothing can be seen yet");
    carry(home.path(), &dorotea.office, &sorsele.office)?;
    assert!(has(&sorsele.office, &key)?);
    // Whoever has both views closes the gap between them.
    sorsele.meet(&mut other_view)?;
    assert_eq!(other_view.holdings().digest(), relay.holdings().digest());
    Ok(())
}

#[test]
fn a_device_that_it_turns_away_is_told_and_keeps_what_is_unsent() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (mut dorotea, mut sorsele, mut relay) = two(home.path())?;
    let key = note(&sorsele.office, "Skriven i Sorsele", "Väntar här.")?;
    let status = sorsele.talk(|request| match request {
        Request::Challenge(_) | Request::Token(_) => relay.answer(request),
        _ => Answer::Refused(Refused {
            code: RefusalCode::NotOnRoster,
            retry_after_s: None,
        }),
    })?;
    assert_eq!(
        (status.problem, status.waiting),
        (Some(Problem::NotOnRoster), 1)
    );
    sorsele.now += 7 * 3_600_000;
    sorsele.meet(&mut relay)?;
    dorotea.meet(&mut relay)?;
    assert!(has(&dorotea.office, &key)?);
    Ok(())
}

#[test]
fn a_silence_stops_nobody_from_writing() -> Result<()> {
    let home = tempfile::tempdir()?;
    let told = lies(&mut two(home.path())?, |_, _| Answer::Lost)?;
    assert_eq!(told, seen(Some(Problem::NoNetwork), false));
    Ok(())
}

#[test]
fn an_answer_without_end_is_not_looked_at() -> Result<()> {
    let home = tempfile::tempdir()?;
    let told = lies(&mut two(home.path())?, |relay, request| {
        let mut answer = relay.answer(request);
        if let Answer::Frames(of) = &mut answer {
            of.frames.resize(RELAY_BODY_BYTES_MAX + 1, 0);
        }
        answer
    })?;
    assert_eq!(told, seen(Some(Problem::RelayOdd), false));
    Ok(())
}

#[test]
fn entries_of_another_krets_are_left_lying() -> Result<()> {
    let home = tempfile::tempdir()?;
    let elsewhere = home.path().join("elsewhere");
    let (other, _, strange) = two(&elsewhere)?;
    let before = other.notes()?;
    let told = lies(&mut two(home.path())?, |relay, request| match request {
        Request::Pull { .. } | Request::Ranges(_) => strange.clone().answer(&Request::Pull {
            after: 0,
            bytes: RELAY_BODY_BYTES_MAX,
        }),
        other => relay.answer(other),
    })?;
    assert!(!told.has && told.problem.is_some(), "{told:?}");
    assert_eq!(other.notes()?, before);
    Ok(())
}

#[test]
fn a_roster_that_no_admin_signed_changes_nothing() -> Result<()> {
    let home = tempfile::tempdir()?;
    let mut all = two(home.path())?;
    let mut helper = Writer::join(&all.0.office, 9, "Sorsele")?;
    all.0.meet(&mut all.2)?;
    all.1.meet(&mut all.2)?;
    let roster = all.1.end.host.roster().context("a roster")?;
    let mut forged = Roster::decode_record(&roster.record)?;
    forged.number += 100;
    forged.devices.clear();
    let entry = helper.seal_draft(&Writer::draft(Kind::ROSTER, forged.encode_record()?))?;
    let mut frames = Vec::new();
    write_frame(&mut frames, &entry)?;
    lies(&mut all, |relay, request| match request {
        Request::Pull { .. } => {
            let cursor = Some(relay.cursor());
            let frames = frames.clone();
            let more = false;
            Answer::Frames(FramesAnswer {
                frames,
                cursor,
                more,
            })
        }
        other => relay.answer(other),
    })?;
    let after = all.1.end.host.roster().context("a roster")?;
    assert_eq!(after.number, roster.number);
    assert!(member(&all.1.office, "Maja Lundmark").is_ok());
    Ok(())
}
