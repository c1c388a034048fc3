//! Bytes from outside, read from the front. Nothing here allocates.

use super::Refusal;

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a>(pub &'a [u8]);

impl<'a> Input<'a> {
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Refusal::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    pub fn byte(&mut self) -> Result<u8, Refusal> {
        let (&byte, rest) = self.0.split_first().ok_or(Refusal::Malformed)?;
        self.0 = rest;
        Ok(byte)
    }

    /// A length and as many bytes.
    pub fn prefixed(&mut self) -> Result<&'a [u8], Refusal> {
        let count = self.u64()?;
        self.take(usize::try_from(count).map_err(|_| Refusal::Malformed)?)
    }

    /// Unsigned LEB128 in its shortest form.
    pub fn u64(&mut self) -> Result<u64, Refusal> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if shift == 63 && bits > 1 {
                return Err(Refusal::Malformed);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return if byte == 0 && shift > 0 {
                    Err(Refusal::NotCanonical)
                } else {
                    Ok(value)
                };
            }
        }
        Err(Refusal::Malformed)
    }

    /// Signed LEB128 in its shortest form.
    pub fn i64(&mut self) -> Result<i64, Refusal> {
        let mut value = 0_i64;
        let mut before = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            // The tenth byte repeats the sign and nothing else.
            if shift == 63 && byte != 0 && byte != 0x7f {
                return Err(Refusal::Malformed);
            }
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let sign_only =
                    (byte == 0 && before & 0x40 == 0) || (byte == 0x7f && before & 0x40 != 0);
                if shift > 0 && sign_only {
                    return Err(Refusal::NotCanonical);
                }
                if shift < 57 && byte & 0x40 != 0 {
                    value |= -1 << (shift + 7);
                }
                return Ok(value);
            }
            before = byte;
        }
        Err(Refusal::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::Input;
    use crate::gate::Refusal;
    use proptest::prelude::*;

    fn unsigned(mut value: u64) -> Vec<u8> {
        let mut out = Vec::new();
        while value >= 0x80 {
            out.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
        out
    }

    fn signed(mut value: i64) -> Vec<u8> {
        let mut out = Vec::new();
        loop {
            let byte = (value & 0x7f) as u8;
            value >>= 7;
            if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
                out.push(byte);
                return out;
            }
            out.push(byte | 0x80);
        }
    }

    proptest! {
        #[test]
        fn numbers_read_back_as_written(a in any::<u64>(), b in any::<i64>(), bits in 0..64_u32) {
            let (a, b) = (a >> bits, b >> bits);
            let bytes = [unsigned(a), signed(b)].concat();
            let mut input = Input(&bytes);
            prop_assert_eq!((input.u64(), input.i64()), (Ok(a), Ok(b)));
            prop_assert!(input.is_empty());
        }
    }

    #[test]
    fn numbers_that_are_too_long_or_too_large_are_refused() {
        assert_eq!(Input(&[0x80, 0]).u64(), Err(Refusal::NotCanonical));
        assert_eq!(Input(&[0x80, 0]).i64(), Err(Refusal::NotCanonical));
        assert_eq!(Input(&[0xff, 0x7f]).i64(), Err(Refusal::NotCanonical));
        assert_eq!(Input(&[0xff; 12]).u64(), Err(Refusal::Malformed));
        assert_eq!(Input(&[0xff; 12]).i64(), Err(Refusal::Malformed));
        let over = [[0xff; 9].as_slice(), &[2]].concat();
        assert_eq!(Input(&over).u64(), Err(Refusal::Malformed));
        assert_eq!(Input(&[0x80]).u64(), Err(Refusal::Malformed));
    }
}
