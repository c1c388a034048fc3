//! The krets that was founded or joined: its facts, its epoch keys, and letters on their way.

use crate::{Read, StoreError, Tx};
use radrum_wire::{
    EntryHash, EpochId, FactHash, Head, LogId, Record as _, RegionId, Salt, Seq, SignedFact,
};
use rusqlite::{OptionalExtension, params};
use zeroize::Zeroizing;

/// What this device is in its krets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KretsRow {
    /// Its grant.
    pub grant: FactHash,
    /// Addresses of relays, best first.
    pub relays: Vec<String>,
}

/// Which side of an invitation this device is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterRole {
    /// Somebody was invited here.
    Inviting,
    /// This device asks to join.
    Asking,
}

/// A letter on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// Id of the invitation.
    pub id: Salt,
    /// Which side.
    pub role: LetterRole,
    /// Encoded [`radrum_wire::Invitation`].
    pub invitation: Vec<u8>,
    /// Encoded [`radrum_wire::JoinRequest`].
    pub request: Option<Vec<u8>>,
    /// The question that was drawn, or that was typed; empty before.
    pub question: String,
    /// Wrong answers so far.
    pub wrong: u32,
    /// UTC ms.
    pub made_at: i64,
}

impl LetterRole {
    const fn name(self) -> &'static str {
        match self {
            Self::Inviting => "inviting",
            Self::Asking => "asking",
        }
    }
}

