//! The words of mails: a plain and an HTML text for each letter, in one template each.
//!
//! A letter knows no database and no server; `jobs::mail` hands it what it says and where its link leads.

use askama::Template;
use chrono::TimeDelta;
use loket_core::{clock::Instant, zone::OfficeZone};

use crate::domain::mail::{Envelope, HOUSE, Late, Letter, Link};

/// A letter as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML text.
    pub html: String,
}

/// What every letter may say; what a letter does not need is empty.
struct Said<'a> {
    name: &'a str,
    office: &'a str,
    /// Nothing when Loket itself writes.
    behalf: Option<&'a str>,
    /// Where the office is and how it is reached.
    foot: &'a [String],
    inviter: &'a str,
    role: String,
    link: &'a str,
    /// `7 hari, sampai Senin, 30 November 2026, pukul 09.00 WIB`
    valid: String,
    at: String,
    /// Requests whose time runs out, list by list.
    late: Vec<LateList>,
}

/// Some requests whose time runs out.
struct LateList {
    title: String,
    lines: Vec<String>,
    /// `dan 12 lainnya`
    more: Option<String>,
}

#[derive(Template)]
#[template(path = "mail/invitation.html")]
struct InvitationHtml<'a> {
    said: Said<'a>,
}

#[derive(Template)]
#[template(path = "mail/invitation.txt")]
struct InvitationText<'a> {
    said: &'a Said<'a>,
}

#[derive(Template)]
#[template(path = "mail/reset.html")]
struct ResetHtml<'a> {
    said: Said<'a>,
}

#[derive(Template)]
#[template(path = "mail/reset.txt")]
struct ResetText<'a> {
    said: &'a Said<'a>,
}

#[derive(Template)]
#[template(path = "mail/changed.html")]
struct ChangedHtml<'a> {
    said: Said<'a>,
}

#[derive(Template)]
#[template(path = "mail/changed.txt")]
struct ChangedText<'a> {
    said: &'a Said<'a>,
}

#[derive(Template)]
#[template(path = "mail/clocks.html")]
struct ClocksHtml<'a> {
    said: Said<'a>,
}

#[derive(Template)]
#[template(path = "mail/clocks.txt")]
struct ClocksText<'a> {
    said: &'a Said<'a>,
}

/// Writes a letter; `link` is where its link leads, or the site itself when it has none.
pub fn write(envelope: &Envelope, link: &str) -> Result<Words, askama::Error> {
    let said = said(envelope, link);
    let (subject, text, html) = match &envelope.letter {
        Letter::Invitation { .. } => {
            let text = InvitationText { said: &said }.render()?;
            (format!("Undangan bekerja di {}", envelope.office), text, InvitationHtml { said }.render()?)
        }
        Letter::PasswordReset { .. } => {
            let text = ResetText { said: &said }.render()?;
            ("Buat kata sandi baru untuk Loket".to_owned(), text, ResetHtml { said }.render()?)
        }
        Letter::PasswordChanged { .. } => {
            let text = ChangedText { said: &said }.render()?;
            ("Kata sandi Loket sudah diganti".to_owned(), text, ChangedHtml { said }.render()?)
        }
        Letter::Clocks { over, nearing, .. } => {
            let text = ClocksText { said: &said }.render()?;
            (late_subject(over.1, nearing.1), text, ClocksHtml { said }.render()?)
        }
    };
    Ok(Words { subject: subject.split_whitespace().collect::<Vec<_>>().join(" "), text, html })
}

fn said<'a>(envelope: &'a Envelope, link: &'a str) -> Said<'a> {
    let office = envelope.office.as_str();
    let mut said = Said {
        name: &envelope.name,
        office,
        behalf: (office != HOUSE).then_some(office),
        foot: &envelope.foot,
        inviter: "",
        role: String::new(),
        link,
        valid: envelope.letter.link().map(|link| valid(link, envelope.zone)).unwrap_or_default(),
        at: String::new(),
        late: Vec::new(),
    };
    match &envelope.letter {
        Letter::Invitation { inviter, role, .. } => {
            said.inviter = inviter;
            said.role = role.label().to_owned();
        }
        Letter::PasswordReset { .. } => {}
        Letter::PasswordChanged { at } => said.at = envelope.zone.long(*at),
        Letter::Clocks { over, nearing, .. } => {
            let lists = [("Lewat standar waktu", over), ("Mendekati standar waktu", nearing)];
            let told = lists.into_iter().filter(|(_, (_, count))| *count > 0);
            said.late = told.map(|(title, list)| late(title, list, envelope.zone)).collect();
        }
    }
    said
}

fn late_subject(over: usize, nearing: usize) -> String {
    match (over, nearing) {
        (0, nearing) => format!("{nearing} permohonan mendekati standar waktu"),
        (over, 0) => format!("{over} permohonan lewat standar waktu"),
        (over, nearing) => format!("{over} permohonan lewat standar waktu, {nearing} mendekati"),
    }
}

fn late(title: &str, (some, count): &(Vec<Late>, usize), zone: OfficeZone) -> LateList {
    let line = |one: &Late| format!("{} {}, sampai {}", one.receipt, one.service, zone.deadline(one.due));
    let more = count.saturating_sub(some.len());
    LateList {
        title: format!("{title}: {count} permohonan"),
        lines: some.iter().map(line).collect(),
        more: (more > 0).then(|| format!("dan {more} lainnya")),
    }
}

