//! Accounts, sessions and places together, on a real database.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use chrono::TimeDelta;
use loket_core::{
    id::{OfficeId, SessionId, UserId},
    kinds::{OfficeStatus, Role},
    permission::{Permission, Scope},
    text::Email,
};
use loket_entity::{account, platform_audit};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};

use super::*;
use crate::{
    domain::tenancy,
    infra::{By, House, PlatformTx},
    testing::TestHouse,
};

const PASSWORD: &str = "kata sandi ratna";

fn hasher() -> PasswordHasher {
    PasswordHasher::new(argon2::Params::new(8, 1, 1, None).unwrap(), 2).unwrap()
}

fn client() -> ClientInfo {
    ClientInfo { ip: "203.0.113.7".parse().unwrap(), agent: "Peramban\n/1.0".to_owned() }
}

async fn ratna(house: &House) -> UserId {
    let new = NewAccount {
        email: Email::parse("Ratna@Tangerang.test").unwrap(),
        name: "Ratna Dewi".to_owned(),
        password: Password::new(PASSWORD),
    };
    create_account(house, &hasher(), By::System, new).await.unwrap()
}

async fn enter(house: &House) -> NewSession {
    sign_in(house, &hasher(), "ratna@tangerang.test", &Password::new(PASSWORD), client()).await.unwrap()
}

async fn live(house: &House, id: SessionId) -> Option<LiveSession> {
    session_by_id(house, id).await.unwrap()
}

async fn operator(house: &House, user: UserId, office: OfficeId) -> loket_core::id::MembershipId {
    let new = NewMembership {
        account: user,
        place: Place::Office(office),
        role: Role::Operator,
        scope: Scope::default(),
        from: None,
        until: None,
    };
    grant(house, By::System, new).await.unwrap()
}

async fn refusals(house: &House) -> u64 {
    let tx = PlatformTx::read(house).await.unwrap();
    let of_action = platform_audit::Column::Action.eq("sign_in.refused");
    tx.find::<platform_audit::Entity>().filter(of_action).count(tx.on()).await.unwrap()
}

