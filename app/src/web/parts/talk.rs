//! Parts of a conversation: messages, files, and the place to write.

use loket_core::delivery::DeliveryState;

use super::{Choice, Tone, When};

/// A stored file as a link to its viewer.
#[derive(Clone)]
pub struct Attachment {
    /// What it is called here.
    pub name: String,
    /// `Foto`, `PDF`, `Berkas`.
    pub kind: String,
    /// `1,2 MB`; may be empty.
    pub size: String,
    /// The viewer's page.
    pub href: String,
    /// A small image of it.
    pub thumb: Option<String>,
    /// The icon when there is none.
    pub mark: &'static str,
}

impl Attachment {
    /// A file of a type by content, under a name of ours.
    pub fn of(name: impl Into<String>, mime: &str, href: String) -> Self {
        let (kind, mark) = Self::kind(mime);
        Self { name: name.into(), kind: kind.to_owned(), size: String::new(), href, thumb: None, mark }
    }

    /// The word and the icon of a type.
    pub fn kind(mime: &str) -> (&'static str, &'static str) {
        match mime {
            "application/pdf" => ("PDF", "file"),
            image if image.starts_with("image/") => ("Foto", "image"),
            _ => ("Berkas", "file"),
        }
    }
}

/// How a message of the office fares.
pub struct Delivery {
    /// The word.
    pub word: String,
    /// An icon of `icons.svg`.
    pub mark: &'static str,
    /// The look.
    pub tone: Tone,
    /// What to do when it failed.
    pub advice: Option<String>,
}

impl Delivery {
    /// How a message in a state fares; `advice` is shown for one that failed.
    pub fn of(state: DeliveryState, advice: Option<String>) -> Self {
        let (mark, tone) = match state {
            DeliveryState::Queued | DeliveryState::Sending => ("clock", "quiet"),
            DeliveryState::Uncertain => ("alert", "warn"),
            DeliveryState::Accepted | DeliveryState::Sent => ("check", "quiet"),
            DeliveryState::Failed => ("octagon", "bad"),
            DeliveryState::Delivered => ("double-check", "quiet"),
            DeliveryState::Read | DeliveryState::Played => ("double-check", "info"),
        };
        let advice = if state == DeliveryState::Failed { advice } else { None };
        Self { word: state.label().to_owned(), mark, tone, advice }
    }
}

/// One message. `side`: `"in"` (citizen), `"out"` (office), `"note"` (a line of the system).
pub struct Bubble {
    /// Its anchor.
    pub id: String,
    /// Whose it is.
    pub side: &'static str,
    /// Who wrote it.
    pub who: String,
    /// The day that begins above it.
    pub day: Option<String>,
    /// What it answers.
    pub quoted: Option<String>,
    /// Its words.
    pub text: String,
    /// An address among them that may be followed.
    pub link: Option<String>,
    /// Names an unusual kind.
    pub kind: Option<String>,
    /// Its files.
    pub files: Vec<Attachment>,
    /// When; `ago` is the time of the day.
    pub when: When,
    /// How it fares.
    pub delivery: Option<Delivery>,
}

/// A piece of a message: WhatsApp prints what stands between asterisks in bold, and makes addresses links.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// Whether it is bold.
    pub strong: bool,
    /// Whether it is an address that may be followed.
    pub link: bool,
    /// Its words.
    pub text: &'t str,
}

impl Bubble {
    /// Its words in plain and bold pieces.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        match self.link.as_deref().and_then(|link| Some((link, self.text.split_once(link)?))) {
            None => pieces(&self.text),
            Some((text, (before, after))) => {
                let mut all = pieces(before);
                all.push(Piece { strong: false, link: true, text });
                all.extend(pieces(after));
                all
            }
        }
    }

    /// Whether the provider refused this message for good.
    pub fn failed(&self) -> bool {
        self.delivery.as_ref().is_some_and(|delivery| delivery.tone == "bad")
    }
}

