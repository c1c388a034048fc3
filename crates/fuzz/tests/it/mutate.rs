//! Small changes of an input, the same for the same seed.

/// Numbers that readers stumble over.
const ODD: [&[u8]; 8] = [
    &[0],
    &[0xff],
    &[0x7f, 0xff, 0xff, 0xff],
    &[0x80, 0, 0, 0],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0x9f],
    &[0xc3, 0xa5],
    &[0xe2, 0x80, 0x8b],
];

/// `xorshift64*` of Marsaglia and Vigna.
pub(crate) struct Mutator(u64);

impl Mutator {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        usize::try_from(high).expect("32 bits") % below.max(1)
    }

    /// One to four changes of an input; now and then a piece of another one.
    pub fn mutated(&mut self, inputs: &[(String, Vec<u8>)], at: usize) -> Vec<u8> {
        let mut bytes = inputs[at].1.clone();
        for _ in 0..=self.roll(4) {
            let place = self.roll(bytes.len() + 1);
            let end = (place + 1 + self.roll(16)).min(bytes.len());
            match self.roll(8) {
                0 => bytes.truncate(place),
                1 => drop(bytes.drain(place..end)),
                2 => {
                    let again = bytes[place..end].to_vec();
                    bytes.splice(place..place, again);
                }
                3 => {
                    let odd = ODD[self.roll(ODD.len())];
                    bytes.splice(place..end.min(place + odd.len()), odd.iter().copied());
                }
                4 => {
                    let other = &inputs[self.roll(inputs.len())].1;
                    let from = self.roll(other.len() + 1);
                    let to = (from + self.roll(64)).min(other.len());
                    bytes.splice(place..place, other[from..to].iter().copied());
                }
                5 => {
                    let near = self.roll(9);
                    if let Some(byte) = bytes.get_mut(place) {
                        *byte = byte
                            .wrapping_add(u8::try_from(near).expect("small"))
                            .wrapping_sub(4);
                    }
                }
                _ => {
                    let bit = self.roll(8);
                    if let Some(byte) = bytes.get_mut(place) {
                        *byte ^= 1 << bit;
                    }
                }
            }
        }
        bytes
    }
}
