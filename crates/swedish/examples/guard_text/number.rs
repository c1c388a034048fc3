//! What stands in the slots that are no words. Slots that carry their own label give it.

use crate::dice::Dice;

const NUMBERS: &str = include_str!("../../../../tests/fixtures/guard/test-numbers.txt");

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// The text of a slot. An unknown one is a slip in the files, and the tool ends there.
#[allow(clippy::panic, reason = "a slip in the files of the set")]
pub fn slot(name: &str, dice: &mut Dice) -> String {
    match name {
        "pnr" => marked("s", &spelled(&test_number(dice, 1..=31), dice)),
        "pnr12" => marked("s", &test_number(dice, 1..=31)),
        "coord" => marked("s", &spelled(&test_number(dice, 61..=91), dice)),
        "pnrbare" => marked("f", &test_number(dice, 1..=31)[2..]),
        "pnrbarestop" => marked("s", &test_number(dice, 1..=31)[2..]),
        "rawwrong" => wrong(&test_number(dice, 1..=31)),
        "masked" => masked(dice),
        "interim" => marked("s", &interim(dice)),
        "rawfile" => format!("utdrag_{{s|{}}}.pdf", test_number(dice, 1..=31)),
        "bdate" | "date" => date(dice),
        "dnr" => marked("s", &format!("dnr {}", case_number(dice))),
        "rawdnr" => case_number(dice),
        "rawcase" => format!("{}-{}", dice.between(2021, 2026), dice.between(1000, 9999)),
        "org" | "orgplain" => organisation(dice, name == "org"),
        "mobile" => marked("f", &mobile(dice)),
        "landline" => marked("f", &landline(dice)),
        "ten" => format!("010-{} {} 00", dice.digits(3), dice.digits(2)),
        "service" => {
            (*dice.one(&["112", "1177", "114 14", "113 13", "116 111", "020-50 50 50"])).to_string()
        }
        "mail" => marked("f", &private_mail(dice)),
        "workmail" => work_mail(dice),
        "staffmail" => marked("t", &staff_mail(dice)),
        "rawstaff" => staff_mail(dice),
        "postcode" => marked(
            "f",
            &format!("9{} {} {}", dice.digits(2), dice.digits(2), place(dice)),
        ),
        "property" => marked("f", &property(dice)),
        "car" => marked("f", &car(dice)),
        "initials" => format!("{}.{}.", letter(dice), letter(dice)),
        _ => public(name, dice).unwrap_or_else(|| panic!("no slot {name}")),
    }
}

/// Numbers and references that say nothing of a person.
fn public(name: &str, dice: &mut Dice) -> Option<String> {
    Some(match name {
        "sfs" => format!("{}:{}", dice.between(1949, 2025), dice.between(7, 1452)),
        "prop" => {
            let year = dice.between(0, 24);
            format!("prop. 20{year:02}/{:02}:{}", year + 1, dice.between(2, 198))
        }
        "jo" => {
            let year = dice.between(5, 23);
            format!(
                "JO 20{year:02}/{:02} s. {}",
                year + 1,
                dice.between(40, 520)
            )
        }
        "hslf" => format!("HSLF-FS 20{}:{}", dice.between(15, 24), dice.between(1, 90)),
        "sou" => format!("SOU 20{}:{}", dice.between(10, 24), dice.between(2, 98)),
        "hfd" => format!(
            "HFD 20{} ref. {}",
            dice.between(11, 24),
            dice.between(1, 80)
        ),
        "report" => format!("20{}:{}", dice.between(10, 24), dice.between(1, 40)),
        "chapter" => format!("{}:{}", dice.between(1, 32), dice.between(1, 40)),
        "day" => dice.between(1, 20).to_string(),
        "dayafter" => dice.between(21, 28).to_string(),
        "time" => format!("{:02}.{}0", dice.between(7, 18), dice.between(0, 5)),
        "hhmm" => format!("{:02}{}0", dice.between(7, 18), dice.between(0, 5)),
        "stamp" => {
            let (month, day) = (dice.between(1, 12), dice.between(1, 28));
            let time = format!("{:02}{:02}", dice.between(0, 23), dice.between(0, 59));
            format!("20{}{month:02}{day:02}{time}", dice.between(22, 26))
        }
        "range" => format!("{}--{}", date(dice), date(dice)),
        "shortrange" => {
            let month = dice.between(1, 6);
            format!(
                "{0}{month:02}15-{0}{1:02}30",
                dice.between(21, 26),
                month + 5
            )
        }
        "ocr" => {
            let count = dice.between(14, 17) as usize;
            format!("7{}", dice.digits(count))
        }
        "bankgiro" => format!("{}-{}", dice.between(100, 5999), dice.digits(4)),
        "plusgiro" => format!(
            "{} {} {}-{}",
            dice.between(1, 99),
            dice.digits(2),
            dice.digits(2),
            dice.digits(1)
        ),
        "iban" => {
            let groups: Vec<String> = (0..5).map(|_| dice.digits(4)).collect();
            format!("SE{} {}", dice.digits(2), groups.join(" "))
        }
        "isbn" => format!(
            "978-91-{}-{}-{}",
            dice.digits(3),
            dice.digits(4),
            dice.digits(1)
        ),
        "uuid" => uuid(dice),
        "icd" => format!("F{}.{}", dice.between(10, 99), dice.between(0, 9)),
        "age" => dice.between(6, 17).to_string(),
        "small" => dice.between(2, 52).to_string(),
        "km" => dice.between(35, 310).to_string(),
        "room" => dice.between(1101, 4520).to_string(),
        "money" => format!("{} {}", dice.between(2, 980), dice.digits(3)),
        "version" => format!(
            "{}.{}.{}",
            dice.between(1, 9),
            dice.between(0, 30),
            dice.between(0, 9)
        ),
        _ => return None,
    })
}

