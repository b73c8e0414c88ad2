//! What a route is asked, and how a question is put.

use loket::web::routes::{PaperStep, RequestStep};
use loket_core::permission::Permission::{self, HandleRequests};

/// Names with what they carry.
pub type Pairs = &'static [(&'static str, &'static str)];

/// How a body is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// There is none.
    None,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` with a PDF.
    Multipart,
}

/// What a request may be answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Just as if what it names did not exist.
    AsAbsent,
    /// Refused, one way or another: the path is a secret itself.
    Refused,
    /// The office tells it to everybody; of its citizens nothing.
    Public,
}

/// One question.
#[derive(Clone, Copy)]
pub struct Question {
    /// The pattern that serves it.
    pub route: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// The query.
    pub query: Pairs,
    /// How the body is written.
    pub body: Body,
    /// Its fields.
    pub fields: Pairs,
    /// Headers of its own.
    pub headers: Pairs,
    /// What the person must be allowed.
    pub needs: Option<Permission>,
    /// Whether it ends the session that asks it.
    pub parts: bool,
    /// What it may be answered.
    pub rule: Rule,
}

/// A question that only looks.
pub const fn get(route: &'static str, path: &'static str, query: Pairs) -> Question {
    Question {
        route,
        method: "GET",
        path,
        query,
        body: Body::None,
        fields: &[],
        headers: &[],
        needs: None,
        parts: false,
        rule: Rule::AsAbsent,
    }
}

/// A question that would change something.
pub const fn post(route: &'static str, path: &'static str, fields: Pairs) -> Question {
    Question { method: "POST", body: Body::Form, fields, ..get(route, path, &[]) }
}

impl Question {
    /// Who lacks the permission is refused before anything is looked for.
    pub const fn needs(self, permission: Permission) -> Self {
        Self { needs: Some(permission), ..self }
    }

    /// Its body carries a file.
    pub const fn multipart(self) -> Self {
        Self { body: Body::Multipart, ..self }
    }

    /// With headers of its own.
    pub const fn blocks(self, names: Pairs) -> Self {
        Self { headers: names, ..self }
    }

    /// It ends the session.
    pub const fn parting(self) -> Self {
        Self { parts: true, ..self }
    }

    /// Its path is a secret.
    pub const fn behind_a_secret(self) -> Self {
        Self { rule: Rule::Refused, ..self }
    }

    /// It is there for everybody.
    pub const fn public(self) -> Self {
        Self { rule: Rule::Public, ..self }
    }

    /// The word of a step that shares its pattern with others.
    pub fn step(&self) -> Option<&'static str> {
        let shared = [RequestStep::PATTERN, PaperStep::PATTERN].contains(&self.route);
        if shared { self.path.rsplit('/').next() } else { None }
    }
}

/// A step of a request.
pub const fn step(path: &'static str, fields: Pairs) -> Question {
    post(RequestStep::PATTERN, path, fields).needs(HandleRequests)
}
