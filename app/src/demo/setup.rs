//! Setting up the five offices through the same use cases that an administrator's page calls.

use std::collections::HashMap;

use loket_core::{
    id::{OfficeId, ServiceId, UserId},
    kinds::Role,
    permission::Scope,
    standard::Variant,
    text::Email,
};
use serde::{Deserialize, Serialize};

use super::{
    letter,
    offices::{DemoOffice, OFFICES},
    replies,
};
use crate::{
    domain::{
        accounts::{self, NewAccount, NewMembership, Password, PasswordHasher, Place},
        catalogue,
        editions::Publication,
        quick_replies::{self, NewQuickReply, QuickReplyError},
        regions,
        tenancy::{self, AreaWords, NewOffice, NewUnit, OfficerRow, Province},
        whatsapp::{self, Bindings, NewApp, NumberEntry},
    },
    fake_graph::FakeNumber,
    infra::{Actor, By, Cx, House, PlatformTx, SystemReason},
};

/// The one password of the demonstration. It is printed, and the server listens on this machine only.
pub const PASSWORD: &str = "loket-peragaan-2026";

/// What `--describe` prints, but for the address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Description {
    /// The address of the site.
    #[serde(default)]
    pub base_url: String,
    /// The offices.
    pub offices: Vec<DescribedOffice>,
    /// Accounts above the offices.
    #[serde(default)]
    pub accounts: Vec<DescribedAccount>,
}

/// An office as `--describe` prints it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DescribedOffice {
    /// Its id.
    pub id: OfficeId,
    /// Its name in a path.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its province.
    pub province: String,
    /// Its numbers.
    pub numbers: Vec<DescribedNumber>,
    /// Who may sign in.
    pub accounts: Vec<DescribedAccount>,
}

/// A number as `--describe` prints it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DescribedNumber {
    /// Meta's id of it.
    pub phone_number_id: String,
    /// As people dial it.
    pub display: String,
    /// What the office calls it.
    #[serde(default)]
    pub label: String,
    /// The business account.
    pub waba_id: String,
    /// Where its bodies go.
    pub webhook_path: String,
    /// What signs them.
    pub app_secret: String,
    /// What answers the handshake.
    pub verify_token: String,
    /// What the Graph API is asked with.
    pub token: String,
    /// Codes of its services.
    pub services: Vec<String>,
}

/// An account as `--describe` prints it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DescribedAccount {
    /// The address to sign in with.
    pub email: String,
    /// The password.
    pub password: String,
    /// The role.
    pub role: Role,
    /// Who it is.
    pub name: String,
    /// The account.
    pub id: UserId,
}

/// Why the demonstration could not be set up; a sentence for the command line.
pub type Trouble = String;

/// Any error as such a sentence.
pub(crate) fn trouble(error: impl std::fmt::Display) -> Trouble {
    error.to_string()
}

/// Sets up everything but the story: provinces, offices, people, numbers.
pub async fn set_up(house: &House, hasher: &PasswordHasher) -> Result<Description, Trouble> {
    for regions::Province { code, name, zone } in regions::provinces().iter().copied() {
        let province = Province { code: code.to_owned(), name: name.to_owned(), zone };
        tenancy::add_province(house, province).await.map_err(trouble)?;
    }
    let mut offices = Vec::new();
    for office in &OFFICES {
        offices.push(add_office(house, hasher, office).await?);
    }
    let mut accounts = vec![above(house, hasher, ("platform", "Admin Platform"), Place::Platform).await?];
    for (mailbox, name, code) in
        [("provinsi.ntt", "Admin Provinsi NTT", "53"), ("provinsi.banten", "Admin Provinsi Banten", "36")]
    {
        accounts.push(above(house, hasher, (mailbox, name), Place::Province(code.to_owned())).await?);
    }
    Ok(Description { base_url: String::new(), offices, accounts })
}

