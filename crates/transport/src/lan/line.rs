//! One line with another device: round after round, as [`Peer`] says.

use super::inbox::Inbox;
use super::shared::Shared;
use super::status::LanStatus;
use radrum_sync::{Ending, Host, Peer, PeerAction, PeerEvent};
use radrum_wire::lan::Message;
use radrum_wire::limits::LAN_IDLE_S;
use radrum_wire::{AuthKey, Digest};
use std::collections::VecDeque;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, split};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until};

/// So much may wait to be sent before nothing more is read. Two devices that keep to the format
/// never have so much, so they never wait for each other.
const OUTBOX_MAX: usize = Message::BYTES_MAX;

/// How long the other may take nothing of what waits for it.
const STALL: Duration = Duration::from_secs(60);

/// Pause after a round, so that one who begins again and again costs next to nothing.
const REST: Duration = Duration::from_millis(50);

/// Time without a round after which this end begins one.
const IDLE: Duration = Duration::from_secs(LAN_IDLE_S / 2);

/// Most bytes that are read at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// How a line came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parted {
    /// After at least one whole round.
    Met,
    /// Before that.
    Fruitless,
}

/// Runs until the line breaks, the other misbehaves, or another line takes its place.
pub(super) async fn run<H: Host, F: Fn(LanStatus)>(
    stream: impl AsyncRead + AsyncWrite,
    key: AuthKey,
    replaced: &mut oneshot::Receiver<()>,
    shared: &Shared<H, F>,
) -> Parted {
    let mut line = Line::new(key, shared);
    let ending = line.carry(stream, replaced).await;
    line.tell_news();
    let parted = if line.has_met {
        Parted::Met
    } else {
        Parted::Fruitless
    };
    drop(line);
    if ending == Ending::StoreAway {
        shared.store_away();
    }
    parted
}

struct Line<'a, H, F> {
    shared: &'a Shared<H, F>,
    key: AuthKey,
    news: watch::Receiver<()>,
    inbox: Inbox,
    outbox: VecDeque<u8>,
    is_flushed: bool,
    moved_at: Instant,
    round: Option<Peer>,
    alarm: Instant,
    /// What was held when the round began.
    began_with: Option<Digest>,
    /// After the first whole round.
    has_met: bool,
    /// There may be something that the other has not been given.
    is_wanted: bool,
    rests_until: Instant,
    idle_at: Instant,
}

impl<'a, H: Host, F: Fn(LanStatus)> Line<'a, H, F> {
    fn new(key: AuthKey, shared: &'a Shared<H, F>) -> Self {
        let now = Instant::now();
        Self {
            shared,
            key,
            news: shared.listen(),
            inbox: Inbox::default(),
            outbox: VecDeque::new(),
            is_flushed: true,
            moved_at: now,
            round: None,
            alarm: now,
            began_with: None,
            has_met: false,
            is_wanted: true,
            rests_until: now,
            idle_at: now,
        }
    }

    async fn carry(
        &mut self,
        stream: impl AsyncRead + AsyncWrite,
        replaced: &mut oneshot::Receiver<()>,
    ) -> Ending {
        let (mut reader, mut writer) = split(stream);
        let mut chunk = vec![0; CHUNK_BYTES];
        loop {
            if let Err(ending) = self.settle() {
                return ending;
            }
            let (reads, wake) = (self.may_read(), self.wake());
            tokio::select! {
                biased;
                _ = &mut *replaced => return Ending::Lost,
                sent = write_some(&mut writer, &self.outbox), if !self.is_flushed => match sent {
                    Ok(bytes) => self.sent(bytes),
                    Err(_) => return Ending::Lost,
                },
                read = reader.read(&mut chunk), if reads => match read {
                    Ok(bytes) if bytes > 0 => self.inbox.push(&chunk[..bytes]),
                    _ => return Ending::Lost,
                },
                Ok(()) = self.news.changed() => self.is_wanted = true,
                () = sleep_until(wake) => {}
            }
        }
    }

