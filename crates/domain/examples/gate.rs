//! What the gate costs beside plain applying: `cargo run -p radrum-domain --example gate`.
//!
//! Applying is `Document::replay` of the same changes, which checks nothing.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, not the library"
)]

use radrum_domain::{Actor, Actors, Claims, Document, Edit, Incoming, Kind, Made, Scalar, Verdict};
use radrum_wire::LogId;
use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

const STEPS: u32 = 40;

fn main() -> Outcome<()> {
    println!("per change, in us    applied  through the gate  (load, save of the result in ms)");
    for (there, batch) in [
        (0, 100),
        (0, 1_000),
        (100, 1),
        (100, 100),
        (1_000, 1),
        (1_000, 100),
    ] {
        let name = format!("card of {there:>4}, +{batch}");
        measure(&name, Kind::Playbook, &card(there + batch)?, there)?;
    }
    for (there, batch) in [(0, 100), (100, 100), (1_000, 1)] {
        let name = format!("note of {there:>4}, +{batch}");
        measure(&name, Kind::Note, &note(there + batch)?, there)?;
    }
    Ok(())
}

fn measure(name: &str, kind: Kind, changes: &[Made], there: usize) -> Outcome<()> {
    let (old, new) = changes.split_at(there);
    let bytes = |made: &[Made]| made.iter().map(|m| m.bytes.clone()).collect::<Vec<_>>();
    let mut begin = Document::begin(kind)?;
    begin.replay(&bytes(old))?;
    let saved = begin.save();
    let (mut plain, mut gate, mut load, mut save) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..9 {
        let mut doc = begin.clone();
        let raw = bytes(new);
        let start = Instant::now();
        doc.replay(&raw)?;
        plain.push(start.elapsed());

        let mut doc = timed(&mut load, || Document::load(kind, &saved))?;
        let incoming: Vec<Incoming<'_>> = new.iter().map(incoming).collect::<Outcome<_>>()?;
        let start = Instant::now();
        let judged = doc.ingest(&incoming, &mut Claims::default())?;
        gate.push(start.elapsed());
        if judged
            .iter()
            .any(|judged| judged.verdict != Verdict::Accept)
        {
            return Err("an own change was not accepted".into());
        }
        timed(&mut save, || doc.save());
    }
    let each = |times| median(times).as_secs_f64() * 1e6 / new.len() as f64;
    let whole = |times| median(times).as_secs_f64() * 1e3;
    println!(
        "{name:<20} {:>7.1}  {:>16.1}  ({:.1}, {:.1})",
        each(plain),
        each(gate),
        whole(load),
        whole(save)
    );
    Ok(())
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    times.push(start.elapsed());
    done
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn incoming(made: &Made) -> Outcome<Incoming<'_>> {
    Ok(Incoming {
        log: LogId::try_from(&made.actor[..16])?,
        bytes: &made.bytes,
    })
}

/// A card of forty steps that two offices edit in turns, now and then on an older version.
fn card(edits: usize) -> Outcome<Vec<Made>> {
    let mut doc = Document::begin(Kind::Playbook)?;
    let steps: Vec<Edit> = (0..STEPS).map(step).collect();
    let heads = doc.heads();
    let mut changes = doc.edit(&heads, actors(1, 0), &steps)?;
    let mut base = doc.heads();
    for n in 1..u32::try_from(edits)? {
        if n % 5 != 0 {
            base = doc.heads();
        }
        let edit = Edit::SetIn {
            list: "steps".into(),
            id: format!("{:022x}", n % STEPS),
            field: "text".into(),
            value: Some(words(STEPS + n)),
        };
        changes.extend(doc.edit(&base, actors(1 + (n % 2) as u8, n), &[edit])?);
    }
    Ok(changes)
}

fn step(n: u32) -> Edit {
    let force = Scalar::Text("must".into());
    Edit::Add {
        list: "steps".into(),
        id: format!("{n:022x}"),
        fields: BTreeMap::from([("text".into(), words(n)), ("force".into(), force)]),
        after: None,
    }
}

fn words(n: u32) -> Scalar {
    let text = format!("Steg {n}: ring socialjouren och skriv ned vad som sades, av vem och när. ");
    Scalar::Text(text.repeat(2))
}

/// A note that grows by a sentence a change.
fn note(edits: usize) -> Outcome<Vec<Made>> {
    let mut doc = Document::begin(Kind::Note)?;
    let mut changes = Vec::new();
    let mut text = String::new();
    for n in 0..u32::try_from(edits)? {
        text.push_str(&format!("Mening {n} om resan. "));
        let edit = Edit::Write {
            field: "body".into(),
            text: text.clone(),
        };
        let heads = doc.heads();
        changes.extend(doc.edit(&heads, actors(1 + (n % 2) as u8, n), &[edit])?);
    }
    Ok(changes)
}

fn actors(log: u8, n: u32) -> Actors {
    let log = LogId::from_bytes([log; 16]);
    Actors {
        running: Actor::new(log, [0; 8]),
        fresh: Actor::new(log, u64::from(n).to_be_bytes()),
    }
}
