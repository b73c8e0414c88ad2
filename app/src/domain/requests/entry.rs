//! What an officer types to make a request of a conversation, and whether they may open it.

use std::collections::BTreeMap;

use loket_core::{
    format::FieldKind,
    id::VariantId,
    permission::{Permission, Whereabouts},
    text::{Kk, Nik, PersonName},
};

use super::error::RequestError;
use crate::{
    domain::{
        catalogue::{Catalogue, ServiceView, VariantView},
        regions,
        tenancy::Office,
    },
    infra::Cx,
};

/// Why a variant cannot be chosen.
pub(super) const NOT_OFFERED: RequestError =
    RequestError::Invalid("Layanan yang dipilih tidak ditawarkan kantor ini.");

/// The longest value of a plain field, in characters.
const LONGEST: usize = 500;

/// What an officer types to make a request of a conversation.
pub struct Entry {
    /// The variant of a service that is asked for.
    pub variant: VariantId,
    /// The person it is about.
    pub subject: PersonName,
    /// Their NIK, if it is at hand.
    pub nik: Option<Nik>,
    /// Their KK number, if it is at hand.
    pub kk: Option<Kk>,
    /// Other fields, key to value: `kecamatan`, `desa`, and those of the service's format.
    pub plain: BTreeMap<String, String>,
}

/// The service and variant that were chosen, if the officer may open requests for them in the kecamatan that was typed.
pub(super) fn allowed<'c>(
    cx: &Cx<'_>,
    office: &Office,
    catalogue: &'c Catalogue,
    (variant, typed): (VariantId, &BTreeMap<String, String>),
) -> Result<(&'c ServiceView, &'c VariantView), RequestError> {
    let (service, variant) = catalogue.variant(variant).ok_or(NOT_OFFERED)?;
    let typed = typed.get("kecamatan").map(String::as_str).unwrap_or_default();
    let district = regions::district_named(&office.region_code, typed);
    let at = Whereabouts {
        service: Some(service.id),
        unit: service.unit,
        district: district.map(|district| district.code),
    };
    if cx.reach(Permission::IntakeRequests).covers(at) {
        Ok((service, variant))
    } else {
        Err(RequestError::NotAllowed)
    }
}

impl Entry {
    /// The fields as they are stored: what was typed stands over what was read before, and only what the
    /// service's format knows is kept.
    pub(super) fn fields(
        &self,
        catalogue: &Catalogue,
        (service, variant): (&ServiceView, &VariantView),
        mut read: BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, RequestError> {
        for (key, value) in self.plain.iter().filter(|(key, _)| is_plain(catalogue, service, key)) {
            if value.chars().count() > LONGEST {
                return Err(RequestError::Invalid("Satu isian paling panjang 500 huruf."));
            }
            let value = value.trim();
            if value.is_empty() {
                read.remove(key);
            } else {
                read.insert(key.clone(), value.to_owned());
            }
        }
        if let Some(chosen) = read.get_mut("jenis") {
            *chosen = variant.code.to_uppercase();
        }
        if let Some(nik) = &self.nik {
            read.insert("nik".to_owned(), nik.expose().to_owned());
        }
        if let Some(kk) = &self.kk {
            read.insert("no_kk".to_owned(), kk.expose().to_owned());
        }
        Ok(read)
    }
}

/// Whether a field may be typed as it is: numbers, names and choices have a shape and go their own way.
fn is_plain(catalogue: &Catalogue, service: &ServiceView, key: &str) -> bool {
    use FieldKind::{Choice, Kk, Name, Nik};
    ["kecamatan", "desa"].contains(&key)
        || catalogue
            .format_of(service.id)
            .into_iter()
            .chain(catalogue.older.iter().filter(|one| one.service == service.id).map(|one| &one.definition))
            .flat_map(|format| &format.fields)
            .any(|field| field.key == key && !matches!(field.kind, Nik | Kk | Name | Choice))
}
