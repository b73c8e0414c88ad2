//! The handshake and the signature: nothing but the right one, over exactly the bytes that came.

use loket_tests::{
    app::TestApp,
    on_both_databases,
    webhook::{SIGNATURE, signature},
};
use serde_json::Value;

use super::{KTP, KUPANG, TANGERANG, messages, set_aside};

on_both_databases!(
    a_handshake_gives_the_challenge_back_for_the_right_token_only,
    nothing_but_the_exact_signature_of_the_exact_bytes_is_let_in,
    each_office_has_a_path_and_a_secret_of_its_own,
);

async fn a_handshake_gives_the_challenge_back_for_the_right_token_only(app: &TestApp) {
    let (tangerang, kupang) = (app.meta(KTP), app.meta(KUPANG));
    let (ours, theirs) = (&tangerang.number.verify_token, &kupang.number.verify_token);
    let upper = ours.to_uppercase();
    let asked = async |callback: &str, query: &[(&str, &str)]| {
        let mut url = reqwest::Url::parse(callback).unwrap();
        url.query_pairs_mut().extend_pairs(query);
        let answer = app.http().get(url).send().await.unwrap();
        let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        (answer.status().as_u16(), kind.unwrap_or_default(), answer.text().await.unwrap())
    };
    let with = |mode: &'static str, token| {
        vec![("hub.mode", mode), ("hub.challenge", "1158201444"), ("hub.verify_token", token)]
    };
    let (status, kind, body) = asked(&tangerang.callback(), &with("subscribe", ours)).await;
    assert_eq!((status, body.as_str()), (200, "1158201444"));
    assert!(kind.starts_with("text/plain"), "{kind}");
    for wrong in [
        with("subscribe", theirs),
        with("subscribe", ""),
        with("subscribe", &upper),
        with("unsubscribe", ours),
        vec![("hub.mode", "subscribe"), ("hub.challenge", "1158201444")],
        vec![("hub.mode", "subscribe"), ("hub.verify_token", ours.as_str())],
        vec![],
    ] {
        let (status, _, body) = asked(&tangerang.callback(), &wrong).await;
        assert_eq!(status, 403, "{wrong:?}");
        assert!(!body.contains("1158201444"));
    }
    let nowhere = format!("{}/webhook/whatsapp/{}", app.base_url, "0".repeat(32));
    assert_eq!(asked(&nowhere, &with("subscribe", ours)).await.0, 403);
    assert!(app.fake.verify_callback(KTP, ours).await.unwrap(), "as Meta's dashboard does it");
    assert_eq!(app.bodies_kept().await.unwrap(), 0);
}

async fn nothing_but_the_exact_signature_of_the_exact_bytes_is_let_in(app: &TestApp) {
    let meta = app.meta(KTP);
    let body = meta.text("628111000001", "wamid.A", "J\u{2019}ai mang\u{e9} / halo").to_string().into_bytes();
    let right = meta.signs(&body);
    let digits = right.strip_prefix("sha256=").unwrap();
    let longer = [body.as_slice(), b" "].concat();
    let shorter = body[..body.len() - 1].to_vec();
    let pretty = serde_json::to_vec_pretty(&serde_json::from_slice::<Value>(&body).unwrap()).unwrap();
    let header = |value: &str| vec![(SIGNATURE, value.to_owned())];
    let mut refused = vec![
        ("no signature", body.clone(), vec![]),
        ("an old one only", body.clone(), vec![("x-hub-signature", format!("sha1={}", &digits[..40]))]),
        ("two, the wrong one first", body.clone(), [header("sha256=00"), header(&right)].concat()),
        ("two, the wrong one last", body.clone(), [header(&right), header("sha256=00")].concat()),
        ("the right one twice", body.clone(), [header(&right), header(&right)].concat()),
        ("a byte more", longer, header(&right)),
        ("a byte less", shorter, header(&right)),
        ("no body", Vec::new(), header(&right)),
        ("the same JSON written anew", pretty, header(&right)),
    ];
    for (why, value) in [
        ("empty", String::new()),
        ("no digits", "sha256=".to_owned()),
        ("bare digits", digits.to_owned()),
        ("another hash", format!("sha1={digits}")),
        ("another hash, right length", format!("sha1={}", &digits[..40])),
        ("upper-case digits", format!("sha256={}", digits.to_uppercase())),
        ("an upper-case name", format!("SHA256={digits}")),
        ("a blank inside", format!("sha256= {digits}")),
        ("a tab inside", format!("sha256=\t{digits}")),
        ("a digit less", format!("sha256={}", &digits[1..])),
        ("a digit more", format!("{right}0")),
        ("two in one", format!("{right},{right}")),
        ("quoted", format!("\"{right}\"")),
        ("zeros", format!("sha256={}", "0".repeat(64))),
        ("an empty secret's", signature("", &body)),
        ("another office's", app.meta(KUPANG).signs(&body)),
        ("another body's", meta.signs(b"{}")),
    ] {
        refused.push((why, body.clone(), header(&value)));
    }
    for (why, bytes, headers) in refused {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(meta.posts_with(bytes, &headers).await, 401, "{why}");
    }
    assert_eq!(app.bodies_kept().await.unwrap(), 0, "nothing of all that was kept");
    assert_eq!(meta.posts_with(body, &[(SIGNATURE, &right)]).await, 200);
    assert_eq!(app.bodies_kept().await.unwrap(), 1);
}

async fn each_office_has_a_path_and_a_secret_of_its_own(app: &TestApp) {
    let (tangerang, kupang) = (app.meta(KTP), app.meta(KUPANG));
    let body = tangerang.text("628111000001", "wamid.A", "halo").to_string().into_bytes();
    let signed = tangerang.signs(&body);
    assert_eq!(kupang.posts_with(body.clone(), &[(SIGNATURE, &signed)]).await, 401);
    for key in ["0".repeat(32), "x".to_owned(), "..%2f..".to_owned(), "0".repeat(4000)] {
        let url = format!("{}/webhook/whatsapp/{key}", app.base_url);
        let answer = app.http().post(url).header(SIGNATURE, &signed).body(body.clone()).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{}", &key[..key.len().min(40)]);
    }
    assert_eq!(app.bodies_kept().await.unwrap(), 0);
    // Signed with its own secret, an office speaks for its own numbers only.
    let theirs = kupang.text("628111000001", "wamid.A", "halo").to_string().into_bytes();
    assert_eq!(tangerang.posts_bytes(theirs).await, 200);
    app.settles().await;
    assert_eq!(messages(app, "kota-kupang").await, 0);
    assert_eq!(messages(app, TANGERANG).await, 0);
    assert_eq!(set_aside(app).await, ["message.text foreign_number"]);
}
