//! What a computer brought along into a krets that had it already.

use super::WriteSide;
use crate::Error;
use radrum_domain::{Document, ItemKey};

/// Setting of a computer that joined a krets: what it brought along may be there twice.
pub(super) const OWN_STARTER: &str = "own_starter";

impl WriteSide {
    /// Takes out of sight what this computer brought along word for word and the krets had
    /// already. `touched` has just come.
    pub(super) fn drop_twins(&mut self, touched: &[ItemKey]) -> Result<(), Error> {
        if self.writer.read().setting(OWN_STARTER)?.is_none() {
            return Ok(());
        }
        let own = self.held.own_logs();
        for key in touched {
            let Some(stored) = self.writer.read().doc(key)? else {
                continue;
            };
            // Only what came with the program.
            if !stored.meta.created_by.is_empty() {
                continue;
            }
            let doc = Document::load(key.kind(), &stored.saved)?;
            let twins = doc.twins(&own);
            if !twins.is_empty() {
                self.commit("peer", |batch| {
                    batch.write_as(None, batch.now());
                    batch.edit(key, &stored.meta.heads, &twins)
                })?;
            }
        }
        Ok(())
    }
}
