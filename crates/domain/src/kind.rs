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
pub use contact::{ContactKind, ExternalContact};
pub use member::{Away, Duty, Experience, ExperienceLevel, Member};
pub use municipality::{Municipality, MunicipalityForm, Office, Reserve};
pub use note::Note;
pub use playbook::{
    Deadline, Done, Force, Part, Playbook, PlaybookKind, Source, SourceLink, Statement, Step,
};
pub use practice::{Deviation, Variant};
pub use resource::{Resource, Travel};
pub use responsibility::{Responsibility, ResponsibilityKind};

use crate::plain::Plain;
use crate::project::Projection;
use crate::schema::Schema;

/// What every kind's view tells about itself.
pub(crate) trait View: serde::de::DeserializeOwned {
    /// What its document may hold.
    const SCHEMA: Schema;

    /// Rows and search lines. Titles and the common fields are filled in by the caller.
    fn project(&self, out: &mut Projection);
}

macro_rules! kinds {
    ($($variant:ident = $name:literal: $view:ty, $doc:literal;)+) => {
        /// What an item is.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, ts_rs::TS,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $(#[doc = $doc] $variant,)+
        }

        /// All kinds.
        pub const KINDS: [Kind; [$($name),+].len()] = [$(Kind::$variant),+];

        impl Kind {
            /// Its name in keys, documents and the database.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            pub(crate) const fn schema(self) -> &'static Schema {
                match self {
                    $(Self::$variant => &<$view as View>::SCHEMA,)+
                }
            }

            pub(crate) fn project_into(
                self,
                plain: &Plain,
                out: &mut Projection,
            ) -> Result<(), serde_json::Error> {
                match self {
                    $(Self::$variant => plain.view::<$view>()?.project(out),)+
                }
                Ok(())
            }
        }
    };
}

kinds! {
    Area = "area": Area, "A rare-case area that a municipality can be responsible for.";
    Label = "label": Label, "A subject label.";
    Municipality = "municipality": Municipality, "A member municipality, or FoU.";
    Office = "office": Office, "An office; it may serve several municipalities.";
    Member = "member": Member, "A colleague in the krets.";
    Responsibility = "responsibility": Responsibility, "Who holds an area for a municipality.";
    Playbook = "playbook": Playbook, "A handlingskort.";
    Variant = "variant": Variant, "How one municipality does it.";
    Deviation = "deviation": Deviation, "A reasoned departure from a step.";
    ExternalContact = "external_contact": ExternalContact, "A body outside the krets.";
    Resource = "resource": Resource, "A service, where it is and how to get there.";
    Note = "note": Note, "A note that the whole krets reads.";
}
