//! Areas, labels and external contacts.

use super::{Pack, put, set, set_optional, slug_key};
use crate::Error;
use radrum_domain::{Edit, ItemKey, Kind};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Area {
    pub slug: String,
    pub title: String,
    pub about: Option<String>,
    #[serde(default)]
    pub labels: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {
    pub slug: String,
    pub title: String,
    pub contact: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    pub slug: String,
    pub title: String,
    pub kind: String,
    pub subject: Option<String>,
    pub phone: Option<String>,
    pub web: Option<String>,
    pub hours: Option<String>,
    pub unverified: Option<String>,
    #[serde(default)]
    pub labels: Vec<String>,
}

pub(crate) fn list_edits(pack: &Pack) -> Result<Vec<(ItemKey, Vec<Edit>)>, Error> {
    let mut items = Vec::new();
    for label in &pack.labels {
        let mut edits = vec![set("title", &label.title)];
        if let Some(contact) = &label.contact {
            edits.push(set(
                "contact",
                &slug_key(Kind::ExternalContact, contact)?.to_string(),
            ));
        }
        items.push((slug_key(Kind::Label, &label.slug)?, edits));
    }
    for area in &pack.areas {
        let mut edits = vec![set("title", &area.title)];
        set_optional(&mut edits, "about", area.about.as_deref());
        edits.extend(labels(&area.labels)?);
        items.push((slug_key(Kind::Area, &area.slug)?, edits));
    }
    for contact in &pack.contacts {
        let mut edits = vec![set("title", &contact.title), set("contact", &contact.kind)];
        set_optional(&mut edits, "subject", contact.subject.as_deref());
        set_optional(&mut edits, "phone", contact.phone.as_deref());
        set_optional(&mut edits, "web", contact.web.as_deref());
        set_optional(&mut edits, "hours", contact.hours.as_deref());
        set_optional(&mut edits, "unverified", contact.unverified.as_deref());
        edits.extend(labels(&contact.labels)?);
        items.push((slug_key(Kind::ExternalContact, &contact.slug)?, edits));
    }
    Ok(items)
}

pub(super) fn labels(slugs: &[String]) -> Result<Vec<Edit>, Error> {
    slugs
        .iter()
        .map(|slug| Ok(put("labels", slug_key(Kind::Label, slug)?)))
        .collect()
}
