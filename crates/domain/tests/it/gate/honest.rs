//! What our own program writes is accepted everywhere, whatever the order of arrival.

use super::{attack, incoming, received};
use crate::document::{Writer, card, id, rewrite, set, step};
use crate::photo::picture;
use proptest::prelude::*;
use radrum_domain::{
    Claims, Document, DocumentError, Edit, Field, Heads, ItemKey, KINDS, Kind, Made, Scalar, Type,
    Verdict, begins, schema,
};
use std::collections::BTreeMap;

/// One office: its document, what waits, and the versions it has seen.
#[derive(Clone)]
struct Office {
    writer: Writer,
    doc: Document,
    bases: Vec<Heads>,
    pending: Vec<Made>,
    claims: Claims,
}

impl Office {
    fn new(kind: Kind, log: u8) -> Self {
        let doc = Document::begin(kind).expect("genesis");
        Self {
            writer: Writer::new(log),
            bases: vec![doc.heads()],
            doc,
            pending: Vec::new(),
            claims: Claims::default(),
        }
    }

    /// Takes changes as the program does: what waits is offered again.
    fn take(&mut self, changes: &[Made]) {
        let batch: Vec<Made> = self
            .pending
            .drain(..)
            .chain(changes.iter().cloned())
            .collect();
        let offered: Vec<_> = batch.iter().map(incoming).collect();
        let judged = self.doc.ingest(&offered, &mut self.claims).expect("sound");
        for (made, judged) in batch.iter().zip(judged) {
            assert_eq!(judged.change.as_ref(), Some(made));
            if let Verdict::Pending(missing) = &judged.verdict {
                assert!(!missing.is_empty());
                self.pending.push(made.clone());
            } else {
                let taken = matches!(judged.verdict, Verdict::Accept | Verdict::Known);
                assert!(taken, "own change: {:?}", judged.verdict);
            }
        }
        self.bases.push(self.doc.heads());
        assert!(Document::load(self.doc.kind(), &self.doc.save()).is_ok());
    }

    fn edit(&mut self, edit: Edit, base: usize) {
        let base = match base {
            0..4 => self.doc.heads(),
            n => self.bases[n % self.bases.len()].clone(),
        };
        let done = self.writer.edit(&mut self.doc, &base, &[edit]);
        let fine = matches!(done, Ok(_) | Err(DocumentError::Rejected(_)));
        assert!(fine, "{done:?}");
        self.bases.push(self.doc.heads());
    }
}

/// An edit of the kind, from three numbers.
fn edit(kind: Kind, action: usize, a: usize, b: usize, fresh: u32) -> Edit {
    let schema = schema(kind);
    let known = id(1 + (b as u32 % 5));
    let list = (!schema.lists.is_empty()).then(|| &schema.lists[a % schema.lists.len()]);
    let set = (!schema.sets.is_empty()).then(|| &schema.sets[a % schema.sets.len()]);
    let text = schema.texts().next();
    match (action, list, set, text) {
        (0 | 1, Some(list), ..) => Edit::Add {
            list: list.name.into(),
            id: if action == 0 { id(fresh) } else { known },
            fields: list
                .fields
                .iter()
                .map(|field| (field.name.to_string(), value(field, b)))
                .collect(),
            after: b.is_multiple_of(2).then(String::new),
        },
        (2, Some(list), ..) => {
            let field = &list.fields[b % list.fields.len()];
            Edit::SetIn {
                list: list.name.into(),
                id: known,
                field: field.name.into(),
                value: Some(value(field, fresh as usize)),
            }
        }
        (3, Some(list), ..) => Edit::Move {
            list: list.name.into(),
            id: known,
            after: None,
        },
        (4, Some(list), ..) => Edit::Remove {
            list: list.name.into(),
            id: known,
            removed: !b.is_multiple_of(3),
        },
        (5, _, Some(set), _) => Edit::Put {
            set: set.name.into(),
            key: key(set.of, b),
            present: !b.is_multiple_of(3),
        },
        (6 | 7, _, _, Some(text)) => Edit::Write {
            field: text.name.into(),
            text: format!(
                "{} å {fresh} {}",
                "Ring SiS. ".repeat(a % 4),
                "ö".repeat(b % 5)
            ),
        },
        (8, Some(list), ..) => Edit::Choose {
            list: Some(list.name.into()),
            id: Some(known),
            field: list.fields[0].name.into(),
            value: Some(value(&list.fields[0], b)),
        },
        _ => root_edit(kind, action == 9, a, b),
    }
}

