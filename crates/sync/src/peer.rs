pub use radrum_wire::lan::Message;

use crate::fetch::Fetch;
use crate::time::{Instant, Timer};
use crate::{Host, LIST_POSITIONS, RangeSet};
use radrum_wire::{AuthKey, Digest, Head, Range, Ranges, RegionId, Seq, write_frame};

/// Most bytes of frames in one message, unless one frame alone is longer.
const FRAMES_BYTES: usize = 1024 * 1024;

/// Silence after which a peer is given up, in milliseconds.
const SILENCE_MS: u64 = 60_000;

/// Most messages that are taken from a peer in one round: enough for millions of entries.
const MESSAGES_MAX: u32 = 65_536;

/// One round with another device of the krets, over a line that is sealed and whose other end
/// has proved its key. Both ends run the same machine; both have the same when it is over.
///
/// Digests first; when they differ, heads; then each end asks for ranges and gets one message
/// of frames for each question. So neither end can send more than the other asked for.
#[derive(Debug, Clone)]
pub struct Peer {
    region: RegionId,
    state: State,
    hello: Option<Digest>,
    sent_heads: Sent,
    fetch: Option<Fetch>,
    is_asking: bool,
    has_finished: bool,
    they_finished: bool,
    taken: u32,
    silence: Option<Timer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    No,
    Yes,
}

/// What the machine is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerEvent {
    /// The line is open, and its other end has proved that it holds this
    /// relay key.
    Opened(AuthKey),
    /// One message, as it came: at most [`Message::BYTES_MAX`] bytes.
    Received(Vec<u8>),
    /// The alarm went off.
    Alarm,
    /// The line broke.
    Lost,
}

/// What the transport is to do, in this order; at most three actions for each event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerAction {
    /// Send one message.
    Send(Vec<u8>),
    /// Tell [`PeerEvent::Alarm`] after this time, in milliseconds. Replaces the one before.
    Alarm(u64),
    /// Close the line. Nothing comes after this.
    Close(Ending),
}

/// How a round ended. What was stored stays in every case, and the next round goes on there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Both have everything that either had, as far as it was given.
    Complete,
    /// The other is no member, of another krets, or this is the Exempelkrets.
    Stranger,
    /// The other speaks against the format, or without end.
    Odd,
    /// The line broke or fell silent.
    Lost,
    /// Our own store did not take what came.
    StoreAway,
}

impl Peer {
    /// A round that has not begun.
    #[must_use]
    pub const fn new(region: RegionId) -> Self {
        Self {
            region,
            state: State::New,
            hello: None,
            sent_heads: Sent::No,
            fetch: None,
            is_asking: false,
            has_finished: false,
            they_finished: false,
            taken: 0,
            silence: None,
        }
    }

    /// Takes one event and says what to do. After [`PeerAction::Close`] it says nothing more.
    pub fn handle(
        &mut self,
        event: PeerEvent,
        now: Instant,
        host: &mut impl Host,
    ) -> Vec<PeerAction> {
        let mut actions = Vec::new();
        let done = match (self.state, event) {
            (State::Closed, _) => return actions,
            (State::New, PeerEvent::Opened(key)) => self.opened(key, host, &mut actions),
            (State::Open, PeerEvent::Received(message)) => {
                self.received(&message, now, host, &mut actions)
            }
            (State::Open, PeerEvent::Alarm) => Ok(()),
            (_, PeerEvent::Lost) => Err(Ending::Lost),
            _ => Err(Ending::Odd),
        };
        let silence = *self.silence.get_or_insert(Timer::start(now, SILENCE_MS));
        let ending = match done {
            Err(ending) => Some(ending),
            Ok(()) if self.has_finished && self.they_finished => Some(Ending::Complete),
            Ok(()) if silence.is_over(now) => Some(Ending::Lost),
            Ok(()) => None,
        };
        actions.push(match ending {
            Some(ending) => {
                self.state = State::Closed;
                self.fetch = None;
                PeerAction::Close(ending)
            }
            None => PeerAction::Alarm(silence.left_ms(now).max(1)),
        });
        actions
    }

    fn opened(
        &mut self,
        key: AuthKey,
        host: &impl Host,
        actions: &mut Vec<PeerAction>,
    ) -> Result<(), Ending> {
        if self.region == RegionId::EXAMPLE || !host.is_member(key) {
            return Err(Ending::Stranger);
        }
        self.state = State::Open;
        let digest = host.holdings().digest();
        self.hello = Some(digest);
        send(actions, &Message::Hello(self.region, digest))
    }

