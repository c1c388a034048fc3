//! Letters about what is followed, by a real relay and a real mail server; and what is written
//! without a name over that relay.

use crate::ask::create;
use anyhow::{Context as _, Result};
use radrum_tests::crowd::{HOUR_MS, Relayed};
use radrum_tests::edits::{put, set};
use radrum_tests::krets::{Calls, until};
use radrum_tests::smtp::Smtp;
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

const ELIN: usize = 1;
const MOA: usize = 2;
const SIV: usize = 3;

const LVM: &str = "label:lvm";
const ADDRESS: &str = "elin.ask@sorsele.example";

fn has(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

fn choose(office: &impl Calls, address: &str) -> Result<()> {
    let choice = json!({ "address": address });
    office.call("choose_mail", choice)?;
    office.call("retry_road", json!({})).map(drop)
}

fn stands(office: &impl Calls, standing: &str) -> Result<()> {
    until(standing, || {
        Ok(office.call("mail", json!({}))?["standing"] == standing)
    })
}

fn labelled(office: &impl Calls, title: &str) -> Result<String> {
    create(office, "note", &[set("title", title), put("labels", LVM)])
}

fn with_letters(smtp: &Smtp) -> Result<Relayed> {
    Relayed::of(&format!(
        "[mail]\nserver = 'smtp://127.0.0.1:{}'\nfrom = 'radrum@relay.example'\n\
         hours = [0, 24]\nevery_s = 1\n",
        smtp.port
    ))
}

#[test]
fn a_letter_says_that_there_is_something_and_the_relay_knows_neither_what_nor_who_follows_it()
-> Result<()> {
    let smtp = Smtp::start()?;
    let crowd = with_letters(&smtp)?;
    let [_, elin, moa, siv] = &crowd.seats[..] else {
        anyhow::bail!("four programs")
    };
    elin.call("follow", json!({ "key": LVM, "follow": true }))?;
    let refused = elin.call("choose_mail", json!({ "address": "elin" }));
    assert!(refused.is_err_and(|error| error.to_string().contains("BadMailAddress")));
    assert_eq!(elin.call("mail", json!({}))?["standing"], "off");
    choose(elin, ADDRESS)?;
    stands(elin, "on")?;
    // What nobody follows is told of too, and sends nothing.
    let other = labelled(siv, "Kanariefågel ett")?;
    let note = labelled(moa, "Kanariefågel två")?;
    until("a letter", || Ok(!smtp.letters()?.is_empty()))?;
    until("both notes", || {
        let here = |key: &str| elin.call("note", json!({ "key": key })).is_ok();
        Ok(here(&note) && here(&other))
    })?;
    // Not another one the same day.
    labelled(moa, "Kanariefågel tre")?;
    std::thread::sleep(std::time::Duration::from_secs(3));
    let letters = smtp.letters()?;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    assert!(letter.starts_with(&format!("TO: {ADDRESS}\n")), "{letter}");
    assert!(
        letter.contains("Auto-Submitted: auto-generated"),
        "{letter}"
    );
    let whole = crowd.all_of_the_relay()?;
    for word in ["lvm", "kanarie", "Sorsele", "Elin Ask", "Moa"] {
        let without = letter.replace(ADDRESS, "");
        assert!(!has(without.as_bytes(), word), "{word} in {letter}");
        let elsewhere = String::from_utf8_lossy(&whole).replace(ADDRESS, "");
        assert!(!has(elsewhere.as_bytes(), word), "the relay knows {word}");
    }
    assert!(has(&whole, ADDRESS), "or nothing was looked at");
    assert!(!has(crowd.relay()?.log().as_bytes(), "elin.ask"));
    // She ends it: the relay forgets the address.
    choose(elin, "")?;
    let file = crowd.data.join("relay.db");
    until("an end", || {
        let db = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let count = "SELECT (SELECT count(*) FROM mail) + (SELECT count(*) FROM mail_hints)";
        Ok(db.query_row(count, (), |row| row.get::<_, u64>(0))? == 0)
    })?;
    stands(elin, "off")
}

#[test]
fn a_relay_that_sends_no_letters_says_so_and_nothing_waits_for_it() -> Result<()> {
    let crowd = Relayed::of("")?;
    let elin = &crowd.seats[ELIN];
    elin.call("follow", json!({ "key": LVM, "follow": true }))?;
    choose(elin, ADDRESS)?;
    stands(elin, "no_letters")?;
    labelled(&crowd.seats[MOA], "Utan brev")?;
    until("the note", || {
        Ok(crowd.seats[ELIN]
            .call("search", json!({ "text": "Utan brev" }))?
            .to_string()
            .contains("Utan brev"))
    })
}

#[test]
fn a_question_without_a_name_goes_through_the_relays_own_program() -> Result<()> {
    const ASKED: &str = "Vem har haft ett LVM i vinter?";
    let mut crowd = Relayed::of("")?;
    crowd.seats[ELIN].ask(ASKED)?;
    crowd.pass(7 * HOUR_MS)?;
    for seat in [ELIN, MOA, SIV] {
        let of = &crowd.seats[seat];
        until("the question", || Ok(of.question(ASKED)?.is_some()))?;
    }
    let key = crowd.seats[MOA].question(ASKED)?.context("question")?;
    let seen = crowd.seats[MOA].call("question", json!({ "key": key }))?;
    assert_eq!(seen["asked"]["nameless"], true);
    assert_eq!(seen["asked"]["municipality"], json!(null));
    crowd.seats[SIV].answer(&key, "answer", "Vi hade ett i våras.")?;
    crowd.pass(7 * HOUR_MS)?;
    until("the answer", || {
        let page = crowd.seats[ELIN].call("question", json!({ "key": key }))?;
        Ok(page["threads"][0]["answer"]["answer"]["text"] == "Vi hade ett i våras.")
    })?;
    // Each device has had its tokens, whoever wrote, and what was spent is told by no device.
    let file = crowd.data.join("relay.db");
    let db = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let count = |sql: &str| db.query_row(sql, (), |row| row.get::<_, u64>(0));
    assert_eq!(
        count("SELECT count(*) FROM issued")?,
        crowd.seats.len() as u64
    );
    assert_eq!(count("SELECT count(*) FROM spent")?, 2);
    assert!(!has(&crowd.all_of_the_relay()?, "haft ett LVM"));
    Ok(())
}
