use proptest::prelude::*;
use radrum_domain::{
    Actor, Actors, Document, DocumentError, Edit, Heads, ItemKey, KINDS, Kind, Plain, Playbook,
    Reason, Scalar, project,
};
use radrum_wire::LogId;
use std::collections::BTreeMap;

/// Draws actors as the program does: one for the run, a new one for each older base.
#[derive(Clone)]
pub(crate) struct Writer {
    log: LogId,
    run: u32,
    next: u32,
}

impl Writer {
    pub(crate) fn new(log: u8) -> Self {
        Self::in_sitting(log, 0)
    }

    /// After so many starts of the program.
    pub(crate) fn in_sitting(log: u8, run: u32) -> Self {
        Self {
            log: LogId::from_bytes([log; 16]),
            run,
            next: 0,
        }
    }

    pub(crate) fn actors(&mut self) -> Actors {
        self.next += 1;
        Actors {
            running: self.actor(0),
            fresh: self.actor(self.next),
        }
    }

    fn actor(&self, n: u32) -> Actor {
        let mut fresh = [0; 8];
        fresh[..4].copy_from_slice(&self.run.to_be_bytes());
        fresh[4..].copy_from_slice(&n.to_be_bytes());
        Actor::new(self.log, fresh)
    }

    pub(crate) fn edit(
        &mut self,
        doc: &mut Document,
        base: &Heads,
        edits: &[Edit],
    ) -> Result<usize, DocumentError> {
        doc.edit(base, self.actors(), edits).map(|made| made.len())
    }

    pub(crate) fn now(&mut self, doc: &mut Document, edits: &[Edit]) -> usize {
        let heads = doc.heads();
        self.edit(doc, &heads, edits).expect("edit")
    }
}

pub(crate) fn id(n: u32) -> String {
    format!("{n:022x}")
}

pub(crate) fn text(text: &str) -> Scalar {
    Scalar::Text(text.into())
}

pub(crate) fn set(field: &str, value: &str) -> Edit {
    Edit::Set {
        field: field.into(),
        value: Some(text(value)),
    }
}

pub(crate) fn step(n: u32, words: &str) -> Edit {
    let fields = BTreeMap::from([
        ("text".to_string(), text(words)),
        ("force".to_string(), text("must")),
    ]);
    Edit::Add {
        list: "steps".into(),
        id: id(n),
        fields,
        after: None,
    }
}

pub(crate) fn rewrite(n: u32, words: &str) -> Edit {
    Edit::SetIn {
        list: "steps".into(),
        id: id(n),
        field: "text".into(),
        value: Some(text(words)),
    }
}

pub(crate) fn card(writer: &mut Writer) -> Document {
    let mut doc = Document::begin(Kind::Playbook).expect("genesis");
    let edits = [
        set("title", "LVM"),
        set("playbook", "rare_case"),
        step(1, "Registrera anmälan"),
        step(2, "Inled utredning"),
    ];
    assert_eq!(writer.now(&mut doc, &edits), 1);
    doc
}

fn view(doc: &Document) -> Playbook {
    doc.plain().view().expect("playbook")
}

#[test]
fn a_card_reads_back_as_written_after_save_and_load() {
    let mut writer = Writer::new(1);
    let doc = card(&mut writer);
    let loaded = Document::load(Kind::Playbook, &doc.save()).expect("load");
    assert_eq!(loaded.plain(), doc.plain());
    assert_eq!(loaded.heads(), doc.heads());
    let steps: Vec<String> = view(&loaded)
        .steps
        .into_iter()
        .map(|step| step.text)
        .collect();
    assert_eq!(steps, ["Registrera anmälan", "Inled utredning"]);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_change() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    assert_eq!(
        writer.now(
            &mut doc,
            &[set("title", "LVM"), rewrite(1, "  Registrera anmälan ")]
        ),
        0
    );
    assert_eq!(
        writer.now(
            &mut doc,
            &[Edit::Set {
                field: "draft".into(),
                value: None
            }]
        ),
        0
    );
}