fn root_edit(kind: Kind, choose: bool, a: usize, b: usize) -> Edit {
    let fields = schema(kind).fields.iter();
    let fields: Vec<_> = fields.filter(|field| field.ty != Type::Text).collect();
    let field = fields[a % fields.len()];
    let (name, value) = (field.name.to_string(), Some(value(field, b)));
    if choose {
        Edit::Choose {
            list: None,
            id: None,
            field: name,
            value,
        }
    } else {
        Edit::Set { field: name, value }
    }
}

fn key(kind: Kind, n: usize) -> ItemKey {
    ItemKey::slug(kind, &format!("x{}", n % 4)).expect("slug")
}

fn value(field: &Field, n: usize) -> Scalar {
    Scalar::Text(match field.ty {
        Type::Flag => return Scalar::Flag(n.is_multiple_of(2)),
        Type::Number | Type::Year => return Scalar::Number(2000 + (n as u32 % 90)),
        Type::Line | Type::Prose | Type::Text => format!("text {n} å"),
        Type::Date => format!("2026-11-{:02}", 1 + n % 28),
        Type::Choice(words) => words[n % words.len()].to_string(),
        Type::Ref(kinds) => key(kinds[n % kinds.len()], n).to_string(),
        Type::Web => "https://example.org/".into(),
        Type::Email => "ifo@vilhelmina.example".into(),
        Type::Photo => picture(n),
        Type::Length => "2 weeks".into(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Two to four offices edit every kind on new and old versions and take from each other
    /// what they have; then everybody gets everything, in several orders.
    #[test]
    fn every_edit_is_accepted_in_any_order_and_all_offices_read_the_same(
        kind in 0..KINDS.len(),
        offices in 2..5_usize,
        steps in proptest::collection::vec(
            (0..4_usize, 0..13_usize, any::<u8>(), any::<u8>(), 0..9_usize), 1..40),
        shuffles in proptest::collection::vec(any::<u64>(), 3),
        batch in 1..9_usize,
    ) {
        let kind = KINDS[kind];
        let mut all: Vec<Office> =
            (0..offices).map(|n| Office::new(kind, n as u8 + 1)).collect();
        for (n, (who, action, a, b, base)) in steps.into_iter().enumerate() {
            let who = who % offices;
            if action > 10 {
                let mut theirs = all[usize::from(a) % offices].doc.changes();
                theirs.reverse();
                all[who].take(&theirs[usize::from(b) % (theirs.len() + 1)..]);
            } else {
                let edit = edit(kind, action, a.into(), b.into(), 100 + n as u32);
                all[who].edit(edit, base);
            }
        }
        let mut changes: BTreeMap<_, Made> = BTreeMap::new();
        for office in &all {
            changes.extend(office.doc.changes().into_iter().map(|made| (made.hash, made)));
        }
        let changes: Vec<Made> = changes.into_values().collect();
        all.extend(shuffles.iter().map(|_| Office::new(kind, 99)));
        for (office, seed) in all.iter_mut().zip(shuffles.iter().cycle()) {
            let mut order = changes.clone();
            order.sort_by_key(|made| u64::from(made.hash.as_bytes()[0]).wrapping_mul(seed | 1));
            order.chunks(batch).for_each(|some| office.take(some));
            prop_assert!(office.pending.is_empty());
        }
        for office in &all {
            prop_assert_eq!(office.doc.heads(), all[0].doc.heads());
            prop_assert_eq!(office.doc.plain(), all[0].doc.plain());
        }
        reads_the_same_under_another_log(&all[0].doc);
    }

    /// Two replicas that get good and hostile changes in different orders say the same of each.
    #[test]
    fn two_replicas_give_the_same_verdicts_in_different_orders(
        picks in proptest::collection::vec(any::<prop::sample::Index>(), 1..12),
        seed in any::<u64>(),
    ) {
        let seeds: Vec<_> = attack::SEEDS.iter().filter(|seed| seed.0 == Kind::Playbook).collect();
        let mut offered: Vec<Vec<u8>> =
            picks.iter().map(|pick| (pick.get(&seeds).3)()).collect();
        let mut theirs = received(Kind::Playbook);
        let mut writer = Writer::new(2);
        writer.now(&mut theirs, &[rewrite(1, "a")]);
        writer.now(&mut theirs, &[rewrite(2, "b")]);
        // Everything of the log stands in its order; only the other logs come in between.
        offered.sort();
        offered.dedup();
        let honest = theirs.changes();
        let verdicts = |first: &[&[u8]], second: &[&[u8]]| {
            let mut doc = received(Kind::Playbook);
            let mut claims = Claims::default();
            let mut last = BTreeMap::new();
            let mut waiting: Vec<&[u8]> = Vec::new();
            for group in [first, second] {
                waiting.extend(group);
                let batch: Vec<_> = waiting.iter()
                    .map(|bytes| radrum_domain::Incoming { log: super::log(2), bytes })
                    .collect();
                let judged = doc.ingest(&batch, &mut claims).expect("sound");
                for (bytes, judged) in waiting.iter().zip(judged) {
                    // Accepted before, or now: the same.
                    let verdict = match judged.verdict {
                        Verdict::Known => Verdict::Accept,
                        other => other,
                    };
                    last.insert(bytes.to_vec(), verdict);
                }
            }
            (last, doc.heads(), doc.plain())
        };
        let mut log: Vec<&[u8]> = offered.iter().map(Vec::as_slice).collect();
        log.extend(honest[1..].iter().map(|made| made.bytes.as_slice()));
        let cut = usize::try_from(seed % (log.len() as u64 + 1)).expect("small");
        let whole = verdicts(&log, &[]);
        let halves = verdicts(&log[..cut], &log[cut..]);
        prop_assert_eq!(whole, halves);
    }
}

/// Reissues a document and gives it to somebody who has only its genesis.
fn reads_the_same_under_another_log(old: &Document) {
    let reissued = old.reissued(super::log(200), [7; 5]).expect("sound");
    // A voice names its change, and the changes have other hashes.
    let said = |doc: &Document| {
        let mut plain = doc.plain();
        for voices in &mut plain.voices {
            for voice in &mut voices.voices {
                voice.change = radrum_wire::ChangeHash::from_bytes([0; 32]);
            }
        }
        plain
    };
    assert_eq!(said(&reissued.doc), said(old));
    let told = |doc: &Document| -> Vec<String> {
        let steps = doc.history().into_iter();
        let mut told: Vec<_> = steps.map(|step| format!("{:?}", step.lines)).collect();
        // What was written at once is told in the order of the hashes.
        told.sort_unstable();
        told
    };
    assert_eq!(told(&reissued.doc), told(old));
    let hashes: Vec<_> = reissued.changes.iter().map(|(old, _)| *old).collect();
    let before: Vec<_> = old.changes().iter().map(|made| made.hash).collect();
    assert_eq!(hashes, before);
    let new: Vec<Made> = reissued.changes.into_iter().map(|(_, made)| made).collect();
    let mut office = Office::new(old.kind(), 99);
    office.take(&new);
    assert!(office.pending.is_empty());
    assert_eq!(office.doc.heads(), reissued.doc.heads());
    assert_eq!(office.doc.plain(), reissued.doc.plain());
}

#[test]
fn the_same_history_under_another_log_reads_the_same_and_passes_the_gate() {
    let (mut anna, mut maja) = (Writer::new(1), Writer::new(2));
    let mut doc = card(&mut anna);
    let seen = doc.heads();
    for (writer, words) in [
        (&mut anna, "Ring före nio."),
        (&mut maja, "Ring före åtta."),
    ] {
        let edits = [rewrite(1, words), step(3, words)];
        writer.edit(&mut doc, &seen, &edits).expect("edit");
    }
    maja.now(&mut doc, &[rewrite(2, "Ö")]);
    reads_the_same_under_another_log(&doc);

    let mut note = Document::begin(Kind::Note).expect("genesis");
    let write = |words: &str| Edit::Write {
        field: "body".into(),
        text: words.into(),
    };
    anna.now(&mut note, &[set("title", "Resan"), write("Bron är smal.")]);
    let seen = note.heads();
    for (writer, words) in [(&mut maja, "Bron är hal."), (&mut anna, "Bron är smal. Å.")] {
        writer
            .edit(&mut note, &seen, &[write(words)])
            .expect("edit");
    }
    reads_the_same_under_another_log(&note);
}

#[test]
fn changes_in_reverse_order_wait_until_the_first_one_has_come() {
    let mut writer = Writer::new(1);
    let mut theirs = card(&mut writer);
    writer.now(&mut theirs, &[rewrite(1, "a")]);
    writer.now(&mut theirs, &[step(3, "b")]);
    let changes = theirs.changes();
    let mut doc = Document::begin(Kind::Playbook).expect("genesis");
    let mut claims = Claims::default();
    for made in [&changes[2], &changes[1]] {
        let judged = doc.ingest(&[incoming(made)], &mut claims).expect("sound");
        assert_eq!(judged[0].verdict, Verdict::Pending(made.deps.clone()));
    }
    assert_eq!(doc.changes(), []);
    let batch: Vec<_> = changes.iter().rev().map(incoming).collect();
    let judged = doc.ingest(&batch, &mut claims).expect("sound");
    assert!(judged.iter().all(|j| j.verdict == Verdict::Accept));
    assert_eq!(doc.plain(), theirs.plain());
    let again = doc.ingest(&batch, &mut claims).expect("sound");
    assert!(again.iter().all(|j| j.verdict == Verdict::Known));
}

#[test]
fn a_first_change_tells_the_kind_of_its_document() {
    let theirs = card(&mut Writer::new(1));
    assert_eq!(begins(&theirs.changes()[0].bytes), Some(Kind::Playbook));
    let mut later = theirs.clone();
    Writer::new(2).now(&mut later, &[set("title", "LVM 2")]);
    assert_eq!(begins(&later.changes()[1].bytes), None);
    assert_eq!(begins(b"kort"), None);
}

#[test]
fn a_pasted_novel_and_its_rewriting_are_accepted() {
    let mut writer = Writer::new(1);
    let mut theirs = Document::begin(Kind::Note).expect("genesis");
    let write = |words: &str| Edit::Write {
        field: "body".into(),
        text: words.into(),
    };
    for words in ["Så gör vi här i skogen. ", "Å andra sidan, i fjällen. "] {
        writer.now(
            &mut theirs,
            &[set("title", words), write(&words.repeat(1_500))],
        );
    }
    let mut office = Office::new(Kind::Note, 2);
    office.take(&theirs.changes());
    assert_eq!(office.doc.plain(), theirs.plain());
}

#[test]
fn a_note_typed_in_many_sittings_can_be_rewritten_whole() {
    let mut theirs = Document::begin(Kind::Note).expect("genesis");
    let mut words = String::new();
    for n in 0..300_u32 {
        words.push_str("Ny dag. ");
        let mut writer = Writer::in_sitting(1, n);
        let edit = Edit::Write {
            field: "body".into(),
            text: words.clone() + "!",
        };
        writer.now(&mut theirs, &[edit]);
    }
    let edit = Edit::Write {
        field: "body".into(),
        text: "Kort.".into(),
    };
    Writer::new(1).now(&mut theirs, &[edit]);
    let mut office = Office::new(Kind::Note, 2);
    office.take(&theirs.changes());
    assert_eq!(office.doc.plain(), theirs.plain());
}
