//! Answers that stand ready on the page of a request: to what waits in its conversation.

use crate::{
    domain::{
        catalogue,
        requests::{self, Prepared, RequestView},
        tenancy::Office,
        whatsapp::ThreadView,
    },
    infra::Cx,
    web::error::PageError,
};

/// Answers to what waits in the conversation of a request.
pub(super) async fn answers(
    cx: &Cx<'_>,
    office: &Office,
    view: &RequestView,
    thread: Option<&ThreadView>,
) -> Result<Vec<Prepared>, PageError> {
    let waits = |thread: &&ThreadView| thread.head.unanswered_since.is_some();
    let Some(thread) = thread.filter(waits) else { return Ok(Vec::new()) };
    let catalogue = catalogue::load(cx).await?;
    let own = std::iter::once(&view.row).chain(&view.earlier).cloned().collect::<Vec<_>>();
    let around = requests::Around {
        office,
        catalogue: &catalogue,
        requests: &own,
        default_service: Some(view.row.service_id),
    };
    Ok(requests::understand(cx, &thread.head, around).await?.prepared)
}
