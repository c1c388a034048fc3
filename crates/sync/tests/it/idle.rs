//! What a round costs that finds nothing new: at most 2 kB (performance.md, section 6).

use crate::drive::Driver;
use crate::model::Model;
use crate::office::{Office, REGION, log};
use radrum_sync::{Answer, Bearer, Event, Request};
use radrum_wire::relay::{CURSOR_HEADER, FRAMES_TYPE, Path};

/// Method, path, query and the headers that we set, with the body; and of the answer its
/// status line, our headers and the body. TLS and what a proxy adds are not ours to count.
fn bytes(request: &Request, bearer: Option<&Bearer>, answer: &Answer) -> usize {
    let json =
        |value: &dyn Fn() -> String| value().len() + "content-type: application/json\r\n".len();
    let (method, path, query, body) = match request {
        Request::Challenge(ask) => (
            "POST",
            Path::Challenge,
            String::new(),
            json(&|| serde_json::to_string(ask).expect("json")),
        ),
        Request::Token(ask) => (
            "POST",
            Path::Token,
            String::new(),
            json(&|| serde_json::to_string(ask).expect("json")),
        ),
        Request::State => ("GET", Path::State(REGION), String::new(), 0),
        Request::Wait { after, seconds } => (
            "GET",
            Path::Wait(REGION),
            format!("?after={after}&seconds={seconds}"),
            0,
        ),
        Request::Pull { after, bytes } => (
            "GET",
            Path::Entries(REGION),
            format!("?after={after}&bytes={bytes}"),
            0,
        ),
        other => panic!("an idle round does not ask for {other:?}"),
    };
    let line = format!("{method} {path}{query} HTTP/1.1\r\n").len();
    let auth = bearer.map_or(0, |token| {
        "authorization: Bearer \r\n".len() + token.0.len()
    });
    let answered = "HTTP/1.1 200 OK\r\n".len()
        + match answer {
            Answer::Challenge(body) => json(&|| serde_json::to_string(body).expect("json")),
            Answer::Token(body) => json(&|| serde_json::to_string(body).expect("json")),
            Answer::State(body) => json(&|| serde_json::to_string(body).expect("json")),
            Answer::Woken(body) => json(&|| serde_json::to_string(body).expect("json")),
            Answer::Frames(body) => {
                body.frames.len() + CURSOR_HEADER.len() + 12 + FRAMES_TYPE.len() + 16
            }
            other => panic!("an idle round is not answered with {other:?}"),
        };
    line + auth + body + answered
}

/// Bytes of everything asked since the requests were cleared, the long poll and its answer
/// included.
fn cost(driver: &Driver, model: &mut Model) -> usize {
    let mut answers = driver.answers.iter();
    let count = |(request, bearer): &(Request, Option<Bearer>)| {
        let answer = match request {
            Request::Wait { .. } => model.answer(request),
            _ => answers.next().expect("answer").clone(),
        };
        bytes(request, bearer.as_ref(), &answer)
    };
    driver.requests.iter().map(count).sum()
}

fn krets_of_300_logs() -> (Office, Model) {
    let mut model = Model::new();
    for number in 0..300_u16 {
        let mut office = Office::new(0);
        let mut id = [9; 16];
        id[..2].copy_from_slice(&number.to_be_bytes());
        office.log = Some(radrum_wire::LogId::from_bytes(id));
        office.write_many(2);
        office.entries.values().for_each(|bytes| {
            model.keep(bytes);
        });
    }
    let mut office = Office::new(1);
    office.write(0);
    (office, model)
}

#[test]
fn a_round_with_300_logs_and_nothing_new_costs_at_most_2_kb_with_a_new_token() {
    let (mut office, mut model) = krets_of_300_logs();
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    assert_eq!(office.holdings.heads(), model.holdings.heads());
    driver.requests.clear();
    driver.answers.clear();
    // The network came back, and the token has run out meanwhile.
    model.refusals.push(radrum_sync::Refused {
        code: radrum_wire::relay::RefusalCode::Unauthorized,
        retry_after_s: None,
    });
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(
        driver.names(),
        ["state", "challenge", "token", "state", "wait"]
    );
    driver.answers.remove(0);
    driver.requests.remove(0);
    let with_token = cost(&driver, &mut model);
    assert!(with_token <= 2_000, "{with_token} bytes");
    driver.requests.clear();
    driver.answers.clear();
    driver.tell(Event::Resumed, &mut office, &mut model);
    let without = cost(&driver, &mut model);
    assert_eq!(driver.names(), ["state", "wait"]);
    assert!(without <= 700, "{without} bytes");
}

#[test]
fn a_relay_that_keeps_what_we_refuse_costs_one_comparison_and_not_one_at_each_round() {
    let (mut office, mut model) = krets_of_300_logs();
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    // A log that the relay shows and hands to nobody: the digests differ for ever.
    let mut other = Office::new(2);
    other.write(1);
    model.keep(other.entries.values().next().expect("entry"));
    model.withheld = Some(log(2));
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert!(driver.names().contains(&"heads"));
    assert_eq!(
        driver.status().problem,
        Some(radrum_sync::Problem::RelayWithholds)
    );
    driver.requests.clear();
    driver.answers.clear();
    driver.tell(Event::Resumed, &mut office, &mut model);
    assert_eq!(driver.names(), ["state", "wait"]);
    assert!(cost(&driver, &mut model) <= 2_000);
}

#[test]
fn a_day_of_long_polls_asks_for_the_state_every_ten_minutes_and_for_nothing_else() {
    let (mut office, mut model) = krets_of_300_logs();
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    driver.requests.clear();
    for _ in 0..24 * 60 {
        driver.now.0 += 60_000;
        driver.wake(&mut office, &mut model);
    }
    let count = |name| driver.names().iter().filter(|n| **n == name).count();
    assert!((80..=150).contains(&count("state")), "{}", count("state"));
    assert!(
        count("put slot") <= 2 && count("slots") <= 1,
        "{:?}",
        count("slots")
    );
    assert_eq!(
        count("heads") + count("pull") + count("push") + count("ranges"),
        0
    );
}
