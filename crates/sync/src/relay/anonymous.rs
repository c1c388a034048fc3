//! Tokens, posts without a name and notices by mail: what the host has to ask, when nothing else is left to do.

use super::line::{Trouble, What};
use super::{Refused, Relay, Request, refusal};
use crate::{Host, HostError, Unnamed, UnnamedAnswer};
use radrum_wire::relay::RefusalCode;

pub(super) fn request(unnamed: Unnamed) -> Request {
    match unnamed {
        Unnamed::Issuer => Request::Issuer,
        Unnamed::Tokens(record) => Request::Tokens(record),
        Unnamed::Post(record) => Request::Anonymous(record),
        Unnamed::Mail(record) => Request::Mail(record),
        Unnamed::Hints(record) => Request::Hints(record),
    }
}

/// Whether a refusal is no to what was asked. That a week's tokens were given is no reason to
/// leave the relay alone.
pub(super) const fn is_no(what: What, code: RefusalCode) -> bool {
    let asked = matches!(
        what,
        What::Issuer | What::Tokens | What::Anonymous | What::Mail | What::Hints
    );
    asked && (refusal::is_no(code) || matches!(code, RefusalCode::TooManyRequests))
}

impl Relay {
    pub(super) fn on_unnamed(
        what: What,
        bytes: &[u8],
        host: &mut impl Host,
    ) -> Result<(), Trouble> {
        let answer = match what {
            What::Issuer => UnnamedAnswer::Issuer(bytes),
            What::Tokens => UnnamedAnswer::Signed(bytes),
            _ => return Err(Trouble::Odd),
        };
        Ok(host.told_unnamed(answer)?)
    }

    pub(super) fn unnamed_refused(refused: Refused, host: &mut impl Host) -> Result<(), HostError> {
        host.told_unnamed(UnnamedAnswer::Refused {
            code: refused.code,
            wait_s: refused.retry_after_s,
        })
    }
}
