//! The week of the story of that name, in the windows of three offices: Sorsele without a network
//! on Monday, Malå and Åsele without one on Tuesday, Dorotea without one all week. The region has
//! 24 computers in 8 municipalities and the real relay.

use crate::access::{Looks, keep_picture};
use crate::dialog::choose_file;
use crate::driver::open_desktop;
use crate::quiet::put_on_paper;
use crate::stage::Stage;
use crate::window::Window;
use anyhow::{Context as _, Result};
use radrum_tests::crowd::{HOUR_MS, Relayed, Seat};
use radrum_tests::edits::set;
use radrum_tests::krets::{Calls as _, until};
use serde_json::{Value, json};

const PASSPHRASE: &str = "tre vanliga ord räcker";

const QUESTION: &str = "Hur lägger ni upp hembesöken i en medgivandeutredning?";
const MOAS: &str = "Vi är alltid två, och det första besöket är ett samtal på kontoret.";
const SIVS: &str = "Det blev tvärtom: första besöket hemma, så blev det lättare att prata.";
const FOLLOW_UP: &str = "Tack. Vi provar hemma först.";

/// What somebody in Dorotea types.
const TYPED: &str = "hembesök medgivandeutredning";

/// What must not be seen of whoever asked, and of whoever answered without a name.
const AUTHORS: [&str; 4] = ["Sorsele", "Elin", "Åsele", "Siv Dahl"];

/// From the morning on which the region begins to Tuesday noon.
const TO_TUESDAY_MS: i64 = 28 * HOUR_MS;

/// The longest that a post without a name lies, and an hour.
const DELAY_MS: i64 = 7 * HOUR_MS;

/// The window of whoever has moved out to a stage, at noon of a day.
fn at_work(stage: &Stage, day: &str) -> Result<Window> {
    let window = open_desktop(stage, &["--now", day])?;
    window.wait_text("h1", "Lås upp Rådrum")?;
    window.fill("#passphrase", PASSPHRASE)?;
    window.click("button", "Lås upp")?;
    window.wait_text("h2", "Nytt i kretsen")?;
    Ok(window)
}

fn open_thread(window: &Window) -> Result<()> {
    window.click("nav a", "Frågor")?;
    window.click("a.t", QUESTION)?;
    window.wait_text("article h1", QUESTION)
}

/// Two clicks, one field and one tick. It waits on the computer that has no network.
fn ask_on_the_road(window: &Window, looks: &mut Looks) -> Result<()> {
    window.click("a.btn", "Fråga kretsen")?;
    window.fill("#f-text", QUESTION)?;
    window.click(".nameless label", "Utan namn")?;
    window.click("button", "Publicera")?;
    window.wait_text("section h2", "Väntar på att skickas utan namn")?;
    window.wait_text(".row .t", QUESTION)?;
    looks.at(window, "1-vantar-utan-nat")
}

/// Moa and Siv answer in their offices, without a network and without each other.
fn answer(moa: &Seat, siv: &Seat, key: &str) -> Result<()> {
    let office = moa.call("start", json!({}))?["session"]["municipality"]["key"].clone();
    let edits = json!([
        set("question", key),
        set("text", MOAS),
        set("form", "answer"),
        set("owner", office),
        { "edit": "set", "field": "our_way", "value": true },
    ]);
    let create = json!({ "kind": "answer", "window": "w", "edits": edits });
    moa.call("create_item", create)?;
    siv.answer(key, "other_experience", SIVS)
}

/// Whoever asked sees both, and adds a line. The name is left out without a word from her.
fn follow_up(window: &Window, looks: &mut Looks) -> Result<()> {
    window.wait_text(".thread .who", "så gör vi i Malå")?;
    window.wait_text(".thread", MOAS)?;
    window.wait_text(".thread .who", "Utan namn · annan erfarenhet")?;
    window.wait_text(".thread", SIVS)?;
    looks.at(window, "2-tva-svar")?;
    window.click(".buttons .btn", "Lägg till")?;
    window.fill("#f-text", FOLLOW_UP)?;
    window.wait(
        "the name to be left out",
        "seen('.nameless input')?.checked",
    )?;
    looks.at(window, "3-lagg-till")?;
    window.click("button", "Publicera")?;
    window.wait_text(".row .t", FOLLOW_UP)
}

