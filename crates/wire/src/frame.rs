//! Envelopes one after the other: the body of a push, a pull and a bundle file.

use crate::limits::FRAME_BYTES_MAX;
use crate::record::within;
use crate::{Envelope, WireError};

/// Bytes of the length before each envelope.
pub const FRAME_LENGTH_BYTES: usize = 4;

/// Appends one envelope with its length, a big-endian `u32`.
///
/// # Errors
/// [`WireError::TooLarge`] over [`FRAME_BYTES_MAX`].
pub fn write_frame(out: &mut Vec<u8>, envelope: &[u8]) -> Result<(), WireError> {
    within(envelope.len(), FRAME_BYTES_MAX)?;
    let length = u32::try_from(envelope.len()).map_err(|_| WireError::TooLarge)?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(envelope);
    Ok(())
}

/// Reads frames from bytes. After an error nothing more comes; what came before stands, so a
/// broken download is of use up to the last whole frame.
#[derive(Debug, Clone)]
pub struct Frames<'a> {
    left: &'a [u8],
    failed: bool,
}

impl<'a> Frames<'a> {
    /// Frames of a whole body.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            left: bytes,
            failed: false,
        }
    }

    /// Bytes not read yet.
    #[must_use]
    pub const fn left(&self) -> &'a [u8] {
        self.left
    }

    fn read(&mut self) -> Result<Envelope<'a>, WireError> {
        let (length, rest) = self
            .left
            .split_first_chunk::<FRAME_LENGTH_BYTES>()
            .ok_or(WireError::Truncated)?;
        let length =
            usize::try_from(u32::from_be_bytes(*length)).map_err(|_| WireError::TooLarge)?;
        within(length, FRAME_BYTES_MAX)?;
        let (envelope, rest) = rest.split_at_checked(length).ok_or(WireError::Truncated)?;
        let envelope = Envelope::decode(envelope)?;
        self.left = rest;
        Ok(envelope)
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = Result<Envelope<'a>, WireError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed || self.left.is_empty() {
            return None;
        }
        let frame = self.read();
        self.failed = frame.is_err();
        Some(frame)
    }
}
