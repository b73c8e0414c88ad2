//! How long a line takes to read, with Kabupaten Tangerang's villages and districts: `tests/deep format-bench`.

#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]

#[path = "../tests/ground/mod.rs"]
mod ground;

use std::{hint::black_box, time::Instant};

use loket_core::format::poster;

const LINES: [(&str, &str); 8] = [
    ("as published", "#KTP#3603036502900001#3603031204150007#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
    (
        "lower case, blanks",
        "# ktp # 3603036502900001 # 3603031204150007 # siti aminah # pete # tigaraksa # hilang",
    ),
    (
        "labels",
        "KTP\nNama: Siti Aminah\nNIK: 3603036502900001\nKK: 3603031204150007\nDesa: Pete\nKec: Tigaraksa\nHilang",
    ),
    ("order and slips", "#ktp#hilnag#3603.0365.0290.0001#36O3O31204150007#siti aminah#tigaraksa#pte"),
    ("only blanks", "ktp 3603036502900001 3603031204150007 siti aminah pete tigaraksa hilang"),
    ("village unknown", "#KTP#3603036502900001#3603031204150007#SITI AMINAH#SUKAMAJU#TIGARAKSA#HILANG#"),
    ("district unknown", "#KTP#3603036502900001#3603031204150007#SITI AMINAH#SUKAMAJU#XXXXXXXX#HILANG#"),
    ("a question", "Selamat pagi, syarat KTP hilang apa saja ya?"),
];

fn main() -> std::io::Result<()> {
    let Some(poster) = poster("kab-tangerang") else { return Ok(()) };
    let grammar = ground::grammar(poster)?;
    let today = ground::today();
    for (name, line) in LINES {
        let mut spans = Vec::new();
        for _ in 0..200 {
            let start = Instant::now();
            for _ in 0..50 {
                black_box(grammar.parse(black_box(line), today));
            }
            spans.push(start.elapsed().as_nanos() / 50);
        }
        spans.sort_unstable();
        let at = |part: usize| spans.get(spans.len() * part / 100).copied().unwrap_or(0);
        let (_, steps) = grammar.parse_counted(line, today);
        println!(
            "{name:20} median {:>7} ns   p95 {:>7} ns   {steps} steps for {} bytes",
            at(50),
            at(95),
            line.len()
        );
    }
    Ok(())
}
