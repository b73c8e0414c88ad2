//! The addresses of new offices, of who acts for a head, of the head of letters, and of one's own password.

use std::fmt::Display;

route!(/// Changing one's own password.
    OwnPassword = "/kata-sandi");
route!(/// Entering an office of a province.
    ProvinceNewOffice = "/provinsi/{code}/kantor/baru");
route!(/// Writing again to a new office's first administrator; POST only.
    ProvinceInvite = "/provinsi/{code}/kantor/undang");
route!(/// Entering an office of any province.
    PlatformNewOffice = "/platform/kantor/baru");
route!(/// Writing again to a new office's first administrator; POST only.
    PlatformInvite = "/platform/kantor/undang");
route!(/// Opening an office that has what it needs; POST only.
    OpenOffice = "/kantor/{office}/pengaturan/buka");
route!(/// Who acts for the head.
    Delegations = "/kantor/{office}/pengaturan/delegasi");
route!(/// Ending it before its time; POST only.
    DelegationEnd = "/kantor/{office}/pengaturan/delegasi/{delegation}/akhiri");
route!(/// The picture at the head of the office's letters.
    Logo = "/kantor/{office}/logo");
route!(/// Changing it; POST only.
    ProfileLogo = "/kantor/{office}/pengaturan/profil/logo");
route!(/// Giving somebody a further role; POST only.
    PersonRoleAdd = "/kantor/{office}/pengaturan/petugas/{person}/peran/tambah");
route!(/// Taking one of several roles back; POST only.
    PersonRoleEnd = "/kantor/{office}/pengaturan/petugas/{person}/peran/akhiri");

impl OwnPassword {
    /// Its address.
    pub fn at() -> String {
        Self::PATTERN.to_owned()
    }
}

impl ProvinceNewOffice {
    /// Its address.
    pub fn at(code: &str) -> String {
        format!("/provinsi/{code}/kantor/baru")
    }
}

impl ProvinceInvite {
    /// Its address.
    pub fn at(code: &str) -> String {
        format!("/provinsi/{code}/kantor/undang")
    }
}

impl PlatformNewOffice {
    /// Its address.
    pub fn at() -> String {
        Self::PATTERN.to_owned()
    }
}

impl PlatformInvite {
    /// Its address.
    pub fn at() -> String {
        Self::PATTERN.to_owned()
    }
}

impl OpenOffice {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/buka")
    }
}

impl Delegations {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/delegasi")
    }
}

impl DelegationEnd {
    /// Its address.
    pub fn at(office: &str, delegation: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/delegasi/{delegation}/akhiri")
    }
}

impl Logo {
    /// Its address; the file's id tells one picture from the next.
    pub fn at(office: &str, file: impl Display) -> String {
        format!("/kantor/{office}/logo?v={file}")
    }
}

impl ProfileLogo {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/profil/logo")
    }
}

impl PersonRoleAdd {
    /// Its address.
    pub fn at(office: &str, person: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/petugas/{person}/peran/tambah")
    }
}

impl PersonRoleEnd {
    /// Its address.
    pub fn at(office: &str, person: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/petugas/{person}/peran/akhiri")
    }
}
