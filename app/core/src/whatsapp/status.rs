//! One status object of a webhook.

use serde_json::Value;

use super::{Pricing, Reason, StatusUpdate, StatusWord, pick};

/// Reads one status.
pub(super) fn read(raw: &Value) -> Result<StatusUpdate, Reason> {
    if !raw.is_object() {
        return Err(Reason::StatusNotObject);
    }
    let wamid = pick::id(raw, "id").ok_or(Reason::StatusWithoutId)?;
    let word = pick::id(raw, "status").ok_or(Reason::StatusWithoutWord)?;
    let at = pick::instant(raw, "timestamp", Reason::StatusWithoutTimestamp)?;
    Ok(StatusUpdate {
        wamid,
        status: word.parse().unwrap_or(StatusWord::Unknown),
        at,
        recipient: pick::id(raw, "recipient_id").or_else(|| pick::id(raw, "recipient_user_id")),
        callback_data: pick::id(raw, "biz_opaque_callback_data"),
        errors: pick::errors(raw, "errors"),
        pricing: raw.get("pricing").filter(|pricing| pricing.is_object()).map(pricing),
        raw: raw.clone(),
    })
}

fn pricing(value: &Value) -> Pricing {
    Pricing {
        category: pick::text(value, "category"),
        kind: pick::text(value, "type"),
        billable: value.get("billable").and_then(Value::as_bool),
        model: pick::text(value, "pricing_model"),
    }
}
