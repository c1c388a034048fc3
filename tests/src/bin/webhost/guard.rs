//! Who may ask: only pages that this host served, on this machine, with its token.

use super::Web;
use anyhow::Result;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use radrum_app::World;
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};

/// The shell's policy (src-tauri/tauri.conf.json), with this host in place of its own channel.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// The token, and the code that is exchanged for it once.
pub struct Access {
    token: String,
    start: Mutex<Option<String>>,
    hosts: [String; 2],
}

impl Access {
    /// Draws both.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new(port: u16) -> Result<Self> {
        let world = World::real();
        let draw = || -> Result<String> {
            let bytes: [u8; 24] = world.random().map_err(|e| anyhow::anyhow!("{e}"))?;
            Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
        };
        Ok(Self {
            token: draw()?,
            start: Mutex::new(Some(draw()?)),
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
        })
    }

    /// The token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The code of the one-time link.
    pub fn start_code(&self) -> String {
        self.start
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .unwrap_or_default()
    }

    fn exchange(&self, code: &str) -> Option<String> {
        let mut start = self.start.lock().unwrap_or_else(PoisonError::into_inner);
        start
            .take_if(|expected| expected == code)
            .map(|_| self.token.clone())
    }

    fn knows_host(&self, headers: &HeaderMap) -> bool {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let own = |name: &str| self.hosts.iter().any(|known| known == name);
        // A page of another origin, or of this address under another name, is refused.
        let origin_is_own = match headers.get(header::ORIGIN).map(HeaderValue::to_str) {
            None => true,
            Some(Ok(origin)) => origin.strip_prefix("http://").is_some_and(own),
            Some(Err(_)) => false,
        };
        host.is_some_and(own) && origin_is_own
    }

    fn knows_token(&self, headers: &HeaderMap) -> bool {
        headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .is_some_and(|token| token == self.token)
    }
}

/// Checks every request and sets the headers of every answer.
pub async fn guard(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_string();
    let needs_token = ["/rpc", "/events", "/ticket", "/upload", "/file/"]
        .iter()
        .any(|known| path.starts_with(known));
    let mut response = if !web.access.knows_host(request.headers()) {
        StatusCode::FORBIDDEN.into_response()
    } else if needs_token && !web.access.knows_token(request.headers()) {
        StatusCode::UNAUTHORIZED.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Exchanges the code of the link for the token, once.
pub async fn session(State(web): State<Web>, Json(body): Json<Value>) -> Response {
    let code = body["start"].as_str().unwrap_or_default();
    match web.access.exchange(code) {
        Some(token) => Json(json!({ "token": token })).into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}
