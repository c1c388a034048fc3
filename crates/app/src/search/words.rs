//! The words of one row of an answer: why this person, where in this card.

use crate::api::{AdviceGroupRow, AskRow, Cell, MemberRow, Named, Pause};
use crate::world::day_of;
use radrum_domain::{
    ExperienceLevel, ExternalContact, Plain, Playbook, Resource, ResponsibilityKind, SearchLine,
    heading,
};

/// Longest line of a row, in characters.
const LINE_MAX: usize = 140;

/// Of an order of asking, so many are named in a row.
const ORDER_SHOWN: usize = 4;

/// In the place of a decision that no computer of its municipality began.
pub(super) const OUTSIDE: &str = "Infört av någon utanför kommunen, räknas inte";

pub(crate) const MONTHS: [&str; 12] = [
    "jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec",
];

pub(super) fn line(line: &SearchLine, owner: Option<&str>) -> String {
    let heading = heading(&line.part);
    let text = shortened(&line.text);
    match (line.number, owner) {
        (Some(number), _) => format!("{heading} {number}: {text}"),
        (None, Some(owner)) if ["variant", "ruling"].contains(&line.part.as_str()) => {
            format!("{heading} i {owner}: {text}")
        }
        (None, Some(owner)) => format!("{heading} ({owner}): {text}"),
        (None, None) if heading.is_empty() => text,
        (None, None) => format!("{heading}: {text}"),
    }
}

/// Cut at a word, so that a row stays one line or two.
pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= LINE_MAX {
        return text.to_string();
    }
    let cut: String = text.chars().take(LINE_MAX).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", cut[..end].trim_end_matches([',', '.', ';', ':']))
}

pub(super) fn member(row: &MemberRow) -> String {
    let mut words: Vec<String> = Vec::new();
    let place = row.municipality.as_ref().map(|m| m.title.clone());
    let head: Vec<String> = row.role.clone().into_iter().chain(place).collect();
    if !head.is_empty() {
        words.push(head.join(", "));
    }
    words.extend(experience(row));
    words.extend(reach(row));
    words.join(" · ")
}

/// "har mött adoption 2023", "kan bolla": the latest line of each level, once.
pub(super) fn experience(row: &MemberRow) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for line in &row.experience {
        let area = lowered(&line.area.title);
        let year = line.year.map(|year| format!(" {year}")).unwrap_or_default();
        let said = match line.level {
            ExperienceLevel::Met => format!("har mött {area}{year}"),
            ExperienceLevel::Trained => format!("har gått utbildning i {area}{year}"),
            ExperienceLevel::WillingToConsult => "kan bolla".to_string(),
            ExperienceLevel::Interested => format!("intresserad av {area}"),
            ExperienceLevel::Unknown => continue,
        };
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words.sort_by_key(|said| said == "kan bolla");
    words.truncate(3);
    words
}

/// An abbreviation keeps its capitals, an ordinary word is written inside a sentence.
fn lowered(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_string(),
    }
}

pub(super) fn reach(row: &MemberRow) -> Vec<String> {
    let mut words = Vec::new();
    if let Some((from, to)) = &row.away {
        words.push(format!("borta {}", span(from, to)));
    } else if row.call_me {
        words.push("ring gärna".to_string());
    }
    words.extend(row.consult_when.clone().filter(|_| !row.away_today));
    if let (true, Some(deputy)) = (row.away_today, &row.deputy) {
        words.push(format!("ersätts av {}", deputy.title));
    }
    words.extend(row.paused.as_ref().map(pause));
    words
}

/// "kontoret kan inte hjälpa just nu, till 4 dec".
fn pause(pause: &Pause) -> String {
    let said = "kontoret kan inte hjälpa just nu";
    match pause.to.as_deref().and_then(day) {
        Some((day, month)) => format!("{said}, till {day} {month}"),
        None => said.to_string(),
    }
}

/// "socialsekreterare".
pub(super) fn role(row: &MemberRow) -> Vec<String> {
    row.role.clone().into_iter().collect()
}

/// What she has met, or else what she is.
pub(super) fn role_or_experience(row: &MemberRow) -> Vec<String> {
    let met = experience(row);
    if met.is_empty() { role(row) } else { met }
}

/// "ersätter Karin Berg, borta 1–5 dec".
pub(super) fn stands_in(absent: &MemberRow) -> String {
    let away = absent.away.as_ref();
    let when = away.map(|(from, to)| format!(", borta {}", span(from, to)));
    format!("ersätter {}{}", absent.title, when.unwrap_or_default())
}

/// "Malå har huvudansvar för adoption".
pub(super) fn holds(cell: &Cell) -> String {
    format!("{} för {}", holder_title(cell), lowered(&cell.area.title))
}

/// "i rådgruppen för adoption".
pub(super) fn in_group(group: &AdviceGroupRow) -> String {
    format!("i rådgruppen för {}", lowered(&group.area.title))
}

/// Where what was found stands: in an item that was merged into the one that is shown.
pub(super) fn merged(title: &str, place: &str) -> String {
    match place {
        "" => format!("Sammanslaget med: {title}"),
        place => format!("Sammanslaget med {title}: {place}"),
    }
}

