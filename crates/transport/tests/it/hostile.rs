//! Programs that are no relay, or stand between.

use crate::desk::{Desk, are_equal, until};
use crate::relay::RelayProcess;
use radrum_sync::Problem;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Gives each connection to `speak`, for as long as the test program runs.
fn listen(speak: impl Fn(TcpStream) + Send + Sync + 'static) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("listen");
    let address = listener.local_addr().expect("address");
    let met = Arc::new(AtomicUsize::new(0));
    let (count, speak) = (Arc::clone(&met), Arc::new(speak));
    thread::spawn(move || {
        for stream in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            let speak = Arc::clone(&speak);
            thread::spawn(move || speak(stream.expect("stream")));
        }
    });
    (address, met)
}

fn says(bytes: &'static str) -> (SocketAddr, Arc<AtomicUsize>) {
    listen(move |mut stream| {
        let _ = stream.read(&mut [0; 4_096]);
        let _ = stream.write_all(bytes.as_bytes());
    })
}

fn problem_at(address: SocketAddr, problem: Problem) {
    let mut desk = Desk::new(1);
    desk.office().write_many(2);
    desk.open(&format!("http://{address}"));
    desk.until_problem(problem);
    assert!(desk.stop() < Duration::from_secs(1));
    assert_eq!(desk.status().map(|status| status.waiting), Some(2));
}

#[test]
fn a_login_page_is_no_network() {
    let (address, _) = says(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 20\r\n\r\n<html>Logga in</html",
    );
    problem_at(address, Problem::NoNetwork);
}

#[test]
fn json_of_another_program_is_no_network() {
    let (address, _) = says(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 16\r\n\r\n{\"relay\": \"abcd\"",
    );
    problem_at(address, Problem::NoNetwork);
}

#[test]
fn a_body_without_end_is_no_network() {
    let (address, _) = listen(|mut stream| {
        let _ = stream.read(&mut [0; 4_096]);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        while stream.write_all(&[b' '; 65_536]).is_ok() {}
    });
    problem_at(address, Problem::NoNetwork);
}

#[test]
fn a_head_without_end_is_no_network() {
    let (address, _) = listen(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"x-more: and more and more\r\n").is_ok() {}
    });
    problem_at(address, Problem::NoNetwork);
}

#[test]
fn an_address_at_which_nobody_listens_is_no_network() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("listen");
    let address = listener.local_addr().expect("address");
    drop(listener);
    problem_at(address, Problem::NoNetwork);
}

#[test]
fn a_program_that_says_nothing_is_left_at_once_on_stop() {
    let (address, met) = listen(|mut stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let mut desk = Desk::new(1);
    desk.open(&format!("http://{address}"));
    until("a connection", || met.load(Ordering::SeqCst) > 0);
    assert!(desk.stop() < Duration::from_secs(1));
}

#[test]
fn nobody_is_sent_elsewhere() {
    let (elsewhere, met) = says("");
    let (address, _) = listen(move |mut stream| {
        let _ = stream.read(&mut [0; 4_096]);
        let answer = format!(
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{elsewhere}/\r\ncontent-length: 0\r\n\r\n"
        );
        let _ = stream.write_all(answer.as_bytes());
    });
    problem_at(address, Problem::NoNetwork);
    assert_eq!(met.load(Ordering::SeqCst), 0);
}

#[test]
fn the_exempelkrets_is_never_sent_anywhere() {
    let (address, met) = says("");
    let mut desk = Desk::new(1);
    desk.open_krets(&format!("http://{address}"), radrum_wire::RegionId::EXAMPLE);
    desk.until_problem(Problem::Example);
    desk.road().retry();
    desk.road().resumed();
    desk.road().written();
    desk.stop();
    assert_eq!(met.load(Ordering::SeqCst), 0);
}

/// Passes bytes on in both directions, and cuts the first connections after some bytes of
/// answers.
fn cutting(to: SocketAddr, connections: usize, bytes: u64) -> SocketAddr {
    let left = AtomicUsize::new(connections);
    let (address, _) = listen(move |client| {
        let cuts = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
        let relay = TcpStream::connect(to).expect("relay");
        let limit = if cuts.is_ok() { bytes } else { u64::MAX };
        let (mut up, mut to_relay) = pair(&client, &relay);
        let (mut to_client, down) = pair(&client, &relay);
        thread::spawn(move || std::io::copy(&mut up, &mut to_relay));
        let _ = std::io::copy(&mut down.take(limit), &mut to_client);
        let _ = client.shutdown(Shutdown::Both);
        let _ = relay.shutdown(Shutdown::Both);
    });
    address
}

fn pair(client: &TcpStream, relay: &TcpStream) -> (TcpStream, TcpStream) {
    let clone = |stream: &TcpStream| stream.try_clone().expect("stream");
    (clone(client), clone(relay))
}

#[test]
fn a_line_that_breaks_in_the_middle_of_a_body_keeps_what_came() {
    let relay = RelayProcess::start();
    let (mut a, mut b) = (Desk::new(1), Desk::new(2));
    a.office().write_many(900);
    a.open(&relay.url());
    a.until_idle();
    // 590 kB: the first two connections bring less than a third of it each.
    let address = cutting(relay.address, 2, 150_000);
    b.open(&format!("http://{address}"));
    until("a part", || b.count() > 0);
    assert!(b.count() < 900);
    until("everything", || are_equal(&[&a, &b]));
    b.until_idle();
}
