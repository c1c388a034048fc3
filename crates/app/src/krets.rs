//! This device in its krets: keys, facts, epochs and the end of its own log.
//!
//! What is written before a krets is founded or joined stands in the log in the clear, inside
//! the encrypted file. From then on every row is sealed in the transaction that makes it.

mod held;
mod keys_file;

pub(crate) use held::{Held, load_holdings};
pub(crate) use keys_file::KeysFile;

use crate::{Code, Error, World};
use radrum_seal::{
    Chain, Device, DeviceKeys, EpochKey, EpochKeys, Evidence, Membership, Random, SealError,
};
use radrum_store::{Profile, Read};
use radrum_wire::{DeviceGrant, DeviceId, FactHash, Head, RegionId, SignedFact};

/// Granted devices below which nobody writes without a name: too few to be one of.
pub(crate) const DEVICES_MIN: usize = 20;

/// Municipalities, likewise.
pub(crate) const MUNICIPALITIES_MIN: usize = 3;

/// The system's randomness, as `seal` asks for it.
pub(crate) struct Drawing<'a>(pub &'a World);

impl Random for Drawing<'_> {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        let filled = self.0.entropy.fill(bytes);
        filled.map_err(|_| SealError::NoRandomness)
    }
}

/// What the writer needs to seal and to open.
#[derive(Debug)]
pub(crate) struct Krets {
    pub device: DeviceId,
    pub keys: DeviceKeys,
    pub grant: FactHash,
    /// Every fact that is kept, with the entries that carried it.
    pub evidence: Evidence,
    pub members: Membership,
    pub epochs: EpochKeys,
    pub chain: Chain,
}

impl Krets {
    /// Reads it from an open profile; none before one was founded or joined.
    ///
    /// # Errors
    /// Any [`StoreError`](radrum_store::StoreError); [`Code::KeysMissing`] without the file of
    /// the device's keys.
    pub fn open(
        read: &Read<'_>,
        profile: &Profile,
        keys: &KeysFile,
    ) -> Result<Option<Self>, Error> {
        let Some(row) = read.krets()? else {
            return Ok(None);
        };
        let missing = || Error::new(Code::KeysMissing, "no keys of this device");
        let mut epochs = EpochKeys::default();
        for secret in read.epoch_secrets()? {
            epochs.insert(EpochKey::from_secret(*secret));
        }
        let last = read.last_entry(profile.log)?;
        let mut evidence: Evidence = read.facts()?.iter().collect();
        for (fact, place) in read.fact_places()? {
            evidence.carried(fact, place);
        }
        Ok(Some(Self {
            device: profile.device,
            keys: keys.read()?.ok_or_else(missing)?,
            grant: row.grant,
            members: evaluate(read, profile.region, &evidence)?,
            evidence,
            epochs,
            chain: last.map_or(Chain::new(profile.region, profile.log), |head| {
                Chain::resume(profile.region, head)
            }),
        }))
    }

    /// Who seals.
    pub const fn device(&self) -> Device<'_> {
        Device {
            keys: &self.keys,
            grant: self.grant,
        }
    }

    /// The key that new entries are sealed with.
    pub fn epoch(&self) -> Result<&EpochKey, Error> {
        let epoch = self.members.writing_epoch(&self.epochs);
        Ok(epoch.ok_or(SealError::NoEpoch)?)
    }

    /// The grant of this device, while it stands.
    pub fn own_grant(&self) -> Option<&DeviceGrant> {
        self.members.grant(self.grant)
    }

    /// Whether this device belongs: not before its grant is proved, and not after its end.
    pub fn belongs(&self) -> bool {
        self.members.active().any(|(hash, _)| hash == self.grant)
    }

    /// Whether enough devices and municipalities belong for somebody to be one of them.
    pub fn is_crowd(&self) -> bool {
        let (devices, municipalities) = self.members.crowd();
        self.belongs() && devices >= DEVICES_MIN && municipalities >= MUNICIPALITIES_MIN
    }

    /// What the krets would be if these facts came to it.
    pub fn with(&self, read: &Read<'_>, facts: &[SignedFact]) -> Result<Membership, Error> {
        let mut evidence = self.evidence.clone();
        facts.iter().for_each(|fact| evidence.add(fact));
        evaluate(read, self.members.region(), &evidence)
    }

    /// Adds a fact, and the entry that carried it if there is one.
    pub fn learn(&mut self, fact: &SignedFact, place: Option<Head>) {
        self.evidence.add(fact);
        if let Some(place) = place {
            self.evidence.carried(fact.hash(), place);
        }
    }

    /// Reads the evidence anew and takes the epoch keys that it hands to this device.
    pub fn believe(&mut self, read: &Read<'_>) -> Result<(), Error> {
        self.members = evaluate(read, self.members.region(), &self.evidence)?;
        loop {
            let mut new = false;
            for package in self.members.packages() {
                match self.epochs.take(package, self.device, &self.keys) {
                    Ok(more) => new |= more,
                    // A package that names one key and holds another says nothing.
                    Err(error) => tracing::warn!(code = error.code(), "epoch package"),
                }
            }
            if !new {
                return Ok(());
            }
        }
    }
}

fn evaluate(read: &Read<'_>, region: RegionId, evidence: &Evidence) -> Result<Membership, Error> {
    // Of an entry that cannot be looked up nothing is proved.
    let leads = |place: &Head, last: &Head| read.leads_to(place, last).unwrap_or(false);
    Ok(Membership::of_evidence(region, evidence, &leads)?)
}

impl From<SealError> for Error {
    fn from(error: SealError) -> Self {
        let code = match error {
            SealError::Example => Code::Example,
            SealError::NotAdmin => Code::NotAdmin,
            SealError::WrongCode => Code::WrongCheckCode,
            SealError::AlreadyGranted => Code::AlreadyInKrets,
            SealError::OtherRegion => Code::OtherKrets,
            SealError::BadKeys => Code::KeysMissing,
            SealError::TooLarge => Code::TooLarge,
            SealError::OtherLetter
            | SealError::Broken
            | SealError::WrongSignature
            | SealError::NoGenesis
            | SealError::UnknownGrant(_)
            | SealError::UnknownEpoch(_)
            | SealError::Wire(_) => Code::BadLetter,
            _ => Code::Bug,
        };
        Self::new(code, error.code())
    }
}
