//! The addresses of what is sent.

use std::fmt::Display;

route!(/// What is under way, what lies at other offices, what ended lately.
    Consignments = "/kantor/{office}/kiriman");
route!(/// Acknowledging several that came to one place; POST only.
    ConsignmentsArrived = "/kantor/{office}/kiriman/tiba");
route!(/// The list that goes along with one, and with all that go where it goes.
    ConsignmentSheet = "/kantor/{office}/kiriman/{consignment}/pengantar");

impl Consignments {
    /// Its address: what is under way.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/kiriman")
    }

    /// How far it has come.
    pub fn tab(office: &str, word: &str) -> String {
        format!("/kantor/{office}/kiriman?keadaan={word}")
    }
}

impl ConsignmentsArrived {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/kiriman/tiba")
    }
}

impl ConsignmentSheet {
    /// Its address.
    pub fn at(office: &str, consignment: impl Display) -> String {
        format!("/kantor/{office}/kiriman/{consignment}/pengantar")
    }
}
