//! The site as a browser meets it: doors, cookies, tokens, headers, errors.

#![expect(clippy::unwrap_used, reason = "a test may stop")]
#![expect(clippy::panic, reason = "one page breaks on purpose")]

mod every_answer;
mod signing_in;
mod thresholds;
mod webhook;

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc, time::Duration};

use actix_web::{
    App, HttpResponse,
    body::to_bytes,
    cookie::Cookie,
    dev::Service,
    http::{StatusCode, header::HeaderValue},
    test::{self, TestRequest},
    web::{self, Data, ServiceConfig},
};
use futures_util::future::LocalBoxFuture;
use loket_core::{
    id::{OfficeId, UserId},
    kinds::Role,
    permission::Scope,
    text::Email,
};

use super::{
    form::Upload,
    guard::InOffice,
    live::{Live, LiveLimits},
    site::{Opening, Site},
    uploads::Uploads,
};
use crate::{
    domain::{
        accounts::{
            NewAccount, NewMembership, Password, PasswordHasher, Place, Tokens, create_account, grant,
        },
        live::Hub,
        tenancy::create_office,
        whatsapp::Door,
    },
    infra::{By, files::FileStore},
    testing::{TestHouse, new_office},
};

const PASSWORD: &str = "kata sandi ratna";
const NEAR: &str = "203.0.113.7:4711";

/// What a browser got.
struct Page {
    status: StatusCode,
    headers: BTreeMap<String, String>,
    cookies: BTreeMap<String, String>,
    body: String,
}

impl Page {
    async fn of(answer: HttpResponse) -> Self {
        let status = answer.status();
        let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let cookies = answer.cookies();
        let cookies = cookies.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect();
        let bytes = to_bytes(answer.into_body()).await.unwrap();
        Self { status, headers, cookies, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }

    fn token(&self) -> String {
        let (_, after) = self.body.split_once(r#"name="csrf" value=""#).unwrap();
        after.split_once('"').unwrap().0.to_owned()
    }
}

/// Asks the site, whatever its type is.
type Ask = Rc<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Page>>;

/// A browser with its cookies.
struct Browser {
    ask: Ask,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Browser {
    fn another(&self) -> Self {
        Self { ask: Rc::clone(&self.ask), cookies: RefCell::default() }
    }

    async fn send(&self, request: TestRequest) -> Page {
        let mut request = request.peer_addr(NEAR.parse().unwrap());
        for (name, value) in self.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let page = (self.ask)(request).await;
        self.cookies.borrow_mut().extend(page.cookies.clone());
        page
    }

    async fn get(&self, path: &str) -> Page {
        self.send(TestRequest::get().uri(path)).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let request = TestRequest::post().uri(path).insert_header(("sec-fetch-site", "same-origin"));
        self.send(request.set_form(form)).await
    }

    async fn sign_in(&self, password: &str) -> Page {
        let form = self.get("/masuk").await;
        let entry = [("csrf", &*form.token()), ("email", "ratna@tangerang.test"), ("password", password)];
        self.post("/masuk", &entry).await
    }
}

async fn in_office(place: InOffice) -> String {
    format!("{} {:?}", place.office.slug, place.standing.role())
}

/// What a form with a file said, once it was read; its token was drawn for nobody.
async fn uploaded(upload: Upload) -> String {
    upload.texts().join(" ")
}

async fn broken() -> HttpResponse {
    panic!("a handler broke")
}

fn extra(cfg: &mut ServiceConfig) {
    cfg.service(web::resource("/kantor/{office}").get(in_office))
        .service(web::resource("/rusak").get(broken))
        .service(web::resource("/unggah").post(uploaded));
}

struct World {
    test: TestHouse,
    office: OfficeId,
    other: OfficeId,
    user: UserId,
}

async fn world() -> World {
    let (test, office) = TestHouse::with_office().await;
    let other = create_office(&test.house, new_office("kab-dua", "DUA")).await.unwrap();
    let hasher = hasher();
    let new = NewAccount {
        email: Email::parse("ratna@tangerang.test").unwrap(),
        name: "Ratna Dewi".to_owned(),
        password: Password::new(PASSWORD),
    };
    let user = create_account(&test.house, &hasher, By::System, new).await.unwrap();
    let world = World { test, office, other, user };
    world.join(office).await;
    world
}

impl World {
    async fn join(&self, office: OfficeId) {
        let new = NewMembership {
            account: self.user,
            place: Place::Office(office),
            role: Role::Operator,
            scope: Scope::default(),
            from: None,
            until: None,
        };
        grant(&self.test.house, By::System, new).await.unwrap();
    }

    fn site(&self) -> Site {
        Site {
            house: self.test.house.clone(),
            hasher: hasher(),
            tokens: Arc::new(Tokens::new(&[9; 32]).unwrap()),
            mailer: None,
            files: FileStore::in_folder(self.test.folder.path()).unwrap(),
            door: Arc::new(Door::new(self.test.house.clone())),
            demo: false,
            public_url: "https://loket.test".to_owned(),
            secure: true,
            hosts: Vec::new(),
            trusted_proxies: Vec::new(),
            metrics_token: None,
            front: None,
            uploads: Uploads::new(1, Duration::from_millis(50)),
            live: Live::new(Hub::new(self.test.house.clone()), LiveLimits::default()),
            opening: Opening::new(true),
        }
    }
}

fn hasher() -> PasswordHasher {
    PasswordHasher::new(argon2::Params::new(8, 1, 1, None).unwrap(), 2).unwrap()
}

async fn browser(site: Site) -> Browser {
    let site = Data::new(site);
    let pages = |cfg: &mut ServiceConfig| {
        super::pages::routes(cfg);
        super::webhook::routes(cfg);
        extra(cfg);
    };
    let app = App::new().configure(|cfg| super::within(cfg, site, pages));
    let app = Rc::new(test::init_service(app).await);
    let ask = move |request: TestRequest| -> LocalBoxFuture<'static, Page> {
        let app = Rc::clone(&app);
        Box::pin(async move {
            let answer = match app.call(request.to_request()).await {
                Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
                Err(error) => error.error_response(),
            };
            Page::of(answer).await
        })
    };
    Browser { ask: Rc::new(ask), cookies: RefCell::default() }
}
