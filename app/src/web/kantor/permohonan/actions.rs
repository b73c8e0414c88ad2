//! What the state of a request allows, each with what the citizen will get.

use loket_core::{
    kinds::OutputDelivery,
    permission::Permission,
    request::{CloseReason, ReopenReason, RequestState, StepKind},
    zone::OfficeZone,
};

use super::{collecting, forward};
use crate::{
    domain::requests::{Onward, RECIPIENT, RequestView},
    web::{
        parts::{Action, Choice, Receiving},
        routes,
    },
};

/// The actions of a page, the one to do next first and as the only primary one.
pub(super) fn of(
    (view, onward): (&RequestView, Option<&Onward>),
    (office, zone): (&str, OfficeZone),
    may: &dyn Fn(Permission) -> bool,
) -> Vec<Action> {
    if !may(Permission::HandleRequests) {
        return Vec::new();
    }
    let steps = Steps { view, office, zone };
    let allows = |kind| view.steps.contains(&kind);
    let mut actions: Vec<Action> = [
        allows(StepKind::DeclareComplete).then(|| steps.complete()).flatten(),
        allows(StepKind::MarkReady).then(|| steps.prepare()).flatten(),
        (allows(StepKind::Finish) && !view.row.away).then(|| steps.finish()).flatten(),
        steps.reschedule(),
        steps.replace_product(),
        onward.map(|onward| forward::action(view, office, onward)),
        allows(StepKind::AskCitizen).then(|| steps.ask()).flatten(),
        allows(StepKind::Reopen).then(|| steps.reopen()),
        (allows(StepKind::Reject) && may(Permission::RefuseRequests)).then(|| steps.refuse()),
        allows(StepKind::Cancel).then(|| steps.cancel()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !view.row.state.is_terminal()
        && let Some(first) = actions.iter_mut().find(|action| leads_on(action.code, view.row.state))
    {
        first.tone = "primary";
        first.key = "s";
    }
    actions
}

/// The steps that bring a request forward. Whoever was asked already is not asked again at once.
fn leads_on(code: &str, state: RequestState) -> bool {
    match code {
        "lengkap" | "hasil" | "siap" | "selesai" => true,
        "minta" => state != RequestState::WaitingForCitizen,
        _ => false,
    }
}

/// What is awaited, or why the next step is not offered yet.
pub(super) fn next_step(view: &RequestView, works: bool) -> Option<String> {
    if let Some(words) = forward::awaited(view) {
        return Some(words);
    }
    match view.row.state {
        RequestState::Ready if works && view.row.away && !view.row.elsewhere => Some(
            "Hasilnya sedang dikirim. Catat tiba, diterima, atau kembali di bagian Data, Kiriman.".to_owned(),
        ),
        RequestState::Received if works => Some("Ambil permohonan ini untuk memeriksa berkasnya.".to_owned()),
        RequestState::Verification if !view.tally.is_complete() => Some(view.tally.sentence()),
        RequestState::WaitingForCitizen => {
            Some("Menunggu kiriman warga. Permohonan kembali ke verifikasi begitu warga membalas.".to_owned())
        }
        RequestState::InProcess if view.delivery == OutputDelivery::Pdf && view.product.is_none() => {
            Some(format!("Unggah hasilnya: {}.", view.output))
        }
        _ => None,
    }
}

/// Whether a product that is ready may be made anew: not where another office made it.
fn allows_again(view: &RequestView) -> bool {
    view.row.state == RequestState::Ready && view.steps.contains(&StepKind::Reopen)
}

struct Steps<'v> {
    view: &'v RequestView,
    office: &'v str,
    zone: OfficeZone,
}

impl Steps<'_> {
    fn action(&self, code: &'static str, label: &str, mark: &'static str) -> Action {
        Action::new(code, label, mark, routes::RequestStep::at(self.office, self.view.row.id, code))
    }

    fn complete(&self) -> Option<Action> {
        self.view.tally.is_complete().then(|| Action {
            explain: "Waktu penyelesaian dihitung sejak berkas wajib terakhir masuk.".to_owned(),
            preview: Some(self.view.complete_preview.clone()),
            ..self.action("lengkap", "Nyatakan berkas lengkap", "check")
        })
    }

    fn ask(&self) -> Option<Action> {
        self.view.ask_preview.clone().map(|preview| Action {
            explain: "Warga diminta melengkapi berkas yang belum ada atau ditolak.".to_owned(),
            preview: Some(preview),
            ..self.action("minta", "Minta kelengkapan", "paperclip")
        })
    }

    /// What makes the product ready, by the way it reaches the citizen.
    fn prepare(&self) -> Option<Action> {
        match self.view.delivery {
            OutputDelivery::Pdf => Some(self.upload("Unggah hasil")),
            OutputDelivery::Pickup => Some(Action {
                explain: format!("{} sudah jadi dan dapat diambil.", self.view.output),
                name: Some(("Diambil oleh, bila bukan pemohon".to_owned(), self.recipient().to_owned())),
                ..self.somewhere(self.action("siap", "Tandai siap diambil", "box"))
            }),
            OutputDelivery::Status => None,
        }
    }

    /// An action that says where and when something can be collected: the first free slot unless another is chosen.
    fn somewhere(&self, action: Action) -> Action {
        let reasons = collecting::slots(&self.view.reach.places, self.zone);
        let elsewhere =
            if reasons.is_empty() { "Tempat pengambilan" } else { "Tempat lain, bila tidak ada di daftar" };
        Action {
            note_required: reasons.is_empty(),
            note_label: Some(elsewhere.to_owned()),
            reason_label: "Tempat dan jadwal".to_owned(),
            reasons,
            ..action
        }
    }

    /// Another place or time for what lies ready.
    fn reschedule(&self) -> Option<Action> {
        let lies = self.view.reach.pickup.as_ref().is_some_and(|one| one.collected_at.is_none());
        (lies && allows_again(self.view)).then(|| Action {
            explain: "Warga mendapat tempat atau jadwal pengambilan yang baru.".to_owned(),
            ..self.somewhere(self.action("jadwal", "Ubah jadwal", "clock"))
        })
    }

    /// Who collects the product, where that is not whom it is about.
    fn recipient(&self) -> &str {
        let mut fields = self.view.fields.iter();
        fields.find(|(key, _)| key == RECIPIENT).map_or("", |(_, name)| name.as_str())
    }

    fn replace_product(&self) -> Option<Action> {
        let replaceable = allows_again(self.view) && self.view.product.is_some();
        replaceable.then(|| self.upload("Ganti hasil"))
    }

    fn upload(&self, label: &str) -> Action {
        Action {
            explain: format!("{} dalam satu PDF, paling besar 16 MB. Belum dikirim.", self.view.output),
            file_label: Some("PDF bertanda tangan elektronik".to_owned()),
            silent: true,
            submit: "Unggah".to_owned(),
            ..self.action("hasil", label, "upload")
        }
    }

    fn finish(&self) -> Option<Action> {
        let output = &self.view.output;
        if self.view.product.is_some() && self.view.reach.unheard {
            return Some(Action {
                explain: format!(
                    "{output} tidak akan sampai lewat WhatsApp. Serahkan setelah penerimanya diperiksa, atau kirim dengan cara \
                     lain."
                ),
                receiving: Some(Receiving {
                    required: false,
                    ..collecting::receiving(self.view, self.recipient())
                }),
                note_label: Some("Dikirim dengan cara lain, misalnya surel".to_owned()),
                silent: true,
                ..self.action("selesai", "Serahkan dan selesaikan", "check")
            });
        }
        if self.view.product.is_some() {
            let changed = self.view.reach.number_changed.map(|at| self.zone.short(at));
            return Some(Action {
                explain: match &changed {
                    None => format!("{output} dikirim sebagai PDF, dan permohonan selesai."),
                    Some(at) => format!(
                        "Nomor WhatsApp pengirim berganti pada {at}, sesudah permohonan ini masuk. Pastikan dahulu siapa \
                         pemegangnya, misalnya lewat telepon atau KTP-el yang diperlihatkan."
                    ),
                },
                note_label: changed.as_ref().map(|_| "Cara memastikan pemegang nomor".to_owned()),
                note_required: changed.is_some(),
                ..self.action("selesai", "Kirim dan selesaikan", "send")
            });
        }
        match self.view.delivery {
            OutputDelivery::Status => Some(Action {
                explain: "Hasilnya disampaikan kepada warga, dan permohonan selesai.".to_owned(),
                note_label: Some("Hasil untuk warga".to_owned()),
                note_required: true,
                ..self.action("selesai", "Sampaikan hasil", "send")
            }),
            OutputDelivery::Pickup if self.view.row.state == RequestState::Ready => Some(Action {
                explain: match self.recipient() {
                    "" => format!("{output} diserahkan setelah penerimanya diperiksa."),
                    name => format!("{output} dicatat untuk diambil oleh {name}. Periksa penerimanya."),
                },
                receiving: Some(collecting::receiving(self.view, self.recipient())),
                ..self.action("selesai", "Sudah diserahkan", "check")
            }),
            OutputDelivery::Pickup | OutputDelivery::Pdf => None,
        }
    }

    fn refuse(&self) -> Action {
        Action {
            tone: "danger",
            explain: format!(
                "Permohonan {} ditolak, dengan alasan dan jalan keberatan.",
                self.view.row.receipt
            ),
            reasons: close_reasons(CloseReason::rejects),
            reason_label: "Alasan menolak".to_owned(),
            note_label: Some("Yang dapat dilakukan warga".to_owned()),
            ..self.action("tolak", "Tolak permohonan", "x")
        }
    }

    fn cancel(&self) -> Action {
        Action {
            tone: "danger",
            explain: format!("Permohonan {} ditutup tanpa hasil.", self.view.row.receipt),
            reasons: close_reasons(CloseReason::cancels),
            reason_label: "Alasan membatalkan".to_owned(),
            ..self.action("batal", "Batalkan", "x")
        }
    }

    fn reopen(&self) -> Action {
        Action {
            explain: "Permohonan dibuka lagi dan menjadi tanggung jawab Bapak/Ibu.".to_owned(),
            reasons: ReopenReason::ALL.iter().map(|one| Choice::new(one.word(), one.label())).collect(),
            reason_label: "Alasan membuka kembali".to_owned(),
            silent: true,
            ..self.action("buka-kembali", "Buka kembali", "refresh")
        }
    }
}

