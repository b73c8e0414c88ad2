//! Inviting somebody to work in an office, sending the letter again, and taking the invitation back.

use chrono::TimeDelta;
use loket_core::{
    id::{InvitationId, UserId},
    kinds::InvitationOutcome,
    staffing::StaffRefusal,
    text::{Email, PersonName},
};
use loket_entity::{account, invitation};
use sea_orm::{ActiveValue::Set, ColumnTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    error::PeopleError,
    store,
    wish::{Wish, parts},
};
use crate::{
    domain::{
        accounts::{account_by_email, letters_too_often},
        mail::{self, Envelope, Letter, Link},
        tenancy::Office,
    },
    infra::{Actor, By, Cx, Fault, House, Outcome, PlatformTx},
};

/// How long an invitation can be accepted.
const LIFE: TimeDelta = TimeDelta::days(7);
/// How many may be open in one office.
const MOST_OPEN: u64 = 200;
/// How long after a letter another one may be sent to the same person.
const BETWEEN_LETTERS: TimeDelta = TimeDelta::minutes(5);
const LONGEST_TITLE: usize = 120;

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// Where the letter goes; the sign-in name of who accepts.
    pub email: Email,
    /// How they are called.
    pub name: PersonName,
    /// Their position; may be empty.
    pub title: String,
    /// As what, and for what part of the office.
    pub wish: Wish,
}

