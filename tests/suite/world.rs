//! An office with one of everything that an address can name, for tests that walk over all routes.

use loket_entity::{conversation, file, officer, paper, quick_reply, request, wa_number, webhook_delivery};
use loket_tests::app::TestApp;

const TANGERANG: &str = "kab-tangerang";
const KTP: &str = "360300000000002";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";

/// The ids of what there is one of.
pub(crate) struct World {
    pub(crate) request: String,
    pub(crate) paper: String,
    pub(crate) conversation: String,
    pub(crate) file: String,
    pub(crate) delivery: String,
    pub(crate) person: String,
    pub(crate) number: String,
    pub(crate) reply: String,
}

impl World {
    /// A request with a paper that came, its conversation, and a body in quarantine.
    pub(crate) async fn of(app: &TestApp) -> Self {
        let siti = app.phone("628111000001", "Siti");
        siti.sends(KTP, LINE).await;
        siti.sends_photo(KTP).await;
        assert_eq!(app.meta(KTP).posts_bytes(b"{".to_vec()).await, 200);
        app.settles().await;
        let delivery = app.above::<webhook_delivery::Entity>().await.unwrap();
        let held = delivery.iter().find(|row| row.state == loket_core::kinds::DeliveryStage::Quarantined);
        let papers = app.rows::<paper::Entity>(TANGERANG).await.unwrap();
        let taken = papers.iter().find(|paper| paper.media_id.is_some()).expect("a paper that came");
        Self {
            request: app.rows::<request::Entity>(TANGERANG).await.unwrap()[0].id.to_string(),
            paper: taken.id.to_string(),
            conversation: app.rows::<conversation::Entity>(TANGERANG).await.unwrap()[0].id.to_string(),
            file: app.rows::<file::Entity>(TANGERANG).await.unwrap()[0].id.to_string(),
            person: app.rows::<officer::Entity>(TANGERANG).await.unwrap()[0].id.to_string(),
            number: app.rows::<wa_number::Entity>(TANGERANG).await.unwrap()[0].id.to_string(),
            reply: app.rows::<quick_reply::Entity>(TANGERANG).await.unwrap()[0].id.to_string(),
            delivery: held.expect("a body in quarantine").id.to_string(),
        }
    }

    /// The address of a pattern with what there is in its gaps, and its last gap filled with a step's word.
    pub(crate) fn at(&self, pattern: &str, session: &str, step: &str) -> String {
        let id = match pattern {
            talk if talk.contains("/percakapan/") => &self.conversation,
            _ => &self.request,
        };
        [
            ("{office}", TANGERANG),
            ("{id}", id),
            ("{paper}", &self.paper),
            ("{file}", &self.file),
            ("{delivery}", &self.delivery),
            ("{session}", session),
            ("{person}", &self.person),
            ("{invitation}", "00000000-0000-7000-8000-000000000000"),
            ("{delegation}", "00000000-0000-7000-8000-000000000000"),
            ("{unit}", "00000000-0000-7000-8000-000000000000"),
            ("{number}", &self.number),
            ("{reply}", &self.reply),
            ("{token}", "bukan.sebuah.tautan"),
            ("{step}", step),
            ("{of}", "kantor"),
            ("{outage}", "00000000-0000-7000-8000-000000000000"),
            ("{item}", "00000000-0000-7000-8000-000000000000"),
            ("{point}", "00000000-0000-7000-8000-000000000000"),
            ("{appointment}", "00000000-0000-7000-8000-000000000000"),
            ("{consignment}", "00000000-0000-7000-8000-000000000000"),
            ("{round}", "00000000-0000-7000-8000-000000000000"),
            ("{piece}", "00000000-0000-7000-8000-000000000000"),
            ("{month}", "2026-11"),
            ("{provider}", "directorate"),
            ("{code}", "36"),
            ("{path:.*}", "css/base.css"),
        ]
        .iter()
        .fold(pattern.to_owned(), |path, (gap, value)| path.replace(gap, value))
    }
}
