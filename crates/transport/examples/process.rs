//! Programs that the tests of this crate start, and kill: a relay, an office that opens a road,
//! and a writer of bundle files. What an environment says is read once, so each look at it has a
//! process of its own.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    reason = "a part of the tests"
)]

#[path = "../tests/it/desk.rs"]
mod desk;
#[path = "../../sync/tests/it/office.rs"]
mod office;
#[path = "../tests/it/relay.rs"]
mod relay;

use desk::Desk;
use radrum_sync::Problem;
use radrum_transport::write_bundle;
use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["relay", data, listen] => relay::serve(Path::new(data), listen),
        ["office", address] => office_at(address, false),
        ["office", address, "trusting"] => office_at(address, true),
        ["writer", path, bytes] => write(Path::new(path), bytes.parse().expect("bytes")),
        _ => panic!("{args:?}"),
    }
}

/// Opens a road, and ends well at the first problem, or when everything is sent.
fn office_at(address: &str, trusts: bool) {
    let mut desk = Desk::new(1);
    desk.office().write_many(3);
    desk.open(address);
    if trusts {
        desk.until_idle();
    } else {
        desk.until_problem(Problem::NoNetwork);
    }
    desk.stop();
}

/// Writes one bundle after the other under the same name.
fn write(path: &Path, bytes: usize) {
    for byte in (0..=u8::MAX).cycle() {
        write_bundle(path, &vec![byte; bytes]).expect("written");
    }
}
