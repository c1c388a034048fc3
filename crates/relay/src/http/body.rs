//! Bodies: sizes are checked before anything is read, and what is in memory has a share of a
//! fixed amount.

use super::{Asked, Head};
use crate::refusal::Refused;
use crate::relay::{Owner, Share};
use crate::store::Page;
use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::{HeaderName, HeaderValue, Response, header};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::relay::{CURSOR_HEADER, FRAMES_TYPE, MORE_HEADER, RECORD_TYPE, RefusalCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long a body may take to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is read and thrown away of a body whose request was refused.
const DRAINED_BYTES: u64 = 4 * RELAY_BODY_BYTES_MAX as u64;

/// How long.
const DRAINED: Duration = Duration::from_secs(10);

/// Bytes of a page when the client names none.
const PAGE_BYTES: usize = 1024 * 1024;

/// Largest JSON body; a token request has 400 bytes.
const JSON_BYTES_MAX: usize = 1024;

/// A body, and its share of memory.
pub(super) struct Held {
    pub bytes: Bytes,
    _share: Share,
}

impl Asked<'_> {
    /// Reads the body: its type first, its length next, its bytes last.
    pub(super) async fn read(
        &mut self,
        owner: Option<Owner>,
        kind: &str,
        limit: usize,
    ) -> Result<Held, Refused> {
        let given = self.head.headers.get(header::CONTENT_TYPE);
        let given = given
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let given = given.split(';').next().unwrap_or_default().trim();
        if !given.eq_ignore_ascii_case(kind) {
            return Err(Refused::malformed("content type"));
        }
        let too_large = Refused::new(RefusalCode::TooLarge, "body");
        let hint = self.body.size_hint();
        if hint.lower() > limit as u64 {
            return Err(too_large);
        }
        let length = hint.exact().and_then(|exact| usize::try_from(exact).ok());
        let share = self
            .head
            .relay
            .share(owner, length.unwrap_or(limit))
            .await?;
        let body = std::mem::take(self.body);
        let collected = tokio::time::timeout(PATIENCE, Limited::new(body, limit).collect())
            .await
            .map_err(|_| Refused::malformed("body took too long"))?;
        match collected {
            Ok(collected) => Ok(Held {
                bytes: collected.to_bytes(),
                _share: share,
            }),
            Err(error) if error.is::<LengthLimitError>() => Err(too_large),
            Err(_) => Err(Refused::malformed("body cut off")),
        }
    }

    pub(super) async fn json<T: DeserializeOwned>(&mut self) -> Result<T, Refused> {
        let held = self.read(None, "application/json", JSON_BYTES_MAX).await?;
        serde_json::from_slice(&held.bytes).map_err(|_| Refused::malformed("json"))
    }
}

impl Head<'_> {
    /// A share for an answer with frames, and how many bytes it may have.
    pub(super) async fn page(
        self,
        owner: Owner,
        bytes: Option<u64>,
    ) -> Result<(usize, Share), Refused> {
        let asked = bytes.and_then(|bytes| usize::try_from(bytes).ok());
        let bytes = asked.unwrap_or(PAGE_BYTES).min(RELAY_BODY_BYTES_MAX);
        Ok((bytes, self.relay.share(Some(owner), bytes).await?))
    }
}

/// Reads what a refused client is still sending, so that it gets to read the answer.
pub(super) async fn drain(body: Body) {
    let read = async {
        let (mut body, mut left) = (body, DRAINED_BYTES);
        while let Some(Ok(frame)) = body.frame().await {
            let length = frame.data_ref().map_or(0, |data| data.len() as u64);
            let Some(rest) = left.checked_sub(length) else {
                return;
            };
            left = rest;
        }
    };
    let _ = tokio::time::timeout(DRAINED, read).await;
}

/// An answer in JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Response<Body> {
    let body = serde_json::to_vec(value).unwrap_or_default();
    of_type(Body::from(body), "application/json")
}

/// An answer with a record.
pub(super) fn record(bytes: Vec<u8>) -> Response<Body> {
    of_type(Body::from(bytes), RECORD_TYPE)
}

/// An answer with a file.
pub(super) fn file(bytes: Vec<u8>) -> Response<Body> {
    of_type(Body::from(bytes), "application/octet-stream")
}

/// An answer with frames; its share is given back when the last byte has left.
pub(super) fn frames(page: Page, share: Share) -> Response<Body> {
    let body = Full::new(Bytes::from(page.frames)).map_frame(move |frame| {
        let _held = &share;
        frame
    });
    let mut response = of_type(Body::new(body), FRAMES_TYPE);
    if page.more {
        let name = HeaderName::from_static(MORE_HEADER);
        let value = HeaderValue::from_static("1");
        response.headers_mut().insert(name, value);
    }
    response
}

/// Adds the cursor.
pub(super) fn with_cursor(mut response: Response<Body>, cursor: u64) -> Response<Body> {
    let name = HeaderName::from_static(CURSOR_HEADER);
    response
        .headers_mut()
        .insert(name, HeaderValue::from(cursor));
    response
}

fn of_type(body: Body, kind: &'static str) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // Proxies keep nothing of it.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
