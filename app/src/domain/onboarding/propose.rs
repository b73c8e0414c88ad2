//! What a new office is called and how it begins, proposed from where it is.

use loket_core::{
    kinds::OfficeKind,
    naming::{receipt_codes, slug},
    text::capital,
    zone::OfficeZone,
};

use crate::{
    domain::{
        regions,
        tenancy::{self, AreaWords},
    },
    infra::{Outcome, PlatformTx},
};

/// What a form begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Where: `Kabupaten Tangerang`, `Kecamatan Muara Bangkahulu, Kota Bengkulu`.
    pub place: String,
    /// Its name as people say it.
    pub name: String,
    /// Its name in a path; free today.
    pub slug: String,
    /// The letters of its receipts; free today. Empty when every proposal is taken.
    pub receipt_code: String,
    /// The zone of its province.
    pub zone: OfficeZone,
    /// Who stands above it and its full name, a line each.
    pub letterhead: String,
    /// What the areas below it are called.
    pub words: AreaWords,
}

/// A place of the shipped regions.
struct Spot {
    /// `Kabupaten Tangerang`
    regency: &'static str,
    /// `Tigaraksa`, for the office of a kecamatan.
    district: Option<&'static str>,
}

impl Spot {
    /// Nothing when the code names no area of the province, or none of the kind.
    fn find(kind: OfficeKind, province: &str, region: &str) -> Option<Self> {
        let regency = regions::regency(region.get(..4)?).filter(|_| region.get(..2) == Some(province))?;
        match kind {
            OfficeKind::Dinas => (region.len() == 4).then_some(Self { regency, district: None }),
            OfficeKind::Kecamatan => {
                regions::district(region).map(|one| Self { regency, district: Some(one.name) })
            }
        }
    }

    /// The name without what the area is: `Tangerang`.
    fn short(&self) -> &'static str {
        self.district.unwrap_or_else(|| bare(self.regency))
    }

    /// Names in a path, the likeliest first.
    fn slugs(&self) -> Vec<String> {
        let kind = if self.regency.starts_with("Kota") { "kota" } else { "kab" };
        match self.district {
            None => vec![slug(&format!("{kind} {}", bare(self.regency))), slug(self.regency)],
            Some(name) => {
                vec![slug(&format!("kec {name}")), slug(&format!("kec {name} {kind} {}", bare(self.regency)))]
            }
        }
    }
}

/// `Tangerang` of `Kabupaten Tangerang`, `Jakarta Pusat` of `Kota Administrasi Jakarta Pusat`.
fn bare(regency: &'static str) -> &'static str {
    let rest =
        regency.strip_prefix("Kabupaten ").or_else(|| regency.strip_prefix("Kota ")).unwrap_or(regency);
    rest.strip_prefix("Administrasi ").unwrap_or(rest)
}

/// What areas are called where a law of the province names them differently: gampong in Aceh (UU 11/2006), nagari in
/// Sumatera Barat (Perda 7/2018), distrik and kampung in Papua (UU 21/2001).
fn words(province: &str) -> AreaWords {
    let (village, district) = match province {
        "11" => ("gampong", "kecamatan"),
        "13" => ("nagari/kelurahan", "kecamatan"),
        code if code.starts_with('9') => ("kampung/kelurahan", "distrik"),
        _ => return AreaWords::default(),
    };
    AreaWords { village: village.to_owned(), district: district.to_owned() }
}

/// Proposes an office for an area; nothing when the province has no such area.
pub async fn propose(
    tx: &PlatformTx<'_>,
    (province, kind): (&str, OfficeKind),
    region: &str,
) -> Outcome<Option<Proposal>> {
    let Some(spot) = Spot::find(kind, province, region) else { return Ok(None) };
    let Some(regions::Province { zone, .. }) = regions::province(province) else { return Ok(None) };
    let taken = tenancy::all_offices(tx).await?;
    let free_slug = |wanted: &String| !taken.iter().any(|office| office.slug == *wanted);
    let free_code = |wanted: &String| !taken.iter().any(|office| office.receipt_code == *wanted);
    let words = words(province);
    let area = capital(&words.district);
    let (name, place) = match spot.district {
        None => (format!("Disdukcapil {}", spot.regency), spot.regency.to_owned()),
        Some(district) => (format!("{area} {district}"), format!("{area} {district}, {}", spot.regency)),
    };
    let full = match spot.district {
        None => "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL".to_owned(),
        Some(district) => format!("{area} {district}").to_uppercase(),
    };
    Ok(Some(Proposal {
        slug: spot.slugs().into_iter().find(free_slug).unwrap_or_default(),
        receipt_code: receipt_codes(spot.short()).into_iter().find(free_code).unwrap_or_default(),
        letterhead: format!("PEMERINTAH {}\n{full}", spot.regency.to_uppercase()),
        place,
        name,
        zone,
        words,
    }))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::{
        domain::tenancy::create_office,
        testing::{TestHouse, new_office},
    };

    #[tokio::test]
    async fn an_office_is_proposed_from_where_it_is() {
        let test = TestHouse::with_provinces().await;
        let tx = PlatformTx::read(&test.house).await.unwrap();
        for (province, kind, region, name, slug, code, zone) in [
            (
                "36",
                OfficeKind::Dinas,
                "3603",
                "Disdukcapil Kabupaten Tangerang",
                "kab-tangerang",
                "TNG",
                OfficeZone::Wib,
            ),
            ("53", OfficeKind::Kecamatan, "537101", "Kecamatan Alak", "kec-alak", "ALK", OfficeZone::Wita),
            (
                "94",
                OfficeKind::Dinas,
                "9401",
                "Disdukcapil Kabupaten Nabire",
                "kab-nabire",
                "NBR",
                OfficeZone::Wit,
            ),
        ] {
            let found = propose(&tx, (province, kind), region).await.unwrap().unwrap();
            assert_eq!((found.name.as_str(), found.slug.as_str()), (name, slug));
            assert_eq!((found.receipt_code.as_str(), found.zone), (code, zone));
        }
        for (province, kind, region) in [
            ("36", OfficeKind::Dinas, "5371"),
            ("36", OfficeKind::Dinas, "360303"),
            ("36", OfficeKind::Kecamatan, "3603"),
            ("36", OfficeKind::Kecamatan, "360399"),
            ("36", OfficeKind::Dinas, "é"),
        ] {
            assert_eq!(propose(&tx, (province, kind), region).await.unwrap(), None, "{region}");
        }
    }

    #[tokio::test]
    async fn what_another_office_has_is_not_proposed_again() {
        let test = TestHouse::with_provinces().await;
        create_office(&test.house, new_office("kab-tangerang", "TNG")).await.unwrap();
        let tx = PlatformTx::read(&test.house).await.unwrap();
        let found = propose(&tx, ("36", OfficeKind::Dinas), "3603").await.unwrap().unwrap();
        assert_eq!((found.slug.as_str(), found.receipt_code.as_str()), ("kabupaten-tangerang", "TNR"));
    }
}
