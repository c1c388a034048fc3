//! *Sedan sist*: who was away for weeks is told what happened, whichever way it comes and however
//! late, until she has read it. Nobody else learns that she was away.

use crate::ask::{answer, ask, create, edit};
use crate::two_years::region::{Region, Way};
use anyhow::{Context as _, Result};
use radrum_tests::crowd::{Crowd, DEVICES, HOUR_MS};
use radrum_tests::edits::{add, put, set};
use radrum_tests::krets::{Calls, text};
use serde_json::{Value, json};

const MAJA: &str = "Maja Lundmark";
const ANNA: &str = "Anna Öberg";
const IVO: &str = "Ivo Ek";
const LVM: &str = "playbook:lvm";
const QUESTION: &str = "Hur ordnar ni jour i jul?";

/// The window is looked at.
fn look(office: &impl Calls) -> Result<()> {
    office.call("look", json!({})).map(drop)
}

fn page(office: &impl Calls, all: bool) -> Result<Value> {
    office.call("since", json!({ "all": all }))
}

/// What each line is about: its sort and its title.
fn lines(page: &Value) -> Vec<(&str, &str)> {
    let lines = page["lines"].as_array().into_iter().flatten();
    let titled = ["question", "item", "member", "bulletin", "card", "office"];
    lines
        .map(|line| {
            let mut titles = titled.iter().filter_map(|of| line[of]["title"].as_str());
            let sort = line["line"].as_str().unwrap_or_default();
            (sort, titles.next().unwrap_or_default())
        })
        .collect()
}

/// The line of a sort.
fn line<'a>(page: &'a Value, sort: &str) -> Result<&'a Value> {
    let mut all = page["lines"].as_array().context("lines")?.iter();
    let found = all.find(|line| line["line"] == sort);
    found.with_context(|| format!("{sort} in {page}"))
}

fn info(region: &Region, name: &str) -> Result<Value> {
    Ok(region.call(name, "start", json!({}))?["session"].clone())
}

/// Maja in Dorotea, Anna in Sorsele and Ivo in Malå have met on a day, and Maja has looked.
fn three(way: Way, day: (i32, u32, u32)) -> Result<Region> {
    let mut region = Region::found(way, day)?;
    region.take_in(MAJA, ANNA, "Sorsele")?;
    region.take_in(MAJA, IVO, "Malå")?;
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    Ok(region)
}

fn step(text: &str) -> Value {
    json!({ "text": text, "force": "usual" })
}

fn three_months(way: Way) -> Result<()> {
    let mut region = three(way, (2026, 8, 20))?;
    region.make_admin(ANNA)?;
    let me = text(&info(&region, MAJA)?["me"], "key")?;
    edit(
        region.office(MAJA)?,
        LVM,
        &[set("owner_member", me.clone())],
    )?;
    let question = ask(region.office(MAJA)?, QUESTION)?;
    let sorsele = text(&info(&region, ANNA)?["municipality"], "key")?;
    let office = [set("title", "IFO Sorsele"), put("municipalities", &sorsele)];
    let office = create(region.office(ANNA)?, "office", &office)?;
    region.writes(ANNA, "Det första")?;
    region.writes(MAJA, "Det andra")?;
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    assert_eq!(page(region.office(MAJA)?, false)?, Value::Null);
    region.goes_away(MAJA)?;

    region.turn_to((2026, 10, 5))?;
    answer(region.office(IVO)?, &question, "Vi delar med Norsjö.", &[])?;
    answer(region.office(ANNA)?, &question, "Chefen tar julafton.", &[])?;
    edit(
        region.office(ANNA)?,
        LVM,
        &[add("steps", 1, step("Ring först"))],
    )?;
    edit(
        region.office(IVO)?,
        LVM,
        &[add("steps", 2, step("Skriv sedan"))],
    )?;
    edit(region.office(ANNA)?, &office, &[set("paused", true)])?;
    create(
        region.office(IVO)?,
        "playbook",
        &[
            set("title", "Hundar i hemmet"),
            set("playbook", "general"),
            set("owner", text(&info(&region, IVO)?["municipality"], "key")?),
        ],
    )?;
    create(
        region.office(IVO)?,
        "bulletin",
        &[set("title", "Ny blankett"), set("from", "2026-11-01")],
    )?;
    region.take_in(ANNA, "Åsa Lind", "Sorsele")?;
    region.writes(ANNA, "Ring före nio")?;
    region.everybody_meets()?;

    // She opens the window before anything has come.
    region.turn_to((2026, 11, 20))?;
    look(region.office(MAJA)?)?;
    assert_eq!(page(region.office(MAJA)?, false)?, Value::Null);
    region.comes_back(MAJA)?;
    region.everybody_meets()?;
    assert_is_told(&page(region.office(MAJA)?, false)?)?;

    // Looking at it, another day and another start do not put it away.
    look(region.office(MAJA)?)?;
    region.turn_to((2026, 11, 21))?;
    look(region.office(MAJA)?)?;
    assert_is_told(&page(region.office(MAJA)?, false)?)?;
    let to = page(region.office(MAJA)?, true)?["to"].clone();
    answer(region.office(ANNA)?, &question, "Och vi annandagen.", &[])?;
    region.everybody_meets()?;
    // What came after the page was shown is not put away with it.
    region.call(MAJA, "put_since_away", json!({ "to": to }))?;
    let rest = page(region.office(MAJA)?, true)?;
    assert_eq!(lines(&rest), [("answered", QUESTION)], "{rest}");
    region.call(MAJA, "put_since_away", json!({ "to": rest["to"] }))?;
    assert_eq!(page(region.office(MAJA)?, false)?, Value::Null);
    region.turn_to((2026, 11, 25))?;
    look(region.office(MAJA)?)?;
    assert_eq!(page(region.office(MAJA)?, true)?, Value::Null);
    // The others looked at nothing, and were told of no absence.
    for name in [ANNA, IVO] {
        assert_eq!(page(region.office(name)?, true)?, Value::Null, "{name}");
    }
    Ok(())
}

