//! Makes the vectors. Also the body of `examples/vectors.rs`, which prints them.

use blind_rsa_signatures::{Deterministic, PSS, SecretKey, Sha384};
use ed25519_dalek::{Signer as _, SigningKey};
use radrum_seal::{
    Asking, Chain, Device, DeviceKeys, Draft, EpochKey, Founding, Inviting, Membership, OnceKey,
    Random, SealError, SixDigits, anonymous_log, anonymous_place, answer, ask, blind, found,
    invite, roster, seal_anonymous, seal_part, spend, step_forward, unblind,
};
use radrum_wire::lan::{Message, Proof, Side, knock, proof_signing_bytes, tag};
use radrum_wire::{
    Body, BundleWriter, ChangeHash, Confirm, DeviceId, Digest, Dropped, EntryHash, Envelope, Erase,
    EraseReceipt, EraseTarget, Eraser, FactHash, Family, Generation, Ground, Head, Heads,
    Heartbeat, ItemChange, ItemId, Kind, LanName, Letter as _, LogId, LogOpen, Municipality,
    MunicipalityChange, Range, Ranges, Record as _, RegionId, Salt, Seq, Signature, SignedFact,
    SnapshotItem, SnapshotPart, TokenIssuer, relay, write_frame,
};

/// Randomness of the vectors: BLAKE3 keyed with 0x42 bytes, over the number of the draw as
/// eight bytes, stretched to the length that is asked for.
struct Fixed(u64);

impl Random for Fixed {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        self.0 += 1;
        let mut hash = blake3::Hasher::new_keyed(&[0x42; 32]);
        hash.update(&self.0.to_be_bytes());
        hash.finalize_xof().fill(bytes);
        Ok(())
    }
}

struct Lines(String);

impl Lines {
    fn put(&mut self, name: &str, bytes: impl AsRef<[u8]>) {
        let line = format!("{name} = {}\n", hex::encode(bytes));
        self.0.push_str(&line);
    }
}

/// The key of an issuer of tokens, RSA-2048 in PKCS #8. It signs nothing but vectors.
const ISSUER: &[u8] = include_bytes!("../../../../wire/vectors/issuer.der");

const AUTHOR: ItemId = ItemId::from_bytes([0xaa; 16]);
const WRITTEN_AT: i64 = 1_800_000_000_000;

fn draft(kind: Kind, body: Vec<u8>) -> Draft {
    let mut draft = Draft::of_log_row(AUTHOR, WRITTEN_AT, body);
    draft.kind = kind;
    draft
}

/// No pattern that DEFLATE could shorten: a heartbeat names it.
fn hashed_log() -> LogId {
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::hash(b"log").as_bytes()[..16]);
    LogId::from_bytes(id)
}

/// All vectors as the text of the file.
pub fn all() -> Result<String, SealError> {
    let mut random = Fixed(0);
    let mut lines = Lines("# Vectors of FORMAT.md, version 1. Hexadecimal.\n".into());
    let keys = DeviceKeys::from_secret(&std::array::from_fn(|n| u8::try_from(n).unwrap_or(0)));
    lines.put("device_secret", keys.to_secret().as_ref());
    lines.put("device_sign", keys.sign_key().as_bytes());
    lines.put("device_wrap", keys.wrap_key()?.as_bytes());
    lines.put("device_auth", keys.auth_key().as_bytes());
    let founding = Founding {
        name: "Södra Lappland".into(),
        device: DeviceId::from_bytes([0xdd; 16]),
        log: hashed_log(),
        municipality: ItemId::from_bytes([0xbb; 16]),
        members: vec![AUTHOR],
        founded_at: WRITTEN_AT,
    };
    let founded = found(&founding, &keys, &mut random)?;
    for (n, root) in founded.roots.iter().enumerate() {
        lines.put(&format!("root_secret_{n}"), root.to_secret().as_ref());
    }
    lines.put("genesis", &founded.facts.0[0].content);
    lines.put("genesis_hash", founded.facts.0[0].hash().as_bytes());
    lines.put("region", founded.region.as_bytes());
    lines.put("grant", &founded.facts.0[1].content);
    lines.put("grant_hash", founded.grant.as_bytes());
    lines.put("facts", founded.facts.encode_record()?);
    let epoch = &founded.epoch;
    lines.put("epoch_secret", epoch.to_secret().as_ref());
    lines.put("epoch_id", epoch.id().as_bytes());
    let device = Device {
        keys: &keys,
        grant: founded.grant,
    };
    let mut chain = Chain::new(founded.region, founding.log);
    let stub = entries(&mut lines, &mut chain, device, epoch, &mut random)?;
    let members = Membership::of(founded.region, &founded.facts.0)?;
    letters(&mut lines, &members, &keys, &mut random)?;
    small(&mut lines, &members, &keys)?;
    lan(&mut lines, founded.region, &keys, &stub)?;
    facts(&mut lines, founded.region, founded.grant)?;
    erasure(&mut lines, &mut chain, device, epoch, &mut random)?;
    anonymous(&mut lines, founded.region, epoch, &mut random)?;
    Ok(lines.0)
}

