//! A forgotten password: the letter, the link, and what nobody learns by asking.

use loket::{
    demo::setup::PASSWORD,
    domain::accounts::{self, Purpose, Ticket},
    infra::By,
};
use loket_core::clock::Clock;
use loket_tests::{
    app::{On, TestApp, path_in},
    on_both_databases,
    people::{Officer, Page},
    smtp_sink::SmtpSink,
};

use crate::signing_in::{COOKIE, is_in, user, with_cookie};

const DEWI: &str = "operator.ktp@kab-tangerang.loket.test";
const NEW: &str = "sandi yang baru sekali";

on_both_databases!(
    a_new_password_is_made_by_a_letter_and_ends_every_session,
    who_asks_learns_nothing_about_an_address,
    a_mailbox_is_not_flooded,
    a_link_is_good_for_an_hour_for_its_own_purpose_and_for_one_password,
);

async fn asks(visitor: &Officer, email: &str) -> Page {
    visitor.get("/masuk/lupa").await;
    visitor.post("/masuk/lupa", &[("email", email)]).await
}

async fn sets(visitor: &Officer, path: &str, password: &str, repeat: &str) -> Page {
    visitor.get(path).await;
    visitor.post(path, &[("password", password), ("repeat", repeat)]).await
}

async fn a_new_password_is_made_by_a_letter_and_ends_every_session(app: &TestApp) {
    let before = app.officer("operator.ktp@kab-tangerang").await;
    let visitor = app.visitor();
    let door = visitor.get("/masuk").await;
    assert_eq!(door.path_with("/masuk/lupa").as_deref(), Some("/masuk/lupa"));
    assert!(asks(&visitor, " Operator.KTP@kab-tangerang.loket.test").await.says("kami mengirim tautan"));
    assert!(app.mailer.kept().is_empty(), "only a job writes");
    app.settles().await;
    let letter = app.letter_to(DEWI);
    assert!(
        letter.text.contains("60 menit, sampai Senin, 23 November 2026, pukul 10.00 WIB"),
        "{}",
        letter.text
    );
    assert!(letter.text.contains("Disdukcapil Kabupaten Tangerang"), "{}", letter.text);
    let path = path_in(&letter.text);
    assert!(visitor.get(&path).await.says(DEWI));
    let short = sets(&visitor, &path, "pendek", "pendek").await;
    assert!(short.status == 422 && short.says("Kata sandi paling sedikit 8 karakter."));
    let other = sets(&visitor, &path, NEW, "sandi yang lain sekali").await;
    assert!(other.status == 422 && other.says("Kedua kata sandi belum sama."));
    assert!(is_in(&before).await, "nothing has happened yet");
    let done = sets(&visitor, &path, NEW, NEW).await;
    assert_eq!((done.status.as_u16(), done.location.as_deref()), (303, Some("/masuk")), "{}", done.body);
    assert!(visitor.get("/masuk").await.says("Kata sandi sudah diganti."));
    assert!(!is_in(&before).await, "every session has ended");
    assert_eq!(visitor.tries_to_sign_in(DEWI, PASSWORD).await.status, 422);
    assert_eq!(visitor.tries_to_sign_in(DEWI, NEW).await.status, 303);
    app.settles().await;
    let told = app.letter_to(DEWI);
    assert_eq!(told.subject, "Kata sandi Loket sudah diganti");
    let trail = app.above::<loket_entity::platform_audit::Entity>().await.unwrap();
    for action in ["password.forgotten", "password.reset"] {
        assert!(trail.iter().any(|line| line.action == action), "{action}");
    }
}

