//! What is sent, as types, and the JSON that Meta wants for it.

use std::fmt;

use serde_json::{Value, json};

/// A message to send.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// To whom.
    pub to: Recipient,
    /// What.
    pub content: OutContent,
    /// Our outbox id: comes back in every status, and is the only way to recognise a send whose answer
    /// was lost. At most 512 characters; never anything personal.
    pub callback_data: Option<String>,
    /// The wamid this answers (quotes it); Meta ignores it for templates.
    pub reply_to: Option<String>,
}

/// The two kinds of address, never converted into one another: a BSUID stripped to digits reaches a stranger.
#[derive(Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A telephone number in E.164 or a wa_id; sent with `+`, or Meta would prepend a country code.
    Phone(String),
    /// A business-scoped user id.
    Bsuid(String),
}

/// The content of a message.
#[derive(Clone, PartialEq, Eq)]
pub enum OutContent {
    /// Words, at most 4096 characters.
    Text {
        /// The words.
        body: String,
    },
    /// An uploaded file.
    Document {
        /// Meta's id from the upload.
        media_id: String,
        /// The name the citizen sees.
        filename: String,
        /// Words under it, at most 1024 characters.
        caption: Option<String>,
    },
    /// An uploaded photo.
    Image {
        /// Meta's id from the upload.
        media_id: String,
        /// Words under it, at most 1024 characters.
        caption: Option<String>,
    },
    /// An approved template: the only kind that goes out when the 24 hours are over.
    Template {
        /// Its name.
        name: String,
        /// Its language as registered with Meta (`id`, `en_US`).
        language: String,
        /// What stands at its head, where it has a media header.
        header: Option<TemplateHeader>,
        /// The fields of its body; all positional or all named.
        parameters: Vec<TemplateParameter>,
        /// The variable end of each URL button, in order.
        url_suffixes: Vec<String>,
    },
}

/// The media header of a template.
#[derive(Clone, PartialEq, Eq)]
pub enum TemplateHeader {
    /// A file.
    Document {
        /// Meta's id from the upload.
        media_id: String,
        /// The name the citizen sees.
        filename: String,
    },
    /// A photo.
    Image {
        /// Meta's id from the upload.
        media_id: String,
    },
}

/// One field of a template's body.
#[derive(Clone, PartialEq, Eq)]
pub struct TemplateParameter {
    /// Its name, for templates with named fields.
    pub name: Option<String>,
    /// What is filled in.
    pub text: String,
}

/// Meta has taken a message over. This is not delivery.
#[derive(Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Meta's id of the message.
    pub wamid: String,
    /// The address Meta made of a phone number; absent for BSUIDs. It is the truth for later lookups.
    pub wa_id: Option<String>,
    /// Held back for a quality check of the template, or paused: statuses may come much later.
    pub held: bool,
}

impl Outgoing {
    /// The body of the POST.
    pub(super) fn to_json(&self) -> Value {
        let kind = self.content.kind();
        let mut body = json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "type": kind,
            kind: self.content.to_json(),
        });
        match &self.to {
            Recipient::Phone(digits) => body["to"] = json!(format!("+{}", digits.trim_start_matches('+'))),
            Recipient::Bsuid(bsuid) => body["recipient"] = json!(bsuid),
        }
        if let Some(data) = &self.callback_data {
            body["biz_opaque_callback_data"] = json!(data);
        }
        if let Some(wamid) = &self.reply_to {
            body["context"] = json!({"message_id": wamid});
        }
        body
    }
}

impl OutContent {
    /// Meta's word for this kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Document { .. } => "document",
            Self::Image { .. } => "image",
            Self::Template { .. } => "template",
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Text { body } => json!({"preview_url": false, "body": body}),
            Self::Document { media_id, filename, caption } => {
                with_caption(json!({"id": media_id, "filename": filename}), caption.as_ref())
            }
            Self::Image { media_id, caption } => with_caption(json!({"id": media_id}), caption.as_ref()),
            Self::Template { name, language, header, parameters, url_suffixes } => {
                let components = components(header.as_ref(), parameters, url_suffixes);
                json!({"name": name, "language": {"code": language}, "components": components})
            }
        }
    }
}

fn with_caption(mut media: Value, caption: Option<&String>) -> Value {
    if let Some(caption) = caption {
        media["caption"] = json!(caption);
    }
    media
}

fn components(
    header: Option<&TemplateHeader>,
    parameters: &[TemplateParameter],
    urls: &[String],
) -> Vec<Value> {
    let mut components = Vec::new();
    if let Some(header) = header {
        let parameter = match header {
            TemplateHeader::Document { media_id, filename } => {
                json!({"type": "document", "document": {"id": media_id, "filename": filename}})
            }
            TemplateHeader::Image { media_id } => json!({"type": "image", "image": {"id": media_id}}),
        };
        components.push(json!({"type": "header", "parameters": [parameter]}));
    }
    if !parameters.is_empty() {
        let filled: Vec<Value> = parameters.iter().map(TemplateParameter::to_json).collect();
        components.push(json!({"type": "body", "parameters": filled}));
    }
    components.extend(urls.iter().enumerate().map(|(index, suffix)| {
        json!({"type": "button", "sub_type": "url", "index": index.to_string(),
            "parameters": [{"type": "text", "text": suffix}]})
    }));
    components
}

impl TemplateParameter {
    /// A field known by its place.
    pub fn positional(text: impl Into<String>) -> Self {
        Self { name: None, text: text.into() }
    }

    /// A field known by its name.
    pub fn named(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: Some(name.into()), text: text.into() }
    }

    fn to_json(&self) -> Value {
        match &self.name {
            Some(name) => json!({"type": "text", "parameter_name": name, "text": self.text}),
            None => json!({"type": "text", "text": self.text}),
        }
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("to", &self.to)
            .field("content", &self.content)
            .field("callback_data", &self.callback_data)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phone(_) => "Phone(…)",
            Self::Bsuid(_) => "Bsuid(…)",
        })
    }
}

impl fmt::Debug for OutContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template { name, .. } => write!(f, "Template({name})"),
            other => f.write_str(other.kind()),
        }
    }
}

impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accepted").field("held", &self.held).finish_non_exhaustive()
    }
}
