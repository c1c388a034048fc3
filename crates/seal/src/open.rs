//! Opening one envelope. The types keep the order of the checks: nothing of a body can be
//! read before its signature, its grant and its cutoff have been checked.

use crate::anonymous::check_token;
use crate::entry::{family_of, unpack};
use crate::{EpochKeys, Membership, SealError, aead, sign};
use radrum_wire::limits::{ANONYMOUS_PADDED_BYTES_MIN, HEADER_BYTES};
use radrum_wire::{
    AnonymousBody, Digest, EntryHash, Envelope, FactHash, Facts, Family, Inner, ItemId, Kind,
    LogId, Packing, Place, Record as _, RegionId, SignKey, Signature, Signer, entry_signing_bytes,
    read_plaintext,
};

/// Decrypted, and not yet believed.
#[derive(Debug)]
pub struct Unsealed {
    place: Place,
    hash: EntryHash,
    outer: [u8; HEADER_BYTES],
    padded: usize,
    bytes: Vec<u8>,
    inner: Inner,
    signature: Signature,
    /// The key whose signature it was found to carry.
    proved: Option<SignKey>,
}

/// Who wrote an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// A member whom the grant names: shown as the author.
    Member(ItemId),
    /// Content that came with the program.
    Program,
    /// The device names somebody whom its grant does not. Kept, and shown as the device's.
    Unvouched(ItemId),
    /// An anonymous thread.
    Anonymous,
}

/// An entry that was written here by whom it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// Its name.
    pub hash: EntryHash,
    /// What the body is; an unknown kind or schema is kept and not shown.
    pub kind: Kind,
    /// Version of that kind's body.
    pub schema: u16,
    /// Claimed time, UTC ms.
    pub written_at: i64,
    /// Who wrote.
    pub author: Author,
    /// Municipality of the device; none for anonymous threads.
    pub municipality: Option<ItemId>,
    /// The grant of the device; none for anonymous threads.
    pub grant: Option<FactHash>,
    /// Entries that it stands on.
    pub refs: Vec<EntryHash>,
    /// What the writer had seen.
    pub seen: Option<Digest>,
    /// Inflated, at most [`radrum_wire::limits::INFLATED_BYTES_MAX`] bytes. Of an anonymous
    /// entry its changes or its erasure alone; what paid for it has been checked.
    pub body: Vec<u8>,
}

/// Decrypts an envelope: krets, version, epoch, seal, form.
///
/// # Errors
/// [`SealError::OtherRegion`], [`SealError::Example`]; `Wire(Version)` for a newer program's;
/// [`SealError::UnknownEpoch`]; [`SealError::Broken`] for anything altered or moved;
/// `Wire(Malformed)` when a member sealed what is no entry. [`SealError::verdict`] says what
/// becomes of it.
pub fn unseal(
    envelope: &Envelope<'_>,
    region: RegionId,
    epochs: &EpochKeys,
) -> Result<Unsealed, SealError> {
    let place = *envelope.place();
    if region == RegionId::EXAMPLE {
        return Err(SealError::Example);
    }
    if place.region != region {
        return Err(SealError::OtherRegion);
    }
    let (header, ciphertext) = envelope.open_parts()?;
    let epoch = epochs
        .get(header.epoch)
        .ok_or(SealError::UnknownEpoch(header.epoch))?;
    let outer = header.encode();
    let key = epoch.seal_key(place.family());
    let plain = aead::open(&key, &header.nonce, &outer, ciphertext)?;
    let (bytes, signature) = read_plaintext(&plain)?;
    Ok(Unsealed {
        place,
        hash: envelope.hash(),
        outer,
        padded: plain.len(),
        inner: Inner::decode_record(bytes)?,
        bytes: bytes.to_vec(),
        signature,
        proved: None,
    })
}

impl Unsealed {
    /// Where it stands.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Its name.
    #[must_use]
    pub const fn hash(&self) -> EntryHash {
        self.hash
    }

    /// The facts that it carries, if that is its kind. They are readable before the entry is
    /// verified, since each stands on signatures of its own, and since the grant that this
    /// very entry needs may be among them. Collect these first, evaluate, then verify.
    ///
    /// # Errors
    /// `Wire(Malformed)` when it says it carries facts and does not.
    pub fn facts(&self) -> Result<Option<Facts>, SealError> {
        if self.inner.kind != Kind::FACTS || self.inner.schema != 1 {
            return Ok(None);
        }
        let body = unpack(self.inner.packing, self.inner.body.clone())?;
        Ok(Some(Facts::decode_record(&body)?))
    }

