//! Cards, notes, contacts and resources as Markdown that reads well in any editor.

use super::tables::Names;
use super::{asking, questions, ruling};
use crate::Error;
use radrum_domain::{
    Bulletin, Deadline, Deviation, ExternalContact, Force, Introduction, IntroductionTime, ItemKey,
    Kind, Note, Part, Playbook, Question, Resource, Source, Statement, Statutes, Step, Suggestion,
    SuggestionForm, SuggestionState, Variant, Welcome, heading,
};
use radrum_store::{DocMeta, ItemFilter, Read};
use std::fmt::Write as _;

/// Above a decision that no computer of its municipality began.
pub(super) const OUTSIDE: &str = "*Infört av någon utanför kommunen, räknas inte.*\n\n";

pub(super) fn readme(region: &str) -> String {
    format!(
        "# Export ur Rådrum: {region}\n\n\
         - `handlingskort/`, `fragor/`, `anteckningar/`, `kontakter/`, `resurser/`, `kretsen/`, \
         `vem-fragar-jag/`, `radgrupper/`, `nytt-att-veta/`, `introduktion/`, `forslag/`, `faststallda/`: text i\n\
         Markdown.\n\
         - `allt.jsonl`: varje post med allt den innehåller, en rad JSON per post.\n\
         - `tabeller/`: personer, erfarenhet, ansvar, frister, kontakter, resurser, frågor och svar \
         som CSV \
         (UTF-8, semikolon).\n\
         - `personer.vcf`: kontaktuppgifter som vCard 4.0.\n\n\
         Tider i `allt.jsonl` är UTC i millisekunder. Startkort är utkast som kommunen granskar.\n"
    )
}

/// Folder, title and text of an item that has a page of its own.
pub(super) fn page(
    read: &Read<'_>,
    names: &mut Names<'_>,
    meta: &DocMeta,
) -> Result<Option<(&'static str, String, String)>, Error> {
    Ok(match meta.key.kind() {
        Kind::Playbook => {
            let card: Playbook = meta.plain.view().unwrap_or_default();
            let text = playbook(read, names, &meta.key, &card)?;
            Some(("handlingskort", card.title, text))
        }
        Kind::Note => {
            let note: Note = meta.plain.view().unwrap_or_default();
            let text = format!("# {}\n\n{}\n", note.title, note.body);
            Some(("anteckningar", note.title, text))
        }
        Kind::Bulletin => {
            let bulletin: Bulletin = meta.plain.view().unwrap_or_default();
            let text = changed(names, &bulletin)?;
            Some(("nytt-att-veta", bulletin.title, text))
        }
        Kind::Question => {
            let question: Question = meta.plain.view().unwrap_or_default();
            let title = read.title(&meta.key)?.unwrap_or_default();
            let text = questions::page(read, names, meta, &question)?;
            Some(("fragor", title, text))
        }
        Kind::ExternalContact => {
            let contact: ExternalContact = meta.plain.view().unwrap_or_default();
            Some(("kontakter", contact.title.clone(), external(&contact)))
        }
        Kind::Resource => {
            let resource: Resource = meta.plain.view().unwrap_or_default();
            Some((
                "resurser",
                resource.title.clone(),
                service(names, &resource)?,
            ))
        }
        Kind::Statutes => {
            let statutes: Statutes = meta.plain.view().unwrap_or_default();
            Some(("kretsen", "Stadgar".to_string(), agreed(&statutes)))
        }
        Kind::AskOrder => {
            let order = meta.plain.view().unwrap_or_default();
            let (office, text) = asking::order(names, &order)?;
            Some(("vem-fragar-jag", office, text))
        }
        Kind::AdviceGroup => {
            let group = meta.plain.view().unwrap_or_default();
            let (area, text) = asking::group(names, &group)?;
            Some(("radgrupper", area, text))
        }
        Kind::Introduction => {
            let list: Introduction = meta.plain.view().unwrap_or_default();
            Some(("introduktion", list.title.clone(), introduction(&list)))
        }
        Kind::Suggestion => {
            let of: Suggestion = meta.plain.view().unwrap_or_default();
            let text = suggestion(&of);
            Some(("forslag", of.title, text))
        }
        Kind::Welcome => {
            let welcome: Welcome = meta.plain.view().unwrap_or_default();
            let text = format!("# Välkomsttext\n\n{}\n", or_dash(&welcome.text));
            Some(("kretsen", "Välkomsttext".to_string(), text))
        }
        Kind::Ruling => Some(ruling::page(read, names, meta)?),
        _ => None,
    })
}

