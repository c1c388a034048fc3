//! Stories of one office: what a colleague does, and what must be true afterwards.

mod anonymous;
mod ansvar;
mod ask;
mod backup;
mod day_one;
mod erase;
mod evil_relay;
mod export;
mod fou;
mod guard;
mod hand_over;
mod krets;
mod members;
mod newer;
mod rebuild;
mod records;
mod relay;
mod roads;
mod saving;
mod secrecy;
mod shell;
mod snapshot;
mod starter;
mod statutes;
mod trouble;
mod two_years;
