//! Closed sets of words. Stored as text, so that a word from a newer program is kept and
//! read as `Unknown` instead of failing the whole item.

/// Declares an enum whose variants are stored as the given words.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default,
            serde::Serialize, serde::Deserialize, ts_rs::TS,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
            /// Absent, or a word of a newer program.
            #[default]
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl $name {
            /// The words that may be written.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
        }
    };
}

pub(crate) use choice;
