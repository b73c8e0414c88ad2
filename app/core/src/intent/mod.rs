//! What a message asks for that is no format line: "ktp ilang min", "syarat akte lahir", "kk blm jadi?".
//!
//! A message is cut into words, each word is led back to its stem ([`stems`]), and stems are looked for in what people
//! ask of an office ([`wants`]) and in the services it offers ([`services`]). The answer is a suggestion for a person.
//! It is [`Guess::certain`] only when nothing in the message stands unexplained and only one thing can be meant: then
//! an office may let a prepared answer go out by itself. What can mean two things gives both; what could mean more
//! gives nothing.

mod services;
mod stems;
mod wants;

use self::{
    services::Known,
    stems::{Stem, is_silent, stems},
};

pub use services::{Offered, OfferedVariant};

/// More words than this are a story, which a person reads.
const LONGEST: usize = 60;
/// More suggestions than this help nobody.
const MOST: usize = 2;

words!(/// What somebody wants to have or to know.
    Want {
    /// A service: "bikin kia", "ktp ilang min".
    Service = "service",
    /// What papers a service asks for.
    Requirements = "requirements",
    /// When the office is open.
    Hours = "hours",
    /// Where the office is.
    Location = "location",
    /// How far a request has come.
    Status = "status",
    /// To complain.
    Complaint = "complaint",
});

/// One thing that a message may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is wanted.
    pub want: Want,
    /// The code of the service it is about, when one is named.
    pub service: Option<String>,
    /// The code of the variant, when one is named: `hilang`.
    pub variant: Option<String>,
}

/// What a message seems to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guess {
    /// One thing, or the two it may be; nothing when nobody can tell.
    pub asked: Vec<Asked>,
    /// Whether it is one thing and every word of the message belongs to it.
    pub certain: bool,
}

impl Guess {
    /// The one thing that is certainly asked.
    pub fn only(&self) -> Option<&Asked> {
        self.asked.first().filter(|_| self.certain)
    }
}

/// The services of an office, made ready to be found in messages.
#[derive(Debug, Clone, Default)]
pub struct Lexicon(Vec<Known>);

impl Lexicon {
    /// Of what an office offers, in its order.
    pub fn new<'a>(offered: impl IntoIterator<Item = Offered<'a>>) -> Self {
        Self(offered.into_iter().map(|one| Known::of(&one)).collect())
    }

    /// What a message asks for. Total; takes a number of steps linear in the length of the text.
    pub fn guess(&self, text: &str) -> Guess {
        let words = stems(text, LONGEST + 1);
        if words.is_empty() || words.len() > LONGEST {
            return Guess::default();
        }
        let (wants, by_wants) = wants::found(&words);
        let (named, by_names) = services::found(&self.0, &words);
        let asked = together(&wants, named);
        if asked.is_empty() || asked.len() > MOST {
            return Guess::default();
        }
        let explained = |(at, word): (usize, &Stem)| {
            is_silent(&word.text) || by_wants.contains(&at) || by_names.contains(&at)
        };
        let certain = asked.len() == 1
            && words.iter().all(|word| !word.mended)
            && words.iter().enumerate().all(explained);
        Guess { asked, certain }
    }
}

/// Each want with each service that is named; a service that nothing is wanted of is wanted itself.
fn together(wants: &[Want], named: Vec<(String, Option<String>)>) -> Vec<Asked> {
    let about =
        |want: Want| matches!(want, Want::Requirements | Want::Status | Want::Complaint | Want::Service);
    let of = |want: Want, named: Option<&(String, Option<String>)>| Asked {
        want,
        service: named.map(|(service, _)| service.clone()),
        variant: named.and_then(|(_, variant)| variant.clone()),
    };
    let mut asked = Vec::new();
    for want in wants {
        if named.is_empty() || !about(*want) {
            asked.push(of(*want, None));
        } else {
            asked.extend(named.iter().map(|one| of(*want, Some(one))));
        }
    }
    if wants.is_empty() {
        asked.extend(named.iter().map(|one| of(Want::Service, Some(one))));
    }
    asked
}

#[cfg(test)]
mod tests;