    /// Everything that can be done without waiting.
    fn settle(&mut self) -> Result<(), Ending> {
        loop {
            let now = Instant::now();
            if !self.is_flushed && now >= self.moved_at + STALL {
                return Err(Ending::Lost);
            }
            if self.round.is_some() && now >= self.alarm {
                self.handle(PeerEvent::Alarm)?;
            }
            if self.round.is_none() {
                if now < self.rests_until {
                    return Ok(());
                }
                if self.is_wanted || now >= self.idle_at {
                    self.begin()?;
                }
            }
            if self.outbox.len() >= OUTBOX_MAX {
                return Ok(());
            }
            match self.inbox.take() {
                Ok(Some(message)) => self.received(message)?,
                Ok(None) => return Ok(()),
                Err(_) => return Err(Ending::Odd),
            }
        }
    }

    /// Only when nothing whole is left of what was read before.
    fn may_read(&self) -> bool {
        let is_awake = self.round.is_some() || Instant::now() >= self.rests_until;
        is_awake && self.outbox.len() < OUTBOX_MAX
    }

    fn wake(&self) -> Instant {
        let mut wake = if self.round.is_some() {
            self.alarm
        } else if Instant::now() < self.rests_until {
            self.rests_until
        } else {
            self.idle_at
        };
        if !self.is_flushed {
            wake = wake.min(self.moved_at + STALL);
        }
        wake
    }

    fn begin(&mut self) -> Result<(), Ending> {
        self.is_wanted = false;
        self.began_with = Some(self.shared.digest());
        self.round = Some(Peer::new(self.shared.own.region));
        self.handle(PeerEvent::Opened(self.key))
    }

    fn received(&mut self, message: Vec<u8>) -> Result<(), Ending> {
        if self.round.is_none() {
            self.begin()?;
        }
        self.handle(PeerEvent::Received(message))
    }

    fn handle(&mut self, event: PeerEvent) -> Result<(), Ending> {
        let Some(round) = &mut self.round else {
            return Ok(());
        };
        for action in self.shared.drive(round, event) {
            match action {
                PeerAction::Send(message) => self.send(&message)?,
                PeerAction::Alarm(ms) => self.alarm = Instant::now() + Duration::from_millis(ms),
                PeerAction::Close(Ending::Complete) => {
                    self.completed();
                    return Ok(());
                }
                PeerAction::Close(ending) => return Err(ending),
            }
        }
        Ok(())
    }

    fn send(&mut self, message: &[u8]) -> Result<(), Ending> {
        let length = Message::write_length(message.len()).map_err(|_| Ending::Odd)?;
        if self.is_flushed {
            self.moved_at = Instant::now();
            self.is_flushed = false;
        }
        self.outbox.extend(length);
        self.outbox.extend(message);
        Ok(())
    }

    /// Nothing was left to send when `bytes` is 0, and now the system has it all.
    fn sent(&mut self, bytes: usize) {
        self.outbox.drain(..bytes);
        self.moved_at = Instant::now();
        self.is_flushed = bytes == 0;
    }

    fn completed(&mut self) {
        let now = Instant::now();
        self.round = None;
        self.has_met = true;
        self.rests_until = now + REST;
        self.idle_at = now + IDLE;
        self.shared.completed();
        self.tell_news();
    }

    /// Entries that came on this line go on to the other lines. Not compared with what those
    /// have agreed on: in a round nobody knows what the other has been given since it began. A
    /// round too many is four short messages and brings no news.
    fn tell_news(&mut self) {
        let began_with = self.began_with.take();
        if began_with.is_none_or(|digest| digest == self.shared.digest()) {
            return;
        }
        self.is_wanted |= self.news.has_changed().unwrap_or_default();
        self.shared.news();
        self.news.mark_unchanged();
    }
}

/// Sends some of what waits, or has the system take what was sent before.
async fn write_some(
    writer: &mut (impl AsyncWrite + Unpin),
    outbox: &VecDeque<u8>,
) -> io::Result<usize> {
    let (first, _) = outbox.as_slices();
    if first.is_empty() {
        return writer.flush().await.map(|()| 0);
    }
    match writer.write(first).await {
        Ok(0) => Err(io::ErrorKind::WriteZero.into()),
        written => written,
    }
}
