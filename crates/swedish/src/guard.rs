//! The personal-data guard: what in a text tells who a client is, or could.
//!
//! In: a text, what kind of field it stands in and today's date. Out: [`Hit`]s with a level, a
//! place in bytes of the original text, and a rewording. Time grows with the length of the text.
//! Rules: numbers as Skatteverket describes them; addresses, telephones and names by form and by
//! the lists in `lists/guard`. It is a seat belt and no proof: what is not of these forms passes.
//!
//! Deliberately not here: who may be named (`app` lets the krets' own contacts pass), logging.

mod birth_date;
mod case_number;
mod combination;
mod mail;
mod mask;
mod name;
mod near;
mod personal_number;
mod phone;
mod place;
mod plain;
mod tokens;
mod words;

use plain::Plain;
use std::ops::Range;
use tokens::Tokens;

/// How much a hit weighs. The order is from the lightest to the heaviest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Said, never in the way.
    Tip,
    /// The writer must choose.
    Ask,
    /// Cannot be shared.
    Stop,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Personnummer, also with an interim letter.
    PersonalNumber,
    /// Samordningsnummer.
    CoordinationNumber,
    /// A date of birth, also with the last four hidden.
    BirthDate,
    /// Diarienummer or the like.
    CaseNumber,
    /// Telephone.
    Phone,
    /// Ten digits that are a mobile telephone and a personnummer.
    PhoneOrPersonalNumber,
    /// E-mail.
    Email,
    /// Street with number, or post code with place.
    Address,
    /// Fastighetsbeteckning.
    Property,
    /// Registration number.
    Vehicle,
    /// A name.
    Name,
    /// Initials.
    Initials,
    /// Several things that together can point out somebody in a small municipality.
    Combination,
}

/// What a field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Anything written.
    Text,
    /// Reference of a decision, an agreement or a gallringsbeslut: a case number belongs there.
    Reference,
    /// Name, telephone, mail or place of somebody at work.
    Contact,
}

/// Under whose name it will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Byline {
    /// The writer's.
    Named,
    /// Nobody's: every level is one higher.
    Anonymous,
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// What the rules must know besides the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// Where the text stands.
    pub field: Field,
    /// Under whose name.
    pub byline: Byline,
    /// Nobody is born later.
    pub today: Day,
}

/// Text to put in the place of some of the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    /// Bytes of the original text, on borders of characters.
    pub range: Range<usize>,
    /// What to write there.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What.
    pub finding: Finding,
    /// How much it weighs.
    pub level: Level,
    /// Bytes of the original text, on borders of characters.
    pub range: Range<usize>,
    /// In order; a combination has one for each part that can be said less exactly.
    pub rewording: Vec<Rewording>,
}

/// A finding in the plain text, before it is told in places of the original.
#[derive(Debug, Clone)]
struct Found {
    finding: Finding,
    level: Level,
    range: Range<usize>,
    /// Empty: the usual words in place of the whole.
    rewording: Vec<(Range<usize>, String)>,
}

impl Found {
    const fn new(finding: Finding, level: Level, range: Range<usize>) -> Self {
        Self {
            finding,
            level,
            range,
            rewording: Vec::new(),
        }
    }

    fn meets(&self, range: &Range<usize>) -> bool {
        self.range.start < range.end && range.start < self.range.end
    }
}

/// Places that are taken, in order, for a look-up in few steps.
struct Taken(Vec<Range<usize>>);

impl Taken {
    fn by(found: &[Found]) -> Self {
        let mut ranges: Vec<Range<usize>> = found.iter().map(|found| found.range.clone()).collect();
        ranges.sort_by_key(|range| (range.end, range.start));
        Self(ranges)
    }

    fn meets(&self, range: &Range<usize>) -> bool {
        let first = self.0.partition_point(|taken| taken.end <= range.start);
        self.0
            .get(first)
            .is_some_and(|taken| taken.start < range.end)
    }
}

/// A word of protection raises what stands so near, in bytes.
const PROTECTED_REACH: usize = 120;

/// Everything that the guard has to say about a text, in order of place.
#[must_use]
pub fn check(text: &str, context: &Context) -> Vec<Hit> {
    let plain = Plain::of(text);
    let masked = mask::masked(&plain);
    let tokens = Tokens::of(&plain);
    let phones = phone::find(&plain, &masked);
    let mut found = personal_number::find(&plain, &masked, context.today, phones);
    case_number::find(&plain, &tokens, context.field, &mut found);
    if context.field == Field::Contact {
        let allowed = |found: &Found| {
            matches!(
                found.finding,
                Finding::Phone | Finding::PhoneOrPersonalNumber
            )
        };
        found.retain(|found| !allowed(found));
    } else {
        mail::find(&plain, &mut found);
        place::find(&plain, &tokens, &mut found);
        name::find(&plain, &tokens, &mut found);
        combination::find(&plain, &tokens, context.today, &mut found);
    }
    raise(&plain, context.byline, &mut found);
    found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.level)));
    found.iter().map(|found| told(&plain, found)).collect()
}

const fn one_higher(level: Level) -> Level {
    match level {
        Level::Tip => Level::Ask,
        Level::Ask | Level::Stop => Level::Stop,
    }
}

fn raise(plain: &Plain, byline: Byline, found: &mut [Found]) {
    let words = words::PROTECTED.iter();
    let mut protected: Vec<usize> = words
        .flat_map(|word| plain.lower.match_indices(word))
        .map(|(at, _)| at)
        .collect();
    protected.sort_unstable();
    for found in found {
        let start = found.range.start.saturating_sub(PROTECTED_REACH);
        let end = found.range.end + PROTECTED_REACH;
        let first = protected.partition_point(|at| *at < start);
        if protected.get(first).is_some_and(|at| *at < end) {
            found.level = one_higher(found.level);
        }
        if byline == Byline::Anonymous {
            found.level = one_higher(found.level);
        }
    }
}

fn told(plain: &Plain, found: &Found) -> Hit {
    let rewording = if found.finding == Finding::Combination {
        found.rewording.clone()
    } else {
        vec![(found.range.clone(), removed(found.finding).to_string())]
    };
    Hit {
        finding: found.finding,
        level: found.level,
        range: plain.original(&found.range),
        rewording: rewording
            .into_iter()
            .map(|(range, text)| Rewording {
                range: plain.original(&range),
                text,
            })
            .collect(),
    }
}

/// What stands in the place of something that was taken away.
const fn removed(finding: Finding) -> &'static str {
    match finding {
        Finding::PersonalNumber => "[personnummer borttaget]",
        Finding::CoordinationNumber => "[samordningsnummer borttaget]",
        Finding::BirthDate => "[födelsedatum borttaget]",
        Finding::CaseNumber => "[diarienummer borttaget]",
        Finding::Phone | Finding::PhoneOrPersonalNumber => "[nummer borttaget]",
        Finding::Email => "[e-postadress borttagen]",
        Finding::Address => "[adress borttagen]",
        Finding::Property => "[fastighet borttagen]",
        Finding::Vehicle => "[registreringsnummer borttaget]",
        Finding::Name | Finding::Initials => "[namn borttaget]",
        Finding::Combination => "",
    }
}
