//! What holds for every text.

use proptest::{prelude::*, sample::select};

use super::*;
use crate::text::mask_numbers;

/// Text that is nearly a line.
fn nearly_a_line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("#".to_owned()),
        Just("#".to_owned()),
        select(vec![
            "KTP",
            "kk",
            "KIA",
            "SKPWNI",
            "SKDWN",
            "NIK",
            "HILANG",
            "\n",
            " ",
            "é",
            "\u{200b}",
            ";",
            ",",
            ":",
            "Nama:",
            "desa",
            "Pete",
            "Tigaraksa",
            "Siti Aminah",
            "NO_KK",
            "1.",
            "terima kasih",
            "apa",
            "27-04-2019",
        ])
        .prop_map(str::to_owned),
        Just(NIK.to_owned()),
        Just("3603 0312 0415 0007".to_owned()),
        "[0-9 ./-]{0,20}",
        "\\PC{0,12}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Steps that any text may take. A short one without a line is tried by each of five formats, a long one is not.
fn allowed(text: &str) -> usize {
    let per_byte = if text.len() > 10_000 { 120 } else { 1200 };
    per_byte * text.len() + 20_000
}

#[test]
fn a_million_separators_or_keywords_take_steps_linear_in_their_number() {
    for unit in [
        "#",
        "#KTP",
        "# ",
        "\n",
        "#KTP#a\n",
        "kk ",
        "NIK: ",
        "3603036502900001#",
        "1 2 3 4 ",
        "#KIA#3603036502900001#3603031204150007#A\n",
        "siti pete ",
    ] {
        let text = unit.repeat(400_000 / unit.len());
        let (_, steps) = OFFICES[0].parse_counted(&text, today());
        assert!(steps <= allowed(&text), "{unit:?}: {steps} steps for {} bytes", text.len());
    }
}

/// A person's request for a KTP, as labelled values.
fn values_of(name: &str) -> [(&'static str, String); 6] {
    [
        ("NIK", NIK.to_owned()),
        ("No KK", KK.to_owned()),
        ("Nama", name.to_owned()),
        ("Desa", "Kadu Agung".to_owned()),
        ("Kecamatan", "Tigaraksa".to_owned()),
        ("Jenis", "Hilang".to_owned()),
    ]
}

/// For each office a line of it that says everything.
const LINES: [(usize, &str); 9] = [
    (0, "#KTP#3603036502900001#3603031204150007#SITI AMINAH#KADU AGUNG#TIGARAKSA#HILANG#"),
    (0, "#KK#3603031204150007#AHMAD FAUZI#PETE#TIGARAKSA"),
    (0, "#SKPWNI#3603036502900001#3603031204150007#SITI AMINAH#Jalan Merdeka 7 RT 001, Kota Batu"),
    (0, "#SKDWN#SKPWNI/3603/12082026/0001#ikut suami"),
    (1, "#KIA#5371031204150007#PUTRI LAKAPU#27-04-2019#OESAPA#KELAPA LIMA"),
    (1, "#ADU#BUDI SANTOSO#petugas # meminta uang"),
    (2, "#KTP#6405016005959014#6503020907209024#FATIMAH#NUNUKAN TIMUR#NUNUKAN#UBAH"),
    (3, "#RAMAI#1771044904990002#RINA#BENTIRING#12-12-2026#Resepsi#081234567890"),
    (4, "#KTP#3579021408889017#AGUS SALIM#BEJI#JUNREJO#RUSAK"),
];

/// A value that an office's field takes.
fn filling(field: &Field, office: usize) -> String {
    let places = [
        ("PETE", "TIGARAKSA"),
        ("OESAPA", "KELAPA LIMA"),
        ("NUNUKAN TIMUR", "NUNUKAN"),
        ("BENTIRING", ""),
        ("BEJI", "JUNREJO"),
    ];
    match field.kind {
        FieldKind::Nik => NIK.to_owned(),
        FieldKind::Kk => "3603031203159021".to_owned(),
        FieldKind::Name => "SITI AMINAH".to_owned(),
        FieldKind::Village => places[office].0.to_owned(),
        FieldKind::District => places[office].1.to_owned(),
        FieldKind::Choice => field.options[0].clone(),
        FieldKind::Text | FieldKind::Address => "melamar kerja di Kota Batu".to_owned(),
        FieldKind::DocumentNumber => "SKPWNI/3603/12082026/0001".to_owned(),
        FieldKind::Date => "27-04-2019".to_owned(),
        FieldKind::Phone => "081234567890".to_owned(),
    }
}

/// A faulty reading's corrected line as somebody fills it in: what stands as its placeholder gets a value, what was
/// read stays. Village and district are filled in together.
fn filled_in(definition: &FormatDefinition, office: usize, reading: &Reading) -> String {
    let line = reading.corrected_line().unwrap_or_default();
    let body = line.strip_prefix(&format!("#{}#", definition.keyword)).unwrap_or_else(|| panic!("{line}"));
    let body = if definition.trailing { body.strip_suffix('#').unwrap_or(body) } else { body };
    let place = |kind| matches!(kind, FieldKind::Village | FieldKind::District);
    let unplaced =
        definition.fields.iter().any(|field| place(field.kind) && reading.fields.get(&field.key).is_none());
    let values: Vec<_> = body.splitn(definition.fields.len(), '#').collect();
    assert_eq!(values.len(), definition.fields.len(), "{line}");
    let fill = |(field, value): (&Field, &&str)| match reading.fields.get(&field.key) {
        Some(known) if field.kind.is_number() => known.expose().to_owned(),
        None if value.is_empty() => String::new(),
        Some(_) if !(unplaced && place(field.kind)) && **value != field.published() => (*value).to_owned(),
        _ => filling(field, office),
    };
    format!(
        "#{}#{}",
        definition.keyword,
        definition.fields.iter().zip(&values).map(fill).collect::<Vec<_>>().join("#")
    )
}

/// The text in full-width letters, digits and signs, as some keyboards write them.
fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c) } else { c })
        .collect()
}

