//! The hunt: everybody asks every question about everything of the other office.

use loket_core::permission::preset;
use loket_tests::{
    app::{On, Switches, TestApp},
    people::{Officer, Page},
};

use super::{
    actors::{Actor, Home, everybody, sign_in},
    beneath::{Beneath, changed},
    cells::{Cell, Choice, Stock, foreign_cells, label, other_methods, own_cell},
    judge::{ask, difference, plain, refuses, told},
    matrix::{QUESTIONS, Question, Rule},
    offices::{self, A, B, Names, Side},
};

/// What a hunt found.
#[derive(Default)]
pub struct Found {
    /// Questions asked.
    pub cells: usize,
    /// What was told or changed that should not have been.
    pub leaks: Vec<String>,
}

/// A house with two offices in it, to be hunted through.
pub struct Ground {
    app: TestApp,
    beneath: Beneath,
    a: Side,
    b: Side,
    absent: Names,
}

/// Who asks about whom.
struct Turn<'a> {
    own: &'a Side,
    foreign: &'a Side,
    canaries: Vec<String>,
}

impl Ground {
    /// Makes it.
    pub async fn make(on: On, switches: Switches) -> Self {
        let app = TestApp::with(on, switches).await.unwrap();
        let beneath = Beneath::of(&app).await;
        let a = offices::settle(&app, &beneath, &A).await;
        let b = offices::settle(&app, &beneath, &B).await;
        Self { app, beneath, a, b, absent: offices::absent() }
    }

    /// Everybody asks everything.
    pub async fn hunt(&self) -> Found {
        let mut found = Found::default();
        for actor in everybody(&self.app, &self.b.own).await {
            let turn = self.turn(&actor);
            for question in QUESTIONS {
                let before = (self.beneath.all_of(turn.foreign.office).await, found.leaks.len());
                self.ask_all(&actor, (question, &turn), &mut found).await;
                for table in changed(&before.0, &self.beneath.all_of(turn.foreign.office).await) {
                    let what = format!("{}: {} {} changed {table}", actor.label, question.method, question.path);
                    found.leaks.push(what);
                }
            }
        }
        self.app.settles().await;
        found
    }

