//! Whoever hands in lines for many citizens from a telephone of their own: a desa, a kecamatan, a school.
//!
//! An office trusts a telephone, not a name in a message. What comes from it is answered together, and its lines are not
//! taken for those of somebody who needs to be taught.

use std::fmt;

use loket_core::{
    clock::Instant,
    id::{ContactId, TrustedSenderId},
    text::{PhoneE164, WaId},
};
use loket_entity::trusted_sender::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::{Address, address, places};
use crate::infra::{Cx, Fault, Outcome, seal::IndexKind};

/// More than an office of Indonesia has desa, kelurahan, kecamatan and schools that write.
const MOST: u64 = 1000;
/// As much of a name as a letter repeats.
const LONGEST: usize = 60;

/// A telephone that is trusted. Personal.
#[derive(Clone, PartialEq, Eq)]
pub struct TrustedSender {
    /// Which.
    pub id: TrustedSenderId,
    /// What it is called: `Desa Pete`.
    pub name: String,
    /// Its telephone, the middle hidden.
    pub phone: String,
    /// Since when.
    pub since: Instant,
}

impl fmt::Debug for TrustedSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrustedSender").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why a telephone is not trusted, or still is.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// There is no such sender in this office.
    #[error("Pengirim tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// Something about the form, in a sentence.
    #[error("{0}")]
    Invalid(&'static str),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Those an office trusts, by name.
pub async fn trusted_senders(cx: &Cx<'_>) -> Outcome<Vec<TrustedSender>> {
    let rows = cx.tx().find::<Entity>().ascending(Column::Name).up_to(MOST).await?;
    rows.into_iter()
        .map(|row| {
            let phone: String = cx.open(&row.phone, places::TRUSTED_PHONE.of(row.id.0))?;
            let phone = WaId::parse(&phone).map_err(|_| Fault::Inconsistent("the telephone of a sender"))?;
            Ok(TrustedSender { id: row.id, name: row.name, phone: phone.masked(), since: row.created_at })
        })
        .collect()
}

/// As whom an office trusts a contact.
pub async fn trusted_as(cx: &Cx<'_>, contact: ContactId) -> Outcome<Option<String>> {
    let Some(Address::Phone(phone)) = address(cx, contact).await? else { return Ok(None) };
    let index = cx.index(IndexKind::WaId, phone.expose());
    let found = cx.tx().find::<Entity>().filter(Column::PhoneIdx.eq(index)).one().await?;
    Ok(found.map(|row| row.name))
}

/// Trusts a telephone from now on.
///
/// # Errors
/// [`TrustError::Invalid`] with what is wrong.
pub async fn trust(cx: &mut Cx<'_>, (name, phone): (&str, &str)) -> Result<TrustedSenderId, TrustError> {
    if !cx.administers() {
        return Err(TrustError::NotAllowed);
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(TrustError::Invalid("Nama pengirim belum diisi atau lebih dari 60 huruf."));
    }
    let phone = PhoneE164::parse(phone).map_err(|error| TrustError::Invalid(error.sentence()))?.wa_id();
    if cx.tx().find::<Entity>().count().await? >= MOST {
        return Err(TrustError::Invalid(
            "Pengirim tepercaya paling banyak 1.000. Hapus yang sudah tidak mengirim.",
        ));
    }
    let id: TrustedSenderId = cx.new_id();
    let row = ActiveModel {
        id: Set(id),
        name: Set(name),
        phone: Set(cx.seal(&phone.expose().to_owned(), places::TRUSTED_PHONE.of(id.0))?),
        phone_idx: Set(cx.index(IndexKind::WaId, phone.expose())),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    if !cx.tx().insert_once::<Entity>(row).await? {
        return Err(TrustError::Invalid(
            "Nomor ini sudah terdaftar. Hapus yang lama dahulu bila namanya berubah.",
        ));
    }
    cx.audit("trusted_sender.added", ("trusted_sender", Some(id.0)))?;
    Ok(id)
}

/// Trusts a telephone no longer. What it handed in stays as it is.
pub async fn distrust(cx: &mut Cx<'_>, id: TrustedSenderId) -> Result<(), TrustError> {
    if !cx.administers() {
        return Err(TrustError::NotAllowed);
    }
    let found = cx.tx().find::<Entity>().filter(Column::Id.eq(id)).one().await?;
    let found = found.ok_or(TrustError::NotFound)?;
    cx.tx().delete::<Entity>(Column::Id.eq(id)).await?;
    let detail = serde_json::json!({ "old": found.name });
    Ok(cx.audit_with("trusted_sender.removed", ("trusted_sender", Some(id.0)), Some(&detail))?)
}
