//! Letters of invitations. The id comes from the invitation's secret: who knows it may read
//! the answer.

use super::{Answer, Asked, body};
use crate::refusal::Refused;
use crate::relay::Krets;
use crate::store::LetterKind::{Request, Welcome};
use axum::http::StatusCode;
use radrum_wire::relay::RefusalCode;
use radrum_wire::{Letter, RegionId, Salt, SealedRequest, SealedWelcome, WireError};

/// Largest letter file (FORMAT.md 8).
const LETTER_BYTES_MAX: usize = 524_352;

/// Form of a letter file as a body.
const FILE_TYPE: &str = "application/octet-stream";

/// Refuses what is no letter, or one for another box. A letter of a newer version is kept.
fn belongs<L: Letter>(file: &[u8], id: Salt, of: fn(&L) -> Salt) -> Result<(), Refused> {
    match L::from_file(file) {
        Ok(letter) if of(&letter) != id => Err(Refused::malformed("letter of another invitation")),
        Ok(_) | Err(WireError::Version(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn put_request(mut asked: Asked<'_>, region: RegionId, id: Salt) -> Answer {
    let krets = asked.head.anybody(region)?;
    let held = asked
        .read(Some((region, None)), FILE_TYPE, LETTER_BYTES_MAX)
        .await?;
    belongs::<SealedRequest>(&held.bytes, id, |letter| letter.invitation)?;
    put(asked, krets, id, Request, held.bytes.to_vec()).await
}

pub(super) async fn put_welcome(mut asked: Asked<'_>, region: RegionId, id: Salt) -> Answer {
    let (krets, key) = asked.head.device(region).await?;
    let held = asked
        .read(Some((region, Some(key))), FILE_TYPE, LETTER_BYTES_MAX)
        .await?;
    belongs::<SealedWelcome>(&held.bytes, id, |letter| letter.invitation)?;
    put(asked, krets, id, Welcome, held.bytes.to_vec()).await
}

pub(super) async fn get_request(asked: Asked<'_>, region: RegionId, id: Salt) -> Answer {
    let (krets, _) = asked.head.device(region).await?;
    get(asked, krets, id, Request).await
}

pub(super) async fn get_welcome(asked: Asked<'_>, region: RegionId, id: Salt) -> Answer {
    let krets = asked.head.anybody(region)?;
    get(asked, krets, id, Welcome).await
}

async fn put(
    asked: Asked<'_>,
    krets: &Krets,
    id: Salt,
    kind: crate::store::LetterKind,
    file: Vec<u8>,
) -> Answer {
    asked
        .head
        .relay
        .store
        .put_letter(krets.id, id, kind, file)
        .await?;
    let mut response = axum::http::Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}

async fn get(asked: Asked<'_>, krets: &Krets, id: Salt, kind: crate::store::LetterKind) -> Answer {
    let file = asked.head.relay.store.letter(krets.id, id, kind).await?;
    let file = file.ok_or(Refused::new(RefusalCode::NotFound, "letter"))?;
    Ok(body::file(file))
}
