//! Whom offices ask and rådgrupper as Markdown.

use super::tables::Names;
use crate::Error;
use radrum_domain::{AdviceGroup, AskOrder, heading};
use std::fmt::Write as _;

/// Title and text of an order of asking.
pub(super) fn order(names: &mut Names<'_>, order: &AskOrder) -> Result<(String, String), Error> {
    let office = names.title(order.office.as_ref())?;
    let mut out = format!("# Vem frågar jag? {office}\n\n");
    let asked = order.people.iter().filter(|asked| !asked.removed);
    for (turn, asked) in (1..).zip(asked) {
        let name = Some(names.title(asked.member.as_ref())?).filter(|name| !name.is_empty());
        let said: Vec<String> = name.into_iter().chain(asked.role.clone()).collect();
        let _ = writeln!(out, "{turn}. {}", said.join(", "));
        if let Some(decides) = &asked.decides {
            let _ = writeln!(out, "   {}: {decides}", heading("decides"));
        }
        if asked.deputy.is_some() {
            let deputy = names.title(asked.deputy.as_ref())?;
            let _ = writeln!(out, "   Ersätts av {deputy}");
        }
    }
    if let Some(note) = &order.note {
        let _ = writeln!(out, "\n{note}");
    }
    Ok((office, out))
}

/// Title and text of a rådgrupp.
pub(super) fn group(names: &mut Names<'_>, group: &AdviceGroup) -> Result<(String, String), Error> {
    let area = names.title(group.area.as_ref())?;
    let mut out = format!("# Rådgrupp: {area}\n\n");
    let said = [
        &group.about,
        &group.reach,
        &group.phone,
        &group.email,
        &group.hours,
    ];
    for text in said.into_iter().flatten() {
        let _ = writeln!(out, "{text}\n");
    }
    for adviser in group.members.iter().filter(|adviser| !adviser.removed) {
        let name = names.title(adviser.member.as_ref())?;
        let said = std::iter::once(name).chain(adviser.training.clone());
        let said: Vec<String> = said.chain(adviser.hours.clone()).collect();
        let _ = writeln!(out, "- {}", said.join(", "));
    }
    Ok((area, out))
}
