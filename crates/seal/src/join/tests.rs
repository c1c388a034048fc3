//! A forger who has read the mail: he has the invitation, and so can seal requests, and knows
//! the public keys in them, and so can seal welcomes.

use super::{
    Asking, Inviting, accept, approve, ask, invite, read_request, request_key, welcome_info,
};
use crate::{DeviceKeys, EpochKeys, Founding, Membership, Random, SealError, SixDigits};
use crate::{aead, answer, found, sign, wrap};
use radrum_wire::{
    DeviceId, Digest, Invitation, ItemId, JoinRequest, LogId, Nonce, Record as _, SealedRequest,
    SealedWelcome, SignKey, Signature, Welcome,
};

struct Counted(u64);

impl Random for Counted {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        self.0 += 1;
        let mut hash = blake3::Hasher::new();
        hash.update(&self.0.to_be_bytes());
        hash.finalize_xof().fill(bytes);
        Ok(())
    }
}

struct Road {
    invitation: Invitation,
    request: JoinRequest,
    keys: DeviceKeys,
    welcome: SealedWelcome,
}

fn road() -> Road {
    let mut random = Counted(0);
    let admin = DeviceKeys::generate(&mut random).expect("keys");
    let municipality = ItemId::from_bytes([1; 16]);
    let founding = Founding {
        name: "Krets".into(),
        device: DeviceId::from_bytes([1; 16]),
        log: LogId::from_bytes([1; 16]),
        municipality,
        members: vec![],
        founded_at: 0,
    };
    let founded = found(&founding, &admin, &mut random).expect("founded");
    let members = Membership::of(founded.region, &founded.facts.0).expect("members");
    let mut epochs = EpochKeys::default();
    epochs.insert(founded.epoch);
    let inviting = Inviting {
        inviter: "Maja".into(),
        municipality,
        relays: vec![],
        made_at: 0,
        place: "Åsele".into(),
        guest_until: None,
        member: None,
    };
    let invitation = invite(inviting, &members, &admin, &mut random).expect("invited");
    let keys = DeviceKeys::generate(&mut random).expect("keys");
    let asking = Asking {
        device: DeviceId::from_bytes([2; 16]),
        log: LogId::from_bytes([2; 16]),
        name: "Eva".into(),
        members: vec![],
    };
    let (request, _) = ask(&invitation, asking, &keys, &mut random).expect("asked");
    let question = SixDigits::draw(&mut random).expect("question");
    let spoken = answer(question, &invitation, &request).expect("answer");
    let letters = (&invitation, &request);
    let known = (&members, &founded.facts);
    let digits = (question, spoken);
    let approved = approve(letters, digits, known, &epochs, &admin, &mut random);
    let welcome = approved.expect("approved").welcome;
    Road {
        invitation,
        request,
        keys,
        welcome,
    }
}

fn sealed_again(road: &Road, request: &JoinRequest) -> SealedRequest {
    let id = road.invitation.id();
    let nonce = Nonce::from_bytes([1; 24]);
    let plain = request.encode_record().expect("request");
    let key = request_key(&road.invitation);
    let sealed = aead::seal(&key, &nonce, id.as_bytes(), &plain).expect("sealed");
    SealedRequest {
        invitation: id,
        nonce,
        sealed,
    }
}

#[test]
fn a_request_with_a_key_that_the_asker_does_not_have_is_refused() {
    let road = road();
    let honest = sealed_again(&road, &road.request);
    assert_eq!(
        read_request(&road.invitation, &honest),
        Ok(road.request.clone())
    );
    let mut forged = road.request.clone();
    forged.sign = SignKey::from_bytes(*DeviceKeys::from_secret(&[9; 96]).sign_key().as_bytes());
    let refused = read_request(&road.invitation, &sealed_again(&road, &forged));
    assert_eq!(refused, Err(SealError::WrongSignature));
    let mut forged = road.request.clone();
    forged.name = "Eva Ek".into();
    let refused = read_request(&road.invitation, &sealed_again(&road, &forged));
    assert_eq!(refused, Err(SealError::WrongSignature));
}

#[test]
fn a_request_that_was_made_for_another_invitation_is_refused() {
    let road = road();
    let mut other = road.request.clone();
    other.invitation = Digest::from_bytes([9; 32]);
    let message = other.signing_bytes().expect("bytes");
    other.signature = sign::sign(road.keys.sign_secret(), &message);
    let refused = read_request(&road.invitation, &sealed_again(&road, &other));
    assert_eq!(refused, Err(SealError::OtherLetter));
}

#[test]
fn a_welcome_that_the_inviter_did_not_sign_is_refused() {
    let road = road();
    let letters = (&road.invitation, &road.request);
    let info = welcome_info(&road.invitation);
    let plain = wrap::open(
        road.keys.wrap_secret(),
        &road.welcome.encapsulated,
        &info,
        &road.welcome.sealed,
    )
    .expect("opened");
    let honest = Welcome::decode_record(&plain).expect("welcome");
    let seal = |welcome: &Welcome| {
        let plain = welcome.encode_record().expect("welcome");
        let mut random = Counted(99);
        let (encapsulated, sealed) =
            wrap::seal(&road.request.wrap, &info, &plain, &mut random).expect("sealed");
        SealedWelcome {
            invitation: road.invitation.id(),
            encapsulated,
            sealed,
        }
    };
    assert!(accept(letters, &seal(&honest), &road.keys).is_ok());
    let mut forged = honest.clone();
    forged.relays = vec!["https://elsewhere.example".into()];
    let refused = accept(letters, &seal(&forged), &road.keys).map(|_| ());
    assert_eq!(refused, Err(SealError::WrongSignature));
    forged.signature = Signature::from_bytes([0; 64]);
    let refused = accept(letters, &seal(&forged), &road.keys).map(|_| ());
    assert_eq!(refused, Err(SealError::WrongSignature));
}