fn entries(
    lines: &mut Lines,
    chain: &mut Chain,
    device: Device<'_>,
    epoch: &EpochKey,
    random: &mut Fixed,
) -> Result<Vec<u8>, SealError> {
    let body = |change: Vec<u8>| {
        let change = ItemChange {
            item: ItemId::from_bytes([7; 16]),
            generation: Generation::FIRST,
            change,
        };
        let changes = vec![change];
        Body { changes }.encode().map_err(|_| SealError::TooLarge)
    };
    let packed = body(vec![0; 600])?;
    // Bytes that no DEFLATE makes shorter, so that the vector hangs on no such program.
    let body = body(blake3::hash(b"vector").as_bytes().to_vec())?;
    lines.put("body", &body);
    let one = chain.seal(&draft(Kind::CHANGES, body.clone()), device, epoch, random)?;
    lines.put("entry", &one.bytes);
    lines.put("entry_hash", one.hash.as_bytes());
    let stub = Envelope::decode(&one.bytes)?.stub().envelope();
    lines.put("entry_stub", stub);
    let two = chain.seal(&draft(Kind::CHANGES, body), device, epoch, random)?;
    let mut frames = Vec::new();
    let mut bundle = BundleWriter::new(one.place.region)?;
    for sealed in [&one, &two] {
        write_frame(&mut frames, &sealed.bytes)?;
        bundle.push(&sealed.bytes)?;
    }
    let mut third = *chain;
    let three = third.seal(&draft(Kind::CHANGES, packed.clone()), device, epoch, random)?;
    lines.put("body_deflated", packed);
    lines.put("entry_deflated", three.bytes);
    lines.put("frames", frames);
    lines.put("bundle", bundle.finish());
    let heads = Heads::new(vec![two.head()]);
    lines.put("heads", heads.encode_record()?);
    lines.put("heads_digest", heads.digest().as_bytes());
    let beat = Heartbeat {
        digest: heads.digest(),
        heads: vec![two.head()],
        erased: 0,
        program: "0.1.0".into(),
    }
    .encode_record()?;
    lines.put("heartbeat_body", &beat);
    let beat = seal_part(
        Family::Slot,
        (one.place.region, one.place.log),
        (EntryHash::from_bytes([0; 32]), Seq(1)),
        &draft(Kind::HEARTBEAT, beat),
        device,
        epoch,
        random,
    )?;
    lines.put("heartbeat", beat.bytes);
    let part = SnapshotPart(vec![SnapshotItem {
        item: ItemId::from_bytes([7; 16]),
        generation: Generation::FIRST,
        key: "note:1".into(),
        kind: "note".into(),
        heads: vec![ChangeHash::from_bytes([8; 32])],
        value: b"{\"text\":\"hej\"}".to_vec(),
        created_at: WRITTEN_AT,
        created_by: String::new(),
        updated_at: WRITTEN_AT,
        updated_by: "person:maja".into(),
    }]);
    lines.put("snapshot_part", part.encode_record()?);
    Ok(stub.to_vec())
}

