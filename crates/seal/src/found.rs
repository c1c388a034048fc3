//! Founding a krets: three root keys, a first admin, a first device, a first epoch.

use crate::random::{Random, draw};
use crate::{DeviceKeys, EpochKey, RootKey, SealError, package};
use radrum_wire::{
    DeviceGrant, DeviceId, FactHash, Facts, FirstAdmin, Genesis, ItemId, LogId, RegionId, Salt,
    SignedFact,
};

/// What the founder says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// What the krets is called.
    pub name: String,
    /// The founder's installation.
    pub device: DeviceId,
    /// Its log. Rows that stand in it are sealed in order afterwards.
    pub log: LogId,
    /// The founder's municipality.
    pub municipality: ItemId,
    /// Members who have written on this device.
    pub members: Vec<ItemId>,
    /// Claimed time, UTC ms.
    pub founded_at: i64,
}

/// A krets that was founded. The caller stores it in one transaction, lets the founder carry
/// the root keys away, and then seals the log.
#[derive(Debug)]
pub struct Founded {
    /// Its id, which the profile takes over.
    pub region: RegionId,
    /// Founding, the founder's grant, and a package with the first epoch's key: the first
    /// entry of kind FACTS.
    pub facts: Facts,
    /// The founder's grant.
    pub grant: FactHash,
    /// The three root keys, in the order of their public keys.
    pub roots: [RootKey; 3],
    /// The key of the first epoch, generation 1.
    pub epoch: EpochKey,
}

/// Founds a krets. The founder's device becomes admin of the whole krets.
///
/// # Errors
/// [`SealError::NoRandomness`]; [`SealError::Wire`] for a name or list over its limit.
pub fn found(
    founding: &Founding,
    keys: &DeviceKeys,
    random: &mut dyn Random,
) -> Result<Founded, SealError> {
    let mut roots = [
        RootKey::generate(random)?,
        RootKey::generate(random)?,
        RootKey::generate(random)?,
    ];
    roots.sort_unstable_by_key(RootKey::sign_key);
    let mut genesis = SignedFact::new(&Genesis {
        name: founding.name.clone(),
        roots: [
            roots[0].sign_key(),
            roots[1].sign_key(),
            roots[2].sign_key(),
        ],
        admins: vec![FirstAdmin {
            key: keys.sign_key(),
            municipality: None,
        }],
        salt: Salt::from_bytes(draw(random)?),
        founded_at: founding.founded_at,
    })?;
    // All three are at hand once in their life; any two would do.
    roots.iter().for_each(|root| root.sign_fact(&mut genesis));
    let region = genesis.region();
    let mut members = founding.members.clone();
    members.sort_unstable();
    members.dedup();
    let content = DeviceGrant {
        region,
        device: founding.device,
        log: founding.log,
        municipality: founding.municipality,
        members,
        sign: keys.sign_key(),
        wrap: keys.wrap_key()?,
        auth: keys.auth_key(),
        guest_until: None,
    };
    let mut grant = SignedFact::new(&content)?;
    keys.sign_fact(&mut grant);
    let epoch = EpochKey::generate(random)?;
    let first = package(region, (1, &epoch), &[], &[&content], random)?;
    let mut first = SignedFact::new(&first)?;
    keys.sign_fact(&mut first);
    Ok(Founded {
        region,
        grant: grant.hash(),
        facts: Facts(vec![genesis, grant, first]),
        roots,
        epoch,
    })
}
