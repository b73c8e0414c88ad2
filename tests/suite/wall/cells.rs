//! Questions written out: which place holds one's own, another office's, or nobody's.

use super::{
    offices::{Names, Side},
    question::{Body, Question},
};

/// What stands in a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What the person may know of.
    Own,
    /// The other office's.
    Foreign,
    /// What names nothing.
    Absent,
}

/// One question with something in every place.
#[derive(Clone)]
pub struct Cell {
    /// The question.
    pub question: Question,
    /// What stands in each of its places, in order: path, query, fields.
    pub places: Vec<Choice>,
    /// Whose office is claimed besides, in query, form and headers.
    pub claims: Option<Choice>,
}

/// What fills the places.
pub struct Stock<'a> {
    /// One's own.
    pub own: &'a Names,
    /// The other office's.
    pub foreign: &'a Side,
    /// What names nothing.
    pub absent: &'a Names,
}

/// A request ready to be sent.
pub struct Written {
    /// The method.
    pub method: String,
    /// Path and query.
    pub address: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// How the body is written.
    pub body: Body,
    /// Its fields.
    pub fields: Vec<(String, String)>,
    /// Whatever was put in, so that an echo is known as one.
    pub put: Vec<String>,
}

/// Every cell in which something of the other office stands.
pub fn foreign_cells(question: &Question) -> Vec<Cell> {
    let count = places_of(question);
    let cell = |places, claims| Cell { question: *question, places, claims };
    let mut cells: Vec<Cell> = subsets(count).into_iter().map(|places| cell(places, None)).collect();
    cells.push(cell(vec![Choice::Foreign; count], Some(Choice::Foreign)));
    cells
}

/// Everything one's own; `claims` says whether the other office is claimed besides.
pub fn own_cell(question: &Question, claims: Option<Choice>) -> Cell {
    Cell { question: *question, places: vec![Choice::Own; places_of(question)], claims }
}

/// The same with other methods, which no route has.
pub fn other_methods(question: &Question) -> Vec<Cell> {
    let all = vec![Choice::Foreign; places_of(question)];
    let other = |method| Cell {
        question: Question { method, ..*question },
        places: all.clone(),
        claims: Some(Choice::Foreign),
    };
    ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].into_iter().map(other).collect()
}

impl Cell {
    /// The same question about what does not exist.
    pub fn twin(&self) -> Self {
        let absent = |choice: Choice| if choice == Choice::Foreign { Choice::Absent } else { choice };
        Self {
            question: self.question,
            places: self.places.iter().copied().map(absent).collect(),
            claims: self.claims.map(absent),
        }
    }

    /// Writes it out.
    pub fn write(&self, stock: &Stock<'_>) -> Written {
        let mut pen = Pen { stock, places: self.places.iter().copied(), put: Vec::new() };
        let path = pen.path(self.question.path);
        let mut query = pen.pairs(self.question.query);
        let mut fields = pen.pairs(self.question.fields);
        let mut headers: Vec<(String, String)> = self
            .question
            .headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        if let Some(choice) = self.claims {
            let claims = pen.claims(choice);
            query.extend(claims.iter().cloned());
            fields.extend(claims.iter().cloned());
            headers.extend(pen.claimed_headers(choice));
        }
        let query: Vec<String> =
            query.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let address = if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) };
        let (method, body) = (self.question.method.to_owned(), self.question.body);
        Written { method, address, headers, body, fields, put: pen.put }
    }
}

/// How a cell reads in a report.
pub fn label(cell: &Cell) -> String {
    let places: String = cell
        .places
        .iter()
        .map(|choice| match choice {
            Choice::Own => 'o',
            Choice::Foreign => 'F',
            Choice::Absent => 'a',
        })
        .collect();
    let claims = if cell.claims.is_some() { " + claims" } else { "" };
    format!("{} {} [{places}]{claims}", cell.question.method, cell.question.path)
}

