use super::Http;
use radrum_sync::{Bearer, Request};
use radrum_wire::Record as _;
use radrum_wire::relay::{FRAMES_TYPE, Path, RECORD_TYPE};
use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde::Serialize;

/// Content type of JSON.
pub(super) const JSON_TYPE: &str = "application/json";

impl Http {
    /// As FORMAT.md section 8 says.
    pub(super) fn request(&self, request: Request, bearer: Option<Bearer>) -> RequestBuilder {
        let krets = self.region;
        let request = match request {
            Request::Challenge(body) => json(self.post(Path::Challenge), &body),
            Request::Token(body) => json(self.post(Path::Token), &body),
            Request::State => self.get(Path::State(krets), &[]),
            Request::Pull { after, bytes } => self.get(
                Path::Entries(krets),
                &[("after", after), ("bytes", bytes as u64)],
            ),
            Request::Push(frames) => with(self.post(Path::Entries(krets)), FRAMES_TYPE, frames),
            Request::Heads => self.get(Path::Heads(krets), &[]),
            Request::Ranges(ranges) => {
                // Over its limit it goes empty, and is refused: the machine asks for less.
                let record = ranges.encode_record().unwrap_or_default();
                with(self.post(Path::Ranges(krets)), RECORD_TYPE, record)
            }
            Request::PutSlot { log, frame } => {
                with(self.put(Path::Slot(krets, log)), FRAMES_TYPE, frame)
            }
            Request::Slots => self.get(Path::Slots(krets), &[]),
            Request::PutRoster(record) => with(self.put(Path::Roster(krets)), RECORD_TYPE, record),
            Request::Snapshot { first, bytes } => self.get(
                Path::Snapshot(krets),
                &[("first", first), ("bytes", bytes as u64)],
            ),
            Request::PushSnapshot(frames) => {
                with(self.post(Path::Snapshot(krets)), FRAMES_TYPE, frames)
            }
            Request::Drop(entries) => {
                let record = entries.encode_record().unwrap_or_default();
                with(self.post(Path::Drop(krets)), RECORD_TYPE, record)
            }
            Request::Issuer => self.get(Path::BlindTokens(krets), &[]),
            Request::Tokens(record) => {
                with(self.post(Path::BlindTokens(krets)), RECORD_TYPE, record)
            }
            Request::Anonymous(record) => {
                with(self.post(Path::Anonymous(krets)), RECORD_TYPE, record)
            }
            Request::Mail(record) => with(self.post(Path::Mail(krets)), RECORD_TYPE, record),
            Request::Hints(record) => with(self.post(Path::Hints(krets)), RECORD_TYPE, record),
            Request::Wait { after, seconds } => {
                self.get(Path::Wait(krets), &[("after", after), ("seconds", seconds)])
            }
        };
        // Proxies neither keep nor change what passes.
        let request = request
            .header(CACHE_CONTROL, HeaderValue::from_static("no-store"))
            .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        match bearer {
            Some(Bearer(token)) => request.bearer_auth(token),
            None => request,
        }
    }

    fn get(&self, path: Path, query: &[(&str, u64)]) -> RequestBuilder {
        let mut url = self.address.of(path);
        for (name, number) in query {
            url.query_pairs_mut().append_pair(name, &number.to_string());
        }
        self.client.request(Method::GET, url)
    }

    fn post(&self, path: Path) -> RequestBuilder {
        self.client.request(Method::POST, self.address.of(path))
    }

    fn put(&self, path: Path) -> RequestBuilder {
        self.client.request(Method::PUT, self.address.of(path))
    }
}

fn json<T: Serialize>(request: RequestBuilder, body: &T) -> RequestBuilder {
    // Ids in hexadecimal: cannot fail.
    let body = serde_json::to_vec(body).unwrap_or_default();
    with(request, JSON_TYPE, body)
}

fn with(request: RequestBuilder, kind: &'static str, body: Vec<u8>) -> RequestBuilder {
    request
        .header(CONTENT_TYPE, HeaderValue::from_static(kind))
        .body(body)
}