fn assert_is_told(page: &Value) -> Result<()> {
    assert_eq!(page["weeks"], 13);
    assert_eq!(
        lines(page),
        [
            ("answered", QUESTION),
            ("changed", "LVM – utredning och omedelbart omhändertagande"),
            ("newcomer", "Åsa Lind"),
            ("bulletin", "Ny blankett"),
            ("new_card", "Hundar i hemmet"),
            ("paused", "IFO Sorsele"),
        ]
    );
    let answered = line(page, "answered")?;
    assert_eq!(answered["municipalities"], json!(["Malå", "Sorsele"]));
    assert_eq!(
        (&answered["nameless"], &answered["further"]),
        (&json!(false), &json!(false))
    );
    let steps = json!([{ "part": "steps", "how": "added", "several": true }]);
    assert_eq!(line(page, "changed")?["what"], steps);
    assert_eq!(line(page, "newcomer")?["municipality"], "Sorsele");
    assert_eq!(line(page, "new_card")?["municipality"], "Malå");
    assert_eq!(
        (&page["more"], &page["others"]),
        (&json!(false), &json!(["note"]))
    );
    // What is private to two or counted is in none of it.
    for name in [ANNA, IVO, "_at\""] {
        assert!(!page.to_string().contains(name), "{name} in {page}");
    }
    Ok(())
}

#[test]
fn three_months_away_are_told_in_words_when_the_relay_brings_them_until_she_has_read() -> Result<()>
{
    three_months(Way::Relay)
}

#[test]
fn three_months_away_are_told_in_words_when_a_stick_brings_them_until_she_has_read() -> Result<()> {
    three_months(Way::Sticks)
}

#[test]
fn who_looks_every_week_is_told_nothing_however_much_came() -> Result<()> {
    let mut region = three(Way::Sticks, (2026, 11, 2))?;
    let question = ask(region.office(MAJA)?, QUESTION)?;
    region.everybody_meets()?;
    for day in [9, 16, 23, 29] {
        region.turn_to((2026, 11, day))?;
        look(region.office(MAJA)?)?;
        answer(region.office(ANNA)?, &question, "Vi ringer runt.", &[])?;
        region.everybody_meets()?;
        assert_eq!(page(region.office(MAJA)?, true)?, Value::Null, "{day}");
    }
    // And when she is away after that, she is told of what came since the last look alone.
    look(region.office(MAJA)?)?;
    region.turn_to((2026, 12, 20))?;
    look(region.office(MAJA)?)?;
    assert_eq!(page(region.office(MAJA)?, true)?, Value::Null);
    region.writes(ANNA, "Ring före nio")?;
    region.everybody_meets()?;
    let told = page(region.office(MAJA)?, true)?;
    assert_eq!((lines(&told), &told["others"]), (vec![], &json!(["note"])));
    Ok(())
}

