//! What a municipality has laid down, with the card as it stood: what a request for public records
//! asks for (domain.md section 3).

use super::markdown::{contents, sources};
use super::tables::Names;
use crate::Error;
use crate::rulings::then;
use radrum_domain::{Playbook, Ruling};
use radrum_store::{DocMeta, Read};
use std::fmt::Write as _;

/// Folder, title and text.
pub(super) fn page(
    read: &Read<'_>,
    names: &mut Names<'_>,
    meta: &DocMeta,
) -> Result<(&'static str, String, String), Error> {
    let ruling: Ruling = meta.plain.view().unwrap_or_default();
    let municipality = names.title(meta.plain.common().owner.as_ref())?;
    let card = then(read, &ruling)?;
    let card: Option<Playbook> = card.map(|then| then.view().unwrap_or_default());
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