fn close_reasons(keep: impl Fn(CloseReason) -> bool) -> Vec<Choice> {
    let kept = CloseReason::ALL.iter().copied().filter(|reason| keep(*reason));
    kept.map(|reason| Choice::new(reason.word(), reason.label())).collect()
}

#[cfg(test)]
mod tests {
    use loket_core::request::{PaperTally, allowed};

    use super::*;
    use crate::web::kantor::samples;

    fn view(state: RequestState, delivery: OutputDelivery) -> RequestView {
        let mut view = samples::request();
        view.row.state = state;
        view.steps = allowed(state);
        view.delivery = delivery;
        view
    }

    fn codes(view: &RequestView) -> Vec<&'static str> {
        of((view, None), ("kab-tangerang", OfficeZone::Wib), &|_| true)
            .iter()
            .map(|action| action.code)
            .collect()
    }

    #[test]
    fn papers_are_declared_complete_only_when_they_are() {
        let mut view = view(RequestState::Verification, OutputDelivery::Pickup);
        assert_eq!(codes(&view), ["minta", "tolak", "batal"]);
        assert!(next_step(&view, true).is_some_and(|words| words.contains("belum lengkap")));
        view.tally = PaperTally { required: 2, accepted: 2, received: 0, rejected: 0 };
        view.ask_preview = None;
        assert_eq!(codes(&view), ["lengkap", "tolak", "batal"]);
    }

    #[test]
    fn a_product_reaches_the_citizen_by_its_own_way() {
        let (work, ready) = (RequestState::InProcess, RequestState::Ready);
        assert_eq!(codes(&view(work, OutputDelivery::Pdf)), ["hasil", "minta", "tolak", "batal"]);
        assert_eq!(codes(&view(work, OutputDelivery::Pickup)), ["siap", "minta", "tolak", "batal"]);
        assert_eq!(codes(&view(work, OutputDelivery::Status)), ["selesai", "minta", "tolak", "batal"]);
        assert_eq!(codes(&view(ready, OutputDelivery::Pickup)), ["selesai", "buka-kembali", "batal"]);
        let mut uploaded = view(ready, OutputDelivery::Pdf);
        uploaded.product = Some(loket_core::id::FileId::NIL);
        assert_eq!(codes(&uploaded), ["selesai", "hasil", "buka-kembali", "batal"]);
    }

    #[test]
    fn a_page_has_at_most_one_primary_action() {
        for state in RequestState::ALL {
            for delivery in OutputDelivery::ALL {
                let actions =
                    of((&view(*state, *delivery), None), ("kab-tangerang", OfficeZone::Wib), &|_| true);
                let primary = actions.iter().filter(|action| action.tone == "primary").count();
                assert!(primary <= 1, "{state} {delivery}");
                assert!(!state.is_terminal() || primary == 0, "{state} {delivery}");
            }
        }
    }

    #[test]
    fn whoever_may_not_refuse_is_not_offered_it() {
        let view = view(RequestState::Verification, OutputDelivery::Pdf);
        let some = of((&view, None), ("kab-tangerang", OfficeZone::Wib), &|permission| {
            permission == Permission::HandleRequests
        });
        assert!(some.iter().all(|action| action.code != "tolak"));
        assert!(
            of((&view, None), ("kab-tangerang", OfficeZone::Wib), &|permission| permission
                == Permission::ReadRequests)
            .is_empty()
        );
    }
}
