//! The mail sink speaks with the mail client that the application uses.

use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use loket_tests::Trouble;
use loket_tests::smtp_sink::SmtpSink;

#[tokio::test]
async fn a_mail_arrives_whole_and_a_refused_one_is_not_kept() -> Result<(), Trouble> {
    let sink = SmtpSink::start().await?;
    let mailer = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(sink.address.port())
        .build();
    let mail = Message::builder()
        .from("loket@kantor.test".parse()?)
        .to("ana@kantor.test".parse()?)
        .subject("Undangan")
        .body("Selamat pagi\r\n.titik di awal\r\n".to_owned())?;
    sink.refuses_next(1);
    assert!(mailer.send(mail.clone()).await.is_err());
    assert_eq!(sink.letters(), []);
    mailer.send(mail).await?;
    let letters = sink.receives(1).await?;
    let letter = letters.first().ok_or("no letter")?;
    assert_eq!(letter.from, "loket@kantor.test");
    assert_eq!(letter.to, ["ana@kantor.test"]);
    assert!(letter.text.contains("Subject: Undangan\n"), "{}", letter.text);
    assert!(letter.text.contains("\n\nSelamat pagi\n.titik di awal\n"), "{}", letter.text);
    Ok(())
}
