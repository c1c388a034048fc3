//! Answers that are no success.

use crate::roster::RosterError;
use crate::store::StoreError;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use radrum_wire::WireError;
use radrum_wire::relay::{Refusal, RefusalCode};
use std::time::Duration;

/// What a client that shall come again is told to wait when nothing says how long.
const AGAIN: Duration = Duration::from_secs(5);

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// For the client.
    pub code: RefusalCode,
    /// For people who read logs. Fixed texts only, so it never holds content.
    pub detail: &'static str,
    /// How long to wait.
    pub wait: Duration,
}

impl Refused {
    /// With a reason.
    #[must_use]
    pub const fn new(code: RefusalCode, detail: &'static str) -> Self {
        Self {
            code,
            detail,
            wait: AGAIN,
        }
    }

    /// To be tried again after a while.
    #[must_use]
    pub const fn after(code: RefusalCode, detail: &'static str, wait: Duration) -> Self {
        Self { code, detail, wait }
    }

    /// Not the form of FORMAT.md.
    #[must_use]
    pub const fn malformed(detail: &'static str) -> Self {
        Self::new(RefusalCode::Malformed, detail)
    }

    /// The answer.
    #[must_use]
    pub fn response(&self) -> Response<Body> {
        let body = Refusal {
            code: self.code,
            detail: Some(self.detail.to_string()),
        };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, json);
        if self.code.is_temporary() {
            // Rounded up: never too early.
            let seconds = self.wait.as_millis().div_ceil(1000).max(1);
            if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
                headers.insert(header::RETRY_AFTER, value);
            }
        }
        response
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::new(RefusalCode::RegionFull, "no room for this krets"),
            StoreError::Away(code) => {
                tracing::warn!(code, "the database is away");
                Self::new(RefusalCode::Unavailable, "database")
            }
            error => {
                tracing::error!(%error, "the database failed");
                Self::new(RefusalCode::Unavailable, "database")
            }
        }
    }
}

impl From<WireError> for Refused {
    fn from(error: WireError) -> Self {
        let code = match error {
            WireError::TooLarge => RefusalCode::TooLarge,
            WireError::Example => RefusalCode::Example,
            _ => RefusalCode::Malformed,
        };
        Self::new(code, error.code())
    }
}

impl From<RosterError> for Refused {
    fn from(error: RosterError) -> Self {
        match error {
            RosterError::Form => Self::malformed("not a roster of this krets"),
            RosterError::Signature => Self::malformed("roster signed by nobody who may"),
            RosterError::TooLarge => Self::new(RefusalCode::TooLarge, "roster"),
            RosterError::Behind => Self::new(RefusalCode::RosterBehind, "roster"),
        }
    }
}
