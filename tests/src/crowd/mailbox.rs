//! What a relay does and sees, for four programs.

use super::leak::Leak;
use crate::road::End;
use anyhow::{Context as _, Result, bail};
use blind_rsa_signatures::{DefaultRng, Deterministic, KeyPair, PSS, Sha384};
use radrum_sync::{Unnamed, UnnamedAnswer};
use radrum_wire::relay::RefusalCode;
use radrum_wire::{AnonymousPost, Blinded, EntryHash, Envelope, Record as _};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

type Pair = KeyPair<Sha384, PSS, Deterministic>;

/// What is asked at one visit for the sake of posts without a name, at most.
const ASKED_MAX: usize = 12;

const WEEK_MS: i64 = 7 * 24 * 3_600_000;

/// The relay's key, and the one that a lying relay gives one device.
fn pairs() -> Result<&'static [Pair; 2]> {
    static PAIRS: OnceLock<Option<[Pair; 2]>> = OnceLock::new();
    let drawn = PAIRS.get_or_init(|| {
        let pair = || Pair::generate(&mut DefaultRng, 2048).ok();
        Some([pair()?, pair()?])
    });
    drawn.as_ref().context("keys of the relay")
}

/// How a program seals a post instead.
pub type Tamper = Box<dyn Fn(&AnonymousPost) -> Result<AnonymousPost>>;

/// A post as the relay gets it.
pub struct Given {
    /// When, UTC ms.
    pub at: i64,
    /// The envelope.
    pub envelope: Vec<u8>,
}

/// The relay.
pub struct Mailbox {
    leak: Option<Leak>,
    entries: Vec<(EntryHash, Vec<u8>)>,
    known: BTreeSet<EntryHash>,
    /// Posts that nobody has been given yet.
    pub posts: Vec<Given>,
    /// What each device asked under its own name: when and what.
    pub asked: BTreeMap<usize, Vec<(i64, &'static str)>>,
    weeks: BTreeMap<usize, (i64, Vec<u8>)>,
    /// How a leaking program writes; set when one is planted.
    pub tamper: Option<Tamper>,
}

impl Mailbox {
    pub(super) fn new(leak: Option<Leak>) -> Self {
        Self {
            leak,
            entries: Vec::new(),
            known: BTreeSet::new(),
            posts: Vec::new(),
            asked: BTreeMap::new(),
            weeks: BTreeMap::new(),
            tamper: None,
        }
    }

    fn keep(&mut self, bytes: Vec<u8>) -> Result<()> {
        let hash = Envelope::decode(&bytes)?.hash();
        if self.known.insert(hash) {
            self.entries.push((hash, bytes));
        }
        Ok(())
    }

    /// Takes what a program holds, and gives what it lacks.
    pub(super) fn exchange(&mut self, end: &mut End) -> Result<()> {
        let mut held = BTreeSet::new();
        for entry in end.entries() {
            held.insert(Envelope::decode(&entry)?.hash());
            self.keep(entry)?;
        }
        let lacks = self.entries.iter().filter(|(hash, _)| !held.contains(hash));
        let lacks: Vec<Vec<u8>> = lacks.map(|(_, bytes)| bytes.clone()).collect();
        end.give(&lacks)
    }

    /// Answers what a program asks for the sake of posts without a name.
    ///
    /// # Errors
    /// When it does not take the answers.
    pub fn serve(&mut self, seat: usize, now: i64, end: &mut End) -> Result<()> {
        for _ in 0..ASKED_MAX {
            let Some(asked) = end.host.unnamed() else {
                return Ok(());
            };
            match asked {
                Unnamed::Issuer => {
                    self.asked.entry(seat).or_default().push((now, "issuer"));
                    let key = self.pair(seat)?.pk.to_der()?;
                    end.host.told_unnamed(UnnamedAnswer::Issuer(&key))?;
                }
                Unnamed::Tokens(record) => {
                    self.asked.entry(seat).or_default().push((now, "tokens"));
                    let answer = self.sign(seat, now, &record)?;
                    end.host.told_unnamed(match &answer {
                        Some(signed) => UnnamedAnswer::Signed(signed),
                        None => UnnamedAnswer::Refused {
                            code: RefusalCode::TooManyRequests,
                            wait_s: Some(3_600),
                        },
                    })?;
                }
                // It sends no letters.
                Unnamed::Mail(_) | Unnamed::Hints(_) => {
                    end.host.told_unnamed(UnnamedAnswer::Refused {
                        code: RefusalCode::NotFound,
                        wait_s: None,
                    })?;
                }
                Unnamed::Post(record) => {
                    let envelope = self.post(now, &record)?;
                    end.host.told_unnamed(UnnamedAnswer::Taken)?;
                    if self.leak == Some(Leak::OwnSummary) {
                        end.give(&[envelope])?;
                    }
                }
            }
        }
        bail!("asks without end")
    }

    fn pair(&self, seat: usize) -> Result<&'static Pair> {
        let other = self.leak == Some(Leak::TokenOfDevice) && seat == 2;
        Ok(&pairs()?[usize::from(other)])
    }

    /// Once a week for each device; the same request again gets the same.
    fn sign(&mut self, seat: usize, now: i64, record: &[u8]) -> Result<Option<Vec<u8>>> {
        let week = (now.div_euclid(WEEK_MS), record.to_vec());
        let before = self.weeks.get(&seat);
        if before.is_some_and(|before| before.0 == week.0 && before.1 != week.1) {
            return Ok(None);
        }
        self.weeks.insert(seat, week);
        let pair = self.pair(seat)?;
        let mut signed = Vec::new();
        for one in Blinded::decode_record(record)?.0 {
            signed.push(pair.sk.blind_sign(one.as_slice())?.0.into());
        }
        Ok(Some(Blinded(signed).encode_record()?))
    }

    fn post(&mut self, at: i64, record: &[u8]) -> Result<Vec<u8>> {
        let mut post = AnonymousPost::decode_record(record)?;
        if let Some(tamper) = &self.tamper {
            post = tamper(&post)?;
        }
        let envelope = post.envelope;
        self.posts.push(Given {
            at,
            envelope: envelope.clone(),
        });
        Ok(envelope)
    }

    /// From now on everybody is given the posts that came.
    ///
    /// # Errors
    /// When one is no envelope.
    pub fn hand_out(&mut self) -> Result<()> {
        for n in 0..self.posts.len() {
            self.keep(self.posts[n].envelope.clone())?;
        }
        Ok(())
    }
}
