//! What the client does before it speaks to anybody. Conversations with Meta are tested against the fake.
#![expect(clippy::unwrap_used, reason = "a test that stumbles has failed")]

use serde_json::json;

use super::*;

fn client(base_url: &str) -> GraphClient {
    GraphClient::new(&GraphSettings::fake(base_url)).unwrap()
}

#[test]
fn tokens_travel_by_https_or_stay_on_this_machine() {
    let cases = [
        ("https://graph.facebook.com", true),
        ("http://127.0.0.1:8080/meta", true),
        ("http://[::1]:8080", true),
        ("http://localhost:1", true),
        ("http://graph.facebook.com", false),
        ("http://127.0.0.1.evil.id", false),
        ("https://user:pass@graph.facebook.com", false),
        ("ftp://127.0.0.1", false),
        ("graph.facebook.com", false),
    ];
    for (base_url, fine) in cases {
        let settings = GraphSettings { base_url: base_url.to_owned(), ..GraphSettings::meta() };
        assert_eq!(GraphClient::new(&settings).is_ok(), fine, "{base_url}");
    }
    let settings = GraphSettings { media_origins: vec!["https://evil.id".into()], ..GraphSettings::meta() };
    assert!(matches!(GraphClient::new(&settings), Err(SetupError::UnsafeAddress)));
}

#[test]
fn only_metas_hosts_and_the_fake_see_the_token() {
    let client = client("http://127.0.0.1:8080/meta");
    let cases = [
        ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true),
        ("https://graph.facebook.com/x", true),
        ("http://127.0.0.1:8080/meta/lookaside/1", true),
        ("http://lookaside.fbsbx.com/x", false),
        ("https://fbsbx.com/x", false),
        ("https://evilfbsbx.com/x", false),
        ("https://lookaside.fbsbx.com.evil.id/x", false),
        ("https://lookaside.fbsbx.com:8443/x", false),
        ("https://lookaside.fbsbx.com@evil.id/x", false),
        ("https://a:b@lookaside.fbsbx.com/x", false),
        ("https://evil.id/?https://lookaside.fbsbx.com", false),
        ("http://127.0.0.1:8081/x", false),
        ("https://127.0.0.1:8080/x", false),
        ("file:///etc/passwd", false),
        ("", false),
    ];
    for (link, trusted) in cases {
        assert_eq!(client.trusted(link).is_some(), trusted, "{link}");
    }
}

#[test]
fn the_version_that_was_configured_is_the_one_that_is_asked() {
    let asked = |version: &str| {
        let settings = GraphSettings { version: version.to_owned(), ..GraphSettings::meta() };
        Some(GraphClient::new(&settings).ok()?.endpoint(&["106", "messages"])?.to_string())
    };
    assert_eq!(asked("v23.0").as_deref(), Some("https://graph.facebook.com/v23.0/106/messages"));
    for version in ["", "23.0", "v23", "v23.0/..", "v+23.0", "V23.0", "v23.0 "] {
        assert_eq!(asked(version), None, "{version}");
    }
}

#[test]
fn an_id_cannot_leave_its_place_in_the_path() {
    let client = client("http://127.0.0.1:8080/meta/");
    let url = client.endpoint(&["106", "messages"]).unwrap();
    assert_eq!(url.as_str(), format!("http://127.0.0.1:8080/meta/{GRAPH_VERSION}/106/messages"));
    for id in ["", "..", "1/2", "1?x", "1#x", "%2e", "1 2", "é"] {
        assert!(client.endpoint(&[id, "messages"]).is_none(), "{id}");
    }
}

#[test]
fn a_phone_gets_its_plus_and_a_bsuid_stays_itself() {
    let text = |to| Outgoing {
        to,
        content: OutContent::Text { body: "halo".into() },
        callback_data: Some("outbox-1".into()),
        reply_to: Some("wamid.Q".into()),
    };
    let expected = json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+62812",
        "type": "text", "text": {"preview_url": false, "body": "halo"},
        "biz_opaque_callback_data": "outbox-1", "context": {"message_id": "wamid.Q"}});
    assert_eq!(text(Recipient::Phone("62812".into())).to_json(), expected);
    assert_eq!(text(Recipient::Phone("+62812".into())).to_json(), expected);
    let by_id = text(Recipient::Bsuid("ID.1349".into())).to_json();
    assert_eq!((by_id.get("to"), &by_id["recipient"]), (None, &json!("ID.1349")));
}

#[test]
fn a_template_is_written_with_header_fields_and_buttons() {
    let content = OutContent::Template {
        name: "berkas_siap".into(),
        language: "id".into(),
        header: Some(TemplateHeader::Document { media_id: "9".into(), filename: "kk.pdf".into() }),
        parameters: vec![TemplateParameter::positional("Siti"), TemplateParameter::named("nomor", "TNG-1")],
        url_suffixes: vec!["abc".into()],
    };
    let outgoing =
        Outgoing { to: Recipient::Phone("62812".into()), content, callback_data: None, reply_to: None };
    let expected = json!({"name": "berkas_siap", "language": {"code": "id"}, "components": [
        {"type": "header", "parameters": [{"type": "document", "document": {"id": "9", "filename": "kk.pdf"}}]},
        {"type": "body", "parameters": [{"type": "text", "text": "Siti"},
            {"type": "text", "parameter_name": "nomor", "text": "TNG-1"}]},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "abc"}]}]});
    assert_eq!(outgoing.to_json()["template"], expected);
}

#[test]
fn debug_shows_neither_token_nor_person_nor_words() {
    let outgoing = Outgoing {
        to: Recipient::Phone("628123456789".into()),
        content: OutContent::Text { body: "rahasia".into() },
        callback_data: None,
        reply_to: None,
    };
    let accepted =
        Accepted { wamid: "wamid.RAHASIA".into(), wa_id: Some("628123456789".into()), held: false };
    let info = MediaInfo { url: "https://rahasia".into(), mime: None, sha256: None, length: None };
    let shown = format!("{:?} {outgoing:?} {accepted:?} {info:?}", AccessToken::new("EAArahasia"));
    for secret in ["rahasia", "RAHASIA", "628123456789"] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}