fn places_of(question: &Question) -> usize {
    let open = |pairs: &[(&str, &str)]| pairs.iter().filter(|(_, value)| !value.starts_with('=')).count();
    question.path.matches('{').count() + open(question.query) + open(question.fields)
}

/// All of up to three places; of more, each by itself, all, and all but the first.
fn subsets(count: usize) -> Vec<Vec<Choice>> {
    let mark = |chosen: &dyn Fn(usize) -> bool| -> Vec<Choice> {
        (0..count).map(|at| if chosen(at) { Choice::Foreign } else { Choice::Own }).collect()
    };
    if count <= 3 {
        return (1..1_usize << count).map(|bits| mark(&|at| bits >> at & 1 == 1)).collect();
    }
    let mut sets: Vec<_> = (0..count).map(|one| mark(&|at| at == one)).collect();
    sets.push(mark(&|_| true));
    sets.push(mark(&|at| at > 0));
    sets
}

struct Pen<'a, I> {
    stock: &'a Stock<'a>,
    places: I,
    put: Vec<String>,
}

impl<I: Iterator<Item = Choice>> Pen<'_, I> {
    fn name(&mut self, kind: &str, choice: Choice) -> String {
        let names = match choice {
            Choice::Own => self.stock.own,
            Choice::Foreign => &self.stock.foreign.own,
            Choice::Absent => self.stock.absent,
        };
        let name = names.get(kind).expect(kind).clone();
        self.put.push(name.clone());
        name
    }

    fn path(&mut self, template: &str) -> String {
        let mut written = String::new();
        for (number, piece) in template.split('{').enumerate() {
            match piece.split_once('}').filter(|_| number > 0) {
                Some((kind, rest)) => {
                    let choice = self.places.next().unwrap();
                    written.push_str(&self.name(kind, choice));
                    written.push_str(rest);
                }
                None => written.push_str(piece),
            }
        }
        written
    }

    fn pairs(&mut self, pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut written = Vec::new();
        for (name, template) in pairs {
            let (choice, template) = match template.strip_prefix('=') {
                Some(fixed) => (Choice::Own, fixed),
                None => (self.places.next().unwrap(), *template),
            };
            let value =
                match template.split_once('{').and_then(|(head, rest)| Some((head, rest.split_once('}')?))) {
                    Some((head, (kind, tail))) => format!("{head}{}{tail}", self.name(kind, choice)),
                    None if choice == Choice::Own => template.to_owned(),
                    None => self.name("request", choice),
                };
            written.push(((*name).to_owned(), value));
        }
        written
    }

    /// What a form or a query might be believed to say.
    fn claims(&mut self, choice: Choice) -> Vec<(String, String)> {
        let kinds = [
            ("tenant", "office_id"),
            ("tenant_id", "office_id"),
            ("office_id", "office_id"),
            ("kantor", "office"),
            ("slug", "office"),
            ("id", "request"),
            ("request_id", "request"),
            ("conversation_id", "conversation"),
            ("message_id", "message"),
            ("media_id", "media"),
            ("file_id", "file"),
            ("paper_id", "paper"),
            ("variant_id", "variant"),
            ("assigned_to", "officer"),
            ("author", "officer"),
            ("session_id", "session"),
        ];
        kinds.into_iter().map(|(field, kind)| (field.to_owned(), self.name(kind, choice))).collect()
    }

    fn claimed_headers(&mut self, choice: Choice) -> Vec<(String, String)> {
        let (slug, id) = (self.name("office", choice), self.name("office_id", choice));
        let elsewhere = format!("/kantor/{slug}/antrean");
        let headers = [
            ("x-office", &slug),
            ("x-office-id", &id),
            ("x-tenant", &slug),
            ("x-tenant-id", &id),
            ("x-original-url", &elsewhere),
            ("x-rewrite-url", &elsewhere),
            ("x-forwarded-prefix", &elsewhere),
        ];
        headers.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect()
    }
}

/// A value as it may stand in a query or a form.
pub fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