/// Cuts a text at its bold parts: `*` at the beginning of a word up to `*` at the end of one, in one
/// line. Any other asterisk, as in a masked number, stays what it is.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut plain = 0;
    let mut from = 0;
    while let Some((open, close)) = next_bold(text, from) {
        pieces.push(Piece { strong: false, link: false, text: text.get(plain..open).unwrap_or_default() });
        pieces.push(Piece { strong: true, link: false, text: text.get(open + 1..close).unwrap_or_default() });
        plain = close + 1;
        from = plain;
    }
    pieces.push(Piece { strong: false, link: false, text: text.get(plain..).unwrap_or_default() });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// Where the next bold part opens and closes.
fn next_bold(text: &str, from: usize) -> Option<(usize, usize)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '*';
    let before = |at: usize| text.get(..at).and_then(|text| text.chars().next_back());
    let after = |at: usize| text.get(at + 1..).and_then(|text| text.chars().next());
    let stars = || text.match_indices('*').map(|(at, _)| at).filter(|at| *at >= from);
    stars().filter(|at| !before(*at).is_some_and(is_word)).find_map(|open| {
        after(open).filter(|c| !c.is_whitespace() && *c != '*')?;
        let line = text.get(open..)?.find('\n').map_or(text.len(), |end| open + end);
        let close = stars()
            .filter(|at| *at > open + 1 && *at < line)
            .find(|at| before(*at).is_some_and(|c| !c.is_whitespace()) && !after(*at).is_some_and(is_word))?;
        Some((open, close))
    })
}

/// A ready answer: put into the field, by a script or by the button beside the list.
pub struct QuickReply {
    /// What is typed after a slash.
    pub code: String,
    /// What officers call it.
    pub label: String,
    /// What the citizen gets.
    pub text: String,
}

/// Where the officer writes. POST multipart to `href`: `csrf`, `text` and `file`; with `use` the answer `quick` is put
/// behind the text and nothing is sent; or `template` (when the window is closed).
pub struct Composer {
    /// Where it is posted.
    pub href: String,
    /// How long a free answer may still be sent.
    pub window: String,
    /// The look of that.
    pub window_tone: Tone,
    /// Whether a free answer may be sent.
    pub open: bool,
    /// What was typed and could not be sent.
    pub draft: String,
    /// Key of the unsent text in the tab's session storage.
    pub draft_key: String,
    /// Why it could not be sent.
    pub error: Option<String>,
    /// A remark below.
    pub note: Option<String>,
    /// Ready answers.
    pub quick: Vec<QuickReply>,
    /// What may be sent when the window is closed.
    pub templates: Vec<Choice>,
    /// Whether a file may go along.
    pub attach: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_given_only_for_what_failed() {
        for state in DeliveryState::ALL {
            let delivery = Delivery::of(*state, Some("Hubungi lewat telepon.".to_owned()));
            assert_eq!(delivery.advice.is_some(), *state == DeliveryState::Failed, "{state}");
        }
    }

    #[test]
    fn what_stands_between_asterisks_is_bold() {
        let drawn = |text| pieces(text).iter().map(|one| (one.strong, one.text)).collect::<Vec<_>>();
        assert_eq!(
            drawn("Nomor *TNG-1* gratis, *KK* jadi."),
            [(false, "Nomor "), (true, "TNG-1"), (false, " gratis, "), (true, "KK"), (false, " jadi.")]
        );
        for plain in ["NIK ************0001", "2 * 3 * 4", "*tidak\nditutup*", "a*b*c", "", "*", "**"] {
            assert!(drawn(plain).iter().all(|(strong, _)| !strong), "{plain}");
        }
    }

    #[test]
    fn a_file_is_named_by_its_type() {
        assert_eq!(Attachment::of("Foto 1", "image/jpeg", String::new()).kind, "Foto");
        assert_eq!(Attachment::of("Hasil", "application/pdf", String::new()).mark, "file");
        assert_eq!(Attachment::of("x", "text/html", String::new()).kind, "Berkas");
    }
}
