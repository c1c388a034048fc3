//! Figures for the operator. No ids: a time series of a krets would tell when its offices work.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Duration;

/// A path without its ids, and the status.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    route: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: &'static str,
}

/// Counts since the start of the process.
pub struct Metrics {
    registry: Registry,
    answers: Family<Answer, Counter>,
    seconds: Family<Route, Histogram>,
    entries: Counter,
    bytes: Counter,
    letters: Counter,
    waiting: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("radrum_relay");
        let answers = Family::default();
        registry.register("answers", "Answers by path and status", answers.clone());
        let seconds = Family::new_with_constructor(buckets as fn() -> Histogram);
        registry.register("answer_seconds", "Time to an answer", seconds.clone());
        let entries = Counter::default();
        registry.register("entries_stored", "New entries on disk", entries.clone());
        let bytes = Counter::default();
        registry.register("bytes_stored", "Their bytes", bytes.clone());
        let letters = Counter::default();
        registry.register(
            "letters_sent",
            "Letters that the mail server took",
            letters.clone(),
        );
        let waiting = Gauge::default();
        registry.register("waiting", "Requests that wait for news", waiting.clone());
        Self {
            registry,
            answers,
            seconds,
            entries,
            bytes,
            letters,
            waiting,
        }
    }
}

impl Metrics {
    /// One answer. Waits are long on purpose, so their time is not counted.
    pub fn answered(&self, route: &'static str, status: u16, took: Duration) {
        self.answers.get_or_create(&Answer { route, status }).inc();
        if route != "wait" {
            self.seconds
                .get_or_create(&Route { route })
                .observe(took.as_secs_f64());
        }
    }

    /// New entries are on disk.
    pub fn stored(&self, entries: u64, bytes: u64) {
        self.entries.inc_by(entries);
        self.bytes.inc_by(bytes);
    }

    /// A letter is with the mail server.
    pub fn mailed(&self) {
        self.letters.inc();
    }

    /// Somebody waits until the guard is dropped.
    #[must_use]
    pub fn waits(&self) -> Waiting {
        self.waiting.inc();
        Waiting(self.waiting.clone())
    }

    /// As text for Prometheus.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// From 1 ms to 32 s.
fn buckets() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 16))
}

/// Counts one that waits.
pub struct Waiting(Gauge);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.dec();
    }
}
