//! A krets of test devices, with randomness that repeats.

use radrum_seal::{
    Chain, Device, DeviceKeys, Draft, EpochKeys, Founded, Founding, Membership, Random, SealError,
    Sealed, found,
};
use radrum_wire::{Body, DeviceId, FactHash, Facts, Generation, ItemChange, ItemId, LogId};

/// Repeats itself for the same seed.
pub struct Counted {
    seed: u8,
    drawn: u64,
}

impl Counted {
    pub const fn new(seed: u8) -> Self {
        Self { seed, drawn: 0 }
    }
}

impl Random for Counted {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        self.drawn += 1;
        let mut hash = blake3::Hasher::new_keyed(&[self.seed; 32]);
        hash.update(&self.drawn.to_be_bytes());
        hash.finalize_xof().fill(bytes);
        Ok(())
    }
}

/// Gives nothing.
pub struct Dry;

impl Random for Dry {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), SealError> {
        Err(SealError::NoRandomness)
    }
}

/// A device that founded a krets.
pub struct Krets {
    pub random: Counted,
    pub keys: DeviceKeys,
    pub founded: Founded,
    pub members: Membership,
    pub epochs: EpochKeys,
    pub log: LogId,
}

pub const AUTHOR: ItemId = ItemId::from_bytes([0xaa; 16]);
pub const MUNICIPALITY: ItemId = ItemId::from_bytes([0xbb; 16]);

impl Krets {
    pub fn new(seed: u8) -> Self {
        let mut random = Counted::new(seed);
        let keys = DeviceKeys::generate(&mut random).expect("keys");
        let log = LogId::from_bytes([seed; 16]);
        let founding = Founding {
            name: "Södra Lappland".into(),
            device: DeviceId::from_bytes([seed; 16]),
            log,
            municipality: MUNICIPALITY,
            members: vec![AUTHOR],
            founded_at: 1_800_000_000_000,
        };
        let founded = found(&founding, &keys, &mut random).expect("founded");
        let members = Membership::of(founded.region, &founded.facts.0).expect("members");
        let mut epochs = EpochKeys::default();
        epochs.insert(founded.epoch.clone());
        Self {
            random,
            keys,
            founded,
            members,
            epochs,
            log,
        }
    }

    pub fn facts(&self) -> &Facts {
        &self.founded.facts
    }

    pub fn grant(&self) -> FactHash {
        self.founded.grant
    }

    pub fn chain(&self) -> Chain {
        Chain::new(self.founded.region, self.log)
    }

    pub fn seal(&mut self, chain: &mut Chain, draft: &Draft) -> Result<Sealed, SealError> {
        let device = Device {
            keys: &self.keys,
            grant: self.founded.grant,
        };
        chain.seal(draft, device, &self.founded.epoch, &mut self.random)
    }

    pub fn first(&mut self) -> Sealed {
        let mut chain = self.chain();
        self.seal(&mut chain, &draft(b"hello")).expect("sealed")
    }
}

pub fn body(change: &[u8]) -> Vec<u8> {
    let change = ItemChange {
        item: ItemId::from_bytes([7; 16]),
        generation: Generation::FIRST,
        change: change.to_vec(),
    };
    Body {
        changes: vec![change],
    }
    .encode()
    .expect("body")
}

pub fn draft(change: &[u8]) -> Draft {
    Draft::of_log_row(AUTHOR, 1_800_000_000_000, body(change))
}
