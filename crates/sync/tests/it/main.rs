//! The machines against offices and a relay in memory.

mod bundle;
mod drive;
mod hostile;
mod idle;
mod model;
mod office;
mod peer;
mod refusals;
mod rounds;
mod world;
