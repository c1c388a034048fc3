//! The seal against forgers, and the life of a small krets.

mod forgery;
mod join;
mod krets;
mod log;
mod membership;
mod vectors;