fn valid(link: Link, zone: OfficeZone) -> String {
    format!("{}, sampai {}", span(link.made, link.until), zone.long(link.until))
}

fn span(made: Instant, until: Instant) -> String {
    let span = until - made;
    if span < TimeDelta::days(1) {
        format!("{} menit", span.num_minutes())
    } else {
        format!("{} hari", span.num_days())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use loket_core::kinds::Role;
    use uuid::Uuid;

    use super::*;

    const AT: &str = "https://loket.test/undangan/abc.def";

    fn envelope(letter: Letter) -> Envelope {
        Envelope {
            to: "ana@kantor.test".to_owned(),
            name: "Ana <b>Maria</b>".to_owned(),
            office: "Disdukcapil Kota Kupang".to_owned(),
            foot: vec!["Jalan Peragaan 53, Kupang".to_owned(), "Telepon 0380-000".to_owned()],
            zone: OfficeZone::Wita,
            letter,
        }
    }

    fn link(minutes: i64) -> Link {
        let made = "2026-11-23T01:00:00Z".parse::<Instant>().unwrap();
        Link { subject: Uuid::nil(), id: Uuid::nil(), made, until: made + TimeDelta::minutes(minutes) }
    }

    #[test]
    fn an_invitation_names_who_asks_for_what_and_until_when() {
        let letter =
            Letter::Invitation { inviter: "Yusuf".to_owned(), role: Role::Operator, link: link(7 * 24 * 60) };
        let words = write(&envelope(letter), AT).unwrap();
        assert_eq!(words.subject, "Undangan bekerja di Disdukcapil Kota Kupang");
        for body in [&words.text, &words.html] {
            for part in ["Yusuf", "Operator", AT, "7 hari, sampai Senin, 30 November 2026, pukul 09.00 WITA"]
            {
                assert!(body.contains(part), "{part}: {body}");
            }
        }
        assert!(!words.html.contains("<b>Maria"), "{}", words.html);
        assert!(words.text.contains("Yth. Ana <b>Maria</b>,\n\n"), "{}", words.text);
    }

    #[test]
    fn a_reset_and_a_change_of_a_password_say_what_to_do_when_it_was_not_oneself() {
        let reset = write(&envelope(Letter::PasswordReset { link: link(60) }), AT).unwrap();
        assert!(reset.text.contains("60 menit, sampai Senin, 23 November 2026, pukul 10.00 WITA"));
        assert!(reset.html.contains(AT) && reset.text.contains("kata sandi lama tetap berlaku"));
        let changed =
            write(&envelope(Letter::PasswordChanged { at: link(0).made }), "https://loket.test").unwrap();
        for body in [&changed.text, &changed.html] {
            assert!(body.contains("Senin, 23 November 2026, pukul 09.00 WITA"), "{body}");
            assert!(body.contains("https://loket.test"), "{body}");
        }
    }

    #[test]
    fn what_runs_out_is_listed_with_its_date_and_how_many_more_there_are() {
        let one = |receipt: &str| Late {
            receipt: receipt.to_owned(),
            service: "KTP elektronik (hilang)".to_owned(),
            due: link(60).until,
        };
        let over = (vec![one("KPG-2611-00042-K")], 3);
        let letter =
            |nearing| Letter::Clocks { office: "kota-kupang".to_owned(), over: over.clone(), nearing };
        let words = write(&envelope(letter((Vec::new(), 0))), AT).unwrap();
        assert_eq!(words.subject, "3 permohonan lewat standar waktu");
        for body in [&words.text, &words.html] {
            for part in [
                "KPG-2611-00042-K KTP elektronik (hilang), sampai Senin 23 Nov 10.00 WITA",
                "dan 2 lainnya",
                AT,
            ] {
                assert!(body.contains(part), "{part}: {body}");
            }
            assert!(!body.contains("Mendekati"), "{body}");
        }
        let both = write(&envelope(letter((vec![one("KPG-2611-00043-X")], 1))), AT).unwrap();
        assert_eq!(both.subject, "3 permohonan lewat standar waktu, 1 mendekati");
        assert!(both.text.contains("Mendekati standar waktu: 1 permohonan"), "{}", both.text);
    }

    #[test]
    fn a_letter_ends_with_where_the_office_is() {
        for letter in [
            Letter::PasswordReset { link: link(60) },
            Letter::PasswordChanged { at: link(0).made },
            Letter::Invitation { inviter: "Yusuf".to_owned(), role: Role::Operator, link: link(60) },
        ] {
            let words = write(&envelope(letter), AT).unwrap();
            assert!(
                words.text.trim_end().ends_with("Kupang\nJalan Peragaan 53, Kupang\nTelepon 0380-000"),
                "{}",
                words.text
            );
            assert!(words.html.contains("Jalan Peragaan 53, Kupang<br>Telepon 0380-000"), "{}", words.html);
        }
    }

    #[test]
    fn loket_writes_on_nobodys_behalf_when_there_is_no_office() {
        let letter = Letter::PasswordReset { link: link(60) };
        let words = write(&Envelope { office: HOUSE.to_owned(), ..envelope(letter) }, AT).unwrap();
        assert!(!words.text.contains("atas nama") && !words.html.contains("atas nama"), "{}", words.text);
    }
}
