//! Taking fields out of JSON that may be of any shape. `""` counts as absent everywhere.

use chrono::DateTime;
use serde_json::Value;

use super::{GraphError, Reason};
use crate::clock::Instant;

/// WhatsApp began in 2009; Loket does not plan beyond the century. Unix seconds.
const PLAUSIBLE: std::ops::Range<i64> = 1_230_768_000..4_102_444_800;

/// An identifier: a non-empty string without the blanks around it, or a whole number.
pub(super) fn id(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

/// Words of a person or of Meta: a string with more than blanks in it, untouched.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// A whole number, written as one or as a string.
pub(super) fn whole(value: &Value, key: &str) -> Option<i64> {
    match value.get(key)? {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    }
}

/// The elements of an array; none where it is absent or something else.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Unix seconds, a string in messages and a number elsewhere; `missing` where there is none.
pub(super) fn instant(value: &Value, key: &str, missing: Reason) -> Result<Instant, Reason> {
    if id(value, key).is_none() {
        return Err(missing);
    }
    whole(value, key)
        .filter(|seconds| PLAUSIBLE.contains(seconds))
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(Reason::TimestampOutOfRange)
}

/// The errors under `key`; what is no object is dropped.
pub(super) fn errors(value: &Value, key: &str) -> Vec<GraphError> {
    list(value, key).iter().filter(|error| error.is_object()).map(error).collect()
}

fn error(value: &Value) -> GraphError {
    GraphError {
        code: whole(value, "code"),
        title: text(value, "title"),
        message: text(value, "message"),
        details: value.get("error_data").and_then(|data| text(data, "details")),
    }
}
