//! The kinds of lines in a request's history. The history is append-only; the request's row is a
//! projection of it.

words! {
    /// What happened.
    RequestEventKind {
        /// The request came in.
        Opened = "opened",
        /// An officer took it up.
        Taken = "taken",
        /// It was given to an officer or unit.
        Assigned = "assigned",
        /// A paper came.
        PaperReceived = "paper_received",
        /// A paper was found good.
        PaperAccepted = "paper_accepted",
        /// A paper was found no good.
        PaperRejected = "paper_rejected",
        /// The citizen was asked.
        Asked = "asked",
        /// The citizen was reminded of what is missing.
        Reminded = "reminded",
        /// The citizen answered.
        Answered = "answered",
        /// The papers were declared complete.
        DeclaredComplete = "declared_complete",
        /// A date was promised to the citizen.
        Promised = "promised",
        /// The core state or the office's sub-state changed otherwise.
        StateChanged = "state_changed",
        /// Data of the request were corrected.
        DataChanged = "data_changed",
        /// Four fifths of its time were gone.
        Nearing = "nearing",
        /// Its time was over.
        Overdue = "overdue",
        /// The citizen was told that the date they were told may not hold.
        Warned = "warned",
        /// The product was uploaded or recorded.
        ResultUploaded = "result_uploaded",
        /// The product is ready to be sent or picked up.
        Ready = "ready",
        /// What lies ready got another place or time.
        Scheduled = "scheduled",
        /// The product was sent.
        Sent = "sent",
        /// The product was picked up or handed over.
        HandedOver = "handed_over",
        /// The request was finished.
        Finished = "finished",
        /// The request was refused.
        Rejected = "rejected",
        /// The request was cancelled.
        Cancelled = "cancelled",
        /// The request was taken up again.
        Reopened = "reopened",
        /// A clock was stopped.
        Paused = "paused",
        /// A clock runs on.
        Resumed = "resumed",
        /// The request was linked to another one.
        Linked = "linked",
        /// Another office was given it to work on.
        Forwarded = "forwarded",
        /// A letter to the citizen was handed to the office that talks with them.
        Passed = "passed",
        /// It was noted that more care is taken, or what of.
        CareNoted = "care_noted",
        /// It is no longer kept why more care was taken.
        CareForgotten = "care_forgotten",
        /// A home visit was planned, or planned anew.
        VisitPlanned = "visit_planned",
        /// A planned home visit does not take place.
        VisitCancelled = "visit_cancelled",
        /// What came of a home visit.
        Visited = "visited",
        /// Its person was given an appointment.
        AppointmentSet = "appointment_set",
        /// The appointment got another time.
        AppointmentMoved = "appointment_moved",
        /// Its person came to the appointment.
        AppointmentAttended = "appointment_attended",
        /// Its person did not come.
        AppointmentMissed = "appointment_missed",
        /// The appointment does not take place.
        AppointmentCancelled = "appointment_cancelled",
        /// What is ready was sent: to a place, by courier, to another office.
        ConsignmentSent = "consignment_sent",
        /// Whoever it was sent to has acknowledged it.
        ConsignmentArrived = "consignment_arrived",
        /// It reached its citizen, as whoever brought it says.
        ConsignmentDelivered = "consignment_delivered",
        /// It came back.
        ConsignmentReturned = "consignment_returned",
        /// It is wanted no more.
        ConsignmentRecalled = "consignment_recalled",
        /// The time of the standard ran out, and the office promised compensation for that.
        CompensationOwed = "compensation_owed",
        /// The citizen was told of it.
        CompensationOffered = "compensation_offered",
        /// The citizen takes it.
        CompensationAccepted = "compensation_accepted",
        /// The citizen does not want it.
        CompensationDeclined = "compensation_declined",
        /// The citizen has it.
        CompensationGiven = "compensation_given",
        /// It is not owed after all.
        CompensationLapsed = "compensation_lapsed",
        /// Somebody wrote a note.
        Note = "note",
    }
}