fn marked(level: &str, text: &str) -> String {
    format!("{{{level}|{text}}}")
}

/// A published number with its day in this span: up to 31 for a personnummer.
fn test_number(dice: &mut Dice, days: std::ops::RangeInclusive<u32>) -> String {
    let all: Vec<&str> = NUMBERS.lines().collect();
    loop {
        let number = *dice.one(&all);
        let day = number[6..8].parse().unwrap_or_default();
        if days.contains(&day) {
            return number.to_string();
        }
    }
}

/// Spellings that leave no doubt: twelve digits, or a sign.
fn spelled(number: &str, dice: &mut Dice) -> String {
    let (century, date, last) = (&number[..2], &number[2..8], &number[8..]);
    let (year, month, day) = (&date[..2], &date[2..4], &date[4..]);
    match dice.between(0, 7) {
        0 => number.to_string(),
        1 | 2 => format!("{century}{date}-{last}"),
        3 | 4 => format!("{date}-{last}"),
        5 => format!("{century}{year}-{month}-{day}-{last}"),
        6 => format!("{century}{date} {last}"),
        _ => format!("{date} \u{2013} {last}"),
    }
}

fn wrong(number: &str) -> String {
    let last = number[11..].parse::<u32>().unwrap_or_default();
    format!("{}-{}{}", &number[2..8], &number[8..11], (last + 3) % 10)
}

fn masked(dice: &mut Dice) -> String {
    let number = test_number(dice, 1..=31);
    let end = dice.one(&["XXXX", "xxxx", "****"]);
    marked("f", &format!("{}-{end}", &number[2..8]))
}

/// A letter where the first digit of the serial stands; it counts as 1.
fn interim(dice: &mut Dice) -> String {
    loop {
        let number = test_number(dice, 1..=31);
        if number.as_bytes()[8] == b'1' {
            let letter = dice.one(&["T", "R", "S", "U", "W", "X"]);
            return format!("{}-{letter}{}", &number[2..8], &number[9..]);
        }
    }
}

fn case_number(dice: &mut Dice) -> String {
    let board = *dice.one(&["SN", "IFO", "KS", "SOC", "VON"]);
    let year = dice.between(2019, 2026);
    let number = dice.between(102, 2400);
    match dice.between(0, 3) {
        0 => format!("{board} {year}/{number:04}"),
        1 => format!("{board} {year}-{number:06}"),
        2 => format!("{board}-{year}-{number:05}"),
        _ => format!("{board} {year}/{number}"),
    }
}