fn changed(names: &mut Names<'_>, bulletin: &Bulletin) -> Result<String, Error> {
    let mut out = format!("# {}\n\n", bulletin.title);
    for (name, text) in [
        ("Gäller från", &bulletin.from),
        ("Regel", &bulletin.statute),
        ("Källa", &bulletin.source),
        ("Webb", &bulletin.web),
    ] {
        if let Some(text) = text {
            let _ = writeln!(out, "- {name}: {text}");
        }
    }
    let _ = writeln!(out, "\n{}\n", bulletin.body);
    if !bulletin.playbooks.is_empty() {
        out.push_str("## Kort som berörs\n\n");
    }
    for card in &bulletin.playbooks {
        let _ = writeln!(out, "- {}", names.title(Some(card))?);
    }
    Ok(out)
}

/// The list alone: what somebody has ticked is hers.
fn introduction(list: &Introduction) -> String {
    let mut out = format!("# {}\n\n", list.title);
    if list.draft {
        out.push_str("*Utkast, granskas av er.*\n\n");
    }
    let owner = list.owner_role.as_deref().unwrap_or("ingen ägare");
    let _ = writeln!(out, "Ägare: {owner}.");
    for (when, title) in [
        (IntroductionTime::FirstDay, "Första dagen"),
        (IntroductionTime::FirstWeek, "Första veckan"),
        (IntroductionTime::FirstMonth, "Första månaden"),
        (IntroductionTime::FirstYear, "Första året"),
        (IntroductionTime::Unknown, "När det passar"),
    ] {
        let mut steps = list
            .steps
            .iter()
            .filter(|step| !step.removed && step.when == when);
        if let Some(first) = steps.next() {
            let _ = writeln!(out, "\n## {title}\n\n- {}", first.text);
        }
        for step in steps {
            let _ = writeln!(out, "- {}", step.text);
        }
    }
    out
}

fn suggestion(of: &Suggestion) -> String {
    let form = match of.form {
        SuggestionForm::Fault => "Fel",
        SuggestionForm::Wish | SuggestionForm::Unknown => "Förslag",
    };
    let state = match of.state {
        SuggestionState::TakenUp => "tas upp",
        SuggestionState::Done => "gjort",
        SuggestionState::NotNow => "inte nu",
        SuggestionState::Unknown => "nytt",
    };
    let mut out = format!("# {}\n\n{form} · {state}\n\n", of.title);
    for text in of.text.iter() {
        let _ = writeln!(out, "{text}\n");
    }
    for page in of.page.iter() {
        let _ = writeln!(out, "Skrivet på sidan: {page}\n");
    }
    for answer in of.answer.iter() {
        let _ = writeln!(out, "## {}\n\n{answer}", heading("answer"));
    }
    out
}

fn agreed(statutes: &Statutes) -> String {
    let mut out = String::from("# Kretsens stadgar\n\n");
    let days = (&statutes.adopted_on, &statutes.review_on);
    let (adopted, review) = (or_dash(days.0), or_dash(days.1));
    let _ = writeln!(out, "Antagna: {adopted}. Ses över senast: {review}.\n");
    for (part, text) in [
        ("purpose", &statutes.purpose),
        ("membership", &statutes.membership),
        ("election", &statutes.election),
        ("time", &statutes.time),
    ] {
        if let Some(text) = text {
            let _ = writeln!(out, "## {}\n\n{text}\n", heading(part));
        }
    }
    let keepers = [&statutes.root_1, &statutes.root_2, &statutes.root_3];
    let _ = writeln!(out, "## {}\n", heading("root_key"));
    for (number, keeper) in (1..).zip(keepers) {
        let _ = writeln!(out, "{number}. {}", or_dash(keeper));
    }
    out
}

