use crate::{Holdings, Memory};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{AuthKey, EntryHash, Envelope, Head, Heads, LogId, Range, Seq, Signature};
use std::sync::Arc;

/// The device's own store and keys, as a road sees them. One value for each road.
///
/// All calls return when they are done and may take as long as a transaction does: a
/// transport drives its machine on a thread that may block. Nothing here opens a seal for
/// the road, and no answer carries content.
pub trait Host {
    /// What is held at this moment. Own anonymous entries are left out until they have come
    /// back from a relay (security.md 3.7), and so they are from [`Host::list`].
    fn holdings(&self) -> Arc<Holdings>;

    /// Whether exactly this entry is stored, beyond a gap or not, as bytes or as a stub.
    fn holds(&self, entry: &Head) -> bool;

    /// Everything stored of a range, ascending by position and hash: both branches of a fork,
    /// and what lies beyond a gap. At most [`crate::LIST_POSITIONS`] positions are asked for
    /// at a time.
    fn list(&self, range: &Range) -> Vec<Listed>;

    /// The envelope of a stored entry, or of its stub when only that is left.
    fn read(&self, entry: &Head) -> Option<Vec<u8>>;

    /// Takes what came by a road, of any family, in any order and number of times, and keeps
    /// `memory` beside it: both in one transaction, or neither. An entry that is refused for
    /// good is no error: it is counted, and does not come again.
    ///
    /// # Errors
    /// When nothing was stored, and the same may succeed later.
    fn store(
        &mut self,
        envelopes: &[Envelope<'_>],
        memory: Option<&Memory>,
    ) -> Result<Stored, HostError>;

    /// In which order logs are sent.
    fn precedence(&self, log: LogId) -> Precedence;

    /// Signs with the device's relay key: what a relay or another device asks it to prove.
    /// No road can have an entry or a fact signed; those stand under another key.
    ///
    /// # Errors
    /// When the key cannot be reached now.
    fn sign(&mut self, message: &[u8]) -> Result<Signature, HostError>;

    /// Whether the krets' facts let a device with this relay key in, at this moment: a grant
    /// names the key, and its device is not revoked. For another device on the local network.
    fn is_member(&self, key: AuthKey) -> bool;

    /// Seals a new heartbeat for the device's slot; none when there is no key to seal it with.
    ///
    /// # Errors
    /// When the store or a key cannot be reached now.
    fn heartbeat(&mut self) -> Result<Option<Slot>, HostError>;

    /// The newest relay roster that an entry has brought, for a relay that was emptied.
    fn roster(&self) -> Option<KnownRoster>;

    /// The part of a relay's snapshot that is to be read next; none on a device that has
    /// entries of others, or has read it all. Asked until then, before entries are.
    fn wants_snapshot(&self) -> Option<Seq> {
        None
    }

    /// Takes parts of a relay's snapshot as they came. None at all says that the relay has no
    /// more: what was read of one that is not whole is to be forgotten. Parts that do not fit
    /// are no error.
    ///
    /// # Errors
    /// When nothing was stored, and the same may succeed later.
    fn take_snapshot(&mut self, _parts: &[Envelope<'_>]) -> Result<(), HostError> {
        Ok(())
    }

    /// Entries that an erasure made stubs of and that this relay was not asked yet to keep
    /// stubs only of, with the mark to tell when it does; none when it was asked for all.
    fn erased(&self) -> Option<(Heads, i64)> {
        None
    }

    /// The relay keeps stubs only, up to a mark, or does not know how.
    ///
    /// # Errors
    /// When nothing was stored, and the same may succeed later.
    fn told_erased(&mut self, _mark: i64) -> Result<(), HostError> {
        Ok(())
    }

    /// What this device has to ask for the sake of posts without a name, if anything. Asked
    /// when all else is done, and again after each answer.
    fn unnamed(&mut self) -> Option<Unnamed> {
        None
    }

    /// The answer to what was asked last.
    ///
    /// # Errors
    /// When nothing was stored, and the same may succeed later.
    fn told_unnamed(&mut self, _answer: UnnamedAnswer<'_>) -> Result<(), HostError> {
        Ok(())
    }

    /// Whether this device is to make a snapshot, seeing what the relay has.
    fn owes_snapshot(&self, _newest: Newest<'_>) -> bool {
        false
    }

    /// Seals a snapshot of what is held: its parts from 1 on.
    ///
    /// # Errors
    /// When the store or a key cannot be reached now.
    fn make_snapshot(&mut self) -> Result<Vec<Vec<u8>>, HostError> {
        Ok(Vec::new())
    }
}

/// What a device asks of a relay beside entries: so that posts can be without a name, and that
/// letters can be sent about what is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unnamed {
    /// Which key signs tokens there.
    Issuer,
    /// To sign an encoded [`radrum_wire::Blinded`].
    Tokens(Vec<u8>),
    /// To take an encoded [`radrum_wire::AnonymousPost`], without knowing from whom.
    Post(Vec<u8>),
    /// To take an encoded [`radrum_wire::MailOrder`], without knowing from whom.
    Mail(Vec<u8>),
    /// To tell those who wait for letters, by encoded [`radrum_wire::Hints`].
    Hints(Vec<u8>),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnnamedAnswer<'a> {
    /// The key.
    Issuer(&'a [u8]),
    /// An encoded [`radrum_wire::Blinded`], not looked at.
    Signed(&'a [u8]),
    /// What was given is there, or was.
    Taken,
    /// The relay will not do it.
    Refused {
        /// Why.
        code: RefusalCode,
        /// Seconds after which it may.
        wait_s: Option<u64>,
    },
}

/// The newest snapshot of a relay.
#[derive(Debug, Clone)]
pub enum Newest<'a> {
    /// It was not looked at yet: whether this device makes any at all.
    Unknown,
    /// There is none.
    Missing,
    /// Its part 1.
    Head(Envelope<'a>),
}

/// One stored entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its position.
    pub seq: Seq,
    /// Its hash.
    pub hash: EntryHash,
    /// Length of the envelope in bytes; 0 for one that is not handed out.
    pub bytes: u32,
    /// Its number in the order in which entries came here. Relays are filled in it.
    pub came: u64,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stored {
    /// Were not here before.
    pub new: u32,
    /// Were.
    pub known: u32,
    /// Are forged, malformed inside, or over a limit.
    pub refused: u32,
}

/// Order of sending: the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    /// A log of this device: nobody else can send it yet.
    Own,
    /// A log that carries facts: without them others cannot open what follows.
    Facts,
    /// Any other.
    Other,
}

/// A sealed heartbeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The device's log, which names the slot.
    pub log: LogId,
    /// The envelope.
    pub envelope: Vec<u8>,
}

/// A roster as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRoster {
    /// A relay keeps the highest.
    pub number: u64,
    /// Encoded [`radrum_wire::Roster`].
    pub record: Vec<u8>,
}

/// Why the device's own store did not do its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// Locked, busy or closing: try again in a while.
    #[error("the store is not to be reached now")]
    Unavailable,
    /// No room on the disk: tell the user.
    #[error("the disk is full")]
    DiskFull,
}
