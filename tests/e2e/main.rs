//! Journeys through the real window, driven as a person drives it.
#![cfg(target_os = "linux")]

mod access;
mod ask;
mod asking;
mod axe;
mod back;
mod backup;
mod bulletins;
mod dialog;
mod driver;
mod erase;
mod follow;
mod guard;
mod hand_over;
mod hostile;
mod introduction;
mod journey;
mod keyboard;
mod keyring;
mod krets;
mod late;
mod meet;
mod members;
mod municipality;
mod nameless;
mod pages;
mod photo;
mod quiet;
mod restore;
mod stage;
mod starts;
mod stick;
mod tour;
mod voices;
mod week;
mod window;
