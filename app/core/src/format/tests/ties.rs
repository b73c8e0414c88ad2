//! What is asked where a place could be several: a question with the places in it, never a guess.

use proptest::prelude::*;

use super::*;

#[test]
fn a_place_that_could_be_several_is_asked_about_with_their_names() {
    for (places, question) in [
        ("MEKARSARI#", "Mekarsari ada di dua kecamatan: Jambe atau Rajeg?"),
        ("Desa Mekar Sari#", "Mekarsari ada di dua kecamatan: Jambe atau Rajeg?"),
        ("PAGEDANGAN#KRONJO", "Desa yang mana: Pagedangan Ilir atau Pagedangan Udik?"),
        ("Tegal Kunir#MAUK", "Desa yang mana: Tegal Kunir Kidul atau Tegal Kunir Lor?"),
        ("Kampung Melayu#Teluknaga", "Desa yang mana: Kmp Melayu Brt atau Kmp Melayu Tim?"),
        ("Kampung Melayu#", "Desa yang mana: Kmp Melayu Brt atau Kmp Melayu Tim?"),
        ("Sukamana#", "Sukamanah yang mana: di Jambe atau Rajeg?"),
    ] {
        let reading = one(&format!("#KTP#{NIK}#{KK}#SITI AMINAH#{places}#HILANG#"));
        assert!(sentences(&reading).iter().any(|one| one == question), "{places}: {:?}", sentences(&reading));
        assert!(!reading.is_complete());
    }
}

#[test]
fn the_places_of_a_question_are_not_printed() {
    let reading = one(&format!("#KTP#{NIK}#{KK}#SITI AMINAH#MEKARSARI##HILANG#"));
    let printed = format!("{:?}", reading.problems);
    assert!(!printed.contains("Jambe") && !printed.contains("Mekarsari"), "{printed}");
}

proptest! {
    #[test]
    fn a_question_names_two_to_five_places_each_once(typed in "[A-Za-z ]{3,14}", district in "|Mauk|Kronjo") {
        let message = message("tangerang", &format!("#KTP#{NIK}#{KK}#SITI AMINAH#{typed}#{district}#HILANG#"));
        for problem in message.requests.iter().flat_map(|reading| &reading.problems) {
            if let ProblemKind::SeveralPlaces(which) | ProblemKind::WhichDistrict(which) = &problem.kind {
                let mut names = which.among.clone();
                names.dedup();
                prop_assert_eq!(&names, &which.among);
                prop_assert!(names.is_empty() || (2..=5).contains(&names.len()), "{:?}", names);
                prop_assert!(!problem.sentence().contains("  "), "{}", problem.sentence());
            }
        }
    }
}
