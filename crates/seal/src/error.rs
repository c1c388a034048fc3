use radrum_wire::{EpochId, FactHash, WireError};

/// Why something could not be sealed, opened or believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The Exempelkrets: nothing of it is ever sealed or opened.
    #[error("the Exempelkrets is never sealed")]
    Example,
    /// Not the form that FORMAT.md gives, or over its limits.
    #[error("format: {0}")]
    Wire(#[from] WireError),
    /// The system gave no random bytes. Nothing was made.
    #[error("no randomness")]
    NoRandomness,
    /// The body is too large for one entry; the caller splits it.
    #[error("body is too large for one entry")]
    TooLarge,
    /// For another krets.
    #[error("belongs to another krets")]
    OtherRegion,
    /// Sealed under an epoch whose key has not come yet.
    #[error("key of epoch {0} is not known")]
    UnknownEpoch(EpochId),
    /// No admin stands for any epoch whose key is here.
    #[error("no epoch to write in")]
    NoEpoch,
    /// Altered, moved, or sealed with another key.
    #[error("seal is broken")]
    Broken,
    /// The grant that the signature names has not come yet.
    #[error("grant {0} is not known")]
    UnknownGrant(FactHash),
    /// No issuer that the facts name has signed the token; one may come.
    #[error("issuer of the token is not known")]
    UnknownIssuer,
    /// The signature is not by the key that it names.
    #[error("signature is wrong")]
    WrongSignature,
    /// Signed by a device that does not own the log.
    #[error("signed by a device that does not own the log")]
    OtherLog,
    /// The key was revoked, and this comes after the last accepted entry of its log.
    #[error("written after the key was revoked")]
    AfterCutoff,
    /// A kind in a place where it does not belong.
    #[error("kind does not belong here")]
    OutOfPlace,
    /// There is no founding of this krets among the facts, or two of its roots did not sign.
    #[error("no valid founding of the krets")]
    NoGenesis,
    /// No key at all, a damaged file of keys, or the wrong key for it.
    #[error("keys cannot be read")]
    BadKeys,
    /// A letter that answers another letter.
    #[error("answers another letter")]
    OtherLetter,
    /// The check code is not the one that this computer computes. Somebody may be in between.
    #[error("check code differs")]
    WrongCode,
    /// The log or the key in a request already belongs to a device of the krets.
    #[error("log or key is already granted")]
    AlreadyGranted,
    /// The key at hand may not sign this.
    #[error("not an admin here")]
    NotAdmin,
}

/// What becomes of an entry that could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Keep it, pass it on, try again when facts, keys or a newer program have come.
    Wait,
    /// Keep it for the admins' list.
    Quarantine,
    /// Refuse it. It is nothing that a member of this krets has written here.
    Refuse,
}

impl SealError {
    /// Stable name for logs and for the interface.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Example => "seal_example",
            Self::Wire(wire) => wire.code(),
            Self::NoRandomness => "seal_no_randomness",
            Self::TooLarge => "seal_too_large",
            Self::OtherRegion => "seal_other_region",
            Self::UnknownEpoch(_) => "seal_unknown_epoch",
            Self::NoEpoch => "seal_no_epoch",
            Self::Broken => "seal_broken",
            Self::UnknownGrant(_) => "seal_unknown_grant",
            Self::UnknownIssuer => "seal_unknown_issuer",
            Self::WrongSignature => "seal_wrong_signature",
            Self::OtherLog => "seal_other_log",
            Self::AfterCutoff => "seal_after_cutoff",
            Self::OutOfPlace => "seal_out_of_place",
            Self::NoGenesis => "seal_no_genesis",
            Self::BadKeys => "seal_bad_keys",
            Self::OtherLetter => "seal_other_letter",
            Self::WrongCode => "seal_wrong_code",
            Self::AlreadyGranted => "seal_already_granted",
            Self::NotAdmin => "seal_not_admin",
        }
    }

    /// What becomes of the entry. The same on every device that knows the same facts.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::UnknownEpoch(_)
            | Self::UnknownGrant(_)
            | Self::UnknownIssuer
            | Self::Wire(WireError::Version(_) | WireError::Erased) => Verdict::Wait,
            Self::AfterCutoff => Verdict::Quarantine,
            _ => Verdict::Refuse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SealError, Verdict};
    use radrum_wire::WireError;

    #[test]
    fn what_a_newer_program_or_a_later_fact_explains_is_never_refused() {
        for later in [WireError::Version(2), WireError::Erased] {
            assert_eq!(SealError::Wire(later).verdict(), Verdict::Wait);
        }
        assert_eq!(SealError::Broken.verdict(), Verdict::Refuse);
        assert_eq!(SealError::Example.verdict(), Verdict::Refuse);
        assert_eq!(SealError::Wire(WireError::Damaged).code(), "wire_damaged");
    }
}
