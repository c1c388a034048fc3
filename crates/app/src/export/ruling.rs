//! What a municipality has laid down, with the card as it stood: what a request for public records
//! asks for (domain.md section 3).

use super::markdown::{contents, sources};
use super::tables::Names;
use crate::Error;
use radrum_domain::{Plain, Playbook, Ruling};
use std::fmt::Write as _;

/// Folder, title and text.
pub(super) fn page(
    names: &mut Names<'_>,
    ruling: &Ruling,
    municipality: &str,
    then: Option<&Plain>,
) -> Result<(&'static str, String, String), Error> {
    let card: Option<Playbook> = then.map(|then| then.view().unwrap_or_default());
    let name = match &card {
        Some(card) => card.title.clone(),
        None => names.title(ruling.playbook.as_ref())?,
    };
    let mut out = format!("# {name}\n\n");
    let number = ruling.number.iter().map(|number| format!(", nr {number}"));
    let number: String = number.collect();
    let (role, on) = (&ruling.role, &ruling.on);
    let _ = writeln!(out, "Fastställd i {municipality} {on} av {role}{number}.\n");
    if let Some(until) = &ruling.until {
        let _ = writeln!(out, "Gäller inte längre från {until}.\n");
    }
    match &card {
        Some(card) => {
            contents(&mut out, card);
            sources(&mut out, card);
        }
        None => out.push_str("Texten som fastställdes finns inte här.\n"),
    }
    Ok(("faststallda", format!("{name} {on} {municipality}"), out))
}
