//! Many simulated devices against the real program over loopback.
//!
//! `cargo bench -p radrum-relay --bench load -- [sqlite|postgres] [devices] [requests a second] [seconds]`,
//! 1,000 devices at 200 requests a second for a minute when nothing is said. Then all of them
//! connect anew within a minute. One line of JSON for each part.

#![allow(
    clippy::expect_used,
    clippy::panic,
    dead_code,
    missing_docs,
    reason = "a measurement that cannot go on says where; modules are shared with the tests"
)]

#[path = "../tests/it/cluster.rs"]
mod cluster;
#[path = "../tests/it/device.rs"]
mod device;
#[path = "../tests/it/running.rs"]
mod running;

use cluster::Cluster;
use device::{Device, FRAMES, Log, REGION, frames, public, roster};
use radrum_wire::relay::{Challenge, Token};
use reqwest::{Client, RequestBuilder};
use running::{ADMIN, Process};
use std::io::Write as _;
use std::time::{Duration, Instant};

/// One simulated device.
struct Office {
    device: Device,
    http: Client,
    log: Log,
    cursor: u64,
    drawn: u64,
}

/// What one request was, how long it took, and its status; zero when there was no answer.
type Took = (&'static str, Duration, u16);

impl Office {
    fn new(base: &str, n: u64) -> Self {
        device::choose_tls();
        let http = Client::builder().pool_max_idle_per_host(1).build();
        Self {
            device: Device::new(base, n),
            http: http.expect("client"),
            log: Log::new(n),
            cursor: 0,
            drawn: n,
        }
    }

    /// A number below another; the same sequence in every run.
    fn draw(&mut self, below: u64) -> u64 {
        self.drawn = self
            .drawn
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.drawn >> 33) % below
    }

    async fn send(&mut self, what: &'static str, request: RequestBuilder) -> (Took, Vec<u8>) {
        let begun = Instant::now();
        let answer = request.bearer_auth(&self.device.token).send().await;
        let Ok(answer) = answer else {
            return ((what, begun.elapsed(), 0), Vec::new());
        };
        let status = answer.status().as_u16();
        let cursor = answer.headers().get("radrum-cursor").cloned();
        let body = answer
            .bytes()
            .await
            .map(|body| body.to_vec())
            .unwrap_or_default();
        let took = begun.elapsed();
        if let Some(cursor) = cursor.and_then(|cursor| cursor.to_str().ok()?.parse().ok()) {
            self.cursor = cursor;
        }
        ((what, took, status), body)
    }

    fn json(&self, path: &str, body: String) -> RequestBuilder {
        let request = self.http.post(format!("{}{path}", self.device.base));
        request
            .header("content-type", "application/json")
            .body(body)
    }

    async fn enter(&mut self) -> [Took; 2] {
        let key = public(&self.device.key);
        let ask = format!(r#"{{"region":"{REGION}","key":"{key}"}}"#);
        let (first, body) = self
            .send("challenge", self.json("/v1/challenge", ask))
            .await;
        let Ok(given) = serde_json::from_slice::<Challenge>(&body) else {
            return [first, first];
        };
        let answer = self.device.answer(REGION, &given);
        let answer = serde_json::to_string(&answer).expect("json");
        let (second, body) = self.send("token", self.json("/v1/token", answer)).await;
        if let Ok(token) = serde_json::from_slice::<Token>(&body) {
            self.device.token = token.token;
        }
        [first, second]
    }

    async fn state(&mut self) -> Took {
        let request = self.http.get(self.device.path("state"));
        self.send("state", request).await.0
    }

    async fn pull(&mut self) -> Took {
        let path = format!("entries?after={}&bytes=262144", self.cursor);
        let request = self.http.get(self.device.path(&path));
        self.send("pull", request).await.0
    }

    async fn push(&mut self) -> Took {
        let body = frames(&[self.log.next()]);
        let request = self.http.post(self.device.path("entries"));
        let request = request.header("content-type", FRAMES).body(body);
        self.send("push", request).await.0
    }

    /// What a device does on a working day: looks, fetches, and now and then writes.
    async fn one(&mut self) -> Took {
        match self.draw(10) {
            0..3 => self.push().await,
            3..7 => self.pull().await,
            _ => self.state().await,
        }
    }
}

/// Figures of many requests.
fn report(part: &str, store: &str, process: &Process, all: &[Took], wall: Duration) {
    let at = |list: &[Duration], share: f64| {
        let last = list.len().saturating_sub(1);
        let index = (last as f64 * share) as usize;
        list.get(index)
            .map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    };
    let of = |what: Option<&str>| {
        let mut times: Vec<Duration> = all
            .iter()
            .filter(|(kind, ..)| what.is_none_or(|what| what == *kind))
            .map(|(_, took, _)| *took)
            .collect();
        times.sort_unstable();
        serde_json::json!({ "n": times.len(), "p50_ms": at(&times, 0.5), "p99_ms": at(&times, 0.99), "max_ms": at(&times, 1.0) })
    };
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.child.id()));
    let status = status.unwrap_or_default();
    let memory = |name: &str| -> u64 {
        let line = status.lines().find(|line| line.starts_with(name));
        let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        kib.unwrap_or(0_u64) / 1024
    };
    let failed = all.iter().filter(|(.., status)| *status != 200).count();
    let figures = serde_json::json!({
        "part": part,
        "store": store,
        "a_second": all.len() as f64 / wall.as_secs_f64(),
        "failed": failed,
        "all": of(None),
        "push": of(Some("push")),
        "pull": of(Some("pull")),
        "state": of(Some("state")),
        "token": of(Some("token")),
        "memory_mib": memory("VmRSS"),
        "memory_peak_mib": memory("VmHWM"),
    });
    let mut out = std::io::stdout();
    writeln!(out, "{figures}").expect("written");
}

