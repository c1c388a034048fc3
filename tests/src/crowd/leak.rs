//! Five ways in which a program or a relay could give somebody away, each planted at a seam that
//! is there anyway: the file of the author, what she gives to the relay, the relay itself.

use anyhow::{Context as _, Result};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use ed25519_dalek::{Signer as _, SigningKey};
use radrum_wire::limits::HEADER_BYTES;
use radrum_wire::{
    AnonymousBody, AnonymousPost, Envelope, Inner, Record as _, Signature, entry_signing_bytes,
    plaintext_length, read_plaintext, write_plaintext,
};
use rusqlite::Connection;

/// A planted leak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// The question says whose office it is of, as a named one does.
    Office,
    /// The entry says when it was written.
    Clock,
    /// What the author's computer says that it holds counts the post as soon as it is sent.
    OwnSummary,
    /// The relay signs the tokens of one device with a key of its own.
    TokenOfDevice,
    /// A short text makes a short entry.
    PaddingByLength,
}

impl Leak {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Office,
        Self::Clock,
        Self::OwnSummary,
        Self::TokenOfDevice,
        Self::PaddingByLength,
    ];
}

/// What a program of the author's could do with what lies in her file.
pub struct Secrets {
    epoch: [u8; 32],
    thread: [u8; 32],
}

impl Secrets {
    /// Reads them from the file of the author.
    ///
    /// # Errors
    /// When she has not written anything.
    pub fn read(file: &Connection) -> Result<Self> {
        let one = |sql: &str| file.query_row(sql, (), |row| row.get(0));
        Ok(Self {
            epoch: one("SELECT secret FROM epochs").context("epoch")?,
            thread: one("SELECT secret FROM anonymous_threads").context("thread")?,
        })
    }

    /// The same post, as a program with a leak would have sealed it.
    ///
    /// # Errors
    /// When the post is not sealed with these.
    pub fn leaking(&self, leak: Leak, now: i64, post: &AnonymousPost) -> Result<AnonymousPost> {
        let cipher = {
            let context = "radrum 2026-11-22 anonymous key v1";
            XChaCha20Poly1305::new(&blake3::derive_key(context, &self.epoch).into())
        };
        let (header, sealed) = Envelope::decode(&post.envelope)?.open_parts()?;
        let aad = &post.envelope[..HEADER_BYTES];
        let payload = Payload { msg: sealed, aad };
        let nonce = header.nonce.as_bytes().into();
        let plain = cipher.decrypt(nonce, payload);
        let plain = plain.map_err(|_| anyhow::anyhow!("not the author's"))?;
        let mut inner = Inner::decode_record(read_plaintext(&plain)?.0)?;
        match leak {
            Leak::Clock => inner.written_at = now,
            Leak::PaddingByLength => {
                let mut body = AnonymousBody::decode_record(&inner.body)?;
                body.fill = Vec::new();
                inner.body = body.encode_record()?;
            }
            _ => {}
        }
        let inner = inner.encode_record()?;
        let outer = header.encode();
        let padded = plaintext_length(inner.len())?;
        let key = SigningKey::from_bytes(&self.thread);
        let signed = key.sign(&entry_signing_bytes(&outer, &inner, padded));
        let plain = write_plaintext(&inner, &Signature::from_bytes(signed.to_bytes()))?;
        let payload = Payload {
            msg: &plain,
            aad: &outer,
        };
        let sealed = cipher.encrypt(nonce, payload);
        let sealed = sealed.map_err(|_| anyhow::anyhow!("not sealed"))?;
        Ok(AnonymousPost {
            token: post.token.clone(),
            envelope: header.envelope(&sealed),
        })
    }
}
