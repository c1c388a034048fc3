//! Faults of the computer: a program that is killed, power that is cut, a disk that is full,
//! a panic. The real program on a real file.

mod image;
mod kill;
mod limit;
mod power;
mod quiet;
mod restore;
mod trace;