#[test]
fn two_windows_that_rewrite_the_same_step_both_stand() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let seen = doc.heads();
    writer
        .edit(&mut doc, &seen, &[rewrite(1, "Ring SiS")])
        .expect("first window");
    writer
        .edit(&mut doc, &seen, &[rewrite(1, "Ring läkaren")])
        .expect("second window");
    let voices = doc.plain().voices;
    assert_eq!(voices.len(), 1);
    let mut said: Vec<&str> = voices[0]
        .voices
        .iter()
        .filter_map(|v| v.value.as_str())
        .collect();
    said.sort_unstable();
    assert_eq!(said, ["Ring SiS", "Ring läkaren"]);
    assert_eq!(
        (voices[0].list.as_deref(), voices[0].field.as_str()),
        (Some("steps"), "text")
    );
}

#[test]
fn the_same_words_written_twice_are_one_voice() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let seen = doc.heads();
    for _ in 0..2 {
        writer
            .edit(&mut doc, &seen, &[rewrite(1, "Ring SiS")])
            .expect("edit");
    }
    assert_eq!(doc.plain().voices, []);
}

#[test]
fn a_choice_settles_the_voices_and_two_choices_are_asked_again() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let seen = doc.heads();
    for words in ["Ring SiS", "Ring läkaren"] {
        writer
            .edit(&mut doc, &seen, &[rewrite(1, words)])
            .expect("edit");
    }
    let choose = |words: &str| Edit::Choose {
        list: Some("steps".into()),
        id: Some(id(1)),
        field: "text".into(),
        value: Some(text(words)),
    };
    let both = doc.heads();
    let mut other = doc.clone();
    writer
        .edit(&mut doc, &both, &[choose("Ring läkaren")])
        .expect("choice");
    assert_eq!(doc.plain().voices, []);
    assert_eq!(view(&doc).steps[0].text, "Ring läkaren");

    let mut colleague = Writer::new(2);
    colleague
        .edit(&mut other, &both, &[choose("Ring SiS")])
        .expect("choice");
    let theirs: Vec<Vec<u8>> = other.changes().into_iter().map(|made| made.bytes).collect();
    doc.replay(&theirs).expect("merge");
    assert_eq!(
        doc.plain().voices.len(),
        1,
        "two different choices are shown again"
    );
}

#[test]
fn an_edit_beside_an_archiving_is_kept_and_told() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let seen = doc.heads();
    let remove = Edit::Remove {
        list: "steps".into(),
        id: id(1),
        removed: true,
    };
    writer.edit(&mut doc, &seen, &[remove]).expect("remove");
    assert_eq!(
        doc.plain().fields["steps"][0].get("edited_while_removed"),
        None
    );
    writer
        .edit(&mut doc, &seen, &[rewrite(1, "Ring SiS först")])
        .expect("edit");
    let plain = doc.plain();
    assert_eq!(plain.fields["steps"][0]["text"], "Ring SiS först");
    assert_eq!(plain.fields["steps"][0]["edited_while_removed"], true);

    let archive = Edit::Set {
        field: "archived".into(),
        value: Some(Scalar::Flag(true)),
    };
    let before = doc.heads();
    writer.edit(&mut doc, &before, &[archive]).expect("archive");
    assert!(!doc.plain().common().edited_while_archived);
    writer
        .edit(&mut doc, &before, &[set("title", "LVM, ny titel")])
        .expect("edit");
    let common = doc.plain().common();
    assert!(common.archived && common.edited_while_archived);
}

#[test]
fn a_moved_step_stands_once_where_it_was_put() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let first = Edit::Move {
        list: "steps".into(),
        id: id(2),
        after: Some(String::new()),
    };
    writer.now(&mut doc, &[first]);
    let steps: Vec<String> = view(&doc).steps.into_iter().map(|step| step.text).collect();
    assert_eq!(steps, ["Inled utredning", "Registrera anmälan"]);
}

