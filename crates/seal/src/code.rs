//! The check code: twice six digits that two people say to each other.
//!
//! It is MANA I (Gehrmann, Mitchell, Nyberg: Manual authentication for wireless devices, 2004;
//! ISO/IEC 9798-6): the admin's computer draws a question of six digits *after* the request
//! has come, says it over a voice that both know, and the new computer answers with six
//! digits computed from the question and from both letters as it has them. FORMAT.md says why
//! six digits are enough and why a plain short hash would not be.

use crate::SealError;
use crate::random::{Random, draw};
use radrum_wire::{Invitation, JoinRequest, letter_digest};
use std::fmt;
use std::str::FromStr;

/// Six decimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SixDigits(u32);

impl SixDigits {
    /// Draws a question. Call it when the admin looks at a request, never before it came, and
    /// again after a wrong answer.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn draw(random: &mut dyn Random) -> Result<Self, SealError> {
        Ok(Self::of(draw(random)?))
    }

    // 2^64 is so much more than 10^6 that the remainder is uniform to one in 10^13.
    fn of(bytes: [u8; 8]) -> Self {
        let number = u64::from_be_bytes(bytes) % 1_000_000;
        Self(u32::try_from(number).unwrap_or_default())
    }
}

impl fmt::Display for SixDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

impl FromStr for SixDigits {
    type Err = SealError;

    /// Reads what somebody typed: six digits, whatever spaces or dashes stand between.
    fn from_str(text: &str) -> Result<Self, SealError> {
        let digits: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect();
        let six = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().map_err(|_| SealError::WrongCode)?;
        if six {
            Ok(Self(number))
        } else {
            Err(SealError::WrongCode)
        }
    }
}

/// The answer to a question, as each side computes it from the letters that it has.
///
/// # Errors
/// [`SealError::Wire`] for letters over their limits.
pub fn answer(
    question: SixDigits,
    invitation: &Invitation,
    request: &JoinRequest,
) -> Result<SixDigits, SealError> {
    let mut hash = blake3::Hasher::new_derive_key("radrum 2026-11-22 check code v1");
    hash.update(format!("{:06}", question.0).as_bytes());
    hash.update(letter_digest(invitation)?.as_bytes());
    hash.update(letter_digest(request)?.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize().as_bytes()[..8]);
    Ok(SixDigits::of(first))
}
