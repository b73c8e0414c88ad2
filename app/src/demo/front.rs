//! What the demonstration's front door says: the offices, and whom to try them as.

use loket_core::{kinds::Role, zone::OfficeZone};

use super::{
    offices::{DemoOffice, OFFICES},
    setup::{DescribedOffice, Description, PASSWORD},
};
use crate::{
    domain::regions,
    web::site::{DemoFront, FrontAccount, FrontOffice},
};

/// The front door of a demonstration.
pub fn front(description: &Description) -> DemoFront {
    let offices = description.offices.iter().zip(&OFFICES).map(|(described, plan)| office(described, plan));
    DemoFront {
        simulator_href: crate::web::routes::SimulatorHome::PATTERN.to_owned(),
        password: PASSWORD.to_owned(),
        offices: offices.collect(),
    }
}

fn office(described: &DescribedOffice, plan: &DemoOffice) -> FrontOffice {
    let zone = regions::province(plan.province).map_or(OfficeZone::Wib, |province| province.zone).word();
    FrontOffice {
        name: described.name.clone(),
        code: dotted(plan.region),
        place: format!("{} · {zone}", described.province),
        story: story(plan.slug).to_owned(),
        public_href: None,
        accounts: described
            .accounts
            .iter()
            .map(|account| FrontAccount {
                email: account.email.clone(),
                role: account.role.label().to_owned(),
                can: can(account.role).to_owned(),
            })
            .collect(),
    }
}

fn dotted(region: &str) -> String {
    let pairs: Vec<&str> =
        region.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok()).collect();
    pairs.join(".")
}

fn story(slug: &str) -> &'static str {
    match slug {
        "kab-tangerang" => {
            "Lima layanan dengan format tertulis di empat nomor. Warga mengirim satu baris, petugas menjawab."
        }
        "kota-kupang" => {
            "Empat layanan, masing-masing dengan petugasnya. Validasi NIK berakhir sebagai status, bukan dokumen."
        }
        "kab-nunukan" => {
            "Satu nomor pusat layanan untuk 21 kecamatan, sebagian hanya terjangkau lewat udara."
        }
        "kec-muara-bangkahulu" => {
            "Kantor kecamatan dengan surat-suratnya sendiri: domisili, tidak mampu, keramaian."
        }
        "kota-batu" => "KTP-el dan KK yang dahulu hanya di loket, kini juga lewat WhatsApp.",
        _ => "",
    }
}

fn can(role: Role) -> &'static str {
    match role {
        Role::Head => "melihat hari kerja kantor",
        Role::Supervisor => "memeriksa, mengambil alih, menolak",
        Role::Operator => "mengambil, memeriksa, menjawab, menyelesaikan",
        Role::ComplaintOfficer => "menangani pengaduan",
        Role::DeskOfficer => "mendaftarkan permohonan warga",
        Role::OfficeAdmin => "mengundang petugas, mengatur peran, memeriksa penampung",
        Role::ProvinceAdmin | Role::Inspector | Role::PlatformAdmin => "melihat papan kantor",
    }
}