async fn add_office(
    house: &House,
    hasher: &PasswordHasher,
    office: &DemoOffice,
) -> Result<DescribedOffice, Trouble> {
    let province = regions::province(office.province).ok_or("a demonstration office has no province")?;
    let new = NewOffice {
        slug: office.slug.to_owned(),
        name: office.name.to_owned(),
        kind: office.kind,
        receipt_code: office.receipt_code.to_owned(),
        province_code: office.province.to_owned(),
        region_code: office.region.to_owned(),
        zone: province.zone,
        words: AreaWords { village: office.village_word.to_owned(), ..AreaWords::default() },
        hours: office.hours.to_owned(),
        letterhead: office.letter.lines.to_owned(),
        demo: true,
    };
    let id = tenancy::create_office(house, new).await.map_err(trouble)?;
    let services = add_services(house, id, office).await?;
    let accounts = add_people(house, hasher, (id, office), &services).await?;
    let numbers = add_numbers(house, (id, office), &services).await?;
    letter::say_where(house, (id, office), &accounts).await?;
    Ok(DescribedOffice {
        id,
        slug: office.slug.to_owned(),
        name: office.name.to_owned(),
        province: province.name.to_owned(),
        numbers,
        accounts,
    })
}

type Services = HashMap<String, ServiceId>;

