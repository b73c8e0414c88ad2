//! What stands around the pages of people who have signed in, and parts of every list.

use super::Tone;

/// One link of a tab row.
pub struct Tab {
    /// The word.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many there are, as printed: `12`, `999+`.
    pub count: Option<String>,
    /// Whether this page is it.
    pub current: bool,
}

/// Earlier and later pages of a list.
pub struct Pager {
    /// `1–25 dari 42`
    pub text: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// One step of the way back.
pub struct Crumb {
    /// The word.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl Crumb {
    /// A step.
    pub fn new(label: impl Into<String>, href: String) -> Self {
        Self { label: label.into(), href }
    }
}

/// One destination of the rail and of the bottom bar (the first five on a phone).
pub struct Destination {
    /// The word.
    pub label: &'static str,
    /// An icon of `icons.svg`.
    pub icon: &'static str,
    /// Where it leads.
    pub href: String,
    /// Whether this page is it.
    pub current: bool,
    /// What waits there.
    pub count: Option<u64>,
}

/// A state of the service in the top bar; opens its ledger.
pub struct Chip {
    /// The words.
    pub label: String,
    /// The look.
    pub tone: Tone,
    /// Where the ledger is.
    pub href: Option<String>,
}

/// Words that concern everybody, with the way to more of them.
pub struct Banner {
    /// The words.
    pub text: String,
    /// Where there is more.
    pub href: Option<String>,
}

/// Another seat of the same person.
pub struct OfficeLink {
    /// Its name.
    pub name: String,
    /// The way there.
    pub href: String,
}

/// What every signed-in page shows around itself.
pub struct Frame {
    /// `Disdukcapil Kabupaten Tangerang`
    pub office_name: String,
    /// Two or three letters for the crest.
    pub office_short: String,
    /// Who has signed in.
    pub person_name: String,
    /// Their role, in Indonesian.
    pub person_role: String,
    /// `Plh. Kepala Dinas sampai Jumat 27 Nov`, for who acts for the head here today.
    pub acting: Option<String>,
    /// `WIB`, `WITA` or `WIT`.
    pub zone: &'static str,
    /// The token of every form on the page.
    pub csrf: String,
    /// Shows the DATA PERAGAAN ribbon.
    pub demo: bool,
    /// Where the role's work is.
    pub destinations: Vec<Destination>,
    /// The state of the service.
    pub chips: Vec<Chip>,
    /// What concerns everybody.
    pub banner: Option<Banner>,
    /// What just happened.
    pub flash: Option<String>,
    /// Where a search is posted, and where its empty page is.
    pub search_href: String,
    /// POST.
    pub sign_out_href: String,
    /// Own devices.
    pub sessions_href: String,
    /// The person's other offices, and their seats above them.
    pub offices: Vec<OfficeLink>,
    /// What tells of changes; empty where nothing is live.
    pub stream_href: String,
}
