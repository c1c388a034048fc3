//! The Exempelkrets: invented people in eight municipalities and FoU, and the same region
//! grown to plan and stress size for tests and benchmarks (product.md section 5).

mod asking;
mod questions;
mod region;
mod region_file;
mod volume;

use crate::commit::Batch;
use crate::content::Pack;
use crate::{Error, Session, news};
use radrum_domain::{ItemKey, Kind, POSTS};

/// How large the Exempelkrets is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// What a person can look around in.
    Small,
    /// Five years of the reference region.
    Plan,
    /// About ten times that.
    Stress,
}

impl Size {
    /// Its name on command lines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Plan => "plan",
            Self::Stress => "stress",
        }
    }

    /// From its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Small, Self::Plan, Self::Stress]
            .into_iter()
            .find(|size| size.name() == name)
    }
}

/// What she follows.
const FOLLOWS: [&str; 2] = ["area:estate", "label:familjehem"];

/// Lets her follow something, and have news of it: what colleagues have written so far.
fn follow(batch: &mut Batch<'_>) -> Result<(), Error> {
    let mut came = Vec::new();
    for key in FOLLOWS {
        let key = key.parse().map_err(|_| Error::bug("example follows"))?;
        batch.private().follow(&key, true)?;
    }
    for kind in POSTS {
        let docs = batch.read().docs_after(0, Some(kind), u32::MAX)?;
        came.extend(docs.into_iter().map(|meta| (meta.key, None)));
    }
    let me = ItemKey::slug(Kind::Member, ME).ok();
    news::hear(batch.private(), me.as_ref(), &came)
}

const WRITTEN: &str = "example_written";

/// The colleague whose computer the Exempelkrets plays.
const ME: &str = "elin-granstrom";

/// Fingerprint of everything that decides what the generator writes; a stored example of
/// another fingerprint is stale.
#[must_use]
pub fn generator_hash() -> String {
    let mut hash = blake3::Hasher::new();
    for text in [
        region_file::REGION,
        questions::QUESTIONS,
        volume::VOLUME,
        include_str!("example/volume.rs"),
    ] {
        hash.update(text.as_bytes());
    }
    hash.update(FOLLOWS.concat().as_bytes());
    hash.update(crate::content::PACK.as_bytes());
    hash.finalize().to_hex()[..16].to_string()
}

/// Writes the region once. People and cards come first; a start that was interrupted goes on
/// where it stopped.
pub(crate) fn write(session: &Session, size: Size) -> Result<(), Error> {
    let done = session.read(|read| Ok(read.setting(WRITTEN)?))?;
    if done.is_some() {
        return Ok(());
    }
    let begun = session.read(|read| Ok(read.docs_len()?))? > 0;
    if !begun {
        session.write_pack(&Pack::embedded()?)?;
    }
    let region = region_file::Region::embedded()?;
    if session.me().is_none() {
        region.write(session)?;
        session
            .set_me(ItemKey::slug(Kind::Member, ME).map_err(|_| Error::bug("example member"))?)?;
        session.write("", follow)?;
    }
    if size != Size::Small {
        volume::write(session, size)?;
    }
    session.write("", move |batch| {
        Ok(batch.private().put_setting(WRITTEN, size.name())?)
    })
}
