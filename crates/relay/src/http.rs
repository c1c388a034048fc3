//! Requests and answers, byte by byte as FORMAT.md 8 says. Not here yet, and answered with
//! `not_found`: blobs.

mod anonymous;
mod body;
mod entries;
mod letters;
mod mail;
mod operator;
mod roster;
mod session;
mod slots;
mod snapshots;

use crate::refusal::Refused;
use crate::relay::{Krets, Relay};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, Response, header};
use radrum_wire::AuthKey;
use radrum_wire::relay::{Path, RefusalCode};
use std::sync::Arc;
use std::time::Instant;

pub use operator::service as operator;

/// What clients meet; with the operator's paths when they have no address of their own.
pub fn service(relay: Arc<Relay>, with_operator: bool) -> Router {
    let clients = Router::new().fallback(answer).with_state(relay.clone());
    if with_operator {
        operator(relay).fallback_service(clients)
    } else {
        clients
    }
}

/// A request whose path has been read.
pub(crate) struct Asked<'a> {
    head: Head<'a>,
    body: &'a mut Body,
}

/// All of it but the body, which only one may hold at a time.
#[derive(Clone, Copy)]
pub(crate) struct Head<'a> {
    relay: &'a Relay,
    headers: &'a HeaderMap,
    query: &'a str,
}

type Answer = Result<Response<Body>, Refused>;

/// Answers one request of a client.
pub async fn answer(State(relay): State<Arc<Relay>>, request: Request<Body>) -> Response<Body> {
    let begun = Instant::now();
    let (parts, mut body) = request.into_parts();
    let path = read_path(parts.uri.path());
    let asked = Asked {
        head: Head {
            relay: &relay,
            headers: &parts.headers,
            query: parts.uri.query().unwrap_or_default(),
        },
        body: &mut body,
    };
    let answered = match path {
        _ if relay.is_stopping() => Err(Refused::new(RefusalCode::Unavailable, "stopping")),
        Some(path) => route(path, &parts.method, asked).await,
        None => Err(Refused::new(RefusalCode::NotFound, "path")),
    };
    let response = match &answered {
        Ok(_) => None,
        Err(refused) => {
            // A client that is still sending would not hear the answer.
            body::drain(body).await;
            Some(refused.response())
        }
    };
    let code = answered
        .as_ref()
        .err()
        .map(|refused| (refused.code, refused.detail));
    let response = response.or(answered.ok()).unwrap_or_default();
    note(&relay, path, &parts.method, &response, code, begun);
    response
}

/// Ids are lower case; the other spelling is another path.
fn read_path(text: &str) -> Option<Path> {
    let path: Path = text.parse().ok()?;
    (path.to_string() == text).then_some(path)
}

/// A method is free text, so only known ones are named in logs.
fn named(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "PATCH") => known,
        _ => "other",
    }
}

/// Codes, times and sizes. No ids but the krets: the id of a letter opens it. No addresses.
fn note(
    relay: &Relay,
    path: Option<Path>,
    method: &Method,
    response: &Response<Body>,
    code: Option<(RefusalCode, &'static str)>,
    begun: Instant,
) {
    let route = path.map_or("none", name);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    relay.metrics.answered(route, status, took);
    let (ms, method) = (took.as_millis(), named(method));
    let bytes = axum::body::HttpBody::size_hint(response.body()).exact();
    match code {
        None => tracing::debug!(route, method, status, ms, bytes, "answered"),
        Some((code, detail)) => {
            tracing::info!(route, method, status, ?code, detail, ms, "refused");
        }
    }
}

const fn name(path: Path) -> &'static str {
    match path {
        Path::Challenge => "challenge",
        Path::Token => "token",
        Path::State(_) => "state",
        Path::Entries(_) => "entries",
        Path::Wait(_) => "wait",
        Path::Heads(_) => "heads",
        Path::Ranges(_) => "ranges",
        Path::Slots(_) => "slots",
        Path::Slot(..) => "slot",
        Path::Snapshot(_) => "snapshot",
        Path::Roster(_) => "roster",
        Path::LetterRequest(..) => "letter_request",
        Path::LetterWelcome(..) => "letter_welcome",
        Path::BlindTokens(_) => "tokens",
        Path::Anonymous(_) => "anonymous",
        Path::Blob(..) => "blob",
        Path::Drop(_) => "drop",
        Path::Mail(_) => "mail",
        Path::Hints(_) => "hints",
    }
}