pub(super) fn group_title(group: &AdviceGroupRow) -> String {
    format!("Rådgruppen för {}", lowered(&group.area.title))
}

/// Who belongs to it, when and how.
pub(super) fn group(group: &AdviceGroupRow) -> String {
    let names: Vec<&str> = group
        .members
        .iter()
        .map(|of| of.person.title.as_str())
        .collect();
    let names = Some(names.join(", ")).filter(|names| !names.is_empty());
    let words = names.into_iter().chain(group.hours.clone());
    words
        .chain(group.reach.clone())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// "1 Maja Lundmark · 2 IFO-chef Karin Berg, borta 1–5 dec": the first of an order.
pub(super) fn order(rows: &[AskRow]) -> String {
    if rows.is_empty() {
        return "Ingen ordning är skriven än".to_string();
    }
    let rows = (1..).zip(rows).take(ORDER_SHOWN);
    let words: Vec<String> = rows
        .map(|(turn, row)| format!("{turn} {}", asked(row)))
        .collect();
    words.join(" · ")
}

fn asked(row: &AskRow) -> String {
    let Some(person) = &row.person else {
        return row
            .role
            .clone()
            .unwrap_or_else(|| "ingen just nu".to_string());
    };
    let away = person.away.as_ref().filter(|_| person.away_today);
    let away = away.map(|(from, to)| format!(", borta {}", span(from, to)));
    format!("{}{}", person.title, away.unwrap_or_default())
}

/// "1–5 dec", "28 nov–3 dec".
pub(crate) fn span(from: &str, to: &str) -> String {
    match (day(from), day(to)) {
        (Some((d1, m1)), Some((d2, m2))) if m1 == m2 && d1 == d2 => format!("{d1} {m1}"),
        (Some((d1, m1)), Some((d2, m2))) if m1 == m2 => format!("{d1}–{d2} {m1}"),
        (Some((d1, m1)), Some((d2, m2))) => format!("{d1} {m1}–{d2} {m2}"),
        _ => format!("{from}–{to}"),
    }
}

fn day(date: &str) -> Option<(u32, &'static str)> {
    let month: usize = date.get(5..7)?.parse().ok()?;
    Some((
        date.get(8..10)?.parse().ok()?,
        MONTHS.get(month.checked_sub(1)?)?,
    ))
}

pub(super) fn holder_title(cell: &Cell) -> String {
    let held = match cell.responsibility {
        ResponsibilityKind::Support => "stöd",
        _ => "huvudansvar",
    };
    format!("{} har {held}", cell.municipality.title)
}

pub(super) fn holder(cell: &Cell) -> String {
    let area = cell.area.title.clone();
    match &cell.member {
        Some(row) => {
            let mut words = vec![area];
            let role = row
                .role
                .clone()
                .map(|role| format!(", {role}"))
                .unwrap_or_default();
            words.push(format!("{}{role}", row.title));
            words.extend(reach(row));
            words.join(" · ")
        }
        None => area,
    }
}

/// "granskat mars 2026", "utkast, granskas av er".
pub(super) fn review(card: &Playbook) -> String {
    match card.reviewed_on.as_deref() {
        Some(day) if !card.draft => match (month(day), day.get(..4)) {
            (Some(month), Some(year)) => format!("granskat {month} {year}"),
            _ => format!("granskat {day}"),
        },
        _ if card.draft => "utkast, granskas av er".to_string(),
        _ => String::new(),
    }
}

fn month(date: &str) -> Option<&'static str> {
    let month: usize = date.get(5..7)?.parse().ok()?;
    MONTHS.get(month.checked_sub(1)?).copied()
}

/// What a contact or resource is for, and its telephone.
pub(super) fn contact(plain: &Plain, found: String) -> (String, String) {
    let contact: ExternalContact = plain.view().unwrap_or_default();
    let resource: Resource = plain.view().unwrap_or_default();
    let about = contact
        .subject
        .or(resource.about)
        .map(|text| shortened(&text));
    let place = about.unwrap_or(found);
    let phone = contact.phone.or(resource.phone).unwrap_or_default();
    (place, phone)
}

/// "Maja Lundmark, 3 nov 2026".
pub(super) fn dated(by: Option<&Named>, ms: i64) -> String {
    let day = day_of(ms).to_string();
    let date = match (self::day(&day), day.get(..4)) {
        (Some((d, m)), Some(year)) => format!("{d} {m} {year}"),
        _ => day,
    };
    match by {
        Some(by) => format!("{}, {date}", by.title),
        None => date,
    }
}

#[cfg(test)]
mod tests {
    use super::{shortened, span};

    #[test]
    fn a_time_away_is_said_shortly() {
        assert_eq!(span("2026-12-01", "2026-12-05"), "1–5 dec");
        assert_eq!(span("2026-11-28", "2026-12-03"), "28 nov–3 dec");
        assert_eq!(span("2026-12-24", "2026-12-24"), "24 dec");
    }

    #[test]
    fn a_long_line_is_cut_at_a_word() {
        let long = "ord ".repeat(60);
        let short = shortened(&long);
        assert!(short.ends_with("ord …") && short.chars().count() <= 143);
    }
}
