//! What others read of contacts.

use std::{collections::HashMap, fmt};

use loket_core::{
    id::ContactId,
    kinds::IdentityKind,
    text::{Bsuid, PersonName, WaId},
};
use loket_entity::{contact, contact_identity};

use super::{places, store};
use crate::infra::{Cx, Fault, Outcome};

/// The address to answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A telephone, as Meta sent it.
    Phone(WaId),
    /// A BSUID, for a person who shows no telephone.
    Bsuid(Bsuid),
}

impl Address {
    /// Both ends of it, for the screen: `62812****5678`.
    pub fn masked(&self) -> String {
        match self {
            Self::Phone(id) => id.masked(),
            Self::Bsuid(id) => id.masked(),
        }
    }

    /// The last four characters that may be shown: `****5678`.
    fn tail(&self) -> String {
        let masked = self.masked();
        masked.rsplit('*').next().map_or_else(String::new, |tail| format!("****{tail}"))
    }
}

/// A citizen on the screen.
#[derive(Clone, PartialEq, Eq)]
pub struct ContactView {
    /// Who.
    pub id: ContactId,
    /// What their profile shows, or else `Warga · ****5678`.
    pub name: String,
    /// Whether the name is the profile's.
    pub named: bool,
    /// Their address with its middle hidden, if they have one.
    pub address: Option<String>,
}

impl fmt::Debug for ContactView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactView").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The contacts of a list, each once, whatever their number.
pub async fn views(cx: &Cx<'_>, ids: &[ContactId]) -> Outcome<HashMap<ContactId, ContactView>> {
    let mut addresses: HashMap<ContactId, Vec<contact_identity::Model>> = HashMap::new();
    for row in store::identities(cx, ids).await? {
        addresses.entry(row.contact_id).or_default().push(row);
    }
    let mut views = HashMap::new();
    for row in store::contacts(cx, ids).await? {
        let address = best(cx, addresses.get(&row.id).map_or(&[], Vec::as_slice))?;
        let name = opened(cx, &row)?;
        let view = ContactView {
            id: row.id,
            named: name.is_some(),
            name: name.unwrap_or_else(|| nameless(address.as_ref())),
            address: address.as_ref().map(Address::masked),
        };
        views.insert(row.id, view);
    }
    Ok(views)
}

/// The name a contact's profile shows.
pub async fn name(cx: &Cx<'_>, id: ContactId) -> Outcome<Option<String>> {
    let rows = store::contacts(cx, &[id]).await?;
    rows.first().map_or(Ok(None), |row| opened(cx, row))
}

/// The person a contact is called after, where the name can be one.
pub async fn person(cx: &Cx<'_>, id: ContactId) -> Outcome<Option<PersonName>> {
    Ok(name(cx, id).await?.and_then(|name| PersonName::parse(&name).ok()))
}

/// Where a contact is answered: at the telephone where there is one, and of several at the newest.
pub async fn address(cx: &Cx<'_>, id: ContactId) -> Outcome<Option<Address>> {
    best(cx, &store::identities(cx, &[id]).await?)
}

/// The telephones of some contacts in full, the newest of each: two statements at most, whatever their number.
pub async fn phones(cx: &Cx<'_>, ids: &[ContactId]) -> Outcome<HashMap<ContactId, String>> {
    let mut addresses: HashMap<ContactId, Vec<contact_identity::Model>> = HashMap::new();
    for row in store::identities(cx, ids).await? {
        addresses.entry(row.contact_id).or_default().push(row);
    }
    let mut phones = HashMap::new();
    for (id, rows) in addresses {
        if let Some(Address::Phone(phone)) = best(cx, &rows)? {
            phones.insert(id, phone.expose().to_owned());
        }
    }
    Ok(phones)
}

/// The contacts whose telephone ends in these four digits; at most 200.
pub async fn find_by_tail(cx: &Cx<'_>, tail: &str) -> Outcome<Vec<ContactId>> {
    store::with_tail(cx, tail).await
}

fn opened(cx: &Cx<'_>, row: &contact::Model) -> Outcome<Option<String>> {
    row.name.as_ref().map(|name| cx.open(name, places::NAME.of(row.id.0))).transpose()
}

fn nameless(address: Option<&Address>) -> String {
    address.map_or_else(|| "Warga".to_owned(), |address| format!("Warga · {}", address.tail()))
}

/// `rows` come newest first.
fn best(cx: &Cx<'_>, rows: &[contact_identity::Model]) -> Outcome<Option<Address>> {
    let by = |kind| rows.iter().find(|row| row.kind == kind);
    let Some(row) = by(IdentityKind::WaId).or_else(|| by(IdentityKind::Bsuid)) else { return Ok(None) };
    let value: String = cx.open(&row.value, places::VALUE.of(row.id.0))?;
    let broken = Fault::Inconsistent("an address of a contact");
    let address = match row.kind {
        IdentityKind::WaId => WaId::parse(&value).ok().map(Address::Phone),
        IdentityKind::Bsuid => Bsuid::parse(&value).ok().map(Address::Bsuid),
    };
    address.map(Some).ok_or(broken)
}
