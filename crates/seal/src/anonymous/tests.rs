use super::{
    Blinding, OnceKey, anonymous_place, blind, has_stepped_forward, seal_anonymous, spend,
    step_forward, unblind,
};
use crate::entry::{Draft, Sealed, seal_signed};
use crate::{
    Author, DeviceKeys, Entry, EpochKey, EpochKeys, Membership, Random, RootKey, SealError, unseal,
};
use blind_rsa_signatures::{DefaultRng, Deterministic, KeyPair, PSS, Sha384};
use radrum_wire::limits::HEADER_BYTES;
use radrum_wire::{
    Envelope, FirstAdmin, Genesis, ItemId, Kind, Place, RegionId, Salt, SignedFact, Signer,
    TokenIssuer,
};

type Pair = KeyPair<Sha384, PSS, Deterministic>;

/// Bytes that go on and never repeat.
struct Counted(u8, u64);

impl Random for Counted {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        for part in bytes.chunks_mut(32) {
            self.1 += 1;
            let mut hash = blake3::Hasher::new();
            hash.update(&[self.0]);
            hash.update(&self.1.to_be_bytes());
            part.copy_from_slice(&hash.finalize().as_bytes()[..part.len()]);
        }
        Ok(())
    }
}

/// A krets with one admin, and an issuer.
struct Krets {
    region: RegionId,
    facts: Vec<SignedFact>,
    admin: DeviceKeys,
    pair: Pair,
    epochs: EpochKeys,
    random: Counted,
}

fn pair() -> Pair {
    Pair::generate(&mut DefaultRng, 2048).expect("pair")
}

impl Krets {
    fn new() -> Self {
        let mut random = Counted(1, 0);
        let admin = DeviceKeys::generate(&mut random).expect("keys");
        let mut roots = [1, 2, 3].map(|n| RootKey::from_secret(&[n; 32]));
        roots.sort_unstable_by_key(RootKey::sign_key);
        let first = FirstAdmin {
            key: admin.sign_key(),
            municipality: None,
        };
        let mut fact = SignedFact::new(&Genesis {
            name: "Krets".into(),
            roots: [0, 1, 2].map(|n: usize| roots[n].sign_key()),
            admins: vec![first],
            salt: Salt::from_bytes([1; 16]),
            founded_at: 0,
        })
        .expect("fact");
        roots.iter().for_each(|root| root.sign_fact(&mut fact));
        let mut epochs = EpochKeys::default();
        epochs.insert(EpochKey::from_secret([5; 32]));
        Self {
            region: fact.region(),
            facts: vec![fact],
            admin,
            pair: pair(),
            epochs,
            random,
        }
    }

    fn issuer(&self) -> Vec<u8> {
        self.pair.pk.to_der().expect("der")
    }

    fn name_issuer(&mut self, number: u32, key: Vec<u8>, by: &DeviceKeys) {
        let issuer = TokenIssuer {
            region: self.region,
            number,
            key,
        };
        let mut fact = SignedFact::new(&issuer).expect("fact");
        by.sign_fact(&mut fact);
        self.facts.push(fact);
    }

    fn members(&self) -> Membership {
        Membership::of(self.region, &self.facts).expect("members")
    }

    fn token(&mut self) -> (OnceKey, Vec<u8>) {
        let key = OnceKey::generate(&mut self.random).expect("key");
        let issuer = self.issuer();
        let blinding = blind(&issuer, self.region, &key, &mut self.random).expect("blinded");
        let signed = self.pair.sk.blind_sign(&blinding.message).expect("signed");
        let issued = unblind(&issuer, self.region, &key, &blinding, &signed.0).expect("issued");
        (key, issued)
    }

    fn post(&mut self, thread: &OnceKey, changes: &[u8]) -> Sealed {
        let (key, issued) = self.token();
        let place = anonymous_place(self.region, thread, None);
        let token = spend(&key, issued, &place);
        let epoch = EpochKey::from_secret([5; 32]);
        seal_anonymous(
            place,
            thread,
            (token, Kind::ANONYMOUS, changes.to_vec()),
            &epoch,
            &mut self.random,
        )
        .expect("sealed")
    }