#[test]
fn a_clock_that_is_wrong_for_a_day_tells_of_no_absence() -> Result<()> {
    for wrong in [(2019, 1, 1), (2031, 5, 5)] {
        let mut region = three(Way::Sticks, (2026, 11, 2))?;
        let question = ask(region.office(MAJA)?, QUESTION)?;
        region.everybody_meets()?;
        region.turn_to(wrong)?;
        look(region.office(MAJA)?)?;
        region.turn_to((2026, 11, 3))?;
        answer(region.office(ANNA)?, &question, "Vi delar.", &[])?;
        region.everybody_meets()?;
        look(region.office(MAJA)?)?;
        assert_eq!(page(region.office(MAJA)?, true)?, Value::Null, "{wrong:?}");
        // She is away after that, and is told all the same.
        region.turn_to((2026, 11, 24))?;
        answer(region.office(ANNA)?, &question, "Och i mellandagarna.", &[])?;
        region.everybody_meets()?;
        look(region.office(MAJA)?)?;
        let told = page(region.office(MAJA)?, true)?;
        assert_eq!(told["weeks"], 3, "{wrong:?}");
        assert_eq!(lines(&told), [("answered", QUESTION)], "{wrong:?}");
    }
    Ok(())
}

#[test]
fn what_was_erased_is_not_named_and_what_was_left_as_it_was_is_no_change() -> Result<()> {
    let mut region = three(Way::Sticks, (2026, 9, 1))?;
    let me = text(&info(&region, MAJA)?["me"], "key")?;
    edit(region.office(MAJA)?, LVM, &[set("owner_member", me)])?;
    let question = ask(region.office(MAJA)?, QUESTION)?;
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    region.turn_to((2026, 10, 1))?;
    let told = answer(region.office(ANNA)?, &question, "Vi delar.", &[])?;
    let card = [set("title", "Gökottan"), set("playbook", "general")];
    let card = create(region.office(ANNA)?, "playbook", &card)?;
    edit(region.office(ANNA)?, LVM, &[set("review_on", "2027-01-01")])?;
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    let before = page(region.office(MAJA)?, true)?;
    assert_eq!(
        lines(&before),
        [
            ("answered", QUESTION),
            ("changed", "LVM – utredning och omedelbart omhändertagande"),
            ("new_card", "Gökottan")
        ]
    );
    for key in [&told, &card] {
        let erase = json!({ "key": key, "ground": "person", "decision": "", "keep_text": false,
                            "window": "w" });
        region.call(ANNA, "erase_item", erase)?;
    }
    edit(region.office(ANNA)?, LVM, &[set("review_on", Value::Null)])?;
    region.everybody_meets()?;
    assert_eq!(page(region.office(MAJA)?, true)?, Value::Null);
    Ok(())
}

#[test]
fn what_is_erased_and_written_anew_is_new_to_nobody() -> Result<()> {
    let mut region = three(Way::Sticks, (2026, 5, 1))?;
    let card = [set("title", "Gökottan"), set("playbook", "general")];
    let card = create(region.office(ANNA)?, "playbook", &card)?;
    let me = text(&info(&region, MAJA)?["me"], "key")?;
    let hers = [
        set("title", "Älgjakten"),
        set("playbook", "general"),
        set("owner_member", me),
    ];
    let hers = create(region.office(ANNA)?, "playbook", &hers)?;
    let home = text(&info(&region, ANNA)?["municipality"], "key")?;
    let bo = [set("title", "Bo Ek"), set("owner", home)];
    let bo = create(region.office(ANNA)?, "member", &bo)?;
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    region.turn_to((2026, 10, 1))?;
    for key in [&card, &hers, &bo] {
        let erase = json!({ "key": key, "ground": "person", "decision": "", "keep_text": true,
                            "window": "w" });
        region.call(ANNA, "erase_item", erase)?;
    }
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    let told = page(region.office(MAJA)?, true)?;
    assert_eq!(
        (lines(&told), &told["others"]),
        (vec![("changed", "Älgjakten")], &json!(["playbook"])),
        "{told}"
    );
    let own = region.office(ANNA)?.call("own_municipality", json!({}))?;
    assert_eq!(own["newcomers"], json!([]), "he is as long here as before");
    Ok(())
}

#[test]
fn a_card_that_many_wrote_about_hides_no_other_card_of_hers() -> Result<()> {
    let mut region = three(Way::Sticks, (2026, 9, 1))?;
    let me = text(&info(&region, MAJA)?["me"], "key")?;
    let mine = |title: &str| {
        [
            set("title", title),
            set("playbook", "general"),
            set("owner_member", me.as_str()),
        ]
    };
    let first = create(region.office(MAJA)?, "playbook", &mine("Gökottan"))?;
    let second = create(region.office(MAJA)?, "playbook", &mine("Älgjakten"))?;
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    region.turn_to((2026, 10, 1))?;
    edit(region.office(IVO)?, &second, &[set("title", "Älgjakt")])?;
    region.everybody_meets()?;
    let owner = text(&info(&region, ANNA)?["municipality"], "key")?;
    for n in 1..=9 {
        let way = [
            set("playbook", first.as_str()),
            set("owner", owner.as_str()),
            set("text", format!("Så gör vi {n}.")),
        ];
        create(region.office(ANNA)?, "variant", &way)?;
    }
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    let told = page(region.office(MAJA)?, false)?;
    assert_eq!(
        lines(&told),
        [("changed", "Gökottan"), ("changed", "Älgjakt")]
    );
    Ok(())
}

