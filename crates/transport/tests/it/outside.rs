//! What the computer decides: its proxy and its roots. Environment variables are read once and
//! by all, so each look at them has a process of its own.

use crate::desk::{Desk, until};
use crate::relay::again;
use radrum_sync::Problem;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;

const ADDRESS: &str = "RADRUM_TEST_ADDRESS";

/// Is the office process: opens a road and ends at the first problem.
#[test]
#[ignore = "a process that other tests start"]
fn office() {
    let Ok(address) = std::env::var(ADDRESS) else {
        return;
    };
    let mut desk = Desk::new(1);
    desk.open(&address);
    desk.until_problem(Problem::NoNetwork);
    desk.stop();
}

#[test]
fn a_relay_elsewhere_is_called_through_the_proxy_of_the_computer() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("listen");
    let at = format!("http://{}", proxy.local_addr().expect("address"));
    let mut office = again("outside::office")
        .env(ADDRESS, "https://relay.example/radrum")
        .env("HTTPS_PROXY", &at)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("office");
    let (stream, _) = proxy.accept().expect("the office comes to the proxy");
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line).expect("line");
    assert_eq!(line, "CONNECT relay.example:443 HTTP/1.1\r\n");
    drop((stream, proxy));
    assert!(office.wait().expect("office").success());
}

#[test]
fn a_relay_on_this_computer_is_called_past_the_proxy() {
    let relay = TcpListener::bind("127.0.0.1:0").expect("listen");
    let mut office = again("outside::office")
        .env(
            ADDRESS,
            format!("http://{}", relay.local_addr().expect("address")),
        )
        .env("HTTP_PROXY", "http://127.0.0.1:1")
        .env("http_proxy", "http://127.0.0.1:1")
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("office");
    let (stream, _) = relay.accept().expect("the office comes directly");
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line).expect("line");
    assert_eq!(line, "POST /v1/challenge HTTP/1.1\r\n");
    drop((stream, relay));
    until("the office ends", || {
        office.try_wait().expect("office").is_some()
    });
}
