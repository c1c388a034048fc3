//! Days after the first: edits after travel, an idle round, a week on a stick, a slow line.

use super::{Figure, Region, Unit, soon, wait};
use anyhow::{Context as _, Result};
use radrum_domain::{Document, Edit, Kind, Scalar};
use radrum_tests::edits::{set, write};
use radrum_tests::krets::{invited, text};
use radrum_tests::line::Line;
use radrum_tests::office::Office;
use radrum_tests::writers::Writer;
use radrum_wire::ItemId;
use serde_json::json;
use std::path::Path;
use std::time::Instant;

/// Edits of each office on its journey, and how many of them meet the other's.
const EDITS: usize = 100;
const SHARED: usize = 20;

/// 240,000 changes in five years are so many in a week, and in a quarter.
const WEEK: u32 = 923;
const QUARTER: u32 = 12_000;

/// One megabit a second.
const SLOW: u64 = 1_000_000;

pub(super) fn measure(home: &Path, region: &Region, writers: &mut [Writer]) -> Result<Vec<Figure>> {
    let line = Line::to(region.relay.port()?)?;
    let other = invited(&region.admin, &home.join("other"), "Ivo Ek", "Malå")?;
    level(&region.admin, &other)?;
    other.call("set_relays", json!({ "relays": [line.address()] }))?;
    level(&region.admin, &other)?;
    let mut figures = travel(region, &other, &line)?;
    figures.extend(idle(&other, &line)?);
    figures.push(week(home, region, &other, writers)?);
    figures.push(quarter(home, region, &other, (&line, writers))?);
    Ok(figures)
}

fn entries(office: &Office) -> Result<Option<u64>> {
    Ok(office.call("krets", json!({}))?["entries"].as_u64())
}

fn level(a: &Office, b: &Office) -> Result<()> {
    wait(|| {
        let quiet = |office: &Office| -> Result<bool> {
            let road = office.call("road", json!({}))?;
            Ok(road["waiting"] == 0 && road["phase"] == "up_to_date")
        };
        Ok(quiet(a)? && quiet(b)? && entries(a)? == entries(b)?)
    })
}

