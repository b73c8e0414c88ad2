//! Lines that people send, from `tests/format`: right outcomes, and never a silently wrong field.

#![expect(clippy::print_stdout, reason = "the figures are what this is run for")]

mod ground;

use std::{collections::HashMap, error::Error};

use loket_core::format::{Grammar, POSTERS};
use serde_json::{Map, Value};

/// The parts of the corpus, with how many of a hundred outcomes must be right. Three known lines are asked about though a
/// person would understand them: persons below a heading that they share, a line with a NIK for its keyword, and places
/// inside an address.
const PARTS: [(&str, usize); 4] =
    [("known.jsonl", 98), ("blind.jsonl", 97), ("second.jsonl", 97), ("third.jsonl", 97)];

/// How the cases of a part went.
#[derive(Default)]
struct Tally {
    requests: usize,
    outcomes: usize,
    wrong_fields: usize,
    lost_fields: usize,
    asked: usize,
    questions: usize,
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn more(value: &Value) -> &[Value] {
    value["more"].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn fields(value: &Value) -> Map<String, Value> {
    value["fields"].as_object().cloned().unwrap_or_default()
}

/// Keys of the fields that are asked about, sorted.
fn asked(value: &Value) -> Vec<&str> {
    let list = value["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut keys: Vec<_> =
        list.iter().filter_map(|one| one.as_str().or_else(|| one["field"].as_str())).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether two values of a field say the same. In free text neither case nor the width of blanks says anything.
fn same(key: &str, meant: &Value, read: &Value) -> bool {
    let free = matches!(key, "purpose" | "address" | "document_no");
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let text = |value: &Value| value.as_str().map(words);
    // A curly apostrophe and a straight one are one.
    let straight = |value: &Value| value.as_str().map(|text| text.replace('\u{2019}', "'"));
    meant == read
        || (key == "name" && straight(meant) == straight(read))
        || (free && text(meant) == text(read))
}

/// What is not as expected in a request; adds to the tally.
fn judge(expected: &Value, got: &Value, tally: &mut Tally) -> Vec<String> {
    let mut faults = Vec::new();
    let (wanted, read) = (word(expected, "outcome"), word(got, "outcome"));
    tally.requests += 1;
    let service = read == "not_a_format" || expected["service"] == got["service"];
    let counts = (more(expected).len(), more(got).len());
    if wanted == read && service && counts.0 == counts.1 {
        tally.outcomes += 1;
    } else {
        let services = (&expected["service"], &got["service"]);
        faults.push(format!(
            "{wanted} {} +{} read as {read} {} +{} {}",
            services.0, counts.0, services.1, counts.1, got["problems"]
        ));
    }
    values(expected, got, tally, &mut faults);
    if wanted == "needs_correction" && expected["problems"].is_array() {
        tally.asked += 1;
        if asked(expected) == asked(got) {
            tally.questions += 1;
        } else if read == wanted {
            faults.push(format!("asked about {:?} instead of {:?}", asked(got), asked(expected)));
        }
    }
    for (expected, got) in more(expected).iter().zip(more(got)) {
        faults.extend(judge(expected, got, tally));
    }
    faults
}

/// Compares values: one that differs from what was meant, or that nobody could know, is wrong where nothing is asked
/// about it.
fn values(expected: &Value, got: &Value, tally: &mut Tally, faults: &mut Vec<String>) {
    let (meant, found) = (fields(expected), fields(got));
    let (open, questions) = (asked(expected), asked(got));
    for (key, value) in &found {
        let wrong = match meant.get(key) {
            Some(right) => !same(key, right, value),
            None => word(got, "outcome") == "parsed" || open.contains(&key.as_str()),
        };
        if wrong && !questions.contains(&key.as_str()) {
            tally.wrong_fields += 1;
            faults.push(format!("WRONG {key}: {} read as {value}", meant.get(key).unwrap_or(&Value::Null)));
        }
    }
    for key in meant.keys().filter(|key| !found.contains_key(*key)) {
        if word(expected, "outcome") == word(got, "outcome") {
            tally.lost_fields += 1;
            faults.push(format!("{key} was lost"));
        }
    }
}

fn judged(part: &str, grammars: &HashMap<&str, Grammar>) -> Result<Tally, Box<dyn Error>> {
    let mut tally = Tally::default();
    let text = ground::file(&format!("tests/format/{part}"))?;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let case: Value = serde_json::from_str(line)?;
        let grammar = grammars.get(word(&case, "office")).ok_or("a case of no office")?;
        let message = word(&case, "message");
        let got = grammar.parse(message, ground::today()).report(grammar);
        let faults = judge(&case, &got, &mut tally);
        if !faults.is_empty() {
            let why = word(&case, "why");
            println!("{part}:{} ({why}) {message:?}\n    {}", number + 1, faults.join("\n    "));
        }
    }
    Ok(tally)
}

#[test]
fn every_line_of_the_corpus_is_read_right_or_asked_about() -> Result<(), Box<dyn Error>> {
    let mut grammars: HashMap<&str, Grammar> = HashMap::new();
    for poster in POSTERS {
        grammars.insert(poster.office, ground::grammar(poster)?);
    }
    let mut faulty = Vec::new();
    for (part, least) in PARTS {
        let Tally { requests, outcomes, wrong_fields, lost_fields, asked, questions } =
            judged(part, &grammars)?;
        let figures = format!(
            "{part}: {outcomes} of {requests} requests with the right outcome, {wrong_fields} fields silently wrong, \
             {lost_fields} fields lost; questions right in {questions} of {asked}"
        );
        println!("{figures}");
        if wrong_fields > 0 || outcomes * 100 < requests * least {
            faulty.push(figures);
        }
    }
    assert!(faulty.is_empty(), "{faulty:#?}");
    Ok(())
}
