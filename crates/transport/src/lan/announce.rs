//! Multicast DNS: what is announced, and who else is. A thread of the library does the work.

use mdns_sd::{DaemonEvent, Error, IfKind, Receiver, ResolvedService, ScopedIp, ServiceDaemon};
use mdns_sd::{ServiceEvent, ServiceInfo};
use radrum_wire::lan::{SERVICE, TAG_KEY, tag};
use radrum_wire::{LanName, RegionId};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::timeout;

/// Most addresses of one instance that are called.
const PLACES_MAX: usize = 8;

/// How long the farewell may take.
const FAREWELL: Duration = Duration::from_millis(500);

/// Where devices look for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discovery {
    /// Nowhere: only typed addresses are called.
    Off,
    /// On the networks of this computer.
    Network,
    /// On this computer, where several profiles run.
    ThisComputer,
}

/// What was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// Our own announcement has gone out.
    Announced,
    /// Some network does not let us.
    Failed,
    /// Nothing will be heard any more.
    Ended,
    /// Somebody of the krets is there.
    Found(LanName, Vec<SocketAddr>),
    /// No longer.
    Gone(LanName),
}

/// What this device shows of itself to everybody on the network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Announcement {
    pub(super) region: RegionId,
    /// Random.
    pub(super) instance: LanName,
    /// Random.
    pub(super) computer: LanName,
    pub(super) port: u16,
}

impl Announcement {
    /// Without the computer's own name, which often is a person's or an office's.
    fn info(&self) -> Result<ServiceInfo, Error> {
        let host = format!("{}.local.", self.computer);
        let tag = tag(self.region, self.instance).to_string();
        let fields = [(TAG_KEY, tag.as_str())];
        let (instance, port) = (self.instance.to_string(), self.port);
        let info = ServiceInfo::new(&domain(), &instance, &host, (), port, &fields[..])?;
        Ok(info.enable_addr_auto())
    }
}

/// An announcement that goes on until it is stopped.
pub(super) struct Multicast {
    region: RegionId,
    daemon: ServiceDaemon,
    name: String,
    others: Receiver<ServiceEvent>,
    own: Receiver<DaemonEvent>,
}

impl Multicast {
    pub(super) fn start(announcement: &Announcement, discovery: Discovery) -> Result<Self, Error> {
        let daemon = ServiceDaemon::new()?;
        // The road listens on IPv4.
        daemon.disable_interface(IfKind::IPv6)?;
        if discovery == Discovery::ThisComputer {
            daemon.disable_interface(IfKind::IPv4)?;
            daemon.enable_interface(IfKind::LoopbackV4)?;
        } else {
            daemon.disable_interface(IfKind::LoopbackV4)?;
        }
        let own = daemon.monitor()?;
        let info = announcement.info()?;
        let name = info.get_fullname().to_string();
        daemon.register(info)?;
        let others = daemon.browse(&domain())?;
        Ok(Self {
            region: announcement.region,
            daemon,
            name,
            others,
            own,
        })
    }

    /// What is heard next. Nothing is lost when it is not awaited to its end.
    pub(super) async fn next(&self) -> Heard {
        loop {
            let heard = tokio::select! {
                event = self.own.recv_async() => match event {
                    Ok(DaemonEvent::Announce(..)) => Some(Heard::Announced),
                    Ok(DaemonEvent::Error(_)) => Some(Heard::Failed),
                    Ok(_) => None,
                    Err(_) => Some(Heard::Ended),
                },
                event = self.others.recv_async() => match event {
                    Ok(event) => heard(self.region, event),
                    Err(_) => Some(Heard::Ended),
                },
            };
            if let Some(heard) = heard {
                return heard;
            }
        }
    }

    /// Says farewell, so that others forget at once, and ends the thread.
    pub(super) async fn stop(self) {
        if let Ok(done) = self.daemon.unregister(&self.name) {
            let _ = timeout(FAREWELL, done.recv_async()).await;
        }
        if let Ok(done) = self.daemon.shutdown() {
            let _ = timeout(FAREWELL, done.recv_async()).await;
        }
    }
}

/// Also when the road ends by a panic of its host: the library's thread would announce it for
/// ever.
impl Drop for Multicast {
    fn drop(&mut self) {
        let _ = self.daemon.shutdown();
    }
}

/// What an event means to a device of this krets; none if nothing.
fn heard(region: RegionId, event: ServiceEvent) -> Option<Heard> {
    match event {
        ServiceEvent::ServiceResolved(found) => {
            let instance = instance(found.get_fullname())?;
            let told = found.get_property_val_str(TAG_KEY)?;
            let is_ours = told == tag(region, instance).to_string();
            is_ours.then(|| Heard::Found(instance, places(&found)))
        }
        ServiceEvent::ServiceRemoved(_, name) => instance(&name).map(Heard::Gone),
        _ => None,
    }
}

fn places(found: &ResolvedService) -> Vec<SocketAddr> {
    let v4 = found
        .get_addresses()
        .iter()
        .filter_map(|address| match address {
            ScopedIp::V4(address) => Some(SocketAddr::from((*address.addr(), found.get_port()))),
            _ => None,
        });
    let mut places: Vec<SocketAddr> = v4.filter(|place| place.port() != 0).collect();
    places.sort_unstable();
    places.truncate(PLACES_MAX);
    places
}

fn instance(name: &str) -> Option<LanName> {
    let instance = name.strip_suffix(&format!(".{}", domain()))?;
    instance.parse().ok()
}

fn domain() -> String {
    format!("{SERVICE}.local.")
}

#[cfg(test)]
mod tests;
