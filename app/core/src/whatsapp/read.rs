//! The walk through entries, changes, messages, statuses and errors.

use serde_json::Value;

use super::{Content, Item, ItemProblem, Reason, Unreadable, letters, message, pick, status};

type Walked = Result<Item, ItemProblem>;

/// Reads a webhook body into its items.
///
/// Messages come first and statuses last, whatever their order in the body, so that a reply is never
/// held up by a tick. Every item stands alone; what cannot be used is an [`ItemProblem`] in its place.
///
/// # Errors
/// [`Unreadable`] when there is nothing to walk through: no JSON, no envelope, another product, empty.
pub fn read(body: &[u8]) -> Result<Vec<Walked>, Unreadable> {
    let root: Value = serde_json::from_slice(&letters::whole(body)).map_err(|_| Unreadable::NotJson)?;
    if !root.is_object() {
        return Err(Unreadable::NotAnEnvelope);
    }
    // An absent `object` is let through: some gateways drop it, and the rest still decides.
    if pick::id(&root, "object").is_some_and(|object| object != "whatsapp_business_account") {
        return Err(Unreadable::NotWhatsApp);
    }
    let entries = root.get("entry").and_then(Value::as_array).ok_or(Unreadable::NotAnEnvelope)?;
    if entries.is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut walk = Walk::default();
    for (index, entry) in entries.iter().enumerate() {
        walk.entry(index, entry);
    }
    Ok(walk.in_order())
}

/// What was found so far, by the order in which it is to be handled.
#[derive(Default)]
struct Walk {
    messages: Vec<Walked>,
    others: Vec<Walked>,
    statuses: Vec<Walked>,
}

/// What the items of one change share.
struct Around<'a> {
    position: &'a str,
    waba_id: Option<&'a str>,
    value: &'a Value,
}

impl Around<'_> {
    fn item(&self, position: String, content: Result<Content, Reason>) -> Walked {
        match content {
            Ok(content) => Ok(Item {
                position,
                waba_id: self.waba_id.map(str::to_owned),
                phone_number_id: self
                    .value
                    .get("metadata")
                    .and_then(|data| pick::id(data, "phone_number_id")),
                content,
            }),
            Err(reason) => Err(ItemProblem { position, reason }),
        }
    }
}

impl Walk {
    fn in_order(mut self) -> Vec<Walked> {
        self.messages.append(&mut self.others);
        self.messages.append(&mut self.statuses);
        self.messages
    }

    fn problem(&mut self, position: String, reason: Reason) {
        self.others.push(Err(ItemProblem { position, reason }));
    }

    fn entry(&mut self, index: usize, entry: &Value) {
        let position = format!("e{index}");
        if !entry.is_object() {
            return self.problem(position, Reason::EntryNotObject);
        }
        let changes = pick::list(entry, "changes");
        if changes.is_empty() {
            return self.problem(position, Reason::EntryWithoutChanges);
        }
        let waba_id = pick::id(entry, "id");
        for (index, change) in changes.iter().enumerate() {
            self.change(format!("{position}.c{index}"), waba_id.as_deref(), change);
        }
    }

    fn change(&mut self, position: String, waba_id: Option<&str>, change: &Value) {
        if !change.is_object() {
            return self.problem(position, Reason::ChangeNotObject);
        }
        let value = change.get("value").unwrap_or(&Value::Null);
        let around = Around { position: &position, waba_id, value };
        match pick::id(change, "field") {
            Some(field) if field == "messages" => self.messages_change(&around),
            Some(field) => {
                let notice = Content::Notice { field, value: value.clone() };
                self.others.push(around.item(position.clone(), Ok(notice)));
            }
            // Meta's own samples misplace `field` at times: the shape tells as well.
            None if value.get("messages").or_else(|| value.get("statuses")).is_some() => {
                self.messages_change(&around);
            }
            None => self.problem(position, Reason::ChangeWithoutField),
        }
    }

    fn messages_change(&mut self, around: &Around<'_>) {
        let (value, position) = (around.value, around.position);
        let messages = pick::list(value, "messages");
        let statuses = pick::list(value, "statuses");
        let errors = pick::errors(value, "errors");
        if messages.is_empty() && statuses.is_empty() && errors.is_empty() {
            return self.problem(position.to_owned(), Reason::NothingInside);
        }
        let contacts = pick::list(value, "contacts");
        for (index, raw) in messages.iter().enumerate() {
            let content = message::read(raw, contacts).map(Content::Message);
            self.messages.push(around.item(format!("{position}.m{index}"), content));
        }
        for (index, raw) in statuses.iter().enumerate() {
            let content = status::read(raw).map(Content::Status);
            self.statuses.push(around.item(format!("{position}.s{index}"), content));
        }
        if !errors.is_empty() {
            self.others.push(around.item(format!("{position}.x"), Ok(Content::Errors(errors))));
        }
    }
}
