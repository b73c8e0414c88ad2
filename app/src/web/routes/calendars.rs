//! The addresses of what an office says of its hours.

use std::fmt::Display;

route!(/// The timetables of an office and its units.
    Calendars = "/kantor/{office}/pengaturan/kalender");
route!(/// One of them: `kantor`, or a unit's id.
    Calendar = "/kantor/{office}/pengaturan/kalender/{of}");
route!(/// Writing it; every step is a form.
    CalendarDraft = "/kantor/{office}/pengaturan/kalender/{of}/rancangan");
route!(/// Publishing its draft.
    CalendarPublish = "/kantor/{office}/pengaturan/kalender/{of}/terbitkan");
route!(/// An edition of it.
    CalendarEdition = "/kantor/{office}/pengaturan/kalender/{of}/edisi/{number}");
route!(/// `buang`; POST only.
    CalendarStep = "/kantor/{office}/pengaturan/kalender/{of}/{step}");

impl Calendars {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/kalender")
    }
}

impl Calendar {
    /// Its address.
    pub fn at(office: &str, of: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/kalender/{of}")
    }
}

impl CalendarDraft {
    /// Its address.
    pub fn at(office: &str, of: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/kalender/{of}/rancangan")
    }
}

impl CalendarPublish {
    /// Its address.
    pub fn at(office: &str, of: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/kalender/{of}/terbitkan")
    }
}

impl CalendarEdition {
    /// Its address.
    pub fn at(office: &str, of: impl Display, number: i64) -> String {
        format!("/kantor/{office}/pengaturan/kalender/{of}/edisi/{number}")
    }
}

impl CalendarStep {
    /// Its address.
    pub fn at(office: &str, of: impl Display, step: &str) -> String {
        format!("/kantor/{office}/pengaturan/kalender/{of}/{step}")
    }
}
