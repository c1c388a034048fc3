//! Programs that do harm if they can, strangers and members alike.

use super::office::{LanOffice, are_equal};
use super::spy::{Spy, connect, listen, until_closed};
use crate::desk::until;
use crate::office::{REGION, envelope, log};
use radrum_wire::lan::Message;
use radrum_wire::limits::{LAN_HANDSHAKE_S, LAN_MESSAGE_BYTES_MAX};
use radrum_wire::{Digest, EntryHash, Head, Heads, Range, Ranges, Seq, write_frame};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A member who has said hello with another digest than the office's.
fn member(office: &LanOffice) -> Spy {
    let mut spy = Spy::call(office.address());
    spy.greet(2);
    spy.receive();
    spy.send(&Message::Hello(REGION, Digest::from_bytes([9; 32])));
    assert!(matches!(spy.receive(), Message::Heads(_)));
    spy
}

#[test]
fn garbage_before_and_inside_tls_ends_its_own_line_only() {
    let a = LanOffice::open(1, 5, &[]);
    for garbage in [
        vec![0; 10_000],
        vec![0xff; 3],
        b"\x16\x03\x03\xff\xff".repeat(999),
    ] {
        let mut tcp = connect(a.address());
        // The other may close before it has heard all of it.
        let _ = tcp.write_all(&garbage);
        let _ = tcp.shutdown(Shutdown::Write);
        assert!(until_closed(&mut tcp) <= 7);
    }
    let mut spy = Spy::call(a.address());
    spy.say(&[7; 500]);
    assert_eq!(spy.until_closed(), 0);
    a.still_trades(3);
}

#[test]
fn a_member_who_speaks_against_the_format_loses_the_line() {
    let a = LanOffice::open(1, 5, &[]);
    let too_long = u32::try_from(LAN_MESSAGE_BYTES_MAX + 1).expect("length");
    let cases: [Vec<u8>; 6] = [
        too_long.to_be_bytes().to_vec(),
        vec![0xff; 4],
        vec![0; 4],
        b"\0\0\0\x01\x63".to_vec(),
        b"\0\0\0\x02\x02\xff".to_vec(),
        // Frames that nobody asked for.
        b"\0\0\0\x01\x04".to_vec(),
    ];
    for case in cases {
        let mut spy = member(&a);
        spy.say(&case);
        spy.until_closed();
    }
    // A digest of another krets is no hello.
    let mut spy = Spy::call(a.address());
    spy.greet(2);
    let other = radrum_wire::RegionId::from_bytes([8; 16]);
    spy.send(&Message::Hello(other, Digest::from_bytes([9; 32])));
    spy.until_closed();
    a.still_trades(3);
}

#[test]
fn a_member_who_names_what_there_is_not_or_sends_forged_entries_does_no_harm() {
    let a = LanOffice::open(1, 5, &[]);
    let mut spy = member(&a);
    let (log, hash) = (log(2), EntryHash::from_bytes([6; 32]));
    let head = |seq| Head {
        log,
        seq: Seq(seq),
        hash,
    };
    spy.send(&Message::Heads(Heads::new(vec![head(1 << 40)])));
    let zero = EntryHash::from_bytes([0; 32]);
    let mut frames = Vec::new();
    let mut forged = envelope(1, log, 1, zero, 0);
    forged[200] ^= 1;
    write_frame(&mut frames, &forged).expect("frame");
    let sound = envelope(1, log, 1, zero, 5);
    write_frame(&mut frames, &sound).expect("frame");
    frames.extend_from_slice(b"\xff\xff\xff\xff and so on");
    for _ in 0..100 {
        match spy.receive() {
            Message::Ask(_) => spy.send(&Message::Frames(frames.clone())),
            Message::Done => break,
            message => panic!("{message:?}"),
        }
    }
    // The sound one is kept, once, and nothing else.
    assert_eq!(a.count(), 6);
    drop(spy);
    a.still_trades(3);
}

#[test]
fn a_member_who_asks_for_everything_again_and_again_and_reads_nothing_fills_nothing() {
    let a = LanOffice::open(1, 4_000, &[]);
    let mut spy = member(&a);
    let range = Range {
        log: log(1),
        first: Seq(1),
        last: Seq(u64::MAX >> 1),
    };
    let ask = Message::Ask(Ranges(vec![range])).encode().expect("ask");
    let length = Message::write_length(ask.len()).expect("length");
    let asks = [&length[..], &ask].concat().repeat(1_000);
    // 1,000 questions of 1 MB each are not answered ahead of one who does not read: the office
    // stops reading, and what the system buffers for it is soon full.
    spy.tcp
        .set_write_timeout(Some(Duration::from_secs(1)))
        .expect("time");
    let mut said = 0;
    while spy.try_say(&asks) {
        said += asks.len();
        assert!(said < 64 * 1024 * 1024, "never full");
    }
    // Meanwhile others are served: the office has done with the questions what it does.
    a.still_trades(3);
    let given = a.given.load(Ordering::SeqCst);
    assert!(given < 40 * 1024 * 1024, "{given} bytes for nobody");
    drop(spy);
    a.until_lines(0);
    a.still_trades(4);
}

