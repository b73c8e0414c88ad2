//! The addresses of the ledger of outages.

use std::fmt::Display;

route!(/// The ledger; POST enters what is out from now on.
    Outages = "/kantor/{office}/gangguan");
route!(/// Entering one with its particulars.
    OutageNew = "/kantor/{office}/gangguan/baru");
route!(/// A month of it.
    OutageMonth = "/kantor/{office}/gangguan/bulan/{month}");
route!(/// The same for a spreadsheet.
    OutageExport = "/kantor/{office}/gangguan/bulan/{month}/csv");
route!(/// The letter to one who answers for a system.
    OutageLetter = "/kantor/{office}/gangguan/bulan/{month}/surat/{provider}");
route!(/// One entry.
    Outage = "/kantor/{office}/gangguan/{outage}");
route!(/// Adding a file that shows it; POST only.
    OutageEvidence = "/kantor/{office}/gangguan/{outage}/bukti");
route!(/// One of those files.
    OutageFile = "/kantor/{office}/gangguan/{outage}/bukti/{file}");
route!(/// `pulih`, `alih`, `ubah`, `putuskan`, `kabari`; POST only.
    OutageStep = "/kantor/{office}/gangguan/{outage}/{step}");

impl Outages {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/gangguan")
    }

    /// A further page of what is over.
    pub fn behind(office: &str, skip: u64) -> String {
        format!("/kantor/{office}/gangguan?lewati={skip}")
    }
}

impl OutageNew {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/gangguan/baru")
    }
}

impl OutageMonth {
    /// Its address; the month as `2026-11`.
    pub fn at(office: &str, month: impl Display) -> String {
        format!("/kantor/{office}/gangguan/bulan/{month}")
    }
}

impl OutageExport {
    /// Its address.
    pub fn at(office: &str, month: impl Display) -> String {
        format!("/kantor/{office}/gangguan/bulan/{month}/csv")
    }
}

impl OutageLetter {
    /// Its address.
    pub fn at(office: &str, month: impl Display, provider: impl Display) -> String {
        format!("/kantor/{office}/gangguan/bulan/{month}/surat/{provider}")
    }
}

impl Outage {
    /// Its address.
    pub fn at(office: &str, outage: impl Display) -> String {
        format!("/kantor/{office}/gangguan/{outage}")
    }
}

impl OutageEvidence {
    /// Its address.
    pub fn at(office: &str, outage: impl Display) -> String {
        format!("/kantor/{office}/gangguan/{outage}/bukti")
    }
}

impl OutageFile {
    /// Its address.
    pub fn at(office: &str, outage: impl Display, file: impl Display) -> String {
        format!("/kantor/{office}/gangguan/{outage}/bukti/{file}")
    }
}

impl OutageStep {
    /// Its address.
    pub fn at(office: &str, outage: impl Display, step: &str) -> String {
        format!("/kantor/{office}/gangguan/{outage}/{step}")
    }
}
