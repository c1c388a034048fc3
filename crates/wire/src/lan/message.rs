use super::MESSAGE_LENGTH_BYTES;
use crate::limits::LAN_MESSAGE_BYTES_MAX;
use crate::record::within;
use crate::{Digest, Heads, Ranges, Record as _, RegionId, WireError};

/// What two devices say to each other in a round. One byte tells which, the rest is its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// First: which krets, and the digest of the heads.
    Hello(RegionId, Digest),
    /// When the digests differ.
    Heads(Heads),
    /// A question, answered by one [`Message::Frames`].
    Ask(Ranges),
    /// The beginning of what was asked for; empty when nothing of it is there.
    Frames(Vec<u8>),
    /// Nothing more is asked for.
    Done,
}

const HELLO: u8 = 1;
const HEADS: u8 = 2;
const ASK: u8 = 3;
const FRAMES: u8 = 4;
const DONE: u8 = 5;

impl Message {
    /// Most bytes of one message. A transport reads no more.
    pub const BYTES_MAX: usize = LAN_MESSAGE_BYTES_MAX;

    /// The bytes.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] for more heads, ranges or bytes than the format allows;
    /// [`WireError::Malformed`] for lists out of order.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        let (tag, content) = match self {
            Self::Hello(region, digest) => (
                HELLO,
                [&region.as_bytes()[..], &digest.as_bytes()[..]].concat(),
            ),
            Self::Heads(heads) => (HEADS, heads.encode_record()?),
            Self::Ask(ranges) => (ASK, ranges.encode_record()?),
            Self::Frames(frames) => (FRAMES, frames.clone()),
            Self::Done => (DONE, Vec::new()),
        };
        let mut bytes = vec![tag];
        bytes.extend(content);
        within(bytes.len(), Self::BYTES_MAX)?;
        Ok(bytes)
    }

    /// What stands before a message of `length` bytes on a line.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] over [`Message::BYTES_MAX`].
    pub fn write_length(length: usize) -> Result<[u8; MESSAGE_LENGTH_BYTES], WireError> {
        within(length, Self::BYTES_MAX)?;
        let length = u32::try_from(length).map_err(|_| WireError::TooLarge)?;
        Ok(length.to_be_bytes())
    }

    /// Length of the message that follows, in bytes.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] over [`Message::BYTES_MAX`]; [`WireError::Truncated`] for none.
    pub fn read_length(bytes: [u8; MESSAGE_LENGTH_BYTES]) -> Result<usize, WireError> {
        let length = u32::from_be_bytes(bytes);
        let length = usize::try_from(length).map_err(|_| WireError::TooLarge)?;
        within(length, Self::BYTES_MAX)?;
        if length == 0 {
            return Err(WireError::Truncated);
        }
        Ok(length)
    }

    /// Reads a message. Frames are not read here.
    ///
    /// # Errors
    /// [`WireError::TooLarge`], [`WireError::Truncated`] or [`WireError::Malformed`];
    /// [`WireError::Version`] for a message of a newer program.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        within(bytes.len(), Self::BYTES_MAX)?;
        let (tag, content) = bytes.split_first().ok_or(WireError::Truncated)?;
        match *tag {
            HELLO => {
                let (region, digest) = content
                    .split_at_checked(RegionId::BYTES)
                    .ok_or(WireError::Truncated)?;
                let region = RegionId::try_from(region).map_err(|_| WireError::Malformed)?;
                let digest = Digest::try_from(digest).map_err(|_| WireError::Malformed)?;
                Ok(Self::Hello(region, digest))
            }
            HEADS => Heads::decode_record(content).map(Self::Heads),
            ASK => Ranges::decode_record(content).map(Self::Ask),
            FRAMES => Ok(Self::Frames(content.to_vec())),
            DONE if content.is_empty() => Ok(Self::Done),
            DONE => Err(WireError::Malformed),
            newer => Err(WireError::Version(newer)),
        }
    }
}
