//! The program as the operator meets it.

use crate::device::{
    Device, FRAMES, Log, RECORD, REGION, envelopes, frames, public, read, signing,
};
use crate::running::{ADMIN, Process, Running, admit, config};
use radrum_relay::config::Tls;
use radrum_wire::relay::RelayState;
use radrum_wire::{Letter, Nonce, Salt, SealedRequest};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

fn program(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_radrum-relay"));
    command
        .arg("--data")
        .arg(data)
        .args(args)
        .output()
        .expect("run")
}

#[test]
fn sigterm_answers_whoever_waits_and_ends_well() {
    let data = tempfile::tempdir().expect("folder");
    let process = Process::start(data.path(), "");
    let devices = admit(&process.base, 2);
    let ready = devices[0]
        .http
        .get(format!("{}/readyz", process.operator))
        .send();
    assert_eq!(ready.expect("answer").status(), 200);
    let waiting = devices[0].clone();
    let waiter = std::thread::spawn(move || waiting.get("wait?after=0&seconds=50").status());
    std::thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    let log = process.stop();
    assert_eq!(waiter.join().expect("waiter"), 200);
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert!(log.contains("stopped"), "{log}");
    // Everything lies in one file.
    assert!(!data.path().join("relay.db-wal").exists());
}

#[test]
fn logs_hold_no_content_no_keys_and_no_addresses() {
    const CANARY: &str = "kanariefågel";
    let data = tempfile::tempdir().expect("folder");
    let process = Process::start_with(data.path(), "", |command| {
        command.env("RADRUM_RELAY_LOG", "trace");
    });
    let devices = admit(&process.base, 1);
    let device = &devices[0];
    let mut entry = Log::new(1).next();
    let end = entry.len() - CANARY.len();
    entry[end..].copy_from_slice(CANARY.as_bytes());
    device.push(std::slice::from_ref(&entry)).expect("push");
    assert_eq!(device.pull_all(10_000), [entry]);
    // Everywhere that a client may put it.
    let escaped = "kanarief%C3%A5gel";
    device.get(escaped);
    device.get(&format!("entries?{escaped}=1"));
    device.post("entries", FRAMES, CANARY.into());
    device.post("entries", CANARY, CANARY.into());
    device.put("roster", RECORD, CANARY.into());
    device.post_json("/v1/challenge", format!("{{\"{CANARY}\":1}}"));
    let named = device
        .http
        .get(device.path("state"))
        .header("user-agent", CANARY);
    named.bearer_auth(CANARY).send().expect("answer");
    let method = "KANARIE".parse().expect("method");
    let odd = device.http.request(method, device.path("state"));
    odd.send().expect("answer");
    let id = Salt::from_bytes([0xc5; 16]);
    let letter = SealedRequest {
        invitation: id,
        nonce: Nonce::from_bytes([1; 24]),
        sealed: CANARY.into(),
    };
    let file = letter.to_file().expect("file");
    let kind = "application/octet-stream";
    let put = device.put(&format!("letters/{id}/request"), kind, file);
    assert_eq!(put.status(), 204);
    let log = process.stop();
    assert!(
        log.contains("unauthorized") || log.contains("Unauthorized"),
        "{log}"
    );
    let key = public(&device.key).to_string();
    for secret in [
        CANARY,
        escaped,
        &device.token,
        &id.to_string(),
        &key,
        "127.0.0.1:",
        "KANARIE",
    ] {
        // Its own addresses, which it names at start.
        let later = log.lines().filter(|line| !line.contains("listening"));
        for line in later {
            assert!(!line.contains(secret), "{line}");
        }
    }
}

