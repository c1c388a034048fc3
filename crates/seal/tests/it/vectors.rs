//! The committed vectors of FORMAT.md: made again byte for byte, and read back from the file
//! alone. After the first tagged release they never change.

mod make;

use ed25519_dalek::VerifyingKey;
use radrum_seal::{
    Author, DeviceKeys, EpochKey, EpochKeys, Membership, OnceKey, RootKey, SealError,
    has_stepped_forward, unseal,
};
use radrum_wire::lan::{MESSAGE_LENGTH_BYTES, Message, Proof, Side, proof_signing_bytes};
use radrum_wire::{
    AnonymousToken, Bundle, DeviceGrant, Digest, Dropped, Envelope, EpochPackage, Erase,
    EraseReceipt, Eraser, Facts, Frames, Genesis, Heads, Heartbeat, Invitation, ItemId,
    Letter as _, Record as _, RegionId, Roster, Seq, SignKey, Signature, SignedFact, TokenIssuer,
};
use std::collections::BTreeMap;

const FILE: &str = include_str!("../../../wire/vectors/v1.txt");

fn read() -> BTreeMap<String, Vec<u8>> {
    let lines = FILE.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(" = "));
    pairs
        .map(|(name, value)| (name.to_string(), hex::decode(value).expect("hex")))
        .collect()
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("length")
}

#[test]
fn the_committed_vectors_are_made_again_byte_for_byte() {
    let made = make::all().expect("made");
    for (committed, made) in FILE.lines().zip(made.lines()) {
        let name = made.split(" = ").next().unwrap_or_default();
        // What DEFLATE gives may change with its program; those only have to open, below.
        let same = committed == made || ["entry_deflated", "erase"].contains(&name);
        assert!(same, "the format has changed: {name}");
    }
    assert_eq!(FILE.lines().count(), made.lines().count());
    let v = read();
    for body in ["body", "heartbeat_body"] {
        let packed = miniz_oxide::deflate::compress_to_vec(&v[body], 6);
        assert!(packed.len() >= v[body].len(), "{body} hangs on no DEFLATE");
    }
}

#[test]
fn the_committed_vectors_open_from_the_file_alone() {
    let v = read();
    let region = RegionId::from_bytes(array(&v["region"]));
    let facts = Facts::decode_record(&v["facts"]).expect("facts");
    let members = Membership::of(region, &facts.0).expect("members");
    let epoch = EpochKey::from_secret(array(&v["epoch_secret"]));
    assert_eq!(epoch.id().as_bytes()[..], v["epoch_id"]);
    let mut epochs = EpochKeys::default();
    epochs.insert(epoch);
    for (name, body) in [
        ("entry", "body"),
        ("entry_deflated", "body_deflated"),
        ("heartbeat", "heartbeat_body"),
        ("erase", "erase_body"),
    ] {
        let envelope = Envelope::decode(&v[name]).expect("decoded");
        let entry = unseal(&envelope, region, &epochs)
            .and_then(|entry| entry.verify(&members))
            .expect("opened");
        assert_eq!(entry.body, v[body]);
    }
    let entry = Envelope::decode(&v["entry"]).expect("decoded");
    assert_eq!(entry.hash().as_bytes()[..], v["entry_hash"]);
    let stub = Envelope::decode(&v["entry_stub"]).expect("stub");
    assert_eq!((stub.stub(), stub.hash()), (entry.stub(), entry.hash()));
    assert_eq!(Frames::new(&v["frames"]).filter(Result::is_ok).count(), 2);
    assert_eq!(
        Bundle::decode(&v["bundle"], region)
            .expect("bundle")
            .count(),
        2
    );
    assert!(Heartbeat::decode_record(&v["heartbeat_body"]).is_ok());
    let erase = Erase::decode_record(&v["erase_body"]).expect("erase");
    let item = erase.targets[0].item;
    assert_eq!(item.as_bytes()[..], v["item_of_log"]);
    let grant = members.grants().next().expect("grant").1;
    assert!(item.is_of_log(grant.log));
    let dropped = Dropped::decode_record(&v["drop_body"]).expect("drop");
    let sealed = Envelope::decode(&v["erase"]).expect("decoded");
    assert_eq!(dropped.entries[0].seq, Seq(1));
    let receipt = EraseReceipt::decode_record(&v["erase_receipt_body"]).expect("receipt");
    assert_eq!(receipt.heads[0].hash, sealed.hash());
    let eraser = Eraser::decode_record(&v["eraser"]).expect("eraser");
    assert_eq!((eraser.region, eraser.municipality), (region, None));
    let heads = Heads::decode_record(&v["heads"]).expect("heads");
    assert_eq!(heads.digest().as_bytes()[..], v["heads_digest"]);
    assert!(Roster::decode_record(&v["roster"]).is_ok());
    let invitation = Invitation::from_file(&v["invitation_file"]).expect("invitation");
    assert_eq!(invitation.id().as_bytes()[..], v["invitation_id"]);
}

