//! What the computer decides: its proxy and its roots. Environment variables are read once and
//! by all, so each look at them has a process of its own.

use crate::desk::until;
use crate::relay::{CERTIFICATE, KEY, RelayProcess, process};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use tempfile::TempDir;

fn office_at(address: &str) -> Command {
    let mut office = process("office");
    office.arg(address).stdout(Stdio::null());
    office
}

#[test]
fn a_relay_elsewhere_is_called_through_the_proxy_of_the_computer() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("listen");
    let at = format!("http://{}", proxy.local_addr().expect("address"));
    let mut office = office_at("https://relay.example/radrum")
        .env("HTTPS_PROXY", &at)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
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
    let at = format!("http://{}", relay.local_addr().expect("address"));
    let mut office = office_at(&at)
        .env("HTTP_PROXY", "http://127.0.0.1:1")
        .env("http_proxy", "http://127.0.0.1:1")
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

#[cfg(target_os = "linux")]
#[test]
fn a_relay_is_believed_when_the_computer_trusts_who_signed_its_certificate() {
    let data = TempDir::new().expect("folder");
    let roots = signed_by_a_municipality(&data);
    let relay = RelayProcess::start_in(data);
    let address = format!("https://localhost:{}", relay.address.port());
    let trusted = office_at(&address)
        .env("SSL_CERT_FILE", roots.path().join("root.pem"))
        .arg("trusting")
        .status();
    assert!(trusted.expect("office").success());
    let others = signed_by_a_municipality(&TempDir::new().expect("folder"));
    let not_trusted = office_at(&address)
        .env("SSL_CERT_FILE", others.path().join("root.pem"))
        .status();
    assert!(not_trusted.expect("office").success());
    let other_name = office_at(&format!("https://{}", relay.address))
        .env("SSL_CERT_FILE", roots.path().join("root.pem"))
        .status();
    assert!(other_name.expect("office").success());
}

/// A certificate for `localhost` in the folder, and the root in another.
fn signed_by_a_municipality(data: &TempDir) -> TempDir {
    let root_key = KeyPair::generate().expect("key");
    let mut root = CertificateParams::new(Vec::new()).expect("params");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = root.self_signed(&root_key).expect("root");
    let issuer = Issuer::new(root, root_key);
    let key = KeyPair::generate().expect("key");
    let relay = CertificateParams::new(vec!["localhost".into()]).expect("params");
    let relay = relay.signed_by(&key, &issuer).expect("certificate");
    let roots = TempDir::new().expect("folder");
    let write = |folder: &TempDir, name: &str, text: String| {
        std::fs::write(folder.path().join(name), text).expect("file");
    };
    write(data, CERTIFICATE, relay.pem());
    write(data, KEY, key.serialize_pem());
    write(&roots, "root.pem", certificate.pem());
    roots
}
