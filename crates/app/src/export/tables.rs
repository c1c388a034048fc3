//! Tables as CSV and people as vCard.

use super::{Out, questions};
use crate::people::People;
use crate::world::day_of;
use crate::{Code, Error};
use radrum_domain::{
    Answer, ExternalContact, ItemKey, Kind, Member, Playbook, Question, Resource, Responsibility,
};
use radrum_store::DocMeta;
use std::fmt::Write as _;

/// Titles by key, looked up once.
pub(super) struct Names<'a> {
    people: People<'a>,
}

impl<'a> Names<'a> {
    pub const fn new(people: People<'a>) -> Self {
        Self { people }
    }

    pub fn title(&mut self, key: Option<&ItemKey>) -> Result<String, Error> {
        Ok(self
            .people
            .named_optional(key)?
            .map(|named| named.title)
            .unwrap_or_default())
    }
}

struct Table {
    name: &'static str,
    rows: Vec<Vec<String>>,
}

pub(super) fn write(out: &mut Out, names: &mut Names<'_>, items: &[DocMeta]) -> Result<(), Error> {
    let head = |name, columns: &[&str]| Table {
        name,
        rows: vec![columns.iter().map(ToString::to_string).collect()],
    };
    let mut people = head(
        "personer",
        &[
            "nyckel",
            "namn",
            "roll",
            "kontor",
            "kommun",
            "telefon",
            "e-post",
            "ring gärna",
        ],
    );
    let mut experience = head(
        "erfarenhet",
        &["namn", "område", "nivå", "år", "anteckning"],
    );
    let mut held = head(
        "ansvar",
        &[
            "område",
            "kommun",
            "ansvar",
            "från",
            "till",
            "beslut",
            "fråga efter",
        ],
    );
    let mut deadlines = head(
        "frister",
        &[
            "handlingskort",
            "frist",
            "räknas från",
            "längd",
            "lagrum",
            "kontrollerad",
        ],
    );
    let mut contacts = head(
        "kontakter",
        &[
            "namn",
            "hjälper med",
            "telefon",
            "öppet",
            "e-post",
            "SDK",
            "webb",
            "kontrollerad",
        ],
    );
    let mut resources = head(
        "resurser",
        &[
            "namn",
            "erbjuder",
            "var",
            "så går det till",
            "telefon",
            "kontrollerad",
        ],
    );
    let mut questions = head(
        "fragor",
        &[
            "nyckel", "fråga", "slag", "kommun", "dag", "läge", "tas upp", "område",
        ],
    );
    let mut answers = head(
        "svar",
        &[
            "fråga",
            "nyckel till frågan",
            "slag",
            "kommun",
            "dag",
            "text",
        ],
    );
    let mut cards = String::new();
    for meta in items.iter().filter(|meta| !meta.plain.common().archived) {
        match meta.key.kind() {
            Kind::Member => {
                let member: Member = meta.plain.view().unwrap_or_default();
                person(names, meta, &member, &mut people, &mut experience)?;
                vcard(names, &member, &mut cards)?;
            }
            Kind::Responsibility => {
                let row: Responsibility = meta.plain.view().unwrap_or_default();
                held.rows.push(vec![
                    names.title(row.area.as_ref())?,
                    names.title(row.municipality.as_ref())?,
                    word(&row.responsibility),
                    text(row.from),
                    text(row.to),
                    text(row.decision),
                    names.title(row.member.as_ref())?,
                ]);
            }
            Kind::Playbook => {
                let card: Playbook = meta.plain.view().unwrap_or_default();
                for d in card.deadlines.iter().filter(|d| !d.removed) {
                    deadlines.rows.push(vec![
                        card.title.clone(),
                        d.name.clone(),
                        text(d.start.clone()),
                        d.length_words(),
                        text(d.statute.clone()),
                        text(d.checked.clone()),
                    ]);
                }
            }
            Kind::ExternalContact => {
                let c: ExternalContact = meta.plain.view().unwrap_or_default();
                let cells = [
                    c.subject,
                    c.phone,
                    c.hours,
                    c.email,
                    c.sdk,
                    c.web,
                    c.verified_on,
                ];
                contacts
                    .rows
                    .push(std::iter::once(c.title).chain(cells.map(text)).collect());
            }
            Kind::Resource => {
                let r: Resource = meta.plain.view().unwrap_or_default();
                let cells = [r.about, r.place, r.referral, r.phone, r.verified_on];
                resources
                    .rows
                    .push(std::iter::once(r.title).chain(cells.map(text)).collect());
            }
            Kind::Question | Kind::Answer => threads(names, meta, &mut questions, &mut answers)?,
            _ => {}
        }
    }
    for table in [
        people, experience, held, deadlines, contacts, resources, questions, answers,
    ] {
        out.add(&format!("tabeller/{}.csv", table.name), &csv(&table)?)?;
    }
    out.add("personer.vcf", cards.as_bytes())
}