#[test]
fn two_writers_of_one_note_are_merged_by_letter() {
    let mut writer = Writer::new(1);
    let mut doc = Document::begin(Kind::Note).expect("genesis");
    let write = |words: &str| Edit::Write {
        field: "body".into(),
        text: words.into(),
    };
    writer.now(&mut doc, &[set("title", "Resan"), write("Ring före nio.")]);
    let seen = doc.heads();
    writer
        .edit(&mut doc, &seen, &[write("Hej! Ring före nio.")])
        .expect("edit");
    writer
        .edit(&mut doc, &seen, &[write("Ring före nio. Ta vinterdäck.")])
        .expect("edit");
    assert_eq!(
        doc.plain().fields["body"],
        "Hej! Ring före nio. Ta vinterdäck."
    );
}

#[test]
fn a_pasted_novel_becomes_several_changes_that_each_fit_the_gate() {
    let mut doc = Document::begin(Kind::Note).expect("genesis");
    let words = "Så gör vi här i skogen. ".repeat(2_000);
    let edits = [
        set("title", "Lång"),
        Edit::Write {
            field: "body".into(),
            text: words.clone(),
        },
    ];
    let mut writer = Writer::new(1);
    let heads = doc.heads();
    let made = doc.edit(&heads, writer.actors(), &edits).expect("edit");
    assert!(made.len() > 2);
    for change in &made {
        assert!(change.max_op + 1 - change.start_op <= 20_000);
    }
    assert_eq!(doc.plain().fields["body"], words.trim());
}

#[test]
fn changes_replayed_on_a_fresh_document_give_the_same_value() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let seen = doc.heads();
    writer
        .edit(&mut doc, &seen, &[rewrite(1, "a")])
        .expect("edit");
    writer
        .edit(&mut doc, &seen, &[rewrite(1, "b")])
        .expect("edit");
    let changes: Vec<Vec<u8>> = doc.changes().into_iter().map(|made| made.bytes).collect();
    let mut again = Document::begin(Kind::Playbook).expect("genesis");
    again.replay(&changes).expect("replay");
    assert_eq!((again.plain(), again.heads()), (doc.plain(), doc.heads()));
}

#[test]
fn start_op_and_seq_are_what_everyone_can_check() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let seen = doc.heads();
    for n in 0..4 {
        writer
            .edit(&mut doc, &seen, &[rewrite(1, &format!("version {n}"))])
            .expect("edit");
    }
    let (genesis_ops, mut known) = (7, BTreeMap::new());
    for made in doc.changes() {
        let below = made
            .deps
            .iter()
            .filter_map(|dep| known.get(dep))
            .max()
            .copied()
            .unwrap_or(genesis_ops);
        assert!(made.start_op > 1, "stands on the genesis");
        if known.is_empty() {
            assert_eq!(made.deps.len(), 1);
        } else {
            assert_eq!(made.start_op, below + 1);
        }
        assert_eq!(&made.actor[..16], &[1; 16], "actor is bound to the log");
        known.insert(made.hash, made.max_op);
    }
}

#[test]
fn what_breaks_the_schema_is_refused_and_nothing_is_written() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let before = doc.heads();
    let cases = [
        (set("title", "   "), Reason::Required),
        (set("title", &"x".repeat(201)), Reason::TooLong { max: 200 }),
        (set("titel", "x"), Reason::Unknown),
        (set("playbook", "recept"), Reason::NotAChoice),
        (set("review_on", "2026-02-30"), Reason::NotADate),
        (set("area", "label:lvm"), Reason::NotAKey),
        (rewrite(99, "x"), Reason::NoSuchEntry),
        (
            Edit::Set {
                field: "draft".into(),
                value: Some(text("ja")),
            },
            Reason::WrongType,
        ),
    ];
    for (edit, reason) in cases {
        let refused = writer.edit(&mut doc, &before, &[set("owner_role", "IFO-chef"), edit]);
        match refused {
            Err(DocumentError::Rejected(rejected)) => assert_eq!(rejected.reason, reason),
            other => panic!("{other:?}"),
        }
        assert_eq!(doc.heads(), before);
    }
}

