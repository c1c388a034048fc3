//! Letters as file and as text, and what is sealed in them.

use crate::krets::{KRETS, sealed};
use crate::record::read;
use radrum_seal::{Asking, Random, SealError, accept, ask, read_request};
use radrum_wire::{Invitation, JoinRequest, Letter, Nonce, SealedRequest, SealedWelcome, Welcome};
use std::fmt::Debug;
use std::sync::LazyLock;

/// What the device of the vectors would ask with.
static ASKED: LazyLock<JoinRequest> = LazyLock::new(|| {
    let asking = Asking {
        device: KRETS.device.device,
        log: KRETS.device.log,
        name: "Eva".into(),
        members: KRETS.device.members.clone(),
    };
    let asked = ask(&KRETS.invitation, asking, &KRETS.keys, &mut Nines);
    asked.expect("asked").0
});

struct Nines;

impl Random for Nines {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        bytes.fill(9);
        Ok(())
    }
}

pub(crate) fn run(bytes: &[u8]) {
    let invitation = letter::<Invitation>(bytes);
    let request = letter::<SealedRequest>(bytes);
    let welcome = letter::<SealedWelcome>(bytes);
    if let Some(invitation) = invitation {
        let _ = request_in(&invitation, bytes);
    }
    if let Some(request) = request {
        let _ = read_request(&KRETS.invitation, &request);
    }
    if let Some(mut welcome) = welcome {
        welcome.invitation = KRETS.invitation.id();
        let taken = accept((&KRETS.invitation, &ASKED), &welcome, &KRETS.keys);
        assert!(taken.is_err(), "nobody sealed it");
    }
    let _ = read::<Welcome>(bytes);
    let opened = request_in(&KRETS.invitation, bytes);
    assert!(opened.is_err() || read::<JoinRequest>(bytes).is_some());
}

/// A letter of one kind, found in a file, in a text, or as its record alone.
fn letter<L: Letter + Clone + PartialEq + Debug>(bytes: &[u8]) -> Option<L> {
    let text = String::from_utf8_lossy(bytes);
    let from_text = L::from_text(&text).ok();
    let from_file = L::from_file(bytes).ok();
    if let Some(letter) = &from_file {
        assert_eq!(letter.to_file().as_deref(), Ok(bytes), "one form");
    }
    let found = from_text.or(from_file).or_else(|| read::<L>(bytes))?;
    let text = found.to_text().expect("a letter");
    assert_eq!(L::from_text(&text).as_ref(), Ok(&found));
    let file = found.to_file().expect("a letter");
    assert_eq!(L::from_file(&file).as_ref(), Ok(&found));
    Some(found)
}

/// Seals bytes as a request with an invitation, and reads it as the inviter does.
fn request_in(invitation: &Invitation, bytes: &[u8]) -> Result<JoinRequest, SealError> {
    let context = "radrum 2026-11-22 join request key v1";
    let key = blake3::derive_key(context, invitation.secret.as_bytes());
    let (id, nonce) = (invitation.id(), Nonce::from_bytes([9; 24]));
    let request = SealedRequest {
        invitation: id,
        nonce,
        sealed: sealed(&key, &nonce, id.as_bytes(), bytes),
    };
    read_request(invitation, &request)
}