    fn open(&self, sealed: &Sealed) -> Result<Entry, SealError> {
        let envelope = Envelope::decode(&sealed.bytes).expect("decoded");
        unseal(&envelope, self.region, &self.epochs)?.verify(&self.members())
    }
}

#[test]
fn a_post_with_a_token_names_nobody() {
    let mut krets = Krets::new();
    let thread = OnceKey::from_secret(&[9; 32]);
    let post = krets.post(&thread, &[1, 2, 3]);
    // The entry may be here before the fact that names the issuer.
    assert_eq!(krets.open(&post), Err(SealError::UnknownIssuer));
    let admin = DeviceKeys::from_secret(&krets.admin.to_secret());
    krets.name_issuer(1, krets.issuer(), &admin);
    let entry = krets.open(&post).expect("opened");
    assert_eq!(entry.author, Author::Anonymous);
    assert_eq!((entry.grant, entry.municipality), (None, None));
    assert_eq!((entry.written_at, entry.seen), (0, None));
    assert_eq!(entry.body, [1, 2, 3]);
    assert_eq!(entry.place.log, thread.log());
}

#[test]
fn an_issuer_that_no_admin_signed_is_none_and_the_newest_is_the_same_for_all() {
    let mut krets = Krets::new();
    let stranger = DeviceKeys::generate(&mut Counted(2, 0)).expect("keys");
    krets.name_issuer(7, krets.issuer(), &stranger);
    assert_eq!(krets.members().token_issuer(), None);
    let admin = DeviceKeys::from_secret(&krets.admin.to_secret());
    for (number, key) in [(1, vec![1]), (2, vec![2]), (2, vec![3])] {
        krets.name_issuer(number, key, &admin);
    }
    let one = krets.members().token_issuer().cloned();
    krets.facts.reverse();
    assert_eq!(krets.members().token_issuer().cloned(), one);
    assert_eq!(one.map(|issuer| issuer.number), Some(2));
    assert_eq!(krets.members().token_issuers().count(), 3);
}

#[test]
fn a_token_pays_for_one_place_and_only_its_own_key_spends_it() {
    let mut krets = Krets::new();
    let admin = DeviceKeys::from_secret(&krets.admin.to_secret());
    krets.name_issuer(1, krets.issuer(), &admin);
    let (thread, other) = (
        OnceKey::from_secret(&[9; 32]),
        OnceKey::from_secret(&[8; 32]),
    );
    let (key, issued) = krets.token();
    let place = anonymous_place(krets.region, &thread, None);
    let token = spend(&key, issued.clone(), &place);
    let epoch = EpochKey::from_secret([5; 32]);
    let sealed = |at: Place, by: &OnceKey, token| {
        seal_anonymous(
            at,
            by,
            (token, Kind::ANONYMOUS, vec![1]),
            &epoch,
            &mut Counted(3, 0),
        )
        .expect("sealed")
    };
    let elsewhere = anonymous_place(krets.region, &other, None);
    let wrong = Err(SealError::WrongSignature);
    let moved = sealed(elsewhere, &other, token.clone());
    let theirs = sealed(elsewhere, &other, spend(&other, issued.clone(), &elsewhere));
    let foreign = sealed(place, &other, token.clone());
    let mut cut = token.clone();
    cut.issued[3] ^= 1;
    let unsigned = sealed(place, &thread, cut);
    let good = sealed(place, &thread, token);
    assert_eq!(krets.open(&moved), wrong);
    // Signed by the key of the token, which the issuer never signed.
    assert_eq!(krets.open(&theirs), Err(SealError::UnknownIssuer));
    assert_eq!(krets.open(&foreign), Err(SealError::OtherLog));
    assert_eq!(krets.open(&unsigned), Err(SealError::UnknownIssuer));
    assert!(krets.open(&good).is_ok());
}

