//! Every address of the site, once: the pattern it is registered under and the way to write it.
//!
//! Templates and redirects use only these, and the suite compares the list with what actix serves.

use std::fmt::Display;

use loket_core::clock::Instant;

/// Every pattern, so that a route without a case in the suite's matrix is noticed.
pub const PATTERNS: &[&str] = &[
    Home::PATTERN,
    SignIn::PATTERN,
    Forgot::PATTERN,
    NewPassword::PATTERN,
    Invitation::PATTERN,
    SignOut::PATTERN,
    ChooseOffice::PATTERN,
    Sessions::PATTERN,
    EndAllSessions::PATTERN,
    EndSession::PATTERN,
    OwnPassword::PATTERN,
    Static::PATTERN,
    Health::PATTERN,
    Ready::PATTERN,
    Metrics::PATTERN,
    Webhook::PATTERN,
    EntryLink::PATTERN,
    WebForm::PATTERN,
    WebReceipt::PATTERN,
    Office::PATTERN,
    Overview::PATTERN,
    FigureRows::PATTERN,
    FigureExport::PATTERN,
    Capacity::PATTERN,
    Live::PATTERN,
    Queue::PATTERN,
    TakeNext::PATTERN,
    NewRequest::PATTERN,
    RequestSheet::PATTERN,
    RequestSheetSample::PATTERN,
    Request::PATTERN,
    RequestStep::PATTERN,
    PaperStep::PATTERN,
    Conversations::PATTERN,
    Conversation::PATTERN,
    ConversationAnswer::PATTERN,
    ConversationClaim::PATTERN,
    ConversationRelease::PATTERN,
    ConversationOpen::PATTERN,
    File::PATTERN,
    FileContent::PATTERN,
    Search::PATTERN,
    Quarantine::PATTERN,
    QuarantineRetry::PATTERN,
    Settings::PATTERN,
    Profile::PATTERN,
    TrustedSenders::PATTERN,
    TakesForwarded::PATTERN,
    TrustedSenderEnd::PATTERN,
    Units::PATTERN,
    Unit::PATTERN,
    People::PATTERN,
    Invite::PATTERN,
    InvitationResend::PATTERN,
    InvitationWithdraw::PATTERN,
    Person::PATTERN,
    PersonRole::PATTERN,
    PersonLeave::PATTERN,
    Numbers::PATTERN,
    NumberNew::PATTERN,
    NumberWebhook::PATTERN,
    Number::PATTERN,
    NumberSwitch::PATTERN,
    QuickReplies::PATTERN,
    QuickReplyNew::PATTERN,
    QuickReply::PATTERN,
    QuickReplyStep::PATTERN,
    Services::PATTERN,
    ServiceCatalogue::PATTERN,
    ServiceEntry::PATTERN,
    Service::PATTERN,
    ServiceDraft::PATTERN,
    ServicePublish::PATTERN,
    ServiceEdition::PATTERN,
    ServiceStep::PATTERN,
    Formats::PATTERN,
    Format::PATTERN,
    FormatDraft::PATTERN,
    FormatPublish::PATTERN,
    FormatEdition::PATTERN,
    FormatStep::PATTERN,
    Calendars::PATTERN,
    Calendar::PATTERN,
    CalendarDraft::PATTERN,
    CalendarPublish::PATTERN,
    CalendarEdition::PATTERN,
    CalendarStep::PATTERN,
    Outages::PATTERN,
    OutageNew::PATTERN,
    OutageMonth::PATTERN,
    OutageExport::PATTERN,
    OutageLetter::PATTERN,
    Outage::PATTERN,
    OutageEvidence::PATTERN,
    OutageFile::PATTERN,
    OutageStep::PATTERN,
    Stock::PATTERN,
    StockNew::PATTERN,
    StockItem::PATTERN,
    StockStep::PATTERN,
    Equipment::PATTERN,
    EquipmentNew::PATTERN,
    EquipmentPiece::PATTERN,
    EquipmentStep::PATTERN,
    Compensations::PATTERN,
    CompensationLetter::PATTERN,
    Consignments::PATTERN,
    ConsignmentsArrived::PATTERN,
    ConsignmentSheet::PATTERN,
    Pickups::PATTERN,
    PickupsMove::PATTERN,
    AppointmentStep::PATTERN,
    PickupPoints::PATTERN,
    PickupPoint::PATTERN,
    HomeVisits::PATTERN,
    HomeVisitNew::PATTERN,
    HomeVisitRound::PATTERN,
    HomeVisitSheet::PATTERN,
    HomeVisitStep::PATTERN,
    CareAhead::PATTERN,
    AutoReplies::PATTERN,
    PersonRoleAdd::PATTERN,
    PersonRoleEnd::PATTERN,
    Delegations::PATTERN,
    DelegationEnd::PATTERN,
    ProfileLogo::PATTERN,
    Logo::PATTERN,
    OpenOffice::PATTERN,
    Province::PATTERN,
    ProvinceNewOffice::PATTERN,
    ProvinceInvite::PATTERN,
    Platform::PATTERN,
    PlatformNewOffice::PATTERN,
    PlatformInvite::PATTERN,
    PlatformStyle::PATTERN,
    SimulatorHome::PATTERN,
    SimulatorLetters::PATTERN,
    SimulatorPhone::PATTERN,
    SimulatorPart::PATTERN,
    SimulatorApi::PATTERN,
    SimulatorMedium::PATTERN,
];