    fn turn(&self, actor: &Actor) -> Turn<'_> {
        let (own, foreign) = if actor.home == Home::B { (&self.b, &self.a) } else { (&self.a, &self.b) };
        let mut canaries = foreign.canaries.clone();
        if actor.home == Home::Nowhere {
            canaries.extend(own.canaries.iter().cloned());
        }
        Turn { own, foreign, canaries }
    }

    async fn ask_all(&self, actor: &Actor, (question, turn): (&Question, &Turn<'_>), found: &mut Found) {
        for cell in foreign_cells(question).into_iter().chain(other_methods(question)) {
            // Many failed sign-ins close the door to everybody at this address.
            if question.path == "/masuk" && question.method == "POST" && cell.claims.is_some() {
                continue;
            }
            self.ask_as_absent(actor, (&cell, turn), found).await;
        }
        self.ask_own(actor, (question, turn), found).await;
    }

    /// What is another's is answered as what does not exist.
    async fn ask_as_absent(&self, actor: &Actor, (cell, turn): (&Cell, &Turn<'_>), found: &mut Found) {
        found.cells += 1;
        let stock = Stock { own: &turn.own.own, foreign: turn.foreign, absent: &self.absent };
        let written = cell.write(&stock);
        let own_session = self.own_session(actor, &cell.question).await;
        let browser = own_session.as_ref().unwrap_or(&actor.browser);
        let page = ask(&self.app, browser, &written).await;
        let mut wrong = self.absolute(&page, (&written.put, &turn.canaries));
        if cell.question.rule == Rule::Refused {
            if !refuses(&page) {
                wrong.push(format!("answered {}", page.status));
            }
        } else {
            let twin = cell.twin().write(&stock);
            let again = self.own_session(actor, &cell.question).await;
            let browser = again.as_ref().unwrap_or(&actor.browser);
            let absent = ask(&self.app, browser, &twin).await;
            let (one, other) = (plain(&page, &written.put), plain(&absent, &twin.put));
            if one != other && !unreadable(&page, &absent) && cell.question.path != "/metrics" {
                wrong.push(difference(&one, &other));
            }
        }
        for what in wrong {
            found.leaks.push(format!("{}: {}: {what}", actor.label, label(cell)));
        }
    }

    /// What is one's own is there by leave only, and claiming another office changes nothing in it.
    async fn ask_own(&self, actor: &Actor, (question, turn): (&Question, &Turn<'_>), found: &mut Found) {
        found.cells += 2;
        let stock = |own| Stock { own, foreign: turn.foreign, absent: &self.absent };
        let claiming = own_cell(question, Some(Choice::Foreign));
        let session = self.own_session(actor, question).await;
        let browser = session.as_ref().unwrap_or(&actor.browser);
        let written = claiming.write(&stock(&turn.own.spare));
        let page = ask(&self.app, browser, &written).await;
        for what in self.absolute(&page, (&written.put, &turn.canaries)) {
            found.leaks.push(format!("{}: {}: {what}", actor.label, label(&claiming)));
        }
        if allowed(actor, question) || !question.path.contains("{office}") {
            return;
        }
        let own = own_cell(question, None);
        let before = self.beneath.all_of(turn.own.office).await;
        let page = ask(&self.app, &actor.browser, &own.write(&stock(&turn.own.own))).await;
        let mut wrong = changed(&before, &self.beneath.all_of(turn.own.office).await);
        let names = [turn.own.canaries.as_slice()].concat();
        let reads: Vec<String> = names.into_iter().filter(|name| !is_staff(name)).collect();
        wrong.extend(told(&page, &[], &reads));
        if question.needs.is_some() && actor.in_scope_of_nothing(question) && !refuses(&page) {
            wrong.push(format!("answered {} {:?}", page.status, page.location));
        }
        for what in wrong {
            found.leaks.push(format!("{}: without leave: {}: {what}", actor.label, label(&own)));
        }
    }

    /// What holds of every answer.
    fn absolute(&self, page: &Page, (put, canaries): (&[String], &[String])) -> Vec<String> {
        let mut wrong = told(page, put, canaries);
        if page.status.is_server_error() {
            wrong.push(format!("a fault: {}", page.status));
        }
        wrong
    }

    /// A session to be ended, for a question that ends the one that asks it.
    async fn own_session(&self, actor: &Actor, question: &Question) -> Option<Officer> {
        match actor.account.filter(|_| question.parts) {
            Some(account) => Some(sign_in(&self.app, account).await),
            None => None,
        }
    }
}

impl Actor {
    /// Whether the role alone says no: a narrowed scope still sees empty lists.
    fn in_scope_of_nothing(&self, question: &Question) -> bool {
        let Some((role, needs)) = self.role.zip(question.needs) else { return true };
        self.home == Home::Nowhere || !preset(role).contains(&needs)
    }
}

fn allowed(actor: &Actor, question: &Question) -> bool {
    let Some(role) = actor.role.filter(|_| actor.home != Home::Nowhere) else { return false };
    question.needs.is_none_or(|needs| actor.in_scope && preset(role).contains(&needs))
}

/// What cannot be read is refused as such or for who asks, whichever was noticed first.
fn unreadable(page: &Page, twin: &Page) -> bool {
    let refused = |page: &Page| page.status == 400 || refuses(page);
    refused(page) && refused(twin) && (page.status == 400 || twin.status == 400)
}

/// Officers are named on pages of their own office.
fn is_staff(name: &str) -> bool {
    [A.marks, B.marks].concat().contains(&name)
}

async fn report(name: &str, on: On, switches: Switches) -> Found {
    let found = Ground::make(on, switches).await.hunt().await;
    println!("{name}: cells {}, leaks {}", found.cells, found.leaks.len());
    for leak in found.leaks.iter().take(40) {
        println!("  {leak}");
    }
    found
}

/// Neither seals nor anything else stands beside the half that is tried.
const OPEN: Switches = Switches { without_filter: false, without_policies: false, left_open: true };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_of_another_office_on_sqlite() {
    let found = report("SQLite, the application alone", On::Sqlite, Switches::default()).await;
    assert_eq!(found.leaks.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_of_another_office_on_postgres() {
    let found = report("PostgreSQL, the whole wall", On::Postgres, Switches::default()).await;
    assert_eq!(found.leaks.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_level_security_alone_tells_nobody() {
    let found = report("PostgreSQL alone", On::Postgres, Switches { without_filter: true, ..OPEN }).await;
    assert_eq!(found.leaks.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_application_alone_tells_nobody_on_postgres() {
    let switches = Switches { without_policies: true, ..OPEN };
    let found = report("PostgreSQL without policies", On::Postgres, switches).await;
    assert_eq!(found.leaks.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hunt_finds_leaks_when_both_halves_are_down() {
    let found = report("SQLite without the filter (the control)", On::Sqlite, Switches { without_filter: true, ..OPEN }).await;
    assert!(found.leaks.iter().any(|leak| leak.contains(B.word)), "another's words are told");
    assert!(found.leaks.iter().any(|leak| leak.contains("changed")), "another's rows are changed");
    let both = Switches { without_filter: true, without_policies: true, left_open: true };
    let found = report("PostgreSQL with both down (the control)", On::Postgres, both).await;
    assert!(found.leaks.iter().any(|leak| leak.contains(B.word)), "another's words are told");
}
