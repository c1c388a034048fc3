//! Who is at the other end: knocks and proofs over the channel (FORMAT.md section 10).

use super::tls::Sealed;
use ed25519_dalek::VerifyingKey;
use radrum_sync::Host;
use radrum_wire::lan::{Proof, Side, knock, proof_signing_bytes};
use radrum_wire::{AuthKey, Digest, RegionId};
use std::cell::RefCell;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// Why there is no line. The other is told nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turned {
    /// Nobody there, no time left, or the line broke.
    Lost,
    /// Not of this krets, no member, or another program.
    Stranger,
    /// This device itself.
    Own,
    /// Our own key cannot be reached now.
    NoKey,
}

/// What this end says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own {
    pub(super) region: RegionId,
    pub(super) key: AuthKey,
}

/// Goes through the greeting and gives the other's key: proved, of a member, not our own.
/// Nothing is sent before what came was found right.
pub(super) async fn greet(
    line: &mut Sealed,
    side: Side,
    own: Own,
    host: &RefCell<impl Host>,
) -> Result<AuthKey, Turned> {
    match side {
        Side::Caller => {
            send_knock(line, side, own).await?;
            check_knock(line, side.other(), own).await?;
            send_proof(line, side, own, host).await?;
            check_proof(line, side.other(), own, host).await
        }
        Side::Called => {
            check_knock(line, side.other(), own).await?;
            send_knock(line, side, own).await?;
            let key = check_proof(line, side.other(), own, host).await?;
            send_proof(line, side, own, host).await?;
            Ok(key)
        }
    }
}

async fn send_knock(line: &mut Sealed, side: Side, own: Own) -> Result<(), Turned> {
    let said = knock(side, own.region, line.channel);
    send(line, said.as_bytes()).await
}

async fn check_knock(line: &mut Sealed, side: Side, own: Own) -> Result<(), Turned> {
    let said: [u8; Digest::BYTES] = receive(line).await?;
    // Not a secret: the other made it, and each line has another.
    if said == *knock(side, own.region, line.channel).as_bytes() {
        Ok(())
    } else {
        Err(Turned::Stranger)
    }
}

async fn send_proof(
    line: &mut Sealed,
    side: Side,
    own: Own,
    host: &RefCell<impl Host>,
) -> Result<(), Turned> {
    let message = proof_signing_bytes(side, own.region, own.key, line.channel);
    let signature = host.borrow_mut().sign(&message);
    let proof = Proof {
        key: own.key,
        signature: signature.map_err(|_| Turned::NoKey)?,
    };
    send(line, &proof.encode()).await
}

async fn check_proof(
    line: &mut Sealed,
    side: Side,
    own: Own,
    host: &RefCell<impl Host>,
) -> Result<AuthKey, Turned> {
    let bytes: [u8; Proof::BYTES] = receive(line).await?;
    let proof = Proof::decode(&bytes).map_err(|_| Turned::Stranger)?;
    if !is_signed(&proof, side, own.region, line.channel) {
        return Err(Turned::Stranger);
    }
    if proof.key == own.key {
        return Err(Turned::Own);
    }
    if !host.borrow().is_member(proof.key) {
        return Err(Turned::Stranger);
    }
    Ok(proof.key)
}

fn is_signed(proof: &Proof, side: Side, region: RegionId, channel: Digest) -> bool {
    let message = proof_signing_bytes(side, region, proof.key, channel);
    let signature = ed25519_dalek::Signature::from_bytes(proof.signature.as_bytes());
    let key = VerifyingKey::from_bytes(proof.key.as_bytes());
    key.is_ok_and(|key| key.verify_strict(&message, &signature).is_ok())
}

async fn send(line: &mut Sealed, bytes: &[u8]) -> Result<(), Turned> {
    let sent = line.stream.write_all(bytes).await;
    sent.map_err(|_| Turned::Lost)?;
    line.stream.flush().await.map_err(|_| Turned::Lost)
}

async fn receive<const N: usize>(line: &mut Sealed) -> Result<[u8; N], Turned> {
    let mut bytes = [0; N];
    let read = line.stream.read_exact(&mut bytes).await;
    read.map_err(|_| Turned::Lost)?;
    Ok(bytes)
}
