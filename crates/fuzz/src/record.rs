//! What holds of every record.

use radrum_wire::Record;
use std::fmt::Debug;

/// Reads a record twice; what was read encodes to the bytes that it came from.
pub(crate) fn read<R: Record + PartialEq + Debug>(bytes: &[u8]) -> Option<R> {
    let read = R::decode_record(bytes);
    assert_eq!(read, R::decode_record(bytes), "the same twice");
    let record = read.ok()?;
    let again = record.encode_record();
    assert_eq!(again.as_deref(), Ok(bytes), "one encoding");
    Some(record)
}