/// Both offices write without network, some of it about the same items.
fn travel(region: &Region, other: &Office, line: &Line) -> Result<Vec<Figure>> {
    let admin = &region.admin;
    let mut shared = Vec::new();
    for n in 0..SHARED {
        shared.push(note(admin, &format!("Gemensam {n}"))?);
    }
    level(admin, other)?;
    let before = entries(admin)?.context("entries")?;
    for office in [admin, other] {
        office.call("set_relays", json!({ "relays": [] }))?;
    }
    for (office, word) in [(admin, "Dorotea"), (other, "Malå")] {
        for key in &shared {
            let heads = office.call("head", json!({ "key": key }))?["heads"].clone();
            let edit = json!({ "key": key, "heads": heads, "window": "w",
                               "edits": [set("title", format!("Skriven i {word}"))] });
            office.call("edit_item", edit)?;
        }
        for n in SHARED..EDITS {
            note(office, &format!("Resa {word} {n}"))?;
        }
    }
    let _ = line.take();
    let began = Instant::now();
    admin.call("set_relays", json!({ "relays": [region.relay.address()] }))?;
    other.call("set_relays", json!({ "relays": [line.address()] }))?;
    let all = Some(before + 2 * EDITS as u64);
    soon("both have all", || {
        Ok(entries(admin)? == all && entries(other)? == all)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let (up, down) = line.take();
    let sealed = 2.0 * EDITS as f64 * 661.0 / 1e6;
    let mut both = 0;
    for key in &shared {
        let page = admin.call("note", json!({ "key": key }))?;
        both += usize::from(
            page["head"]["voices"]
                .as_array()
                .is_some_and(|of| !of.is_empty()),
        );
    }
    anyhow::ensure!(both == SHARED, "{both} of {SHARED} show both texts");
    Ok(vec![
        Figure::new(
            "100 + 100 edits after travel, both have all",
            "once",
            Unit::Seconds,
            seconds,
        )
        .at_most(1.0),
        Figure::new(
            "  bytes on one office's wire",
            "once",
            Unit::Megabytes,
            (up + down) as f64 / 1e6,
        )
        .beside("200 smallest envelopes", sealed)
        .at_most_times(3.0),
    ])
}

fn note(office: &Office, title: &str) -> Result<String> {
    let body = "Kort anteckning från resan, skriven utan nät.";
    let made = office.call(
        "create_item",
        json!({ "kind": "note", "window": "w",
                "edits": [set("title", title), write("body", body)] }),
    )?;
    text(&made, "key")
}

/// Nothing is new on an open connection.
fn idle(other: &Office, line: &Line) -> Result<Vec<Figure>> {
    std::thread::sleep(std::time::Duration::from_secs(2));
    line.listen();
    other.call("retry_road", json!({}))?;
    std::thread::sleep(std::time::Duration::from_secs(2));
    let heard = line.heard();
    let headers = headers(&heard);
    let kb = |bytes: usize| bytes as f64 / 1e3;
    let figure = |what, bytes| Figure::new(what, "once", Unit::Kilobytes, kb(bytes));
    Ok(vec![
        figure("an idle round", heard.len() - headers).at_most(2.0),
        figure("  with the headers of HTTP", heard.len()),
    ])
}

/// Bytes of the first lines and headers of all requests and answers.
fn headers(heard: &[u8]) -> usize {
    const BEGINNINGS: [&[u8]; 3] = [b"GET /", b"POST /", b"HTTP/1.1 "];
    const END: &[u8] = b"\r\n\r\n";
    let (mut at, mut all) = (0, 0);
    while at < heard.len() {
        let rest = &heard[at..];
        let begins = BEGINNINGS.iter().any(|of| rest.starts_with(of));
        let end = rest.windows(END.len()).position(|bytes| bytes == END);
        let length = match (begins, end) {
            (true, Some(end)) => end + END.len(),
            _ => 0,
        };
        all += length;
        at += length.max(1);
    }
    all
}

fn more(writers: &mut [Writer], count: u32) -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    let mut numbers = radrum_tests::writers::Numbers(99 + u64::from(count));
    let several = writers.len();
    while all.len() < count as usize {
        let item = ItemId::from_bytes(numbers.bytes());
        let mut doc = Document::begin(Kind::Note)?;
        for n in 0..6 {
            let writer = &mut writers[(all.len() + n) % several];
            let title = Edit::Set {
                field: "title".into(),
                value: Some(Scalar::Text(format!("Vecka {n} {}", numbers.next()))),
            };
            let changes = writer.edit(item, &mut doc, &[title])?;
            all.push(writer.seal(changes, 1_790_000_000_000)?);
        }
    }
    Ok(all)
}

fn read(office: &Office, file: &Path) -> Result<()> {
    let world = office.host.world();
    let ticket = office.host.tickets().give(&world, file.to_path_buf())?;
    office.call("read_bundle", json!({ "ticket": ticket }))?;
    Ok(())
}

/// What the other office lacks of a week, written on a stick and read in.
fn week(home: &Path, region: &Region, other: &Office, writers: &mut [Writer]) -> Result<Figure> {
    other.call("set_relays", json!({ "relays": [] }))?;
    let file = home.join("week.knyte");
    super::write_bundle(&file, &more(writers, WEEK)?)?;
    read(&region.admin, &file)?;
    let stick = home.join("stick.knyte");
    let world = region.admin.host.world();
    let began = Instant::now();
    let ticket = region.admin.host.tickets().give(&world, stick.clone())?;
    let written = region
        .admin
        .call("write_bundle", json!({ "ticket": ticket }))?;
    read(other, &stick)?;
    let seconds = began.elapsed().as_secs_f64();
    let count = written["entries"].as_u64().context("entries")?;
    let what = format!("a week on a stick, written and read ({count} entries on it)");
    Ok(Figure::new(what, "once", Unit::Seconds, seconds).at_most(5.0))
}

/// Three months that an office missed, over one megabit a second.
fn quarter(
    home: &Path,
    region: &Region,
    other: &Office,
    (line, writers): (&Line, &mut [Writer]),
) -> Result<Figure> {
    let file = home.join("quarter.knyte");
    let missed = more(writers, QUARTER)?;
    let bytes: usize = missed.iter().map(Vec::len).sum();
    super::write_bundle(&file, &missed)?;
    read(&region.admin, &file)?;
    wait(|| Ok(region.admin.call("road", json!({}))?["phase"] == "up_to_date"))?;
    line.limit(SLOW);
    let began = Instant::now();
    other.call("set_relays", json!({ "relays": [line.address()] }))?;
    let wanted = entries(&region.admin)?;
    wait(|| Ok(entries(other)? >= wanted))?;
    line.limit(0);
    let limit = bytes as f64 * 8.0 / SLOW as f64;
    let seconds = began.elapsed().as_secs_f64();
    Ok(Figure::new(
        "three months' backlog over 1 Mbit/s",
        "once",
        Unit::Seconds,
        seconds,
    )
    .at_most(30.0)
    .beside("the line, for these sealed bytes", limit))
}
