//! What is done behind the pages: suggestions, the welcome text, and what is about the same.

use super::page::{Key, head, meta_of};
use super::{Acknowledged, Nothing};
use crate::api::{Alike, MergedPair, Named, SuggestionRow, WelcomePage};
use crate::{Code, Error, Session};
use radrum_domain::{Kind, TWINS, Welcome, singleton};
use radrum_store::{DocMeta, ItemFilter, Read};

/// Suggestions in the list.
const SUGGESTIONS_MAX: u32 = 200;

/// Setting: the wording of the welcome text that was put away.
const AWAY: &str = "welcome_away";

/// The newest first.
pub(super) fn suggestions(session: &Session, _: Nothing) -> Result<Vec<SuggestionRow>, Error> {
    session.read(|read| {
        let filter = ItemFilter {
            kind: Some(Kind::Suggestion),
            newest: true,
            limit: SUGGESTIONS_MAX,
            ..ItemFilter::default()
        };
        let mut rows = Vec::new();
        for item in read.items(&filter)? {
            let meta = meta_of(&read, &item.key, Kind::Suggestion)?;
            rows.push(row(session, &read, &meta)?);
        }
        Ok(rows)
    })
}

pub(super) fn suggestion(session: &Session, args: Key) -> Result<SuggestionRow, Error> {
    let key = args.key()?;
    session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Suggestion)?;
        row(session, &read, &meta)
    })
}

fn row(session: &Session, read: &Read<'_>, meta: &DocMeta) -> Result<SuggestionRow, Error> {
    Ok(SuggestionRow {
        head: head(session, read, meta)?,
        suggestion: meta.plain.view().unwrap_or_default(),
    })
}

pub(super) fn welcome(session: &Session, _: Nothing) -> Result<WelcomePage, Error> {
    session.read(|read| {
        let meta = written(&read)?;
        let welcome: Welcome = match &meta {
            Some(meta) => meta.plain.view().unwrap_or_default(),
            None => Welcome::default(),
        };
        let away = meta.as_ref().map(wording);
        Ok(WelcomePage {
            away: away.is_some() && away == read.setting(AWAY)?,
            head: meta.map(|meta| head(session, &read, &meta)).transpose()?,
            welcome,
        })
    })
}

/// Puts the text away as it reads now; another wording is shown again.
pub(super) fn put_welcome_away(session: &Session, _: Nothing) -> Result<Acknowledged, Error> {
    session.write("", |batch| {
        if let Some(meta) = written(&batch.read())? {
            batch.private().put_setting(AWAY, &wording(&meta))?;
        }
        Ok(())
    })?;
    Ok(Acknowledged {})
}

fn written(read: &Read<'_>) -> Result<Option<DocMeta>, Error> {
    let key = singleton(Kind::Welcome, |_| None);
    Ok(key.map(|key| read.doc_meta(&key)).transpose()?.flatten())
}

/// Names a version of the text.
fn wording(meta: &DocMeta) -> String {
    let heads = meta.heads.as_slice().iter();
    heads.map(ToString::to_string).collect()
}

/// Longest text that is looked for, in characters.
const ALIKE_TEXT_MAX: usize = 400;

pub(super) fn alike(session: &Session, args: Alike) -> Result<Vec<Named>, Error> {
    if !TWINS.contains(&args.kind) {
        return Err(Error::new(Code::BadArguments, "kind"));
    }
    let text: String = args.text.chars().take(ALIKE_TEXT_MAX).collect();
    crate::search::alike(session, args.kind, &text)
}

/// All that was merged into another, by kind and name.
pub(super) fn merged(session: &Session, _: Nothing) -> Result<Vec<MergedPair>, Error> {
    session.read(|read| {
        let mut people = session.people(read);
        let mut pairs = Vec::new();
        for kind in TWINS {
            let aliases = read.aliases(kind)?;
            let mut of_kind = Vec::new();
            for of in aliases.merged() {
                let standing = aliases.standing(of);
                if standing != of {
                    of_kind.push(MergedPair {
                        of: people.named(of)?,
                        stands_as: people.named(standing)?,
                    });
                }
            }
            of_kind.sort_by_cached_key(|pair| radrum_swedish::sort_key(&pair.of.title));
            pairs.extend(of_kind);
        }
        Ok(pairs)
    })
}
