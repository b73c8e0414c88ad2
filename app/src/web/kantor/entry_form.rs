//! The form that opens a request from a conversation: what was typed, and what of it is wrong.

use std::collections::BTreeMap;

use loket_core::{
    id::VariantId,
    permission::{Permission, Reach, Standing},
    text::{Kk, Nik, PersonName},
};

use crate::{
    domain::{catalogue::Catalogue, requests::Entry},
    web::{parts::Choice, schema_form::plain_key},
};

/// What was typed.
#[derive(Default)]
pub struct Typed {
    /// The variant of a service.
    pub service: String,
    /// The name.
    pub name: String,
    /// The NIK; may be empty.
    pub nik: String,
    /// The KK number; may be empty.
    pub kk: String,
    /// Other fields by their key.
    pub plain: BTreeMap<String, String>,
}

/// A sentence beside each field that cannot be used.
#[derive(Default)]
pub struct Wrong {
    /// About the service.
    pub service: Option<String>,
    /// About the name.
    pub name: Option<String>,
    /// About the NIK.
    pub nik: Option<String>,
    /// About the KK number.
    pub kk: Option<String>,
    /// About all of it.
    pub whole: Option<String>,
}

impl Wrong {
    /// The rules said no to what is well-formed.
    pub fn whole(sentence: impl Into<String>) -> Self {
        Self { whole: Some(sentence.into()), ..Self::default() }
    }

    fn is_nothing(&self) -> bool {
        [&self.service, &self.name, &self.nik, &self.kk, &self.whole].iter().all(|one| one.is_none())
    }
}

impl Typed {
    /// Reads the fields of a form; strange ones are left out.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "service" => typed.service = value,
                "name" => typed.name = value,
                "nik" => typed.nik = value,
                "no_kk" => typed.kk = value,
                other => {
                    if let Some(key) = plain_key(other) {
                        typed.plain.insert(key.to_owned(), value);
                    }
                }
            }
        }
        typed
    }

    /// What the use case takes, or what is wrong.
    pub fn entry(&self) -> Result<Entry, Wrong> {
        let mut wrong = Wrong::default();
        let variant = self.service.parse::<VariantId>();
        let subject = PersonName::parse(&self.name);
        let nik = (!self.nik.trim().is_empty()).then(|| Nik::parse(&self.nik)).transpose();
        let kk = (!self.kk.trim().is_empty()).then(|| Kk::parse(&self.kk)).transpose();
        wrong.service = variant.is_err().then(|| "Pilih layanan dahulu.".to_owned());
        wrong.name = subject.as_ref().err().map(|error| error.sentence().to_owned());
        wrong.nik = nik.as_ref().err().map(|error| error.sentence().to_owned());
        wrong.kk = kk.as_ref().err().map(|error| error.sentence().to_owned());
        match (variant, subject, nik, kk) {
            (Ok(variant), Ok(subject), Ok(nik), Ok(kk)) if wrong.is_nothing() => {
                Ok(Entry { variant, subject, nik, kk, plain: self.plain.clone() })
            }
            _ => Err(wrong),
        }
    }
}

/// The variants this person may open requests for, with one of them chosen.
pub fn services(catalogue: &Catalogue, standing: &Standing, chosen: &str) -> Vec<Choice> {
    offered(catalogue, &standing.reach(Permission::IntakeRequests), chosen)
}

fn offered(catalogue: &Catalogue, reach: &Reach, chosen: &str) -> Vec<Choice> {
    let mut choices = Vec::new();
    for service in &catalogue.services {
        let reached = match reach {
            Reach::Nothing => false,
            Reach::Everything => true,
            // Which kecamatan it will be is not known yet.
            Reach::Parts(parts) => {
                parts.iter().any(|scope| scope.services.is_empty() || scope.services.contains(&service.id))
            }
        };
        for variant in service.variants.iter().filter(|_| reached) {
            let value = variant.id.to_string();
            let selected = value == chosen;
            choices.push(Choice::new(value, format!("{} · {}", service.name, variant.name)).chosen(selected));
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(name: &str, service: &str, nik: &str) -> Typed {
        Typed::of(vec![
            ("csrf".to_owned(), "x".to_owned()),
            ("service".to_owned(), service.to_owned()),
            ("name".to_owned(), name.to_owned()),
            ("nik".to_owned(), nik.to_owned()),
            ("isi.kecamatan".to_owned(), "TIGARAKSA".to_owned()),
        ])
    }

    #[test]
    fn a_well_formed_entry_keeps_its_plain_fields_and_nothing_else() {
        let service = VariantId::NIL.to_string();
        let entry = typed("Siti Aminah", &service, "").entry();
        let entry = entry.ok().map(|entry| (entry.subject.expose().to_owned(), entry.plain, entry.nik));
        let plain = BTreeMap::from([("kecamatan".to_owned(), "TIGARAKSA".to_owned())]);
        assert_eq!(entry, Some(("Siti Aminah".to_owned(), plain, None)));
    }

    #[test]
    fn each_field_that_cannot_be_used_says_why() {
        let wrong = typed("", "", "123").entry().err().unwrap_or_default();
        assert_eq!(wrong.service.as_deref(), Some("Pilih layanan dahulu."));
        assert_eq!(wrong.name.as_deref(), Some("Nama belum diisi."));
        assert!(wrong.nik.is_some());
        assert!(wrong.kk.is_none());
    }

    #[actix_web::test]
    async fn a_form_of_any_fields_is_read_once_its_token_was_checked() {
        use actix_web::{FromRequest, test::TestRequest};

        use crate::web::{csrf::CsrfKey, error::PageError, form::Form};

        let key = CsrfKey::of(&[1; 32]);
        let token = key.token();
        let fields = [("csrf", &*token), ("name", "Siti & Ahmad"), ("isi.kecamatan", "TIGARAKSA")];
        let (request, mut payload) = TestRequest::post().set_form(fields).to_http_parts();
        let form = Form::<Vec<(String, String)>>::from_request(&request, &mut payload).await;
        let typed = form.and_then(|form| form.checked(&key)).map(Typed::of);
        let typed = typed.map(|mut typed| (typed.plain.remove("kecamatan").unwrap_or_default(), typed.name));
        assert!(matches!(typed, Ok((district, name)) if district == "TIGARAKSA" && name == "Siti & Ahmad"));
        let (request, mut payload) = TestRequest::post().set_form([("name", "Siti")]).to_http_parts();
        let form = Form::<Vec<(String, String)>>::from_request(&request, &mut payload).await;
        assert!(matches!(form.and_then(|form| form.checked(&key)), Err(PageError::Token)));
    }
}
