//! Sealing: how personal data becomes bytes that only one office's key opens.
//!
//! Every office has one secret of 32 bytes, wrapped in the directory by the master key, which lives in
//! a file and never in the database. Two keys are drawn from the secret: one seals (AES-256-GCM, bound
//! to office, table, column and row, so that a value cannot be moved), one makes blind indexes
//! (HMAC-SHA-256 cut to 16 bytes), so that a NIK is found exactly and by nobody else.

use std::{collections::HashMap, fmt, sync::Arc, sync::RwLock};

use aws_lc_rs::{
    aead::{self, Aad, LessSafeKey, Nonce, UnboundKey},
    digest, hkdf, hmac,
};
use loket_core::id::OfficeId;
use loket_entity::sealed::{BlindIndex, Sealed};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    fault::{Fault, Outcome},
    ids,
};

const VERSION: u8 = 1;
/// Marks a value that a test build left in clear.
const CLEAR: u8 = 0;
const NONCE: usize = 12;
const INDEX_BYTES: usize = 16;

/// A column whose values are sealed.
#[derive(Debug, Clone, Copy)]
pub struct Column(&'static str, &'static str);

impl Column {
    /// The column `column` of `table`.
    pub const fn new(table: &'static str, column: &'static str) -> Self {
        Self(table, column)
    }

    /// The place of one row's value.
    pub fn of(self, row: impl Into<Uuid>) -> Place {
        Place { column: self, row: row.into() }
    }
}

/// Where one sealed value lies; it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    column: Column,
    row: Uuid,
}

/// What a blind index finds. The same text under two kinds gives unrelated indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexKind {
    /// A NIK.
    Nik,
    /// A KK.
    Kk,
    /// A wa_id (digits).
    WaId,
    /// The last four digits of a phone.
    PhoneTail,
    /// A BSUID.
    Bsuid,
    /// Meta's id of a message.
    Wamid,
    /// One word of a name, lower case.
    NameWord,
    /// Nothing that lies anywhere: what proves that an address of a citizen's page was made here.
    Address,
}

impl IndexKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Nik => "nik",
            Self::Kk => "kk",
            Self::WaId => "wa_id",
            Self::PhoneTail => "phone_tail",
            Self::Bsuid => "bsuid",
            Self::Wamid => "wamid",
            Self::NameWord => "name_word",
            Self::Address => "address",
        }
    }
}

/// The keys of one office (or, for [`OfficeId::NIL`], of the platform itself).
pub struct OfficeKeys {
    office: OfficeId,
    seal: LessSafeKey,
    index: hmac::Key,
    clear: bool,
}

impl fmt::Debug for OfficeKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OfficeKeys({})", self.office)
    }
}

/// The SHA-256 of bytes, in hexadecimal: what anybody who has them can count.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

impl OfficeKeys {
    fn derive(office: OfficeId, secret: &[u8], clear: bool) -> Outcome<Self> {
        let broken = |_| Fault::Sealed("key derivation");
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, office.0.as_bytes()).extract(secret);
        let mut seal = Zeroizing::new([0_u8; 32]);
        prk.expand(&[b"seal"], hkdf::HKDF_SHA256).and_then(|okm| okm.fill(&mut *seal)).map_err(broken)?;
        let mut index = Zeroizing::new([0_u8; 32]);
        prk.expand(&[b"index"], hkdf::HKDF_SHA256).and_then(|okm| okm.fill(&mut *index)).map_err(broken)?;
        let key = UnboundKey::new(&aead::AES_256_GCM, &*seal).map_err(broken)?;
        Ok(Self {
            office,
            seal: LessSafeKey::new(key),
            index: hmac::Key::new(hmac::HMAC_SHA256, &*index),
            clear,
        })
    }

    /// Seals bytes at a place: version, nonce, ciphertext, tag.
    pub fn seal_bytes(&self, bytes: &[u8], place: Place) -> Outcome<Vec<u8>> {
        if self.clear {
            return Ok([&[CLEAR], bytes].concat());
        }
        let mut nonce = [0_u8; NONCE];
        ids::fill(&mut nonce);
        let mut sealed = bytes.to_vec();
        self.seal
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), self.aad(place), &mut sealed)
            .map_err(|_| Fault::Sealed(place.column.0))?;
        let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
        out.push(VERSION);
        out.extend_from_slice(&nonce);
        out.append(&mut sealed);
        Ok(out)
    }

    /// Opens what [`Self::seal_bytes`] sealed at the same place.
    pub fn open_bytes(&self, sealed: &[u8], place: Place) -> Outcome<Vec<u8>> {
        let broken = || Fault::Sealed(place.column.0);
        let (version, rest) = sealed.split_first().ok_or_else(broken)?;
        if *version == CLEAR && self.clear {
            return Ok(rest.to_vec());
        }
        let (nonce, cipher) = rest.split_at_checked(NONCE).ok_or_else(broken)?;
        if *version != VERSION {
            return Err(broken());
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut buffer = cipher.to_vec();
        let clear = self.seal.open_in_place(nonce, self.aad(place), &mut buffer).map_err(|_| broken())?.len();
        buffer.truncate(clear);
        Ok(buffer)
    }

    /// Seals a value as JSON.
    pub fn seal<T: Serialize>(&self, value: &T, place: Place) -> Outcome<Sealed<T>> {
        let json = Zeroizing::new(serde_json::to_vec(value).map_err(|_| Fault::Sealed(place.column.0))?);
        self.seal_bytes(&json, place).map(Sealed::from_bytes)
    }

    /// Opens a value that was sealed as JSON.
    pub fn open<T: DeserializeOwned>(&self, sealed: &Sealed<T>, place: Place) -> Outcome<T> {
        let json = Zeroizing::new(self.open_bytes(sealed.bytes(), place)?);
        serde_json::from_slice(&json).map_err(|_| Fault::Sealed(place.column.0))
    }

    /// The blind index of a normalised text.
    pub fn index(&self, kind: IndexKind, text: &str) -> BlindIndex {
        let mut context = hmac::Context::with_key(&self.index);
        context.update(kind.word().as_bytes());
        context.update(&[0]);
        context.update(text.as_bytes());
        let tag = context.sign();
        BlindIndex(tag.as_ref().get(..INDEX_BYTES).unwrap_or_default().to_vec())
    }

    /// SHA-256 keyed by the office: finds the same file again without being its public hash.
    pub fn digest(&self, bytes: &[u8]) -> Vec<u8> {
        let plain = digest::digest(&digest::SHA256, bytes);
        hmac::sign(&self.index, plain.as_ref()).as_ref().to_vec()
    }

    fn aad(&self, place: Place) -> Aad<Vec<u8>> {
        let mut aad = Vec::with_capacity(64);
        aad.extend_from_slice(self.office.0.as_bytes());
        aad.extend_from_slice(place.column.0.as_bytes());
        aad.push(0);
        aad.extend_from_slice(place.column.1.as_bytes());
        aad.push(0);
        aad.extend_from_slice(place.row.as_bytes());
        Aad::from(aad)
    }
}

