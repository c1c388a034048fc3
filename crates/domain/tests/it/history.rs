use crate::document::{Writer, card, id, rewrite, set, step};
use crate::gate::incoming;
use radrum_domain::{Claims, Document, Edit, HistoryAction, Kind, Verdict};

#[test]
fn history_tells_old_and_new_words_of_each_change() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    writer.now(&mut doc, &[rewrite(2, "Inled utredning och underrätta")]);
    writer.now(
        &mut doc,
        &[Edit::Remove {
            list: "steps".into(),
            id: id(1),
            removed: true,
        }],
    );
    let steps = doc.history();
    assert_eq!(steps.len(), 3, "the genesis is no step");
    let line = &steps[1].lines[0];
    assert_eq!(line.action, HistoryAction::Wrote);
    assert_eq!(line.old, "Inled utredning");
    assert_eq!(line.new, "Inled utredning och underrätta");
    assert_eq!(line.entry.as_deref(), Some(id(2).as_str()));
    assert_eq!(steps[2].lines[0].action, HistoryAction::Archived);
}

#[test]
fn a_new_entry_is_one_line_with_its_text() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    writer.now(&mut doc, &[step(3, "Boka läkare")]);
    let last = doc.history().pop().expect("a step");
    assert_eq!(last.lines.len(), 1);
    assert_eq!(last.lines[0].action, HistoryAction::Added);
    assert_eq!(last.lines[0].new, "Boka läkare");
}

#[test]
fn a_note_tells_what_was_written_into_it() {
    let mut writer = Writer::new(1);
    let mut doc = Document::begin(Kind::Note).expect("genesis");
    let write = |words: &str| Edit::Write {
        field: "body".into(),
        text: words.into(),
    };
    writer.now(&mut doc, &[set("title", "Resan"), write("Ring före nio.")]);
    writer.now(&mut doc, &[write("Ring före åtta.")]);
    let last = doc.history().pop().expect("a step");
    assert_eq!(last.lines.len(), 1);
    assert_eq!(last.lines[0].action, HistoryAction::Revised);
    assert_eq!(last.lines[0].field, "body");
}

#[test]
fn a_choice_between_voices_is_told_as_one() {
    let mut writer = Writer::new(1);
    let mut doc = card(&mut writer);
    let seen = doc.heads();
    for words in ["a", "b"] {
        writer
            .edit(&mut doc, &seen, &[rewrite(1, words)])
            .expect("edit");
    }
    let choose = Edit::Choose {
        list: Some("steps".into()),
        id: Some(id(1)),
        field: "text".into(),
        value: Some(radrum_domain::Scalar::Text("a".into())),
    };
    writer.now(&mut doc, &[choose]);
    let last = doc.history().pop().expect("a step");
    let actions: Vec<HistoryAction> = last.lines.iter().map(|line| line.action).collect();
    assert_eq!(actions, [HistoryAction::Chose]);
}

#[test]
fn taking_up_stands_on_all_that_is_here_changes_no_word_and_is_told() {
    let mut anna = Writer::new(1);
    let mut doc = card(&mut anna);
    let seen = doc.heads();
    for words in ["a", "b"] {
        anna.edit(&mut doc, &seen, &[rewrite(1, words)])
            .expect("edit");
    }
    let (before, plain) = (doc.heads(), doc.plain());
    let mut eva = Writer::new(2);
    let first = doc.take_up(eva.actors()).expect("taken up");
    assert_eq!(first.deps, before.as_slice());
    let second = doc.take_up(eva.actors()).expect("taken up again");
    assert_eq!(second.deps, [first.hash]);
    assert_eq!(doc.plain(), plain, "both voices are still there");
    let last = doc.history().pop().expect("a step");
    let actions: Vec<HistoryAction> = last.lines.iter().map(|line| line.action).collect();
    assert_eq!(actions, [HistoryAction::TookUp]);

    // Everybody's gate takes it.
    let changes = doc.changes();
    let batch: Vec<_> = changes.iter().map(incoming).collect();
    let mut theirs = Document::begin(Kind::Playbook).expect("genesis");
    let judged = theirs
        .ingest(&batch, &mut Claims::default())
        .expect("sound");
    let accepted = |judged: &radrum_domain::Judged| judged.verdict == Verdict::Accept;
    assert!(judged.iter().all(accepted), "{judged:?}");
    assert_eq!((theirs.heads(), theirs.plain()), (doc.heads(), plain));
}
