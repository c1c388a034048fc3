//! "Nytt startkort finns": what a newer pack says that the krets's own card has not had. It
//! stands beside the card, one click takes one statement over, and nothing is overwritten.

use super::card::{Card, Entry, fingerprint};
use super::{Pack, card_edits};
use crate::api::{StarterNews, StarterStatement};
use crate::commit::Batch;
use crate::{Code, Error};
use radrum_domain::{Edit, Heads, ItemKey, Plain, Scalar};
use serde_json::Value;
use std::collections::BTreeSet;

/// What a card has not had, or nothing. Also what was taken over and then removed counts as
/// had: nobody is asked twice.
pub(crate) fn news(
    pack: &Pack,
    key: &ItemKey,
    plain: &Plain,
) -> Result<Option<StarterNews>, Error> {
    let known = plain.fields.get("pack").and_then(Value::as_str);
    let (Some(card), Some(known)) = (key.as_slug().and_then(|slug| pack.cards.get(slug)), known)
    else {
        return Ok(None);
    };
    if known == pack.version {
        return Ok(None);
    }
    let had = had(plain);
    let statements: Vec<StarterStatement> = card
        .entries(pack)?
        .into_iter()
        .map(|entry| (fingerprint(entry.list, &entry.fields), entry))
        .filter(|(pack, _)| !had.contains(pack.as_str()))
        .map(|(pack, entry)| StarterStatement {
            pack,
            list: entry.list.to_string(),
            heading: entry.heading.to_string(),
            text: words(&entry),
        })
        .collect();
    let news = StarterNews {
        pack: pack.version.clone(),
        statements,
    };
    Ok((!news.statements.is_empty()).then_some(news))
}

fn had(plain: &Plain) -> BTreeSet<&str> {
    ["statements", "steps", "deadlines", "sources"]
        .iter()
        .filter_map(|list| plain.fields.get(*list)?.as_array())
        .flatten()
        .filter_map(|entry| entry.get("pack")?.as_str())
        .collect()
}

fn words(entry: &Entry) -> String {
    let text = |name: &str| match entry.fields.get(name) {
        Some(Scalar::Text(text)) => Some(text.clone()),
        _ => None,
    };
    text("text")
        .or_else(|| text("name"))
        .or_else(|| text("title"))
        .unwrap_or_default()
}

/// Takes one statement over. An empty fingerprint says that the reader is done: the card then
/// counts as following the newer pack.
pub(crate) fn take(
    pack: &Pack,
    batch: &mut Batch<'_>,
    key: &ItemKey,
    base: &Heads,
    wanted: &str,
) -> Result<(), Error> {
    let card = key.as_slug().and_then(|slug| pack.cards.get(slug));
    let card: &Card = card.ok_or_else(|| Error::not_found(key))?;
    let edits = if wanted.is_empty() {
        let version = Some(Scalar::Text(pack.version.clone()));
        vec![Edit::Set {
            field: "pack".into(),
            value: version,
        }]
    } else {
        let all = card_edits(pack, card, &mut || batch.entry_id())?;
        all.into_iter()
            .filter(|edit| is_statement(edit, wanted))
            .collect()
    };
    if edits.is_empty() {
        return Err(Error::new(Code::NotFound, "starter statement"));
    }
    batch.edit(key, base, &edits)?;
    Ok(())
}

fn is_statement(edit: &Edit, wanted: &str) -> bool {
    match edit {
        Edit::Add { fields, .. } => {
            matches!(fields.get("pack"), Some(Scalar::Text(pack)) if pack == wanted)
        }
        _ => false,
    }
}
