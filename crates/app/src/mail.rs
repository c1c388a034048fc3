//! What this computer remembers of letters that its user has ordered. Private.

use crate::Code;
use crate::Error;
use radrum_store::{Read, Tx};
use radrum_wire::limits::MAIL_ADDRESS_BYTES_MAX;
use radrum_wire::relay::RefusalCode;
use serde::{Deserialize, Serialize};

/// Setting: [`State`] as JSON.
const MAIL: &str = "mail";

/// An order and what has come of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// Where letters are to go; empty for none.
    pub address: String,
    /// The key of the order, while a relay may have one.
    pub key: Option<[u8; 32]>,
    /// Number of the newest wish under it.
    pub number: u64,
    /// What pays for it, until it is taken.
    pub token: Option<([u8; 32], Vec<u8>)>,
    /// What was given and not answered.
    pub pending: Option<Pending>,
    /// Digest of the wish that the relay has.
    pub taken: Option<[u8; 32]>,
    /// What the relay said last.
    pub answer: Answer,
}

/// A wish on its way: a digest of what it says, and its bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub digest: [u8; 32],
    pub record: Vec<u8>,
}

/// What a relay said to the order.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// Nothing yet.
    #[default]
    Waits,
    /// It has it.
    Taken,
    /// It sends no letters.
    NoLetters,
    /// It does not take the address.
    Refused,
}

impl Answer {
    /// Whether it is not asked again until something else is chosen.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::NoLetters | Self::Refused)
    }
}

impl State {
    /// As it is kept; a damaged one is none.
    pub fn read(read: Read<'_>) -> Result<Self, Error> {
        let kept = read.setting(MAIL)?;
        Ok(kept
            .and_then(|kept| serde_json::from_str(&kept).ok())
            .unwrap_or_default())
    }

    /// Keeps it.
    pub fn write(&self, tx: &Tx<'_>) -> Result<(), Error> {
        let text = serde_json::to_string(self).map_err(|_| Error::new(Code::Bug, "mail"))?;
        Ok(tx.put_setting(MAIL, &text)?)
    }

    /// The relay has what was given. An order that ended is forgotten, with its key.
    pub fn take(&mut self) {
        let pending = self.pending.take();
        self.taken = pending.map(|of| of.digest);
        self.token = None;
        self.answer = Answer::Taken;
        if self.address.is_empty() {
            *self = Self::default();
        }
    }

    /// The relay does not do it. A token that it did not take is not used again.
    pub fn refuse(&mut self, code: RefusalCode) {
        self.pending = None;
        self.answer = match (code, self.taken) {
            (RefusalCode::NotFound, _) => Answer::NoLetters,
            // It had the order and has lost it: it is made anew, for another token.
            (_, Some(_)) => Answer::Waits,
            (_, None) => Answer::Refused,
        };
        (self.key, self.token, self.taken, self.number) = (None, None, None, 0);
    }

    /// Another address, or none.
    pub fn choose(&mut self, address: &str) {
        self.address = address.to_string();
        self.answer = Answer::Waits;
        self.pending = None;
    }
}

/// Whether it may be an address. The relay knows better, and says so.
pub(crate) fn is_address(text: &str) -> bool {
    let plain = text.len() <= MAIL_ADDRESS_BYTES_MAX
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    let parts = text.rsplit_once('@');
    plain
        && parts.is_some_and(|(name, at)| {
            let dotted = at.split_once('.');
            !name.is_empty()
                && !name.contains('@')
                && dotted.is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
        })
}

#[cfg(test)]
mod tests {
    use super::{Answer, State, is_address};
    use radrum_wire::relay::RefusalCode;

    #[test]
    fn what_cannot_be_an_address_is_told_from_what_may_be_one() {
        for good in ["anna@dorotea.se", "anna.åström@ifo.dorotea.se"] {
            assert!(is_address(good), "{good}");
        }
        let long = format!("{}@dorotea.se", "a".repeat(250));
        for bad in [
            "anna",
            "anna@",
            "@dorotea.se",
            "anna@dorotea",
            "a b@c.se",
            &long,
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn an_order_that_was_refused_is_asked_for_again_only_with_another_choice() {
        let mut state = State {
            key: Some([1; 32]),
            ..State::default()
        };
        state.choose("anna@dorotea.se");
        state.refuse(RefusalCode::NotFound);
        assert_eq!((state.answer, state.key), (Answer::NoLetters, None));
        assert!(state.answer.is_final());
        state.choose("anna@ifo.dorotea.se");
        assert!(!state.answer.is_final());
    }

    #[test]
    fn an_order_that_ended_leaves_nothing() {
        let mut state = State {
            key: Some([1; 32]),
            taken: Some([2; 32]),
            ..State::default()
        };
        state.choose("");
        state.take();
        assert!(state.key.is_none() && state.taken.is_none());
    }
}
