//! The addresses of the queue, of requests and their files.

use std::fmt::Display;

route!(/// The queue.
    Queue = "/kantor/{office}/antrean");
route!(/// Taking the next in turn; POST only.
    TakeNext = "/kantor/{office}/antrean/ambil");
route!(/// Opening a request at a desk.
    NewRequest = "/kantor/{office}/permohonan/baru");
route!(/// Opening many requests from a sheet.
    RequestSheet = "/kantor/{office}/permohonan/lembar");
route!(/// The sheet to be filled in.
    RequestSheetSample = "/kantor/{office}/permohonan/lembar/contoh.csv");
route!(/// One request.
    Request = "/kantor/{office}/permohonan/{id}");
route!(/// A step of a request; POST only.
    RequestStep = "/kantor/{office}/permohonan/{id}/{step}");
route!(/// A step of one paper of a request; POST only.
    PaperStep = "/kantor/{office}/permohonan/{id}/berkas/{paper}/{step}");
route!(/// The viewer of a file.
    File = "/kantor/{office}/berkas/{file}");
route!(/// The bytes of a file.
    FileContent = "/kantor/{office}/berkas/{file}/isi");

impl Queue {
    /// Its address: the first page of a tab.
    pub fn at(office: &str, tab: &str) -> String {
        format!("/kantor/{office}/antrean?tab={tab}")
    }

    /// The page of a tab behind a row.
    pub fn behind(office: &str, tab: &str, row: &str) -> String {
        format!("/kantor/{office}/antrean?tab={tab}&sesudah={row}")
    }

    /// The page of a tab before a row.
    pub fn before(office: &str, tab: &str, row: &str) -> String {
        format!("/kantor/{office}/antrean?tab={tab}&sebelum={row}")
    }
}

impl TakeNext {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/antrean/ambil")
    }
}

impl NewRequest {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/permohonan/baru")
    }
}

impl RequestSheet {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/permohonan/lembar")
    }

    /// The sheet to be filled in for a variant of a service.
    pub fn sample(office: &str, variant: impl Display) -> String {
        format!("/kantor/{office}/permohonan/lembar/contoh.csv?service={variant}")
    }
}

impl Request {
    /// Its address.
    pub fn at(office: &str, id: impl Display) -> String {
        format!("/kantor/{office}/permohonan/{id}")
    }
}

impl RequestStep {
    /// Its address.
    pub fn at(office: &str, id: impl Display, step: &str) -> String {
        format!("/kantor/{office}/permohonan/{id}/{step}")
    }
}

impl PaperStep {
    /// Its address.
    pub fn at(office: &str, id: impl Display, paper: impl Display, step: &str) -> String {
        format!("/kantor/{office}/permohonan/{id}/berkas/{paper}/{step}")
    }
}

impl File {
    /// Its address.
    pub fn at(office: &str, file: impl Display) -> String {
        format!("/kantor/{office}/berkas/{file}")
    }
}

impl FileContent {
    /// Its address.
    pub fn at(office: &str, file: impl Display) -> String {
        format!("/kantor/{office}/berkas/{file}/isi")
    }
}
