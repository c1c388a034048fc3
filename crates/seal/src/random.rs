//! Randomness is an argument. The caller passes the operating system's; tests pass a counter.

use crate::SealError;
use hpke::rand_core::{TryCryptoRng, TryRng};
use std::convert::Infallible;
use zeroize::Zeroizing;

/// A source of bytes that nobody can guess.
pub trait Random {
    /// Fills all of `bytes`.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`]; nothing is sealed then.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError>;
}

/// Draws an array.
pub(crate) fn draw<const N: usize>(random: &mut dyn Random) -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// Draws a secret that is wiped when dropped.
pub(crate) fn draw_secret<const N: usize>(
    random: &mut dyn Random,
) -> Result<Zeroizing<[u8; N]>, SealError> {
    let mut bytes = Zeroizing::new([0; N]);
    random.fill(bytes.as_mut())?;
    Ok(bytes)
}

/// One fresh seed stretched by BLAKE3, for a library that wants a generator which cannot fail.
pub(crate) struct Stretched(blake3::OutputReader);

impl Stretched {
    pub(crate) fn new(random: &mut dyn Random) -> Result<Self, SealError> {
        let seed = draw_secret::<32>(random)?;
        Ok(Self(blake3::Hasher::new_keyed(&seed).finalize_xof()))
    }
}

impl TryRng for Stretched {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Stretched {}