impl Read<'_> {
    /// What this device is in its krets; none before one was founded or joined.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn krets(&self) -> Result<Option<KretsRow>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT device_grant, relays FROM krets")?
            .query_row((), |row| {
                let relays: String = row.get(1)?;
                Ok(KretsRow {
                    grant: FactHash::from_bytes(row.get(0)?),
                    relays: relays.lines().map(str::to_string).collect(),
                })
            })
            .optional()?)
    }

    /// All facts.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] for a row that was not written by [`Tx::put_fact`].
    pub fn facts(&self) -> Result<Vec<SignedFact>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT fact FROM facts ORDER BY hash")?;
        let rows = statement.query_map((), |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|bytes| {
            SignedFact::decode_record(&bytes?).map_err(|_| StoreError::Malformed("fact"))
        })
        .collect()
    }

    /// Which entries carried which facts.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn fact_places(&self) -> Result<Vec<(FactHash, Head)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT fact, log, seq, hash FROM fact_places ORDER BY fact, hash")?;
        let rows = statement.query_map((), |row| {
            let place = Head {
                log: LogId::from_bytes(row.get(1)?),
                seq: Seq(row.get(2)?),
                hash: EntryHash::from_bytes(row.get(3)?),
            };
            Ok((FactHash::from_bytes(row.get(0)?), place))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether an entry stands on the branch of its log that leads to a later one, as far as
    /// the entries that are held tell: one that is alone at its place does.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn leads_to(&self, entry: &Head, last: &Head) -> Result<bool, StoreError> {
        match self.on_way_to(last, entry.seq)? {
            Some(hash) => Ok(hash == entry.hash),
            None => Ok(!self.has_twin(entry)?),
        }
    }

    /// Which entry of a log stands at a place on the way to a later one; none as long as
    /// entries between them lack.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn on_way_to(&self, last: &Head, seq: Seq) -> Result<Option<EntryHash>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "WITH RECURSIVE back (hash, seq) AS (
                     VALUES (?1, ?2)
                     UNION ALL
                     SELECT e.prev, e.seq - 1 FROM back b JOIN entries e ON e.hash = b.hash
                     WHERE e.seq > ?3)
                 SELECT hash FROM back WHERE seq = ?3",
            )?
            .query_row(params![last.hash.as_bytes(), last.seq.0, seq.0], |row| {
                row.get(0).map(EntryHash::from_bytes)
            })
            .optional()?)
    }

    /// Whether another entry is held of the same place in the same log.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn has_twin(&self, entry: &Head) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT 1 FROM entries WHERE log = ? AND seq = ? AND hash <> ?")?
            .exists(params![
                entry.log.as_bytes(),
                entry.seq.0,
                entry.hash.as_bytes()
            ])?)
    }

    /// All epoch keys.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn epoch_secrets(&self) -> Result<Vec<Zeroizing<[u8; 32]>>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT secret FROM epochs ORDER BY epoch")?;
        let rows = statement.query_map((), |row| row.get(0).map(Zeroizing::new))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A letter by the id of its invitation.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn letter(&self, id: Salt) -> Result<Option<LetterRow>, StoreError> {
        Ok(self.letters()?.into_iter().find(|letter| letter.id == id))
    }

    /// All letters on their way, the newest first.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn letters(&self) -> Result<Vec<LetterRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, role, invitation, request, question, wrong, made_at FROM letters
             ORDER BY made_at DESC, id",
        )?;
        let rows = statement.query_map((), |row| {
            let inviting = row.get::<_, String>(1)? == LetterRole::Inviting.name();
            Ok(LetterRow {
                id: Salt::from_bytes(row.get(0)?),
                role: if inviting {
                    LetterRole::Inviting
                } else {
                    LetterRole::Asking
                },
                invitation: row.get(2)?,
                request: row.get(3)?,
                question: row.get(4)?,
                wrong: row.get(5)?,
                made_at: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Takes over the id and the name of a krets that was founded or joined.
    ///
    /// # Errors
    /// Any [`StoreError`]; a second krets is refused.
    pub fn enter_krets(
        &self,
        region: RegionId,
        name: &str,
        krets: &KretsRow,
    ) -> Result<(), StoreError> {
        self.db.execute(
            "INSERT INTO krets (one, device_grant, relays) VALUES (1, ?, ?)",
            params![krets.grant.as_bytes(), krets.relays.join("\n")],
        )?;
        self.db.execute(
            "UPDATE profile SET region = ?, region_name = ?",
            params![region.as_bytes(), name],
        )?;
        Ok(())
    }

    /// Keeps other addresses of relays.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn set_relays(&self, relays: &[String]) -> Result<(), StoreError> {
        self.db
            .execute("UPDATE krets SET relays = ?", [relays.join("\n")])?;
        Ok(())
    }

    /// Keeps a fact; signatures that are new come to those that are there. Gives whether
    /// anything was new.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_fact(&self, fact: &SignedFact) -> Result<bool, StoreError> {
        let hash = fact.hash();
        let known: Option<Vec<u8>> = self
            .db
            .prepare_cached("SELECT fact FROM facts WHERE hash = ?")?
            .query_row([hash.as_bytes()], |row| row.get(0))
            .optional()?;
        let mut all = fact.clone();
        if let Some(known) = known {
            let known =
                SignedFact::decode_record(&known).map_err(|_| StoreError::Malformed("fact"))?;
            let before = known.signatures.clone();
            all.signatures.extend(known.signatures);
            all.signatures.sort_unstable();
            all.signatures.dedup();
            all.signatures
                .truncate(radrum_wire::limits::FACT_SIGNATURES_MAX);
            if all.signatures == before {
                return Ok(false);
            }
        }
        let bytes = all
            .encode_record()
            .map_err(|_| StoreError::Malformed("fact"))?;
        self.db
            .prepare_cached(
                "INSERT INTO facts (hash, fact) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET fact = ?2",
            )?
            .execute(params![hash.as_bytes(), bytes])?;
        Ok(true)
    }

    /// Notes that an entry carried a fact. Gives whether that was new.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_fact_place(&self, fact: FactHash, entry: &Head) -> Result<bool, StoreError> {
        let added = self
            .db
            .prepare_cached(
                "INSERT INTO fact_places (fact, log, seq, hash) VALUES (?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                fact.as_bytes(),
                entry.log.as_bytes(),
                entry.seq.0,
                entry.hash.as_bytes()
            ])?;
        Ok(added == 1)
    }

    /// Keeps the key of an epoch.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_epoch(&self, epoch: EpochId, secret: &[u8; 32]) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO epochs (epoch, secret) VALUES (?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute(params![epoch.as_bytes(), secret])?;
        Ok(())
    }

    /// Keeps a letter, or what has come to it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn put_letter(&self, letter: &LetterRow) -> Result<(), StoreError> {
        self.db.execute(
            "INSERT INTO letters (id, role, invitation, request, question, wrong, made_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET request = ?4, question = ?5, wrong = ?6",
            params![
                letter.id.as_bytes(),
                letter.role.name(),
                letter.invitation,
                letter.request,
                letter.question,
                letter.wrong,
                letter.made_at,
            ],
        )?;
        Ok(())
    }

    /// A letter that has arrived or is used up.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn end_letter(&self, id: Salt) -> Result<(), StoreError> {
        self.db
            .execute("DELETE FROM letters WHERE id = ?", [id.as_bytes()])?;
        Ok(())
    }
}
