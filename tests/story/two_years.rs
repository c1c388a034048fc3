//! Two years of a region: people come and go, a laptop is lost, municipalities merge, something
//! must be forgotten. The same story over a relay, and with nothing but sticks.

pub(crate) mod region;

use anyhow::Result;
use radrum_tests::krets::text;
use region::{Region, Way};
use serde_json::json;

/// A word that occurs nowhere but in what is erased.
const CANARY: &str = "kvällsgökottan";

#[test]
fn two_years_of_a_region_over_a_relay() -> Result<()> {
    two_years(Way::Relay)
}

#[test]
fn two_years_of_a_region_with_sticks_only() -> Result<()> {
    two_years(Way::Sticks)
}

fn two_years(way: Way) -> Result<()> {
    let mut region = Region::found(way, (2027, 1, 11))?;
    winter_of_the_founding(&mut region)?;
    a_consultant_comes_and_goes(&mut region)?;
    a_laptop_is_lost_on_a_winter_road(&mut region)?;
    something_is_erased_while_one_laptop_is_away_for_four_months(&mut region)?;
    two_admins_want_each_other_gone(&mut region)?;
    two_offices_become_one(&mut region)?;
    fou_leaves(&mut region)?;
    the_last_who_comes_has_everything(&mut region)
}

fn winter_of_the_founding(region: &mut Region) -> Result<()> {
    for (name, place) in [
        ("Anna Öberg", "Sorsele"),
        ("Ivo Ek", "Malå"),
        ("Eva Lind", "Åsele"),
        ("Siv Berg", "FoU Socialtjänst"),
    ] {
        region.take_in("Maja Lundmark", name, place)?;
    }
    region.make_admin("Anna Öberg")?;
    for name in [
        "Maja Lundmark",
        "Anna Öberg",
        "Ivo Ek",
        "Eva Lind",
        "Siv Berg",
    ] {
        region.writes(name, &format!("Det första från {name}"))?;
    }
    region.everybody_meets()?;
    region.all_have_all()
}

fn a_consultant_comes_and_goes(region: &mut Region) -> Result<()> {
    region.turn_to((2027, 3, 1))?;
    region.take_in_guest("Maja Lundmark", "Kim Konsult", "Dorotea", "2027-05-31")?;
    region.writes("Kim Konsult", "Vad konsulten lärde sig")?;
    region.everybody_meets()?;
    region.turn_to((2027, 6, 1))?;
    let kim = region.computer("Maja Lundmark", "Kim Konsult")?;
    assert_eq!(kim["guest_over"], true);
    region.remove("Maja Lundmark", "Kim Konsult")?;
    region.ends("Kim Konsult");
    region.everybody_meets()?;
    region.writes("Maja Lundmark", "Efter konsulten")?;
    region.everybody_meets()?;
    assert!(!region.has("Kim Konsult", "Efter konsulten")?);
    region.leaves_the_story("Kim Konsult");
    region.all_have_all()
}

fn a_laptop_is_lost_on_a_winter_road(region: &mut Region) -> Result<()> {
    region.turn_to((2027, 6, 20))?;
    let lost = region.computer("Maja Lundmark", "Ivo Ek")?;
    let lost = text(&lost, "id")?;
    let ivo = region.member("Maja Lundmark", "Ivo Ek")?;
    region.call(
        "Maja Lundmark",
        "lost_computer",
        json!({ "computer": lost }),
    )?;
    region.leaves_the_story("Ivo Ek");
    region.next_computer("Maja Lundmark", ("Ivo Ek", &ivo), "Malå")?;
    region.writes("Ivo Ek", "Från den nya datorn")?;
    region.everybody_meets()?;
    region.all_have_all()
}

