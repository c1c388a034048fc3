//! Frames from outside: one malformed frame costs itself and nothing after it.

use radrum_wire::limits::FRAME_BYTES_MAX;
use radrum_wire::{Envelope, FRAME_LENGTH_BYTES, Family, Frames, Place, RegionId};

/// What was of use in a body of frames.
#[derive(Debug)]
pub(crate) struct Sifted<'a> {
    pub(crate) envelopes: Vec<Envelope<'a>>,
    /// Frames that are malformed, of another krets or not asked for.
    pub(crate) odd: usize,
    /// Whether the body ends where a frame ends.
    pub(crate) whole: bool,
}

/// Reads a body of frames.
pub(crate) fn sift(body: &[u8], region: RegionId, wanted: impl Fn(&Place) -> bool) -> Sifted<'_> {
    let mut sifted = Sifted {
        envelopes: Vec::new(),
        odd: 0,
        whole: true,
    };
    let mut frames = Frames::new(body);
    loop {
        match frames.next() {
            None => return sifted,
            Some(Ok(envelope)) => {
                let place = envelope.place();
                if place.region == region && wanted(place) {
                    sifted.envelopes.push(envelope);
                } else {
                    sifted.odd += 1;
                }
            }
            Some(Err(_)) => {
                let Some(rest) = skip(frames.left()) else {
                    sifted.whole = false;
                    return sifted;
                };
                sifted.odd += 1;
                frames = Frames::new(rest);
            }
        }
    }
}

/// What follows a frame whose length holds and whose content does not.
fn skip(left: &[u8]) -> Option<&[u8]> {
    let (length, rest) = left.split_first_chunk::<FRAME_LENGTH_BYTES>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    if length > FRAME_BYTES_MAX {
        return None;
    }
    rest.get(length..)
}

/// Whether an envelope stands in a log. Slots, snapshots and chunks of attachments have paths
/// of their own; a family of a newer program is carried like an entry.
pub(crate) const fn is_chained(place: &Place) -> bool {
    !matches!(
        place.family(),
        Family::Slot | Family::Snapshot | Family::Blob
    )
}
