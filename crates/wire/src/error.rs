/// Why bytes from outside were refused, named by what the caller can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Over the limit that [`crate::limits`] gives for this kind of bytes.
    #[error("over the size limit")]
    TooLarge,
    /// Ends before it should: the rest may still come, or the file was cut off.
    #[error("cut off")]
    Truncated,
    /// Not the form that FORMAT.md gives.
    #[error("malformed")]
    Malformed,
    /// The form of a newer program: keep it and pass it on.
    #[error("format version {0} is not known")]
    Version(u8),
    /// Only the stub of an erased entry: there is nothing to open.
    #[error("erased")]
    Erased,
    /// Another kind of file or text.
    #[error("not a file of this kind")]
    Magic,
    /// The digest at the end does not fit: the bytes were damaged on the way.
    #[error("damaged on the way")]
    Damaged,
    /// For another krets.
    #[error("belongs to another krets")]
    OtherRegion,
    /// The Exempelkrets, which no road carries.
    #[error("the Exempelkrets is never sent")]
    Example,
}

impl WireError {
    /// Stable name for logs and for the interface.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "wire_too_large",
            Self::Truncated => "wire_truncated",
            Self::Malformed => "wire_malformed",
            Self::Version(_) => "wire_unknown_version",
            Self::Erased => "wire_erased",
            Self::Magic => "wire_other_file",
            Self::Damaged => "wire_damaged",
            Self::OtherRegion => "wire_other_region",
            Self::Example => "wire_example",
        }
    }
}