#[test]
fn an_eighth_source_is_refused() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let source = |n: u32| Edit::Add {
        list: "sources".into(),
        id: id(100 + n),
        fields: BTreeMap::from([("title".to_string(), text("Lagen"))]),
        after: None,
    };
    for n in 0..7 {
        writer.now(&mut doc, &[source(n)]);
    }
    let heads = doc.heads();
    let refused = writer.edit(&mut doc, &heads, &[source(8)]);
    assert!(
        matches!(refused, Err(DocumentError::Rejected(r)) if r.reason == Reason::TooMany { max: 7 })
    );
}

#[test]
fn heads_that_the_document_does_not_have_are_refused() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let foreign = card(&mut Writer::new(2)).heads();
    let refused = writer.edit(&mut doc, &foreign, &[set("title", "x")]);
    assert!(matches!(refused, Err(DocumentError::UnknownHeads)));
}

#[test]
fn every_kind_begins_and_projects_even_when_empty() {
    for kind in KINDS {
        let doc = Document::begin(kind).expect("genesis");
        let projection = project(kind, &doc.plain()).expect("projects");
        // Some have the name of their page.
        let name = match kind {
            Kind::Statutes => "Kretsens stadgar",
            Kind::AskOrder => "Vem frågar jag?",
            Kind::AdviceGroup => "Rådgrupp",
            Kind::Proposal => "Förslag till en kollega",
            Kind::Welcome => "Välkomsttext",
            _ => "",
        };
        assert_eq!(projection.title, name, "{kind:?}");
    }
    assert!(project(Kind::Playbook, &Plain::default()).is_ok());
}

#[test]
fn a_key_leads_to_the_same_item_as_its_slug() {
    let key: ItemKey = "playbook:lvm".parse().expect("key");
    assert_eq!(key.id(), radrum_wire::ItemId::of_slug("playbook:lvm"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Edits of two people on random older versions, merged in both orders.
    #[test]
    fn merging_in_any_order_gives_one_value_and_loses_no_text(
        edits in proptest::collection::vec((any::<bool>(), 1..4_u32, 0..6_usize), 1..14)
    ) {
        let mut first = Writer::new(1);
        let mut second = Writer::new(2);
        let mut ours = card(&mut first);
        let mut theirs = ours.clone();
        let (mut our_bases, mut their_bases) = (vec![ours.heads()], vec![theirs.heads()]);
        for (n, (mine, target, base)) in edits.iter().enumerate() {
            let (doc, bases, writer) = if *mine {
                (&mut ours, &mut our_bases, &mut first)
            } else {
                (&mut theirs, &mut their_bases, &mut second)
            };
            let base = bases[base % bases.len()].clone();
            let edit = match target {
                1 => rewrite(1, &format!("text {n}")),
                2 => rewrite(2, &format!("text {n}")),
                _ => step(200 + u32::try_from(n).unwrap(), &format!("text {n}")),
            };
            writer.edit(doc, &base, &[edit]).unwrap();
            bases.push(doc.heads());
        }
        let bytes = |doc: &Document| doc.changes().into_iter().map(|m| m.bytes).collect::<Vec<_>>();
        let (a, b) = (bytes(&ours), bytes(&theirs));
        ours.replay(&b).unwrap();
        theirs.replay(&a).unwrap();
        prop_assert_eq!(ours.heads(), theirs.heads());
        prop_assert_eq!(ours.plain(), theirs.plain());
        // Every text of an addition stands.
        let all = serde_json::to_string(&ours.plain()).unwrap();
        for (n, (_, target, _)) in edits.iter().enumerate() {
            if *target == 3 {
                let wanted = format!("text {n}");
                prop_assert!(all.contains(&wanted));
            }
        }
    }
}
