//! The addresses of citizens' own pages: short, because they are read on telephones and typed from posters.

use std::fmt::Display;

route!(/// The identity numbers of a line, for whoever wrote it.
    EntryLink = "/isi/{office}/{token}");
route!(/// The public form.
    WebForm = "/k/{office}/ajukan");
route!(/// The receipt of what was handed in by it.
    WebReceipt = "/k/{office}/permohonan/{token}");

impl EntryLink {
    /// Its address.
    pub fn at(office: &str, token: &str) -> String {
        format!("/isi/{office}/{token}")
    }
}

impl WebForm {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/k/{office}/ajukan")
    }

    /// The form of a variant of a service.
    pub fn of(office: &str, variant: impl Display) -> String {
        format!("/k/{office}/ajukan?layanan={variant}")
    }
}

impl WebReceipt {
    /// Its address.
    pub fn at(office: &str, token: &str) -> String {
        format!("/k/{office}/permohonan/{token}")
    }
}
