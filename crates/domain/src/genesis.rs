//! The first change of every document of a kind, as committed bytes.
//!
//! Two offices that start from the same genesis have the same containers, so that what both
//! write into them merges (automerge-notes 1). Code loads these bytes and never builds them.

use crate::key::{KINDS, Kind};
use radrum_wire::ChangeHash;

macro_rules! genesis {
    ($($kind:ident: $file:literal, $hash:literal;)+) => {
        /// The genesis change of a kind and its hash in hexadecimal.
        pub(crate) const fn genesis(kind: Kind) -> (&'static [u8], &'static str) {
            match kind {
                $(Kind::$kind => (include_bytes!(concat!("../genesis/", $file)), $hash),)+
            }
        }
    };
}

genesis! {
    Area: "area.1.bin", "641929103641689db69e99f33a6f86c984af3d596a7ff5740e86a596b57efd02";
    Label: "label.1.bin", "b9d644b1ee08c7c1fffca0f324b27723755965e67ec12f25ea46f51e082e466d";
    Municipality: "municipality.1.bin", "7fb7a16360a8f461f49447ed94951834a42ed95264c2f04b17d96924f196a173";
    Office: "office.1.bin", "683cbc0a094d5a8f0052ebecbfb27f45c0292dcecc15cc30db4012e1ed9fa3ab";
    Member: "member.1.bin", "bce558f2e33a83b0072c12590800c5ebe204dbc56fd81678a971675696efab58";
    Responsibility: "responsibility.1.bin", "c60c0656155a064593bb4e86705ef3b23f8a7768475ccf02fa40f03a1aaf1314";
    Playbook: "playbook.1.bin", "8b3eca24aef8461f20341e5c6a1dc5fbdd1f769a45ca31a9272fd07b00dd01ea";
    Variant: "variant.1.bin", "11008e86fe48d8dbe049496bf8ebdad3e4b811d087e137753fe62417f36f7c36";
    Deviation: "deviation.1.bin", "169f2235e3747966fcedc0ec029afce0e73dc3a096a16d512f4d559b0dae056b";
    ExternalContact: "external_contact.1.bin", "c5acf1759dd90dc3005b6d490322df036bf54495797bc35060d6a01689f59470";
    Resource: "resource.1.bin", "50b1dc9d7dc9326e8a20514ae2aba9ed40b8a7bf1d801d8df8e523b3e38b669d";
    Note: "note.1.bin", "2ac8a612bcb891a02085fa989addeebc57cb7d6aac0d37490f958086ccdedeb2";
    Statutes: "statutes.1.bin", "9a923f01d49024708bd856ebde41171581a00158975306eac2a932a3283240e9";
    Question: "question.1.bin", "e4e47e831529b2a259e364136e749434454503edfa397d6b8e7b4a04465b228d";
    Answer: "answer.1.bin", "59d653f925afc77738cc03452fa21e022c65d6d2f862c81cfd5df33894237dbe";
    AskOrder: "ask_order.1.bin", "cd8d9ee83a7e25ae6960cceb791750d632a51a529bbd4814bd421725126f6399";
    AdviceGroup: "advice_group.1.bin", "269ff2cf6c9ec64304cb21536e966a38fa01feac203a22c580e159d76e249733";
    Proposal: "proposal.1.bin", "7714382a32a21e8546f8561a9873c74a1993c6d2d7877a4aa89b21a16b89719d";
    Bulletin: "bulletin.1.bin", "f14ede5010229cc64c665e1f243c6f5cb74e0a540bb1d200826cd6dd2dff3279";
    Introduction: "introduction.1.bin", "1c785f31e99db75dce3fff9a000343a3b89654f2860aa487974d020522a39574";
    Suggestion: "suggestion.1.bin", "7de246770f600ad5a5950f5acfde3aad6754cff1237376af03418d4d30530dd4";
    Welcome: "welcome.1.bin", "8f354a66c5b9750e4433e2e91be45c1f1677a0e39a12c5bdb968626e6c9d0b6f";
    Ruling: "ruling.1.bin", "e32c0b59e05f031b09ac3b8d30f6e0d609a788c5f71e038391c7d732a3115cab";
}

/// The first changes of all kinds that this program knows: what an item of one of them stands on.
#[must_use]
pub fn beginnings() -> Vec<ChangeHash> {
    let hashes = KINDS.into_iter().map(|kind| genesis(kind).1.parse());
    hashes.flatten().collect()
}

/// The kind whose genesis has this hash.
pub(crate) fn kind_of(hash: &ChangeHash) -> Option<Kind> {
    let text = hash.to_string();
    KINDS.into_iter().find(|kind| genesis(*kind).1 == text)
}

#[cfg(test)]
mod tests {
    use super::{genesis, kind_of};
    use crate::key::KINDS;
    use automerge::Change;

    #[test]
    fn committed_genesis_bytes_have_their_committed_hashes() {
        for kind in KINDS {
            let (bytes, hash) = genesis(kind);
            let change = Change::from_bytes(bytes.to_vec()).expect("a change");
            assert_eq!(change.hash().to_string(), hash, "{kind:?}");
            let hash = radrum_wire::ChangeHash::from_bytes(change.hash().0);
            assert_eq!(kind_of(&hash), Some(kind));
            assert_eq!(change.actor_id().to_bytes(), [0; 16], "{kind:?}");
            assert_eq!(
                (change.timestamp(), change.deps().len()),
                (0, 0),
                "{kind:?}"
            );
        }
    }
}