async fn add_services(house: &House, id: OfficeId, office: &DemoOffice) -> Result<Services, Trouble> {
    let mut cx = Cx::write(house, id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
    let unit = NewUnit {
        name: "Loket kantor".to_owned(),
        kind: loket_core::kinds::UnitKind::Counter,
        district_code: None,
    };
    let unit = tenancy::add_unit(&mut cx, unit).await.map_err(trouble)?;
    let mut services = Services::new();
    for (position, code) in (0_i64..).zip(office.services) {
        let entry = catalogue::entry(code).map_err(trouble)?.ok_or("a service is not shipped")?;
        let service = catalogue::add_service(&mut cx, entry, Some(unit), position).await.map_err(trouble)?;
        services.insert((*code).to_owned(), service);
    }
    for (code, entry, named) in office.within {
        let service = *services.get(*code).ok_or("a service is not offered")?;
        offer_within(&mut cx, service, (entry, *named)).await?;
    }
    for format in office.formats() {
        if let Some(service) = services.get(&format.keyword) {
            catalogue::add_format(&mut cx, *service, &format).await.map_err(trouble)?;
        }
    }
    add_replies(&mut cx, office, &services).await.map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(services)
}

/// Publishes a second edition of a service's standard, with another entry of the catalogue as one more variant.
async fn offer_within(
    cx: &mut Cx<'_>,
    service: ServiceId,
    (entry, [code, name]): (&str, [&str; 2]),
) -> Result<(), Trouble> {
    let entry = catalogue::entry(entry).map_err(trouble)?.ok_or("a service is not shipped")?;
    let variant = entry.standard.variants.first().cloned().ok_or("a service has no variant")?;
    let draft = catalogue::draft(cx, service).await.map_err(trouble)?;
    let mut standard = draft.document;
    standard.variants.push(Variant { code: code.to_owned(), name: name.to_owned(), ..variant });
    let expected = catalogue::amend(cx, service, (draft.revision, &standard)).await.map_err(trouble)?;
    let note = format!("{} dilayani bersama {}", entry.standard.name, standard.name);
    let how = Publication { expected, note, from: None, old_until: None };
    catalogue::publish(cx, service, &how).await.map_err(trouble)?;
    Ok(())
}

/// What every new office begins with, and the office's own.
async fn add_replies(
    cx: &mut Cx<'_>,
    office: &DemoOffice,
    services: &Services,
) -> Result<(), QuickReplyError> {
    quick_replies::add_defaults(cx, office.kind).await?;
    for reply in replies::of(office.slug) {
        let new = NewQuickReply {
            code: reply.code.to_owned(),
            title: reply.title.to_owned(),
            text: reply.text.to_owned(),
            services: reply.services.iter().filter_map(|code| services.get(*code).copied()).collect(),
        };
        quick_replies::add(cx, &new).await?;
    }
    Ok(())
}

async fn add_people(
    house: &House,
    hasher: &PasswordHasher,
    (id, office): (OfficeId, &DemoOffice),
    services: &Services,
) -> Result<Vec<DescribedAccount>, Trouble> {
    let mut accounts = Vec::new();
    for person in office.people {
        let account = account(house, hasher, (&person.email(office.slug), person.name), person.role).await?;
        let mut cx = Cx::write(house, id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
        let row = OfficerRow {
            user: account.id,
            name: person.name.to_owned(),
            title: person.title.to_owned(),
            unit: None,
        };
        tenancy::add_officer(&mut cx, row).await.map_err(trouble)?;
        cx.commit().await.map_err(trouble)?;
        let scope = Scope {
            services: person.services.iter().filter_map(|code| services.get(*code).copied()).collect(),
            ..Scope::default()
        };
        grant(house, account.id, Place::Office(id), (person.role, scope)).await?;
        accounts.push(account);
    }
    Ok(accounts)
}

async fn above(
    house: &House,
    hasher: &PasswordHasher,
    (mailbox, name): (&str, &str),
    place: Place,
) -> Result<DescribedAccount, Trouble> {
    let role = if place == Place::Platform { Role::PlatformAdmin } else { Role::ProvinceAdmin };
    let account = account(house, hasher, (&format!("{mailbox}@loket.test"), name), role).await?;
    grant(house, account.id, place, (role, Scope::default())).await?;
    Ok(account)
}

async fn account(
    house: &House,
    hasher: &PasswordHasher,
    (email, name): (&str, &str),
    role: Role,
) -> Result<DescribedAccount, Trouble> {
    let new = NewAccount {
        email: Email::parse(email).map_err(|_| "a demonstration address cannot be read")?,
        name: name.to_owned(),
        password: Password::new(PASSWORD),
    };
    let id = accounts::create_account(house, hasher, By::System, new).await.map_err(trouble)?;
    Ok(DescribedAccount {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        role,
        name: name.to_owned(),
        id,
    })
}

async fn grant(
    house: &House,
    account: UserId,
    place: Place,
    (role, scope): (Role, Scope),
) -> Result<(), Trouble> {
    let membership = NewMembership { account, place, role, scope, from: None, until: None };
    accounts::grant(house, By::System, membership).await.map_err(trouble)?;
    Ok(())
}

async fn add_numbers(
    house: &House,
    (id, office): (OfficeId, &DemoOffice),
    services: &Services,
) -> Result<Vec<DescribedNumber>, Trouble> {
    let app = NewApp { app_secret: secret(house), verify_token: secret(house) };
    let mut tx = PlatformTx::write(house).await.map_err(trouble)?;
    let added = whatsapp::add_app(&mut tx, id, &app).await.map_err(trouble)?;
    tx.commit().await.map_err(trouble)?;
    let mut numbers = Vec::new();
    for number in office.numbers {
        let token = secret(house);
        let waba_id = format!("{}0000000000", office.region);
        let services = number.services.iter().filter_map(|code| services.get(*code).copied());
        let new = NumberEntry {
            phone_number_id: number.phone_number_id.to_owned(),
            waba_id: waba_id.clone(),
            label: number.label.to_owned(),
            display: number.display.to_owned(),
            token: token.clone(),
            bound: Bindings::to(services.collect()),
        };
        whatsapp::enter_number(house, (id, &Actor::System(SystemReason::Seed)), &new)
            .await
            .map_err(trouble)?;
        numbers.push(DescribedNumber {
            phone_number_id: number.phone_number_id.to_owned(),
            display: number.display.to_owned(),
            label: number.label.to_owned(),
            waba_id,
            webhook_path: format!("/webhook/whatsapp/{}", added.path_key),
            app_secret: app.app_secret.clone(),
            verify_token: app.verify_token.clone(),
            token,
            services: number.services.iter().map(|code| (*code).to_owned()).collect(),
        });
    }
    Ok(numbers)
}

impl Description {
    /// The numbers as Meta knows them, whose bodies come to the site at [`Self::base_url`].
    pub fn fake_numbers(&self) -> impl Iterator<Item = FakeNumber> {
        self.offices.iter().flat_map(|office| &office.numbers).map(|number| FakeNumber {
            phone_number_id: number.phone_number_id.clone(),
            waba_id: number.waba_id.clone(),
            display_phone_number: number.display.chars().filter(char::is_ascii_digit).collect(),
            token: number.token.clone(),
            app_secret: number.app_secret.clone(),
            callback_url: format!("{}{}", self.base_url, number.webhook_path),
        })
    }
}

fn secret(house: &House) -> String {
    hex::encode(house.ids.secret())
}
