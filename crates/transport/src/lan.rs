//! The road on the local network: other devices of the krets, without a relay.
//!
//! One thread with a runtime of its own listens, calls and drives one [`radrum_sync::Peer`] a
//! line. Off until the app starts it. What stands on a line is FORMAT.md section 10: no device
//! shows its key to a stranger who calls, nor its heads to any but a member. Between rounds a
//! line stays open, so news go on at once.

mod address;
mod announce;
mod calls;
mod drive;
mod greeting;
mod inbox;
mod line;
mod lines;
mod meet;
mod shared;
mod status;
mod tls;

pub use address::LanAddress;
pub use announce::Discovery;
pub use status::{Finding, LanProblem, LanStatus};

use crate::StartError;
use announce::Announcement;
use drive::{Drive, Told};
use greeting::Own;
use radrum_sync::Host;
use radrum_wire::{AuthKey, RegionId};
use shared::Shared;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::thread::{self, JoinHandle};
use tls::Tls;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;

/// What a road on the local network starts with.
#[derive(Debug, Clone)]
pub struct LanConfig {
    /// The krets.
    pub region: RegionId,
    /// The device's relay key; [`Host::sign`] signs with it.
    pub auth_key: AuthKey,
    /// Where to listen: `0.0.0.0` for all networks of this computer, and port 0 for any that
    /// is free. A port that others type must stay the same.
    pub listen: SocketAddr,
    /// Whether devices find each other by themselves.
    pub discovery: Discovery,
    /// Where other devices listen, as people typed it. The first 64 are called.
    pub addresses: Vec<LanAddress>,
}

/// An open road on the local network. All calls return at once, but [`LanRoad::stop`]. A road
/// that is dropped stops by itself, a little later.
#[derive(Debug)]
pub struct LanRoad {
    told: UnboundedSender<Told>,
    thread: JoinHandle<()>,
    port: u16,
}

impl LanRoad {
    /// Opens the road. `host` lives on the road's thread and may block there. `on_status` is
    /// called there too, at every change; it should hand the status on and return.
    ///
    /// # Errors
    /// [`StartError`]. A network without multicast is none: the status says so.
    pub fn start<H, F>(config: LanConfig, host: H, on_status: F) -> Result<Self, StartError>
    where
        H: Host + Send + 'static,
        F: Fn(LanStatus) + Send + 'static,
    {
        if config.region == RegionId::EXAMPLE {
            return Err(StartError::Example);
        }
        let tls = Tls::new()?;
        let (instance, computer) = (tls::draw()?, tls::draw()?);
        let no_port = |error: io::Error| StartError::Port(error.to_string());
        let listener = TcpListener::bind(config.listen).map_err(no_port)?;
        listener.set_nonblocking(true).map_err(no_port)?;
        let port = listener.local_addr().map_err(no_port)?.port();
        let no_thread = |error: io::Error| StartError::Thread(error.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(no_thread)?;
        let announcement = Announcement {
            region: config.region,
            instance,
            computer,
            port,
        };
        let (teller, told) = unbounded_channel();
        let run = move || {
            let own = Own {
                region: config.region,
                key: config.auth_key,
            };
            let shared = Rc::new(Shared::new(own, tls, host, port, on_status));
            let opening = Opening {
                listener,
                announcement,
                discovery: config.discovery,
                addresses: config.addresses,
                told,
            };
            // Lines live no longer than this.
            let lines = LocalSet::new();
            runtime.block_on(lines.run_until(run(opening, shared)));
            drop(lines);
            // A name that is being looked up must not hold the end.
            runtime.shutdown_background();
        };
        let thread = thread::Builder::new().name("lan road".to_string());
        Ok(Self {
            told: teller,
            thread: thread.spawn(run).map_err(no_thread)?,
            port,
        })
    }

    /// Where this device listens, for a colleague who types the address.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// This device has written entries: they go at once.
    pub fn written(&self) {
        self.tell(Told::News);
    }

    /// Entries have come by another road.
    pub fn imported(&self) {
        self.tell(Told::News);
    }

    /// The user asks to try again now.
    pub fn retry(&self) {
        self.tell(Told::Again);
    }

    /// The computer woke or has another network. The road sees both by itself, a little later.
    pub fn resumed(&self) {
        self.tell(Told::Again);
    }

    /// People have typed these addresses; others are no longer called. The first 64 count.
    pub fn addresses(&self, addresses: Vec<LanAddress>) {
        self.tell(Told::Addresses(addresses));
    }

    /// Closes all lines and waits for the thread, which has then let go of the host. Takes as
    /// long as a call of the host that is under way, and the farewell of the announcement: at
    /// most a second. Must not be called by `on_status`, which the thread would then wait for.
    pub fn stop(self) {
        self.tell(Told::Stop);
        let _ = self.thread.join();
    }

    /// Whether the thread runs: false after the host panicked.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.thread.is_finished()
    }

    fn tell(&self, told: Told) {
        // Nobody hears it after a panic of the host.
        let _ = self.told.send(told);
    }
}

/// What the thread takes over.
struct Opening {
    listener: TcpListener,
    announcement: Announcement,
    discovery: Discovery,
    addresses: Vec<LanAddress>,
    told: UnboundedReceiver<Told>,
}

async fn run<H, F>(opening: Opening, shared: Rc<Shared<H, F>>)
where
    H: Host + 'static,
    F: Fn(LanStatus) + 'static,
{
    // The system gave the socket; that its runtime cannot wait for it does not happen.
    if let Ok(listener) = tokio::net::TcpListener::from_std(opening.listener) {
        let mut drive = Drive::new(
            listener,
            opening.announcement,
            opening.discovery,
            Rc::clone(&shared),
        );
        drive.run(opening.addresses, opening.told).await;
    }
    shared.end();
}
