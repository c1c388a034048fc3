//! What is confirmed has been synced before: counted, not believed.

use crate::cluster::Cluster;
use crate::device::Log;
use crate::running::{Process, Running, admit, config};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const PUSHES: usize = 60;

/// Compiles the recorder of the fault tests. It records files named `radrum.db`, so the relay's
/// database is named so here.
fn recorder(folder: &Path) -> PathBuf {
    let library = folder.join("disk.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faults/disk.c");
    let compiled = Command::new("cc")
        .args(["-O1", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(source)
        .args(["-ldl", "-lpthread"])
        .status();
    assert!(
        compiled.expect("cc").success(),
        "the recorder does not compile"
    );
    library
}

/// Syncs of the WAL in a trace, and whether bytes were written to it after the last of them.
fn syncs(trace: &[u8]) -> (usize, bool) {
    const WAL: u8 = 2;
    let (mut rest, mut synced, mut unsynced) = (trace, 0, false);
    while let Some((head, after)) = rest.split_at_checked(18) {
        let length: [u8; 8] = head[10..18].try_into().expect("eight");
        let length = usize::try_from(u64::from_ne_bytes(length)).expect("length");
        rest = after;
        match (head[0], head[1]) {
            (b'W', file) => {
                rest = rest.get(length..).unwrap_or_default();
                unsynced |= file == WAL;
            }
            (b'S', WAL) => (synced, unsynced) = (synced + 1, false),
            _ => {}
        }
    }
    (synced, unsynced)
}

#[test]
fn the_count_of_syncs_sees_what_was_not_synced() {
    let record = |kind: u8, data: &[u8]| {
        let mut bytes = vec![kind, 2];
        bytes.extend([0; 8]);
        bytes.extend((data.len() as u64).to_ne_bytes());
        bytes.extend(data);
        bytes
    };
    let (write, sync) = (record(b'W', b"abc"), record(b'S', b""));
    assert_eq!(syncs(&[write.clone(), sync.clone()].concat()), (1, false));
    assert_eq!(syncs(&[write.clone(), sync, write].concat()), (1, true));
}

#[test]
fn sqlite_syncs_before_each_confirmation() {
    let data = tempfile::tempdir().expect("folder");
    let (library, trace) = (recorder(data.path()), data.path().join("trace"));
    let process = Process::start_with(data.path(), "database = 'radrum.db'", |command| {
        command
            .env("LD_PRELOAD", &library)
            .env("RADRUM_TRACE", &trace);
    });
    let devices = admit(&process.base, 1);
    let mut log = Log::new(1);
    let read = || syncs(&std::fs::read(&trace).expect("trace"));
    let (mut before, _) = read();
    for n in 0..PUSHES {
        devices[0].push(&log.take(1 + n % 4)).expect("push");
        let (synced, unsynced) = read();
        assert!(synced > before, "push {n} was confirmed without a sync");
        assert!(
            !unsynced,
            "push {n} was confirmed with bytes that were not synced"
        );
        before = synced;
    }
}

/// A server that confirms before it has written, unless a client asks it not to.
struct Lazy {
    cluster: Cluster,
    runtime: tokio::runtime::Runtime,
    client: tokio_postgres::Client,
}

impl Lazy {
    fn start() -> Self {
        let cluster = Cluster::start();
        let runtime = tokio::runtime::Runtime::new().expect("runtime");
        let connect = || {
            let url = cluster.url();
            let made = runtime.block_on(tokio_postgres::connect(&url, tokio_postgres::NoTls));
            let (client, connection) = made.expect("connect");
            runtime.spawn(connection);
            client
        };
        let client = connect();
        for said in [
            "ALTER SYSTEM SET synchronous_commit = off",
            "ALTER SYSTEM SET wal_writer_delay = '10s'",
            "SELECT pg_reload_conf()",
            "CREATE TABLE control (n INTEGER)",
        ] {
            runtime.block_on(client.batch_execute(said)).expect(said);
        }
        let begun = Instant::now();
        let mut lazy = Self {
            client,
            runtime,
            cluster,
        };
        while lazy.ask("SHOW synchronous_commit") != "off" {
            assert!(begun.elapsed() < Duration::from_secs(20), "not reloaded");
            std::thread::sleep(Duration::from_millis(20));
        }
        lazy
    }

    fn ask(&mut self, question: &str) -> String {
        let rows = self.runtime.block_on(self.client.simple_query(question));
        let rows = rows.expect(question);
        let text = rows.iter().find_map(|row| match row {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_string),
            _ => None,
        });
        text.unwrap_or_default()
    }

    /// Whether the server had more on disk at the end of some deed than it had written, to disk
    /// or not, at its beginning.
    fn flushes(&mut self, deed: impl FnOnce(&mut Self)) -> bool {
        let before = self.ask("SELECT pg_current_wal_insert_lsn()");
        deed(self);
        self.ask(&format!("SELECT pg_current_wal_flush_lsn() > '{before}'")) == "t"
    }
}

#[test]
fn postgres_has_each_push_on_disk_before_it_is_confirmed() {
    let mut lazy = Lazy::start();
    let mut shared = config();
    shared.database = Some(lazy.cluster.url());
    let relay = Running::start(&shared);
    let devices = admit(&relay.base, 1);
    let mut log = Log::new(1);
    for n in 0..PUSHES {
        let entries = log.take(1);
        let flushed = lazy.flushes(|_| {
            devices[0].push(&entries).expect("push");
        });
        assert!(flushed, "push {n} was confirmed before it was on disk");
    }
    // The same look at a client that does not ask for it sees that it was not.
    let lazily = (0..20).filter(|_| {
        !lazy.flushes(|lazy| {
            lazy.ask("INSERT INTO control VALUES (1)");
        })
    });
    assert!(lazily.count() > 0, "the look sees nothing");
    assert_eq!(lazy.ask("SHOW fsync"), "on");
}
