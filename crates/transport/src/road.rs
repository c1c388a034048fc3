use crate::address::Address;
use crate::clock::{Clock, Tick};
use crate::http::{Http, SetupError};
use radrum_sync::{Action, Answer, Event, Host, Memory, Relay, RequestId, Status};
use radrum_wire::{AuthKey, RegionId};
use std::future::Future;
use std::pin::Pin;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep_until};

/// Longest wait of the loop before it looks whether the computer slept.
const TICK: Duration = Duration::from_secs(10);

/// What a road over a relay starts with.
#[derive(Debug, Clone)]
pub struct RelayConfig {
    /// Where the relay is.
    pub address: Address,
    /// The krets.
    pub region: RegionId,
    /// The device's relay key; [`Host::sign`] signs with it.
    pub auth_key: AuthKey,
    /// What [`Host::store`] was last given for this relay.
    pub memory: Memory,
    /// Random: it spreads devices over time and protects nothing.
    pub seed: u64,
}

/// Why a road was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// This computer names no roots of TLS, or its proxy settings cannot be read.
    #[error("no HTTPS from this computer: {0}")]
    Https(String),
    /// The system gives no thread or no socket.
    #[error("no thread: {0}")]
    Thread(String),
    /// Another program listens at the port, or the system lets nobody listen there.
    #[error("no port: {0}")]
    Port(String),
    /// No keys can be drawn, or the system's TLS is of no use.
    #[error("no TLS: {0}")]
    Tls(String),
    /// The Exempelkrets is never sent.
    #[error("the Exempelkrets is never sent")]
    Example,
}

impl StartError {
    /// Stable name for logs and for the interface.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Https(_) => "road_no_https",
            Self::Thread(_) => "road_no_thread",
            Self::Port(_) => "road_no_port",
            Self::Tls(_) => "road_no_tls",
            Self::Example => "road_example",
        }
    }
}

impl From<SetupError> for StartError {
    fn from(error: SetupError) -> Self {
        Self::Https(error.0)
    }
}

/// An open road over a relay: one thread that drives a [`Relay`] machine with a runtime of its
/// own. All calls return at once, but [`RelayRoad::stop`]. A road that is dropped stops by
/// itself, a little later.
#[derive(Debug)]
pub struct RelayRoad {
    events: UnboundedSender<Event>,
    thread: JoinHandle<()>,
}

impl RelayRoad {
    /// Opens the road. `host` lives on the road's thread and may block there. `on_status` is
    /// called there too, at every change, with times that a wall clock showed; it should hand
    /// the status on and return.
    ///
    /// # Errors
    /// [`StartError`]. A relay that does not answer is none: the status says so.
    pub fn start<H, F>(config: RelayConfig, host: H, on_status: F) -> Result<Self, StartError>
    where
        H: Host + Send + 'static,
        F: Fn(Status) + Send + 'static,
    {
        let http = Http::new(config.address, config.region)?;
        let machine = Relay::new(config.region, config.auth_key, config.memory, config.seed);
        let failed = |error: std::io::Error| StartError::Thread(error.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        let (events, told) = unbounded_channel();
        let drive = move || {
            let road = Drive {
                machine,
                host,
                on_status,
                http,
                clock: Clock::start(),
                told,
                open: None,
                alarm: None,
            };
            runtime.block_on(road.run());
            // A name that is being looked up must not hold the end.
            runtime.shutdown_background();
        };
        let thread = thread::Builder::new()
            .name("relay road".to_string())
            .spawn(drive)
            .map_err(failed)?;
        Ok(Self { events, thread })
    }

    /// This device has written entries: they go at once.
    pub fn written(&self) {
        self.tell(Event::Written);
    }

    /// Entries have come by another road.
    pub fn imported(&self) {
        self.tell(Event::Imported);
    }

    /// The user asks to try again now.
    pub fn retry(&self) {
        self.tell(Event::Started);
    }

    /// The computer woke or has another network. The road sees a sleep by itself, within
    /// seconds; a system that tells is faster.
    pub fn resumed(&self) {
        self.tell(Event::Resumed);
    }

    /// The user looks at who has what.
    pub fn slots_wanted(&self) {
        self.tell(Event::SlotsWanted);
    }

    /// Gives the open request up and waits for the thread, which has then let go of the host.
    /// Takes as long as a call of the host that is under way, and no longer. Must not be
    /// called by `on_status`, which the thread would then wait for.
    pub fn stop(self) {
        self.tell(Event::Stopped);
        let _ = self.thread.join();
    }

    /// Whether the thread runs: false after the host panicked.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.thread.is_finished()
    }

    fn tell(&self, event: Event) {
        // Nobody hears it after a panic of the host.
        let _ = self.events.send(event);
    }
}

type Open = (RequestId, Pin<Box<dyn Future<Output = Answer>>>);

/// The loop: event, actions, next event.
struct Drive<H, F> {
    machine: Relay,
    host: H,
    on_status: F,
    http: Http,
    clock: Clock,
    told: UnboundedReceiver<Event>,
    open: Option<Open>,
    alarm: Option<Instant>,
}

impl<H: Host, F: Fn(Status)> Drive<H, F> {
    async fn run(mut self) {
        self.handle(Event::Started);
        loop {
            let tick = Tick::start();
            let events = self.next().await;
            if tick.has_slept(TICK) {
                self.handle(Event::Resumed);
            }
            for event in events {
                let is_last = event == Event::Stopped;
                self.handle(event);
                if is_last {
                    return;
                }
            }
        }
    }

    /// What happens next; nothing when only a tick has passed.
    async fn next(&mut self) -> Vec<Event> {
        let tick = Instant::now() + TICK;
        let wake = self.alarm.map_or(tick, |alarm| alarm.min(tick));
        tokio::select! {
            biased;
            event = self.told.recv() => self.drain(event),
            (id, answer) = answered(&mut self.open) => {
                self.open = None;
                vec![Event::Answered(id, answer)]
            }
            () = sleep_until(wake) => {
                let alarm = self.alarm.take_if(|alarm| *alarm <= Instant::now());
                alarm.map(|_| Event::Alarm).into_iter().collect()
            }
        }
    }

    /// What was told while the host was busy, each once; a stop goes before everything.
    fn drain(&mut self, first: Option<Event>) -> Vec<Event> {
        let Some(first) = first else {
            return vec![Event::Stopped];
        };
        let mut events = vec![first];
        while let Ok(event) = self.told.try_recv() {
            if !events.contains(&event) {
                events.push(event);
            }
        }
        if events.contains(&Event::Stopped) {
            return vec![Event::Stopped];
        }
        events
    }

    fn handle(&mut self, event: Event) {
        if event == Event::Resumed {
            self.http.renew();
        }
        let now = self.clock.now();
        for action in self.machine.handle(event, now, &mut self.host) {
            match action {
                Action::Send {
                    id,
                    request,
                    bearer,
                    timeout_ms,
                } => {
                    let timeout = Duration::from_millis(timeout_ms);
                    let answer = self.http.clone().carry(request, bearer, timeout);
                    self.open = Some((id, Box::pin(answer)));
                }
                Action::Cancel(id) => {
                    self.open.take_if(|(open, _)| *open == id);
                }
                Action::Alarm(ms) => self.alarm = Some(Instant::now() + Duration::from_millis(ms)),
                Action::Show(status) => (self.on_status)(status),
            }
        }
    }
}

/// Waits for the open request; for ever when there is none.
async fn answered(open: &mut Option<Open>) -> (RequestId, Answer) {
    match open {
        Some((id, answer)) => (*id, answer.await),
        None => std::future::pending().await,
    }
}