#[test]
fn an_entry_that_says_when_or_by_whom_or_is_short_is_refused() {
    let mut krets = Krets::new();
    let admin = DeviceKeys::from_secret(&krets.admin.to_secret());
    krets.name_issuer(1, krets.issuer(), &admin);
    let thread = OnceKey::from_secret(&[9; 32]);
    let place = anonymous_place(krets.region, &thread, None);
    let plain = |written_at, author: u8, seen: bool| Draft {
        kind: Kind::ANONYMOUS,
        schema: 1,
        written_at,
        author: ItemId::from_bytes([author; 16]),
        refs: Vec::new(),
        seen: seen.then(|| radrum_wire::Digest::from_bytes([1; 32])),
        // As it is sealed without fill, deflated.
        body: vec![7; 5_000],
    };
    let signer = Signer::Once(thread.sign_key());
    let epoch = EpochKey::from_secret([5; 32]);
    for draft in [
        plain(1, 0, false),
        plain(0, 1, false),
        plain(0, 0, true),
        plain(0, 0, false),
    ] {
        let sealed = seal_signed(
            place,
            &draft,
            (signer, &thread.0),
            &epoch,
            &mut Counted(4, 0),
        );
        let opened = krets.open(&sealed.expect("sealed"));
        assert_eq!(opened, Err(SealError::OutOfPlace));
    }
}

#[test]
fn a_short_text_is_as_long_as_one_of_a_page() {
    let mut krets = Krets::new();
    let mut lengths = std::collections::BTreeSet::new();
    for n in 0..1_400_u32 {
        if n % 50 == 0 || (300..700).contains(&n) {
            let thread = OnceKey::generate(&mut krets.random).expect("key");
            let token = spend(
                &thread,
                vec![5; 256],
                &anonymous_place(krets.region, &thread, None),
            );
            let place = anonymous_place(krets.region, &thread, None);
            let epoch = EpochKey::from_secret([5; 32]);
            let changes = vec![3; n as usize];
            let sealed = seal_anonymous(
                place,
                &thread,
                (token, Kind::ANONYMOUS, changes),
                &epoch,
                &mut krets.random,
            );
            lengths.insert(sealed.expect("sealed").bytes.len());
        }
    }
    assert_eq!(
        lengths.into_iter().collect::<Vec<_>>(),
        [HEADER_BYTES + 2_048 + 16]
    );
}

#[test]
fn an_issuer_that_did_not_sign_is_seen_before_the_token_is_used() {
    let mut krets = Krets::new();
    let key = OnceKey::generate(&mut krets.random).expect("key");
    let issuer = krets.issuer();
    let blinding = blind(&issuer, krets.region, &key, &mut krets.random).expect("blinded");
    let other = pair();
    let signed = other
        .sk
        .blind_sign(&blinding.message)
        .unwrap_or_else(|_| blind_rsa_signatures::BlindSignature(vec![0; 256]));
    let got = unblind(&issuer, krets.region, &key, &blinding, &signed.0);
    assert_eq!(got, Err(SealError::WrongSignature));
    let short = Pair::generate(&mut DefaultRng, 3072)
        .expect("pair")
        .pk
        .to_der()
        .expect("der");
    let refused: Result<Blinding, _> = blind(&short, krets.region, &key, &mut krets.random);
    assert_eq!(refused, Err(SealError::BadKeys));
}

#[test]
fn only_the_key_of_the_thread_says_who_wrote_it() {
    let thread = OnceKey::from_secret(&[9; 32]);
    let region = RegionId::from_bytes([1; 16]);
    let item = ItemId::of_log(thread.log(), [4; 6]);
    let (me, other) = (ItemId::from_bytes([2; 16]), ItemId::from_bytes([3; 16]));
    let proof = step_forward(&thread, region, item, me);
    assert!(has_stepped_forward(proof, region, item, me));
    assert!(!has_stepped_forward(proof, region, item, other));
    assert!(!has_stepped_forward(
        proof,
        RegionId::from_bytes([2; 16]),
        item,
        me
    ));
    let elsewhere = ItemId::of_log(OnceKey::from_secret(&[8; 32]).log(), [4; 6]);
    assert!(!has_stepped_forward(proof, region, elsewhere, me));
    // Somebody else's key may say what it likes.
    let forged = step_forward(&OnceKey::from_secret(&[8; 32]), region, item, other);
    assert!(!has_stepped_forward(forged, region, item, other));
}
