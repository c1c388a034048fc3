//! One card of the starter content (`content/README.md` describes the format).

use super::lists::labels;
use super::{Pack, flag, set, set_optional, slug_key};
use crate::Error;
use radrum_domain::{Edit, Kind, Scalar};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Card {
    pub title: String,
    kind: String,
    area: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    also_called: Vec<String>,
    notice: Option<Notice>,
    #[serde(default)]
    when: Vec<Line>,
    #[serde(default)]
    must: Vec<Line>,
    #[serde(default)]
    deadline: Vec<Deadline>,
    #[serde(default)]
    step: Vec<Step>,
    #[serde(default)]
    help: Vec<Line>,
    #[serde(default)]
    form: Vec<Line>,
    #[serde(default)]
    pitfall: Vec<Line>,
    #[serde(default)]
    child: Vec<Line>,
    #[serde(default)]
    question: Vec<Line>,
    #[serde(default)]
    term: Vec<Line>,
    #[serde(default)]
    source: Vec<SourceLine>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    text: String,
    law: Option<String>,
    from: Option<String>,
}

/// What every line with a reference may say about it.
#[derive(Debug, Clone, Default, Deserialize)]
struct Reference {
    source: Option<String>,
    statute: Option<String>,
    checked: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    #[serde(default)]
    unverified: bool,
}

#[derive(Debug, Clone, Deserialize)]
struct Line {
    text: String,
    word: Option<String>,
    contact: Option<String>,
    #[serde(flatten)]
    reference: Reference,
}

#[derive(Debug, Clone, Deserialize)]
struct Step {
    text: String,
    force: String,
    #[serde(default)]
    first_day: bool,
    if_missing: Option<String>,
    #[serde(flatten)]
    reference: Reference,
}

#[derive(Debug, Clone, Deserialize)]
struct Deadline {
    name: String,
    start: Option<String>,
    length: String,
    missed: Option<String>,
    #[serde(flatten)]
    reference: Reference,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceLine {
    title: String,
    why: Option<String>,
    web: Option<String>,
    #[serde(default)]
    unverified: bool,
}

/// An entry of a list before it has an id.
pub(super) struct Entry {
    pub list: &'static str,
    pub heading: &'static str,
    pub fields: BTreeMap<String, Scalar>,
}

impl Card {
    /// All entries in reading order.
    pub(super) fn entries(&self, pack: &Pack) -> Result<Vec<Entry>, Error> {
        let mut out = Vec::new();
        let parts: [(&str, &Vec<Line>, &str); 8] = [
            ("when", &self.when, "practice"),
            ("must", &self.must, "law"),
            ("help", &self.help, "practice"),
            ("form", &self.form, "practice"),
            ("pitfall", &self.pitfall, "practice"),
            ("child", &self.child, "practice"),
            ("question", &self.question, "practice"),
            ("term", &self.term, "practice"),
        ];
        for (part, lines, source) in parts {
            for line in lines {
                let mut fields = fields([("part", part), ("text", &line.text)]);
                optional(&mut fields, "word", line.word.as_deref());
                if let Some(contact) = &line.contact {
                    let key = slug_key(Kind::ExternalContact, contact)?;
                    optional(&mut fields, "contact", Some(&key.to_string()));
                }
                line.reference.write(pack, source, &mut fields);
                let heading = radrum_domain::heading(part);
                out.push(Entry {
                    list: "statements",
                    heading,
                    fields,
                });
            }
        }
        for step in &self.step {
            let mut fields = fields([("text", step.text.as_str()), ("force", &step.force)]);
            optional(&mut fields, "if_missing", step.if_missing.as_deref());
            if step.first_day {
                fields.insert("first_day".into(), Scalar::Flag(true));
            }
            step.reference.write(pack, "practice", &mut fields);
            out.push(Entry {
                list: "steps",
                heading: radrum_domain::heading("step"),
                fields,
            });
        }
        for deadline in &self.deadline {
            let mut fields = fields([
                ("name", deadline.name.as_str()),
                ("length", &deadline.length),
            ]);
            optional(&mut fields, "start", deadline.start.as_deref());
            optional(&mut fields, "missed", deadline.missed.as_deref());
            deadline.reference.write(pack, "law", &mut fields);
            let heading = radrum_domain::heading("deadline");
            out.push(Entry {
                list: "deadlines",
                heading,
                fields,
            });
        }
        for source in &self.source {
            let mut fields = fields([("title", source.title.as_str())]);
            optional(&mut fields, "why", source.why.as_deref());
            optional(&mut fields, "web", source.web.as_deref());
            if source.unverified {
                fields.insert("unverified".into(), Scalar::Flag(true));
            }
            out.push(Entry {
                list: "sources",
                heading: radrum_domain::heading("source"),
                fields,
            });
        }
        Ok(out)
    }
}

impl Reference {
    fn write(&self, pack: &Pack, source: &str, fields: &mut BTreeMap<String, Scalar>) {
        optional(
            fields,
            "source",
            Some(self.source.as_deref().unwrap_or(source)),
        );
        if self.unverified {
            fields.insert("unverified".into(), Scalar::Flag(true));
        }
        let Some(statute) = &self.statute else { return };
        let known = pack.validity(statute);
        optional(fields, "statute", Some(statute));
        optional(
            fields,
            "checked",
            self.checked.as_deref().or(known.checked.as_deref()),
        );
        optional(
            fields,
            "valid_from",
            self.valid_from.as_deref().or(known.from.as_deref()),
        );
        optional(
            fields,
            "valid_to",
            self.valid_to.as_deref().or(known.to.as_deref()),
        );
    }
}

fn fields<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, Scalar> {
    pairs
        .into_iter()
        .map(|(name, text)| (name.into(), Scalar::Text(text.into())))
        .collect()
}

fn optional(fields: &mut BTreeMap<String, Scalar>, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        fields.insert(name.into(), Scalar::Text(text.into()));
    }
}

/// The edits that make a card a new document. It is a draft until a municipality has looked
/// it through.
pub(crate) fn card_edits(
    pack: &Pack,
    card: &Card,
    entry: &mut impl FnMut() -> Result<String, Error>,
) -> Result<Vec<Edit>, Error> {
    let mut edits = vec![
        set("title", &card.title),
        set("playbook", &card.kind),
        set("area", &slug_key(Kind::Area, &card.area)?.to_string()),
        set("pack", &pack.version),
        flag("draft"),
    ];
    if !card.also_called.is_empty() {
        edits.push(set("also_called", &card.also_called.join(", ")));
    }
    if let Some(notice) = &card.notice {
        edits.push(set("notice", &notice.text));
        set_optional(&mut edits, "notice_law", notice.law.as_deref());
        set_optional(&mut edits, "notice_from", notice.from.as_deref());
    }
    edits.extend(labels(&card.labels)?);
    for new in card.entries(pack)? {
        let mut fields = new.fields;
        let pack = fingerprint(new.list, &fields);
        fields.insert("pack".into(), Scalar::Text(pack));
        edits.push(Edit::Add {
            list: new.list.into(),
            id: entry()?,
            fields,
            after: None,
        });
    }
    Ok(edits)
}

/// Identifies a starter statement by its words, so that a newer pack can tell what is new.
pub(super) fn fingerprint(list: &str, fields: &BTreeMap<String, Scalar>) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(list.as_bytes());
    for name in ["part", "word", "text", "name", "length", "title"] {
        if let Some(Scalar::Text(text)) = fields.get(name) {
            hash.update(&[0]);
            hash.update(text.as_bytes());
        }
    }
    hash.finalize().to_hex()[..16].to_string()
}
