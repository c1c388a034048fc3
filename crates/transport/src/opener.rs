use crate::{
    Address, AddressError, Discovery, LanAddress, LanConfig, LanRoad, LanStatus, RelayConfig,
    RelayRoad,
};
use radrum_sync::{HostBox, LanOpening, OnLan, OnStatus, Opener, RelayOpening, Road};
use std::net::{Ipv4Addr, SocketAddr};

/// Opens roads over relays by HTTPS (on this computer also by HTTP), and on the local network.
#[derive(Debug, Clone, Copy, Default)]
pub struct Roads;

impl Opener for Roads {
    fn check_relay(&self, address: &str) -> Result<(), &'static str> {
        let parsed: Result<Address, AddressError> = address.parse();
        parsed.map(|_| ()).map_err(AddressError::code)
    }

    fn open_relay(
        &self,
        opening: RelayOpening,
        host: HostBox,
        on_status: OnStatus,
    ) -> Result<Box<dyn Road>, &'static str> {
        let config = RelayConfig {
            address: opening.address.parse().map_err(AddressError::code)?,
            region: opening.region,
            auth_key: opening.auth_key,
            memory: opening.memory,
            seed: opening.seed,
        };
        match RelayRoad::start(config, host, on_status) {
            Ok(road) => Ok(Box::new(road)),
            Err(error) => Err(error.code()),
        }
    }

    fn check_lan(&self, address: &str) -> Result<(), &'static str> {
        let parsed: Result<LanAddress, AddressError> = address.parse();
        parsed.map(|_| ()).map_err(AddressError::code)
    }

    fn open_lan(
        &self,
        opening: LanOpening,
        host: HostBox,
        on_lan: OnLan,
    ) -> Result<Box<dyn Road>, &'static str> {
        let addresses = opening.addresses.iter().map(|address| address.parse());
        let config = LanConfig {
            region: opening.region,
            auth_key: opening.auth_key,
            listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, opening.port)),
            discovery: Discovery::Network,
            addresses: addresses
                .collect::<Result<_, AddressError>>()
                .map_err(AddressError::code)?,
        };
        let on_status = move |status: LanStatus| on_lan(status.into());
        match LanRoad::start(config, host, on_status) {
            Ok(road) => Ok(Box::new(road)),
            Err(error) => Err(error.code()),
        }
    }
}

impl Road for RelayRoad {
    fn written(&self) {
        Self::written(self);
    }

    fn imported(&self) {
        Self::imported(self);
    }

    fn retry(&self) {
        Self::retry(self);
    }

    fn slots_wanted(&self) {
        Self::slots_wanted(self);
    }

    fn stop(self: Box<Self>) {
        Self::stop(*self);
    }
}

impl Road for LanRoad {
    fn written(&self) {
        Self::written(self);
    }

    fn imported(&self) {
        Self::imported(self);
    }

    fn retry(&self) {
        Self::retry(self);
    }

    // Heartbeats go over relays and sticks.
    fn slots_wanted(&self) {}

    fn stop(self: Box<Self>) {
        Self::stop(*self);
    }
}
