//! Millions of mutated lines and random texts through the parser: `tests/deep format-fuzz [N] [SEED]`.
//!
//! No text may make it panic, take more steps than linear in its length, or show an identity number in a line for the
//! citizen. How often a complete line's canonical line says something else is told.

#![expect(
    clippy::print_stdout,
    clippy::panic,
    reason = "a fuzzer prints its figures and stops at the first fault"
)]

#[path = "dice/mod.rs"]
mod dice;
#[path = "../tests/ground/mod.rs"]
mod ground;

use std::{fmt::Write, time::Instant};

use loket_core::{
    format::{Grammar, POSTERS, Reading},
    text::mask_numbers,
};

use dice::Dice;

/// Steps for a byte, and for any message at all. A short message without a line is tried by each of the five formats.
const PER_BYTE: usize = 1200;
const ALWAYS: usize = 20_000;

impl Dice {
    fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len.max(1) as u64)).unwrap_or(0)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.index(list.len())).copied().unwrap_or_default()
    }
}

const WORDS: &[&str] = &[
    "KTP",
    "ktp",
    "KK",
    "KIA",
    "SKPWNI",
    "SKDWN",
    "NIK",
    "ADU",
    "DOM",
    "RAMAI",
    "SKTM",
    "AKL",
    "E-KTP",
    "HILANG",
    "rusak",
    "PEMULA",
    "ilang",
    "SITI AMINAH",
    "ahmad fauzi, S.Pd",
    "PETE",
    "Tigaraksa",
    "kec. tigaraksa",
    "Ds. Pete",
    "Kadu Agung",
    "kaduagung",
    "Kelapa Lima",
    "Oesapa",
    "NIK:",
    "No KK :",
    "Nama:",
    "Desa",
    "Kecamatan",
    "terima kasih",
    "Selamat pagi pak",
    "syarat apa ya?",
    "27-04-2019",
    "27 April 2019",
    "081234567890",
    "3603036502900001",
    "3603031204150007",
    "3603.0365.0290.0001",
    "36O3O36502900001",
    "5371034909929003",
    "Jl. Merdeka No. 5, RT 01/02",
    "SKPWNI/3603/12082026/0001",
    "NO_KK",
    "NAMA",
    "1.",
    "2)",
    "-",
    "/",
];
const GLUE: &[&str] = &[
    "#", "#", "#", "##", " # ", ";", ",", "|", "\n", " ", "  ", ": ", "\u{200b}", "\u{a0}", "\t", "", "*",
    "\r\n",
];

fn pieces(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.index(24) {
        text.push_str(dice.of(GLUE));
        text.push_str(dice.of(WORDS));
    }
    text
}

fn noise(dice: &mut Dice) -> String {
    let len = dice.index(80);
    (0..len)
        .filter_map(|_| {
            let range = [0x80_u32, 0x80, 0x300, 0x3000, 0x11_0000][dice.index(5)];
            char::from_u32(u32::try_from(dice.next() % u64::from(range)).unwrap_or(0))
        })
        .collect()
}

fn valid(dice: &mut Dice) -> String {
    dice.of(&[
        "#KTP#3603036502900001#3603031204150007#SITI AMINAH#PETE#TIGARAKSA#HILANG#",
        "#KK#3603031204150007#AHMAD FAUZI#KADU AGUNG#TIGARAKSA",
        "#SKPWNI#3603036502900001#3603031204150007#SITI AMINAH#Jalan Merdeka 7 RT 001, Kota Batu",
        "#SKDWN#SKPWNI/3603/12082026/0001#ikut suami",
        "#KIA#5371031204150007#PUTRI LAKAPU#27-04-2019#OESAPA#KELAPA LIMA",
        "#ADU#BUDI#petugas # meminta uang",
        "#DOM#1771044904990002#RINA#BENTIRING#melamar kerja",
        "#RAMAI#1771044904990002#RINA#BENTIRING#12-12-2026#Resepsi#081234567890",
    ])
    .to_owned()
}

fn mutated(dice: &mut Dice) -> String {
    let mut chars: Vec<char> = valid(dice).chars().collect();
    for _ in 0..=dice.index(6) {
        let at = dice.index(chars.len().max(1));
        let other = noise(dice).chars().next().unwrap_or('#');
        match dice.index(6) {
            0 if at < chars.len() => drop(chars.remove(at)),
            1 => chars.insert(at.min(chars.len()), other),
            2 if at + 1 < chars.len() => chars.swap(at, at + 1),
            3 if at < chars.len() => chars[at] = chars[at].to_ascii_lowercase(),
            4 => chars.insert(at.min(chars.len()), dice.of(GLUE).chars().next().unwrap_or(' ')),
            _ if at < chars.len() => chars[at] = other,
            _ => {}
        }
    }
    chars.into_iter().collect()
}

fn text(dice: &mut Dice) -> String {
    match dice.index(10) {
        0..=3 => mutated(dice),
        4..=6 => pieces(dice),
        7 => noise(dice),
        8 => format!("{}\n{}\n{}", mutated(dice), mutated(dice), pieces(dice)),
        _ => pieces(dice).repeat(1 + dice.index(6)),
    }
}

/// What a text came to.
struct Checked {
    steps: usize,
    /// Complete lines, and those of them that are read differently once they are written as they should be.
    complete: u64,
    differ: u64,
}

fn check(grammar: &Grammar, text: &str) -> Checked {
    let (message, steps) = grammar.parse_counted(text, ground::today());
    if steps > PER_BYTE * text.len() + ALWAYS {
        panic!("{steps} steps for {} bytes: {text:?}", text.len());
    }
    let mut checked = Checked { steps, complete: 0, differ: 0 };
    for reading in &message.requests {
        if let Some(line) = reading.corrected_line()
            && mask_numbers(line) != line
        {
            panic!("a number is shown: {line:?} for {text:?}");
        }
        if let Some(line) = reading.canonical() {
            checked.complete += 1;
            checked.differ += u64::from(!says_the_same(grammar, reading, line));
        }
    }
    checked
}

fn says_the_same(grammar: &Grammar, reading: &Reading, line: &str) -> bool {
    let again = grammar.parse(line, ground::today());
    matches!(again.requests.as_slice(), [one] if one.is_complete() && one.fields.expose() == reading.fields.expose())
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1).filter_map(|arg| arg.parse::<u64>().ok());
    let (count, seed) = (args.next().unwrap_or(10_000_000), args.next().unwrap_or(20_261_121));
    let mut grammars = Vec::new();
    for poster in POSTERS {
        grammars.push(ground::grammar(poster)?);
    }
    let (start, mut dice) = (Instant::now(), Dice(seed | 1));
    let (mut complete, mut differ, mut worst) = (0_u64, 0_u64, 0_usize);
    for _ in 0..count {
        let text = text(&mut dice);
        let grammar = &grammars[dice.index(grammars.len())];
        let checked = check(grammar, &text);
        worst = worst.max(checked.steps.saturating_sub(ALWAYS) / text.len().max(1));
        complete += checked.complete;
        differ += checked.differ;
    }
    let mut line = String::new();
    let _ =
        write!(line, "{count} texts from seed {seed} in {:.0} s: no panic, ", start.elapsed().as_secs_f64());
    let _ = write!(
        line,
        "at most {worst} steps a byte; {complete} complete lines, {differ} of them read differently when written as they should be"
    );
    println!("{line}");
    Ok(())
}
