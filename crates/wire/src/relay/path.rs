use crate::{LogId, RegionId, Salt};
use std::fmt;

/// The paths of a relay, below its address. Made and read here only, so that both sides
/// agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// `POST`: a challenge.
    Challenge,
    /// `POST`: a token.
    Token,
    /// `GET`: what the relay holds.
    State(RegionId),
    /// `POST`: push frames. `GET ?after=CURSOR&bytes=N`: pull frames.
    Entries(RegionId),
    /// `GET ?after=CURSOR&seconds=N`: answers when there is more, or after the time.
    Wait(RegionId),
    /// `GET`: the relay's heads, a record.
    Heads(RegionId),
    /// `POST` a record of ranges: frames of exactly those.
    Ranges(RegionId),
    /// `GET`: all slots as frames.
    Slots(RegionId),
    /// `PUT`, `GET`: one slot.
    Slot(RegionId, LogId),
    /// `GET`: newest snapshot's parts as frames, `?first=N&bytes=M`. `POST`: parts.
    Snapshot(RegionId),
    /// `PUT`, `GET`: the roster, a record.
    Roster(RegionId),
    /// `PUT`, `GET`: the letter to the inviter.
    LetterRequest(RegionId, Salt),
    /// `PUT`, `GET`: the letter to the new device.
    LetterWelcome(RegionId, Salt),
    /// `GET`: the issuer's key. `POST`: blind-signed tokens for anonymous posts.
    BlindTokens(RegionId),
    /// `POST`: an anonymous entry with its token and without a bearer.
    Anonymous(RegionId),
    /// `PUT`, `GET`: chunks of attachments as frames.
    Blob(RegionId, Salt),
    /// `POST`: entries of which only stubs are to stay.
    Drop(RegionId),
    /// `POST`: where letters about what is followed go, without a bearer.
    Mail(RegionId),
    /// `POST`: what a device has given about.
    Hints(RegionId),
}

/// A path that no relay has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such path")]
pub struct PathError;

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Challenge => f.write_str("/v1/challenge"),
            Self::Token => f.write_str("/v1/token"),
            Self::State(region) => write!(f, "/v1/krets/{region}/state"),
            Self::Entries(region) => write!(f, "/v1/krets/{region}/entries"),
            Self::Wait(region) => write!(f, "/v1/krets/{region}/wait"),
            Self::Heads(region) => write!(f, "/v1/krets/{region}/heads"),
            Self::Ranges(region) => write!(f, "/v1/krets/{region}/ranges"),
            Self::Slots(region) => write!(f, "/v1/krets/{region}/slots"),
            Self::Slot(region, log) => write!(f, "/v1/krets/{region}/slots/{log}"),
            Self::Snapshot(region) => write!(f, "/v1/krets/{region}/snapshot"),
            Self::Roster(region) => write!(f, "/v1/krets/{region}/roster"),
            Self::LetterRequest(region, letter) => {
                write!(f, "/v1/krets/{region}/letters/{letter}/request")
            }
            Self::LetterWelcome(region, letter) => {
                write!(f, "/v1/krets/{region}/letters/{letter}/welcome")
            }
            Self::BlindTokens(region) => write!(f, "/v1/krets/{region}/tokens"),
            Self::Anonymous(region) => write!(f, "/v1/krets/{region}/anonymous"),
            Self::Blob(region, blob) => write!(f, "/v1/krets/{region}/blobs/{blob}"),
            Self::Drop(region) => write!(f, "/v1/krets/{region}/drop"),
            Self::Mail(region) => write!(f, "/v1/krets/{region}/mail"),
            Self::Hints(region) => write!(f, "/v1/krets/{region}/hints"),
        }
    }
}

impl std::str::FromStr for Path {
    type Err = PathError;

    fn from_str(path: &str) -> Result<Self, PathError> {
        let path = path.strip_prefix("/v1/").ok_or(PathError)?;
        match path {
            "challenge" => return Ok(Self::Challenge),
            "token" => return Ok(Self::Token),
            _ => {}
        }
        let path = path.strip_prefix("krets/").ok_or(PathError)?;
        let (region, path) = path.split_once('/').ok_or(PathError)?;
        let region: RegionId = region.parse().map_err(|_| PathError)?;
        let parts: Vec<&str> = path.split('/').collect();
        let salt = |text: &str| text.parse::<Salt>().map_err(|_| PathError);
        let found = match parts.as_slice() {
            ["state"] => Self::State(region),
            ["entries"] => Self::Entries(region),
            ["wait"] => Self::Wait(region),
            ["heads"] => Self::Heads(region),
            ["ranges"] => Self::Ranges(region),
            ["slots"] => Self::Slots(region),
            ["slots", log] => Self::Slot(region, log.parse().map_err(|_| PathError)?),
            ["snapshot"] => Self::Snapshot(region),
            ["roster"] => Self::Roster(region),
            ["letters", letter, "request"] => Self::LetterRequest(region, salt(letter)?),
            ["letters", letter, "welcome"] => Self::LetterWelcome(region, salt(letter)?),
            ["tokens"] => Self::BlindTokens(region),
            ["anonymous"] => Self::Anonymous(region),
            ["blobs", blob] => Self::Blob(region, salt(blob)?),
            ["drop"] => Self::Drop(region),
            ["mail"] => Self::Mail(region),
            ["hints"] => Self::Hints(region),
            _ => return Err(PathError),
        };
        Ok(found)
    }
}
