//! One request to a relay, and its answer. What is not the relay's own form is no answer.

mod answer;
mod request;

use crate::address::Address;
use answer::Form;
use radrum_sync::{Answer, Bearer, Request};
use radrum_wire::RegionId;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// What a relay's operator sees of the program.
const USER_AGENT: &str = concat!("radrum/", env!("CARGO_PKG_VERSION"));

/// How long to knock at a computer that does not answer at all.
const CONNECT: Duration = Duration::from_secs(20);

/// How long a quiet connection is kept for the next request. Firewalls forget them silently.
const IDLE: Duration = Duration::from_secs(30);

/// Calls one relay.
#[derive(Clone)]
pub(crate) struct Http {
    address: Address,
    region: RegionId,
    tls: ClientConfig,
    client: Client,
}

/// Why nothing can be called from this computer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct SetupError(pub(crate) String);

impl Http {
    pub(crate) fn new(address: Address, region: RegionId) -> Result<Self, SetupError> {
        let tls = tls(&address).map_err(|error| SetupError(error.to_string()))?;
        let client = builder(&address, tls.clone()).build();
        Ok(Self {
            client: client.map_err(|error| SetupError(error.to_string()))?,
            address,
            region,
            tls,
        })
    }

    /// Forgets connections, which are dead after a sleep or in another network, and reads
    /// anew which proxy there is.
    pub(crate) fn renew(&mut self) {
        if let Ok(client) = builder(&self.address, self.tls.clone()).build() {
            self.client = client;
        }
    }

    /// With connections of its own.
    fn apart(self) -> Option<Self> {
        let client = builder(&self.address, self.tls.clone()).build().ok()?;
        Some(Self { client, ..self })
    }

    /// Sends, and gives the answer or [`Answer::Lost`] after `timeout` at the latest.
    pub(crate) async fn carry(
        self,
        request: Request,
        bearer: Option<Bearer>,
        timeout: Duration,
    ) -> Answer {
        let deadline = Instant::now() + timeout;
        let form = Form::of(&request);
        // A connection that carries somebody's token before or after would name her.
        let http = if request.is_nameless() {
            self.apart()
        } else {
            Some(self)
        };
        let Some(http) = http else {
            return Answer::Lost;
        };
        let request = http.request(request, bearer);
        match timeout_at(deadline, request.send()).await {
            Ok(Ok(response)) => answer::read(response, form, deadline).await,
            Ok(Err(_)) | Err(_) => Answer::Lost,
        }
    }
}

fn builder(address: &Address, tls: ClientConfig) -> ClientBuilder {
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(CONNECT)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(1)
        .tls_backend_preconfigured(tls);
    if address.is_loopback() {
        // Proxies lead elsewhere.
        builder.no_proxy()
    } else {
        builder
    }
}

/// With the roots that this computer trusts, also those that its administrators added.
fn tls(address: &Address) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = if address.is_https() {
        builder.with_platform_verifier()?.with_no_client_auth()
    } else {
        // Never used: no redirect is followed.
        let nobody = RootCertStore::empty();
        builder.with_root_certificates(nobody).with_no_client_auth()
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests;
