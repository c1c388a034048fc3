use crate::{Address, RelayConfig, RelayRoad};
use radrum_sync::{HostBox, OnStatus, Opener, RelayOpening, Road};

/// Opens roads over relays by HTTPS; on this computer also by HTTP.
#[derive(Debug, Clone, Copy, Default)]
pub struct Https;

impl Opener for Https {
    fn check_relay(&self, address: &str) -> Result<(), &'static str> {
        let parsed: Result<Address, _> = address.parse();
        parsed.map(|_| ()).map_err(|error| error.code())
    }

    fn open_relay(
        &self,
        opening: RelayOpening,
        host: HostBox,
        on_status: OnStatus,
    ) -> Result<Box<dyn Road>, &'static str> {
        let config = RelayConfig {
            address: opening
                .address
                .parse()
                .map_err(|error: crate::AddressError| error.code())?,
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
