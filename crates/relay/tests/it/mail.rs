//! Orders for letters and hints, as a device gives them, and letters as a mail server gets them.

use crate::anonymous::{issuer, order as order_tokens, sign_key, tokens};
use crate::device::{Device, RECORD, REGION, code, sign, signing};
use crate::running::{Running, config};
use ed25519_dalek::SigningKey;
use radrum_relay::config::{Config, MailConfig};
use radrum_wire::limits::{HINTS_FOLLOWED, HINTS_TOLD};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{AnonymousToken, Hint, Hints, MailOrder, MailWish, Record as _};
use reqwest::blocking::Response;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ADDRESS: &str = "elin@sorsele.example";

/// The mail server of Python's own library.
struct Smtp {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Smtp {
    fn start() -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/src/smtp.py");
        let folder = tempfile::tempdir().expect("folder");
        let mut command = Command::new("python3");
        command.args(["-W", "ignore"]).arg(program);
        command.arg(folder.path()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python3");
        let mut line = String::new();
        let out = child.stdout.take().expect("stdout");
        BufReader::new(out).read_line(&mut line).expect("line");
        let port = line.trim().parse().expect("port");
        Self {
            child,
            port,
            folder,
        }
    }

    fn letters(&self) -> usize {
        let entries = std::fs::read_dir(self.folder.path()).expect("folder");
        let names = entries.map(|entry| entry.expect("entry").file_name());
        names
            .filter(|name| name.to_string_lossy().ends_with(".eml"))
            .count()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn with_mail(port: u16, hours: [u32; 2]) -> Config {
    Config {
        mail: Some(MailConfig {
            server: format!("smtp://127.0.0.1:{port}"),
            from: "radrum@relay.example".into(),
            hours,
            every_s: 1,
        }),
        ..config()
    }
}

fn hint(n: u8) -> Hint {
    [n; 16].into()
}

fn wish(number: u64, address: &str, follows: u8) -> Vec<u8> {
    let wish = MailWish {
        number,
        address: address.into(),
        hints: vec![hint(follows); HINTS_FOLLOWED],
    };
    wish.encode_record().expect("record")
}

type Token = (SigningKey, Vec<u8>);

fn order(key: &SigningKey, wish: Vec<u8>, token: Option<&Token>) -> MailOrder {
    let of = sign_key(key);
    MailOrder {
        key: of,
        signature: sign(key, &MailOrder::signing_bytes(REGION, &wish)),
        wish,
        token: token.map(|(token, issued)| AnonymousToken {
            key: sign_key(token),
            issued: issued.clone(),
            spent: sign(token, &MailOrder::paying_bytes(REGION, of)),
        }),
    }
}

/// Without a bearer.
fn give(device: &Device, order: &MailOrder) -> Response {
    let body = order.encode_record().expect("record");
    let request = device.http.post(device.path("mail"));
    let request = request.header("content-type", RECORD).body(body);
    request.send().expect("answer")
}

fn tell(device: &Device, of: u8) {
    let hints = Hints(vec![hint(of); HINTS_TOLD]);
    let answer = device.post("hints", RECORD, hints.encode_record().expect("record"));
    assert_eq!(answer.status(), 200);
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn an_order_is_paid_for_once_and_changed_by_its_own_key_alone() {
    let smtp = Smtp::start();
    let (relay, devices) = Running::with_devices(&with_mail(smtp.port, [0, 24]), 1);
    let device = &devices[0];
    let of = issuer(device);
    let paid = tokens(device, &of, &order_tokens(&of, 500));
    let (hers, another) = (signing(900), signing(901));
    let malformed = |order: MailOrder| {
        assert_eq!(code(give(device, &order)), RefusalCode::Malformed);
    };
    // Not for nothing, not with a token for another order, not with one that nobody issued.
    malformed(order(&hers, wish(1, ADDRESS, 1), None));
    let mut of_another = order(&hers, wish(1, ADDRESS, 1), Some(&paid[0]));
    of_another.token = order(&another, wish(1, ADDRESS, 1), Some(&paid[0])).token;
    malformed(of_another);
    let drawn = (signing(902), vec![7; 256]);
    malformed(order(&hers, wish(1, ADDRESS, 1), Some(&drawn)));
    // Not to what is no address, with more than one, or with a line of its own.
    for bad in ["elin", "a@b.se,c@d.se", "a@b.se\r\nBcc: c@d.se", "<a@b.se>"] {
        malformed(order(&hers, wish(1, bad, 1), Some(&paid[0])));
    }
    for _ in 0..2 {
        let first = order(&hers, wish(1, ADDRESS, 1), Some(&paid[0]));
        assert_eq!(give(device, &first).status(), 200);
    }
    malformed(order(&another, wish(1, ADDRESS, 1), Some(&paid[0])));
    // Later she needs none, and nobody changes it for her; an older wish changes nothing.
    let next = order(&hers, wish(2, ADDRESS, 2), None);
    assert_eq!(give(device, &next).status(), 200);
    let mut forged = order(&hers, wish(3, "", 2), None);
    forged.signature = sign(&another, &MailOrder::signing_bytes(REGION, &forged.wish));
    malformed(forged);
    let older = order(&hers, wish(1, ADDRESS, 1), None);
    assert_eq!(give(device, &older).status(), 200);
    tell(device, 1);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(smtp.letters(), 0, "of what she followed before");
    tell(device, 2);
    until("a letter", || smtp.letters() == 1);
    let end = order(&hers, wish(3, "", 0), None);
    for _ in 0..2 {
        assert_eq!(give(device, &end).status(), 200);
    }
    let stranger = Device::new(&relay.base, 99);
    let hints = Hints(vec![hint(2); HINTS_TOLD]);
    let answer = stranger.post("hints", RECORD, hints.encode_record().expect("record"));
    assert_eq!(code(answer), RefusalCode::Unauthorized);
}

#[test]
fn a_letter_waits_for_the_day_and_for_a_mail_server_that_is_away() {
    let port = {
        let gone = Smtp::start();
        gone.port
    };
    let (mut relay, devices) = Running::with_devices(&with_mail(port, [0, 24]), 1);
    let of = issuer(&devices[0]);
    let paid = tokens(&devices[0], &of, &order_tokens(&of, 500));
    let hers = order(&signing(900), wish(1, ADDRESS, 1), Some(&paid[0]));
    assert_eq!(give(&devices[0], &hers).status(), 200);
    tell(&devices[0], 1);
    std::thread::sleep(Duration::from_secs(2));
    relay.stop();
    // Never open: the hours are over before they begin.
    let smtp = Smtp::start();
    let hour = |from| with_mail(smtp.port, from);
    let data = relay.data.clone();
    let night = Running::start_in(&hour(closed_now()), data.clone());
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(smtp.letters(), 0);
    drop(night);
    let day = Running::start_in(&hour([0, 24]), data);
    until("the letter that waited", || smtp.letters() == 1);
    drop(day);
}

/// Two hours that are not now: any six hours away from it.
fn closed_now() -> [u32; 2] {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let hour = since.expect("time").as_secs() / 3600 % 24;
    let hour = u32::try_from(hour).expect("hour");
    if hour < 12 { [20, 22] } else { [4, 6] }
}

#[test]
fn a_relay_without_a_mail_server_takes_neither_orders_nor_hints() {
    let (relay, devices) = Running::with_devices(&config(), 1);
    let hers = order(&signing(900), wish(1, ADDRESS, 1), None);
    assert_eq!(code(give(&devices[0], &hers)), RefusalCode::NotFound);
    let hints = Hints(vec![hint(2); HINTS_TOLD]);
    let answer = devices[0].post("hints", RECORD, hints.encode_record().expect("record"));
    assert_eq!(code(answer), RefusalCode::NotFound);
    drop(relay);
}
