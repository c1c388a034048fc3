//! Devices on one network, and programs that are none of the krets.

mod exchange;
mod found;
mod hostile;
mod office;
mod proof;
mod spy;