    fn received(
        &mut self,
        message: &[u8],
        now: Instant,
        host: &mut impl Host,
        actions: &mut Vec<PeerAction>,
    ) -> Result<(), Ending> {
        self.taken += 1;
        if self.taken > MESSAGES_MAX {
            return Err(Ending::Odd);
        }
        self.silence = Some(Timer::start(now, SILENCE_MS));
        match Message::decode(message).map_err(|_| Ending::Odd)? {
            Message::Hello(region, digest) => self.greeted(region, digest, host, actions),
            Message::Heads(heads) => {
                if self.sent_heads == Sent::No || self.fetch.is_some() || self.has_finished {
                    return Err(Ending::Odd);
                }
                self.fetch = Some(Fetch::new(heads));
                self.ask(host, actions)
            }
            Message::Ask(ranges) if !self.they_finished => {
                send(actions, &Message::Frames(frames(&ranges, host)))
            }
            Message::Frames(frames) if self.is_asking => {
                self.is_asking = false;
                self.take(&frames, host)?;
                self.ask(host, actions)
            }
            Message::Done if !self.they_finished => {
                self.they_finished = true;
                Ok(())
            }
            _ => Err(Ending::Odd),
        }
    }

    fn greeted(
        &mut self,
        region: RegionId,
        digest: Digest,
        host: &impl Host,
        actions: &mut Vec<PeerAction>,
    ) -> Result<(), Ending> {
        if region != self.region {
            return Err(Ending::Stranger);
        }
        if self.sent_heads == Sent::Yes || self.has_finished {
            return Err(Ending::Odd);
        }
        // Both ends compare the same two digests, also when something was written meanwhile.
        if self.hello == Some(digest) {
            return self.finish(actions);
        }
        self.sent_heads = Sent::Yes;
        send(actions, &Message::Heads(host.holdings().heads()))
    }

    fn ask(&mut self, host: &impl Host, actions: &mut Vec<PeerAction>) -> Result<(), Ending> {
        let holds = |head: &Head| host.holds(head);
        let fetch = self.fetch.as_mut().ok_or(Ending::Odd)?;
        match fetch.ask(&host.holdings(), &holds) {
            Some(ranges) => {
                self.is_asking = true;
                send(actions, &Message::Ask(ranges))
            }
            None => self.finish(actions),
        }
    }

    fn finish(&mut self, actions: &mut Vec<PeerAction>) -> Result<(), Ending> {
        self.has_finished = true;
        send(actions, &Message::Done)
    }

    fn take(&mut self, frames: &[u8], host: &mut impl Host) -> Result<(), Ending> {
        let fetch = self.fetch.as_mut().ok_or(Ending::Odd)?;
        let sifted = fetch.sift(frames, self.region);
        let new = if sifted.envelopes.is_empty() {
            0
        } else {
            let stored = host.store(&sifted.envelopes, None);
            stored.map_err(|_| Ending::StoreAway)?.new
        };
        fetch.answered(new);
        Ok(())
    }
}

fn send(actions: &mut Vec<PeerAction>, message: &Message) -> Result<(), Ending> {
    // Nothing of ours is over a limit, unless the krets has outgrown the format.
    let bytes = message.encode().map_err(|_| Ending::StoreAway)?;
    actions.push(PeerAction::Send(bytes));
    Ok(())
}

/// The beginning of what was asked for, as much as one message carries.
fn frames(ranges: &Ranges, host: &impl Host) -> Vec<u8> {
    let asked: RangeSet = ranges.0.iter().copied().collect();
    // Only what may be here is looked up: a question may name 2^63 positions.
    let asked = asked.intersection(&host.holdings().reach());
    let mut body = Vec::new();
    for range in asked.iter() {
        let mut first = range.first;
        while first <= range.last {
            let last = Seq(range.last.0.min(first.0.saturating_add(LIST_POSITIONS - 1)));
            for entry in host.list(&Range {
                first,
                last,
                ..range
            }) {
                let head = Head {
                    log: range.log,
                    seq: entry.seq,
                    hash: entry.hash,
                };
                let Some(envelope) = host.read(&head) else {
                    continue;
                };
                if !body.is_empty() && body.len() + envelope.len() > FRAMES_BYTES {
                    return body;
                }
                // An envelope over the limit of a frame is left out; none is stored.
                let _ = write_frame(&mut body, &envelope);
            }
            first = Seq(last.0.saturating_add(1));
        }
    }
    body
}