fn erasure(
    lines: &mut Lines,
    chain: &mut Chain,
    device: Device<'_>,
    epoch: &EpochKey,
    random: &mut Fixed,
) -> Result<(), SealError> {
    let item = ItemId::of_log(hashed_log(), [9; 6]);
    lines.put("item_of_log", item.as_bytes());
    let entry = EntryHash::from_bytes([8; 32]);
    let erase = Erase {
        ground: Ground::DECISION,
        decision: "SN 2026/14".into(),
        targets: vec![EraseTarget {
            item,
            generation: Generation(2),
            entries: vec![entry],
        }],
    }
    .encode_record()?;
    lines.put("erase_body", &erase);
    let sealed = chain.seal(&draft(Kind::ERASE, erase), device, epoch, random)?;
    lines.put("erase", &sealed.bytes);
    let dropped = Dropped {
        entries: vec![Head {
            log: hashed_log(),
            seq: Seq(1),
            hash: entry,
        }],
    };
    lines.put("drop_body", dropped.encode_record()?);
    let receipt = EraseReceipt {
        number: 1,
        heads: vec![sealed.head()],
    };
    lines.put("erase_receipt_body", receipt.encode_record()?);
    let eraser = Eraser {
        region: sealed.place.region,
        municipality: None,
        key: device.keys.sign_key(),
        item: None,
    };
    lines.put("eraser", eraser.encode_record()?);
    Ok(())
}

fn letters(
    lines: &mut Lines,
    members: &Membership,
    keys: &DeviceKeys,
    random: &mut Fixed,
) -> Result<(), SealError> {
    let inviting = Inviting {
        inviter: "Maja".into(),
        municipality: ItemId::from_bytes([0xbb; 16]),
        relays: vec!["https://relay.example".into()],
        made_at: WRITTEN_AT,
        place: "Åsele".into(),
        guest_until: None,
        member: None,
    };
    let invitation = invite(inviting, members, keys, random)?;
    lines.put("invitation_file", invitation.to_file()?);
    lines.put("invitation_text", invitation.to_text()?);
    lines.put("invitation_id", invitation.id().as_bytes());
    let new = DeviceKeys::from_secret(&[0x55; 96]);
    let asking = Asking {
        device: DeviceId::from_bytes([0xde; 16]),
        log: LogId::from_bytes([0x12; 16]),
        name: "Eva".into(),
        members: vec![AUTHOR],
    };
    let (request, sealed) = ask(&invitation, asking, &new, random)?;
    lines.put("request", request.encode_record()?);
    lines.put("request_file", sealed.to_file()?);
    let question: SixDigits = "012345".parse()?;
    let spoken = answer(question, &invitation, &request)?;
    lines.put("check_answer_to_012345", spoken.to_string());
    Ok(())
}

fn small(lines: &mut Lines, members: &Membership, keys: &DeviceKeys) -> Result<(), SealError> {
    let region = members.region();
    let relay = Digest::from_bytes([1; 32]);
    let challenge = Digest::from_bytes([2; 32]);
    let message = relay::auth_signing_bytes(relay, region, keys.auth_key(), challenge);
    lines.put("auth_message", &message);
    let signature = keys.sign_for_road(&message);
    lines.put("auth_signature", signature.as_bytes());
    lines.put(
        "roster",
        roster(members, 1, Vec::new(), keys)?.encode_record()?,
    );
    let grant = members.grants().next().ok_or(SealError::NoGenesis)?.0;
    let open = LogOpen {
        region,
        grant,
        salt: Salt::from_bytes([3; 16]),
        before: Vec::new(),
    };
    lines.put("log_opened", open.log().as_bytes());
    lines.put("log_anonymous", anonymous_log(&keys.sign_key()).as_bytes());
    Ok(())
}

fn lan(
    lines: &mut Lines,
    region: RegionId,
    keys: &DeviceKeys,
    stub: &[u8],
) -> Result<(), SealError> {
    let channel = Digest::from_bytes([4; 32]);
    let name = LanName::from_bytes([3; 16]);
    lines.put("lan_tag", tag(region, name).as_bytes());
    for (name, side) in [
        ("lan_knock_caller", Side::Caller),
        ("lan_knock_called", Side::Called),
    ] {
        lines.put(name, knock(side, region, channel).as_bytes());
    }
    let message = proof_signing_bytes(Side::Caller, region, keys.auth_key(), channel);
    lines.put("lan_proof_message", &message);
    let mut secret = [0; 32];
    secret.copy_from_slice(&keys.to_secret()[64..]);
    let signature = SigningKey::from_bytes(&secret).sign(&message).to_bytes();
    let proof = Proof {
        key: keys.auth_key(),
        signature: Signature::from_bytes(signature),
    };
    lines.put("lan_proof", proof.encode());
    let (log, seq) = (LogId::from_bytes([5; 16]), Seq(2));
    let hash = EntryHash::from_bytes([6; 32]);
    let heads = Heads::new(vec![Head { log, seq, hash }]);
    let (first, last) = (Seq(1), seq);
    let mut frames = Vec::new();
    write_frame(&mut frames, stub)?;
    for (name, message) in [
        ("lan_hello", Message::Hello(region, heads.digest())),
        ("lan_heads", Message::Heads(heads)),
        (
            "lan_ask",
            Message::Ask(Ranges(vec![Range { log, first, last }])),
        ),
        ("lan_frames", Message::Frames(frames)),
        ("lan_done", Message::Done),
    ] {
        let message = message.encode()?;
        let length = Message::write_length(message.len())?;
        lines.put(name, [&length[..], &message].concat());
    }
    Ok(())
}

