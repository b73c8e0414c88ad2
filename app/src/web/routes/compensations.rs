//! The addresses of what is owed to whoever was not served in time.

use std::fmt::Display;

route!(/// What is owed, offered and given.
    Compensations = "/kantor/{office}/kompensasi");
route!(/// The letter about it, of one request.
    CompensationLetter = "/kantor/{office}/permohonan/{id}/kompensasi");

impl Compensations {
    /// Its address: what is not offered yet.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/kompensasi")
    }

    /// The first page of a state.
    pub fn tab(office: &str, state: &str) -> String {
        format!("/kantor/{office}/kompensasi?keadaan={state}")
    }

    /// The page of a state behind a row.
    pub fn behind(office: &str, state: &str, row: impl Display) -> String {
        format!("/kantor/{office}/kompensasi?keadaan={state}&sesudah={row}")
    }

    /// The page of a state before a row.
    pub fn before(office: &str, state: &str, row: impl Display) -> String {
        format!("/kantor/{office}/kompensasi?keadaan={state}&sebelum={row}")
    }
}

impl CompensationLetter {
    /// Its address.
    pub fn at(office: &str, id: impl Display) -> String {
        format!("/kantor/{office}/permohonan/{id}/kompensasi")
    }
}
