//! What may be shipped as a standard: nothing without its source, nothing free by silence.

use std::collections::{BTreeMap, BTreeSet};

use loket_core::{
    edition::Document,
    standard::{Component, Fee, ServiceGroup, UNVERIFIED},
};

use super::*;

#[test]
fn the_catalogue_has_the_services_of_a_dinas_and_of_a_kecamatan_with_checklists() -> Outcome<()> {
    let all = shipped()?;
    let of = |group| all.iter().filter(|one| one.standard.group == group).count();
    let district = of(ServiceGroup::District);
    assert!(all.len() >= 40 && district >= 10 && all.len() - district >= 30, "{} {district}", all.len());
    let codes: BTreeSet<_> = all.iter().map(|one| &one.standard.code).collect();
    assert_eq!(codes.len(), all.len(), "codes are unique");
    for known in ["KK", "KTP", "KIA", "SKPWNI", "SKDWN", "NIK", "AKL", "DOM", "SKTM", "RAMAI"] {
        let one = entry(known)?.ok_or(Fault::Inconsistent("a known code"))?;
        assert!(one.starter, "{known}");
    }
    assert_eq!(all.iter().filter(|one| one.starter).count(), 10);
    Ok(())
}

#[test]
fn every_legal_statement_carries_its_source_and_how_sure_it_is() -> Outcome<()> {
    let mut statements = 0;
    for one in shipped()? {
        let options = one.choices.iter().flat_map(|choice| &choice.options);
        for option in options {
            assert!(option.basis.is_stated(), "{}: {}", one.standard.code, option.label);
            assert!(option.says.iter().all(|(_, statement)| statement.basis.is_stated()));
        }
        for (text, basis) in one.standard.bases() {
            assert!(basis.is_stated(), "{}: {text}", one.standard.code);
            assert_eq!(basis.marked().contains(UNVERIFIED), basis.is_unverified(), "{text}");
            statements += 1;
        }
    }
    assert!(statements > 500, "{statements}");
    Ok(())
}

#[test]
fn every_entry_can_be_published_whatever_is_answered_and_every_rejection_has_its_sentence() -> Outcome<()> {
    for one in shipped()? {
        let mut papers_of = BTreeSet::new();
        for choice in &one.choices {
            assert!(choice.options.iter().any(|option| option.key == choice.default), "{}", choice.key);
            for option in &choice.options {
                let answers = BTreeMap::from([(choice.key.clone(), option.key.clone())]);
                let answered = one.answered(&answers);
                assert_eq!(answered.check(), [], "{} {}", one.standard.code, option.key);
                assert_eq!(answered.answers.get(&choice.key), Some(&option.key));
                let told = answered.parts().into_iter().map(|part| part.text).collect::<Vec<_>>();
                papers_of.insert((choice.key.clone(), told));
            }
        }
        assert_eq!(one.answered(&BTreeMap::new()).check(), [], "{}", one.standard.code);
        let ways: usize = one.choices.iter().map(|choice| choice.options.len()).sum();
        assert_eq!(papers_of.len(), ways, "{}: each answer makes a difference", one.standard.code);
        for paper in one.standard.variants.iter().flat_map(|variant| &variant.papers) {
            assert!(!paper.reasons.is_empty(), "{}", paper.name);
            assert!(paper.reasons.iter().all(|reason| !reason.sentence().is_empty()));
        }
    }
    Ok(())
}

#[test]
fn population_documents_are_free_by_law_and_letters_of_a_kecamatan_never_by_default() -> Outcome<()> {
    for one in shipped()? {
        let (code, fee) = (&one.standard.code, &one.standard.fee);
        if one.standard.group == ServiceGroup::District {
            assert_eq!(fee, &Fee::NotStated, "{code}");
            assert_eq!(fee.words(), "Ditetapkan kantor dengan dasar hukumnya");
            assert!(one.standard.times.is_empty(), "{code}: no time of another office is shipped");
            assert!(one.standard.missing().contains(&Component::Fee), "{code}");
        } else {
            let law = fee.basis().map(loket_core::standard::Basis::line);
            assert!(fee.is_free() && law.as_deref() == Some("UU 24/2013 Pasal 79A"), "{code}");
        }
    }
    Ok(())
}

#[test]
fn what_offices_answer_differently_changes_the_papers() -> Outcome<()> {
    let kk = entry("KK")?.ok_or(Fault::Inconsistent("KK"))?;
    let papers = |answer: &str| -> Vec<String> {
        let standard = kk.answered(&BTreeMap::from([("kk_lost".to_owned(), answer.to_owned())]));
        let lost = standard.variants.into_iter().find(|variant| variant.code == "hilang");
        lost.into_iter().flat_map(|variant| variant.papers).map(|paper| paper.code).collect()
    };
    assert_eq!(papers("surat"), ["surat_kehilangan", "ktp"]);
    assert_eq!(papers("ktp"), ["ktp"]);
    assert_eq!(papers("apa saja"), ["surat_kehilangan", "ktp"], "an unknown answer is the default");
    Ok(())
}

#[test]
fn validating_a_nik_gives_a_status_and_no_document() -> Outcome<()> {
    let nik = entry("NIK")?.ok_or(Fault::Inconsistent("NIK"))?;
    assert_eq!(nik.standard.delivery, loket_core::kinds::OutputDelivery::Status);
    assert!(nik.standard.statements(Component::Procedure).iter().any(|one| one.text.contains("konsolidasi")));
    Ok(())
}
