//! The addresses of home visits.

use std::fmt::Display;

route!(/// The rounds of a year, and who waits for a visit.
    HomeVisits = "/kantor/{office}/jemput-bola");
route!(/// Planning a round.
    HomeVisitNew = "/kantor/{office}/jemput-bola/baru");
route!(/// One round.
    HomeVisitRound = "/kantor/{office}/jemput-bola/{round}");
route!(/// The list that officers take along.
    HomeVisitSheet = "/kantor/{office}/jemput-bola/{round}/lembar");
route!(/// `ubah`, `tambah`, `keluarkan`, `hasil`, `tutup`, `batal`; POST only.
    HomeVisitStep = "/kantor/{office}/jemput-bola/{round}/{step}");
route!(/// By how much requests of people of whom more care is taken are put ahead.
    CareAhead = "/kantor/{office}/pengaturan/rentan");

impl HomeVisits {
    /// Its address, of the year that runs.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/jemput-bola")
    }

    /// Another year.
    pub fn year(office: &str, year: i32) -> String {
        format!("/kantor/{office}/jemput-bola?tahun={year}")
    }
}

impl HomeVisitNew {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/jemput-bola/baru")
    }
}

impl HomeVisitRound {
    /// Its address.
    pub fn at(office: &str, round: impl Display) -> String {
        format!("/kantor/{office}/jemput-bola/{round}")
    }
}

impl HomeVisitSheet {
    /// Its address.
    pub fn at(office: &str, round: impl Display) -> String {
        format!("/kantor/{office}/jemput-bola/{round}/lembar")
    }
}

impl HomeVisitStep {
    /// Its address.
    pub fn at(office: &str, round: impl Display, step: &str) -> String {
        format!("/kantor/{office}/jemput-bola/{round}/{step}")
    }
}

impl CareAhead {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/rentan")
    }
}