#[test]
fn the_committed_token_pays_for_the_committed_anonymous_entry() {
    let v = read();
    let region = RegionId::from_bytes(array(&v["region"]));
    let mut facts = Facts::decode_record(&v["facts"]).expect("facts").0;
    let mut epochs = EpochKeys::default();
    epochs.insert(EpochKey::from_secret(array(&v["epoch_secret"])));
    let open = |name: &str, facts: &[SignedFact]| {
        let members = Membership::of(region, facts).expect("members");
        let envelope = Envelope::decode(&v[name]).expect("decoded");
        unseal(&envelope, region, &epochs).and_then(|entry| entry.verify(&members))
    };
    let before = open("anonymous", &facts).map(|_| ());
    assert_eq!(before, Err(SealError::UnknownIssuer));
    let issuer = TokenIssuer::decode_record(&v["token_issuer"]).expect("issuer");
    let mut named = SignedFact::new(&issuer).expect("fact");
    DeviceKeys::from_secret(&array(&v["device_secret"])).sign_fact(&mut named);
    facts.push(named);
    let entry = open("anonymous", &facts).expect("opened");
    let erasing = open("anonymous_erase", &facts).expect("opened");
    let erase = Erase::decode_record(&erasing.body).expect("erase");
    assert_eq!(erase.targets[0].entries, [entry.hash]);
    assert_eq!(entry.author, Author::Anonymous);
    assert_eq!(entry.body, v["anonymous_changes"]);
    let thread = OnceKey::from_secret(&array(&v["thread_secret"]));
    assert_eq!(entry.place.log, thread.log());
    let token = AnonymousToken::decode_record(&v["token"]).expect("token");
    let secret = OnceKey::from_secret(&array(&v["token_secret"]));
    assert_eq!(token.key, secret.sign_key());
    let item = ItemId::of_log(thread.log(), [9; 6]);
    let author = ItemId::from_bytes([0xaa; 16]);
    let (key, signature) = v["step_forward_proof"].split_at(32);
    let proof = (
        SignKey::from_bytes(array(key)),
        Signature::from_bytes(array(signature)),
    );
    assert!(has_stepped_forward(proof, region, item, author));
}

#[test]
fn the_committed_keys_have_their_public_halves_and_open_the_package() {
    let v = read();
    let keys = DeviceKeys::from_secret(&array(&v["device_secret"]));
    assert_eq!(keys.sign_key().as_bytes()[..], v["device_sign"]);
    assert_eq!(
        keys.wrap_key().expect("key").as_bytes()[..],
        v["device_wrap"]
    );
    assert_eq!(keys.auth_key().as_bytes()[..], v["device_auth"]);
    let facts = Facts::decode_record(&v["facts"]).expect("facts");
    let genesis: Genesis = facts.0[0].read().expect("genesis");
    for n in 0..3 {
        let root = RootKey::from_secret(&array(&v[&format!("root_secret_{n}")]));
        assert_eq!(genesis.roots[n], root.sign_key());
    }
    let grant: DeviceGrant = facts.0[1].read().expect("grant");
    let package: EpochPackage = facts.0[2].read().expect("package");
    let mut epochs = EpochKeys::default();
    assert_eq!(epochs.take(&package, grant.device, &keys), Ok(true));
    let epoch = epochs.get(package.epoch).expect("key");
    assert_eq!(epoch.to_secret()[..], v["epoch_secret"]);
}

#[test]
fn the_committed_messages_of_a_line_are_read_and_its_proof_holds() {
    let v = read();
    let region = RegionId::from_bytes(array(&v["region"]));
    let channel = Digest::from_bytes([4; 32]);
    let proof = Proof::decode(&v["lan_proof"]).expect("proof");
    assert_eq!(proof.key.as_bytes()[..], v["device_auth"]);
    let message = proof_signing_bytes(Side::Caller, region, proof.key, channel);
    assert_eq!(message, v["lan_proof_message"]);
    let key = VerifyingKey::from_bytes(proof.key.as_bytes()).expect("key");
    let signature = ed25519_dalek::Signature::from_bytes(proof.signature.as_bytes());
    assert!(key.verify_strict(&message, &signature).is_ok());
    for name in ["hello", "heads", "ask", "frames", "done"] {
        let (length, message) = v[&format!("lan_{name}")].split_at(MESSAGE_LENGTH_BYTES);
        assert_eq!(Message::read_length(array(length)), Ok(message.len()));
        let read = Message::decode(message).expect(name);
        assert_eq!(read.encode().as_deref(), Ok(message), "{name}");
    }
}

#[test]
fn format_md_names_every_vector() {
    let format = include_str!("../../../wire/FORMAT.md");
    for name in read().keys() {
        assert!(
            format.contains(&format!("`{name}`")),
            "FORMAT.md lacks {name}"
        );
    }
}