#[tokio::test]
async fn who_knows_the_password_is_in_until_they_leave() {
    let (test, office) = TestHouse::with_office().await;
    let user = ratna(&test.house).await;
    operator(&test.house, user, office).await;
    let new = enter(&test.house).await;
    let session = live(&test.house, new.id).await.unwrap();
    assert_eq!((session.user, session.name.as_str()), (user, "Ratna Dewi"));
    assert!(session.standing(office).unwrap().may(Permission::HandleRequests));
    assert_eq!(session.standing(OfficeId::NIL), None);
    assert!(sign_out(&test.house, user, new.id).await.unwrap());
    assert!(live(&test.house, new.id).await.is_none());
    assert!(!sign_out(&test.house, user, new.id).await.unwrap());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_refused_alike_and_recorded() {
    let test = TestHouse::open().await;
    ratna(&test.house).await;
    for (email, password) in [
        ("ratna@tangerang.test", "salah sekali"),
        ("ratna@tangerang.test", "kata sandi ratna "),
        ("siapa@tangerang.test", PASSWORD),
        ("bukan alamat", PASSWORD),
        ("ratna@tangerang.test", ""),
    ] {
        let refused = sign_in(&test.house, &hasher(), email, &Password::new(password), client()).await;
        assert!(matches!(refused, Err(SignInRefusal::Wrong)), "{email}");
    }
    assert_eq!(refusals(&test.house).await, 5);
}

#[tokio::test]
async fn the_eleventh_wrong_try_is_refused_even_with_the_right_password() {
    let test = TestHouse::open().await;
    ratna(&test.house).await;
    let attempt = async |password: &str, ip: &str| {
        let client = ClientInfo { ip: ip.parse().unwrap(), ..client() };
        sign_in(&test.house, &hasher(), "ratna@tangerang.test", &Password::new(password), client).await
    };
    for _ in 0..10 {
        assert!(matches!(attempt("salah sekali", "203.0.113.7").await, Err(SignInRefusal::Wrong)));
    }
    for _ in 0..5 {
        assert!(matches!(attempt(PASSWORD, "203.0.113.7").await, Err(SignInRefusal::TooOften(_))));
    }
    assert_eq!(refusals(&test.house).await, 11, "the throttled tries are recorded once");
    assert!(attempt(PASSWORD, "203.0.113.8").await.is_ok());
    test.clock.advance(TimeDelta::minutes(15));
    assert!(attempt(PASSWORD, "203.0.113.7").await.is_ok());
}

#[tokio::test]
async fn a_session_ends_by_idleness_and_by_age() {
    let test = TestHouse::open().await;
    ratna(&test.house).await;
    let idle = enter(&test.house).await;
    test.clock.advance(TimeDelta::hours(12));
    assert!(live(&test.house, idle.id).await.is_some());
    test.clock.advance(TimeDelta::seconds(1));
    assert!(live(&test.house, idle.id).await.is_none());

    let busy = enter(&test.house).await;
    for _ in 0..(7 * 24 - 1) {
        test.clock.advance(TimeDelta::hours(1));
        let session = live(&test.house, busy.id).await.unwrap();
        assert!(session.wants_touch(test.clock_now()));
        touch(&test.house, busy.id).await.unwrap();
        assert!(!live(&test.house, busy.id).await.unwrap().wants_touch(test.clock_now()));
    }
    test.clock.advance(TimeDelta::hours(1));
    assert!(live(&test.house, busy.id).await.is_none());
}

#[tokio::test]
async fn what_is_taken_away_is_gone_at_once() {
    let (test, office) = TestHouse::with_office().await;
    let user = ratna(&test.house).await;
    let held = operator(&test.house, user, office).await;
    let new = enter(&test.house).await;
    let session = async || live(&test.house, new.id).await.unwrap();
    assert!(session().await.standing(office).is_some());

    tenancy::change_status(&test.house, By::System, office, OfficeStatus::Suspended).await.unwrap();
    assert!(!session().await.offices()[0].is_open());
    withdraw(&test.house, By::System, held).await.unwrap();
    assert!(session().await.standing(office).is_none());
    close_account(&test.house, By::System, user).await.unwrap();
    assert!(live(&test.house, new.id).await.is_none());
    let refused =
        sign_in(&test.house, &hasher(), "ratna@tangerang.test", &Password::new(PASSWORD), client()).await;
    assert!(matches!(refused, Err(SignInRefusal::Wrong)));
}

#[tokio::test]
async fn a_delegation_counts_between_its_dates_only() {
    let (test, office) = TestHouse::with_office().await;
    let user = ratna(&test.house).await;
    let now = test.clock_now();
    let new = NewMembership {
        account: user,
        place: Place::Office(office),
        role: Role::Head,
        scope: Scope::default(),
        from: Some(now + TimeDelta::hours(1)),
        until: Some(now + TimeDelta::hours(2)),
    };
    grant(&test.house, By::System, new).await.unwrap();
    let session = enter(&test.house).await;
    let stands = async || live(&test.house, session.id).await.unwrap().standing(office).is_some();
    assert!(!stands().await);
    test.clock.advance(TimeDelta::hours(1));
    assert!(stands().await);
    test.clock.advance(TimeDelta::hours(1));
    assert!(!stands().await);
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session() {
    let test = TestHouse::open().await;
    let user = ratna(&test.house).await;
    let (here, there) = (enter(&test.house).await, enter(&test.house).await);
    let change = async |old: &str, new: &str| {
        let (old, new) = (Password::new(old), Password::new(new));
        change_password(&test.house, &hasher(), (user, here.id), &old, &new).await
    };
    assert!(matches!(change("salah", "kata sandi baru").await, Err(PasswordChangeError::Wrong)));
    for weak in ["pendek", "Sayang123", "ratna2026", "tangerang.test"] {
        assert!(matches!(change(PASSWORD, weak).await, Err(PasswordChangeError::Refused(_))), "{weak}");
    }
    change(PASSWORD, "kata sandi baru").await.unwrap();
    assert!(live(&test.house, here.id).await.is_some());
    assert!(live(&test.house, there.id).await.is_none());
    assert_eq!(sign_out_everywhere(&test.house, By::Account(user), user).await.unwrap(), 1);
    assert!(live(&test.house, here.id).await.is_none());
}

#[tokio::test]
async fn nobody_ends_somebody_elses_session() {
    let test = TestHouse::open().await;
    ratna(&test.house).await;
    let new = enter(&test.house).await;
    assert!(!sign_out(&test.house, UserId::NIL, new.id).await.unwrap());
    assert!(live(&test.house, new.id).await.is_some());
}

#[tokio::test]
async fn an_old_hash_is_made_again_at_sign_in() {
    let test = TestHouse::open().await;
    let user = ratna(&test.house).await;
    let stronger = PasswordHasher::new(argon2::Params::new(16, 1, 1, None).unwrap(), 1).unwrap();
    let password = Password::new(PASSWORD);
    for _ in 0..2 {
        sign_in(&test.house, &stronger, "ratna@tangerang.test", &password, client()).await.unwrap();
    }
    let tx = PlatformTx::read(&test.house).await.unwrap();
    let row = tx.find::<account::Entity>().filter(account::Column::Id.eq(user)).one(tx.on()).await.unwrap();
    assert!(row.unwrap().password_hash.contains("m=16,"));
}

#[tokio::test]
async fn an_address_has_one_account() {
    let test = TestHouse::open().await;
    ratna(&test.house).await;
    let again = NewAccount {
        email: Email::parse("RATNA@tangerang.test").unwrap(),
        name: "Ratna".to_owned(),
        password: Password::new(PASSWORD),
    };
    let refused = create_account(&test.house, &hasher(), By::System, again).await;
    assert!(matches!(refused, Err(AccountError::EmailTaken)));
}

#[tokio::test]
async fn nobody_begins_with_a_password_that_everybody_tries() {
    let test = TestHouse::open().await;
    for (weak, refusal) in [
        ("Indonesia45", PasswordRefusal::Common),
        ("bismillah", PasswordRefusal::Common),
        ("BudiHartono1", PasswordRefusal::Own),
    ] {
        let new = NewAccount {
            email: Email::parse("budi@batu.test").unwrap(),
            name: "Budi Hartono".to_owned(),
            password: Password::new(weak),
        };
        let refused = create_account(&test.house, &hasher(), By::System, new).await;
        assert!(matches!(refused, Err(AccountError::Password(found)) if found == refusal), "{weak}");
    }
}

#[tokio::test]
async fn what_has_run_out_is_cleared_away() {
    let test = TestHouse::open().await;
    ratna(&test.house).await;
    enter(&test.house).await;
    assert_eq!(tidy(&test.house).await.unwrap(), 0);
    test.clock.advance(TimeDelta::days(38));
    assert_eq!(tidy(&test.house).await.unwrap(), 3, "two counts and a session");
}
