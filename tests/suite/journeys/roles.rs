//! Every role lands on a page of its own after signing in, and every place it is offered is there.

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::describe::Account;

use super::{Stage, looks_well};

#[tokio::test]
async fn every_role_begins_on_a_page_and_none_of_its_links_is_dead() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let mut seen = std::collections::BTreeSet::new();
    let everybody = stage.demo.offices.iter().flat_map(|office| &office.accounts).chain(&stage.demo.accounts);
    // One of each role, on both screens.
    for account in everybody.filter(|account| seen.insert(account.role.clone())) {
        for screen in [Screen::Desk, Screen::Phone] {
            walks_through(&stage, account, screen)
                .await
                .map_err(|error| format!("{}: {error}", account.role))?;
        }
    }
    assert!(seen.len() >= 8, "{seen:?}");
    Ok(())
}

async fn walks_through(stage: &Stage, account: &Account, screen: Screen) -> Result<(), Trouble> {
    let person = Person::arrives(&account.role, screen).await?;
    stage.sign_in(&person, account).await?;
    is_a_page(&person).await?;
    for path in person.places("Utama").await? {
        person.opens(&stage.url(&path)).await?;
        is_a_page(&person).await?;
    }
    person.opens(&stage.url("/sesi")).await?;
    is_a_page(&person).await?;
    person.leaves().await
}

async fn is_a_page(person: &Person) -> Result<(), Trouble> {
    let (address, page) = (person.address().await?, person.reads().await?);
    for wrong in ["Kode untuk petugas teknis", "Lupa kata sandi"] {
        if page.contains(wrong) {
            return Err(format!("{address} shows “{wrong}”: {page}").into());
        }
    }
    looks_well(person).await
}