/// Invites somebody: an administrator of the office writes to an address that is not their own.
pub async fn invite(
    house: &House,
    office: &Office,
    actor: &Actor,
    new: NewInvitation,
) -> Result<InvitationId, PeopleError> {
    let by = store::admin(actor)?;
    {
        let cx = Cx::read(house, office.id, actor.clone()).await?;
        new.wish.check(&parts(&cx, office).await?)?;
    }
    if new.title.chars().count() > LONGEST_TITLE || new.title.chars().any(char::is_control) {
        return Err(PeopleError::invalid("Jabatan satu baris saja, paling panjang 120 karakter."));
    }
    let mut tx = PlatformTx::write(house).await?;
    store::hold(&tx, office.id).await?;
    let id = insert(&mut tx, (office, by), &new).await?;
    let detail = serde_json::json!({ "office": office.id, "role": new.wish.role, "scope": new.wish.scope });
    tx.audit(By::Account(by), "invitation.sent", ("invitation", Some(id.0)), Some(&detail)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Enters an invitation and sends its letter; whether the writer may is the caller's to know.
pub(super) async fn insert(
    tx: &mut PlatformTx<'_>,
    (office, by): (&Office, UserId),
    new: &NewInvitation,
) -> Result<InvitationId, PeopleError> {
    check_address(tx, office, by, &new.email).await?;
    let id: InvitationId = tx.new_id();
    let row = row(tx, (id, office, by), new)?;
    tx.insert::<invitation::Entity>(row).await?;
    send(tx, office, by, id).await?;
    Ok(id)
}

/// Sends the letter again with a new link; the old one opens nothing any more.
pub async fn resend(
    house: &House,
    office: &Office,
    actor: &Actor,
    id: InvitationId,
) -> Result<(), PeopleError> {
    let by = store::admin(actor)?;
    let mut tx = PlatformTx::write(house).await?;
    store::hold(&tx, office.id).await?;
    let row = store::open_invitation(&tx, office.id, id).await?;
    if tx.now() - row.invited_at < BETWEEN_LETTERS {
        return Err(PeopleError::invalid("Suratnya baru saja dikirim. Tunggu lima menit, lalu kirim ulang."));
    }
    let link: Uuid = tx.new_id();
    tx.change::<invitation::Entity>()
        .col_expr(invitation::Column::Link, Expr::value(link))
        .col_expr(invitation::Column::InvitedBy, Expr::value(by))
        .col_expr(invitation::Column::InvitedAt, Expr::value(tx.now()))
        .col_expr(invitation::Column::ExpiresAt, Expr::value(tx.now() + LIFE))
        .filter(invitation::Column::Id.eq(id))
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    send(&mut tx, office, by, id).await?;
    let detail = serde_json::json!({ "office": office.id, "role": row.role });
    tx.audit(By::Account(by), "invitation.resent", ("invitation", Some(id.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}

/// Takes an invitation back.
pub async fn withdraw(
    house: &House,
    office: &Office,
    actor: &Actor,
    id: InvitationId,
) -> Result<(), PeopleError> {
    let by = store::admin(actor)?;
    let tx = PlatformTx::write(house).await?;
    store::hold(&tx, office.id).await?;
    let row = store::open_invitation(&tx, office.id, id).await?;
    tx.change::<invitation::Entity>()
        .col_expr(invitation::Column::Outcome, Expr::value(InvitationOutcome::Withdrawn.word()))
        .col_expr(invitation::Column::ClosedAt, Expr::value(tx.now()))
        .filter(invitation::Column::Id.eq(id))
        .filter(invitation::Column::ClosedAt.is_null())
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    let detail = serde_json::json!({ "office": office.id, "role": row.role });
    tx.audit(By::Account(by), "invitation.withdrawn", ("invitation", Some(id.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}

/// Whether the invitation behind a link still stands: a letter that waited too long is not sent.
pub async fn is_open(house: &House, link: &Link) -> Outcome<bool> {
    let tx = PlatformTx::read(house).await?;
    let same = tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::Id.eq(InvitationId(link.subject)))
        .filter(invitation::Column::Link.eq(link.id))
        .filter(invitation::Column::ClosedAt.is_null());
    Ok(same.count(tx.on()).await? > 0)
}

/// Nothing is said of accounts that belong to other offices only.
async fn check_address(
    tx: &PlatformTx<'_>,
    office: &Office,
    by: UserId,
    email: &Email,
) -> Result<(), PeopleError> {
    if let Some(person) = account_by_email(tx, email).await? {
        if person.id == by {
            return Err(StaffRefusal::OwnRole.into());
        }
        if !store::memberships(tx, office.id, &[person.id]).await?.is_empty() {
            return Err(PeopleError::invalid(
                "Alamat ini sudah milik petugas kantor. Buka namanya di daftar untuk mengubah perannya.",
            ));
        }
    }
    let open = tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::OfficeId.eq(office.id))
        .filter(invitation::Column::ClosedAt.is_null());
    let same = open.clone().filter(invitation::Column::EmailKey.eq(email.key()));
    if same.count(tx.on()).await.map_err(Fault::from)? > 0 {
        return Err(PeopleError::invalid(
            "Alamat ini sudah diundang. Buka tab Diundang untuk mengirim ulang suratnya.",
        ));
    }
    if open.count(tx.on()).await.map_err(Fault::from)? >= MOST_OPEN {
        return Err(PeopleError::invalid(
            "Terlalu banyak undangan terbuka. Batalkan yang tidak diperlukan dahulu.",
        ));
    }
    Ok(())
}

fn row(
    tx: &PlatformTx<'_>,
    (id, office, by): (InvitationId, &Office, UserId),
    new: &NewInvitation,
) -> Outcome<invitation::ActiveModel> {
    Ok(invitation::ActiveModel {
        id: Set(id),
        office_id: Set(office.id),
        email_key: Set(new.email.key().to_owned()),
        email: Set(new.email.expose().to_owned()),
        name: Set(new.name.expose().to_owned()),
        title: Set(new.title.trim().to_owned()),
        role: Set(new.wish.role),
        scope: Set(serde_json::to_value(&new.wish.scope).map_err(|_| Fault::Inconsistent("scope"))?),
        link: Set(tx.new_id()),
        invited_by: Set(by),
        invited_at: Set(tx.now()),
        expires_at: Set(tx.now() + LIFE),
        outcome: Set(None),
        closed_at: Set(None),
        account_id: Set(None),
    })
}

async fn send(
    tx: &mut PlatformTx<'_>,
    office: &Office,
    by: UserId,
    id: InvitationId,
) -> Result<(), PeopleError> {
    if letters_too_often(tx, office.id).await? {
        return Err(PeopleError::invalid(
            "Terlalu banyak surat undangan dari kantor ini. Tunggu 15 menit, lalu coba lagi.",
        ));
    }
    let row = store::open_invitation(tx, office.id, id).await?;
    let inviter = tx.find::<account::Entity>().filter(account::Column::Id.eq(by)).one(tx.on()).await;
    let inviter = inviter.map_err(Fault::from)?.map(|person| person.name).unwrap_or_default();
    let link = Link { subject: id.0, id: row.link, made: row.invited_at, until: row.expires_at };
    let envelope = Envelope {
        to: row.email,
        name: row.name,
        office: office.name.clone(),
        foot: office.foot(),
        zone: office.zone,
        letter: Letter::Invitation { inviter, role: row.role, link },
    };
    Ok(mail::queue(tx, &envelope).await?)
}