async fn who_asks_learns_nothing_about_an_address(app: &TestApp) {
    let closed = "operator.kk@kab-tangerang.loket.test";
    accounts::close_account(&app.house, By::System, user(app, closed)).await.unwrap();
    let mut answers = Vec::new();
    for email in [DEWI, "tidak.ada@kab-tangerang.loket.test", closed] {
        let page = asks(&app.visitor(), email).await;
        let jobs = app.above::<loket_entity::job::Entity>().await.unwrap();
        answers.push((page.status, page.body, jobs.last().map(|job| job.kind.clone()), jobs.len()));
        app.settles().await;
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    assert_eq!(app.mailer.kept().len(), 1, "one of the three is somebody's");
    let crooked = asks(&app.visitor(), "bukan surel").await;
    assert!(crooked.status == 422 && crooked.says("Alamat surel tidak sesuai"));
}

async fn a_mailbox_is_not_flooded(app: &TestApp) {
    for email in [DEWI, "tidak.ada@kab-tangerang.loket.test"] {
        for _ in 0..3 {
            assert_eq!(asks(&app.visitor(), email).await.status, 200);
        }
        assert_eq!(asks(&app.visitor(), email).await.status, 429, "{email}");
    }
    app.settles().await;
    assert_eq!(app.mailer.kept().len(), 3);
    app.waits(16);
    assert_eq!(asks(&app.visitor(), DEWI).await.status, 200);
}

async fn a_link_is_good_for_an_hour_for_its_own_purpose_and_for_one_password(app: &TestApp) {
    let visitor = app.visitor();
    asks(&visitor, DEWI).await;
    asks(&visitor, DEWI).await;
    app.settles().await;
    let mut links: Vec<String> = app.mailer.kept().iter().map(|letter| path_in(&letter.text)).collect();
    links.dedup();
    let first = links[0].clone();
    let over = async |path: &str| {
        let page = visitor.get(path).await;
        assert_eq!(page.status, 410, "{path}");
        assert!(page.says("sudah dipakai atau tidak berlaku lagi"));
        let sent = sets(&visitor, path, NEW, NEW).await;
        assert!(sent.status == 410 || sent.status == 403, "{}", sent.status);
    };
    // A token for something else, and one whose password is not the account's.
    let tokens = &app.assembly.site.tokens;
    let now = app.clock.now();
    let until = now + chrono::TimeDelta::hours(1);
    let ticket = Ticket { subject: user(app, DEWI).0, id: uuid::Uuid::nil(), until };
    let token = tokens.issue(Purpose::PasswordReset, ticket, now).unwrap();
    over(&format!("/masuk/kata-sandi/{token}")).await;
    let session = app.officer("operator.ktp@kab-tangerang").await.cookie(COOKIE).unwrap();
    over(&format!("/masuk/kata-sandi/{session}")).await;
    let link = first.rsplit('/').next().unwrap();
    assert!(!is_in(&with_cookie(app, link)).await, "a link is no cookie");
    // Used once, every link of the same password is over.
    assert_eq!(sets(&visitor, &first, NEW, NEW).await.status, 303);
    for path in &links {
        over(path).await;
    }
    asks(&visitor, DEWI).await;
    app.settles().await;
    app.waits(61);
    let late = app.mailer.kept().iter().find(|letter| letter.subject.starts_with("Buat")).cloned().unwrap();
    over(&path_in(&late.text)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_goes_through_a_mail_server_and_comes_again_when_it_was_busy() {
    let sink = SmtpSink::start().await.unwrap();
    let app = TestApp::writing_to(On::Sqlite, sink.address).await.unwrap();
    sink.refuses_next(1);
    asks(&app.visitor(), DEWI).await;
    app.settles().await;
    assert_eq!(sink.letters(), [], "the server was busy");
    app.waits(1);
    app.settles().await;
    let letters = sink.receives(1).await.unwrap();
    assert_eq!(letters[0].to, [DEWI]);
    assert_eq!(letters[0].from, "loket@loket.test");
    for part in
        ["Message-ID: <", "Auto-Submitted: auto-generated", "Subject: Buat kata sandi baru untuk Loket"]
    {
        assert!(letters[0].text.contains(part), "{part}: {}", letters[0].text);
    }
    app.ends().await;
}
