//! The bundle file: what a stick, a file share or a mail attachment carries.
//!
//! The file holds no paths, no names and no compression, so there is nothing in it to
//! traverse or to inflate. The digest finds damage; it proves no origin, which the seal of
//! each envelope does.

use crate::limits::BUNDLE_BYTES_MAX;
use crate::record::within;
use crate::{Digest, Envelope, Frames, RegionId, WireError, write_frame};

/// First bytes of a bundle file. The line end and the 0x1a show a transfer as text.
pub const BUNDLE_MAGIC: [u8; 12] = *b"RADRUMKNYT\r\x1a";

const VERSION: u8 = 1;
const HEAD: usize = 12 + 1 + 16 + 4 + 8;
const DIGEST: usize = 32;

/// Writes a bundle of sealed envelopes.
#[derive(Debug)]
pub struct BundleWriter {
    region: RegionId,
    count: u32,
    frames: Vec<u8>,
}

impl BundleWriter {
    /// An empty bundle.
    ///
    /// # Errors
    /// [`WireError::Example`] for the Exempelkrets.
    pub fn new(region: RegionId) -> Result<Self, WireError> {
        if region == RegionId::EXAMPLE {
            return Err(WireError::Example);
        }
        Ok(Self {
            region,
            count: 0,
            frames: Vec::new(),
        })
    }

    /// Adds one envelope.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] when the file would pass [`BUNDLE_BYTES_MAX`]: finish this one
    /// and begin another. [`WireError::OtherRegion`] for an envelope of another krets; other
    /// errors as [`Envelope::decode`]. The bundle is unchanged after an error.
    pub fn push(&mut self, envelope: &[u8]) -> Result<(), WireError> {
        if Envelope::decode(envelope)?.place().region != self.region {
            return Err(WireError::OtherRegion);
        }
        let size = HEAD + self.frames.len() + 4 + envelope.len() + DIGEST;
        within(size, BUNDLE_BYTES_MAX)?;
        write_frame(&mut self.frames, envelope)?;
        self.count += 1;
        Ok(())
    }

    /// How many envelopes it holds.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The whole file.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut file = Vec::with_capacity(HEAD + self.frames.len() + DIGEST);
        file.extend_from_slice(&BUNDLE_MAGIC);
        file.push(VERSION);
        file.extend_from_slice(self.region.as_bytes());
        file.extend_from_slice(&self.count.to_be_bytes());
        file.extend_from_slice(&(self.frames.len() as u64).to_be_bytes());
        file.extend_from_slice(&self.frames);
        let digest = digest(&file);
        file.extend_from_slice(digest.as_bytes());
        file
    }
}

/// A bundle file that was checked from its first byte to its last.
#[derive(Debug, Clone)]
pub struct Bundle<'a> {
    region: RegionId,
    count: u32,
    frames: &'a [u8],
}

impl<'a> Bundle<'a> {
    /// Checks a whole file: all or nothing. What passes can be read without further errors.
    ///
    /// # Errors
    /// [`WireError::Magic`] for another kind of file, [`WireError::Version`] for a newer
    /// program's, [`WireError::TooLarge`], [`WireError::Truncated`], [`WireError::Damaged`]
    /// when the digest does not fit, [`WireError::OtherRegion`], [`WireError::Example`], and
    /// [`WireError::Malformed`] for anything else.
    pub fn decode(file: &'a [u8], region: RegionId) -> Result<Self, WireError> {
        within(file.len(), BUNDLE_BYTES_MAX)?;
        let mut rest = file;
        if take(&mut rest, 12).map_err(|_| WireError::Magic)? != BUNDLE_MAGIC {
            return Err(WireError::Magic);
        }
        let version = take(&mut rest, 1)?[0];
        if version != VERSION {
            return Err(WireError::Version(version));
        }
        let found = RegionId::try_from(take(&mut rest, 16)?).map_err(|_| WireError::Malformed)?;
        let count = u32::from_be_bytes(array(take(&mut rest, 4)?)?);
        let length = u64::from_be_bytes(array(take(&mut rest, 8)?)?);
        let length = usize::try_from(length).map_err(|_| WireError::TooLarge)?;
        within(length, BUNDLE_BYTES_MAX)?;
        let frames = take(&mut rest, length)?;
        let claimed = take(&mut rest, DIGEST)?;
        if !rest.is_empty() {
            return Err(WireError::Malformed);
        }
        if digest(&file[..file.len() - DIGEST]).as_bytes() != claimed {
            return Err(WireError::Damaged);
        }
        if found == RegionId::EXAMPLE {
            return Err(WireError::Example);
        }
        if found != region {
            return Err(WireError::OtherRegion);
        }
        let bundle = Self {
            region,
            count,
            frames,
        };
        bundle.check_frames()?;
        Ok(bundle)
    }

    fn check_frames(&self) -> Result<(), WireError> {
        let mut seen = 0_u32;
        for frame in Frames::new(self.frames) {
            if frame?.place().region != self.region {
                return Err(WireError::OtherRegion);
            }
            seen = seen.checked_add(1).ok_or(WireError::Malformed)?;
        }
        if seen == self.count {
            Ok(())
        } else {
            Err(WireError::Malformed)
        }
    }

    /// The envelopes, in the order in which they were written.
    pub fn envelopes(&self) -> impl Iterator<Item = Envelope<'a>> + use<'a> {
        Frames::new(self.frames).filter_map(Result::ok)
    }

    /// How many envelopes it holds.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }
}

fn digest(bytes: &[u8]) -> Digest {
    Digest::from_bytes(blake3::derive_key(
        "radrum 2026-11-22 bundle file v1",
        bytes,
    ))
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], WireError> {
    let (taken, left) = rest.split_at_checked(length).ok_or(WireError::Truncated)?;
    *rest = left;
    Ok(taken)
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], WireError> {
    bytes.try_into().map_err(|_| WireError::Truncated)
}

#[cfg(test)]
mod tests;
