//! What is done to an entry. What was typed stands on its page again where it does not hold.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use loket_core::{clock::Instant, id::OutageId};
use serde::Deserialize;

use super::{isian, satu};
use crate::{
    domain::outages::{self, Decision, OutageError, OutageView},
    infra::{Cx, Fault},
    web::{
        error::{PageError, Refusal},
        flash,
        form::Form,
        guard::InOffice,
        routes,
        site::Site,
    },
};

/// How many are told by one press.
pub(super) const MOST_TOLD: u64 = 2_000;
const TOO_MANY: &str = "Isi berapa percakapan yang dikabari, dari 1 sampai 2.000.";
const ALREADY: &str = "Gangguan yang sama sudah tercatat lagi dan masih berlangsung. Setujui catatan itu.";
const STALE: &str = "Catatan ini baru saja diubah orang lain. Periksa perubahannya, lalu simpan lagi.";

/// What was sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Sent {
    /// When it was over, or work went on.
    #[serde(default)]
    pub at: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub reference: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub version: i64,
    /// `setujui` or `tolak`.
    #[serde(default)]
    pub said: String,
    /// How many are told at most.
    #[serde(default)]
    pub most: String,
}

impl From<OutageError> for Refusal {
    fn from(error: OutageError) -> Self {
        match error {
            OutageError::Invalid(sentence) => Self::Sentence(sentence),
            OutageError::Fault(Fault::Stale) => Self::Sentence(STALE),
            OutageError::Already(_) => Self::Sentence(ALREADY),
            other => Self::Page(other.into()),
        }
    }
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let sent = form.checked(seat.csrf())?;
    let (_, id, step) = path.into_inner();
    let id: OutageId = id.parse().map_err(|_| PageError::NotFound)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match done(&mut cx, &seat, (id, &step), &sent).await {
        Ok(said) => {
            cx.commit().await?;
            Ok(flash::see_other(site.secure, &routes::Outage::at(&seat.office.slug, id), said))
        }
        Err(Refusal::Sentence(sentence)) => {
            drop(cx);
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Some((sentence, step.as_str(), &sent)));
            satu::draw((&site, &seat, &request), id, refused).await
        }
        Err(Refusal::Page(error)) => Err(error),
    }
}

async fn done(
    cx: &mut Cx<'_>,
    seat: &InOffice,
    (id, step): (OutageId, &str),
    sent: &Sent,
) -> Result<&'static str, Refusal> {
    let one = outages::outage(cx, id).await.map_err(OutageError::from)?.ok_or(OutageError::NotFound)?;
    let read = |text: &str| moment(seat, &one, (text, cx.now()));
    match step {
        "pulih" => {
            let at = read(&sent.at)?;
            outages::end(cx, id, at).await?;
            Ok("Layanan dinyatakan pulih. Tenggat dihitung ulang.")
        }
        "alih" => {
            let at = read(&sent.at)?;
            outages::work_around(cx, id, at).await?;
            Ok("Pengalihan tercatat. Tenggat dihitung ulang.")
        }
        "ubah" => {
            let provider = sent.provider.parse().map_err(|_| "Pilih penanggung jawab dari daftar.")?;
            outages::amend(cx, (id, sent.version), (provider, &sent.reference, &sent.note)).await?;
            Ok("Catatan disimpan.")
        }
        "putuskan" => {
            let decision = decision(sent, &one, read)?;
            outages::decide(cx, id, decision).await?;
            Ok(if decision.approved {
                "Gangguan disetujui."
            } else {
                "Gangguan tidak disetujui. Waktu layanan dihitung penuh."
            })
        }
        "kabari" => {
            let most = sent.most.trim().parse().ok().filter(|most| (1..=MOST_TOLD).contains(most));
            outages::start_telling(cx, id, most.ok_or(TOO_MANY)?).await?;
            Ok("Kabar sedang dikirim.")
        }
        _ => Err(Refusal::Page(PageError::NotFound)),
    }
}

fn decision(
    sent: &Sent,
    one: &OutageView,
    read: impl Fn(&str) -> Result<Instant, &'static str>,
) -> Result<Decision, Refusal> {
    let (approved, from) = match sent.said.as_str() {
        "setujui" => (true, read(&sent.from)?),
        "tolak" => (false, one.times.from),
        _ => return Err(Refusal::Page(PageError::Form)),
    };
    let until = if sent.until.trim().is_empty() { None } else { Some(read(&sent.until)?) };
    Ok(Decision { approved, from, until, version: sent.version })
}

/// The moment that was typed. A field shows minutes: one that was left as it was means the moment that it showed.
fn moment(seat: &InOffice, one: &OutageView, (text, now): (&str, Instant)) -> Result<Instant, &'static str> {
    let zone = seat.office.zone;
    let times = &one.times;
    let shown = [Some(times.from), times.until, times.around].into_iter().flatten();
    let same = shown.into_iter().find(|at| isian::shown(*at, zone) == text.trim());
    same.map_or_else(|| isian::moment(text, (zone, now)), Ok)
}
