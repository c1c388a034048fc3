//! What a relay and its clients read of each other, and two devices on one network: paths, JSON,
//! records, frames, messages.

use crate::envelope::frames;
use crate::krets::KRETS;
use crate::record::read;
use radrum_seal::check_roster;
use radrum_wire::lan::{Message, Proof};
use radrum_wire::relay::{
    Challenge, ChallengeRequest, Path, Pushed, Refusal, RelayState, Token, TokenRequest, Woken,
};
use radrum_wire::{Difference, Heads, Ranges, Roster};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

pub(crate) fn run(bytes: &[u8]) {
    path(bytes);
    json::<ChallengeRequest>(bytes);
    json::<TokenRequest>(bytes);
    json::<Challenge>(bytes);
    json::<Token>(bytes);
    json::<RelayState>(bytes);
    json::<Pushed>(bytes);
    json::<Woken>(bytes);
    json::<Refusal>(bytes);
    frames(bytes);
    message(bytes);
    let _ = read::<Ranges>(bytes);
    if let Some(heads) = read::<Heads>(bytes) {
        compared(&heads);
    }
    if let Some(roster) = read::<Roster>(bytes) {
        let _ = check_roster(&KRETS.members, &roster);
    }
}

/// A path has one spelling for whoever writes it.
fn path(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    if let Ok(path) = text.parse::<Path>() {
        assert_eq!(path.to_string().parse(), Ok(path));
    }
}

/// What is read can be written, and reads the same.
fn json<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(bytes) else {
        return;
    };
    let text = serde_json::to_vec(&value).expect("written");
    assert_eq!(serde_json::from_slice::<T>(&text).ok(), Some(value));
}

fn message(bytes: &[u8]) {
    if let Ok(message) = Message::decode(bytes) {
        assert_eq!(message.encode().as_deref(), Ok(bytes), "one encoding");
    }
    if let Ok(proof) = Proof::decode(bytes) {
        assert_eq!(proof.encode(), bytes, "one encoding");
    }
}

/// Whoever holds the same lacks nothing; whoever holds nothing lacks what the other is ahead.
fn compared(heads: &Heads) {
    assert_eq!(heads.difference(heads), Difference::default());
    let (mine, theirs) = (Heads::default(), heads);
    let (lacking, ahead) = (
        mine.difference(theirs).lacking,
        theirs.difference(&mine).ahead,
    );
    assert_eq!(lacking, ahead);
}