#[test]
fn a_backup_is_made_beside_a_running_relay_and_put_back() {
    let data = tempfile::tempdir().expect("folder");
    let copy = tempfile::tempdir().expect("folder");
    let process = Process::start(data.path(), "");
    let devices = admit(&process.base, 1);
    let mut log = Log::new(1);
    let kept = log.take(20);
    devices[0].push(&kept).expect("push");
    let before: RelayState = read(devices[0].get("state")).expect("state");
    let file = copy.path().join("relay.db");
    let made = program(data.path(), &["--backup", file.to_str().expect("path")]);
    assert!(made.status.success(), "{made:?}");
    // Not over another file.
    assert!(
        !program(data.path(), &["--backup", file.to_str().expect("path")])
            .status
            .success()
    );
    let lost = log.take(5);
    devices[0].push(&lost).expect("push");
    process.kill();
    // The copy is put in place, and the relay is told.
    std::fs::copy(
        data.path().join("relay.toml"),
        copy.path().join("relay.toml"),
    )
    .expect("copy");
    assert!(program(copy.path(), &["--restored"]).status.success());
    let process = Process::start(copy.path(), "");
    let mut device = Device::new(&process.base, 0);
    device.enter(REGION).expect("the roster was in the backup");
    let after: RelayState = read(device.get("state")).expect("state");
    assert_eq!((after.cursor, after.roster), (20, 1));
    assert_ne!(after.store, before.store, "clients would not look again");
    assert_eq!(device.pull_all(5_000), kept);
    // A client fills it again.
    assert_eq!(device.push(&lost).expect("push").stored, 5);
}

#[test]
fn one_command_without_a_configuration_is_a_relay() {
    let data = tempfile::tempdir().expect("folder");
    let key = public(&signing(ADMIN));
    let krets = format!("{REGION}={key}");
    let folder = data.path().join("new");
    let mut child = Command::new(env!("CARGO_BIN_EXE_radrum-relay"))
        .arg("--data")
        .arg(&folder)
        .args(["--listen", "127.0.0.1:0", "--krets", &krets])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("start");
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(
        child.stderr.take().expect("stderr"),
    ));
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains("listening")));
    let line = line.expect("listening");
    let (_, rest) = line.split_once("address=").expect("address");
    let base = format!("http://{}", rest.split(' ').next().expect("value"));
    let devices = admit(&base, 1);
    devices[0].push(&Log::new(1).take(1)).expect("push");
    assert!(folder.join("relay.db").exists());
    child.kill().expect("kill");
    child.wait().expect("wait");
}

#[test]
fn a_wrong_start_says_why_in_one_line() {
    let data = tempfile::tempdir().expect("folder");
    let config = |text: &str| std::fs::write(data.path().join("relay.toml"), text).expect("write");
    let said = |args: &[&str]| {
        let output = program(data.path(), args);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).expect("text")
    };
    config("lissten = '127.0.0.1:1'");
    assert!(said(&[]).contains("unknown field `lissten`"));
    config("database = 'postgres://user:hemligt@127.0.0.1:1/none'");
    let away = said(&[]);
    assert!(
        away.contains("postgres connection") && !away.contains("hemligt"),
        "{away}"
    );
    config("database = 'postgres://user:hemligt@[/none'\n");
    assert!(!said(&[]).contains("hemligt"));
    config("");
    std::fs::write(
        data.path().join("relay.db"),
        "not a database, but long enough",
    )
    .expect("write");
    assert!(said(&[]).contains("sqlite 26"));
    assert!(said(&["--krets", "zz"]).contains("REGION=KEY"));
    assert!(said(&["--listen", "nowhere"]).contains("nowhere"));
}

#[test]
fn https_without_a_proxy() {
    let data = tempfile::tempdir().expect("folder");
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_string()]).expect("made");
    let (certificate, key) = (data.path().join("c.pem"), data.path().join("k.pem"));
    std::fs::write(&certificate, made.cert.pem()).expect("write");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("write");
    let mut secure = config();
    secure.operator = None;
    secure.tls = Some(Tls { certificate, key });
    let relay = Running::start(&secure);
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "localhost".try_into().expect("name");
    let session = rustls::ClientConnection::new(Arc::new(client), name).expect("session");
    let stream = std::net::TcpStream::connect(relay.base.trim_start_matches("http://"));
    let mut stream = rustls::StreamOwned::new(session, stream.expect("connect"));
    let ask = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(ask).expect("write");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("read");
    assert!(answer.starts_with(b"HTTP/1.1 200 "));
}

#[test]
fn what_comes_from_a_road_is_what_went_in() {
    let (_relay, devices) = Running::with_devices(&config(), 1);
    let all = Log::new(1).take(3);
    let sent = frames(&all);
    devices[0].post("entries", FRAMES, sent.clone());
    let got = devices[0].get("entries").bytes().expect("body");
    assert_eq!((&got[..], envelopes(&got)), (&sent[..], all));
}
