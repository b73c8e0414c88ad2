//! Parts of a request: what can be done, its papers, its facts.

use super::{Attachment, Choice, Tag, When};

/// A value sent along unseen.
pub struct Hidden {
    /// The field.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

/// Who receives something at a counter. POST: `receiver`, `proof`, and `name`, `kk`, `letter` where it is not the applicant.
pub struct Receiving {
    /// As whom they come.
    pub receivers: Vec<Choice>,
    /// What they show.
    pub proofs: Vec<Choice>,
    /// Their name, as far as it is known.
    pub name: String,
    /// Their written authority.
    pub letter: String,
    /// Whether somebody must have received it.
    pub required: bool,
}

/// Something the state allows. POST to `href`: `csrf`, `hidden`, then `reason`, `file`, `note`, `name` where
/// asked for, and what [`Receiving`] asks.
pub struct Action {
    /// Its short name on the page.
    pub code: &'static str,
    /// What is on the button.
    pub label: String,
    /// An icon of `icons.svg`.
    pub mark: &'static str,
    /// `"primary"` for at most one action of the page, `""`, or `"danger"`.
    pub tone: &'static str,
    /// The letter of the keyboard that opens it, or `""`.
    pub key: &'static str,
    /// Where it is posted.
    pub href: String,
    /// What it does.
    pub explain: String,
    /// The message that the citizen will get, when it is known beforehand.
    pub preview: Option<String>,
    /// The coded reasons to choose from.
    pub reasons: Vec<Choice>,
    /// What the reasons are called.
    pub reason_label: String,
    /// What the note is called, when there is one.
    pub note_label: Option<String>,
    /// What was written, where it did not hold.
    pub note: String,
    /// Whether the note must be written.
    pub note_required: bool,
    /// Whose name may be written, and the name that is known: label, value.
    pub name: Option<(String, String)>,
    /// Who receives something, where that is asked.
    pub receiving: Option<Receiving>,
    /// Whether its form stands open: what was sent did not hold.
    pub open: bool,
    /// What the file is called, when there is one.
    pub file_label: Option<String>,
    /// Whether the citizen hears nothing of it.
    pub silent: bool,
    /// Why the citizen will not hear of it, although they should.
    pub unheard: Option<&'static str>,
    /// What is on the button that does it.
    pub submit: String,
    /// What goes along.
    pub hidden: Vec<Hidden>,
}

impl Action {
    /// A plain action; the builder's other parts are set by the page.
    pub fn new(code: &'static str, label: impl Into<String>, mark: &'static str, href: String) -> Self {
        let label = label.into();
        Self {
            code,
            submit: label.clone(),
            label,
            mark,
            tone: "",
            key: "",
            href,
            explain: String::new(),
            preview: None,
            reasons: Vec::new(),
            reason_label: "Alasan".to_owned(),
            note_label: None,
            note: String::new(),
            note_required: false,
            name: None,
            receiving: None,
            open: false,
            file_label: None,
            silent: false,
            unheard: None,
            hidden: Vec::new(),
        }
    }
}

/// One paper of a request. POST to `accept_href`: `csrf`; to `reject_href`: `csrf`, `reason`.
pub struct Paper {
    /// Its anchor.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// A remark.
    pub note: Option<String>,
    /// Where it stands.
    pub state: Tag,
    /// The file taken for it.
    pub file: Option<Attachment>,
    /// That the file was only guessed.
    pub guess: Option<String>,
    /// Whether Terima and Tolak are offered.
    pub decide: bool,
    /// Whether a decision may still be changed.
    pub again: bool,
    /// POST.
    pub accept_href: String,
    /// POST.
    pub reject_href: String,
    /// The coded reasons to reject.
    pub reasons: Vec<Choice>,
    /// Why it was rejected.
    pub rejected_because: Option<String>,
}

/// A file that belongs to no paper yet. POST to `assign_href`: `csrf`, `hidden`, `paper`.
pub struct LooseFile {
    /// The file.
    pub file: Attachment,
    /// What it may be for, or how far it has come.
    pub guess: String,
    /// POST; nothing when it cannot be assigned now.
    pub assign_href: Option<String>,
    /// The attachment.
    pub media: String,
    /// The papers it may be for.
    pub papers: Vec<Choice>,
}

/// One fact. `reveal_href` (POST `csrf`, `purpose`) is set while the value is masked.
#[derive(Clone)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// Its value, shown or masked.
    pub value: Option<String>,
    /// Where it is asked for in clear.
    pub reveal_href: Option<String>,
    /// Whether it stands in clear now.
    pub revealed: bool,
    /// Whether it can be copied.
    pub copy: bool,
    /// A remark.
    pub note: Option<String>,
}

impl Fact {
    /// A fact that everybody on the page may read; an empty value counts as none.
    pub fn plain(label: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        Self {
            label: label.into(),
            value: (!value.is_empty()).then_some(value),
            reveal_href: None,
            revealed: false,
            copy: false,
            note: None,
        }
    }

    /// A masked fact with the way to see it.
    pub fn masked(label: impl Into<String>, value: impl Into<String>, reveal_href: Option<String>) -> Self {
        Self { reveal_href, ..Self::plain(label, value) }
    }

    /// A fact in clear that is masked otherwise.
    pub fn clear(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { revealed: true, copy: true, ..Self::plain(label, value) }
    }
}

/// Another request of the same person.
pub struct EarlierRequest {
    /// Its receipt number.
    pub receipt: String,
    /// Its page.
    pub href: String,
    /// Service and variant.
    pub service: String,
    /// Where it stands.
    pub state: Tag,
    /// When it began.
    pub when: When,
}
