//! kill -9 of the relay, and of the database server, while several devices push: everything that
//! was confirmed is there.
//!
//! `RADRUM_KILLS` chooses how often; the ordinary run is short.

use crate::cluster::Cluster;
use crate::device::{Device, Log, REGION, hash};
use crate::running::{Process, admit};
use radrum_wire::EntryHash;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// Devices that push at once.
const WRITERS: u64 = 3;

fn kills(ordinary: u64) -> u64 {
    let chosen = std::env::var("RADRUM_KILLS").ok();
    chosen.map_or(ordinary, |kills| kills.parse().expect("RADRUM_KILLS"))
}

/// Between 1 and `below` ms; the same in every run of the test.
fn moment(run: u64, below: u64) -> Duration {
    let drawn = blake3::hash(&run.to_be_bytes());
    let drawn = u64::from_be_bytes(drawn.as_bytes()[..8].try_into().expect("eight"));
    Duration::from_millis(1 + drawn % below)
}

/// Pushes until the relay is gone or the database is away. Gives the confirmed hashes, and the
/// log as its owner has it.
fn push_until_killed(device: &Device, mut log: Log) -> (Vec<EntryHash>, Log) {
    let mut confirmed = Vec::new();
    for n in 0.. {
        let entries = log.take(1 + n % 4);
        let body = crate::device::frames(&entries);
        let url = device.path("entries");
        let request = device.with_token(device.http.post(url));
        let request = request
            .header("content-type", crate::device::FRAMES)
            .body(body);
        match request.send() {
            Ok(answer) if answer.status() == 200 => {
                confirmed.extend(entries.iter().map(|e| hash(e)))
            }
            _ => break,
        }
    }
    (confirmed, log)
}

/// What a test keeps over all kills.
struct Storm {
    logs: Vec<Log>,
    confirmed: BTreeSet<EntryHash>,
    /// Confirmed since the last look.
    last: Vec<EntryHash>,
    cursor: u64,
}

impl Storm {
    fn new() -> Self {
        Self {
            logs: (0..WRITERS).map(Log::new).collect(),
            confirmed: BTreeSet::new(),
            last: Vec::new(),
            cursor: 0,
        }
    }

    /// Pushes from all devices until `kill` has been done.
    fn rage(&mut self, devices: &[Device], kill: impl FnOnce()) {
        let logs = std::mem::take(&mut self.logs);
        std::thread::scope(|scope| {
            let writers: Vec<_> = devices
                .iter()
                .zip(logs)
                .map(|(device, log)| scope.spawn(move || push_until_killed(device, log)))
                .collect();
            kill();
            for writer in writers {
                let (confirmed, log) = writer.join().expect("writer");
                self.last.extend(confirmed);
                self.logs.push(log);
            }
        });
    }

    /// Everything confirmed since the last look is there, after the cursor of that look.
    fn look(&mut self, device: &Device, run: u64) {
        let mut there = BTreeSet::new();
        loop {
            let answer = device.get(&format!("entries?after={}&bytes=4000000", self.cursor));
            assert_eq!(answer.status(), 200, "run {run}");
            let cursor = crate::device::header(&answer, "radrum-cursor");
            self.cursor = cursor.parse().expect("cursor");
            let more = crate::device::header(&answer, "radrum-more") == "1";
            let body = answer.bytes().expect("body");
            there.extend(
                crate::device::envelopes(&body)
                    .iter()
                    .map(|entry| hash(entry)),
            );
            if !more {
                break;
            }
        }
        for entry in self.last.drain(..) {
            assert!(
                there.contains(&entry),
                "run {run}: a confirmed entry is gone"
            );
            self.confirmed.insert(entry);
        }
    }

    /// At the end: everything ever confirmed, in one pass.
    fn end(&self, device: &Device, kills: u64) {
        let all = device.pull_all(4_000_000);
        let there: BTreeSet<EntryHash> = all.iter().map(|entry| hash(entry)).collect();
        assert_eq!(all.len(), there.len(), "an entry twice");
        assert!(self.confirmed.is_subset(&there));
        assert!(
            self.confirmed.len() as u64 > kills,
            "only {} confirmed",
            self.confirmed.len()
        );
        let told = format!("{kills} kills, {} entries confirmed", self.confirmed.len());
        std::io::Write::write_all(&mut std::io::stderr(), format!("{told}\n").as_bytes())
            .expect("told");
    }
}

fn entered(base: &str) -> Vec<Device> {
    (0..WRITERS)
        .map(|n| {
            let mut device = Device::new(base, n);
            device.enter(REGION).expect("token");
            device
        })
        .collect()
}

fn is_sound(file: &Path) {
    let db = rusqlite::Connection::open(file).expect("open");
    let said: String = db
        .query_row("PRAGMA integrity_check", (), |row| row.get(0))
        .expect("check");
    assert_eq!(said, "ok");
}

#[test]
fn kills_of_the_relay_lose_nothing_that_was_confirmed_in_sqlite() {
    let kills = kills(300);
    let data = tempfile::tempdir().expect("folder");
    let mut storm = Storm::new();
    let first = Process::start(data.path(), "");
    admit(&first.base, WRITERS);
    first.kill();
    for run in 0..kills {
        let process = Process::start(data.path(), "");
        let devices = entered(&process.base);
        storm.look(&devices[0], run);
        storm.rage(&devices, || {
            std::thread::sleep(moment(run, 200));
            process.kill();
        });
    }
    let process = Process::start(data.path(), "");
    let devices = entered(&process.base);
    storm.look(&devices[0], kills);
    storm.end(&devices[0], kills);
    process.stop();
    is_sound(&data.path().join("relay.db"));
}

#[test]
fn kills_of_the_database_server_and_the_relay_lose_nothing_that_was_confirmed_in_postgres() {
    let kills = kills(30);
    let data = tempfile::tempdir().expect("folder");
    let mut cluster = Cluster::start();
    let database = format!("database = '{}'", cluster.url());
    let mut storm = Storm::new();
    let mut process = Process::start(data.path(), &database);
    let mut devices = admit(&process.base, WRITERS);
    for run in 0..kills {
        storm.look(&devices[0], run);
        // In turn: the server under a living relay, the relay, both at once.
        let (server, relay) = (run % 3 != 1, run % 3 != 0);
        storm.rage(&devices, || {
            std::thread::sleep(moment(run, 300));
            if server {
                cluster.kill();
            }
            if relay {
                process.child.kill().expect("kill");
                process.child.wait().expect("wait");
            }
        });
        if server {
            cluster.run();
        }
        if relay {
            process = Process::start(data.path(), &database);
            devices = entered(&process.base);
        } else {
            // The same relay goes on by itself.
            let answers = || devices[0].get("entries?after=999999999").status() == 200;
            for _ in 0..200 {
                if answers() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
    storm.look(&devices[0], kills);
    storm.end(&devices[0], kills);
}
