//! What is done to an entry.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use loket_core::{id::OutageId, outage::OutageStep};
use serde::Deserialize;

use super::isian::moment;
use crate::{
    domain::outages::{self, Decision, Inform, OutageError},
    infra::Cx,
    web::{error::PageError, flash, form::Form, guard::InOffice, routes, site::Site},
};

/// What was sent.
#[derive(Deserialize)]
pub(super) struct Sent {
    /// When it was over, or work went on.
    #[serde(default)]
    at: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    provider: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    version: i64,
    /// `setujui` or `tolak`.
    #[serde(default)]
    said: String,
    /// How many are told at most.
    #[serde(default)]
    most: String,
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String, String)>,
    form: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let sent = form.checked(seat.csrf())?;
    let (_, id, step) = path.into_inner();
    let id: OutageId = id.parse().map_err(|_| PageError::NotFound)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let said = done(&mut cx, &seat, (id, &step), &sent).await?;
    cx.commit().await?;
    Ok(flash::see_other(site.secure, &routes::Outage::at(&seat.office.slug, id), said))
}

async fn done(
    cx: &mut Cx<'_>,
    seat: &InOffice,
    (id, step): (OutageId, &str),
    sent: &Sent,
) -> Result<&'static str, PageError> {
    let at = (seat.office.zone, cx.now());
    let read = |text: &str| moment(text, at).map_err(|sentence| PageError::Refused(sentence.to_owned()));
    match step {
        "pulih" => {
            outages::end(cx, id, read(&sent.at)?).await?;
            Ok("Layanan dinyatakan pulih. Waktu layanan berjalan lagi.")
        }
        "alih" => {
            outages::work_around(cx, id, read(&sent.at)?).await?;
            Ok("Pengalihan tercatat. Waktu layanan berjalan lagi.")
        }
        "ubah" => {
            let provider = sent
                .provider
                .parse()
                .map_err(|_| PageError::Refused("Pilih penanggung jawab dari daftar.".to_owned()))?;
            outages::amend(cx, id, (provider, &sent.reference, &sent.note)).await?;
            Ok("Catatan disimpan.")
        }
        "putuskan" => {
            let approved = match sent.said.as_str() {
                "setujui" => true,
                "tolak" => false,
                _ => return Err(PageError::Form),
            };
            let until = if sent.until.trim().is_empty() { None } else { Some(read(&sent.until)?) };
            let from = if approved { read(&sent.from)? } else { cx.now() };
            let decision = Decision { approved, from, until, version: sent.version };
            outages::decide(cx, id, decision).await?;
            Ok(if approved {
                "Gangguan disetujui."
            } else {
                "Gangguan tidak disetujui. Waktu layanan dihitung penuh."
            })
        }
        "kabari" => {
            let most = sent.most.trim().parse().ok().filter(|most| (1..=MOST_TOLD).contains(most));
            let most = most.ok_or_else(|| PageError::Refused(TOO_MANY.to_owned()))?;
            let lasts = outages::outage(cx, id).await?.ok_or(OutageError::NotFound)?.times.is_open();
            let step = if lasts { OutageStep::ToldBegun } else { OutageStep::ToldOver };
            outages::start_telling(cx, Inform { outage: id, step, most }).await?;
            Ok("Kabar sedang dikirim.")
        }
        _ => Err(PageError::NotFound),
    }
}

/// How many are told by one press.
pub(super) const MOST_TOLD: u64 = 2_000;
const TOO_MANY: &str = "Isi berapa percakapan yang dikabari, dari 1 sampai 2.000.";
