//! The gate: what others made enters in any order, and nothing that is hostile does.

pub(crate) mod attack;
mod corpus;
pub(crate) mod forge;
mod honest;
mod log_order;
mod mutation;

use crate::document::{Writer, card, set};
use radrum_domain::{Claims, Document, Edit, Incoming, Kind, Made, Verdict};
use radrum_wire::LogId;

/// The log of a test writer.
pub(crate) fn log(n: u8) -> LogId {
    LogId::from_bytes([n; 16])
}

/// The log that carried a change, from its actor.
pub(crate) fn incoming(made: &Made) -> Incoming<'_> {
    Incoming {
        log: LogId::try_from(&made.actor[..16]).expect("actor"),
        bytes: &made.bytes,
    }
}

/// What Anna wrote, as somebody else holds it after one change.
pub(crate) fn received(kind: Kind) -> Document {
    let mut doc = Document::begin(kind).expect("genesis");
    let theirs = theirs(kind);
    let changes = theirs.changes();
    let batch: Vec<Incoming<'_>> = changes.iter().map(incoming).collect();
    let judged = doc.ingest(&batch, &mut Claims::default()).expect("sound");
    let all = judged
        .iter()
        .all(|judged| judged.verdict == Verdict::Accept);
    assert!(all && doc.plain() == theirs.plain(), "{judged:?}");
    doc
}

/// A card or a note with Anna as only writer.
fn theirs(kind: Kind) -> Document {
    let mut anna = Writer::new(1);
    if kind == Kind::Playbook {
        return card(&mut anna);
    }
    let mut doc = Document::begin(kind).expect("genesis");
    let write = Edit::Write {
        field: "body".into(),
        text: "Hej på dig".into(),
    };
    anna.now(&mut doc, &[set("title", "Resan"), write]);
    doc
}

/// What the gate says of bytes in the second log, as a word.
pub(crate) fn said(doc: &mut Document, bytes: &[u8]) -> String {
    let incoming = Incoming { log: log(2), bytes };
    let judged = doc.ingest(&[incoming], &mut Claims::default());
    match &judged.expect("sound")[0].verdict {
        Verdict::Accept => "accept".into(),
        Verdict::Known => "known".into(),
        Verdict::Pending(_) => "pending".into(),
        Verdict::Refuse(refusal) => refusal.to_string(),
        Verdict::Postpone(delay) => delay.to_string(),
    }
}
