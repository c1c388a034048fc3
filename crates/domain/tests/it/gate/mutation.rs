//! Anything at all is answered with a verdict, and what is accepted does no harm.

use super::attack::{SEEDS, goes_on};
use super::forge::{Forged, repaired};
use super::{log, received};
use crate::document::{Writer, id, rewrite, set, step};
use proptest::prelude::*;
use radrum_domain::{Claims, Delay, Document, Edit, Incoming, Kind, Refusal, Scalar, Verdict};

/// Honest changes of the second log on what Anna wrote.
fn honest() -> Vec<(Kind, Vec<u8>)> {
    let write = |text: &str| Edit::Write {
        field: "body".into(),
        text: text.into(),
    };
    let put = Edit::Put {
        set: "labels".into(),
        key: "label:lvm".parse().expect("key"),
        present: true,
    };
    let moved = Edit::Move {
        list: "steps".into(),
        id: id(1),
        after: None,
    };
    let choose = Edit::Choose {
        list: Some("steps".into()),
        id: Some(id(1)),
        field: "text".into(),
        value: Some(Scalar::Text("Ring".into())),
    };
    let edits = [
        (Kind::Playbook, vec![rewrite(1, "Ring SiS"), choose]),
        (
            Kind::Playbook,
            vec![step(3, "Boka läkare"), step(4, "x"), moved],
        ),
        (Kind::Playbook, vec![set("title", "LVM!"), put]),
        (Kind::Note, vec![write("Hej då på dig, vi ses")]),
        (Kind::Note, vec![set("title", "Hem"), write("på dig")]),
        (Kind::Note, vec![write("")]),
    ];
    let change = |(kind, edits): (Kind, Vec<Edit>)| {
        let mut doc = received(kind);
        Writer::new(2).now(&mut doc, &edits);
        (kind, doc.changes().pop().expect("change").bytes)
    };
    edits.into_iter().map(change).collect()
}

/// Offers bytes; whatever is accepted is there byte for byte, and the document lives on.
fn offer(kind: Kind, bytes: &[u8]) -> Verdict {
    let mut doc = received(kind);
    let before = doc.heads();
    let incoming = Incoming { log: log(2), bytes };
    let judged = doc
        .ingest(&[incoming], &mut Claims::default())
        .expect("sound");
    let verdict = judged[0].verdict.clone();
    if verdict == Verdict::Accept {
        let loaded = Document::load(kind, &doc.save()).expect("loads");
        assert_eq!(loaded.heads(), doc.heads());
        assert_eq!(loaded.plain(), doc.plain());
        assert!(loaded.changes().iter().any(|made| made.bytes == bytes));
        goes_on(&mut doc);
    } else {
        assert_eq!(doc.heads(), before);
    }
    let mut beside = beside(kind);
    let judged = beside.ingest(&[incoming], &mut Claims::default());
    assert_eq!(
        judged.expect("sound")[0].verdict,
        verdict,
        "beside a branch"
    );
    assert!(Document::load(kind, &beside.save()).is_ok());
    verdict
}

/// What Anna wrote, and what she and Eva wrote after it without having seen the second log.
fn beside(kind: Kind) -> Document {
    let mut doc = received(kind);
    let edits = match kind {
        Kind::Note => vec![Edit::Write {
            field: "body".into(),
            text: "Hej på alla dig".into(),
        }],
        _ => vec![rewrite(1, "Skriv"), step(5, "Ring")],
    };
    for mut writer in [Writer::in_sitting(1, 1), Writer::new(3)] {
        let base = received(kind).heads();
        writer.edit(&mut doc, &base, &edits).expect("edit");
    }
    doc
}

fn assert_undisturbed(verdict: &Verdict) {
    // Everything that automerge itself stumbles over is to be found before it.
    let stumbled = [
        Verdict::Postpone(Delay::Crashed),
        Verdict::Postpone(Delay::NotApplied),
        Verdict::Refuse(Refusal::Altered),
    ];
    assert!(!stumbled.contains(verdict), "{verdict:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_bytes_with_a_right_checksum_do_no_harm(
        pick in any::<prop::sample::Index>(),
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let honest = honest();
        let (kind, mut bytes) = pick.get(&honest).clone();
        // Behind magic, checksum, type and length.
        let content = 11;
        for (at, byte) in flips {
            let at = content + at.index(bytes.len() - content);
            bytes[at] = byte;
        }
        assert_undisturbed(&offer(kind, &repaired(&bytes)));
    }

    #[test]
    fn changed_columns_do_no_harm(
        pick in any::<prop::sample::Index>(),
        flips in proptest::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..9_u8), 1..5),
    ) {
        let honest = honest();
        let (kind, bytes) = pick.get(&honest).clone();
        let mut forged = Forged::from(&bytes);
        for (column, at, byte) in flips {
            let columns = forged.columns.len();
            let column = &mut forged.columns[column.index(columns)].1;
            let at = at.index(column.len());
            // Near what stood there: small numbers are what columns are made of.
            column[at] = column[at].wrapping_add(byte.wrapping_sub(4));
        }
        assert_undisturbed(&offer(kind, &forged.encode()));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(matches!(offer(Kind::Note, &bytes), Verdict::Refuse(_)));
        let head = [0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1, 0];
        let chunk = repaired(&[&head, bytes.as_slice()].concat());
        prop_assert!(matches!(offer(Kind::Note, &chunk), Verdict::Refuse(_)));
    }

    #[test]
    fn a_change_that_is_cut_short_anywhere_is_refused(cut in any::<prop::sample::Index>()) {
        for (kind, bytes) in honest() {
            let cut = &bytes[..cut.index(bytes.len())];
            prop_assert!(matches!(offer(kind, cut), Verdict::Refuse(_)));
            if cut.len() > 10 {
                prop_assert!(matches!(offer(kind, &repaired(cut)), Verdict::Refuse(_)));
            }
        }
    }
}

#[test]
fn every_hostile_seed_is_answered_the_same_in_both_kinds_without_harm() {
    for (_, name, _, make) in SEEDS {
        let bytes = make();
        for kind in [Kind::Playbook, Kind::Note] {
            if kind == Kind::Note && name.contains("genesis") {
                continue;
            }
            assert_undisturbed(&offer(kind, &bytes));
        }
    }
}
