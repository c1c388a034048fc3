//! Founding: starter content, a municipality, an office and the first member.

use crate::Error;
use crate::commit::Batch;
use crate::content::{Pack, put, set, set_optional};
use crate::session::Session;
use radrum_domain::{Edit, ItemKey, Kind, Scalar};
use radrum_wire::ItemId;

/// Who founds.
#[derive(Debug, Clone)]
pub(crate) struct Founder {
    pub municipality: String,
    pub name: String,
    pub role: Option<String>,
}

impl Session {
    /// Writes the starter content once, as documents whose ids come from slugs.
    pub(crate) fn write_pack(&self, pack: &Pack) -> Result<(), Error> {
        let pack = pack.clone();
        self.write("", move |batch| {
            // Content came with the program: nobody of the krets wrote it.
            batch.write_as(None, batch.now());
            for (key, edits) in pack.items(|| batch.entry_id())? {
                batch.create(&key, &edits)?;
            }
            Ok(())
        })
    }

    /// Writes a colleague who was invited, with the municipality that the invitation names;
    /// everything else comes from the krets.
    pub(crate) fn write_invited(
        &self,
        founder: Founder,
        municipality: ItemId,
    ) -> Result<(), Error> {
        let me = self.write("", move |batch| {
            let key = named_key(&founder.municipality).filter(|key| key.id() == municipality);
            let key = key.unwrap_or_else(|| ItemKey::random(Kind::Municipality, municipality));
            let me = batch.fresh_key(Kind::Member)?;
            batch.write_as(Some(&me), batch.now());
            write_municipality(batch, &key, &founder.municipality)?;
            let mut edits: Vec<Edit> =
                vec![set("title", &founder.name), set("owner", &key.to_string())];
            set_optional(&mut edits, "role", founder.role.as_deref());
            batch.create(&me, &edits)?;
            Ok(me)
        })?;
        self.set_me(me)
    }

    /// Writes the own municipality, an office and the first member, and makes her the one who
    /// uses this computer.
    pub(crate) fn write_founder(&self, founder: Founder) -> Result<(), Error> {
        let me = self.write("", move |batch| {
            let municipality = match named_key(&founder.municipality) {
                Some(key) => key,
                None => batch.fresh_key(Kind::Municipality)?,
            };
            let me = batch.fresh_key(Kind::Member)?;
            batch.write_as(Some(&me), batch.now());
            write_municipality(batch, &municipality, &founder.municipality)?;
            let office = batch.fresh_key(Kind::Office)?;
            let title = format!("IFO {}", founder.municipality);
            let owned = set("owner", &municipality.to_string());
            batch.create(
                &office,
                &[
                    set("title", &title),
                    owned.clone(),
                    put("municipalities", municipality),
                ],
            )?;
            let mut edits: Vec<Edit> = vec![
                set("title", &founder.name),
                owned,
                set("office", &office.to_string()),
            ];
            set_optional(&mut edits, "role", founder.role.as_deref());
            edits.push(Edit::Set {
                field: "duty".into(),
                value: Some(Scalar::Text("representative".into())),
            });
            batch.create(&me, &edits)?;
            Ok(me)
        })?;
        self.set_me(me)
    }
}

fn write_municipality(batch: &mut Batch<'_>, key: &ItemKey, title: &str) -> Result<(), Error> {
    batch.create(key, &[set("title", title)])
}

/// The key of a municipality that every computer gives it by its name.
fn named_key(name: &str) -> Option<ItemKey> {
    ItemKey::slug(Kind::Municipality, &slug_of(name)?).ok()
}

/// "Åsele kommun" as `asele`, so that two computers of one municipality name it alike.
pub(crate) fn slug_of(name: &str) -> Option<String> {
    let folded = radrum_swedish::undot(&radrum_swedish::fold(name));
    let words: Vec<String> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "kommun" | "kommuns"))
        .map(String::from)
        .collect();
    let slug = words.join("-");
    (!slug.is_empty() && slug.len() <= 60).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn a_municipality_gets_the_same_slug_however_it_is_written() {
        assert_eq!(slug_of("Åsele kommun").as_deref(), Some("asele"));
        assert_eq!(slug_of(" Åsele").as_deref(), Some("asele"));
        assert_eq!(slug_of("…"), None);
    }
}