fn playbook(
    read: &Read<'_>,
    names: &mut Names<'_>,
    key: &ItemKey,
    card: &Playbook,
) -> Result<String, Error> {
    let mut out = format!("# {}\n\n", card.title);
    if card.draft {
        out.push_str("*Utkast, granskas av er.*\n\n");
    }
    contents(&mut out, card);
    practice(read, names, key, &mut out)?;
    sources(&mut out, card);
    Ok(out)
}

/// What the card itself says, but for its sources.
pub(super) fn contents(out: &mut String, card: &Playbook) {
    let owner = card.owner_role.as_deref().unwrap_or("ingen ägare");
    let _ = writeln!(
        out,
        "Ägare: {owner}. Granskas senast: {}.\n",
        or_dash(&card.review_on)
    );
    if let Some(notice) = &card.notice {
        let _ = writeln!(out, "> {notice}\n");
    }
    section(out, card, Part::When, "when");
    section(out, card, Part::Must, "must");
    deadlines(out, card.deadlines.iter().filter(|d| !d.removed));
    steps(out, card.steps.iter().filter(|s| !s.removed));
    for (part, word) in [
        (Part::Help, "help"),
        (Part::Form, "form"),
        (Part::Pitfall, "pitfall"),
        (Part::Child, "child"),
        (Part::Question, "question"),
        (Part::Term, "term"),
    ] {
        section(out, card, part, word);
    }
}

pub(super) fn sources(out: &mut String, card: &Playbook) {
    out.push_str("## Källor\n\n");
    for source in card.sources.iter().filter(|source| !source.removed) {
        let why = source
            .why
            .as_deref()
            .map(|why| format!(": {why}"))
            .unwrap_or_default();
        let _ = writeln!(out, "- {}{why}", source.title);
    }
}

fn or_dash(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("–")
}

fn section(out: &mut String, card: &Playbook, part: Part, word: &str) {
    let lines: Vec<&Statement> = card
        .statements
        .iter()
        .filter(|line| line.part == part && !line.removed)
        .collect();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "## {}\n", heading(word));
    for line in lines {
        let word = line
            .word
            .as_deref()
            .map(|word| format!("**{word}**: "))
            .unwrap_or_default();
        let tail = reference(&line.statute, &line.checked, line.source, line.unverified);
        let _ = writeln!(out, "- {word}{}{tail}", line.text);
    }
    out.push('\n');
}

fn deadlines<'a>(out: &mut String, deadlines: impl Iterator<Item = &'a Deadline>) {
    out.push_str("## Frister\n\n");
    for d in deadlines {
        let tail = reference(&d.statute, &d.checked, d.source, d.unverified);
        let _ = writeln!(
            out,
            "- {}: {} från {}.{tail} {}",
            d.name,
            d.length_words(),
            or_dash(&d.start),
            d.missed.as_deref().unwrap_or_default()
        );
    }
    out.push('\n');
}

fn steps<'a>(out: &mut String, steps: impl Iterator<Item = &'a Step>) {
    out.push_str("## Steg\n\n");
    for (step, number) in steps.zip(1..) {
        let force = match step.force {
            Force::Must => "måste",
            Force::Judge => "bedöm",
            _ => "brukar",
        };
        let tail = reference(&step.statute, &step.checked, step.source, step.unverified);
        let _ = writeln!(out, "{number}. [ ] {} ({force}){tail}", step.text);
        if let Some(missing) = &step.if_missing {
            let _ = writeln!(out, "   Om resursen saknas hos oss: {missing}");
        }
    }
    out.push('\n');
}

