//! The loop of the road: who calls, whom to call, and who is announced.

use super::LanAddress;
use super::announce::{Announcement, Discovery, Heard, Multicast};
use super::calls::{Called, Calls, Target};
use super::meet::{answer, call};
use super::shared::Shared;
use super::status::{Finding, LanStatus};
use crate::clock::Tick;
use radrum_sync::Host;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, sleep, sleep_until};

/// Longest wait of the loop before it looks whether the computer slept.
const TICK: Duration = Duration::from_secs(10);

/// Pause when the system gives no more sockets.
const NO_SOCKETS: Duration = Duration::from_millis(200);

/// How long an announcement may take before the user is told to type addresses; and how long
/// multicast that has ended is left alone.
const ANNOUNCED: Duration = Duration::from_secs(20);

/// What the app says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    News,
    Again,
    Addresses(Vec<LanAddress>),
    Stop,
}

/// A call that is over; none for a line that somebody else called.
type Ended = Option<(Target, Called)>;

pub(super) struct Drive<H, F> {
    listener: TcpListener,
    announcement: Announcement,
    discovery: Discovery,
    shared: Rc<Shared<H, F>>,
    calls: Calls,
    multicast: Option<Multicast>,
    /// When to give the announcement up, or to try it again.
    look: Option<Instant>,
    lines: JoinSet<Ended>,
}

impl<H: Host + 'static, F: Fn(LanStatus) + 'static> Drive<H, F> {
    pub(super) fn new(
        listener: TcpListener,
        announcement: Announcement,
        discovery: Discovery,
        shared: Rc<Shared<H, F>>,
    ) -> Self {
        Self {
            listener,
            announcement,
            discovery,
            shared,
            calls: Calls::new(announcement.instance),
            multicast: None,
            look: None,
            lines: JoinSet::new(),
        }
    }

    /// Until told to stop, or until nobody is left who could.
    pub(super) async fn run(
        &mut self,
        addresses: Vec<LanAddress>,
        mut told: UnboundedReceiver<Told>,
    ) {
        self.calls.typed(addresses, Instant::now());
        self.announce();
        loop {
            self.call();
            let (tick, wake) = (Tick::start(), self.wake());
            tokio::select! {
                biased;
                told = told.recv() => match told {
                    None | Some(Told::Stop) => break,
                    Some(told) => self.told(told),
                },
                Some(ended) = self.lines.join_next(), if !self.lines.is_empty() => {
                    self.ended(ended);
                }
                heard = heard(self.multicast.as_ref()) => self.heard(heard),
                () = sleep_until(wake) => self.look(),
                caller = self.listener.accept() => self.called(caller).await,
            }
            if tick.has_slept(TICK) {
                self.told(Told::Again);
            }
        }
        // Nobody waits for a farewell on a line: the other end sees it closed.
        self.lines.abort_all();
        if let Some(multicast) = self.multicast.take() {
            multicast.stop().await;
        }
    }

    fn told(&mut self, told: Told) {
        match told {
            Told::News => self.shared.news(),
            Told::Addresses(addresses) => self.calls.typed(addresses, Instant::now()),
            Told::Again => {
                self.calls.again(Instant::now());
                // A line that leads nowhere any more shows it by its next round.
                self.shared.news();
                if self.multicast.is_none() {
                    self.announce();
                }
            }
            Told::Stop => {}
        }
    }

    fn wake(&self) -> Instant {
        let tick = Instant::now() + TICK;
        let up = self.shared.lines.borrow().up();
        let next = self.calls.next(&up).into_iter().chain(self.look);
        next.fold(tick, Instant::min)
    }

    fn announce(&mut self) {
        if self.discovery == Discovery::Off {
            return;
        }
        self.look = Some(Instant::now() + ANNOUNCED);
        match Multicast::start(&self.announcement, self.discovery) {
            Ok(multicast) => {
                self.multicast = Some(multicast);
                self.shared.finding(Finding::Beginning);
            }
            Err(_) => self.shared.finding(Finding::Impossible),
        }
    }

    /// Time has passed.
    fn look(&mut self) {
        if self.look.is_some_and(|look| look <= Instant::now()) {
            self.look = None;
            if self.multicast.is_some() {
                self.shared.finding(Finding::Impossible);
            } else {
                self.announce();
            }
        }
    }

    fn heard(&mut self, heard: Heard) {
        match heard {
            Heard::Announced => {
                self.look = None;
                self.shared.finding(Finding::On);
            }
            // Before the first announcement; after it one network of several is away.
            Heard::Failed if self.look.is_some() => self.shared.finding(Finding::Impossible),
            Heard::Failed => {}
            Heard::Ended => {
                self.multicast = None;
                self.look = Some(Instant::now() + ANNOUNCED);
                self.shared.finding(Finding::Impossible);
            }
            Heard::Found(instance, places) => self.calls.found(instance, places, Instant::now()),
            Heard::Gone(instance) => self.calls.gone(instance),
        }
    }

    fn call(&mut self) {
        let up = self.shared.lines.borrow().up();
        for (target, place) in self.calls.due(Instant::now(), &up) {
            let shared = Rc::clone(&self.shared);
            self.lines.spawn_local(async move {
                let called = call(place, &shared).await;
                Some((target, called))
            });
        }
    }

    async fn called(&mut self, caller: io::Result<(TcpStream, SocketAddr)>) {
        let Ok((stream, from)) = caller else {
            sleep(NO_SOCKETS).await;
            return;
        };
        let from = from.ip();
        if !self.shared.lines.borrow_mut().knocks(from) {
            return;
        }
        let shared = Rc::clone(&self.shared);
        self.lines.spawn_local(async move {
            answer(stream, from, &shared).await;
            None
        });
    }

    fn ended(&mut self, ended: Result<Ended, JoinError>) {
        match ended {
            Ok(Some((target, called))) => self.calls.ended(&target, called, Instant::now()),
            Ok(None) => {}
            // The host panicked. It is not used again: the thread ends with the panic.
            Err(error) => {
                if let Ok(panic) = error.try_into_panic() {
                    std::panic::resume_unwind(panic);
                }
            }
        }
    }
}

/// What is heard next; for ever nothing when nobody listens.
async fn heard(multicast: Option<&Multicast>) -> Heard {
    match multicast {
        Some(multicast) => multicast.next().await,
        None => std::future::pending().await,
    }
}