/// Eva in Åsele is on leave from July to November, with an edit of hers on her laptop.
fn something_is_erased_while_one_laptop_is_away_for_four_months(region: &mut Region) -> Result<()> {
    region.turn_to((2027, 7, 5))?;
    let mistake = region.writes("Maja Lundmark", &format!("Om {CANARY}"))?;
    region.everybody_meets()?;
    region.goes_away("Eva Lind")?;
    region.rename("Eva Lind", &mistake, &format!("Om {CANARY}, säger Eva"))?;
    region.writes("Eva Lind", "Skriven i stugan")?;
    region.turn_to((2027, 8, 9))?;
    region.erase("Maja Lundmark", &mistake)?;
    region.everybody_meets()?;
    region.turn_to((2027, 10, 4))?;
    region.writes("Anna Öberg", "Medan Eva var borta")?;
    region.everybody_meets()?;
    region.everybody_meets()?;
    let erased = region.erased("Maja Lundmark")?;
    assert_eq!(erased, (4, 5), "all but Eva's");

    region.turn_to((2027, 11, 8))?;
    region.comes_back("Eva Lind")?;
    region.everybody_meets()?;
    region.wake_all("Maja Lundmark")?;
    for _ in 0..2 {
        region.everybody_meets()?;
    }
    assert_eq!(region.erased("Maja Lundmark")?, (5, 5));
    region.nobody_finds(CANARY)?;
    region.all_have_all()
}

/// Each signs the end of the other while both are on the road. Neither can do it alone.
fn two_admins_want_each_other_gone(region: &mut Region) -> Result<()> {
    region.turn_to((2028, 1, 17))?;
    region.goes_away("Anna Öberg")?;
    region.goes_away("Maja Lundmark")?;
    let by_anna = region.remove("Anna Öberg", "Maja Lundmark")?;
    let by_maja = region.remove("Maja Lundmark", "Anna Öberg")?;
    assert_eq!(
        (&by_anna["needs_another"], &by_maja["needs_another"]),
        (&json!(true), &json!(true))
    );
    region.writes("Anna Öberg", "Annas ord under tvisten")?;
    region.writes("Maja Lundmark", "Majas ord under tvisten")?;
    region.comes_back("Anna Öberg")?;
    region.comes_back("Maja Lundmark")?;
    region.everybody_meets()?;
    for name in ["Anna Öberg", "Maja Lundmark"] {
        assert_eq!(
            region.call(name, "krets", json!({}))?["admin"],
            true,
            "{name}"
        );
        let people = region.call(name, "krets_people", json!({}))?;
        assert_eq!(
            people["unfinished"].as_array().map(Vec::len),
            Some(2),
            "{people}"
        );
    }
    region.all_have_all()
}

fn two_offices_become_one(region: &mut Region) -> Result<()> {
    region.turn_to((2028, 4, 3))?;
    region.turn("Malå", "merges_into", "Sorsele")?;
    region.everybody_meets()?;
    assert_eq!(
        region.places("Ivo Ek")?,
        ["Dorotea", "FoU Socialtjänst", "Sorsele", "Åsele"]
    );
    region.writes("Ivo Ek", "Vårt första gemensamma")?;
    region.everybody_meets()?;
    region.all_have_all()
}

fn fou_leaves(region: &mut Region) -> Result<()> {
    region.turn_to((2028, 8, 21))?;
    region.writes("Siv Berg", "Vad FoU lämnar efter sig")?;
    region.everybody_meets()?;
    region.turn("FoU Socialtjänst", "leaves", "")?;
    region.ends("Siv Berg");
    region.everybody_meets()?;
    region.writes("Anna Öberg", "Efter FoU")?;
    region.everybody_meets()?;
    assert!(!region.has("Siv Berg", "Efter FoU")?);
    assert!(region.has("Siv Berg", "Vad FoU lämnar efter sig")?);
    region.leaves_the_story("Siv Berg");
    region.all_have_all()
}

fn the_last_who_comes_has_everything(region: &mut Region) -> Result<()> {
    region.turn_to((2028, 12, 4))?;
    region.take_in("Anna Öberg", "Per Nord", "Åsele")?;
    region.everybody_meets()?;
    region.all_have_all()?;
    region.nobody_finds(CANARY)?;
    region.all_are_sound()
}
