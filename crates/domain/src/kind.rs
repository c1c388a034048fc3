//! The item kinds. Each file holds one kind: what its document may hold, the view that is
//! read, and what lists and search know of it.

mod area;
mod contact;
mod member;
mod municipality;
mod note;
mod playbook;
mod practice;
mod resource;
mod responsibility;

pub use area::{Area, Label};
pub use contact::ExternalContact;
pub use member::{Away, Experience, Member};
pub use municipality::{Municipality, Office, Reserve};
pub use note::Note;
pub use playbook::{Deadline, Done, Playbook, SourceLink, Statement, Step};
pub use practice::{Deviation, Variant};
pub use resource::{Resource, Travel};
pub use responsibility::Responsibility;

use crate::key::Kind;
use crate::plain::Plain;
use crate::project::Projection;
use crate::schema::Schema;

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
            Ok(out)
        }
    };
}

views! {
    Area Label Municipality Office Member Responsibility
    Playbook Variant Deviation ExternalContact Resource Note
}