proptest! {
    #[test]
    fn the_corrected_line_is_complete_once_its_gaps_are_filled(text in nearly_a_line(), office in 0_usize..5) {
        let grammar = &OFFICES[office];
        for reading in grammar.parse(&text, today()).requests.iter().filter(|reading| !reading.is_complete()) {
            let definition = grammar.definitions().find(|one| one.keyword == reading.keyword).unwrap_or_else(|| panic!());
            let line = filled_in(definition, office, reading);
            let again = grammar.parse(&line, today());
            prop_assert_eq!(again.requests.len(), 1, "{} of {:?}", line, text);
            prop_assert_eq!(sentences(&again.requests[0]), Vec::<String>::new(), "{} of {:?}", line, text);
        }
    }

    #[test]
    fn keyboards_invisible_marks_greetings_and_thanks_change_nothing(
        at in 0..LINES.len(), wide: bool, marks in proptest::collection::vec(any::<u8>(), 40),
        before in select(vec!["", "Selamat pagi pak\n", "Assalamualaikum, ", "min, mohon dibantu\n\n", "Pagi kak 🙏 "]),
        after in select(vec!["", "\nterima kasih", " terima kasih 🙏", "\n\nMohon dibantu ya min, makasih", "\nWassalam"]),
    ) {
        let (office, line) = LINES[at];
        let plain = OFFICES[office].parse(line, today());
        prop_assert!(plain.requests.len() == 1 && plain.requests[0].is_complete(), "{}", line);
        let mut typed = String::from(before);
        for (place, c) in if wide { full_width(line) } else { line.to_owned() }.chars().enumerate() {
            if marks[place % marks.len()] % 5 == 0 {
                typed.push(['\u{200b}', '\u{200d}', '\u{feff}', '\u{2060}'][place % 4]);
            }
            typed.push(c);
        }
        typed.push_str(after);
        let read = OFFICES[office].parse(&typed, today());
        prop_assert_eq!(read.requests.len(), 1, "{}", typed);
        prop_assert_eq!(sentences(&read.requests[0]), Vec::<String>::new(), "{}", typed);
        prop_assert_eq!(read.requests[0].fields.expose(), plain.requests[0].fields.expose(), "{}", typed);
    }

    #[test]
    fn any_text_is_read_in_linear_steps_and_shows_no_long_number(
        text in prop_oneof![nearly_a_line(), "\\PC{0,200}".prop_map(|text| text)], office in 0_usize..5,
    ) {
        let (message, steps) = OFFICES[office].parse_counted(&text, today());
        prop_assert!(steps <= allowed(&text), "{} steps for {} bytes", steps, text.len());
        for reading in &message.requests {
            if let Some(line) = reading.corrected_line() {
                prop_assert_eq!(mask_numbers(line), line);
            }
            for sentence in reading.problems.iter().map(Problem::sentence) {
                prop_assert_eq!(mask_numbers(&sentence), sentence);
            }
            prop_assert_eq!(reading.problems.is_empty(), reading.canonical().is_some());
        }
        let shown = format!("{message:?}");
        prop_assert!(!shown.contains(NIK), "{}", shown);
    }

    #[test]
    fn the_canonical_line_says_the_same_again(text in nearly_a_line(), office in 0_usize..5) {
        let grammar = &OFFICES[office];
        for reading in grammar.parse(&text, today()).requests {
            let Some(line) = reading.canonical() else { continue };
            let again = grammar.parse(line, today());
            prop_assert_eq!(again.requests.len(), 1, "{}", line);
            prop_assert_eq!(in_line(&again.requests[0]), in_line(&reading), "{}", line);
            prop_assert_eq!(again.requests[0].canonical(), Some(line));
        }
    }

    #[test]
    fn labelled_values_say_the_same_in_any_order(
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(), colon in select(vec![":", " :", "=", " : "]),
        end in select(vec!["\n", "#", "; ", ", ", "\n\n"]), start in select(vec!["#KTP#", "KTP\n", "ktp\n", "#ktp\n"]),
    ) {
        let values = values_of("SITI AMINAH");
        let lines: Vec<_> = order.iter().map(|at| format!("{}{colon} {}", values[*at].0, values[*at].1)).collect();
        let text = format!("{start}{}", lines.join(end));
        let read = message("tangerang", &text);
        prop_assert_eq!(read.requests.len(), 1, "{}", text);
        prop_assert_eq!(sentences(&read.requests[0]), Vec::<String>::new(), "{}", text);
        let fields = read.requests[0].fields.expose();
        prop_assert_eq!((fields["no_kk"].as_str(), fields["desa"].as_str()), (KK, "Kadu Agung"));
    }

    #[test]
    fn case_separators_and_invisible_marks_do_not_matter(
        seed in proptest::collection::vec(any::<u8>(), 120), end in select(vec!["", "#", " # ", "##", "\n"]),
        between in select(vec!["#", " # ", "##", "# ", ";", "|", "\n", "\u{200b}#\u{feff}"]),
    ) {
        let line = ["KTP", NIK, KK, "SITI AMINAH", "KADU AGUNG", "TIGARAKSA", "HILANG"].join(between);
        let mut text = String::from("#");
        for (at, c) in line.chars().enumerate() {
            let toss = seed.get(at % seed.len()).copied().unwrap_or(0);
            if toss % 7 == 0 { text.push('\u{200d}'); }
            if toss % 2 == 0 { text.extend(c.to_lowercase()) } else { text.push(c) }
        }
        text.push_str(end);
        let read = one(&text);
        prop_assert_eq!(sentences(&read), Vec::<String>::new(), "{}", text);
        prop_assert_eq!(read.fields.name().map(crate::text::PersonName::expose), Some("SITI AMINAH"));
    }

    #[test]
    fn one_emptied_field_is_the_one_that_is_asked_for(gone in 0_usize..6) {
        let mut values = [NIK, KK, "SITI AMINAH", "PETE", "TIGARAKSA", "HILANG"];
        values[gone] = " ";
        let read = one(&format!("#KTP#{}#", values.join("#")));
        let keys: Vec<_> = read.problems.iter().filter_map(|problem| problem.key.as_deref()).collect();
        // A district follows from its village.
        let asked = [Some("nik"), Some("no_kk"), Some("nama"), Some("desa"), None, Some("jenis")][gone];
        prop_assert_eq!(keys, asked.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(read.fields.len(), 6 - usize::from(asked.is_some()));
    }

    #[test]
    fn every_village_is_found_in_its_district_joined_or_split(pick in any::<proptest::sample::Index>(), joined: bool) {
        let places: Vec<(String, String)> = VILLAGES
            .lines()
            .filter_map(villages_of)
            .filter(|(code, _)| code.starts_with("3603"))
            .flat_map(|(code, names)| {
                let row = DISTRICTS.lines().find(|line| line.replace('.', "").starts_with(&format!("{code},")));
                let district = row.and_then(|line| line.rsplit(',').next()).unwrap_or_default().to_owned();
                names.map(move |name| (name.to_owned(), district.clone())).collect::<Vec<_>>()
            })
            .collect();
        let (village, district) = pick.get(&places);
        let typed = if joined { village.replace(' ', "") } else { village.to_uppercase() };
        let read = one(&format!("#KK#{KK}#AHMAD#{typed}#{district}"));
        prop_assert_eq!(sentences(&read), Vec::<String>::new(), "{} {}", typed, district);
        let fields = read.fields.expose();
        prop_assert_eq!((fields["desa"].as_str(), fields["kecamatan"].as_str()), (village.as_str(), district.as_str()));
    }
}

/// Values as one line holds them.
fn in_line(reading: &Reading) -> Vec<(String, String)> {
    let words = |value: &str| value.replace('#', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    reading.fields.iter().map(|(key, value)| (key.to_owned(), words(value.expose()))).collect()
}

/// Found by the property of canonical lines.
#[test]
fn words_are_not_lost_or_joined_where_lines_and_separators_are_mixed() {
    let grammar = &OFFICES[0];
    let message = grammar.parse("3603036502900001#SKDWN\n3603036502900001SKDWN#3603036502900001", today());
    let reading = &message.requests[0];
    let line = reading.canonical().unwrap_or_default();
    assert_eq!(line, "#SKDWN#3603036502900001#3603036502900001SKDWN 3603036502900001");
    assert_eq!(in_line(&grammar.parse(line, today()).requests[0]), in_line(reading));

    let message = grammar.parse("#SKDWN\nSKPWNI/3579/2026/0042\nMelanjutkan kuliah #pindah", today());
    let number = message.requests[0].fields.get("no_skpwni").map(FieldValue::expose);
    assert!(number.is_none_or(|number| number == "SKPWNI/3579/2026/0042"), "{number:?}");
}
