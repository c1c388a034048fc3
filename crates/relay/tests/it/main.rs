//! The relay as clients, operators and strangers meet it.

mod chains;
mod cluster;
mod conformance;
mod device;
mod hostile;
mod kill;
mod paths;
mod process;
mod quotas;
mod refusals;
mod rosters;
mod running;
mod several;
