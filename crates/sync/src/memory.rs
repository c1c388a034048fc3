use radrum_wire::{Digest, Head};

/// What a device remembers of one relay. The host keeps it in the transaction that stores the
/// entries, so a crash never leaves a cursor without its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The relay's store, as it named itself; none before the first contact.
    pub store: Option<Digest>,
    /// Up to where its entries are stored here. 0: unknown, or from the beginning.
    pub cursor: u64,
    /// How far it has confirmed the logs of this device, so that what waits can be counted
    /// without network. Ascending.
    pub sent: Vec<Head>,
}
