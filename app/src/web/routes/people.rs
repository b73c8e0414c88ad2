//! The addresses around people: forgotten passwords, invitations, who belongs to an office, and what it is.

use std::fmt::Display;

route!(/// Asking for a new password.
    Forgot = "/masuk/lupa");
route!(/// Making a new password, by a link from a letter.
    NewPassword = "/masuk/kata-sandi/{token}");
route!(/// Accepting an invitation, by a link from a letter.
    Invitation = "/undangan/{token}");
route!(/// What an administrator sets in an office.
    Settings = "/kantor/{office}/pengaturan");
route!(/// What an office says of itself.
    Profile = "/kantor/{office}/pengaturan/profil");
route!(/// Whose lines for others an office answers together.
    TrustedSenders = "/kantor/{office}/pengaturan/pengirim");
route!(/// Whether a Dinas takes what the kecamatan offices of its area hand on; POST only.
    TakesForwarded = "/kantor/{office}/pengaturan/pengirim/kecamatan");
route!(/// Trusting one no longer; POST only.
    TrustedSenderEnd = "/kantor/{office}/pengaturan/pengirim/{sender}/hapus");
route!(/// The units of an office.
    Units = "/kantor/{office}/pengaturan/unit");
route!(/// Changing a unit; POST only.
    Unit = "/kantor/{office}/pengaturan/unit/{unit}");
route!(/// The people of an office.
    People = "/kantor/{office}/pengaturan/petugas");
route!(/// Inviting somebody.
    Invite = "/kantor/{office}/pengaturan/petugas/undang");
route!(/// Sending an invitation again; POST only.
    InvitationResend = "/kantor/{office}/pengaturan/petugas/undangan/{invitation}/kirim-ulang");
route!(/// Taking an invitation back; POST only.
    InvitationWithdraw = "/kantor/{office}/pengaturan/petugas/undangan/{invitation}/batalkan");
route!(/// Somebody of an office.
    Person = "/kantor/{office}/pengaturan/petugas/{person}");
route!(/// Changing what somebody may do; POST only.
    PersonRole = "/kantor/{office}/pengaturan/petugas/{person}/peran");
route!(/// Somebody leaves the office; POST only.
    PersonLeave = "/kantor/{office}/pengaturan/petugas/{person}/keluar");

impl NewPassword {
    /// Its address.
    pub fn at(token: &str) -> String {
        format!("/masuk/kata-sandi/{token}")
    }
}

impl Invitation {
    /// Its address.
    pub fn at(token: &str) -> String {
        format!("/undangan/{token}")
    }
}

impl Settings {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan")
    }
}

impl Profile {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/profil")
    }
}

impl TrustedSenders {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/pengirim")
    }
}

impl TakesForwarded {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/pengirim/kecamatan")
    }
}

impl TrustedSenderEnd {
    /// Its address.
    pub fn at(office: &str, sender: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/pengirim/{sender}/hapus")
    }
}

impl Units {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/unit")
    }
}

impl Unit {
    /// Its address.
    pub fn at(office: &str, unit: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/unit/{unit}")
    }
}

impl People {
    /// Its address: a tab, and a page of it.
    pub fn at(office: &str, tab: &str, page: u64) -> String {
        let page = if page == 0 { String::new() } else { format!("&hal={page}") };
        format!("/kantor/{office}/pengaturan/petugas?tab={tab}{page}")
    }
}

impl Invite {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/petugas/undang")
    }
}

impl InvitationResend {
    /// Its address.
    pub fn at(office: &str, invitation: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/petugas/undangan/{invitation}/kirim-ulang")
    }
}

impl InvitationWithdraw {
    /// Its address.
    pub fn at(office: &str, invitation: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/petugas/undangan/{invitation}/batalkan")
    }
}

impl Person {
    /// Its address.
    pub fn at(office: &str, person: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/petugas/{person}")
    }
}

impl PersonRole {
    /// Its address.
    pub fn at(office: &str, person: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/petugas/{person}/peran")
    }
}

impl PersonLeave {
    /// Its address.
    pub fn at(office: &str, person: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/petugas/{person}/keluar")
    }
}
