//! What is stored on this computer, in numbers.

use super::Nothing;
use crate::api::{KindCount, Records};
use crate::{Error, LOG_DAYS_KEPT, Session};

pub(super) fn records(session: &Session, _: Nothing) -> Result<Records, Error> {
    let path = session.readers.path().to_path_buf();
    session.read(|read| {
        let kept = read.kept()?;
        let kinds = kept.kinds.into_iter();
        let mut kinds: Vec<KindCount> = kinds
            .map(|(kind, count)| KindCount { kind, count })
            .collect();
        kinds.sort_by_key(|of| std::cmp::Reverse(of.count));
        let name = path.file_name().unwrap_or_default();
        Ok(Records {
            folder: path.parent().unwrap_or(&path).display().to_string(),
            file: name.to_string_lossy().into_owned(),
            bytes: session.file_bytes(),
            kinds,
            first_at: kept.span.map(|(first, _)| first),
            last_at: kept.span.map(|(_, last)| last),
            drafts: kept.drafts,
            ticks: kept.ticks,
            entries: kept.entries,
            erased: kept.stubs,
            since: kept.since,
            relays: read.krets()?.map(|row| row.relays).unwrap_or_default(),
            log_days: u32::try_from(LOG_DAYS_KEPT).unwrap_or(u32::MAX),
            version: env!("CARGO_PKG_VERSION").to_string(),
        })
    })
}
