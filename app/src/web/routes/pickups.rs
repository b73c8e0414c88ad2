//! The addresses of what is collected, and of appointments.

use std::fmt::Display;

use chrono::NaiveDate;

route!(/// Who comes to a place on a day.
    Pickups = "/kantor/{office}/pengambilan");
route!(/// Giving everybody of a day another time; POST only.
    PickupsMove = "/kantor/{office}/pengambilan/pindah");
route!(/// Writing down whether somebody came to their appointment; POST only.
    AppointmentStep = "/kantor/{office}/pengambilan/{appointment}/{step}");
route!(/// The places where things are collected.
    PickupPoints = "/kantor/{office}/pengaturan/pengambilan");
route!(/// One of them; POST only.
    PickupPoint = "/kantor/{office}/pengaturan/pengambilan/{point}");

impl Pickups {
    /// Its address, of today at the first place.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengambilan")
    }

    /// A day at a place.
    pub fn of(office: &str, point: impl Display, day: NaiveDate) -> String {
        format!("/kantor/{office}/pengambilan?tempat={point}&hari={day}")
    }
}

impl PickupsMove {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengambilan/pindah")
    }
}

impl AppointmentStep {
    /// Its address.
    pub fn at(office: &str, appointment: impl Display, step: &str) -> String {
        format!("/kantor/{office}/pengambilan/{appointment}/{step}")
    }
}

impl PickupPoints {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/pengambilan")
    }
}

impl PickupPoint {
    /// Its address.
    pub fn at(office: &str, point: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/pengambilan/{point}")
    }
}