/// Moa makes a card of the thread in one action, and lays all that is new on a stick.
fn grow(stage: &Stage, window: &Window, looks: &mut Looks) -> Result<()> {
    open_thread(window)?;
    window.wait_text(".voice", FOLLOW_UP)?;
    window.click("summary", "Låt tråden bli något")?;
    window.click("button", "Nytt handlingskort")?;
    window.wait_text("h1", QUESTION)?;
    window.click("button", "Spara")?;
    window.wait_text("a", "Kommer ur frågan: ")?;
    window.wait_text("li label", SIVS)?;
    window.wait_text("article", MOAS)?;
    looks.at(window, "4-kortet")?;
    window.ask("location.hash = '#/krets'")?;
    let file = stage.home().join("stick.knyte");
    choose_file(stage, window, "Lägg på sticka", &file)?;
    window.wait_text("[role=status]", "i filen")
}

/// What the page in Dorotea says, which tells nobody's office.
fn tells_no_author(window: &Window, page: &str) -> Result<()> {
    let shown = window.ask("document.querySelector('main').innerText")?;
    let shown = shown.as_str().context("text")?;
    for author in AUTHORS {
        assert!(!shown.contains(author), "{author} on {page}: {shown}");
    }
    Ok(())
}

fn go(window: &Window, at: &str) -> Result<()> {
    window.script("location.hash = arguments[0];", &[json!(at)])?;
    window.settle()
}

fn name(window: &Window) -> Result<String> {
    let at = window.ask("decodeURIComponent(location.hash.split('?')[0].split('/')[2])")?;
    Ok(at.as_str().context("name")?.to_string())
}

/// Whom a search proposes to ask, above all that was written.
fn proposed(window: &Window) -> Result<Value> {
    window.click("nav a", "Sök")?;
    window.fill("#search", TYPED)?;
    window.wait_text("section h2", "I kretsen")?;
    window.ask("document.querySelector('.search section a[data-row]').innerText")
}

/// Dorotea reads the stick, finds the card by search, and looks at all that it came from.
fn read(stage: &Stage, window: &Window, looks: &mut Looks) -> Result<()> {
    let before = proposed(window)?;
    window.ask("location.hash = '#/krets'")?;
    let stick = stage.home().join("stick.knyte");
    choose_file(stage, window, "Läs in från sticka", &stick)?;
    window.wait_text("[role=status]", "Malå")?;
    looks.at(window, "5-kvitto")?;
    let after = proposed(window)?;
    window.wait_text("a[href^='#/fraga/']", QUESTION)?;
    assert_eq!(
        after, before,
        "who is asked first follows from what was asked"
    );
    looks.at(window, "6-sokt")?;
    window.click("a[data-row][href^='#/kort/']", QUESTION)?;
    window.wait_text("h1", QUESTION)?;
    window.wait_text("li label", SIVS)?;
    window.wait_text("article", MOAS)?;
    looks.at(window, "7-kortet-i-dorotea")?;
    tells_no_author(window, "the card")?;
    let card = name(window)?;
    window.click("a", "Kommer ur frågan: ")?;
    window.wait_text(".voice", FOLLOW_UP)?;
    tells_no_author(window, "the thread")?;
    let question = name(window)?;
    let page = window.rpc("question", json!({ "key": format!("question:{question}") }))?;
    let of = |answer: &Value| answer["answer"]["head"]["key"].as_str().map(str::to_string);
    let threads = page["threads"].as_array().context("threads")?;
    let answers = threads
        .iter()
        .filter_map(of)
        .map(|key| key.replace("answer:", "svar/"));
    let items = [format!("fraga/{question}"), format!("kort/{card}")];
    for item in items.into_iter().chain(answers) {
        go(window, &format!("#/{item}/historik"))?;
        window.wait_text("summary", "Var finns den här ändringen?")?;
        tells_no_author(window, &item)?;
    }
    go(window, &format!("#/kort/{card}"))?;
    window.wait_text("h1", QUESTION)
}

