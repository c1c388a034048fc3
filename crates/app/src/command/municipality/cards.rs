//! Cards that a municipality looks after.

use super::AtHome;
use crate::Error;
use crate::api::OwnCard;
use crate::command::page::of_kind;
use radrum_domain::{ItemKey, Kind, Playbook};
use std::collections::BTreeSet;

/// A municipality or FoU with the words of its name.
struct Place {
    key: ItemKey,
    words: Vec<String>,
}

impl AtHome<'_> {
    /// Cards that nobody owns, and cards to look through by now or soon.
    pub(super) fn cards(
        &mut self,
        told: &BTreeSet<String>,
    ) -> Result<(Vec<OwnCard>, Vec<OwnCard>), Error> {
        let (today, soon) = (self.today.to_string(), self.soon());
        let places = self.places()?;
        let (mut unowned, mut reviews) = (Vec::new(), Vec::new());
        for (item, plain) in self.read.items_with_values(&of_kind(Kind::Playbook))? {
            let card: Playbook = plain.view().unwrap_or_default();
            if !self.looks_after(plain.common().owner.as_ref(), &card, &places)? {
                continue;
            }
            let gone = card.owner_member.as_ref();
            let gone = gone.map(|member| self.is_gone(member, told)).transpose()?;
            let due = card.review_on.as_ref().filter(|day| **day <= soon);
            let row = OwnCard {
                card: self.people.named(&item.key)?,
                owner_role: card.owner_role.clone(),
                overdue: due.is_some_and(|day| *day <= today),
                review_on: card.review_on.clone(),
            };
            if card.owner_role.is_none() || gone == Some(true) {
                unowned.push(row.clone());
            }
            if due.is_some() {
                reviews.push(row);
            }
        }
        reviews.sort_by(|a, b| a.review_on.cmp(&b.review_on));
        Ok((unowned, reviews))
    }

    /// Whose a card is: of the municipality that answers for it, else of whoever has the role,
    /// else of the municipality that the role names. What is left is everybody's, and each
    /// municipality may take it.
    fn looks_after(
        &self,
        owner: Option<&ItemKey>,
        card: &Playbook,
        places: &[Place],
    ) -> Result<bool, Error> {
        if let Some(owner) = owner {
            return Ok(*owner == self.home);
        }
        if let Some(member) = &card.owner_member {
            let meta = self.read.doc_meta(member)?;
            if let Some(home) = meta.and_then(|meta| meta.plain.common().owner) {
                return Ok(home == self.home);
            }
        }
        let role = words_of(card.owner_role.as_deref().unwrap_or_default());
        let mut named = places.iter().filter(|place| names(&role, &place.words));
        let first = named.next();
        Ok(first.is_none_or(|first| {
            first.key == self.home || named.any(|place| place.key == self.home)
        }))
    }

    fn places(&self) -> Result<Vec<Place>, Error> {
        let items = self.read.items(&of_kind(Kind::Municipality))?;
        let place = |item: radrum_store::Item| Place {
            words: words_of(&item.title),
            key: item.key,
        };
        Ok(items.into_iter().map(place).collect())
    }
}

fn words_of(text: &str) -> Vec<String> {
    let folded = radrum_swedish::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(String::from)
        .collect()
}

/// Whether a role names a place, as its field asks for: "IFO-chef Malå".
fn names(role: &[String], place: &[String]) -> bool {
    !place.is_empty() && role.windows(place.len()).any(|words| words == place)
}

#[cfg(test)]
mod tests {
    use super::{names, words_of};

    #[test]
    fn a_role_names_the_municipality_that_stands_in_it_as_words() {
        let says = |role: &str, place: &str| names(&words_of(role), &words_of(place));
        assert!(says("IFO-chef Malå", "Malå"));
        assert!(says(
            "utvecklingsledare FoU Socialtjänst",
            "FoU Socialtjänst"
        ));
        assert!(says("åsele: enhetschef", "Åsele"));
        assert!(!says("IFO-chef Malåträsk", "Malå"));
        assert!(!says("IFO-chef", "Malå"));
        assert!(!says("FoU-ledare", "FoU Socialtjänst"));
        assert!(!says("IFO-chef Malå", ""));
    }
}
