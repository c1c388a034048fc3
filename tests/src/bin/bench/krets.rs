//! A region in one krets: sealing, opening, taking in, the first sync of a new computer over the
//! real relay, edits after travel, a week on a stick, a quarter over a slow line.

mod rounds;

use super::Bench;
use super::figure::{Figure, Unit};
use super::raw::Raw;
use super::texts::texts_in;
use anyhow::{Context as _, Result};
use radrum_app::Size;
use radrum_seal::{EpochKeys, Membership, unseal};
use radrum_tests::krets::{for_operator, join, office, until, use_relay};
use radrum_tests::line::Line;
use radrum_tests::office::Office;
use radrum_tests::relay::Relay;
use radrum_tests::web::Web;
use radrum_tests::writers::{Volume, Writer, write_volume};
use radrum_wire::{BundleWriter, Envelope};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Computers that wrote the region.
const WRITERS: u64 = 8;

/// 240,000 changes in five years are so many in a month.
const MONTH: usize = 4_000;

/// The longest that any step may take.
const LIMIT: Duration = Duration::from_secs(1_800);

/// A region as it is measured.
struct Region {
    admin: Office,
    relay: Relay,
    entries: Vec<Vec<u8>>,
    bytes: u64,
}

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let volume = match bench.size {
        Size::Small => Volume {
            items: 200,
            changes: 24,
        },
        // Five years of the reference region: 240,000 changes.
        Size::Plan => Volume {
            items: 10_000,
            changes: 24,
        },
        Size::Stress => {
            bench.note("krets: measured at small and plan only");
            return Ok(Vec::new());
        }
    };
    let home = bench.place.scratch()?;
    let mut figures = Vec::new();
    let (region, mut writers) = region(bench, home.path(), volume, &mut figures)?;
    figures.extend(first_sync(bench, home.path(), &region)?);
    figures.extend(rounds::measure(home.path(), &region, &mut writers)?);
    Ok(figures)
}

/// Makes the region: all entries sealed, taken in by the office that founded, and on the relay.
fn region(
    bench: &Bench<'_>,
    home: &Path,
    volume: Volume,
    figures: &mut Vec<Figure>,
) -> Result<(Region, Vec<Writer>)> {
    let admin = office(home, "Maja Lundmark", "Dorotea")?;
    admin.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let writers = (0..WRITERS).map(|seed| Writer::join(&admin, seed, "Dorotea"));
    let mut writers = writers.collect::<Result<Vec<_>>>()?;
    let began = Instant::now();
    let entries = write_volume(&mut writers, volume)?;
    let count = entries.len();
    bench.note(format!(
        "krets: {count} entries were edited and sealed at {:.0} a second",
        count as f64 / began.elapsed().as_secs_f64()
    ));
    let bytes = entries.iter().map(|entry| entry.len() as u64).sum();
    let first = writers.first().context("writers")?;
    let (seconds, own) = opened(first, &entries)?;
    figures.push(rate("entries opened and verified", own, seconds));
    let program = bench.place.program("radrum-relay")?;
    let relay = Relay::start_program(&program, &home.join("relay"), 0, &for_operator(&admin)?)?;
    use_relay(&admin, relay.address())?;
    let mut seconds = 0.0;
    // A relay holds entries in the order in which they were written.
    for entries in entries.chunks(MONTH) {
        let file = home.join("month.knyte");
        write_bundle(&file, entries)?;
        let ticket = admin.host.tickets().give(&admin.host.world(), file)?;
        let began = Instant::now();
        let read = admin.call("read_bundle", json!({ "ticket": ticket }))?;
        seconds += began.elapsed().as_secs_f64();
        anyhow::ensure!(read["new"] == entries.len(), "{read}");
        wait(|| Ok(admin.call("road", json!({}))?["waiting"] == 0))?;
    }
    let taken = rate("entries taken in from files of a month", count, seconds);
    figures.push(if bench.has_goals() {
        taken.at_most(60.0)
    } else {
        taken
    });
    wait(|| Ok(admin.call("road", json!({}))?["phase"] == "up_to_date"))?;
    let began = Instant::now();
    let mailbox = rusqlite::Connection::open(home.join("relay/relay.db"))?;
    let whole = || Ok(mailbox.query_row("SELECT sum(turn) FROM krets", (), |row| row.get(0))?);
    wait(|| whole().map(|turns: i64| turns > 0))?;
    let seconds = began.elapsed().as_secs_f64();
    let what = "  then, until a whole snapshot lies there";
    figures.push(Figure::new(what, "once", Unit::Seconds, seconds));
    let region = Region {
        admin,
        relay,
        entries,
        bytes,
    };
    Ok((region, writers))
}

/// Seconds for all, with the rate in the name.
fn rate(what: &str, count: usize, seconds: f64) -> Figure {
    let a_second = count as f64 / seconds;
    let what = format!("{what} ({a_second:.0}/s)");
    Figure::new(what, "once", Unit::Seconds, seconds).of(count)
}