async fn route(path: Path, method: &Method, asked: Asked<'_>) -> Answer {
    let (get, put, post) = (
        method == Method::GET,
        method == Method::PUT,
        method == Method::POST,
    );
    match path {
        Path::Challenge if post => session::challenge(asked).await,
        Path::Token if post => session::token(asked).await,
        Path::State(region) if get => entries::state(asked, region).await,
        Path::Entries(region) if post => entries::push(asked, region).await,
        Path::Entries(region) if get => entries::pull(asked, region).await,
        Path::Wait(region) if get => entries::wait(asked, region).await,
        Path::Heads(region) if get => entries::heads(asked, region).await,
        Path::Ranges(region) if post => entries::ranges(asked, region).await,
        Path::Slots(region) if get => slots::list(asked, region).await,
        Path::Slot(region, log) if put => slots::put(asked, region, log).await,
        Path::Slot(region, log) if get => slots::get(asked, region, log).await,
        Path::Snapshot(region) if post => snapshots::push(asked, region).await,
        Path::Snapshot(region) if get => snapshots::pull(asked, region).await,
        Path::Roster(region) if put => roster::put(asked, region).await,
        Path::Roster(region) if get => roster::get(asked, region).await,
        Path::LetterRequest(region, id) if put => letters::put_request(asked, region, id).await,
        Path::LetterRequest(region, id) if get => letters::get_request(asked, region, id).await,
        Path::LetterWelcome(region, id) if put => letters::put_welcome(asked, region, id).await,
        Path::LetterWelcome(region, id) if get => letters::get_welcome(asked, region, id).await,
        Path::Drop(region) if post => entries::keep_stubs(asked, region).await,
        Path::BlindTokens(region) if get => anonymous::issuer(asked, region).await,
        Path::BlindTokens(region) if post => anonymous::tokens(asked, region).await,
        Path::Anonymous(region) if post => anonymous::post(asked, region).await,
        Path::Mail(region) if post => mail::order(asked, region).await,
        Path::Hints(region) if post => mail::hints(asked, region).await,
        Path::Blob(..) => Err(Refused::new(RefusalCode::NotFound, "not in this version")),
        _ => Err(Refused::malformed("method")),
    }
}

impl<'a> Head<'a> {
    /// The krets of the path, for somebody who shows a token and does not ask too often.
    async fn device(self, region: radrum_wire::RegionId) -> Result<(&'a Krets, AuthKey), Refused> {
        let krets = self.relay.krets(region)?;
        let token = self
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Refused::new(RefusalCode::Unauthorized, "no token"))?;
        let key = self.relay.device(krets, token).await?;
        let too_many =
            |wait| Refused::after(RefusalCode::TooManyRequests, "requests a minute", wait);
        self.relay.usage.request(region, key).map_err(too_many)?;
        Ok((krets, key))
    }

    /// The krets of the path, for anybody who does not ask too often.
    fn anybody(self, region: radrum_wire::RegionId) -> Result<&'a Krets, Refused> {
        let krets = self.relay.krets(region)?;
        let too_many =
            |wait| Refused::after(RefusalCode::TooManyRequests, "requests a minute", wait);
        self.relay.usage.open_request(region).map_err(too_many)?;
        Ok(krets)
    }

    /// Numbers of the query. Only names that the path has, each once.
    fn numbers<const N: usize>(
        self,
        names: [&'static str; N],
    ) -> Result<[Option<u64>; N], Refused> {
        let mut found = [None; N];
        for pair in self.query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or(Refused::malformed("query"))?;
            let at = names.iter().position(|known| *known == name);
            let slot = at.and_then(|at| found.get_mut(at));
            let slot = slot.ok_or(Refused::malformed("query"))?;
            let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            let number = value.parse().ok().filter(|_| digits && slot.is_none());
            *slot = Some(number.ok_or(Refused::malformed("query"))?);
        }
        Ok(found)
    }
}
