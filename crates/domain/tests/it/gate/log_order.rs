//! What depends on more than one change: numbers used twice, branches, limits of a document,
//! and batches of which a part fails.

use super::forge::{Forged, MAKE_MAP, Op};
use super::{incoming, log, received};
use crate::document::{Writer, card, rewrite, set, step};
use radrum_domain::{
    Claims, DOCUMENT_OPS_MAX, Delay, Document, Edit, Incoming, Judged, Kind, Made, Refusal, Verdict,
};

fn verdicts(judged: Vec<Judged>) -> Vec<Verdict> {
    judged.into_iter().map(|judged| judged.verdict).collect()
}

fn second(bytes: &[u8]) -> Incoming<'_> {
    Incoming { log: log(2), bytes }
}

/// Anna's card and a later change of hers, and what the second log makes of both.
struct Fork {
    annas: Made,
    honest: Forged,
}

fn fork() -> Fork {
    let mut theirs = card(&mut Writer::new(1));
    let mut ours = theirs.clone();
    let mut anna = Writer::new(1);
    anna.now(
        &mut theirs,
        &[set("notice", "Nytt"), step(3, "Boka läkare")],
    );
    Writer::new(2).now(&mut ours, &[rewrite(1, "Ring SiS")]);
    Fork {
        annas: theirs.changes().pop().expect("change"),
        honest: Forged::from(&ours.changes().pop().expect("change").bytes),
    }
}

#[test]
fn a_number_used_twice_counts_for_the_first_in_the_log_whatever_arrives_first() {
    let Fork { annas, honest } = fork();
    let good = honest.encode();
    // The first in the log stands on Anna's change, and is refused once that is known.
    let mut first = honest;
    first.deps = vec![*annas.hash.as_bytes()];
    let first = first.encode();

    let mut here = received(Kind::Playbook);
    let batch = [incoming(&annas), second(&first), second(&good)];
    let judged = here.ingest(&batch, &mut Claims::default()).expect("sound");
    let expected = [
        Verdict::Accept,
        Verdict::Refuse(Refusal::StartOp),
        Verdict::Refuse(Refusal::ReusedSeq),
    ];
    assert_eq!(verdicts(judged), expected);

    let mut there = received(Kind::Playbook);
    let mut claims = Claims::default();
    let early = there.ingest(&[second(&first)], &mut claims).expect("sound");
    assert_eq!(verdicts(early), [Verdict::Pending(vec![annas.hash])]);
    let early = there.ingest(&[second(&good)], &mut claims).expect("sound");
    assert_eq!(verdicts(early), [Verdict::Refuse(Refusal::ReusedSeq)]);
    let late = [incoming(&annas), second(&first)];
    let late = there.ingest(&late, &mut claims).expect("sound");
    assert_eq!(verdicts(late), expected[..2]);
    assert_eq!(here.heads(), there.heads());
}

#[test]
fn a_number_that_the_document_holds_is_not_used_again() {
    let Fork { honest, .. } = fork();
    let mut doc = received(Kind::Playbook);
    let mut other = honest.clone();
    *other.column(0x57) = other.column(0x57).iter().map(|_| b'x').collect();
    let (first, other) = (honest.encode(), other.encode());
    let judged = doc.ingest(&[second(&first)], &mut Claims::default());
    assert_eq!(verdicts(judged.expect("sound")), [Verdict::Accept]);
    let judged = doc.ingest(&[second(&other)], &mut Claims::default());
    let reused = [Verdict::Refuse(Refusal::ReusedSeq)];
    assert_eq!(verdicts(judged.expect("sound")), reused);
}

