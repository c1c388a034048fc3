//! A program that speaks TLS as a device does, and says on the line what a test wants.

use crate::desk::{auth_key, key};
use crate::office::REGION;
use ed25519_dalek::Signer as _;
use radrum_wire::lan::{
    CHANNEL_LABEL, MESSAGE_LENGTH_BYTES, Message, PROTOCOL, Proof, Side, knock, proof_signing_bytes,
};
use radrum_wire::{Digest, RegionId, Signature};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::AlwaysResolvesServerRawPublicKeys;
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, Error, ServerConfig};
use rustls::{ServerConnection, SignatureScheme, StreamOwned};
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// A line that says nothing for so long has failed its test.
const LONG: Duration = Duration::from_secs(45);

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// One end of a line.
pub struct Spy {
    pub side: Side,
    pub channel: Digest,
    stream: Box<dyn Stream>,
    /// The line below.
    pub tcp: TcpStream,
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let tcp = TcpStream::connect(address).expect("connected");
    tcp.set_read_timeout(Some(LONG)).expect("time");
    tcp.set_write_timeout(Some(LONG)).expect("time");
    tcp
}

/// A place at which the test listens.
pub fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("port");
    let address = listener.local_addr().expect("address");
    (listener, address)
}

/// How many bytes come before the line is closed or reset.
pub fn until_closed(stream: &mut impl Read) -> usize {
    let (mut all, mut bytes) = (0, [0; 4_096]);
    loop {
        match stream.read(&mut bytes) {
            Ok(0) => return all,
            Ok(read) => all += read,
            Err(error) => {
                let kind = error.kind();
                let waits = [std::io::ErrorKind::WouldBlock, std::io::ErrorKind::TimedOut];
                assert!(!waits.contains(&kind), "not closed in time");
                return all;
            }
        }
    }
}

impl Spy {
    pub fn call(address: SocketAddr) -> Self {
        Self::over(connect(address), Side::Caller)
    }

    /// Takes the next call.
    pub fn called(listener: &TcpListener) -> Self {
        let (tcp, _) = listener.accept().expect("a call");
        tcp.set_read_timeout(Some(LONG)).expect("time");
        Self::over(tcp, Side::Called)
    }

    fn over(tcp: TcpStream, side: Side) -> Self {
        let below = tcp.try_clone().expect("line");
        let mut export = [0; 32];
        let stream: Box<dyn Stream> = match side {
            Side::Caller => {
                let nobody = ServerName::from(IpAddr::from(Ipv4Addr::UNSPECIFIED));
                let line = ClientConnection::new(Arc::new(client()), nobody).expect("client");
                let mut stream = StreamOwned::new(line, tcp);
                stream.conn.complete_io(&mut stream.sock).expect("TLS");
                let exported =
                    stream
                        .conn
                        .export_keying_material(&mut export, CHANNEL_LABEL, Some(&[]));
                exported.expect("channel");
                Box::new(stream)
            }
            Side::Called => {
                let line = ServerConnection::new(Arc::new(server())).expect("server");
                let mut stream = StreamOwned::new(line, tcp);
                while stream.conn.is_handshaking() {
                    stream.conn.complete_io(&mut stream.sock).expect("TLS");
                }
                let exported =
                    stream
                        .conn
                        .export_keying_material(&mut export, CHANNEL_LABEL, Some(&[]));
                exported.expect("channel");
                Box::new(stream)
            }
        };
        let channel = Digest::from_bytes(export);
        Self {
            side,
            channel,
            stream,
            tcp: below,
        }
    }

    pub fn say(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("said");
        self.stream.flush().expect("said");
    }

    /// False when the other takes no more.
    pub fn try_say(&mut self, bytes: &[u8]) -> bool {
        let said = self.stream.write_all(bytes);
        said.and_then(|()| self.stream.flush()).is_ok()
    }

    pub fn hear<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.stream.read_exact(&mut bytes).expect("heard");
        bytes
    }

    pub fn knock(&self, region: RegionId) -> Vec<u8> {
        knock(self.side, region, self.channel).as_bytes().to_vec()
    }

    /// What the device of that number says of itself on this line.
    pub fn proof(&self, number: u8) -> Vec<u8> {
        let message = proof_signing_bytes(self.side, REGION, auth_key(number), self.channel);
        let signature = key(number).sign(&message).to_bytes();
        let proof = Proof {
            key: auth_key(number),
            signature: Signature::from_bytes(signature),
        };
        proof.encode()
    }

    /// As the device of that number, up to the other's proof.
    pub fn greet(&mut self, number: u8) -> Proof {
        self.say(&self.knock(REGION));
        self.hear::<{ Digest::BYTES }>();
        self.say(&self.proof(number));
        Proof::decode(&self.hear::<{ Proof::BYTES }>()).expect("proof")
    }

    pub fn send(&mut self, message: &Message) {
        let message = message.encode().expect("message");
        let length = Message::write_length(message.len()).expect("length");
        self.say(&[&length[..], &message].concat());
    }

    pub fn receive(&mut self) -> Message {
        let length = self.hear::<MESSAGE_LENGTH_BYTES>();
        let mut bytes = vec![0; Message::read_length(length).expect("length")];
        self.stream.read_exact(&mut bytes).expect("message");
        Message::decode(&bytes).expect("message")
    }

    /// How many bytes of the line come before it is closed.
    pub fn until_closed(&mut self) -> usize {
        until_closed(&mut self.stream)
    }
}

fn client() -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody))
        .with_no_client_auth();
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    config.enable_sni = false;
    config
}

fn server() -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let drawn = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("key");
    let secret = PrivateKeyDer::try_from(drawn.serialize_der()).expect("key");
    let key = provider.key_provider.load_private_key(secret).expect("key");
    let public = CertificateDer::from(key.public_key().expect("key").as_ref().to_vec());
    let key = CertifiedKey::new(vec![public], key);
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .expect("versions")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(AlwaysResolvesServerRawPublicKeys::new(Arc::new(
            key,
        ))));
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    config
}

/// Believes everything.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}
