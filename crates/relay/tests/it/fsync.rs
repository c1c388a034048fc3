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

#[test]
fn postgres_syncs_for_each_confirmation() {
    let cluster = Cluster::start();
    let mut shared = config();
    shared.database = Some(cluster.url());
    let relay = Running::start(&shared);
    let devices = admit(&relay.base, 1);
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let url = cluster.url();
    let connect = tokio_postgres::connect(&url, tokio_postgres::NoTls);
    let (client, connection) = runtime.block_on(connect).expect("connect");
    runtime.spawn(connection);
    let count = || -> i64 {
        let row = runtime.block_on(client.query_one("SELECT wal_sync FROM pg_stat_wal", &[]));
        row.expect("statistics").get(0)
    };
    let before = count();
    let mut log = Log::new(1);
    for _ in 0..PUSHES {
        devices[0].push(&log.take(1)).expect("push");
    }
    // Backends tell their figures within ten seconds.
    let begun = Instant::now();
    while count() - before < PUSHES as i64 {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{} syncs",
            count() - before
        );
        std::thread::sleep(Duration::from_millis(200));
    }
}
