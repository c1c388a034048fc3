//! Checklists for somebody new in a role.

use super::{Pack, flag, set, slug_key};
use crate::Error;
use radrum_domain::{Edit, ItemKey, Kind, Scalar};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Introduction {
    slug: String,
    title: String,
    role: String,
    step: Vec<Step>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    text: String,
    when: String,
    card: Option<String>,
    page: Option<String>,
}

/// A checklist of the whole krets, as a draft for it to look through.
pub(super) fn introduction_edits(
    pack: &Pack,
    of: &Introduction,
    entry: &mut impl FnMut() -> Result<String, Error>,
) -> Result<(ItemKey, Vec<Edit>), Error> {
    let mut edits = vec![
        set("title", &of.title),
        set("role", &of.role),
        flag("draft"),
        set("pack", &pack.version),
    ];
    for step in &of.step {
        let card = step.card.as_deref();
        let card = card
            .map(|slug| slug_key(Kind::Playbook, slug))
            .transpose()?;
        let all = [
            ("text", Some(step.text.clone())),
            ("when", Some(step.when.clone())),
            ("card", card.map(|key| key.to_string())),
            ("page", step.page.clone()),
        ];
        let given = all.into_iter();
        let fields: BTreeMap<String, Scalar> = given
            .filter_map(|(name, value)| Some((name.to_string(), Scalar::Text(value?))))
            .collect();
        edits.push(Edit::Add {
            list: "steps".into(),
            id: entry()?,
            fields,
            after: None,
        });
    }
    Ok((slug_key(Kind::Introduction, &of.slug)?, edits))
}
