use super::{Difference, Head, Heads, Range};
use crate::{EntryHash, LogId, Record, Seq};
use proptest::prelude::*;

fn head(log: u8, seq: u64, hash: u8) -> Head {
    Head {
        log: LogId::from_bytes([log; 16]),
        seq: Seq(seq),
        hash: EntryHash::from_bytes([hash; 32]),
    }
}

fn heads() -> impl Strategy<Value = Heads> {
    proptest::collection::vec((0_u8..6, 1_u64..50, 0_u8..3), 0..12)
        .prop_map(|all| Heads::new(all.into_iter().map(|(l, s, h)| head(l, s, h)).collect()))
}

#[test]
fn a_difference_names_what_each_side_lacks() {
    let ours = Heads::new(vec![head(1, 5, 0), head(2, 3, 0), head(3, 1, 0)]);
    let theirs = Heads::new(vec![head(1, 9, 0), head(3, 1, 7), head(4, 2, 0)]);
    let range = |log: u8, first, last| Range {
        log: LogId::from_bytes([log; 16]),
        first: Seq(first),
        last: Seq(last),
    };
    let expected = Difference {
        lacking: vec![range(1, 6, 9), range(4, 1, 2)],
        ahead: vec![range(2, 1, 3)],
        forked: vec![LogId::from_bytes([3; 16])],
    };
    assert_eq!(ours.difference(&theirs), expected);
}

proptest! {
    #[test]
    fn heads_read_back_as_written(heads in heads()) {
        let bytes = heads.encode_record().expect("encoded");
        prop_assert_eq!(Heads::decode_record(&bytes), Ok(heads));
    }

    #[test]
    fn digests_are_equal_exactly_when_heads_are(a in heads(), b in heads()) {
        prop_assert_eq!(a == b, a.digest() == b.digest());
    }

    #[test]
    fn what_one_lacks_the_other_is_ahead_with(a in heads(), b in heads()) {
        let one = a.difference(&b);
        let other = b.difference(&a);
        prop_assert_eq!(&one.lacking, &other.ahead);
        prop_assert_eq!(&one.ahead, &other.lacking);
        prop_assert_eq!(a.difference(&a), Difference::default());
    }
}
