//! Ready answers in a composer: what is offered, and what becomes of one that was picked without scripts.

use loket_core::{id::ServiceId, reply::quick::Known};

use crate::{
    domain::{
        quick_replies::{self, Offer, Ready},
        requests::{Prepared, QueueRow},
        tenancy::Office,
        whatsapp::Held,
    },
    infra::{Cx, Outcome},
    web::parts::QuickReply,
};

/// What came from a composer: words to be sent, or a ready answer to be put behind them first.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Written {
    /// What is typed.
    pub text: String,
    /// The code of the answer that was picked.
    pub picked: Option<String>,
}

impl Written {
    /// Reads the fields of a composer. An answer counts as picked only by its own button.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        let mut written = Self::default();
        let (mut code, mut wanted) = (None, None);
        for (name, value) in fields {
            match name.as_str() {
                "text" => written.text = value,
                "quick" => code = Some(value),
                "use" => wanted = Some(value),
                _ => {}
            }
        }
        // The button beside the list takes what is chosen there; a prepared answer's own button names it.
        written.picked = wanted.map(|wanted| if wanted == "1" { code.unwrap_or_default() } else { wanted });
        written
    }

    /// The draft with the picked answer in it, and why it is not.
    pub fn draft(self, ready: &[Ready]) -> (String, Option<String>) {
        let Some(code) = self.picked else { return (self.text, None) };
        match ready.iter().find(|one| one.code == code) {
            None => (self.text, Some("Pilih balasan dari daftar dahulu.".to_owned())),
            Some(one) if self.text.trim().is_empty() => (one.text.clone(), None),
            Some(one) => (format!("{}\n{}", self.text.trim_end(), one.text), None),
        }
    }
}

/// What may be picked in a conversation: with its open request, or else about the services of its number.
pub async fn offered(
    cx: &Cx<'_>,
    office: &Office,
    (request, services): (Option<&QueueRow>, &[ServiceId]),
) -> Outcome<Vec<Ready>> {
    let own = request.map(|row| [row.service_id]);
    let offer = Offer {
        known: Known {
            office: &office.name,
            hours: &office.hours,
            request: request.map(|row| (row.receipt.as_str(), row.service.as_str())),
        },
        services: own.as_ref().map_or(services, |own| own.as_slice()),
    };
    quick_replies::offered(cx, &offer).await
}

/// The answers as they are drawn.
pub fn drawn(ready: &[Ready]) -> Vec<QuickReply> {
    let one = |ready: &Ready| QuickReply {
        code: ready.code.clone(),
        label: ready.title.clone(),
        text: ready.text.clone(),
    };
    ready.iter().map(one).collect()
}

/// Prepared answers before the office's own, as they may be picked.
pub fn with(prepared: &[Prepared], ready: &[Ready]) -> Vec<Ready> {
    let one =
        |one: &Prepared| Ready { code: one.code.clone(), title: one.title.clone(), text: one.text.clone() };
    prepared.iter().map(one).chain(ready.iter().cloned()).collect()
}

/// That what is sent will wait, and until when.
pub fn waits(held: Option<Held>) -> Option<String> {
    let sentence = match held? {
        Held::Off => {
            "Nomor ini sedang dimatikan. Balasan menunggu sampai admin kantor menyalakannya, dan tidak terkirim bila jendela 24 jam lewat."
        }
        Held::NoToken => {
            "Nomor ini belum punya token. Balasan menunggu sampai admin kantor menyimpannya, dan tidak terkirim bila jendela 24 jam lewat."
        }
    };
    Some(sentence.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(fields: &[(&str, &str)]) -> Written {
        Written::of(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn an_answer_is_put_behind_what_is_typed_and_nothing_is_lost() {
        let ready =
            [Ready { code: "jam".to_owned(), title: "Jam".to_owned(), text: "Buka 08.00.".to_owned() }];
        for (fields, text, refused) in [
            (vec![("text", ""), ("quick", "jam"), ("use", "1")], "Buka 08.00.", false),
            (
                vec![("text", "Selamat pagi.\n"), ("quick", "jam"), ("use", "1")],
                "Selamat pagi.\nBuka 08.00.",
                false,
            ),
            (vec![("text", "Pagi"), ("quick", "lain"), ("use", "1")], "Pagi", true),
            (vec![("text", "Pagi"), ("use", "1")], "Pagi", true),
            (vec![("text", "Pagi"), ("quick", "jam")], "Pagi", false),
        ] {
            let (draft, why) = sent(&fields).draft(&ready);
            assert_eq!((draft.as_str(), why.is_some()), (text, refused), "{fields:?}");
        }
        let named = sent(&[("text", "Pagi"), ("quick", ""), ("use", "jam")]).draft(&ready);
        assert_eq!(named.0, "Pagi\nBuka 08.00.");
        assert_eq!(sent(&[("text", "Pagi"), ("quick", "jam")]).picked, None, "sending is not picking");
    }
}