    /// Checks the signature alone, ahead of [`Unsealed::verify`], which then need not: it costs
    /// the most and hangs on nothing but the key of the grant, so that it may be done on any core
    /// and in any order. An unknown grant and a wrong signature are left to that.
    pub fn check_ahead(&mut self, members: &Membership) {
        let key = match self.inner.signer {
            Signer::Grant(hash) => members.grant(hash).map(|grant| grant.sign),
            Signer::Once(key) => Some(key),
        };
        self.proved = key.filter(|key| self.check_signature(key).is_ok());
    }

    /// Checks the signature, whose log it is, and whether the key was revoked before.
    ///
    /// # Errors
    /// [`SealError::UnknownGrant`], [`SealError::WrongSignature`], [`SealError::OtherLog`],
    /// [`SealError::AfterCutoff`], [`SealError::OutOfPlace`], and `Wire` for a body that does
    /// not inflate.
    pub fn verify(self, members: &Membership) -> Result<Entry, SealError> {
        self.check(members, Membership::check_place)
    }

    /// Checks the signature and whose log it is. Of what somebody wrote after her end nothing
    /// counts but what others have built on before they knew.
    ///
    /// # Errors
    /// As [`Unsealed::verify`], but for [`SealError::AfterCutoff`].
    pub fn verify_despite_end(self, members: &Membership) -> Result<Entry, SealError> {
        self.check(members, |members, grant, place, _| {
            members.check_log(grant, place)
        })
    }

    fn check(
        self,
        members: &Membership,
        may_write: impl Fn(&Membership, FactHash, &Place, EntryHash) -> Result<(), SealError>,
    ) -> Result<Entry, SealError> {
        let anonymous = self.place.family() == Family::Anonymous;
        let inner = &self.inner;
        let (author, municipality, grant) = match inner.signer {
            Signer::Grant(hash) if !anonymous => {
                let grant = members.grant(hash).ok_or(SealError::UnknownGrant(hash))?;
                self.check_signature(&grant.sign)?;
                may_write(members, hash, &self.place, self.hash)?;
                let author = author_of(inner.author, &grant.members);
                (author, Some(grant.municipality), Some(hash))
            }
            Signer::Once(key) if anonymous => {
                self.check_signature(&key)?;
                if self.place.log != anonymous_log(&key) {
                    return Err(SealError::OtherLog);
                }
                self.check_silence()?;
                (Author::Anonymous, None, None)
            }
            _ => return Err(SealError::OutOfPlace),
        };
        let family = self.place.family();
        let elsewhere = family_of(inner.kind).is_some_and(|of| of != family);
        let named = self.place.prev != EntryHash::from_bytes([0; 32]);
        if elsewhere || (family == Family::Slot && named) {
            return Err(SealError::OutOfPlace);
        }
        let mut body = unpack(self.inner.packing, self.inner.body)?;
        let is_paid = matches!(self.inner.kind, Kind::ANONYMOUS | Kind::ANONYMOUS_ERASE);
        if is_paid && self.inner.schema == 1 {
            let paid = AnonymousBody::decode_record(&body)?;
            check_token(members, &paid.token, &self.place)?;
            body = paid.changes;
        }
        Ok(Entry {
            place: self.place,
            hash: self.hash,
            kind: self.inner.kind,
            schema: self.inner.schema,
            written_at: self.inner.written_at,
            author,
            municipality,
            grant,
            refs: self.inner.refs,
            seen: self.inner.seen,
            body,
        })
    }

    /// An anonymous entry that says when, by whom, on what or how long is none.
    fn check_silence(&self) -> Result<(), SealError> {
        let inner = &self.inner;
        let silent = inner.written_at == 0
            && inner.author == ItemId::from_bytes([0; 16])
            && inner.refs.is_empty()
            && inner.seen.is_none()
            && inner.packing == Packing::Plain
            && self.padded >= ANONYMOUS_PADDED_BYTES_MIN;
        if silent {
            Ok(())
        } else {
            Err(SealError::OutOfPlace)
        }
    }

    fn check_signature(&self, key: &SignKey) -> Result<(), SealError> {
        if self.proved == Some(*key) {
            return Ok(());
        }
        let message = entry_signing_bytes(&self.outer, &self.bytes, self.padded);
        sign::verify(key, &message, &self.signature)
    }
}

/// The log of an anonymous thread, derived from its one-time key so that nobody else can
/// write in it.
#[must_use]
pub fn anonymous_log(key: &SignKey) -> LogId {
    let hash = blake3::derive_key("radrum 2026-11-22 anonymous log v1", key.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    LogId::from_bytes(id)
}

fn author_of(author: ItemId, members: &[ItemId]) -> Author {
    if author == ItemId::from_bytes([0; 16]) {
        Author::Program
    } else if members.contains(&author) {
        Author::Member(author)
    } else {
        Author::Unvouched(author)
    }
}
