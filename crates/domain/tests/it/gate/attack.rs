//! The attacks of automerge-notes 5 and what else a member with the program's source could
//! send: each is refused with the same word everywhere, and the document stays as it was.

use super::forge::{DELETE, Forged, INCREMENT, MAKE_MAP, Op, PUT, chunk, signed, unsigned};
use super::{received, said};
use crate::document::{Writer, rewrite, set};
use radrum_domain::{Document, Edit, Kind, project};

/// Kind of the document, what is offered, and the word for it.
pub(crate) type Seed = (Kind, &'static str, &'static str, fn() -> Vec<u8>);

/// Operations of the genesis, by counter.
const STEPS: (u64, u64) = (4, 1);
const LABELS: (u64, u64) = (8, 1);
const BODY: (u64, u64) = (3, 1);

macro_rules! attacks {
    ($($kind:ident $name:ident => $word:literal: $make:expr;)+) => {
        pub(crate) const SEEDS: &[Seed] = &[
            $((Kind::$kind, stringify!($name), $word, || $make),)+
        ];

        $(#[test]
        fn $name() {
            let mut doc = received(Kind::$kind);
            let (heads, plain) = (doc.heads(), doc.plain());
            let bytes: Vec<u8> = $make;
            assert_eq!(said(&mut doc, &bytes), $word);
            if $word != "accept" {
                assert_eq!((doc.heads(), doc.plain()), (heads, plain));
            }
            goes_on(&mut doc);
        })+
    };
}

/// The document can be saved, loaded, read and edited, as nothing had happened.
pub(crate) fn goes_on(doc: &mut Document) {
    let mut doc = Document::load(doc.kind(), &doc.save()).expect("loads");
    let edits = match doc.kind() {
        Kind::Note => vec![
            set("title", "Resan 2"),
            Edit::Write {
                field: "body".into(),
                text: "Hej igen på dig".into(),
            },
        ],
        _ => vec![set("title", "LVM 2"), rewrite(1, "Ring")],
    };
    Writer::new(7).now(&mut doc, &edits);
    assert!(project(doc.kind(), &doc.plain()).is_ok());
    assert!(!doc.history().is_empty());
}

/// An honest change of the second log.
fn honest(kind: Kind) -> Forged {
    let mut doc = received(kind);
    let edit = match kind {
        Kind::Note => set("title", "Resa"),
        _ => rewrite(1, "Ring SiS"),
    };
    Writer::new(2).now(&mut doc, &[edit]);
    Forged::from(&doc.changes().pop().expect("change").bytes)
}

/// An honest change with something altered.
fn altered(alter: impl FnOnce(&mut Forged)) -> Vec<u8> {
    let mut forged = honest(Kind::Playbook);
    alter(&mut forged);
    forged.encode()
}

/// Operations of one's own; the actors that they name are the genesis and Anna, in order.
fn by_hand(kind: Kind, others: &[&[u8]], ops: &[Op]) -> Vec<u8> {
    let mut forged = honest(kind);
    forged.others = others.iter().map(|other| other.to_vec()).collect();
    forged.ops(ops);
    forged.encode()
}

const GENESIS: &[u8] = &[0; 16];

fn anna() -> Vec<u8> {
    [[1; 16].as_slice(), &[0; 8]].concat()
}

fn card_by_hand(ops: &[Op]) -> Vec<u8> {
    by_hand(Kind::Playbook, &[], ops)
}

fn below_genesis(ops: &[Op]) -> Vec<u8> {
    by_hand(Kind::Playbook, &[GENESIS], ops)
}

fn in_note(ops: &[Op]) -> Vec<u8> {
    by_hand(Kind::Note, &[GENESIS], ops)
}

/// Maps in maps under a key that no schema knows.
fn nested(depth: u64) -> Vec<u8> {
    let start = honest(Kind::Playbook).start_op;
    let inner = |n: u64| n.checked_sub(1).map(|above| (start + above, 0));
    let ops: Vec<Op> = (0..depth)
        .map(|n| Op::at(inner(n), "djup", MAKE_MAP))
        .collect();
    card_by_hand(&ops)
}

/// A run-length column of one run.
fn run(length: i64, value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    signed(&mut out, length);
    unsigned(&mut out, value);
    out
}