fn reference(
    statute: &Option<String>,
    checked: &Option<String>,
    source: Source,
    unverified: bool,
) -> String {
    let mut parts: Vec<String> = statute.iter().cloned().collect();
    parts.extend(
        checked
            .iter()
            .filter(|_| statute.is_some())
            .map(|c| format!("kontrollerad {c}")),
    );
    match source {
        Source::Practice => parts.push("praxis, ej granskad".into()),
        Source::Experience => parts.push("vår erfarenhet".into()),
        Source::Authority => parts.push("myndighetsråd".into()),
        Source::Research => parts.push("forskning".into()),
        Source::Law | Source::Unknown => {}
    }
    if unverified {
        parts.push("ej kontrollerat".into());
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!(" [{}]", parts.join("; "))
    }
}

/// How municipalities do it, and departures.
fn practice(
    read: &Read<'_>,
    names: &mut Names<'_>,
    key: &ItemKey,
    out: &mut String,
) -> Result<(), Error> {
    for (kind, title) in [
        (Kind::Variant, "Så gör vi i …"),
        (Kind::Deviation, "Avsteg"),
    ] {
        let filter = ItemFilter {
            kind: Some(kind),
            parent: Some(key.clone()),
            ..ItemFilter::default()
        };
        let items = read.items_with_values(&filter)?;
        if items.is_empty() {
            continue;
        }
        let _ = writeln!(out, "## {title}\n");
        for (item, plain) in items {
            let whose = names.title(item.owner.as_ref())?;
            let text = match kind {
                Kind::Variant => way(plain.view().unwrap_or_default()),
                _ => {
                    let deviation: Deviation = plain.view().unwrap_or_default();
                    let reason = deviation.reason.map(|r| format!(" Skäl: {r}"));
                    format!("{}{}", deviation.text, reason.unwrap_or_default())
                }
            };
            let _ = writeln!(out, "- **{whose}**: {text}");
        }
        out.push('\n');
    }
    Ok(())
}

fn way(of: Variant) -> String {
    let agreed = of.agreed_on.map(|day| format!(" Överenskommet {day}."));
    let present = of.present.map(|who| format!(" Med: {who}."));
    [
        of.text,
        agreed.unwrap_or_default(),
        present.unwrap_or_default(),
    ]
    .concat()
}

fn external(contact: &ExternalContact) -> String {
    let mut out = format!("# {}\n\n", contact.title);
    let lines = [
        ("Hjälper med", &contact.subject),
        ("Telefon", &contact.phone),
        ("Öppet", &contact.hours),
        ("E-post", &contact.email),
        ("SDK", &contact.sdk),
        ("Webb", &contact.web),
        ("Kontrollerad", &contact.verified_on),
        ("Ej kontrollerat", &contact.unverified),
        ("Anteckning", &contact.note),
    ];
    for (name, text) in lines {
        if let Some(text) = text {
            let _ = writeln!(out, "- {name}: {text}");
        }
    }
    out
}

fn service(names: &mut Names<'_>, resource: &Resource) -> Result<String, Error> {
    let mut out = format!("# {}\n\n", resource.title);
    let lines = [
        ("Erbjuder", &resource.about),
        ("Var", &resource.place),
        ("Så går det till", &resource.referral),
        ("Telefon", &resource.phone),
        ("Om det inte går", &resource.alternative),
        ("Kontrollerad", &resource.verified_on),
        ("Kostnad", &resource.cost),
    ];
    for (name, text) in lines {
        if let Some(text) = text {
            let _ = writeln!(out, "- {name}: {text}");
        }
    }
    for travel in resource.travel.iter().filter(|travel| !travel.removed) {
        let from = names.title(travel.office.as_ref())?;
        let km = travel.km.map(|km| format!("{km} km")).unwrap_or_default();
        let time = travel
            .minutes
            .map(|m| format!(", {m} min"))
            .unwrap_or_default();
        let _ = writeln!(out, "- Från {from}: {km}{time}");
    }
    Ok(out)
}