fn organisation(dice: &mut Dice, dash: bool) -> String {
    let mut digits = format!(
        "{}{}",
        dice.one(&["55", "21", "80", "96"]),
        dice.between(2, 9)
    );
    digits.push_str(&dice.digits(6));
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(at, digit)| {
            let value = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    let check = (10 - sum % 10) % 10;
    let sign = if dash { "-" } else { "" };
    format!("{}{sign}{}{check}", &digits[..6], &digits[6..])
}

/// The series that are kept for fiction.
fn mobile(dice: &mut Dice) -> String {
    let last = dice.between(5, 99);
    match dice.between(0, 4) {
        0 => format!("070-174 06 {last:02}"),
        1 => format!("0701740{:03}", 600 + last),
        2 => format!("+46 70 174 06 {last:02}"),
        3 => format!("070 174 06 {last:02}"),
        _ => format!("070-17406{last:02}"),
    }
}

fn landline(dice: &mut Dice) -> String {
    let last = dice.between(0, 99);
    match dice.between(0, 3) {
        0 => format!("0980-319 2{last:02}"),
        1 => format!("08-465 004 {last:02}"),
        2 => format!("040-628 04 {last:02}"),
        _ => format!("+46 31 390 06 {last:02}"),
    }
}

fn private_mail(dice: &mut Dice) -> String {
    let name = dice.one(&["kjelle.p", "fia_l", "mamma.till.3", "storm79", "olle.n"]);
    let host = dice.one(&[
        "gmail.com",
        "hotmail.se",
        "outlook.com",
        "live.se",
        "icloud.com",
        "telia.com",
    ]);
    format!("{name}{}@{host}", dice.between(1, 99))
}

fn work_mail(dice: &mut Dice) -> String {
    let name = dice.one(&["registrator", "info", "kommun", "socialtjansten"]);
    format!(
        "{name}@{}.example",
        dice.one(&["asele", "dorotea", "mala", "sorsele", "norsjo"])
    )
}

fn staff_mail(dice: &mut Dice) -> String {
    let name = dice.one(&[
        "karin.oberg",
        "jonas.wik",
        "eva.lind",
        "nils.ek",
        "sara.holm",
    ]);
    format!(
        "{name}@{}.example",
        dice.one(&["storuman", "vilhelmina", "lycksele", "fou"])
    )
}

fn place(dice: &mut Dice) -> &'static str {
    dice.one::<&str>(&[
        "Dorotea", "Lycksele", "Malå", "Norsjö", "Sorsele", "Storuman", "Åsele",
    ])
}

fn property(dice: &mut Dice) -> String {
    let name = dice.one(&[
        "Norrbäck",
        "Storuman",
        "Tärnaby",
        "Borgsjö",
        "Rönnäs",
        "Kittelfjäll",
    ]);
    format!("{name} {}:{}", dice.between(1, 9), dice.between(2, 140))
}

fn car(dice: &mut Dice) -> String {
    let letters = dice.one(&["ABC", "DFG", "KLM", "MNO", "PRS", "XYZ", "GHJ"]);
    match dice.between(0, 2) {
        0 => format!("{letters} {}", dice.digits(3)),
        1 => format!("{letters}{}", dice.digits(3)),
        _ => format!("{letters} {}{}", dice.digits(2), dice.one(&["A", "K", "T"])),
    }
}

fn letter(dice: &mut Dice) -> &'static str {
    dice.one::<&str>(&["A", "B", "E", "K", "L", "M", "S"])
}

fn date(dice: &mut Dice) -> String {
    let (year, month, day) = (
        dice.between(2008, 2026),
        dice.between(1, 12),
        dice.between(1, 28),
    );
    if dice.between(0, 3) == 0 {
        let name = MONTHS[month as usize - 1];
        format!("{day} {name} {year}")
    } else {
        format!("{year}-{month:02}-{day:02}")
    }
}

fn uuid(dice: &mut Dice) -> String {
    let mut hex = |count: usize| -> String {
        (0..count)
            .map(|_| *dice.one(&['0', '1', '2', '4', '7', '9', 'a', 'b', 'c', 'd', 'e', 'f']))
            .collect()
    };
    format!("{}-{}-{}-{}-{}", hex(8), hex(4), hex(4), hex(4), hex(12))
}
