//! What the users of the web platform before this one asked for, seen in the real window: the rows
//! of the table "Rows of seeds" in README that no journey of their own shows.

use crate::driver::open_example;
use crate::pages::Shown;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::Result;
use serde_json::{Value, json};

/// Stands for the address of a question with answers.
const QUESTION: &str = "QUESTION";

/// A row, the page that answers to it, and what is seen there.
const ROWS: &[(&str, &str, &[Shown])] = &[
    (
        "N01, B02: an empty answer leads on",
        "#/sok?q=qwzxjqwzxj",
        &[
            ("main button, main a", "Fråga kretsen"),
            ("main a", "Okänt ärende"),
        ],
    ),
    (
        "H06, N16: what the law demands beside what is usual and what one judges",
        "#/kort/adoption-international?las=1",
        &[
            ("h2", "Måste enligt lag"),
            ("h2", "Din bedömning"),
            ("li", "brukar"),
        ],
    ),
    (
        "N55, N56: ticks are the first view of a card",
        "#/kort/adoption-international",
        &[("li input[type=checkbox]", "")],
    ),
    (
        "N06: what to do where there is no such help",
        "#/kort/adoption-international?las=1",
        &[(".missing", "Om resursen saknas hos oss")],
    ),
    (
        "N05: how a municipality does it",
        "#/kort/lvm?las=1",
        &[("h2, h3", "Så gör vi")],
    ),
    (
        "N52: what an office has agreed on, when, and who was there",
        "#/kort/adoption-international",
        &[(
            "main",
            "Överenskommet 11 juni 2026, med: tre socialsekreterare",
        )],
    ),
    (
        "N26: few sources, each with a line of why",
        "#/kort/lvm?las=1",
        &[
            ("h2", "Källor"),
            ("section[aria-labelledby=sources] li .quiet", ""),
        ],
    ),
    (
        "N22: the card asks what it knows; open to see",
        "#/kort/lvm?ova=1",
        &[
            ("h2", "Öva fem minuter"),
            ("summary", "Vem ringer du?"),
            ("main a", "Tillbaka till kortet"),
        ],
    ),
    (
        "N22: when it was done last",
        "#/kort/lvm",
        &[("h2", "Senast gjort"), ("main a", "Öva fem minuter")],
    ),
    (
        "N49: time set aside",
        "#/krets/stadgar?redigera=1",
        &[("label", "Avsatt tid")],
    ),
    (
        "N23: words are explained",
        "#/kort/lvm?las=1",
        &[("h2", "Ordförklaringar")],
    ),
    (
        "N18: when you know whom it is about",
        "#/kort/conflict-of-interest",
        &[("h1", "Jäv")],
    ),
    (
        "N24: who has what, with support, for all",
        "#/ansvar",
        &[("table th", "Dorotea"), ("table", "Adoption")],
    ),
    (
        "N29: who can be called, and when",
        "#/personer",
        &[("main", "ring gärna")],
    ),
    (
        "A14, N12: experience in her own words",
        "#/person/maja-lundmark",
        &[("main", "har mött")],
    ),
    (
        "N20: how representatives are chosen, until when",
        "#/krets/stadgar",
        &[("main h2", "Representanter")],
    ),
    (
        "A18, N09, N46, N51: gaps in calm words",
        "#/kommun",
        &[("h2", "Ägare saknas"), ("h2", "Granskas snart")],
    ),
    (
        "N28: law, with whom to ask outside",
        "#/etikett/juridik",
        &[("h1", "Juridik"), ("main", "Kommunjuristen")],
    ),
    (
        "A10, N42: a list for the staff meeting",
        "#/fragor/apt",
        &[("h1", "Frågelådan till arbetsplatsträffen")],
    ),
    (
        "N15, A08: answers side by side, from several municipalities",
        QUESTION,
        &[
            ("main", "så gör vi i Lycksele"),
            ("main", "så gör vi i Åsele"),
            ("main button", "Fråga vidare"),
        ],
    ),
];

/// What nobody may meet on any of these pages: pictures, praise and rankings (N02, N08, N10, N11).
const NEVER: &str = "
const words = document.querySelector('main').innerText.toLowerCase();
return [
  ...['img', 'video', 'picture'].filter((name) => document.querySelector(`main ${name}`)),
  ...['expert', 'visningar', 'gilla', 'poäng', 'rankning', 'bästa svar', 'godkänt svar']
    .filter((word) => new RegExp(`(^|[^a-zåäö])${word}`).test(words)),
];";

/// What groups of answers come first (A03, B26, N25, N30).
const ORDER: [&str; 4] = ["På ditt kontor", "I kretsen", "Frågor", "Handlingskort"];

fn check_order(window: &Window) -> Result<()> {
    window.ask("location.hash = '#/sok?q=nycklar efter dödsfall'")?;
    window.wait_text("h2", "Frågor")?;
    window.wait_text("h2", "Handlingskort")?;
    let shown = window.ask("[...document.querySelectorAll('main h2')].map((e) => e.innerText)")?;
    let shown: Vec<&str> = shown
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let at: Vec<usize> = ORDER
        .iter()
        .filter_map(|name| shown.iter().position(|heading| heading == name))
        .collect();
    assert!(at.len() >= 3 && at.is_sorted(), "{shown:?}");
    Ok(())
}

/// The address of a question with answers.
fn question(window: &Window) -> Result<String> {
    window.ask("location.hash = '#/sok?q=nycklar efter dödsfall'")?;
    let row = "main a[href^='#/fraga/']";
    window.find(row, "nycklar")?;
    let at = window.script(
        "return seen(...arguments).hash;",
        &[json!(row), json!("nycklar")],
    )?;
    Ok(at.as_str().unwrap_or_default().to_string())
}

#[test]
fn each_row_of_the_seeds_stands_on_its_page_without_pictures_praise_or_rank() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    check_order(&window)?;
    let question = question(&window)?;
    let mut missing = Vec::new();
    for (row, at, shown) in ROWS {
        let at = if *at == QUESTION { &question } else { *at };
        window.script("location.hash = arguments[0]", &[json!(at)])?;
        for (selector, text) in *shown {
            if let Err(error) = window.find(selector, text) {
                missing.push(format!("{row}: {error:#}"));
            }
        }
        for met in window
            .script(NEVER, &[])?
            .as_array()
            .unwrap_or(&Vec::<Value>::new())
        {
            missing.push(format!("{row}: {met} on {at}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    Ok(())
}

#[test]
fn what_was_hard_after_a_case_is_written_from_the_card_and_stands_on_it() -> Result<()> {
    let stage = Stage::new()?;
    let window = open_example(&stage)?;
    window.ask("location.hash = '#/kort/lvm'")?;
    window.click("main a", "Skriv efter ett ärende")?;
    window.wait_text("h1", "Ny anteckning")?;
    let body = "document.querySelector('main textarea')?.value.includes('Vad var svårt')";
    window.wait("the three questions", body)?;
    window.click("button", "Spara")?;
    window.wait_text("h1", "Efter ett ärende")?;
    window.find("main strong", "Vad ska stå i kortet nästa gång?")?;
    window.click("main a", "Om: ")?;
    window.find("section[aria-labelledby=notes] a", "Efter ett ärende")?;
    Ok(())
}