/// Each device asks at its own pace, as if the others were not there: a slow answer delays
/// nobody else.
async fn day(offices: Vec<Office>, a_second: u64, seconds: u64) -> (Vec<Office>, Vec<Took>) {
    let pause = Duration::from_micros(1_000_000 * offices.len() as u64 / a_second);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut tasks = tokio::task::JoinSet::new();
    for mut office in offices {
        tasks.spawn(async move {
            let mut all = Vec::new();
            let first = office.draw(pause.as_micros() as u64);
            let mut next = Instant::now() + Duration::from_micros(first);
            while next < end {
                tokio::time::sleep_until(next.into()).await;
                all.push(office.one().await);
                next += pause;
            }
            (office, all)
        });
    }
    gathered(tasks).await
}

/// All connections are new; each device comes at a random moment within a minute.
async fn reconnect(offices: Vec<Office>) -> (Vec<Office>, Vec<Took>) {
    let mut tasks = tokio::task::JoinSet::new();
    for mut office in offices {
        tasks.spawn(async move {
            office.http = Client::new();
            let wait = office.draw(60_000);
            tokio::time::sleep(Duration::from_millis(wait)).await;
            let mut all = office.enter().await.to_vec();
            all.push(office.state().await);
            all.push(office.pull().await);
            all.push(office.push().await);
            (office, all)
        });
    }
    gathered(tasks).await
}

async fn gathered(
    mut tasks: tokio::task::JoinSet<(Office, Vec<Took>)>,
) -> (Vec<Office>, Vec<Took>) {
    let (mut offices, mut all) = (Vec::new(), Vec::new());
    while let Some(done) = tasks.join_next().await {
        let (office, took) = done.expect("office");
        offices.push(office);
        all.extend(took);
    }
    (offices, all)
}

fn measure(store: &str, devices: u64, a_second: u64, seconds: u64) {
    let data = tempfile::tempdir().expect("folder");
    let cluster = (store == "postgres").then(Cluster::start);
    let database = cluster
        .as_ref()
        .map(|cluster| format!("database = '{}'", cluster.url()));
    let process = Process::start(data.path(), &database.unwrap_or_default());
    let mut offices: Vec<Office> = (0..devices)
        .map(|n| Office::new(&process.base, n))
        .collect();
    let keys: Vec<_> = offices
        .iter()
        .map(|office| public(&office.device.key))
        .collect();
    let admin = Device::new(&process.base, ADMIN);
    let put = admin.put_roster(&roster(REGION, 1, Vec::new(), &keys, &admin.key));
    assert_eq!(put.status(), 200);
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    runtime.block_on(async {
        for office in &mut offices {
            office.enter().await;
        }
        let begun = Instant::now();
        let (offices, all) = day(offices, a_second, seconds).await;
        report("day", store, &process, &all, begun.elapsed());
        let begun = Instant::now();
        let (_, all) = reconnect(offices).await;
        report("reconnect", store, &process, &all, begun.elapsed());
    });
    process.stop();
}

fn main() {
    let said: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let number = |at: usize, otherwise: u64| {
        let word = said.get(at).map(|word| word.parse().expect("a number"));
        word.unwrap_or(otherwise)
    };
    let stores = match said.first().map(String::as_str) {
        Some(store) => vec![store],
        None => vec!["sqlite", "postgres"],
    };
    for store in stores {
        measure(store, number(1, 1_000), number(2, 200), number(3, 60));
    }
}