macro_rules! route {
    ($(#[$meta:meta])* $name:ident = $pattern:literal) => {
        $(#[$meta])*
        pub struct $name;

        impl $name {
            /// What it is registered under.
            pub const PATTERN: &'static str = $pattern;
        }
    };
}

mod calendars;
mod compensations;
mod consignments;
mod equipment;
mod figures;
mod formats;
mod numbers;
mod outages;
mod people;
mod pickups;
mod quick_replies;
mod requests;
mod seats;
mod services;
mod simulator;
mod stock;
mod talks;
mod visits;
mod warga;

pub use calendars::*;
pub use compensations::{CompensationLetter, Compensations};
pub use consignments::{ConsignmentSheet, Consignments, ConsignmentsArrived};
pub use equipment::{Equipment, EquipmentNew, EquipmentPiece, EquipmentStep};
pub use figures::{Capacity, FigureExport, FigureRows, Overview, Province};
pub use formats::*;
pub use numbers::*;
pub use outages::*;
pub use people::*;
pub use pickups::{AppointmentStep, PickupPoint, PickupPoints, Pickups, PickupsMove};
pub use quick_replies::*;
pub use requests::*;
pub use seats::*;
pub use services::*;
pub use simulator::*;
pub use stock::*;
pub use talks::*;
pub use visits::{CareAhead, HomeVisitNew, HomeVisitRound, HomeVisitSheet, HomeVisitStep, HomeVisits};
pub use warga::*;

route!(/// What Loket is.
    Home = "/");
route!(/// Signing in.
    SignIn = "/masuk");
route!(/// Signing out; POST only.
    SignOut = "/keluar");
route!(/// Choosing one of several offices.
    ChooseOffice = "/pilih-kantor");
route!(/// One's own signed-in browsers.
    Sessions = "/sesi");
route!(/// Ending every browser of one's own; POST only.
    EndAllSessions = "/sesi/akhiri-semua");
route!(/// Ending one of them; POST only.
    EndSession = "/sesi/{session}/akhiri");
route!(/// Styles, scripts, icons.
    Static = "/static/{path:.*}");
route!(/// Whether the process lives.
    Health = "/healthz");
route!(/// Whether it can serve.
    Ready = "/readyz");
route!(/// Figures for Prometheus.
    Metrics = "/metrics");
route!(/// Where Meta's bodies come in.
    Webhook = "/webhook/whatsapp/{key}");
route!(/// An office: leads to the person's own start page.
    Office = "/kantor/{office}");
route!(/// The stream of what changed.
    Live = "/kantor/{office}/langsung");
route!(/// Searching.
    Search = "/kantor/{office}/cari");
route!(/// What could not be read.
    Quarantine = "/kantor/{office}/penampung");
route!(/// Having a body read again; POST only.
    QuarantineRetry = "/kantor/{office}/penampung/{delivery}/ulang");
route!(/// All offices and the state of the machine.
    Platform = "/platform");
route!(/// Every part that pages are made of.
    PlatformStyle = "/platform/gaya");

impl Home {
    /// Its address.
    pub fn at() -> String {
        Self::PATTERN.to_owned()
    }
}

impl SignIn {
    /// Its address, and where to go afterwards.
    pub fn at(next: Option<&str>) -> String {
        match next {
            Some(next) => format!("{}?lanjut={}", Self::PATTERN, escaped(next)),
            None => Self::PATTERN.to_owned(),
        }
    }
}

impl Static {
    /// The address of a file of this version of `static/`: `css/base.css`.
    pub fn at(path: &str) -> String {
        format!("/static/{}/{path}", super::statics::version())
    }
}

impl EndSession {
    /// Its address.
    pub fn at(session: impl Display) -> String {
        format!("/sesi/{session}/akhiri")
    }
}

impl Office {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}")
    }
}

impl Live {
    /// Its address, for a page drawn at a moment.
    pub fn at(office: &str, drawn: Instant) -> String {
        format!("/kantor/{office}/langsung?sejak={}", drawn.timestamp_millis())
    }
}

impl Search {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/cari")
    }
}

impl Quarantine {
    /// Its address: a page of it, counted from 0.
    pub fn at(office: &str, page: u64) -> String {
        let page = if page == 0 { String::new() } else { format!("?hal={page}") };
        format!("/kantor/{office}/penampung{page}")
    }
}

impl QuarantineRetry {
    /// Its address.
    pub fn at(office: &str, delivery: impl Display) -> String {
        format!("/kantor/{office}/penampung/{delivery}/ulang")
    }
}

impl PlatformStyle {
    /// Its address.
    pub fn at() -> String {
        Self::PATTERN.to_owned()
    }
}

impl Platform {
    /// Its address.
    pub fn at() -> String {
        Self::PATTERN.to_owned()
    }
}

/// Whether it is asked for by what watches the machine, which may know no host name.
pub fn is_watched(path: &str) -> bool {
    [Health::PATTERN, Ready::PATTERN, Metrics::PATTERN].contains(&path)
}

/// Bytes of a path to come back to; a link from a letter holds a token of some 330.
const LONGEST: usize = 600;

/// A path of this site that somebody may be sent back to: one that begins with a single slash.
pub fn local(path: &str) -> Option<&str> {
    let rest = path.strip_prefix('/')?;
    // Browsers drop tabs and line ends and read a backslash as a slash.
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (plain && !rest.starts_with('/') && path.len() <= LONGEST).then_some(path)
}

/// A text as it may stand behind `=` in an address.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests;
