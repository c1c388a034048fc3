//! Founding and joining: the profile takes over the id of the krets, and the rows that stand
//! in its log are sealed in order, all in one transaction.

use super::WriteSide;
use crate::krets::{Drawing, Krets};
use crate::{Code, Error};
use radrum_domain::ItemKey;
use radrum_seal::{Chain, Draft, EpochKey, EpochKeys, Evidence, Founding, Joined, RootKey};
use radrum_store::{KretsRow, Tx};
use radrum_wire::{FactHash, Facts, Head, ItemId, Kind, LogId, Record as _, RegionId, Seq};

/// Rows that are read at a time while they are sealed.
const ROWS: u32 = 500;

/// A krets to enter.
struct Entered {
    region: RegionId,
    name: String,
    grant: FactHash,
    facts: Facts,
    epochs: EpochKeys,
    relays: Vec<String>,
}

impl WriteSide {
    /// Founds a krets and gives its three root keys, to be carried away.
    pub fn found_krets(&mut self, name: &str, municipality: ItemId) -> Result<[RootKey; 3], Error> {
        self.check_outside()?;
        self.leave_krets()?;
        let keys = self.keys.read_or_make(&self.world)?;
        let founding = Founding {
            name: name.to_string(),
            device: self.profile.device,
            log: self.profile.log,
            municipality,
            members: self.own_members(),
            founded_at: self.world.clock.now_ms(),
        };
        let founded = radrum_seal::found(&founding, &keys, &mut Drawing(&self.world))?;
        let mut epochs = EpochKeys::default();
        epochs.insert(founded.epoch);
        let facts = founded.facts.clone();
        self.enter(Entered {
            region: founded.region,
            name: name.to_string(),
            grant: founded.grant,
            facts: founded.facts,
            epochs,
            relays: Vec::new(),
        })?;
        self.say_facts(&facts, None)?;
        self.say_roster()?;
        self.say_receipt()?;
        Ok(founded.roots)
    }

    /// Enters a krets whose welcome has come.
    pub fn join_krets(&mut self, joined: Joined) -> Result<(), Error> {
        self.check_outside()?;
        self.check_restored(joined.region)?;
        let tx = self.writer.begin()?;
        tx.put_setting(super::twins::OWN_STARTER, "1")?;
        tx.commit()?;
        self.enter(Entered {
            region: joined.region,
            name: joined.members.name().to_string(),
            grant: joined.grant,
            facts: joined.facts,
            epochs: joined.epochs,
            relays: joined.relays,
        })?;
        self.come_back()?;
        self.say_receipt()
    }

    /// Keeps facts that this device signed, and says them to all in one entry, with the key of
    /// an epoch that they begin. The entry is sealed under the epoch before.
    pub fn say_facts(&mut self, facts: &Facts, begun: Option<&EpochKey>) -> Result<(), Error> {
        self.say_facts_under(None, facts, begun)
    }

    /// The same under an epoch that whoever the facts are for has the key of.
    pub(super) fn say_facts_under(
        &mut self,
        epoch: Option<&EpochKey>,
        facts: &Facts,
        begun: Option<&EpochKey>,
    ) -> Result<(), Error> {
        let body = facts
            .encode_record()
            .map_err(|error| Error::new(Code::TooLarge, error.code()))?;
        let place = self.commit("", |batch| {
            if let Some(key) = begun {
                batch.tx.put_epoch(key.id(), &key.to_secret())?;
            }
            batch.append_sealed_under(epoch, Kind::FACTS, body)?;
            let place = batch.sealed.last().map(|(place, hash)| Head {
                log: place.log,
                seq: place.seq,
                hash: *hash,
            });
            for fact in &facts.0 {
                batch.tx.put_fact(fact)?;
                if let Some(place) = &place {
                    batch.tx.put_fact_place(fact.hash(), place)?;
                }
            }
            Ok(place)
        })?;
        if let Some(krets) = &mut self.krets {
            facts.0.iter().for_each(|fact| krets.learn(fact, place));
            krets.believe(&self.writer.read())?;
            self.held.believe(krets);
        }
        Ok(())
    }

    pub(super) fn own_members(&self) -> Vec<ItemId> {
        self.profile.me.iter().map(ItemKey::id).collect()
    }

    pub(super) fn check_outside(&self) -> Result<(), Error> {
        if self.profile.region == RegionId::EXAMPLE {
            return Err(Error::new(Code::Example, "the Exempelkrets stays here"));
        }
        match self.krets {
            Some(_) => Err(Error::new(Code::AlreadyInKrets, "in a krets already")),
            None => Ok(()),
        }
    }

    fn enter(&mut self, entered: Entered) -> Result<(), Error> {
        let keys = self.keys.read_or_make(&self.world)?;
        let row = KretsRow {
            grant: entered.grant,
            relays: entered.relays,
        };
        let (region, log) = (entered.region, self.profile.log);
        let mut krets = Krets {
            device: self.profile.device,
            keys,
            grant: entered.grant,
            members: radrum_seal::Membership::of(region, &entered.facts.0)?,
            evidence: entered.facts.0.iter().collect::<Evidence>(),
            epochs: entered.epochs,
            chain: Chain::new(region, log),
        };
        let tx = self.writer.begin()?;
        tx.enter_krets(region, &entered.name, &row)?;
        for fact in &entered.facts.0 {
            tx.put_fact(fact)?;
        }
        for key in krets.epochs.iter() {
            tx.put_epoch(key.id(), &key.to_secret())?;
        }
        seal_rows(&tx, log, &mut krets, &mut Drawing(&self.world))?;
        tx.commit()?;
        self.profile.region = region;
        self.profile.region_name = entered.name;
        self.held.believe(&krets);
        self.held.set(None);
        self.krets = Some(krets);
        Ok(())
    }
}

/// Seals the rows of the own log that are not sealed yet, byte for byte and in order.
fn seal_rows(
    tx: &Tx<'_>,
    log: LogId,
    krets: &mut Krets,
    drawing: &mut Drawing<'_>,
) -> Result<(), Error> {
    let mut after = Seq(krets.chain.next_seq().0 - 1);
    loop {
        let rows = tx.read().log_after(log, after, ROWS)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.seq;
        for row in rows {
            let kind = row.kind;
            let draft = Draft::of_log_row(row.author, row.written_at, row.body);
            let draft = Draft { kind, ..draft };
            let mut chain = krets.chain;
            let sealed = chain.seal(&draft, krets.device(), krets.epoch()?, drawing)?;
            if sealed.place.seq != row.seq {
                return Err(Error::bug("a row of the log is missing"));
            }
            tx.put_entry(&sealed.place, sealed.hash, &sealed.bytes)?;
            krets.chain = chain;
        }
    }
}
