use super::greeting::Own;
use super::lines::{Admitted, Lines};
use super::status::{Finding, LanProblem, LanStatus};
use super::tls::Tls;
use crate::clock::Clock;
use radrum_sync::{Host, Peer, PeerAction, PeerEvent};
use radrum_wire::lan::Side;
use radrum_wire::{AuthKey, Digest};
use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use tokio::sync::watch;

/// What all lines of a road use, on its one thread. No cell is held while anything is awaited.
pub(super) struct Shared<H, F> {
    pub(super) own: Own,
    pub(super) tls: Tls,
    pub(super) host: RefCell<H>,
    pub(super) lines: RefCell<Lines>,
    clock: RefCell<Clock>,
    news: watch::Sender<()>,
    status: Cell<LanStatus>,
    is_store_away: Cell<bool>,
    on_status: F,
}

impl<H: Host, F: Fn(LanStatus)> Shared<H, F> {
    pub(super) fn new(own: Own, tls: Tls, host: H, port: u16, on_status: F) -> Self {
        let status = LanStatus {
            port: Some(port),
            finding: Finding::Off,
            lines: 0,
            met_at: None,
            problem: None,
        };
        on_status(status);
        Self {
            own,
            tls,
            host: RefCell::new(host),
            lines: RefCell::new(Lines::new(own.key)),
            clock: RefCell::new(Clock::start()),
            news: watch::Sender::new(()),
            status: Cell::new(status),
            is_store_away: Cell::new(false),
            on_status,
        }
    }

    pub(super) fn listen(&self) -> watch::Receiver<()> {
        self.news.subscribe()
    }

    /// There may be entries that others have not been given.
    pub(super) fn news(&self) {
        self.news.send_replace(());
    }

    pub(super) fn digest(&self) -> Digest {
        self.host.borrow().holdings().digest()
    }

    pub(super) fn drive(&self, round: &mut Peer, event: PeerEvent) -> Vec<PeerAction> {
        let now = self.clock.borrow_mut().now();
        round.handle(event, now, &mut *self.host.borrow_mut())
    }

    pub(super) fn admit(&self, key: AuthKey, side: Side, from: IpAddr) -> Option<Admitted> {
        let admitted = self.lines.borrow_mut().admit(key, side, from);
        self.show();
        admitted
    }

    pub(super) fn has_line(&self, key: AuthKey) -> bool {
        self.lines.borrow().up().keys.contains(&key)
    }

    pub(super) fn closed(&self, key: AuthKey, line: &Admitted) {
        self.lines.borrow_mut().closed(key, line);
        self.show();
    }

    pub(super) fn completed(&self) {
        self.is_store_away.set(false);
        let now = self.clock.borrow_mut().now();
        let mut status = self.status.get();
        status.met_at = Some(now);
        self.change(status);
    }

    pub(super) fn store_away(&self) {
        self.is_store_away.set(true);
        self.show();
    }

    pub(super) fn finding(&self, finding: Finding) {
        let mut status = self.status.get();
        status.finding = finding;
        self.change(status);
    }

    /// The road is closed.
    pub(super) fn end(&self) {
        let mut status = self.status.get();
        status.port = None;
        status.finding = Finding::Off;
        *self.lines.borrow_mut() = Lines::new(self.own.key);
        self.change(status);
    }

    fn show(&self) {
        self.change(self.status.get());
    }

    fn change(&self, mut status: LanStatus) {
        status.lines = self.lines.borrow().count();
        status.problem = if self.is_store_away.get() {
            Some(LanProblem::StoreAway)
        } else {
            (status.finding == Finding::Impossible).then_some(LanProblem::NoMulticast)
        };
        if self.status.replace(status) != status {
            (self.on_status)(status);
        }
    }
}
