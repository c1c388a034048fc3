//! A krets of eight offices, founded once for each process and copied for each seed.

use super::clock::{SimClock, WorldTime};
use super::image::{Image, home};
use super::line::lock;
use crate::crowd::PLACES;
use crate::edits::{add, set, write};
use crate::krets::text;
use anyhow::{Context as _, Result, bail};
use radrum_app::{Host, SecretError, SecretStore, SeededEntropy, Setup, World, call};
use radrum_store::DbKey;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Offices of a simulation.
pub const OFFICES: usize = 8;

/// The one address of a simulated relay.
pub const RELAY: &str = "https://relay.example";

/// The key of one profile, wherever it lies.
#[derive(Default)]
pub struct OneKey(Mutex<Option<DbKey>>);

impl OneKey {
    /// The key.
    #[must_use]
    pub fn key(&self) -> Option<DbKey> {
        lock(&self.0).clone()
    }
}

impl SecretStore for OneKey {
    fn get(&self, _profile: &str) -> Result<Option<DbKey>, SecretError> {
        Ok(self.key())
    }

    fn put(&self, _profile: &str, key: &DbKey) -> Result<(), SecretError> {
        *lock(&self.0) = Some(key.clone());
        Ok(())
    }
}

/// One closed profile.
#[derive(Clone)]
pub struct Kept {
    /// Its files.
    pub image: Image,
    /// Its key.
    pub secrets: Arc<OneKey>,
}

/// Eight closed profiles of one krets that hold the same, and one more that watches.
pub struct Template {
    /// The offices.
    pub offices: Vec<Kept>,
    /// Takes in at the end what the others hold, and shows what follows from it.
    pub witness: Kept,
    /// Items that all have, with their first title.
    pub items: Vec<(String, String)>,
}

struct Made {
    host: Host,
    folder: std::path::PathBuf,
    secrets: Arc<OneKey>,
}

impl Made {
    fn closed(home: &Path, number: usize, time: &WorldTime) -> Result<Self> {
        let folder = home.join(format!("template-{number}"));
        let secrets: Arc<OneKey> = Arc::default();
        let host = Host::new(Setup {
            folder: folder.clone(),
            world: World {
                clock: Arc::new(SimClock::new(time.clone())),
                entropy: Arc::new(SeededEntropy::new(number as u64)),
            },
            secrets: Arc::clone(&secrets) as Arc<dyn SecretStore>,
            example: None,
            planted: None,
            opener: None,
        });
        let made = Self {
            host,
            folder,
            secrets,
        };
        made.call("start", json!({}))?;
        Ok(made)
    }

    fn call(&self, command: &str, args: Value) -> Result<Value> {
        call(&self.host, command, args)
            .map_err(|error| anyhow::anyhow!("{command}: {error}, args {}", error.args))
    }

    fn join(&self, invitation: &str, name: &str) -> Result<()> {
        let join =
            json!({ "invitation": invitation, "name": name, "role": null, "passphrase": null });
        let state = self.call("join", join)?;
        if state["state"] != "ready" {
            bail!("not joined: {state}");
        }
        Ok(())
    }

    fn keep(self) -> Result<Kept> {
        self.host.close();
        drop(self.host);
        Ok(Kept {
            image: Image::of(&self.folder)?,
            secrets: self.secrets,
        })
    }
}

impl Template {
    /// Founds the krets and takes everybody in.
    ///
    /// # Errors
    /// When a step fails.
    pub fn make() -> Result<Self> {
        let home = home()?;
        let time = WorldTime::default();
        let mut all = Vec::new();
        let admin = without_cards(home.path(), &time)?;
        admin.call("set_relays", json!({ "relays": [RELAY] }))?;
        for (number, place) in (1..).zip(PLACES.iter().skip(1).chain(["Dorotea"].iter())) {
            all.push(taken_in(&admin, home.path(), &time, (number, place))?);
        }
        all.insert(0, admin);
        let items = first_items(&all[0])?;
        for made in &all[1..] {
            carry(home.path(), made, &all[0])?;
        }
        for made in &all[1..] {
            carry(home.path(), &all[0], made)?;
        }
        let mut offices = all
            .into_iter()
            .map(Made::keep)
            .collect::<Result<Vec<Kept>>>()?;
        let witness = offices.pop().context("nine profiles")?;
        Ok(Self {
            offices,
            witness,
            items,
        })
    }
}

/// A profile without the cards of the program founds the krets: who was once invited to
/// another krets has none.
fn without_cards(home: &Path, time: &WorldTime) -> Result<Made> {
    let other = Made::closed(home, 100, time)?;
    let found = json!({ "region": "Annan", "municipality": PLACES[0], "name": "Ivo Ek",
                        "role": null });
    other.call("found", found)?;
    other.call("found_krets", json!({ "name": "Annan" }))?;
    let invitation = text(&other.call("invite", json!({}))?, "text")?;
    let admin = Made::closed(home, 0, time)?;
    admin.join(&invitation, "Maja Lundmark")?;
    admin.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    Ok(admin)
}

fn taken_in(
    admin: &Made,
    home: &Path,
    time: &WorldTime,
    (number, place): (usize, &str),
) -> Result<Made> {
    let invite = json!({ "municipality": place });
    let invitation = text(&admin.call("invite", invite)?, "text")?;
    let made = Made::closed(home, number, time)?;
    made.join(&invitation, &format!("Kollega {number}"))?;
    let letters = made.call("krets", json!({}))?;
    let letter = text(&letters["letters"][0], "invitation")?;
    let request = made.call("request_again", json!({ "invitation": letter }))?;
    let request = text(&request, "text")?;
    let seen = admin.call("open_request", json!({ "text": request }))?;
    let (id, question) = (text(&seen, "invitation")?, text(&seen, "question")?);
    let asked = json!({ "invitation": id, "question": question });
    let answer = text(&made.call("answer_check", asked)?, "answer")?;
    let welcome = admin.call("approve", json!({ "invitation": id, "answer": answer }))?;
    let welcome = json!({ "text": text(&welcome, "text")? });
    made.call("accept_welcome", welcome)?;
    Ok(made)
}

fn first_items(admin: &Made) -> Result<Vec<(String, String)>> {
    let step = json!({ "text": "Ring jouren.", "force": "usual" });
    let items = [
        (
            "note",
            json!([set("title", "N"), write("body", "Om vägen.")]),
        ),
        (
            "playbook",
            json!([
                set("title", "K"),
                set("playbook", "rare_case"),
                add("steps", 1, step)
            ]),
        ),
        (
            "external_contact",
            json!([set("title", "A"), set("contact", "court")]),
        ),
    ];
    let mut keys = Vec::new();
    for (kind, edits) in items {
        let create = json!({ "kind": kind, "window": "w", "edits": edits });
        let made = admin.call("create_item", create)?;
        keys.push((text(&made, "key")?, text(&edits[0], "value")?));
    }
    Ok(keys)
}

/// Everything of one computer goes to another by a stick.
fn carry(home: &Path, from: &Made, to: &Made) -> Result<()> {
    let file = home.join("stick");
    let ticket = |made: &Made| made.host.tickets().give(&made.host.world(), file.clone());
    from.call("write_bundle", json!({ "ticket": ticket(from)? }))?;
    to.call("read_bundle", json!({ "ticket": ticket(to)? }))?;
    Ok(())
}
