//! Envelopes, stubs and frames of any version.

use radrum_wire::limits::{FRAME_BYTES_MAX, PADDED_BYTES_MAX, TAG_BYTES};
use radrum_wire::{Envelope, Frames, Place, write_frame};

pub(crate) fn run(bytes: &[u8]) {
    one(bytes);
    frames(bytes);
}

fn one(bytes: &[u8]) {
    let read = Envelope::decode(bytes);
    assert_eq!(read, Envelope::decode(bytes), "the same twice");
    let Ok(envelope) = read else {
        return;
    };
    assert!(bytes.len() <= FRAME_BYTES_MAX);
    assert_eq!(envelope.bytes(), bytes);
    let place = envelope.place();
    assert_eq!(bytes.get(..73), Some(place.encode().as_slice()));
    assert_eq!(Place::decode(bytes), Ok(*place));
    let stub = envelope.stub();
    let carried = stub.envelope();
    match Envelope::decode(&carried) {
        Ok(carried) => assert_eq!((carried.hash(), carried.stub()), (envelope.hash(), stub)),
        // A stub of a later version is not one that this program makes.
        Err(_) => assert!(!envelope.is_known() && !envelope.is_stub()),
    }
    if let Ok((header, ciphertext)) = envelope.open_parts() {
        assert!(envelope.is_known() && ciphertext.len() <= PADDED_BYTES_MAX + TAG_BYTES);
        assert_eq!(header.envelope(ciphertext), bytes);
    }
}

/// What is read is what was written, up to the first frame that is none.
pub(crate) fn frames(bytes: &[u8]) {
    let mut frames = Frames::new(bytes);
    let mut again = Vec::new();
    for frame in frames.by_ref() {
        let Ok(envelope) = frame else {
            break;
        };
        assert_eq!(write_frame(&mut again, envelope.bytes()), Ok(()));
    }
    let (before, left) = bytes.split_at(again.len());
    assert_eq!((before, left), (again.as_slice(), frames.left()));
    assert!(frames.next().is_none(), "nothing comes after an error");
}
