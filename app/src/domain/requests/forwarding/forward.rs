//! An officer hands a request on.

use loket_core::{
    id::{RequestId, VariantId},
    kinds::{ForwardingWay, OfficeKind},
    permission::Permission,
    reply::Forwarded,
    request::{RequestEventKind, RequestState},
};
use loket_entity::request;

use super::{
    super::{
        due,
        error::RequestError,
        history::Line,
        stale,
        store::{self as requests, Edit},
        telling::Addressed,
    },
    parcel::{all_stored, pass_on},
    store,
};
use crate::{domain::tenancy::Office, infra::Cx};

/// The longest name of an office, in characters.
const LONGEST: usize = 120;

/// Where a request goes.
pub enum Destination<'a> {
    /// The Dinas above this office, on Loket, and the variant that it is opened as there.
    Loket(&'a Office, VariantId),
    /// An office that is not on Loket, by its name.
    Outside(&'a str),
}

/// Hands a request on whose papers are complete, and tells the citizen.
///
/// # Errors
/// A sentence where papers were not declared complete, it was handed on before, or the name of the other office is missing.
pub async fn forward(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    to: Destination<'_>,
) -> Result<(), RequestError> {
    let row = requests::load(cx, id, Permission::HandleRequests).await?;
    if office.kind != OfficeKind::Kecamatan {
        return Err(RequestError::Invalid("Hanya kantor kecamatan yang meneruskan permohonan ke Dinas."));
    }
    if row.state != RequestState::InProcess {
        return Err(RequestError::Invalid("Nyatakan berkasnya lengkap dahulu, lalu teruskan."));
    }
    if store::of(cx, id).await?.is_some() {
        return Err(RequestError::Invalid("Permohonan ini sudah diteruskan."));
    }
    let (other, name, variant) = match to {
        Destination::Loket(dinas, variant) if dinas.takes_from(office) => {
            (Some(dinas.id), dinas.name.as_str(), Some(variant))
        }
        Destination::Loket(..) => {
            return Err(RequestError::Invalid(
                "Dinas ini belum menerima terusan lewat Loket. Muat ulang halaman.",
            ));
        }
        Destination::Outside(name) => (None, name.trim(), None),
    };
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(RequestError::Invalid("Tulis nama kantor tujuannya, paling panjang 120 huruf."));
    }
    if other.is_some() {
        all_stored(cx, id).await?;
    }
    store::add(cx, (id, ForwardingWay::Out), (other, name), (0, None)).await?;
    let mut edit = Edit::of(&row).set(request::Column::Elsewhere, other.is_some());
    let promised = other.is_some() && row.promised_at.is_some() && row.withheld_at.is_none();
    if promised {
        // Another office says until when.
        edit = edit.set(request::Column::WithheldAt, cx.now());
    }
    edit.save(cx).await?;
    // Whoever works on it answers for its time.
    stale::mark_at(cx, row.due_at.filter(|due| *due <= cx.now())).await?;
    Line::new(RequestEventKind::Forwarded).because(name).write(cx, &row).await?;
    due::follow(cx, &row).await?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let text = Forwarded { subject: addressed.subject(), to: name, promised }.text(&addressed.head());
    addressed.say(cx, text).await?;
    cx.audit("request.forwarded", ("request", Some(id.0)))?;
    if other.is_some() {
        pass_on(cx, id, variant).await?;
    }
    Ok(())
}
