//! At the desk: the fields of a service's form.

use std::collections::BTreeMap;

use super::*;

pub(super) fn typed(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_request_at_the_counter_has_no_conversation_and_nobody_waits_for_a_reply() {
    let desk = Desk::open().await;
    let mut cx = desk.operator().await;
    let fields = [("nama_kepala_keluarga", "ahmad fauzi"), ("kecamatan", "tigaraksa"), ("desa", "Pete")];
    let typed = typed(&fields);
    let entry = |channel| DeskEntry { channel, variant: desk.kk.1, typed: &typed };
    let opened = open_at_desk(&mut cx, &desk.office, entry(Channel::Counter)).await.unwrap();
    let view = request(&mut cx, &desk.office, opened.id).await.unwrap();
    assert_eq!((view.conversation, view.row.unanswered_since), (None, None));
    assert_eq!((view.row.channel, view.row.district.as_deref()), (Channel::Counter, Some("Tigaraksa")));
    assert_eq!(view.row.first_message_at, desk.test.clock_now());
    for channel in [Channel::WhatsApp, Channel::Web] {
        let refused = open_at_desk(&mut cx, &desk.office, entry(channel)).await;
        assert!(matches!(refused, Err(RequestError::Invalid(_))), "{channel}");
    }
    cx.commit().await.unwrap();
}

#[tokio::test]
async fn at_the_counter_a_number_may_be_missing_but_not_be_wrong() {
    let desk = Desk::open().await;
    let mut cx = desk.operator().await;
    let given = typed(&[("no_kk", "36030312"), ("kecamatan", "Tigaraksa"), ("desa", "Antah")]);
    let entry = DeskEntry { channel: Channel::Counter, variant: desk.kk.1, typed: &given };
    let refused = open_at_desk(&mut cx, &desk.office, entry).await;
    let Err(RequestError::Fields(problems)) = refused else { unreachable!() };
    let told: Vec<_> =
        problems.iter().map(|one| (one.key.clone().unwrap_or_default(), one.kind.code())).collect();
    let told: Vec<_> = told.iter().map(|(key, code)| (key.as_str(), *code)).collect();
    assert_eq!(told, [("no_kk", "length"), ("desa", "unknown_place"), ("nama_kepala_keluarga", "missing")]);
}

#[tokio::test]
async fn every_form_asks_whom_it_is_about_and_from_where() {
    let desk = Desk::open().await;
    let cx = desk.operator().await;
    let mut loaded = catalogue::load(&cx).await.unwrap();
    let keys = |catalogue: &catalogue::Catalogue| -> Vec<String> {
        let form = desk_form_of(catalogue, desk.kk.0, &desk.office);
        form.fields.into_iter().map(|field| field.key).collect()
    };
    assert_eq!(keys(&loaded), ["no_kk", "nama_kepala_keluarga", "desa", "kecamatan"]);
    let format = loaded.formats.iter_mut().find(|format| format.keyword == "KK").unwrap();
    format.fields.retain(|field| field.key == "no_kk");
    assert_eq!(keys(&loaded), ["nama", "no_kk", "kecamatan"]);
    loaded.formats.clear();
    assert_eq!(keys(&loaded), ["nama", "kecamatan", "desa", "nik", "no_kk"]);
}