impl RequestEventKind {
    /// What closes a request, however it ends.
    pub const ENDS: [Self; 3] = [Self::Finished, Self::Rejected, Self::Cancelled];

    /// Whether it takes back or moves what was counted on an earlier day: the days of the request must then be
    /// counted again.
    pub const fn rewrites_the_past(self) -> bool {
        matches!(self, Self::Reopened | Self::DataChanged)
    }

    /// The words in the history.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Opened => "Permohonan diterima",
            Self::Taken => "Diambil petugas",
            Self::Assigned => "Ditugaskan",
            Self::PaperReceived => "Berkas masuk",
            Self::PaperAccepted => "Berkas diterima",
            Self::PaperRejected => "Berkas ditolak",
            Self::Asked => "Warga dimintai kelengkapan",
            Self::Reminded => "Warga diingatkan",
            Self::Answered => "Warga menjawab",
            Self::DeclaredComplete => "Berkas dinyatakan lengkap",
            Self::Promised => "Tanggal selesai dijanjikan",
            Self::StateChanged => "Status berubah",
            Self::DataChanged => "Data diperbaiki",
            Self::Nearing => "Mendekati tenggat: empat per lima waktunya terpakai",
            Self::Overdue => "Lewat tenggat",
            Self::Warned => "Warga diberi tahu lebih dulu bahwa tanggalnya mungkin lewat",
            Self::ResultUploaded => "Hasil dicatat",
            Self::Ready => "Siap dikirim atau diambil",
            Self::Scheduled => "Jadwal pengambilan diubah",
            Self::Sent => "Hasil dikirim",
            Self::HandedOver => "Hasil diserahkan",
            Self::Finished => "Selesai",
            Self::Rejected => "Ditolak",
            Self::Cancelled => "Dibatalkan",
            Self::Reopened => "Dibuka kembali",
            Self::Paused => "Waktu dihentikan sementara",
            Self::Resumed => "Waktu berjalan lagi",
            Self::Linked => "Ditautkan",
            Self::Forwarded => "Diteruskan",
            Self::Passed => "Disampaikan lewat kecamatan",
            Self::CareNoted => "Perhatian khusus dicatat",
            Self::CareForgotten => "Catatan perhatian khusus dihapus",
            Self::VisitPlanned => "Kunjungan rumah dijadwalkan",
            Self::VisitCancelled => "Kunjungan rumah dibatalkan",
            Self::Visited => "Hasil kunjungan rumah",
            Self::AppointmentSet => "Janji temu dijadwalkan",
            Self::AppointmentMoved => "Janji temu dipindahkan",
            Self::AppointmentAttended => "Warga hadir pada janji temu",
            Self::AppointmentMissed => "Warga tidak hadir pada janji temu",
            Self::AppointmentCancelled => "Janji temu dibatalkan",
            Self::ConsignmentSent => "Hasil dititipkan atau dikirim",
            Self::ConsignmentArrived => "Kiriman tiba",
            Self::ConsignmentDelivered => "Kiriman diterima warga",
            Self::ConsignmentReturned => "Kiriman kembali",
            Self::ConsignmentRecalled => "Kiriman ditarik",
            Self::CompensationOwed => "Kompensasi terutang",
            Self::CompensationOffered => "Kompensasi ditawarkan",
            Self::CompensationAccepted => "Kompensasi diterima warga",
            Self::CompensationDeclined => "Kompensasi tidak diambil warga",
            Self::CompensationGiven => "Kompensasi diberikan",
            Self::CompensationLapsed => "Kompensasi gugur",
            Self::Note => "Catatan",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_word_and_has_a_label_of_its_own() {
        let mut labels: Vec<_> = RequestEventKind::ALL.iter().map(|kind| kind.label()).collect();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), RequestEventKind::ALL.len());
        for kind in RequestEventKind::ALL {
            assert_eq!(kind.word().parse(), Ok(*kind));
        }
    }
}
