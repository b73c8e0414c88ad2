//! Two offices, alike in everything: each has every kind of thing that has an id, all of it made by phones and
//! officers, and words in it that stand nowhere else.

use std::collections::BTreeMap;

use loket_core::{id::OfficeId, receipt::ReceiptNumber};
use loket_tests::{
    app::{TestApp, monday_morning},
    people::Officer,
    webhook,
};
use sea_orm::prelude::Uuid;

use super::beneath::Beneath;

/// What can be named in a request, by kind.
pub type Names = BTreeMap<&'static str, String>;

/// An office as the hunt uses it.
pub struct Side {
    /// Its id.
    pub office: OfficeId,
    /// Things in the middle of their way.
    pub own: Names,
    /// Others, further on: what is changed by leave is changed here.
    pub spare: Names,
    /// Words that stand nowhere but in this office.
    pub canaries: Vec<String>,
}

/// What the two offices differ by.
pub struct Told {
    /// Its name in a path.
    pub slug: &'static str,
    /// Meta's id of the number that is written to.
    pub number: &'static str,
    /// The province.
    pub province: &'static str,
    /// The service and variant asked for.
    pub variant: (&'static str, &'static str),
    /// A kecamatan of its own.
    pub district: &'static str,
    /// Two citizens: telephone, name on the phone, name, NIK, KK.
    pub citizens: [[&'static str; 5]; 2],
    /// A word that stands in every text and file.
    pub word: &'static str,
    /// What else tells the office.
    pub marks: &'static [&'static str],
}

/// Tangerang.
pub const A: Told = Told {
    slug: "kab-tangerang",
    number: "360300000000002",
    province: "36",
    variant: ("KTP", "hilang"),
    district: "Tigaraksa",
    citizens: [
        ["628115550101", "Melatiputih", "MELATIPUTIH SARITENUN", "3603036502909011", "3603031203159011"],
        ["628115550102", "Seruniemas", "SERUNIEMAS LEMBAYUNG", "3603036502909012", "3603031203159012"],
    ],
    word: "flamboyanmerah",
    marks: &["TNG-2611-0000", "Dewi Lestari", "Ratna Puspitasari", "Tirtayasa Baskara"],
};

/// Kupang.
pub const B: Told = Told {
    slug: "kota-kupang",
    number: "537100000000001",
    province: "53",
    variant: ("NIK", "konsolidasi"),
    district: "Alak",
    citizens: [
        ["628135550201", "Kenangawati", "KENANGAWATI BUNGASARI", "5371036502909021", "5371031203159021"],
        ["628135550202", "Cendanawangi", "CENDANAWANGI TIMURLAUT", "5371036502909022", "5371031203159022"],
    ],
    word: "anggrekungu",
    marks: &["KPG-2611-0000", "Adriana Lay", "Yusuf Manafe", "Elifas Manubulu"],
};

/// Makes an office's things.
pub async fn settle(app: &TestApp, beneath: &Beneath, told: &Told) -> Side {
    let office = app.office(told.slug).id;
    let supervisor = app.officer(&format!("kabid@{}", told.slug)).await;
    let victim = app.officer(&format!("kepala@{}", told.slug)).await;
    let mut spare = case(app, beneath, told, (1, &supervisor)).await;
    finish_papers(&supervisor, beneath, (office, told), &mut spare).await;
    visit(app, told, &supervisor, &mut spare).await;
    let mut own = case(app, beneath, told, (0, &supervisor)).await;
    visit(app, told, &supervisor, &mut own).await;
    own.insert("product", spare["product"].clone());
    let common = common(app, beneath, told, &victim).await;
    let other_session = app.officer(&format!("kepala@{}", told.slug)).await;
    own.extend(common.clone());
    spare.extend(common);
    let admin = app.officer(&format!("admin@{}", told.slug)).await;
    room(told, &admin).await;
    for names in [&mut own, &mut spare] {
        awaited(beneath, office, names).await;
        under_way(beneath, office, names).await;
    }
    own.extend(member(app, beneath, told, ("satu", &admin)).await);
    spare.extend(member(app, beneath, told, ("dua", &admin)).await);
    spare.insert("session", session_of(&other_session));
    let mut canaries: Vec<String> = told.marks.iter().map(|mark| (*mark).to_owned()).collect();
    canaries.push(told.word.to_owned());
    for citizen in &told.citizens {
        canaries.extend(citizen.iter().map(|text| (*text).to_owned()));
        canaries.push(citizen[2].split(' ').next().unwrap().to_owned());
    }
    Side { office, own, spare, canaries }
}

/// A citizen writes and sends two files; an officer makes a request of it and takes it.
async fn case(app: &TestApp, beneath: &Beneath, told: &Told, (which, officer): (usize, &Officer)) -> Names {
    let [phone, profile, name, nik, kk] = told.citizens[which];
    let office = app.office(told.slug).id;
    let citizen = app.phone(phone, profile);
    citizen.sends(told.number, &format!("Mohon bantuan {} untuk {name}", told.word)).await;
    for page in ["satu", "dua"] {
        app.waits(1);
        let bytes = format!("%PDF-1.7\n% {page} {} {nik} {name}\n%%EOF", told.word);
        let file = format!("{}-{page}.pdf", told.word);
        citizen.sends_document(told.number, &file, "application/pdf", bytes.as_bytes()).await;
    }
    let conversation =
        beneath.id("select id from conversation where tenant_id = @ order by id desc", office).await;
    let (service, code) = told.variant;
    let sql = format!(
        "select variant.id from variant join service on service.id = variant.service_id \
         where variant.tenant_id = @ and service.tenant_id = @ and variant.code = '{code}' and service.code = '{service}'"
    );
    let variant = beneath.id(&sql, office).await.to_string();
    let at = format!("/kantor/{}/percakapan/{conversation}", told.slug);
    officer.get(&at).await;
    let fields = [
        ("service", &*variant),
        ("name", name),
        ("nik", nik),
        ("no_kk", kk),
        ("isi.kecamatan", told.district),
    ];
    let opened = officer.post(&format!("{at}/permohonan"), &fields).await;
    app.settles().await;
    let path = opened.location.clone().expect(&opened.body);
    let request = path.rsplit('/').next().unwrap().to_owned();
    let taken = officer.post(&format!("{path}/ambil"), &[]).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let mut names = things(beneath, office, conversation, request.parse().unwrap()).await;
    let word = |text: &str| text.to_owned();
    names.extend([("variant", variant), ("nik", word(nik)), ("kk", word(kk)), ("name", word(name))]);
    names.extend([("tail", word(&phone[8..])), ("phone", word(phone))]);
    names
}

async fn things(beneath: &Beneath, office: OfficeId, conversation: Uuid, request: Uuid) -> Names {
    let request_is = format!("request_id = {}", beneath.literal(request));
    let talk_is = format!("conversation_id = {}", beneath.literal(conversation));
    let first = async |sql: String| beneath.id(&sql, office).await.to_string();
    let receipt =
        format!("select receipt from request where tenant_id = @ and id = {}", beneath.literal(request));
    let of_media = format!("from media join message on message.id = media.message_id where {talk_is}");
    Names::from([
        ("conversation", conversation.to_string()),
        ("request", request.to_string()),
        ("receipt", beneath.texts(&receipt, office).await.remove(0)),
        ("paper", first(format!("select id from paper where {request_is} order by position")).await),
        ("message", first(format!("select id from message where {talk_is} order by id")).await),
        ("media", first(format!("select media.id {of_media} order by media.id")).await),
        ("file", first(format!("select file_id {of_media} and file_id is not null order by 1")).await),
    ])
}

/// More care is taken of the person of a request, and they are put on a round of home visits.
async fn visit(app: &TestApp, told: &Told, officer: &Officer, names: &mut Names) {
    let request = format!("/kantor/{}/permohonan/{}", told.slug, names["request"]);
    officer.get(&request).await;
    let care = [
        ("reasons", "disabilitas"),
        ("needs", told.word),
        ("visit", "1"),
        ("address", told.word),
        ("by", "keluarga"),
        ("way", "telepon"),
    ];
    let noted = officer.post(&format!("{request}/rentan"), &care).await;
    assert_eq!(noted.status, 303, "{}", noted.body);
    let rounds = format!("/kantor/{}/jemput-bola/baru", told.slug);
    officer.get(&rounds).await;
    let planned = officer.post(&rounds, &[("title", told.word), ("from", "2026-12-02")]).await;
    assert_eq!(planned.status, 303, "{}", planned.body);
    let round = planned.location.unwrap();
    let round = round.split('?').next().unwrap().to_owned();
    let added = officer.post(&format!("{round}/tambah"), &[("person", &*names["request"])]).await;
    assert_eq!(added.status, 303, "{}", added.body);
    app.settles().await;
    names.insert("round", round.rsplit('/').next().unwrap().to_owned());
}

/// People come to a room to be recorded.
async fn room(told: &Told, admin: &Officer) {
    let places = format!("/kantor/{}/pengaturan/pengambilan", told.slug);
    admin.get(&places).await;
    let room = [("name", "Ruang rekam"), ("purpose", "rekam"), ("minutes", "30"), ("seats", "2")];
    let entered = admin.post(&places, &room).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
}

/// The person of a request is awaited there. Written from below: the office has no timetable, so that it offers no slots.
async fn awaited(beneath: &Beneath, office: OfficeId, names: &mut Names) {
    let room = "select id from pickup_point where tenant_id = @ and purpose = 'rekam'";
    let room = beneath.literal(beneath.id(room, office).await);
    let request: Uuid = names["request"].parse().unwrap();
    let id = Uuid::from_u128(request.as_u128() ^ 1);
    let seat = beneath.texts("select 'x' from appointment where tenant_id = @", office).await.len();
    let sql = format!(
        "insert into appointment (tenant_id, id, request_id, point_id, starts_at, ends_at, seat, number, given_at, state) \
         select tenant_id, {}, id, {room}, opened_at, opened_at, {seat}, {seat}, opened_at, 'dijadwalkan' \
         from request where tenant_id = @ and id = {}",
        beneath.literal(id),
        beneath.literal(request)
    );
    assert_eq!(beneath.run(&sql, office).await.unwrap(), 1);
    names.insert("appointment", id.to_string());
}

/// What is made for the person of a request is under way. Written from below: one of the requests has no product yet.
async fn under_way(beneath: &Beneath, office: OfficeId, names: &mut Names) {
    let request: Uuid = names["request"].parse().unwrap();
    let id = Uuid::from_u128(request.as_u128() ^ 2);
    let sql = format!(
        "insert into consignment (tenant_id, id, request_id, way, state, sent_at, to_tell, collectors, version) \
         select tenant_id, {}, id, 'kurir', 'di_jalan', opened_at, true, 'proxy', 1 from request where tenant_id = @ and id = {}",
        beneath.literal(id),
        beneath.literal(request)
    );
    assert_eq!(beneath.run(&sql, office).await.unwrap(), 1);
    names.insert("consignment", id.to_string());
}

/// All papers are accepted and the product is uploaded.
async fn finish_papers(
    officer: &Officer,
    beneath: &Beneath,
    (office, told): (OfficeId, &Told),
    names: &mut Names,
) {
    let at = format!("/kantor/{}/permohonan/{}", told.slug, names["request"]);
    let request: Uuid = names["request"].parse().unwrap();
    let sql = format!("select id from paper where request_id = {} and required", beneath.literal(request));
    officer.get(&at).await;
    for paper in beneath.ids(&sql, office).await {
        let done = officer.post(&format!("{at}/berkas/{paper}/terima"), &[]).await;
        assert_eq!(done.status, 303, "{}", done.body);
    }
    let done = officer.post(&format!("{at}/lengkap"), &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let pdf = format!("%PDF-1.7\n% hasil {}\n%%EOF", told.word);
    let done = officer.uploads(&format!("{at}/hasil"), &[], ("file", "hasil.pdf", pdf.as_bytes())).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let sql = format!("select result_file_id from request where id = {}", beneath.literal(request));
    names.insert("product", beneath.id(&sql, office).await.to_string());
}

/// Somebody is invited and joins, somebody else is invited and has not answered.
async fn member(app: &TestApp, beneath: &Beneath, told: &Told, (which, admin): (&str, &Officer)) -> Names {
    let office = app.office(told.slug).id;
    let page = format!("/kantor/{}/pengaturan/petugas/undang", told.slug);
    let address = |what: &str| format!("{what}.{which}@{}.test", told.slug);
    for what in ["datang", "diam"] {
        admin.get(&page).await;
        let fields = [("email", &*address(what)), ("name", told.marks[3]), ("role", "operator")];
        let sent = admin.post(&page, &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    app.settles().await;
    let (guest, link) = (app.visitor(), app.link_to(&address("datang")));
    guest.get(&link).await;
    let fields =
        [("name", told.marks[3]), ("password", "sandi tamu panjang"), ("repeat", "sandi tamu panjang")];
    assert_eq!(guest.post(&link, &fields).await.status, 303);
    app.settles().await;
    let first = async |sql: &str| beneath.id(sql, office).await.to_string();
    // Whoever has joined is to act for the head, on days that do not come.
    let letters = format!("/kantor/{}/pengaturan/delegasi", told.slug);
    let joined =
        first("select account_id from membership where office_id = @ order by valid_from desc, id desc");
    let (joined, day) = (joined.await, if which == "satu" { "2026-12-01" } else { "2026-12-02" });
    let fields = [("person", &*joined), ("kind", "plh"), ("from", day), ("until", day), ("number", "800/1")];
    admin.get(&letters).await;
    let named = admin.post(&letters, &[fields.as_slice(), &[("basis", told.word)]].concat()).await;
    assert_eq!(named.status, 303, "{}", named.body);
    // A village hands in lines for others.
    let senders = format!("/kantor/{}/pengaturan/pengirim", told.slug);
    admin.get(&senders).await;
    let phone = if which == "satu" { "081155540001" } else { "081155540002" };
    let trusted =
        admin.post(&senders, &[("name", &*format!("Desa {}", told.marks[3])), ("phone", phone)]).await;
    assert_eq!(trusted.status, 303, "{}", trusted.body);
    // Something is out.
    let ledger = format!("/kantor/{}/gangguan/baru", told.slug);
    admin.get(&ledger).await;
    let kind = if which == "satu" { "siak" } else { "network" };
    let entered = admin.post(&ledger, &[("kind", kind), ("reference", told.word), ("note", told.word)]).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    let entry = entered.location.unwrap();
    let entry = entry.split('?').next().unwrap();
    let shows = format!("%PDF-1.7\n% bukti {} {which}\n%%EOF", told.word);
    let shown = admin.uploads(&format!("{entry}/bukti"), &[], ("file", "bukti.pdf", shows.as_bytes())).await;
    assert_eq!(shown.status, 303, "{}", shown.body);
    app.settles().await;
    // And cards are kept.
    let stock = format!("/kantor/{}/stok/baru", told.slug);
    admin.get(&stock).await;
    let variant = first("select id from variant where tenant_id = @ order by id").await;
    let card = if which == "satu" { "ktp_card" } else { "kia_card" };
    let fields =
        [("kind", card), ("pieces", "1"), ("documents", "1"), ("quantity", "300"), ("uses", &*variant)];
    let kept = admin.post(&stock, &fields).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let kept = kept.location.unwrap();
    let counted = format!("{}/hitung", kept.split('?').next().unwrap());
    let counted = admin.post(&counted, &[("quantity", "299"), ("note", told.word)]).await;
    assert_eq!(counted.status, 303, "{}", counted.body);
    app.settles().await;
    // And something is looked after.
    let register = format!("/kantor/{}/peralatan/baru", told.slug);
    admin.get(&register).await;
    let name = format!("{} {which}", told.word);
    let piece = [("kind", "card_printer"), ("name", &*name), ("serial", told.word), ("months", "3")];
    let entered = admin.post(&register, &piece).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    let piece = entered.location.unwrap();
    let broke = format!("{}/rusak", piece.split('?').next().unwrap());
    let broke = admin.post(&broke, &[("version", "1"), ("note", told.word)]).await;
    assert_eq!(broke.status, 303, "{}", broke.body);
    app.settles().await;
    // Citizens collect things somewhere.
    let places = format!("/kantor/{}/pengaturan/pengambilan", told.slug);
    admin.get(&places).await;
    let place = format!("Loket {which}");
    let place = [("name", &*place), ("minutes", "30"), ("seats", "2"), ("collectors", "proxy")];
    assert_eq!(admin.post(&places, &place).await.status, 303);
    let newest = "from membership where office_id = @ order by valid_from desc, id desc";
    let open = "select id from invitation where office_id = @ and closed_at is null order by invited_at desc, id desc";
    Names::from([
        ("person", first(&format!("select account_id {newest}")).await),
        ("membership", first(&format!("select id {newest}")).await),
        ("invitation", first(open).await),
        ("delegation", first("select id from delegation where office_id = @ order by valid_from desc").await),
        ("service", first("select id from service where tenant_id = @ order by id").await),
        ("unit", first("select id from unit where tenant_id = @ order by id").await),
        ("number", first("select id from wa_number where tenant_id = @ order by id").await),
        (
            "sender",
            first("select id from trusted_sender where tenant_id = @ order by created_at desc, id desc")
                .await,
        ),
        ("reply", first("select id from quick_reply where tenant_id = @ order by id").await),
        (
            "evidence",
            first("select file_id from outage_file where tenant_id = @ order by added_at desc, id desc")
                .await,
        ),
        (
            "item",
            first("select id from stock_item where tenant_id = @ order by created_at desc, id desc").await,
        ),
        (
            "piece",
            first("select id from equipment where tenant_id = @ order by created_at desc, id desc").await,
        ),
        (
            "point",
            first("select id from pickup_point where tenant_id = @ order by created_at desc, id desc").await,
        ),
        (
            "outage",
            first("select id from outage where tenant_id = @ order by entered_at desc, id desc").await,
        ),
    ])
}

/// What an office has one of.
async fn common(app: &TestApp, beneath: &Beneath, told: &Told, victim: &Officer) -> Names {
    let office = app.office(told.slug);
    let number = &office.numbers[0];
    let wamid = format!("wamid.{}", told.word);
    let body = serde_json::json!({ "object": "whatsapp_business_account", "entry": [{ "id": number.waba_id,
        "changes": [{ "field": "messages", "value": { "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "628", "phone_number_id": "999999999999999" },
            "messages": [{ "from": "628115559999", "id": wamid, "timestamp": "1795000000", "type": "text",
                "text": { "body": told.word } }] } }] }] });
    let body = body.to_string().into_bytes();
    let signed = webhook::signature(&number.app_secret, &body);
    let url = format!("{}{}", app.base_url, number.webhook_path);
    let answer = app.http().post(url).header(webhook::SIGNATURE, signed).body(body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    app.settles().await;
    let aside = "select delivery_id from webhook_item where tenant_id = @ and outcome = 'quarantined'";
    let officer = "select id from officer where tenant_id = @ order by id";
    Names::from([
        ("office", told.slug.to_owned()),
        ("office_id", office.id.to_string()),
        ("delivery", beneath.id(aside, office.id).await.to_string()),
        ("officer", beneath.id(officer, office.id).await.to_string()),
        ("session", session_of(victim)),
        ("code", told.province.to_owned()),
        ("key", number.webhook_path.rsplit('/').next().unwrap().to_owned()),
        ("email", format!("kabid@{}.loket.test", told.slug)),
        ("district", told.district.to_owned()),
        ("verify_token", number.verify_token.clone()),
    ])
}

/// What names nothing anywhere, of every kind.
pub fn absent() -> Names {
    let receipt = ReceiptNumber::at("KPG", &monday_morning(), 99_999).unwrap().to_string();
    let mut names = Names::from([
        ("office", "kab-tiada".to_owned()),
        ("receipt", receipt),
        ("code", "99".to_owned()),
        ("key", "0".repeat(32)),
        ("email", "tiada@kab-tiada.loket.test".to_owned()),
        ("nik", "1101016502909099".to_owned()),
        ("kk", "1101011203159099".to_owned()),
        ("name", "TIADA SEORANGPUN".to_owned()),
        ("tail", "0000".to_owned()),
        ("phone", "628990000000".to_owned()),
        ("district", "Tiada".to_owned()),
        ("verify_token", "0".repeat(64)),
    ]);
    let ids = [
        "office_id",
        "request",
        "paper",
        "media",
        "file",
        "product",
        "conversation",
        "message",
        "delivery",
        "session",
        "variant",
        "officer",
        "person",
        "membership",
        "invitation",
        "delegation",
        "service",
        "unit",
        "number",
        "reply",
        "sender",
        "outage",
        "evidence",
        "item",
        "piece",
        "point",
        "round",
        "appointment",
        "consignment",
    ];
    for (number, kind) in (0xfeed_0000_u128..).zip(ids) {
        names.insert(kind, Uuid::from_u128((0x019a_0000_0000_7000_8000_u128 << 48) | number).to_string());
    }
    names
}

/// The id in a session cookie.
fn session_of(officer: &Officer) -> String {
    claims(&officer.cookie("loket").unwrap())["jti"].as_str().unwrap().to_owned()
}

/// What a session cookie says.
pub fn claims(cookie: &str) -> serde_json::Value {
    use base64::Engine;
    let middle = cookie.split('.').nth(1).unwrap();
    serde_json::from_slice(&base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(middle).unwrap()).unwrap()
}
