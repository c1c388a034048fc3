//! Letters that a relay sends.

use super::anonymous::mail_hurdle;
use super::{Acknowledged, Nothing};
use crate::api::{MailChoice, MailNotice, MailStanding};
use crate::mail::{Answer, State, is_address};
use crate::{Code, Error, Session};

/// Where letters go and how that stands.
pub(super) fn mail(session: &Session, _: Nothing) -> Result<MailNotice, Error> {
    let state = session.read(State::read)?;
    let standing = match (
        mail_hurdle(session)?,
        state.address.is_empty(),
        state.answer,
    ) {
        (Some(hurdle), ..) => hurdle,
        (None, true, _) => MailStanding::Off,
        (None, false, Answer::Waits) => MailStanding::Waits,
        (None, false, Answer::Taken) => MailStanding::On,
        (None, false, Answer::NoLetters) => MailStanding::NoLetters,
        (None, false, Answer::Refused) => MailStanding::Refused,
    };
    Ok(MailNotice {
        address: state.address,
        standing,
    })
}

/// Orders letters to an address, or ends them: [`Code::BadMailAddress`] when it cannot be one.
pub(super) fn choose(session: &Session, args: MailChoice) -> Result<Acknowledged, Error> {
    let address = args.address.trim().to_string();
    if !address.is_empty() && !is_address(&address) {
        return Err(Error::new(Code::BadMailAddress, "mail address"));
    }
    session.on_writer(move |side| side.choose_mail(&address))?;
    Ok(Acknowledged {})
}