#[test]
fn callers_who_say_nothing_or_too_little_are_closed_in_time_and_others_are_served() {
    let a = LanOffice::open(1, 5, &[]);
    let begun = Instant::now();
    let mut silent = connect(a.address());
    let mut slow = connect(a.address());
    slow.write_all(b"\x16").expect("said");
    let mut half = Spy::call(a.address());
    half.say(&half.knock(REGION)[..31]);
    a.still_trades(3);
    assert_eq!(until_closed(&mut silent), 0);
    assert_eq!(until_closed(&mut slow), 0);
    assert_eq!(half.until_closed(), 0);
    let took = begun.elapsed();
    assert!(took >= Duration::from_secs(LAN_HANDSHAKE_S - 1), "{took:?}");
    assert!(took < Duration::from_secs(LAN_HANDSHAKE_S + 20), "{took:?}");
    a.is_unharmed(8);
}

#[test]
fn one_computer_that_opens_many_lines_holds_few() {
    let a = LanOffice::open(1, 5, &[]);
    let mut lines: Vec<TcpStream> = (0..40).map(|_| connect(a.address())).collect();
    // The others are closed without a word, while the first ones are still waited for.
    let (first, others) = lines.split_at_mut(4);
    for line in others {
        assert_eq!(until_closed(line), 0);
    }
    for line in first {
        line.set_nonblocking(true).expect("line");
        let read = line.read(&mut [0]).map_err(|error| error.kind());
        assert_eq!(read, Err(ErrorKind::WouldBlock));
    }
    drop(lines);
    a.still_trades(3);
}

#[test]
fn a_device_that_is_called_and_says_nothing_does_not_keep_the_caller_from_others() {
    let (listener, address) = listen();
    let a = LanOffice::open(1, 5, &[]);
    let mut b = LanOffice::new(2);
    b.office().write_many(5);
    b.call_at(&[address, a.address()]);
    let (_silent, _) = listener.accept().expect("a call");
    until("the same", || a.count() == 10 && are_equal(&[&a, &b]));
    let begun = Instant::now();
    b.stop();
    assert!(begun.elapsed() < Duration::from_secs(2));
}

/// Passes bytes on in both directions, and cuts the first lines after so many bytes each way.
fn cutting(to: SocketAddr, lines: usize, bytes: u64) -> (SocketAddr, Arc<AtomicUsize>) {
    let (listener, address) = listen();
    let cut = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&cut);
    thread::spawn(move || {
        for (number, caller) in listener.incoming().enumerate() {
            let (caller, called) = (caller.expect("line"), connect(to));
            let limit = if number < lines { bytes } else { u64::MAX };
            let count = Arc::clone(&count);
            let clone = |stream: &TcpStream| stream.try_clone().expect("line");
            let (mut up, down) = (clone(&caller), clone(&called));
            let (mut to_called, mut to_caller) = (clone(&called), clone(&caller));
            thread::spawn(move || std::io::copy(&mut up, &mut to_called));
            thread::spawn(move || {
                let copied = std::io::copy(&mut down.take(limit), &mut to_caller);
                if copied.is_ok_and(|copied| copied == limit) {
                    count.fetch_add(1, Ordering::SeqCst);
                }
                let _ = caller.shutdown(Shutdown::Both);
                let _ = called.shutdown(Shutdown::Both);
            });
        }
    });
    (address, cut)
}

#[test]
fn a_line_that_is_cut_in_the_middle_costs_nothing_and_the_next_goes_on_there() {
    let a = LanOffice::open(1, 6_000, &[]);
    let mut b = LanOffice::new(2);
    b.office().write_many(500);
    // 4 MB in all, of which a cut line carries one message of 1 MB and a part of the next.
    let (address, cut) = cutting(a.address(), 2, 1_500_000);
    b.call_at(&[address]);
    until("cut", || cut.load(Ordering::SeqCst) > 0);
    until("a part", || b.count() > 500);
    until("the same", || a.count() == 6_500 && are_equal(&[&a, &b]));
    assert_eq!(cut.load(Ordering::SeqCst), 2);
    b.write(1);
    until("news", || a.count() == 6_501);
}

#[test]
fn lines_that_are_cut_anywhere_at_all_leave_both_as_they_were() {
    let a = LanOffice::open(1, 20, &[]);
    for (number, bytes) in (10_u8..).zip([0, 1, 100, 400, 600, 700, 800, 1_500, 5_000]) {
        let (address, _) = cutting(a.address(), 1, bytes);
        let mut b = LanOffice::new(number);
        b.office().write_many(1);
        b.call_at(&[address]);
        until("the same", || are_equal(&[&a, &b]));
    }
    assert_eq!(a.count(), 29);
}