/// Seconds to open and verify what one writer knows all about: its own entries.
fn opened(writer: &Writer, entries: &[Vec<u8>]) -> Result<(f64, usize)> {
    let (members, epochs): (&Membership, &EpochKeys) = writer.facts();
    let mut own = Vec::new();
    for bytes in entries {
        let log = Envelope::decode(bytes)?.place().log;
        own.extend(members.writers(log).next().map(|_| bytes));
    }
    let began = Instant::now();
    for bytes in &own {
        unseal(&Envelope::decode(bytes)?, members.region(), epochs)?.verify(members)?;
    }
    Ok((began.elapsed().as_secs_f64(), own.len()))
}

fn write_bundle(file: &Path, entries: &[Vec<u8>]) -> Result<()> {
    let first = entries.first().context("entries")?;
    let mut writer = BundleWriter::new(Envelope::decode(first)?.place().region)?;
    for entry in entries {
        writer.push(entry)?;
    }
    Ok(std::fs::write(file, writer.finish())?)
}

/// A new computer, a process of its own, joins and fetches everything over the real relay.
fn first_sync(bench: &Bench<'_>, home: &Path, region: &Region) -> Result<Vec<Figure>> {
    let line = Line::to(region.relay.port()?)?;
    region
        .admin
        .call("set_relays", json!({ "relays": [line.address()] }))?;
    let folder = home.join("new");
    let program = bench.place.program("webhost")?;
    let new = Web::start(&program, |command: &mut Command| {
        command.arg("--profile").arg(folder);
    })?;
    let _ = line.take();
    let began = Instant::now();
    join(&region.admin, &new, "Anna Öberg", "Sorsele")?;
    let joined = began.elapsed().as_secs_f64();
    let wanted = region.admin.call("krets", json!({}))?["entries"].as_u64();
    let (mut first_item, mut all_items) = (None, None);
    wait(|| {
        let krets = new.call("krets", json!({}))?;
        let read = &krets["snapshot"];
        if all_items.is_none() && read["of"].as_u64() > Some(0) && read["items"] == read["of"] {
            all_items = Some((began.elapsed().as_secs_f64(), read["items"].as_u64()));
        }
        if first_item.is_none()
            && !new
                .call("notes", json!({}))?
                .as_array()
                .is_none_or(Vec::is_empty)
        {
            first_item = Some(began.elapsed().as_secs_f64());
        }
        Ok(krets["entries"].as_u64() >= wanted)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let (up, down) = line.take();
    region
        .admin
        .call("set_relays", json!({ "relays": [region.relay.address()] }))?;
    let raw = raw_transfer(home, &region.entries)?;
    let all = Figure::new(
        "first sync of a new computer",
        "once",
        Unit::Seconds,
        seconds,
    )
    .beside("the same bytes by TCP into a synced file", raw);
    let mb = |bytes: u64| bytes as f64 / 1e6;
    let wire = Figure::new(
        "  bytes on the wire",
        "once",
        Unit::Megabytes,
        mb(up + down),
    )
    .beside("sealed entries", mb(region.bytes))
    .at_most_times(3.0);
    let peak = peak_mb(new.id())?;
    let mut figures = vec![
        if bench.has_goals() {
            all.at_most(60.0)
        } else {
            all
        },
        wire,
        Figure::new(
            "  peak memory of the process",
            "once",
            Unit::Megabytes,
            peak,
        ),
    ];
    let what = "  of it the way in, with both codes";
    figures.push(Figure::new(what, "once", Unit::Seconds, joined));
    if let Some(first) = first_item {
        let what = "  until the first note can be read";
        figures.push(Figure::new(what, "once", Unit::Seconds, first));
    }
    if let Some((seconds, items)) = all_items {
        let what = format!("  until all {} items can be searched", items.unwrap_or(0));
        let texts = texts_in(region.admin.folder().join("radrum.db"), region.admin.key()?)?;
        let floor = Raw::of(bench.place, &texts)?.build_ms / 1_000.0;
        let all = Figure::new(what, "once", Unit::Seconds, seconds);
        figures.push(all.beside("the same texts into one plain FTS5 table", floor));
    }
    Ok(figures)
}

fn raw_transfer(home: &Path, entries: &[Vec<u8>]) -> Result<f64> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    let port = listener.local_addr()?.port();
    let path = home.join("raw");
    let began = Instant::now();
    std::thread::scope(|scope| -> Result<()> {
        let receiving = scope.spawn(move || -> Result<()> {
            let (mut stream, _) = listener.accept()?;
            let mut file = std::fs::File::create(path)?;
            std::io::copy(&mut stream, &mut file)?;
            Ok(file.sync_all()?)
        });
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
        for entry in entries {
            std::io::Write::write_all(&mut stream, entry)?;
        }
        drop(stream);
        receiving.join().map_err(|_| anyhow::anyhow!("receiver"))?
    })?;
    Ok(began.elapsed().as_secs_f64())
}

fn peak_mb(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: f64 = line
        .context("VmHWM")?
        .trim()
        .trim_end_matches(" kB")
        .parse()?;
    Ok(kib * 1_024.0 / 1e6)
}

fn wait(mut is_so: impl FnMut() -> Result<bool>) -> Result<()> {
    let began = Instant::now();
    while !is_so()? {
        anyhow::ensure!(began.elapsed() < LIMIT, "not in {} s", LIMIT.as_secs());
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// The same, for what takes milliseconds.
fn soon(what: &str, is_so: impl FnMut() -> Result<bool>) -> Result<()> {
    until(what, is_so)
}
