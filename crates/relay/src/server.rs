//! A relay that listens, and its stop.

use crate::config::{Config, Database, Tls};
use crate::http;
use crate::mail::{Letters, MailError};
use crate::relay::Relay;
use crate::store::{Postgres, Sqlite, Store, StoreError};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::TokioTimer;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// How long answers that have begun may take after a stop.
const GRACE: Duration = Duration::from_secs(20);

/// How long the head of a request may take, and how long a quiet connection stays open.
const HEAD: Duration = Duration::from_secs(75);

/// How often what has run out is forgotten.
const SWEEP: Duration = Duration::from_secs(60);

/// How long to wait before asking a database that was away.
const AGAIN: Duration = Duration::from_secs(2);

/// Why a relay does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An address is taken or not ours.
    #[error("cannot listen at {0}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// Certificate or key.
    #[error("certificate or key: {0}")]
    Tls(String),
    /// Letters cannot be sent.
    #[error(transparent)]
    Mail(#[from] MailError),
}

/// A relay without a socket: a request is a value. Nothing that has run out is swept, and no
/// other process is heard.
pub struct Desk(Arc<Relay>);

impl Desk {
    /// Opens what a configuration names, but listens nowhere.
    ///
    /// # Errors
    /// As the store.
    pub async fn open(config: &Config, data: &Path) -> Result<Self, StoreError> {
        let store = open(config, data).await?;
        Ok(Self(Arc::new(Relay::new(store, config).await?)))
    }

    /// Answers as [`Server`] does.
    pub async fn answer(&self, request: Request<Body>) -> Response<Body> {
        http::answer(State(self.0.clone()), request).await
    }
}

/// A running relay.
pub struct Server {
    /// Where clients connect.
    pub address: SocketAddr,
    /// Where the operator asks; the same when he has no address of his own.
    pub operator: SocketAddr,
    relay: Arc<Relay>,
    handles: Vec<Handle<SocketAddr>>,
    listening: Vec<JoinHandle<std::io::Result<()>>>,
    beside: Vec<JoinHandle<()>>,
}

/// Opens the store that a configuration names.
///
/// # Errors
/// As the store.
pub async fn open(config: &Config, data: &Path) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match config.database(data) {
        Database::File(path) => Arc::new(Sqlite::open(&path)?),
        Database::Postgres(url) => Arc::new(Postgres::open(&url).await?),
    })
}

impl Server {
    /// Opens the store, listens, and serves until [`Server::stop`].
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(config: &Config, data: &Path) -> Result<Self, StartError> {
        let store = open(config, data).await?;
        let relay = Arc::new(Relay::new(store, config).await?);
        let tls = config.tls.as_ref().map(certificate).transpose()?;
        let letters = config.mail.as_ref().map(Letters::new).transpose()?;
        let mut server = Self {
            address: config.listen,
            operator: config.listen,
            relay: relay.clone(),
            handles: Vec::new(),
            listening: Vec::new(),
            beside: Vec::new(),
        };
        let clients = http::service(relay.clone(), config.operator.is_none());
        server.address = server.listen(config.listen, clients, tls)?;
        server.operator = match config.operator {
            Some(at) => server.listen(at, http::operator(relay.clone()), None)?,
            None => server.address,
        };
        server.beside = vec![
            tokio::spawn(sweep(relay.clone())),
            tokio::spawn(look(relay.clone())),
        ];
        if let Some(letters) = letters {
            server.beside.push(tokio::spawn(letters.run(relay)));
        }
        Ok(server)
    }

    fn listen(
        &mut self,
        at: SocketAddr,
        service: Router,
        tls: Option<RustlsConfig>,
    ) -> Result<SocketAddr, StartError> {
        let failed = |error| StartError::Listen(at, error);
        let listener = TcpListener::bind(at).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let handle = Handle::new();
        self.handles.push(handle.clone());
        let service = service.into_make_service();
        let mut plain = axum_server::from_tcp(listener)
            .map_err(failed)?
            .handle(handle);
        plain
            .http_builder()
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD);
        self.listening.push(match tls {
            None => tokio::spawn(plain.serve(service)),
            Some(tls) => {
                let acceptor = axum_server::tls_rustls::RustlsAcceptor::new(tls);
                tokio::spawn(plain.acceptor(acceptor).serve(service))
            }
        });
        Ok(address)
    }

    /// Finishes answers, ends waits, and closes the store.
    pub async fn stop(self) {
        self.relay.stop();
        for handle in &self.handles {
            handle.graceful_shutdown(Some(GRACE));
        }
        for listening in self.listening {
            let _ = listening.await;
        }
        for task in self.beside {
            task.abort();
        }
        self.relay.store.close().await;
    }
}

fn certificate(tls: &Tls) -> Result<RustlsConfig, StartError> {
    let failed = |error: &dyn std::fmt::Display| StartError::Tls(error.to_string());
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&tls.certificate)
        .and_then(Iterator::collect)
        .map_err(|error| failed(&error))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| failed(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| failed(&error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

async fn sweep(relay: Arc<Relay>) {
    let mut turn = tokio::time::interval(SWEEP);
    loop {
        turn.tick().await;
        relay.sweep(Instant::now());
        if let Err(error) = relay.store.sweep().await {
            tracing::warn!(%error, "sweep");
        }
    }
}

/// Hears what other processes on the same database write.
async fn look(relay: Arc<Relay>) {
    loop {
        relay.store.hint().await;
        if let Err(error) = relay.look().await {
            tracing::warn!(%error, "the database is away");
            tokio::time::sleep(AGAIN).await;
        }
    }
}
