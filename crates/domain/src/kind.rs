//! The item kinds. Each file holds one kind: what its document may hold, the view that is
//! read, and what lists and search know of it.

mod advice;
mod area;
mod asking;
mod bulletin;
mod contact;
mod held;
mod introduction;
mod member;
mod municipality;
mod note;
mod playbook;
mod practice;
mod proposal;
mod question;
mod resource;
mod responsibility;
mod ruling;
mod single;
mod statutes;
mod suggestion;
mod welcome;

pub use advice::{AdviceGroup, Adviser};
pub use area::{Area, Label};
pub use asking::{AskOrder, Asked};
pub use bulletin::{Bulletin, TOUCHES};
pub use contact::ExternalContact;
pub use held::{HELD, HELD_BY, holders};
pub use introduction::{Introduction, IntroductionStep};
pub use member::{Away, Experience, Member};
pub use municipality::{Municipality, Office, Reserve};
pub use note::Note;
pub use playbook::{Deadline, Done, Playbook, SourceLink, Statement, Step};
pub use practice::{Deviation, Variant};
pub use proposal::Proposal;
pub use question::{ANSWERS, Answer, ORIGIN, Question};
pub use resource::{Resource, Travel};
pub use responsibility::Responsibility;
pub use ruling::Ruling;
pub use single::{single_of, singleton};
pub use statutes::Statutes;
pub use suggestion::Suggestion;
pub use welcome::Welcome;

use crate::key::{KINDS, Kind};
use crate::plain::Plain;
use crate::project::Projection;
use crate::schema::Schema;

/// How documents are read and projected. Raised by hand whenever the same document would give
/// another plain value or other rows; the golden profile in `tests/upgrade` tells when.
pub const READING: u32 = 3;

/// Everything that decides a plain value: the schemas and [`READING`]. A program with another
/// shape reads every document anew, so that a field which an older program did not know is
/// seen after the update.
#[must_use]
pub fn shape() -> String {
    let mut text = READING.to_string();
    for kind in KINDS {
        text.push_str(&format!("{:?}", schema(kind)));
    }
    text
}

/// What every kind's view tells about itself.
trait View: serde::de::DeserializeOwned {
    /// What its document may hold.
    const SCHEMA: Schema;

    /// Rows and search lines. Titles and the common fields are filled in by the caller.
    fn project(&self, out: &mut Projection);
}

macro_rules! views {
    ($($kind:ident)+) => {
        /// What a document of a kind may hold.
        #[must_use]
        pub const fn schema(kind: Kind) -> &'static Schema {
            match kind {
                $(Kind::$kind => &<$kind as View>::SCHEMA,)+
            }
        }

        /// Derives all rows of an item.
        ///
        /// # Errors
        /// When the value is not one of the kind; the caller keeps the document and shows the
        /// item as unreadable.
        pub fn project(kind: Kind, plain: &Plain) -> Result<Projection, serde_json::Error> {
            let mut out = Projection { common: plain.common(), ..Projection::default() };
            match kind {
                $(Kind::$kind => plain.view::<$kind>()?.project(&mut out),)+
            }
            for (_, holder) in holders(kind, plain) {
                out.link_optional(HELD_BY, Some(&holder));
            }
            Ok(out)
        }
    };
}

views! {
    Area Label Municipality Office Member Responsibility
    Playbook Variant Deviation ExternalContact Resource Note Statutes Question Answer
    AskOrder AdviceGroup Proposal Bulletin
    Introduction Suggestion Welcome Ruling
}