/// A question, or an answer with what it answers.
fn threads(
    names: &mut Names<'_>,
    meta: &DocMeta,
    asked: &mut Table,
    answers: &mut Table,
) -> Result<(), Error> {
    let from = names.title(meta.plain.common().owner.as_ref())?;
    let day = day_of(meta.created_at).to_string();
    if meta.key.kind() == Kind::Question {
        let question: Question = meta.plain.view().unwrap_or_default();
        asked.rows.push(vec![
            meta.key.to_string(),
            question.text,
            questions::form(question.form).to_string(),
            from,
            day,
            questions::state(question.state).to_string(),
            questions::parked(question.parked).to_string(),
            names.title(question.area.as_ref())?,
        ]);
        return Ok(());
    }
    let answer: Answer = meta.plain.view().unwrap_or_default();
    let form = questions::answer_form(&answer).to_string();
    answers.rows.push(vec![
        names.title(answer.question.as_ref())?,
        answer
            .question
            .map(|key| key.to_string())
            .unwrap_or_default(),
        form,
        from,
        day,
        answer.text,
    ]);
    Ok(())
}

fn text(value: Option<String>) -> String {
    value.unwrap_or_default()
}

/// A choice in Swedish, as tables are read by people.
fn word<T: serde::Serialize>(choice: &T) -> String {
    let stored = serde_json::to_value(choice).unwrap_or_default();
    match stored.as_str().unwrap_or_default() {
        "lead" => "huvudansvar",
        "support" => "stöd",
        "interested" => "intresserad av",
        "met" => "har mött",
        "trained" => "har gått utbildning",
        "willing_to_consult" => "kan bolla",
        other => other,
    }
    .to_string()
}

fn person(
    names: &mut Names<'_>,
    meta: &DocMeta,
    member: &Member,
    people: &mut Table,
    experience: &mut Table,
) -> Result<(), Error> {
    people.rows.push(vec![
        meta.key.to_string(),
        member.title.clone(),
        text(member.role.clone()),
        names.title(member.office.as_ref())?,
        names.title(meta.plain.common().owner.as_ref())?,
        text(member.phone.clone()),
        text(member.email.clone()),
        if member.call_me { "ja" } else { "" }.to_string(),
    ]);
    for line in member.experience.iter().filter(|line| !line.removed) {
        experience.rows.push(vec![
            member.title.clone(),
            names.title(line.area.as_ref())?,
            word(&line.level),
            line.year.map(|year| year.to_string()).unwrap_or_default(),
            text(line.note.clone()),
        ]);
    }
    Ok(())
}

/// Semicolons and a byte order mark, because Swedish Excel expects them.
fn csv(table: &Table) -> Result<Vec<u8>, Error> {
    let fail = |error: String| Error::new(Code::FileNotWritten, error);
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| harmless(cell)).collect();
        writer
            .write_record(&cells)
            .map_err(|error| fail(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| fail(error.to_string()))
}

/// A cell that a spreadsheet would run as a formula is shown as text (OWASP CSV injection).
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t']) {
        format!("'{cell}")
    } else {
        cell.to_string()
    }
}

/// vCard 4.0 (RFC 6350): work telephone and mailbox, organisation, role.
fn vcard(names: &mut Names<'_>, member: &Member, out: &mut String) -> Result<(), Error> {
    let office = names.title(member.office.as_ref())?;
    out.push_str("BEGIN:VCARD\r\nVERSION:4.0\r\n");
    for (name, value) in [
        ("FN", Some(member.title.clone())),
        ("ORG", Some(office).filter(|office| !office.is_empty())),
        ("TITLE", member.role.clone()),
        ("TEL;TYPE=work", member.phone.clone()),
        ("EMAIL;TYPE=work", member.email.clone()),
    ] {
        if let Some(value) = value {
            folded(out, &format!("{name}:{}", escaped(&value)));
        }
    }
    out.push_str("END:VCARD\r\n");
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace(',', "\\,")
        .replace(';', "\\;")
}

/// Lines of at most 75 bytes, cut between characters (RFC 6350 section 3.2).
fn folded(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::{folded, harmless};

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut out = String::new();
        folded(&mut out, &format!("ORG:{}", "å".repeat(60)));
        assert!(out.lines().all(|line| line.len() <= 75), "{out}");
        assert_eq!(
            out.replace("\r\n ", "").trim_end(),
            format!("ORG:{}", "å".repeat(60))
        );
    }

    #[test]
    fn a_cell_never_runs_as_a_formula() {
        assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless("Åsele"), "Åsele");
    }
}
