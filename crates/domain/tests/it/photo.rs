//! A picture of a colleague: what is one, and what a member with the program's source could send.

use crate::document::{Writer, set};
use crate::gate::forge::{Forged, Op};
use crate::gate::said;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use radrum_domain::{
    Document, DocumentError, HistoryAction, Kind, Member, PHOTO_BYTES_MAX, Reason, project,
};

const ONE: &[u8] = include_bytes!("../../../../tests/fixtures/photos/one.jpg");

/// One of nine that differ in a number of their first table.
pub(crate) fn picture(n: usize) -> String {
    let mut bytes = ONE.to_vec();
    bytes[30] = 1 + (n % 9) as u8;
    STANDARD.encode(bytes)
}

/// A JPEG with one segment more behind its begin.
fn with_segment(sort: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("length").to_be_bytes();
    let (begin, rest) = ONE.split_at(2);
    [begin, &[0xff, sort], &length, body, rest].concat()
}

/// With other sides than it has.
fn with_side(side: u16) -> Vec<u8> {
    let mut bytes = ONE.to_vec();
    let at = bytes.windows(2).position(|two| two == [0xff, 0xc0]);
    let at = at.expect("frame") + 5;
    bytes[at..at + 2].copy_from_slice(&side.to_be_bytes());
    bytes
}

fn hostile() -> Vec<(&'static str, String)> {
    let exif = with_segment(0xe1, b"Exif\0\0MM\0*GPS 64.56 18.67");
    let padded = [ONE, &vec![0; PHOTO_BYTES_MAX]].concat();
    let bytes = [
        ("with a place in it", exif),
        ("with a comment", with_segment(0xfe, b"Sorsele")),
        (
            "with a second head",
            with_segment(0xe0, b"JFXX\0\x10thumbnail"),
        ),
        (
            "with a colour profile",
            with_segment(0xe2, b"ICC_PROFILE\0"),
        ),
        ("larger than the limit", padded),
        ("with something behind its end", [ONE, b"<script>"].concat()),
        ("cut off", ONE[..ONE.len() - 2].to_vec()),
        ("high", with_side(20_000)),
        ("a PNG", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("an SVG", b"<svg onload='alert(1)'/>".to_vec()),
        (
            "nothing but a begin and an end",
            vec![0xff, 0xd8, 0xff, 0xd9],
        ),
    ];
    let texts = bytes.map(|(name, bytes)| (name, STANDARD.encode(bytes)));
    let mut all = texts.to_vec();
    all.push(("no base64", "javascript:alert(1)".into()));
    all
}

fn member() -> (Writer, Document) {
    let mut anna = Writer::new(1);
    let mut doc = Document::begin(Kind::Member).expect("genesis");
    anna.now(&mut doc, &[set("title", "Anna Öberg")]);
    (anna, doc)
}

#[test]
fn a_small_picture_is_kept_and_its_history_says_only_that_there_was_one() {
    let (mut anna, mut doc) = member();
    let photo = STANDARD.encode(ONE);
    anna.now(&mut doc, &[set("photo", &photo)]);
    let view: Member = doc.plain().view().expect("member");
    assert_eq!(view.photo.as_deref(), Some(photo.as_str()));
    let rows = project(Kind::Member, &doc.plain()).expect("rows");
    assert!(!format!("{rows:?}").contains(&photo[..40]), "in the search");
    let told = format!("{:?}", doc.history());
    assert!(!told.contains(&photo[..40]), "in the history");
    let steps = doc.history();
    let mut lines = steps.iter().flat_map(|step| &step.lines);
    let line = lines.rfind(|line| line.field == "photo");
    let line = line.expect("a line");
    assert_eq!(line.action, HistoryAction::Wrote);
    assert_eq!((line.old.is_null(), line.new.as_bool()), (true, Some(true)));
}

#[test]
fn what_is_no_small_picture_is_refused_when_it_is_written() {
    for (name, text) in hostile() {
        let (mut anna, mut doc) = member();
        let heads = doc.heads();
        let refused = anna.edit(&mut doc, &heads, &[set("photo", &text)]);
        assert!(
            matches!(&refused, Err(DocumentError::Rejected(r)) if r.reason == Reason::NotAPhoto),
            "{name}: {refused:?}"
        );
        assert_eq!(doc.heads(), heads, "{name}");
    }
}

#[test]
fn what_a_hostile_member_sends_as_a_picture_is_never_read_as_one() {
    for (name, text) in hostile() {
        let (_, mut doc) = member();
        let mut theirs = Document::begin(Kind::Member).expect("genesis");
        Writer::new(2).now(&mut theirs, &[set("role", "Vikarie")]);
        let honest = theirs.changes().pop().expect("change");
        let mut forged = Forged::from(&honest.bytes);
        forged.ops(&[Op::put(None, "photo", &text)]);
        assert_eq!(said(&mut doc, &forged.encode()), "accept", "{name}");
        let view: Member = doc.plain().view().expect("member");
        assert_eq!(
            (view.title.as_str(), view.photo),
            ("Anna Öberg", None),
            "{name}"
        );
    }
}

proptest! {
    /// Whatever stands in it: it is a picture or it is refused, and the document goes on.
    #[test]
    fn changed_and_cut_bytes_do_no_harm(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = ONE.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        let (mut anna, mut doc) = member();
        let heads = doc.heads();
        match anna.edit(&mut doc, &heads, &[set("photo", &STANDARD.encode(&bytes))]) {
            Ok(_) => {}
            Err(DocumentError::Rejected(rejected)) => {
                prop_assert_eq!(rejected.reason, Reason::NotAPhoto);
            }
            Err(other) => prop_assert!(false, "{:?}", other),
        }
        anna.now(&mut doc, &[set("role", "Vikarie")]);
    }
}