/// Many times the same operation, for the price of one.
fn bomb(length: i64) -> Vec<u8> {
    altered(|forged| {
        forged.others = vec![GENESIS.to_vec()];
        forged.columns.clear();
        *forged.column(0x42) = run(length, PUT);
        *forged.column(0x56) = run(length, 0);
        *forged.column(0x70) = run(length, 0);
        let mut no = Vec::new();
        unsigned(&mut no, length.unsigned_abs());
        *forged.column(0x34) = no;
    })
}

fn value_of(kind: u64, bytes: &[u8]) -> Vec<u8> {
    card_by_hand(&[Op {
        value_type: kind,
        value: bytes.to_vec(),
        ..Op::at(None, "ny", PUT)
    }])
}

attacks! {
    Playbook an_honest_change_of_the_second_log_is_accepted => "accept": altered(|_| {});

    // The chunk.
    Playbook a_wrong_checksum_is_refused => "checksum": { let mut b = altered(|_| {}); b[5] ^= 1; b };
    Playbook bytes_behind_the_chunk_are_refused => "not_a_chunk": { let mut b = altered(|_| {}); b.push(0); b };
    Playbook two_chunks_in_one_are_refused => "not_a_chunk": altered(|_| {}).repeat(2);
    Playbook a_cut_off_chunk_is_refused => "not_a_chunk": { let mut b = altered(|_| {}); b.pop(); b };
    Playbook other_magic_bytes_are_refused => "not_a_chunk": { let mut b = altered(|_| {}); b[0] = 0; b };
    Playbook nothing_is_refused => "not_a_chunk": Vec::new();
    Playbook a_compressed_change_is_refused_unread => "not_a_change": chunk(2, &[0xed, 0xc1, 1, 0, 0]);
    Playbook a_whole_document_is_refused_unread => "not_a_change": chunk(0, &[0; 30]);
    Playbook a_bundle_is_refused_unread => "not_a_change": chunk(3, &[0; 30]);
    Playbook a_change_over_the_size_of_an_entry_is_refused => "too_large":
        card_by_hand(&[Op::put(None, "ny", &"x".repeat(262_144))]);
    Playbook a_length_that_is_not_in_shortest_form_is_refused => "not_a_chunk": {
        let mut b = altered(|_| {}); b[9] |= 0x80; b.insert(10, 0); b };

    // Its head.
    Playbook a_message_is_refused => "message": altered(|f| f.message = b"hej".to_vec());
    Playbook a_time_is_refused => "time": altered(|f| f.time = i64::MAX);
    Playbook an_author_behind_the_columns_is_refused => "extra_bytes": altered(|f| f.extra = vec![1, 2, 65, 65]);
    Playbook more_than_64_dependencies_are_refused => "too_many_deps":
        altered(|f| f.deps = (0..65).map(|n| [n; 32]).collect());
    Playbook dependencies_out_of_order_are_refused => "not_canonical":
        altered(|f| f.deps.splice(0..0, [[255; 32]]).for_each(drop));
    Playbook a_dependency_named_twice_is_refused => "not_canonical": altered(|f| f.deps.push(f.deps[0]));
    Playbook a_change_that_stands_on_nothing_is_refused => "no_deps":
        altered(|f| { f.deps.clear(); f.start_op = 1; f.others.clear(); f.ops(&[Op::put(None, "ny", "x")]); });
    Playbook a_dependency_that_nobody_has_waits => "pending": altered(|f| f.deps.push([255; 32]));
    Playbook actors_out_of_order_are_refused => "not_canonical": altered(|f| f.others.push(vec![0; 16]));
    Playbook an_actor_named_twice_is_refused => "not_canonical": altered(|f| f.others.push(anna()));
    Playbook ones_own_actor_among_the_others_is_refused => "not_canonical": altered(|f| f.others.push(f.actor.clone()));
    Playbook an_actor_that_no_operation_uses_is_refused => "actors": altered(|f| f.others.push(vec![9; 24]));
    Playbook five_thousand_actors_are_refused => "actors":
        altered(|f| f.others = (0..5_000_u16).map(|n| n.to_be_bytes().to_vec()).collect());

    // Who wrote it, and its numbers.
    Playbook the_actor_of_another_log_is_refused => "foreign_actor": altered(|f| f.actor[0] = 1);
    Playbook a_colleagues_actor_and_next_number_are_refused => "foreign_actor":
        altered(|f| { f.actor = anna(); f.seq = 2; f.others = vec![GENESIS.to_vec()];
            f.ops(&[Op { preds: vec![(2, 1)], ..Op::put(None, "schema", "2") }]); });
    Playbook a_short_actor_is_refused => "foreign_actor": altered(|f| f.actor.truncate(16));
    Playbook an_empty_actor_is_refused => "zero_actor": altered(|f| f.actor.clear());
    Playbook a_change_by_the_zero_actor_that_is_not_committed_is_refused => "zero_actor":
        altered(|f| { f.actor = vec![0; 16]; f.seq = 2; });
    Playbook the_committed_genesis_is_known => "known": include_bytes!("../../../genesis/playbook.1.bin").to_vec();
    Playbook the_genesis_of_another_kind_is_refused => "zero_actor": include_bytes!("../../../genesis/note.1.bin").to_vec();
    Playbook a_genesis_with_one_more_container_is_refused => "zero_actor": {
        let mut f = Forged::from(include_bytes!("../../../genesis/playbook.1.bin"));
        f.ops(&[Op::put(None, "kind", "playbook"), Op::at(None, "steps", MAKE_MAP)]);
        f.encode() };
    Playbook a_gap_in_the_numbers_of_an_actor_is_refused => "seq": altered(|f| f.seq = 7);
    Playbook number_zero_is_refused => "seq": altered(|f| f.seq = 0);
    Playbook the_largest_number_is_refused => "seq": altered(|f| f.seq = u64::MAX);
    Playbook a_start_op_that_is_too_low_is_refused => "start_op":
        altered(|f| { f.start_op -= 1; f.others.clear(); f.ops(&[Op::put(None, "ny", "x")]); });
    Playbook a_start_op_that_is_too_high_is_refused => "start_op": altered(|f| f.start_op += 1);
    Playbook a_start_op_at_the_end_of_the_counter_is_refused => "start_op": altered(|f| f.start_op = u64::from(u32::MAX));
    Playbook a_start_op_beyond_the_counter_is_refused => "start_op": altered(|f| f.start_op = u64::MAX);
    Playbook start_op_zero_is_refused => "start_op":
        altered(|f| { f.start_op = 0; f.others.clear(); f.ops(&[Op::put(None, "ny", "x")]); });

    // Its columns.
    Playbook a_compressed_column_is_refused => "column": altered(|f| f.columns.iter_mut().for_each(|c| c.0 |= 8));
    Playbook marks_are_refused => "column": altered(|f| f.column(0x94).push(1));
    Playbook names_of_marks_are_refused => "column": altered(|f| f.column(0xa5).push(1));
    Playbook columns_out_of_order_are_refused => "column": altered(|f| f.columns.reverse());
    Playbook a_column_given_twice_is_refused => "column": altered(|f| { let c = f.columns[0].clone(); f.columns.insert(0, c); });
    Playbook an_empty_column_is_refused => "not_canonical": altered(|f| { f.column(0x11); });
    Playbook a_column_of_nulls_alone_is_refused => "not_canonical": altered(|f| *f.column(0x11) = vec![0, 1]);
    Playbook a_change_without_counts_of_predecessors_is_refused => "malformed": altered(|f| f.columns.retain(|column| column.0 != 0x70));
    Playbook a_change_without_operations_is_refused => "no_ops": altered(|f| f.columns.clear());
    Playbook ten_million_operations_in_one_run_are_refused => "too_many_ops": bomb(10_000_000);
    Playbook a_run_of_the_largest_length_is_refused => "too_many_ops": bomb(i64::MAX);
    Playbook a_literal_run_of_the_largest_length_is_refused => "too_many_ops":
        altered(|f| *f.column(0x42) = run(i64::MIN, PUT));
    Playbook ten_million_nulls_in_the_actions_are_refused => "too_many_ops":
        altered(|f| { let mut c = vec![0]; unsigned(&mut c, 10_000_000); *f.column(0x42) = c; });
    Playbook ten_million_values_for_one_operation_are_refused => "malformed":
        altered(|f| *f.column(0x56) = run(10_000_000, 0));
    Playbook ten_million_predecessors_are_refused => "too_many_ops":
        altered(|f| { *f.column(0x70) = run(-1, 10_000_000); *f.column(0x71) = run(10_000_000, 1);
            *f.column(0x73) = run(10_000_000, 0); });
    Playbook many_operations_with_many_predecessors_each_are_refused => "too_many_ops":
        card_by_hand(&vec![Op::put(None, "ny", "x").replacing(&[(1, 0); 30]); 1_000]);
    Playbook a_run_of_one_is_refused => "not_canonical": altered(|f| *f.column(0x42) = run(1, PUT));
    Playbook a_run_of_none_is_refused => "not_canonical": altered(|f| f.column(0x42).extend([0, 0]));
    Playbook two_runs_that_could_be_one_are_refused => "not_canonical":
        altered(|f| *f.column(0x42) = [run(2, PUT), run(2, PUT)].concat());
    Playbook an_actor_number_that_is_not_there_is_refused => "malformed": altered(|f| *f.column(0x71) = run(-1, 9));
    Playbook an_operation_that_names_a_later_one_is_refused => "malformed":
        altered(|f| *f.column(0x73) = run(-1, 63));
    Playbook a_key_of_129_bytes_is_refused => "key": card_by_hand(&[Op::put(None, &"n".repeat(129), "x")]);
    Playbook an_empty_key_is_refused => "key": card_by_hand(&[Op::put(None, "", "x")]);
    Playbook a_key_that_is_no_text_is_refused => "malformed":
        altered(|f| *f.column(0x15) = vec![0x7f, 2, 0xff, 0xfe]);
    Playbook a_text_that_is_no_text_is_refused => "malformed": value_of(6, &[0xff, 0xfe]);
    Playbook a_counter_is_refused => "value": value_of(8, &[1]);
    Playbook a_value_of_a_later_type_is_refused => "value": value_of(12, &[1]);
    Playbook a_yes_with_bytes_is_refused => "value": value_of(2, &[1]);
    Playbook a_fraction_of_three_bytes_is_refused => "value": value_of(5, &[1, 2, 3]);
    Playbook a_number_with_a_tail_is_refused => "malformed": value_of(3, &[1, 2]);
    Playbook an_increment_is_refused => "action": card_by_hand(&[Op::at(None, "ny", INCREMENT)]);
    Playbook a_table_is_refused => "action": card_by_hand(&[Op::at(None, "ny", 6)]);
    Playbook a_mark_is_refused => "action": card_by_hand(&[Op::at(None, "ny", 7)]);
    Playbook an_object_with_a_value_is_refused => "value":
        card_by_hand(&[Op { action: MAKE_MAP, ..Op::put(None, "ny", "x") }]);

    // What its operations mean.
    Playbook an_object_that_is_not_there_is_refused => "unknown_object": below_genesis(&[Op::put(Some((1, 1)), "text", "x")]);
    Playbook an_actor_that_nothing_is_by_is_refused => "unknown_object":
        by_hand(Kind::Playbook, &[&[9; 24]], &[Op::put(Some((4, 1)), "text", "x")]);
    Playbook a_predecessor_that_is_not_there_is_refused => "unknown_pred":
        below_genesis(&[Op::put(None, "ny", "x").replacing(&[(9, 1)])]);
    Playbook a_predecessor_at_another_key_is_refused => "unknown_pred":
        below_genesis(&[Op::put(None, "ny", "x").replacing(&[(1, 1)])]);
    Playbook a_predecessor_named_twice_is_refused => "not_canonical":
        below_genesis(&[Op::put(None, "kind", "x").replacing(&[(1, 1), (1, 1)])]);
    Playbook a_deletion_of_nothing_is_refused => "unknown_pred": card_by_hand(&[Op::at(None, "ny", DELETE)]);
    Playbook five_maps_in_each_other_are_refused => "too_deep": nested(5);
    Playbook a_thousand_maps_in_each_other_are_refused_before_anything_recurses => "too_deep": nested(1_000);
    Playbook four_maps_of_a_newer_program_are_kept => "accept": nested(4);
    Playbook a_field_of_a_newer_program_is_kept => "accept": card_by_hand(&[Op::put(None, "ny", "x")]);
    Playbook instants_and_bytes_of_a_newer_program_are_kept => "accept":
        card_by_hand(&[Op { value_type: 9, value: vec![1], ..Op::at(None, "a", PUT) },
            Op { value_type: 7, value: vec![0xff], ..Op::at(None, "b", PUT) },
            Op { value_type: 5, value: vec![1; 8], ..Op::at(None, "c", PUT) }]);
    Playbook a_number_in_a_known_text_field_is_kept_and_not_read => "accept":
        card_by_hand(&[Op { value_type: 4, value: vec![1], ..Op::at(None, "notice", PUT) }]);
    Playbook an_entry_with_fields_of_wrong_types_is_kept => "accept":
        below_genesis(&[Op::at(Some(STEPS), "ff", MAKE_MAP),
            Op::put(Some((honest(Kind::Playbook).start_op, 0)), "removed", "x"),
            Op { value_type: 2, ..Op::at(Some((honest(Kind::Playbook).start_op, 0)), "text", PUT) },
            Op { value_type: 2, ..Op::at(Some((honest(Kind::Playbook).start_op, 0)), "position", PUT) }]);
    Playbook a_scalar_over_a_list_is_refused => "shape":
        below_genesis(&[Op::put(None, "steps", "x").replacing(&[STEPS])]);
    Playbook a_list_beside_the_known_one_is_refused => "shape": card_by_hand(&[Op::at(None, "steps", MAKE_MAP)]);
    Playbook the_deletion_of_a_list_is_refused => "shape":
        below_genesis(&[Op::at(None, "steps", DELETE).replacing(&[STEPS])]);
    Playbook another_kind_of_document_is_refused => "shape":
        below_genesis(&[Op::put(None, "kind", "note").replacing(&[(1, 1)])]);
    Playbook a_map_in_a_known_field_is_refused => "shape": card_by_hand(&[Op::at(None, "notice", MAKE_MAP)]);
    Playbook a_scalar_among_the_entries_is_refused => "shape": below_genesis(&[Op::put(Some(STEPS), "ff", "x")]);
    Playbook a_map_in_a_set_is_refused => "shape": below_genesis(&[Op::at(Some(LABELS), "label:x", MAKE_MAP)]);
    Playbook a_list_element_in_a_map_is_refused => "shape": below_genesis(&[Op::insert(STEPS, None, "x")]);
    Playbook an_entry_made_twice_is_refused => "shape":
        below_genesis(&[Op::at(Some(STEPS), "ff", MAKE_MAP),
            Op::at(Some(STEPS), "ff", MAKE_MAP).replacing(&[(honest(Kind::Playbook).start_op, 0)])]);
    Playbook the_deletion_of_an_entry_is_refused => "shape":
        below_genesis(&[Op::at(Some(STEPS), "ff", MAKE_MAP),
            Op::at(Some(STEPS), "ff", DELETE).replacing(&[(honest(Kind::Playbook).start_op, 0)])]);

    // Running text.
    Note a_letter_in_a_note_is_accepted => "accept": in_note(&[Op::insert(BODY, None, "å")]);
    Note two_letters_in_one_element_are_refused => "shape": in_note(&[Op::insert(BODY, None, "åå")]);
    Note an_element_without_letter_is_refused => "shape": in_note(&[Op::insert(BODY, None, "")]);
    Note a_block_in_a_text_is_refused => "shape":
        in_note(&[Op { action: MAKE_MAP, value_type: 0, ..Op::insert(BODY, None, "") }]);
    Note a_name_in_a_text_is_refused => "shape": in_note(&[Op::put(Some(BODY), "ny", "x")]);
    Note an_element_that_is_not_there_is_refused => "unknown_element": in_note(&[Op::insert(BODY, Some((1, 1)), "x")]);
    Note an_element_that_replaces_another_is_refused => "unknown_pred":
        in_note(&[Op::insert(BODY, None, "x").replacing(&[(1, 1)])]);
    Note a_letter_put_over_a_letter_is_refused => "shape": {
        let start = honest(Kind::Note).start_op;
        in_note(&[Op::insert(BODY, None, "x"),
            Op { insert: false, ..Op::insert(BODY, Some((start, 0)), "y") }.replacing(&[(start, 0)])]) };
    Note a_write_at_the_head_of_a_text_is_refused => "unknown_element":
        in_note(&[Op { insert: false, ..Op::insert(BODY, None, "y") }]);
}