#[test]
fn what_stands_on_a_branch_beside_is_not_there() {
    let Fork { annas, honest } = fork();
    let anna = annas.actor.clone();
    let start = honest.start_op;
    let mut by_hand = honest;
    by_hand.others = vec![anna];
    let many = |last: Op| {
        let mut ops: Vec<Op> = (0..4)
            .map(|n| Op::put(None, &format!("ny{n}"), "x"))
            .collect();
        ops.push(last);
        ops
    };
    // Anna's change: the notice, then the map of the step.
    let cases = [
        (
            Op::put(Some((start + 1, 1)), "text", "x"),
            Refusal::UnknownObject,
        ),
        (
            Op::put(None, "notice", "x").replacing(&[(start, 1)]),
            Refusal::UnknownPred,
        ),
    ];
    for (op, refusal) in cases {
        let mut doc = received(Kind::Playbook);
        by_hand.ops(&many(op));
        let bytes = by_hand.encode();
        let batch = [incoming(&annas), second(&bytes)];
        let judged = doc.ingest(&batch, &mut Claims::default()).expect("sound");
        assert_eq!(
            verdicts(judged),
            [Verdict::Accept, Verdict::Refuse(refusal)]
        );
    }
}

#[test]
fn what_stands_on_a_refused_change_waits_and_the_rest_of_the_batch_enters() {
    let Fork { annas, honest } = fork();
    let mut bad = honest;
    bad.ops(&[Op::at(None, "notice", MAKE_MAP)]);
    bad.others.clear();
    let bad = bad.encode();
    let mut doc = received(Kind::Playbook);
    let batch = [second(&bad), incoming(&annas)];
    let judged = doc.ingest(&batch, &mut Claims::default()).expect("sound");
    let hash = judged[0].change.as_ref().expect("read").hash;
    assert_eq!(
        verdicts(judged),
        [Verdict::Refuse(Refusal::Shape), Verdict::Accept]
    );
    let mut child = Forged::from(&bad);
    (child.deps, child.seq) = (vec![*hash.as_bytes()], 2);
    let child = child.encode();
    let judged = doc.ingest(&[second(&child)], &mut Claims::default());
    assert_eq!(
        verdicts(judged.expect("sound")),
        [Verdict::Pending(vec![hash])]
    );
}

#[test]
fn twenty_thousand_operations_enter_and_one_more_does_not() {
    let Fork { mut honest, .. } = fork();
    honest.others.clear();
    let op = Op {
        value_type: 0,
        value: Vec::new(),
        ..Op::put(None, "ny", "")
    };
    for (count, verdict) in [
        (20_000, Verdict::Accept),
        (20_001, Verdict::Refuse(Refusal::TooManyOps)),
    ] {
        let mut doc = received(Kind::Playbook);
        honest.ops(&vec![op.clone(); count]);
        let bytes = honest.encode();
        let judged = doc.ingest(&[second(&bytes)], &mut Claims::default());
        assert_eq!(verdicts(judged.expect("sound")), [verdict]);
    }
}

#[test]
fn a_document_over_its_size_waits_and_is_not_refused() {
    let mut theirs = Document::begin(Kind::Note).expect("genesis");
    let mut anna = Writer::new(1);
    // Each rewriting takes away and writes some fifty thousand letters.
    for n in 0..3 {
        let text = char::from(b'a' + n).to_string().repeat(50_000);
        let field = "body".into();
        anna.now(&mut theirs, &[Edit::Write { field, text }]);
    }
    let changes = theirs.changes();
    let ops: u64 = changes.iter().map(|m| m.max_op + 1 - m.start_op).sum();
    assert!(ops > DOCUMENT_OPS_MAX);
    let mut doc = Document::begin(Kind::Note).expect("genesis");
    let batch: Vec<Incoming<'_>> = changes.iter().map(incoming).collect();
    let judged = verdicts(doc.ingest(&batch, &mut Claims::default()).expect("sound"));
    let accepted = judged.iter().filter(|v| **v == Verdict::Accept).count();
    assert!(accepted > 10, "what fits is there");
    assert_eq!(judged[accepted], Verdict::Postpone(Delay::DocumentFull));
    let rest = &judged[accepted + 1..];
    assert!(rest.iter().all(|v| matches!(v, Verdict::Pending(_))));
}