#[test]
fn who_is_asked_or_given_something_while_she_is_away_is_told_and_nobody_else() -> Result<()> {
    let mut region = three(Way::Sticks, (2026, 9, 1))?;
    look(region.office(IVO)?)?;
    let me = text(&info(&region, MAJA)?["me"], "key")?;
    region.turn_to((2026, 10, 1))?;
    let eyes = [
        set("text", "Andra ögon: LVM"),
        set("form", "second_eyes"),
        set("asked", me.clone()),
        set("asker", text(&info(&region, ANNA)?["me"], "key")?),
    ];
    create(region.office(ANNA)?, "question", &eyes)?;
    edit(region.office(ANNA)?, LVM, &[set("deputy_member", me)])?;
    region.everybody_meets()?;
    for name in [MAJA, IVO] {
        look(region.office(name)?)?;
    }
    let told = page(region.office(MAJA)?, false)?;
    assert_eq!(
        lines(&told),
        [
            ("asked", "Andra ögon: LVM"),
            ("given", "LVM – utredning och omedelbart omhändertagande")
        ]
    );
    assert_eq!(line(&told, "asked")?["by"]["title"], ANNA);
    let other = page(region.office(IVO)?, false)?;
    assert_eq!(
        (lines(&other), &other["others"]),
        (vec![], &json!(["playbook"]))
    );
    Ok(())
}

#[test]
fn who_left_is_told_by_name_and_seven_lines_hold_one_of_each_sort() -> Result<()> {
    let mut region = three(Way::Sticks, (2026, 9, 1))?;
    let mut questions = Vec::new();
    for n in 1..=9 {
        questions.push(ask(region.office(MAJA)?, &format!("Fråga {n}?"))?);
    }
    let home = text(&info(&region, ANNA)?["municipality"], "key")?;
    let bo = [set("title", "Bo Ek"), set("owner", home)];
    let bo = create(region.office(ANNA)?, "member", &bo)?;
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    region.turn_to((2026, 10, 1))?;
    for question in &questions {
        answer(region.office(ANNA)?, question, "Ja.", &[])?;
    }
    edit(region.office(ANNA)?, &bo, &[set("archived", true)])?;
    region.everybody_meets()?;
    look(region.office(MAJA)?)?;
    let told = page(region.office(MAJA)?, false)?;
    let some = lines(&told);
    assert_eq!((some.len(), &told["more"]), (7, &json!(true)));
    assert_eq!(some.last(), Some(&("left", "Bo Ek")));
    assert_eq!(line(&told, "left")?["municipality"], "Sorsele");
    let all = page(region.office(MAJA)?, true)?;
    assert_eq!((lines(&all).len(), &all["more"]), (10, &json!(false)));
    Ok(())
}

#[test]
fn an_answer_without_a_name_says_neither_who_nor_from_where() -> Result<()> {
    const ELIN: usize = 1;
    const MOA: usize = 2;
    const OTHER: usize = 3;
    let mut crowd = Crowd::of(DEVICES, None)?;
    let elin = &crowd.seats[ELIN];
    let me = elin.call("start", json!({}))?["session"]["me"]["key"].clone();
    let asked = [
        set("text", QUESTION),
        set("form", "question"),
        set("asker", me),
    ];
    let key = create(elin, "question", &asked)?;
    crowd.turn()?;
    crowd.turn()?;
    for seat in [ELIN, MOA, OTHER] {
        look(&crowd.seats[seat])?;
    }
    crowd.pass(15 * 24 * HOUR_MS);
    crowd.turn()?;
    crowd.seats[MOA].answer(&key, "answer", "Vi hade ett i våras.")?;
    crowd.travel()?;
    look(&crowd.seats[ELIN])?;
    let told = page(&crowd.seats[ELIN], true)?;
    assert_eq!(
        told["lines"],
        json!([{ "line": "answered", "question": { "key": key, "title": QUESTION },
                 "municipalities": [], "nameless": true, "further": false }])
    );
    // She who wrote it is told as one who did not.
    let told_to = |seat: usize| {
        look(&crowd.seats[seat])?;
        page(&crowd.seats[seat], true)
    };
    let (hers, others) = (told_to(MOA)?, told_to(OTHER)?);
    assert_eq!(hers["others"], json!(["answer"]), "{hers}");
    for part in ["weeks", "lines", "more", "others"] {
        assert_eq!(hers[part], others[part], "{part}");
    }
    Ok(())
}
