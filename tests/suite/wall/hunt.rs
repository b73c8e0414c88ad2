//! The hunt: everybody asks every question about everything of the other office.

use loket::web::routes::{Forgot, SignIn};
use loket_core::permission::{
    Permission::{self, ReadRequests},
    preset,
};
use loket_tests::{
    app::{On, Switches, TestApp},
    people::{Officer, Page},
};

use super::{
    actors::{Actor, Home, everybody, sign_in},
    beneath::{Beneath, changed},
    cells::{Cell, Choice, Stock, foreign_cells, label, other_methods, own_cell},
    judge::{alike, ask, difference, plain, refuses, told},
    matrix::QUESTIONS,
    offices::{self, A, B, Names, Side},
    question::{Question, Rule},
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

    /// Everybody, or one of them, asks everything.
    pub async fn hunt(&self, who: Option<&str>) -> Found {
        let mut found = Found::default();
        let everybody = everybody(&self.app, &self.b.own).await;
        for actor in everybody.into_iter().filter(|actor| who.is_none_or(|who| who == actor.label)) {
            let turn = self.turn(&actor);
            let mut before = self.beneath.all_of(turn.foreign.office).await;
            for question in QUESTIONS {
                self.ask_all(&actor, (question, &turn), &mut found).await;
                let after = self.beneath.all_of(turn.foreign.office).await;
                for table in changed(&before, &after) {
                    let what =
                        format!("{}: {} {} changed {table}", actor.label, question.method, question.path);
                    found.leaks.push(what);
                }
                before = after;
            }
        }
        self.app.settles().await;
        found
    }

    fn turn(&self, actor: &Actor) -> Turn<'_> {
        let (own, foreign) = if actor.home == Home::B || actor.label == "provinsi.ntt" {
            (&self.b, &self.a)
        } else {
            (&self.a, &self.b)
        };
        let mut canaries = foreign.canaries.clone();
        if actor.home == Home::Nowhere {
            canaries.extend(own.canaries.iter().cloned());
        }
        Turn { own, foreign, canaries }
    }

    async fn ask_all(&self, actor: &Actor, (question, turn): (&Question, &Turn<'_>), found: &mut Found) {
        // Many failed sign-ins close the door to everybody at this address; so do many wishes for a password.
        let few = ["anonymous", FEW].contains(&actor.label);
        let counted = [SignIn::PATTERN, Forgot::PATTERN].contains(&question.route);
        if !few && counted && question.method == "POST" {
            return;
        }
        let others = if few { other_methods(question) } else { Vec::new() };
        for cell in foreign_cells(question).into_iter().chain(others) {
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
        } else if cell.question.rule == Rule::AsAbsent {
            let twin = cell.twin().write(&stock);
            let again = self.own_session(actor, &cell.question).await;
            let browser = again.as_ref().unwrap_or(&actor.browser);
            let absent = ask(&self.app, browser, &twin).await;
            if alike(&page, &absent) {
                return self.notes(actor, (cell, wrong), found);
            }
            let (one, other) = (plain(&page, &written.put), plain(&absent, &twin.put));
            if one != other && !unreadable(&page, &absent) && cell.question.path != "/metrics" {
                wrong.push(difference(&one, &other));
            }
        }
        self.notes(actor, (cell, wrong), found);
    }

    fn notes(&self, actor: &Actor, (cell, wrong): (&Cell, Vec<String>), found: &mut Found) {
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
        let of_the_office = question.path.contains("{office}");
        let lists = actor.holds(question.needs) && !question.path.contains("{request}");
        if actor.may(question.needs) || lists || !of_the_office {
            return;
        }
        let own = own_cell(question, None);
        let before = self.beneath.all_of(turn.own.office).await;
        let page = ask(&self.app, &actor.browser, &own.write(&stock(&turn.own.own))).await;
        let after = self.beneath.all_of(turn.own.office).await;
        let mut wrong = changed(&before, &after);
        let names = [turn.own.canaries.as_slice()].concat();
        let reads: Vec<String> = names.into_iter().filter(|name| !is_staff(name)).collect();
        if !actor.may(Some(ReadRequests)) {
            wrong.extend(told(&page, &[], &reads));
        }
        if question.needs.is_some() && !actor.holds(question.needs) && !refuses(&page) {
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
    /// Whether the role has a permission, for whatever part of the office.
    fn holds(&self, needs: Option<Permission>) -> bool {
        let Some(role) = self.role.filter(|_| self.home != Home::Nowhere) else { return false };
        needs.is_none_or(|needs| preset(role).contains(&needs))
    }

    /// Whether the role has it for the requests in question.
    fn may(&self, needs: Option<Permission>) -> bool {
        self.holds(needs) && (needs.is_none() || self.in_scope)
    }
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

/// Whom the control needs, and who also tries methods that no route has.
const FEW: &str = "kabid@kab-tangerang";

async fn report(name: &str, on: On, (switches, who): (Switches, Option<&str>)) -> Found {
    let found = Ground::make(on, switches).await.hunt(who).await;
    println!("{name}: cells {}, leaks {}", found.cells, found.leaks.len());
    for leak in found.leaks.iter().take(40) {
        println!("  {leak}");
    }
    found
}

/// Neither seals nor anything else stands beside the half that is tried.
const OPEN: Switches = Switches { without_filter: false, without_policies: false, left_open: true };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_application_alone_tells_nobody_on_sqlite() {
    let found = report("SQLite, the application alone", On::Sqlite, (Switches::default(), None)).await;
    assert_eq!(found.leaks.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_level_security_alone_tells_nobody() {
    let switches = Switches { without_filter: true, ..OPEN };
    let found = report("PostgreSQL alone", On::Postgres, (switches, None)).await;
    assert_eq!(found.leaks.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_application_alone_tells_nobody_on_postgres() {
    let switches = Switches { without_policies: true, ..OPEN };
    let found = report("PostgreSQL without policies", On::Postgres, (switches, None)).await;
    assert_eq!(found.leaks.len(), 0);
}

/// The control: what a hunt finds when nothing stands in its way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hunt_finds_leaks_when_both_halves_are_down() {
    let down = Switches { without_filter: true, without_policies: true, left_open: true };
    for (name, on) in [("SQLite without the filter", On::Sqlite), ("PostgreSQL with both down", On::Postgres)]
    {
        let found = report(name, on, (down, Some(FEW))).await;
        assert!(found.leaks.iter().any(|leak| leak.contains(B.word)), "another's words are told");
        assert!(found.leaks.iter().any(|leak| leak.contains("changed")), "another's rows are changed");
    }
}
