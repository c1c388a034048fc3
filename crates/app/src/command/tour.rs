//! The tour of the program: where the reader is in it, and whether it is offered.

use super::{Acknowledged, Nothing};
use crate::api::Tour;
use crate::{Code, Error, Session};

/// Setting: a [`Tour`] as JSON.
const TOUR: &str = "tour";

/// Longest code of a stop, in bytes.
const STOP_BYTES_MAX: usize = 40;

pub(super) fn tour(session: &Session, _: Nothing) -> Result<Tour, Error> {
    let kept = session.read(|read| Ok(read.setting(TOUR)?))?;
    let kept = kept.and_then(|kept| serde_json::from_str(&kept).ok());
    Ok(kept.unwrap_or_default())
}

pub(super) fn choose(session: &Session, args: Tour) -> Result<Acknowledged, Error> {
    if args
        .stop
        .as_ref()
        .is_some_and(|stop| stop.len() > STOP_BYTES_MAX)
    {
        return Err(Error::new(Code::BadArguments, "stop"));
    }
    let kept = serde_json::to_string(&args).map_err(|_| Error::bug("tour"))?;
    session.write("", move |batch| {
        Ok(batch.private().put_setting(TOUR, &kept)?)
    })?;
    Ok(Acknowledged {})
}
