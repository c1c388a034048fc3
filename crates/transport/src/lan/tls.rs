//! TLS 1.3 as FORMAT.md section 10 has it: it seals a line and proves nobody.

use crate::StartError;
use radrum_wire::lan::{CHANNEL_LABEL, PROTOCOL};
use radrum_wire::{Digest, LanName};
use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::crypto::{ring, verify_tls13_signature_with_raw_key};
use rustls::pki_types::SubjectPublicKeyInfoDer;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::server::{AlwaysResolvesServerRawPublicKeys, NoServerSessionStorage};
use rustls::sign::CertifiedKey;
use rustls::version::TLS13;
use rustls::{ClientConfig, ConnectionCommon, DigitallySignedStruct, Error, ServerConfig};
use rustls::{SideData, SignatureScheme};
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, TlsConnector, TlsStream};

/// A private Ed25519 key up to its 32 bytes (RFC 8410, section 7).
const PKCS8_START: [u8; 16] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";

/// Both ends of lines, with a key drawn for this start.
#[derive(Clone)]
pub(super) struct Tls {
    called: TlsAcceptor,
    caller: TlsConnector,
}

/// A sealed line, and the 32 bytes that only its two ends have.
pub(super) struct Sealed {
    pub(super) stream: TlsStream<TcpStream>,
    pub(super) channel: Digest,
}

impl Tls {
    pub(super) fn new() -> Result<Self, StartError> {
        let failed = |error: Error| StartError::Tls(error.to_string());
        let provider = Arc::new(ring::default_provider());
        Ok(Self {
            called: called(&provider).map_err(failed)?,
            caller: caller(&provider).map_err(failed)?,
        })
    }

    /// Seals a line that somebody else opened.
    pub(super) async fn answer(&self, stream: TcpStream) -> io::Result<Sealed> {
        let stream = self.called.accept(stream).await?;
        let channel = channel(stream.get_ref().1)?;
        let stream = TlsStream::Server(stream);
        Ok(Sealed { stream, channel })
    }

    /// Seals a line that this end opened.
    pub(super) async fn call(&self, stream: TcpStream) -> io::Result<Sealed> {
        // Not sent: names mean nothing here.
        let nobody = ServerName::from(IpAddr::from(Ipv4Addr::UNSPECIFIED));
        let stream = self.caller.connect(nobody, stream).await?;
        let channel = channel(stream.get_ref().1)?;
        let stream = TlsStream::Client(stream);
        Ok(Sealed { stream, channel })
    }
}

fn called(provider: &Arc<CryptoProvider>) -> Result<TlsAcceptor, Error> {
    let key = certified_key(provider)?;
    let mut config = ServerConfig::builder_with_provider(Arc::clone(provider))
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(AlwaysResolvesServerRawPublicKeys::new(key)));
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    config.send_tls13_tickets = 0;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn caller(provider: &Arc<CryptoProvider>) -> Result<TlsConnector, Error> {
    let algorithms = provider.signature_verification_algorithms;
    let mut config = ClientConfig::builder_with_provider(Arc::clone(provider))
        .with_protocol_versions(&[&TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyKey { algorithms }))
        .with_no_client_auth();
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    config.enable_sni = false;
    config.resumption = Resumption::disabled();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn certified_key(provider: &CryptoProvider) -> Result<Arc<CertifiedKey>, Error> {
    let mut secret = [0; 32];
    random(provider, &mut secret)?;
    let private = PrivatePkcs8KeyDer::from([&PKCS8_START[..], &secret].concat());
    let key = provider.key_provider.load_private_key(private.into())?;
    let public = key.public_key().ok_or(Error::General("no key".into()))?;
    let public = CertificateDer::from(public.as_ref().to_vec());
    Ok(Arc::new(CertifiedKey::new(vec![public], key)))
}

fn random(provider: &CryptoProvider, bytes: &mut [u8]) -> Result<(), Error> {
    let filled = provider.secure_random.fill(bytes);
    filled.map_err(|_| Error::FailedToGetRandomBytes)
}

/// A name that means nothing.
pub(super) fn draw() -> Result<LanName, StartError> {
    let mut bytes = [0; LanName::BYTES];
    let drawn = random(&ring::default_provider(), &mut bytes);
    drawn.map_err(|error| StartError::Tls(error.to_string()))?;
    Ok(LanName::from_bytes(bytes))
}

fn channel<S: SideData>(line: &ConnectionCommon<S>) -> io::Result<Digest> {
    let odd = || io::Error::from(io::ErrorKind::InvalidData);
    // Without the name both ends may mean another protocol.
    if line.alpn_protocol() != Some(PROTOCOL) {
        return Err(odd());
    }
    let channel = line.export_keying_material([0; 32], CHANNEL_LABEL, Some(&[]));
    channel.map(Digest::from_bytes).map_err(|_| odd())
}

/// Takes every key of the called end, and checks that it has it. Who somebody is is proved on
/// the line, by the krets' own keys over the channel.
#[derive(Debug)]
struct AnyKey {
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for AnyKey {
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
        Err(Error::General("TLS 1.3 only".into()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        key: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let key = SubjectPublicKeyInfoDer::from(key.as_ref());
        verify_tls13_signature_with_raw_key(message, &key, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}
