//! The addresses of an office's WhatsApp numbers.

use std::fmt::Display;

route!(/// The numbers of an office, and what Meta is told of them.
    Numbers = "/kantor/{office}/pengaturan/nomor");
route!(/// Adding a number.
    NumberNew = "/kantor/{office}/pengaturan/nomor/baru");
route!(/// Saving the secret of the office's app at Meta; POST only.
    NumberWebhook = "/kantor/{office}/pengaturan/nomor/sambungan");
route!(/// One number.
    Number = "/kantor/{office}/pengaturan/nomor/{number}");
route!(/// Switching a number off or on; POST only.
    NumberSwitch = "/kantor/{office}/pengaturan/nomor/{number}/saklar");

impl Numbers {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/nomor")
    }
}

impl NumberNew {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/nomor/baru")
    }
}

impl NumberWebhook {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/nomor/sambungan")
    }
}

impl Number {
    /// Its address.
    pub fn at(office: &str, number: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/nomor/{number}")
    }
}

impl NumberSwitch {
    /// Its address.
    pub fn at(office: &str, number: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/nomor/{number}/saklar")
    }
}
