//! Several offices in one krets: how colleagues take each other in.

use crate::edits::{set, write};
use crate::office::{Office, Start};
use crate::web::Web;
use anyhow::{Context as _, Result, bail};
use radrum_app::Host;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// Whoever runs commands: an office in this process, or a program beside it.
pub trait Calls {
    /// Calls a command that must not be refused.
    ///
    /// # Errors
    /// When it is.
    fn call(&self, command: &str, args: Value) -> Result<Value>;
}

/// A computer whose program runs in this process.
pub trait InProcess: Calls {
    /// Its program.
    fn host(&self) -> &Host;
}

impl InProcess for Office {
    fn host(&self) -> &Host {
        &self.host
    }
}

impl Calls for Office {
    fn call(&self, command: &str, args: Value) -> Result<Value> {
        Self::call(self, command, args)
    }
}

impl Calls for Web {
    fn call(&self, command: &str, args: Value) -> Result<Value> {
        Self::call(self, command, args)
    }
}

/// No step of a story takes so long, on the slowest computer.
const LIMIT: Duration = Duration::from_secs(60);

/// Looks again and again until it is so. The end decides, never the time.
///
/// # Errors
/// After [`LIMIT`], or what the look gives.
pub fn until(what: &str, mut is_so: impl FnMut() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while !is_so()? {
        if begun.elapsed() > LIMIT {
            bail!("not in time: {what}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// A text of an answer.
///
/// # Errors
/// When it is not there.
pub fn text(value: &Value, field: &str) -> Result<String> {
    let text = value[field].as_str().context(field.to_string())?;
    Ok(text.to_string())
}

/// A new office with its own cards, municipality and colleague.
///
/// # Errors
/// When it does not come up.
pub fn office(home: &Path, name: &str, municipality: &str) -> Result<Office> {
    office_with(Start::own(&home.join(municipality)), name, municipality)
}

/// The same with a start of one's own.
///
/// # Errors
/// When it does not come up.
pub fn office_with(start: Start, name: &str, municipality: &str) -> Result<Office> {
    let office = Office::closed(start);
    office.call("start", json!({}))?;
    let found = json!({ "region": "Inlandskretsen", "municipality": municipality, "name": name,
                        "role": "socialsekreterare" });
    let state = office.call("found", found)?;
    if state["state"] != "ready" {
        bail!("not founded: {state}");
    }
    Ok(office)
}

/// The first start of a colleague who was invited to a municipality, and the whole way in, as
/// two colleagues go it by mail and telephone.
///
/// # Errors
/// When a step fails.
pub fn invited(admin: &Office, folder: &Path, name: &str, municipality: &str) -> Result<Office> {
    invited_with(admin, Start::own(folder), name, municipality)
}

/// The same with a start of one's own.
///
/// # Errors
/// When a step fails.
pub fn invited_with(
    admin: &Office,
    start: Start,
    name: &str,
    municipality: &str,
) -> Result<Office> {
    let office = Office::closed(start);
    office.call("start", json!({}))?;
    join(admin, &office, name, municipality)?;
    Ok(office)
}

/// A program at its first start goes the whole way in.
///
/// # Errors
/// When a step fails.
pub fn join(admin: &impl Calls, new: &impl Calls, name: &str, municipality: &str) -> Result<()> {
    let invite = json!({ "municipality": municipality });
    let invitation = text(&admin.call("invite", invite)?, "text")?;
    // Only a computer without a key store looks at the passphrase.
    let state = new.call("start", json!({}))?;
    let passphrase = (state["needs_passphrase"] == true).then_some("en lång lösenfras med ord");
    let join = json!({ "invitation": invitation, "name": name, "role": null,
                       "passphrase": passphrase });
    let state = new.call("join", join)?;
    if state["state"] != "ready" {
        bail!("not joined: {state}");
    }
    finish_joining(admin, new)
}

/// The rest of the way in of a program that has answered an invitation.
///
/// # Errors
/// When a step fails.
pub fn finish_joining(admin: &impl Calls, new: &impl Calls) -> Result<()> {
    let letters = new.call("krets", json!({}))?;
    let letter = text(&letters["letters"][0], "invitation")?;
    let request = new.call("request_again", json!({ "invitation": letter }))?;
    finish(admin, new, &request)
}

/// Founds the krets and gives its three root keys.
///
/// # Errors
/// When it is refused.
pub fn found(office: &impl Calls) -> Result<Vec<String>> {
    let keys = office.call("found_krets", json!({ "name": "Inlandskretsen" }))?;
    let keys = keys["keys"].as_array().context("keys")?;
    let keys = keys.iter().filter_map(|key| key.as_str());
    Ok(keys.map(str::to_string).collect())
}

/// What one office has is carried to another on a stick; gives the receipt.
///
/// # Errors
/// When the stick is not written or read.
pub fn carry(home: &Path, from: &impl InProcess, to: &impl InProcess) -> Result<Value> {
    let file = home.join("stick.knyte");
    let ticket = |host: &Host| host.tickets().give(&host.world(), file.clone());
    let ticket_from = ticket(from.host())?;
    from.call("write_bundle", json!({ "ticket": ticket_from }))?;
    let ticket_to = ticket(to.host())?;
    to.call("read_bundle", json!({ "ticket": ticket_to }))
}

/// Two offices have all of each other.
///
/// # Errors
/// As [`carry`].
pub fn meet(home: &Path, one: &Office, other: &Office) -> Result<()> {
    carry(home, one, other)?;
    carry(home, other, one).map(drop)
}

/// An office that has cards of its own goes the way in.
///
/// # Errors
/// When a step fails.
pub fn take_in(admin: &impl Calls, new: &impl Calls, name: &str, municipality: &str) -> Result<()> {
    let invite = json!({ "municipality": municipality });
    let invitation = text(&admin.call("invite", invite)?, "text")?;
    let ask = json!({ "invitation": invitation, "name": name });
    let request = new.call("ask_to_join", ask)?;
    finish(admin, new, &request)
}

/// A colleague's next computer goes the way in, with what it has already.
///
/// # Errors
/// When a step fails.
pub fn take_in_again(
    admin: &impl Calls,
    new: &impl Calls,
    name: &str,
    municipality: &str,
) -> Result<()> {
    let me = text(&new.call("start", json!({}))?["session"]["me"], "key")?;
    let invite = json!({ "municipality": municipality, "member": me });
    let invitation = text(&admin.call("invite", invite)?, "text")?;
    let ask = json!({ "invitation": invitation, "name": name });
    let request = new.call("ask_to_join", ask)?;
    finish(admin, new, &request)
}

fn finish(admin: &impl Calls, new: &impl Calls, request: &Value) -> Result<()> {
    let request = text(request, "text")?;
    let seen = admin.call("open_request", json!({ "text": request }))?;
    let (id, question) = (text(&seen, "invitation")?, text(&seen, "question")?);
    let asked = json!({ "invitation": id, "question": question });
    let answer = text(&new.call("answer_check", asked)?, "answer")?;
    let welcome = admin.call("approve", json!({ "invitation": id, "answer": answer }))?;
    let welcome = json!({ "text": text(&welcome, "text")? });
    let state = new.call("accept_welcome", welcome)?;
    if state["joined"] != true {
        bail!("not in the krets: {state}");
    }
    Ok(())
}

/// `REGION=KEY`, as the operator of a relay gets it from the office that founded.
///
/// # Errors
/// Outside a krets.
pub fn for_operator(office: &impl Calls) -> Result<String> {
    let road = office.call("road", json!({}))?;
    Ok(format!(
        "{}={}",
        text(&road, "region_id")?,
        text(&road, "relay_key")?
    ))
}

/// Lets an office use a relay.
///
/// # Errors
/// When the address is refused.
pub fn use_relay(office: &impl Calls, address: &str) -> Result<()> {
    office.call("set_relays", json!({ "relays": [address] }))?;
    Ok(())
}

/// Whether the relay has told an office that it is let in no more. An office that believes that
/// all is well is made to ask: asking forgets what was told before, so it must not be repeated
/// while it is under way.
///
/// # Errors
/// When a command is refused.
pub fn is_shut_out(office: &impl Calls) -> Result<bool> {
    let road = office.call("road", json!({}))?;
    if road["problem"].is_null() && road["phase"] == "up_to_date" {
        office.call("retry_road", json!({}))?;
    }
    Ok(road["problem"] == "sync_not_on_roster")
}

/// Writes a note and gives its key.
///
/// # Errors
/// When it is refused.
pub fn note(office: &impl Calls, title: &str, body: &str) -> Result<String> {
    let made = office.call(
        "create_item",
        json!({ "kind": "note", "window": "w",
                "edits": [set("title", title), write("body", body)] }),
    )?;
    text(&made, "key")
}

/// Whether an office shows a note.
///
/// # Errors
/// Never; stories look with `?`.
pub fn has(office: &impl Calls, key: &str) -> Result<bool> {
    Ok(office.call("note", json!({ "key": key })).is_ok())
}

/// Somebody in the list of the krets.
///
/// # Errors
/// When nobody there is called so.
pub fn person(office: &impl Calls, name: &str) -> Result<Value> {
    let krets = office.call("krets_people", json!({}))?;
    let places = krets["municipalities"].as_array().context("places")?;
    let mut people = places
        .iter()
        .flat_map(|of| of["people"].as_array())
        .flatten();
    let found = people.find(|of| of["name"] == name);
    found.cloned().with_context(|| format!("{name} in {krets}"))
}

/// Whom a command about somebody names.
///
/// # Errors
/// As [`person`].
pub fn member(office: &impl Calls, name: &str) -> Result<String> {
    text(&person(office, name)?, "member")
}
