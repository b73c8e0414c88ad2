//! The addresses of an office's ready answers.

use std::fmt::Display;

route!(/// The ready answers of an office.
    QuickReplies = "/kantor/{office}/pengaturan/balasan");
route!(/// What Loket answers by itself.
    AutoReplies = "/kantor/{office}/pengaturan/balasan-otomatis");
route!(/// Writing one.
    QuickReplyNew = "/kantor/{office}/pengaturan/balasan/baru");
route!(/// Changing one.
    QuickReply = "/kantor/{office}/pengaturan/balasan/{reply}");
route!(/// Moving one or switching it: `naik`, `turun`, `nyala`, `mati`; POST only.
    QuickReplyStep = "/kantor/{office}/pengaturan/balasan/{reply}/{step}");

impl QuickReplies {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/balasan")
    }
}

impl AutoReplies {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/balasan-otomatis")
    }
}

impl QuickReplyNew {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/balasan/baru")
    }
}

impl QuickReply {
    /// Its address.
    pub fn at(office: &str, reply: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/balasan/{reply}")
    }
}

impl QuickReplyStep {
    /// Its address.
    pub fn at(office: &str, reply: impl Display, step: &str) -> String {
        format!("/kantor/{office}/pengaturan/balasan/{reply}/{step}")
    }
}