/// Facts that came after the first vectors.
fn facts(lines: &mut Lines, region: RegionId, grant: FactHash) -> Result<(), SealError> {
    let municipality = Municipality {
        region,
        municipality: ItemId::from_bytes([0xbb; 16]),
        number: 1,
        change: MunicipalityChange::MergesInto,
        other: Some(ItemId::from_bytes([0xcc; 16])),
    };
    lines.put("municipality", municipality.encode_record()?);
    let hash = SignedFact::new(&municipality)?.hash();
    lines.put("municipality_hash", hash.as_bytes());
    let facts = vec![grant];
    lines.put("confirm", Confirm { region, facts }.encode_record()?);
    Ok(())
}

/// A token from the blinding to the entry that it pays for.
fn anonymous(
    lines: &mut Lines,
    region: RegionId,
    epoch: &EpochKey,
    random: &mut Fixed,
) -> Result<(), SealError> {
    let bad = |_| SealError::BadKeys;
    let secret = SecretKey::<Sha384, PSS, Deterministic>::from_der(ISSUER).map_err(bad)?;
    let key = secret.public_key().and_then(|key| key.to_der());
    let key = key.map_err(bad)?;
    let issuer = TokenIssuer {
        region,
        number: 1,
        key: key.clone(),
    };
    lines.put("token_issuer", issuer.encode_record()?);
    let (token, thread) = (
        OnceKey::from_secret(&[0x33; 32]),
        OnceKey::from_secret(&[0x44; 32]),
    );
    lines.put("token_secret", token.to_secret().as_ref());
    lines.put("thread_secret", thread.to_secret().as_ref());
    let blinding = blind(&key, region, &token, random)?;
    lines.put("token_blinded", &blinding.message);
    let signed = secret.blind_sign(&blinding.message).map_err(bad)?;
    lines.put("token_signed", &signed.0);
    let issued = unblind(&key, region, &token, &blinding, &signed.0)?;
    let place = anonymous_place(region, &thread, None);
    // No relay takes the second, which is paid with the same token; whoever opens it does.
    let issued_again = issued.clone();
    let spent = spend(&token, issued, &place);
    lines.put("token", spent.encode_record()?);
    let item = ItemId::of_log(thread.log(), [9; 6]);
    let change = ItemChange {
        item,
        generation: Generation::FIRST,
        change: blake3::hash(b"vector").as_bytes().to_vec(),
    };
    let changes = vec![change];
    let changes = Body { changes }.encode().map_err(|_| SealError::TooLarge)?;
    lines.put("anonymous_changes", &changes);
    let said = (spent, Kind::ANONYMOUS, changes);
    let sealed = seal_anonymous(place, &thread, said, epoch, random)?;
    lines.put("anonymous", &sealed.bytes);
    let erase = Erase {
        ground: Ground::PERSON,
        decision: String::new(),
        targets: vec![EraseTarget {
            item,
            generation: Generation(2),
            entries: vec![sealed.hash],
        }],
    };
    let next = anonymous_place(region, &thread, Some(&sealed.head()));
    let spent = spend(&token, issued_again, &next);
    let said = (spent, Kind::ANONYMOUS_ERASE, erase.encode_record()?);
    let sealed = seal_anonymous(next, &thread, said, epoch, random)?;
    lines.put("anonymous_erase", sealed.bytes);
    let (key, signature) = step_forward(&thread, region, item, AUTHOR);
    let proof = [&key.as_bytes()[..], signature.as_bytes()].concat();
    lines.put("step_forward_proof", proof);
    Ok(())
}
