//! Prints the vectors of FORMAT.md:
//! `cargo run -p radrum-seal --example vectors > crates/wire/vectors/v1.txt`.
//!
//! Only while the format is being made: after the first tagged release the file stays.

#![allow(clippy::print_stdout, reason = "a tool, not the library")]

#[path = "../tests/it/vectors/make.rs"]
mod make;

fn main() -> Result<(), radrum_seal::SealError> {
    print!("{}", make::all()?);
    Ok(())
}
