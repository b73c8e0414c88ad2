//! What came to an office's webhook door and what became of it, without anybody's words.

use loket_core::id::OfficeId;
use loket_core::kinds::{DeliveryStage, ItemOutcome};
use loket_entity::{webhook_delivery, webhook_item};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::infra::{House, Outcome, PlatformTx};
use crate::web::simulator::Step;

const LATEST: u64 = 20;
const WHO: &str = "Server kantor";

/// The latest, newest first, at most twenty.
pub(super) async fn latest(house: &House, office: OfficeId) -> Outcome<Vec<Step>> {
    let tx = PlatformTx::read(house).await?;
    let items = tx
        .find::<webhook_item::Entity>()
        .filter(webhook_item::Column::TenantId.eq(office))
        .order_by_desc(webhook_item::Column::At)
        .limit(LATEST)
        .all(tx.on())
        .await?;
    // Of bodies that were read, the items tell more.
    let open = tx
        .find::<webhook_delivery::Entity>()
        .filter(webhook_delivery::Column::OfficeId.eq(office))
        .filter(webhook_delivery::Column::State.ne(DeliveryStage::Done))
        .order_by_desc(webhook_delivery::Column::ReceivedAt)
        .limit(LATEST)
        .all(tx.on())
        .await?;
    let mut steps: Vec<Step> = items.iter().map(item).chain(open.iter().map(delivery)).collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.at));
    steps.truncate(usize::try_from(LATEST).unwrap_or(usize::MAX));
    Ok(steps)
}

fn item(row: &webhook_item::Model) -> Step {
    let (became, tone) = match row.outcome {
        ItemOutcome::Handled => ("diproses", "ok"),
        ItemOutcome::Repeated => ("sudah pernah datang, tidak diulang", "quiet"),
        ItemOutcome::Kept => ("disimpan", "info"),
        ItemOutcome::Quarantined => ("masuk penampung", "bad"),
    };
    let detail = row.reason.as_ref().map(|reason| format!("Alasan: {reason}"));
    Step { at: row.at, who: WHO, what: format!("{} {became}", thing(&row.kind)), detail, tone }
}

fn delivery(row: &webhook_delivery::Model) -> Step {
    let (what, tone) = match row.state {
        DeliveryStage::Quarantined => ("Kiriman tidak terbaca, masuk penampung", "bad"),
        _ => ("Kiriman tersimpan, menunggu dibaca", "info"),
    };
    let detail = (row.attempts > 1).then(|| format!("Percobaan ke-{}", row.attempts));
    Step { at: row.received_at, who: WHO, what: what.to_owned(), detail, tone }
}

/// What an item is, from its kind as the inbox keeps it: `message.text`, `status.read`, ...
fn thing(kind: &str) -> String {
    let known = match kind {
        "message.text" => "Pesan teks",
        "message.image" => "Foto",
        "message.document" => "Berkas",
        "status.sent" => "Tanda terkirim",
        "status.delivered" => "Tanda sampai",
        "status.read" => "Tanda dibaca",
        "status.failed" => "Tanda gagal",
        "errors" => "Laporan gangguan dari Meta",
        "problem" => "Isi yang tidak dikenal",
        _ => "",
    };
    match (known, kind.split_once('.')) {
        ("", Some(("message", kind))) => format!("Pesan jenis {kind}"),
        ("", Some(("status", word))) => format!("Tanda {word}"),
        ("", _) => "Pemberitahuan dari Meta".to_owned(),
        (known, _) => known.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words() {
        for (kind, words) in [
            ("message.text", "Pesan teks"),
            ("message.audio", "Pesan jenis audio"),
            ("status.read", "Tanda dibaca"),
            ("account_update", "Pemberitahuan dari Meta"),
        ] {
            assert_eq!(thing(kind), words);
        }
    }
}
