use super::request::JSON_TYPE;
use radrum_sync::{Answer, FramesAnswer, Refused, Request};
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::relay::{CURSOR_HEADER, FRAMES_TYPE, MORE_HEADER, RECORD_TYPE, Refusal};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use std::collections::BTreeMap;
use tokio::time::{Instant, timeout_at};

/// Content type of a file.
const FILE_TYPE: &str = "application/octet-stream";

/// Longest token that is sent back.
const TOKEN_BYTES_MAX: usize = 1_024;

/// What an answer must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Challenge,
    Token,
    State,
    Frames,
    Pushed,
    Heads,
    Woken,
    Issuer,
    Tokens,
    Done,
}

impl Form {
    pub(super) const fn of(request: &Request) -> Self {
        match request {
            Request::Challenge(_) => Self::Challenge,
            Request::Token(_) => Self::Token,
            Request::State => Self::State,
            Request::Pull { .. }
            | Request::Ranges(_)
            | Request::Slots
            | Request::Snapshot { .. } => Self::Frames,
            Request::Push(_) | Request::PushSnapshot(_) => Self::Pushed,
            Request::Heads => Self::Heads,
            Request::Wait { .. } => Self::Woken,
            Request::Issuer => Self::Issuer,
            Request::Tokens(_) => Self::Tokens,
            Request::PutSlot { .. }
            | Request::PutRoster(_)
            | Request::Drop(_)
            | Request::Anonymous(_)
            | Request::Mail(_)
            | Request::Hints(_) => Self::Done,
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Frames => FRAMES_TYPE,
            Self::Heads | Self::Tokens => RECORD_TYPE,
            Self::Issuer => FILE_TYPE,
            _ => JSON_TYPE,
        }
    }
}

/// How much of a body came.
enum Body {
    Whole(Vec<u8>),
    /// The line was lost in the middle.
    Cut(Vec<u8>),
    TooLong,
}

pub(super) async fn read(response: Response, form: Form, deadline: Instant) -> Answer {
    let status = response.status();
    let headers = response.headers().clone();
    let kind = if status.is_success() {
        form.content_type()
    } else {
        JSON_TYPE
    };
    if form == Form::Done && status == StatusCode::NO_CONTENT {
        return Answer::Done;
    }
    if !is_type(&headers, kind) {
        return Answer::Lost;
    }
    match body(response, deadline).await {
        Body::Whole(bytes) if status.is_success() => whole(bytes, form, &headers),
        Body::Whole(bytes) => refused(&bytes, &headers),
        Body::Cut(frames) if status.is_success() && form == Form::Frames => cut(frames),
        Body::Cut(_) | Body::TooLong => Answer::Lost,
    }
}

/// Stops at the limit, whatever the other side still sends.
async fn body(mut response: Response, deadline: Instant) -> Body {
    let declared = response.content_length().unwrap_or_default();
    if declared > RELAY_BODY_BYTES_MAX as u64 {
        return Body::TooLong;
    }
    let mut bytes = Vec::new();
    loop {
        match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) if bytes.len() + chunk.len() > RELAY_BODY_BYTES_MAX => {
                return Body::TooLong;
            }
            Ok(Ok(Some(chunk))) => bytes.extend_from_slice(&chunk),
            Ok(Ok(None)) => return Body::Whole(bytes),
            Ok(Err(_)) | Err(_) => return Body::Cut(bytes),
        }
    }
}

fn whole(bytes: Vec<u8>, form: Form, headers: &HeaderMap) -> Answer {
    match form {
        Form::Challenge => json(&bytes, Answer::Challenge),
        Form::State => json(&bytes, Answer::State),
        Form::Pushed => json(&bytes, Answer::Pushed),
        Form::Woken => json(&bytes, Answer::Woken),
        Form::Done => json(&bytes, |_: BTreeMap<String, IgnoredAny>| Answer::Done),
        Form::Token => match json(&bytes, Answer::Token) {
            Answer::Token(token) if !is_token(&token.token) => Answer::Lost,
            answer => answer,
        },
        Form::Heads => Answer::Heads(bytes),
        Form::Issuer | Form::Tokens => Answer::Bytes(bytes),
        Form::Frames => Answer::Frames(FramesAnswer {
            frames: bytes,
            cursor: number(headers, &HeaderName::from_static(CURSOR_HEADER)),
            more: text(headers, &HeaderName::from_static(MORE_HEADER)) == Some("1"),
        }),
    }
}

/// What came before the line was lost. Nothing is no answer: it would say that the relay gives
/// nothing.
fn cut(frames: Vec<u8>) -> Answer {
    if frames.is_empty() {
        return Answer::Lost;
    }
    Answer::Frames(FramesAnswer {
        frames,
        cursor: None,
        more: false,
    })
}

fn refused(bytes: &[u8], headers: &HeaderMap) -> Answer {
    json(bytes, |refusal: Refusal| {
        Answer::Refused(Refused {
            code: refusal.code,
            retry_after_s: number(headers, &RETRY_AFTER),
        })
    })
}

fn json<T: DeserializeOwned>(bytes: &[u8], answer: impl FnOnce(T) -> Answer) -> Answer {
    serde_json::from_slice(bytes).map_or(Answer::Lost, answer)
}

/// Whether it can stand in a header as it is.
fn is_token(token: &str) -> bool {
    let is_graphic = token.bytes().all(|byte| byte.is_ascii_graphic());
    (1..=TOKEN_BYTES_MAX).contains(&token.len()) && is_graphic
}

fn is_type(headers: &HeaderMap, kind: &str) -> bool {
    let given = text(headers, &CONTENT_TYPE).unwrap_or_default();
    let given = given.split(';').next().unwrap_or_default().trim();
    given.eq_ignore_ascii_case(kind)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// In decimal, without a sign.
fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let text = text(headers, name)?;
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(())?;
    text.parse().ok()
}
