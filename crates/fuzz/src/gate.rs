//! The gate: changes of a second log, offered to what a first one wrote.

use radrum_domain::{Claims, Delay, Document, Incoming, Kind, Refusal, Verdict};
use radrum_wire::LogId;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Magic, checksum and type.
const HEAD: usize = 9;

static NOTE: LazyLock<Document> = LazyLock::new(|| {
    let bytes = include_bytes!("../../domain/tests/corpus/gate/note.0.bin");
    received(Kind::Note, bytes)
});

static CARD: LazyLock<Document> = LazyLock::new(|| {
    let bytes = include_bytes!("../../domain/tests/corpus/gate/playbook.0.bin");
    received(Kind::Playbook, bytes)
});

fn received(kind: Kind, bytes: &[u8]) -> Document {
    let mut doc = Document::begin(kind).expect("genesis");
    let log = LogId::from_bytes([1; 16]);
    let judged = doc.ingest(&[Incoming { log, bytes }], &mut Claims::default());
    assert_eq!(judged.expect("sound")[0].verdict, Verdict::Accept);
    doc
}

pub(crate) fn run(bytes: &[u8]) {
    let chunks = chunks(bytes);
    let repaired: Vec<Vec<u8>> = chunks.iter().map(|chunk| repaired(chunk)).collect();
    for doc in [&*NOTE, &*CARD] {
        offer(doc, &[bytes]);
        offer(doc, &repaired.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }
}

/// One chunk from each beginning to the next.
fn chunks(bytes: &[u8]) -> Vec<&[u8]> {
    let mut starts = vec![0];
    let magic = bytes.windows(MAGIC.len()).enumerate().skip(1);
    starts.extend(magic.filter(|(_, four)| *four == MAGIC).map(|(at, _)| at));
    starts.push(bytes.len());
    let ends = starts.windows(2).map(|two| &bytes[two[0]..two[1]]);
    ends.take(8).collect()
}

/// The same content with a right length and checksum.
fn repaired(chunk: &[u8]) -> Vec<u8> {
    let Some((head, rest)) = chunk.split_at_checked(HEAD) else {
        return chunk.to_vec();
    };
    let length = rest.iter().take_while(|byte| **byte & 0x80 != 0).count() + 1;
    let content = rest.get(length..).unwrap_or_default();
    let mut hashed = vec![head[8]];
    let mut left = content.len();
    while left >= 0x80 {
        hashed.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    hashed.push(left as u8);
    hashed.extend(content);
    let digest = Sha256::digest(&hashed);
    [&MAGIC, &digest[..4], &hashed].concat()
}

/// The verdicts are the same twice; what is accepted is there byte for byte and can be loaded;
/// one at a time, and offered again until nothing is new, makes the same document.
fn offer(base: &Document, chunks: &[&[u8]]) {
    let log = LogId::from_bytes([2; 16]);
    let incoming: Vec<Incoming<'_>> = chunks.iter().map(|bytes| Incoming { log, bytes }).collect();
    let (mut doc, mut twin) = (base.clone(), base.clone());
    let judged = doc
        .ingest(&incoming, &mut Claims::default())
        .expect("sound");
    let again = twin.ingest(&incoming, &mut Claims::default());
    assert_eq!(judged, again.expect("sound"), "the same twice");
    let mut accepted = false;
    for (judged, incoming) in judged.iter().zip(&incoming) {
        undisturbed(&judged.verdict);
        if judged.verdict == Verdict::Accept {
            accepted = true;
            let held = |bytes: &[u8]| doc.changes().iter().any(|made| made.bytes == bytes);
            assert!(held(incoming.bytes), "byte for byte");
        }
    }
    assert_eq!(accepted, doc.heads() != base.heads());
    if accepted {
        let loaded = Document::load(doc.kind(), &doc.save()).expect("loads");
        assert_eq!(loaded.heads(), doc.heads());
        assert_eq!(loaded.plain(), doc.plain());
        let _ = doc.history();
    }
    if incoming.len() > 1 {
        let mut slow = base.clone();
        let mut claims = Claims::default();
        for _ in &incoming {
            for one in &incoming {
                let judged = slow.ingest(&[*one], &mut claims).expect("sound");
                undisturbed(&judged[0].verdict);
            }
        }
        assert_eq!(slow.heads(), doc.heads(), "in any portions");
    }
}

/// Everything that automerge itself stumbles over is found before it.
fn undisturbed(verdict: &Verdict) {
    let stumbled = [
        Verdict::Postpone(Delay::Crashed),
        Verdict::Postpone(Delay::NotApplied),
        Verdict::Refuse(Refusal::Altered),
    ];
    assert!(!stumbled.contains(verdict), "{verdict:?}");
}
