//! What a transport and the machine say to each other.

use crate::Status;
use radrum_wire::limits::RELAY_BODY_BYTES_MAX;
use radrum_wire::relay::{
    Challenge, ChallengeRequest, Pushed, RefusalCode, RelayState, Token, TokenRequest, Woken,
};
use radrum_wire::{Heads, LogId, Ranges};

/// Names one request. An answer to a request that was given up is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// What is asked of a relay; FORMAT.md section 8 says how. A transport makes the path with
/// [`radrum_wire::relay::Path`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Without a bearer.
    Challenge(ChallengeRequest),
    /// Without a bearer.
    Token(TokenRequest),
    /// What the relay holds.
    State,
    /// Entries after a cursor.
    Pull {
        /// The cursor.
        after: u64,
        /// Most bytes of the answer; a single frame may be longer.
        bytes: usize,
    },
    /// Frames for `/entries`, at most [`RELAY_BODY_BYTES_MAX`] bytes.
    Push(Vec<u8>),
    /// The relay's heads.
    Heads,
    /// Entries of ranges.
    Ranges(Ranges),
    /// Own heartbeat.
    PutSlot {
        /// Names the slot.
        log: LogId,
        /// One frame.
        frame: Vec<u8>,
    },
    /// All heartbeats.
    Slots,
    /// An encoded roster. Sent with a bearer when there is one.
    PutRoster(Vec<u8>),
    /// Parts of the newest whole snapshot.
    Snapshot {
        /// Number of the first part.
        first: u64,
        /// Most bytes of the answer; a single frame may be longer.
        bytes: usize,
    },
    /// Frames for `/snapshot`, at most [`RELAY_BODY_BYTES_MAX`] bytes.
    PushSnapshot(Vec<u8>),
    /// Entries of which only stubs are to stay.
    Drop(Heads),
    /// The key that the relay signs anonymous tokens with.
    Issuer,
    /// An encoded [`radrum_wire::Blinded`].
    Tokens(Vec<u8>),
    /// An encoded [`radrum_wire::AnonymousPost`]: without a bearer, over a connection that
    /// carries nothing else, before or after.
    Anonymous(Vec<u8>),
    /// An encoded [`radrum_wire::MailOrder`], sent as [`Request::Anonymous`] is.
    Mail(Vec<u8>),
    /// Encoded [`radrum_wire::Hints`].
    Hints(Vec<u8>),
    /// The long poll.
    Wait {
        /// The cursor.
        after: u64,
        /// Seconds that the relay may hold it.
        seconds: u64,
    },
}

impl Request {
    /// Whether it must not be known whose it is: it shows no bearer and shares no connection.
    #[must_use]
    pub const fn is_nameless(&self) -> bool {
        matches!(self, Self::Anonymous(_) | Self::Mail(_))
    }
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Request::Challenge`].
    Challenge(Challenge),
    /// To [`Request::Token`].
    Token(Token),
    /// To [`Request::State`].
    State(RelayState),
    /// To [`Request::Pull`], [`Request::Ranges`], [`Request::Slots`] and [`Request::Snapshot`].
    /// A transport reads no more than [`RELAY_BODY_BYTES_MAX`] bytes.
    Frames(FramesAnswer),
    /// To [`Request::Push`] and [`Request::PushSnapshot`].
    Pushed(Pushed),
    /// To [`Request::Heads`]: the record as it came.
    Heads(Vec<u8>),
    /// To [`Request::Issuer`] and [`Request::Tokens`]: the bytes as they came.
    Bytes(Vec<u8>),
    /// To [`Request::Wait`].
    Woken(Woken),
    /// To a PUT, to [`Request::Drop`], [`Request::Anonymous`], [`Request::Mail`] and
    /// [`Request::Hints`].
    Done,
    /// The relay said no, in its own form.
    Refused(Refused),
    /// No answer, an answer of another form (a proxy speaks), or one that was too long.
    Lost,
}

/// A body of frames with its headers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FramesAnswer {
    /// The body, as far as it came. A transport that lost the line in the middle gives what it
    /// has, without the headers: whole frames are kept and are not fetched again by range.
    pub frames: Vec<u8>,
    /// `radrum-cursor`; none for an answer that was cut off, or to other requests.
    pub cursor: Option<u64>,
    /// `radrum-more`.
    pub more: bool,
}

impl FramesAnswer {
    pub(super) fn is_within_limit(&self) -> bool {
        self.frames.len() <= RELAY_BODY_BYTES_MAX
    }
}

/// A refusal with its `Retry-After`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub code: RefusalCode,
    /// `Retry-After` in seconds, when it was there.
    pub retry_after_s: Option<u64>,
}

/// What the machine is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The road was opened, or the user asks to try again now.
    Started,
    /// An answer has come, or will not come.
    Answered(RequestId, Answer),
    /// The alarm went off.
    Alarm,
    /// The computer woke, or the network came or changed: what was open is dead.
    Resumed,
    /// This device has written entries.
    Written,
    /// Entries have come by another road, and the relay may lack them.
    Imported,
    /// The user looks at who has what.
    SlotsWanted,
    /// The road was closed.
    Stopped,
}

/// What the transport is to do, in this order. At most one request is open at a time, and an
/// event gives at most five actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Send, and tell the answer with the same id, also when there is none.
    Send {
        /// Names the request.
        id: RequestId,
        /// What to send.
        request: Request,
        /// For `Authorization: Bearer`.
        bearer: Option<Bearer>,
        /// Give up after this time and tell [`Answer::Lost`].
        timeout_ms: u64,
    },
    /// Give up a request; its answer is not wanted.
    Cancel(RequestId),
    /// Tell [`Event::Alarm`] after this time, in milliseconds. Replaces the alarm before.
    Alarm(u64),
    /// The status has changed.
    Show(Status),
}

/// A token that does not show itself in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Bearer(pub String);

impl std::fmt::Debug for Bearer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bearer(…)")
    }
}