/// Holds the master key and the unwrapped keys of the offices met so far.
pub struct Keyring {
    master: Arc<OfficeKeys>,
    known: RwLock<HashMap<OfficeId, Arc<OfficeKeys>>>,
    clear: bool,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring")
    }
}

const WRAPPED: Column = Column::new("office_key", "wrapped");

impl Keyring {
    /// A keyring around a master key of 32 bytes.
    pub fn new(master: &[u8; 32]) -> Outcome<Self> {
        Self::build(master, false)
    }

    /// A keyring that leaves values in clear: the control that shows that sealing is what hides them.
    #[cfg(feature = "test-switches")]
    pub fn left_open(master: &[u8; 32]) -> Outcome<Self> {
        Self::build(master, true)
    }

    fn build(master: &[u8; 32], clear: bool) -> Outcome<Self> {
        let master = Arc::new(OfficeKeys::derive(OfficeId::NIL, master, false)?);
        Ok(Self { master, known: RwLock::default(), clear })
    }

    /// The platform's own keys, for what belongs to no office.
    pub fn platform(&self) -> &Arc<OfficeKeys> {
        &self.master
    }

    /// Makes and wraps a secret for a new office.
    pub fn wrap_new(&self, office: OfficeId, secret: &[u8; 32]) -> Outcome<Vec<u8>> {
        self.master.seal_bytes(secret, WRAPPED.of(office.0))
    }

    /// The keys of an office met before.
    pub fn known(&self, office: OfficeId) -> Option<Arc<OfficeKeys>> {
        if office == OfficeId::NIL {
            return Some(Arc::clone(&self.master));
        }
        self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&office).cloned()
    }

    /// Unwraps an office's secret and keeps its keys.
    pub fn unwrap(&self, office: OfficeId, wrapped: &[u8]) -> Outcome<Arc<OfficeKeys>> {
        let secret = Zeroizing::new(self.master.open_bytes(wrapped, WRAPPED.of(office.0))?);
        let keys = Arc::new(OfficeKeys::derive(office, &secret, self.clear)?);
        self.known
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert(office, Arc::clone(&keys));
        Ok(keys)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    const BODY: Column = Column::new("message", "content");

    fn office(n: u128) -> OfficeId {
        OfficeId(Uuid::from_u128(n))
    }

    fn keys(n: u128) -> Arc<OfficeKeys> {
        let ring = Keyring::new(&[7; 32]).unwrap();
        let wrapped = ring.wrap_new(office(n), &[u8::try_from(n).unwrap(); 32]).unwrap();
        ring.unwrap(office(n), &wrapped).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_at_its_own_place_only() {
        let keys = keys(1);
        let here = BODY.of(Uuid::from_u128(5));
        let sealed = keys.seal(&"3603280101900001".to_owned(), here).unwrap();
        assert_eq!(keys.open(&sealed, here).unwrap(), "3603280101900001");
        assert!(keys.open(&sealed, BODY.of(Uuid::from_u128(6))).is_err());
        assert!(keys.open(&sealed, Column::new("message", "wamid").of(Uuid::from_u128(5))).is_err());
        assert!(!sealed.bytes().windows(16).any(|w| w == b"3603280101900001"));
    }

    #[test]
    fn another_offices_key_opens_nothing() {
        let place = BODY.of(Uuid::from_u128(5));
        let sealed = keys(1).seal(&1_u8, place).unwrap();
        assert!(keys(2).open(&sealed, place).is_err());
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let keys = keys(1);
        let place = BODY.of(Uuid::from_u128(5));
        let sealed = keys.seal(&"isi", place).unwrap();
        for at in 0..sealed.bytes().len() {
            let mut broken = sealed.bytes().to_vec();
            broken[at] ^= 1;
            assert!(keys.open_bytes(&broken, place).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_blind_index_is_stable_within_an_office_and_a_stranger_elsewhere() {
        let (one, two) = (keys(1), keys(2));
        assert_eq!(one.index(IndexKind::Nik, "1"), one.index(IndexKind::Nik, "1"));
        assert_ne!(one.index(IndexKind::Nik, "1"), one.index(IndexKind::Kk, "1"));
        assert_ne!(one.index(IndexKind::Nik, "1"), two.index(IndexKind::Nik, "1"));
    }
}