/// The button asks the system to print; paper shows the card, and the list for the meeting.
fn print(window: &Window) -> Result<()> {
    window.script("window.print = () => { window.printed = true; };", &[])?;
    window.click(".buttons button", "Skriv ut")?;
    assert_eq!(window.ask("window.printed")?, true);
    put_on_paper(window)?;
    window.wait_text("h1", QUESTION)?;
    window.wait_text("main", SIVS)?;
    window.wait_text("main", MOAS)?;
    let empty = window.ask("seen('main li', 'Inget skrivet här ännu.')?.outerHTML ?? ''")?;
    assert_eq!(empty, "", "a part without words is on paper");
    tells_no_author(window, "the printed card")?;
    keep_picture(window, "veckan-papper-", "8-kortet")?;
    go(window, "#/fragor/apt")?;
    window.wait_text("h1", "Frågelådan till arbetsplatsträffen")?;
    window.wait_text(".row", "svar från Malå")?;
    tells_no_author(window, "the list for the meeting")?;
    keep_picture(window, "veckan-papper-", "9-apt")
}

#[test]
fn a_nameless_question_from_the_road_is_a_printed_card_in_dorotea_on_friday() -> Result<()> {
    let (sorsele, mala, dorotea) = (Stage::new()?, Stage::new()?, Stage::new()?);
    let mut looks = Looks::new("veckan");
    let mut crowd = Relayed::of("")?;
    let maja = crowd.seats.remove(0);
    maja.move_out(&dorotea.profile(), PASSPHRASE)?;
    let elin = crowd.seats.remove(0);
    elin.move_out(&sorsele.profile(), PASSPHRASE)?;

    // Monday.
    crowd.cut()?;
    let window = at_work(&sorsele, "2026-11-23")?;
    ask_on_the_road(&window, &mut looks)?;
    window.kill(&sorsele)?;

    // Tuesday: it leaves, comes back, and is answered.
    crowd.mend(TO_TUESDAY_MS)?;
    let window = at_work(&sorsele, "2026-11-24")?;
    open_thread(&window)?;
    window.wait_text("article .meta", "Utan namn")?;
    let key = format!("question:{}", name(&window)?);
    for seat in &crowd.seats {
        until("the question", || Ok(seat.question(QUESTION)?.is_some()))?;
    }
    crowd.cut()?;
    let [moa, siv] = &crowd.seats[..] else {
        anyhow::bail!("two programs")
    };
    answer(moa, siv, &key)?;
    crowd.mend(DELAY_MS)?;
    window.rpc("retry_road", json!({}))?;
    follow_up(&window, &mut looks)?;
    window.kill(&sorsele)?;

    // Wednesday: what she added leaves.
    let window = at_work(&sorsele, "2026-11-25")?;
    open_thread(&window)?;
    window.wait_text(".voice", "Utan namn")?;
    window.wait_text(".voice", FOLLOW_UP)?;
    window.kill(&sorsele)?;

    // Thursday.
    crowd
        .seats
        .remove(0)
        .move_out(&mala.profile(), PASSPHRASE)?;
    let window = at_work(&mala, "2026-11-26")?;
    grow(&mala, &window, &mut looks)?;
    window.kill(&mala)?;

    // Friday.
    crowd.cut()?;
    std::fs::copy(
        mala.home().join("stick.knyte"),
        dorotea.home().join("stick.knyte"),
    )?;
    let window = at_work(&dorotea, "2026-11-27")?;
    window.click("nav a", "Frågor")?;
    // The list has come, with rows or with the words that there are none.
    window.wait(
        "the list of questions",
        "seen('h1', 'Frågor') && seen('main li.row, main li.none')",
    )?;
    let there = window.ask(&format!("!!seen('a.t', '{QUESTION}')"))?;
    assert_eq!(there, false, "the question is here before the stick");
    read(&dorotea, &window, &mut looks)?;
    print(&window)?;
    looks.assert_clean();
    Ok(())
}
