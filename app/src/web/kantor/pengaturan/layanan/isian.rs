//! What the forms of a draft send, and the standard that they make of it. A section leaves the others as they were.

use loket_core::{
    compensation::{Compensation, CompensationKind, LONGEST_BASIS, LONGEST_WORDS},
    id::UnitId,
    kinds::OutputDelivery,
    request::Channel,
    standard::{Basis, Component, Confidence, Fee, Standard, Statement, TimeLimit, TimeUnit},
};

use super::super::fields::Fields;

/// A field that cannot be used, and what to do.
pub(super) type Wrong = (&'static str, &'static str);

/// The source of one of several rows.
pub(super) fn basis(fields: &Fields, prefix: &str, row: usize) -> Basis {
    let of = |name: &str| fields.all(&format!("{prefix}{name}")).get(row).copied().unwrap_or_default().trim();
    let confidence = of("confidence").parse().unwrap_or(Confidence::Low);
    Basis { law: of("law").to_owned(), article: of("article").to_owned(), confidence }
}

/// Name, output, delivery, unit and forms.
pub(super) fn general(standard: &mut Standard, fields: &Fields, units: &[UnitId]) -> Vec<Wrong> {
    if !fields.has("name") {
        return vec![("name", "Isi nama layanan.")];
    }
    standard.name = fields.one("name").trim().to_owned();
    standard.output = fields.one("output").trim().to_owned();
    standard.delivery = fields.one("delivery").parse().unwrap_or(OutputDelivery::Pickup);
    standard.unit = fields.one("unit").parse().ok().filter(|unit| units.contains(unit));
    let forms = fields.one("forms").split([',', '\n']).map(str::trim).filter(|form| !form.is_empty());
    standard.forms = forms.map(str::to_owned).collect();
    let mut wrong = Vec::new();
    if standard.unit.is_none() && !fields.one("unit").is_empty() {
        wrong.push(("unit", "Pilih unit dari daftar kantor ini."));
    }
    if standard.name.is_empty() || standard.name.chars().count() > 120 {
        wrong.push(("name", "Isi nama layanan, paling banyak 120 huruf."));
    }
    if standard.output.is_empty() || standard.output.chars().count() > 120 {
        wrong.push(("output", "Isi hasil layanan, paling banyak 120 huruf."));
    }
    wrong
}

/// Fee and times. A time without a number is left out.
pub(super) fn fee_and_time(standard: &mut Standard, fields: &Fields) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let stated = basis(fields, "fee_", 0);
    standard.fee = match fields.one("fee") {
        "free" => Fee::Free { basis: stated },
        "amount" => {
            let digits: String =
                fields.one("rupiah").chars().filter(|one| !matches!(one, '.' | ' ')).collect();
            let rupiah = digits.trim_start_matches("Rp").parse().unwrap_or(0);
            if rupiah < 1 {
                wrong.push(("rupiah", "Isi tarif dengan angka rupiah, mulai dari 1."));
            }
            Fee::Amount { rupiah, basis: stated }
        }
        _ => Fee::NotStated,
    };
    if standard.fee.basis().is_some_and(|basis| !basis.is_stated()) {
        wrong.push((
            "fee_law",
            "Isi dasar hukumnya. Tanpa dasar hukum, biaya dan gratis tidak dapat dinyatakan.",
        ));
    }
    standard.times.clear();
    let (units, channels) = (fields.all("time_unit"), fields.all("time_channel"));
    for (row, amount) in fields.all("time_amount").into_iter().enumerate() {
        if amount.trim().is_empty() {
            continue;
        }
        let amount: i64 = amount.trim().parse().unwrap_or(0);
        if amount < 1 {
            wrong.push(("time_amount", "Isi jangka waktu dengan angka, mulai dari 1."));
        }
        standard.times.push(TimeLimit {
            amount,
            unit: units.get(row).and_then(|word| word.parse().ok()).unwrap_or(TimeUnit::WorkingDays),
            channel: channels.get(row).and_then(|word| word.parse::<Channel>().ok()),
            basis: basis(fields, "time_", row),
        });
    }
    wrong
}

/// What whoever is not served in time gets; nothing is promised where no kind is chosen.
pub(super) fn compensation(standard: &mut Standard, fields: &Fields) -> Vec<Wrong> {
    let (words, basis) = (fields.one("words").trim(), fields.one("basis").trim());
    let kind = fields.one("kind").parse::<CompensationKind>().ok();
    let mut wrong = Vec::new();
    if kind.is_none() && !(words.is_empty() && basis.is_empty()) {
        wrong.push(("kind", "Pilih bentuk kompensasinya, atau kosongkan kalimat dan dasarnya."));
    }
    if kind == Some(CompensationKind::Other) && words.is_empty() {
        wrong.push(("words", "Tulis kompensasinya seperti yang akan dibaca warga."));
    }
    if words.chars().count() > LONGEST_WORDS {
        wrong.push(("words", "Kalimatnya paling panjang 300 huruf."));
    }
    if basis.chars().count() > LONGEST_BASIS {
        wrong.push(("basis", "Dasarnya paling panjang 200 huruf."));
    }
    let (words, basis) = (words.replace("\r\n", "\n"), basis.to_owned());
    standard.compensation = kind.map(|kind| Compensation { kind, words, basis });
    wrong
}

/// What is said of a component. A statement without words is left out.
pub(super) fn statements(standard: &mut Standard, component: Component, fields: &Fields) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut all = Vec::new();
    for (row, text) in fields.all("text").into_iter().enumerate() {
        let text = text.trim();
        if text.chars().count() > 2_000 {
            wrong.push(("text", "Setiap isi paling banyak 2.000 huruf."));
        }
        if !text.is_empty() {
            all.push(Statement { text: text.to_owned(), basis: basis(fields, "", row) });
        }
    }
    if all.is_empty() {
        standard.components.remove(&component);
    } else {
        standard.components.insert(component, all);
    }
    wrong
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        domain::catalogue,
        infra::{Fault, Outcome},
    };

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn ktp() -> Outcome<Standard> {
        let entry = catalogue::entry("KTP")?.ok_or(Fault::Inconsistent("KTP"))?;
        Ok(entry.answered(&BTreeMap::new()))
    }

    #[test]
    fn free_and_a_tariff_need_their_law_and_numbers_are_read_as_people_write_them() -> Outcome<()> {
        let mut one = ktp()?;
        let silent = fee_and_time(&mut one, &fields(&[("fee", "free")]));
        assert_eq!(silent.first().map(|(field, _)| *field), Some("fee_law"));
        let tariff = [("fee", "amount"), ("rupiah", "Rp25.000"), ("fee_law", "Perda 3/2024")];
        assert_eq!(fee_and_time(&mut one, &fields(&tariff)), []);
        assert!(matches!(one.fee, Fee::Amount { rupiah: 25_000, .. }));
        let words = [("fee", "amount"), ("rupiah", "murah"), ("fee_law", "Perda 3/2024")];
        assert_eq!(fee_and_time(&mut one, &fields(&words)).first().map(|(field, _)| *field), Some("rupiah"));
        Ok(())
    }

    #[test]
    fn a_compensation_is_read_and_one_without_a_kind_is_none() -> Outcome<()> {
        let mut one = ktp()?;
        let sent = [("kind", "diantar"), ("words", " "), ("basis", " SK 7/2026 ")];
        assert_eq!(compensation(&mut one, &fields(&sent)), []);
        let kept =
            one.compensation.as_ref().map(|rule| (rule.kind, rule.words.as_str(), rule.basis.as_str()));
        assert_eq!(kept, Some((CompensationKind::Delivered, "", "SK 7/2026")));
        let wrong = |sent: &[(&str, &str)]| {
            let mut one = one.clone();
            compensation(&mut one, &fields(sent)).first().map(|(field, _)| *field)
        };
        assert_eq!(wrong(&[("kind", "lainnya")]), Some("words"));
        assert_eq!(wrong(&[("kind", ""), ("words", "Payung")]), Some("kind"));
        assert_eq!(wrong(&[("kind", "diantar"), ("words", &"a".repeat(301))]), Some("words"));
        assert_eq!(wrong(&[("kind", "diantar"), ("basis", &"a".repeat(201))]), Some("basis"));
        assert_eq!(compensation(&mut one, &fields(&[])), []);
        assert_eq!(one.compensation, None);
        Ok(())
    }

    #[test]
    fn each_row_keeps_its_own_source_and_an_empty_row_is_left_out() -> Outcome<()> {
        let mut one = ktp()?;
        let sent = [
            ("time_amount", ""),
            ("time_unit", "minutes"),
            ("time_channel", ""),
            ("time_law", "A"),
            ("time_amount", "3"),
            ("time_unit", "working_days"),
            ("time_channel", "loket"),
            ("time_law", "SK 7/2026"),
        ];
        assert_eq!(fee_and_time(&mut one, &fields(&sent)), []);
        let told: Vec<_> = one.times.iter().map(|time| (time.words(), time.basis.line())).collect();
        assert_eq!(told, [("paling lama 3 hari kerja (Loket)".to_owned(), "SK 7/2026".to_owned())]);
        let wrong = fee_and_time(&mut one, &fields(&[("time_amount", "tiga")]));
        assert_eq!(wrong.first().map(|(field, _)| *field), Some("time_amount"));
        let sent = [("text", " "), ("law", "X"), ("text", "Kotak saran."), ("law", "SK 7/2026")];
        statements(&mut one, Component::Staff, &fields(&sent));
        assert_eq!(one.statements(Component::Staff).len(), 1);
        assert_eq!(one.statements(Component::Staff)[0].basis.law, "SK 7/2026");
        statements(&mut one, Component::Staff, &fields(&[("text", "")]));
        assert!(!one.says(Component::Staff));
        Ok(())
    }

    #[test]
    fn a_section_leaves_the_others_as_they_were() -> Outcome<()> {
        let (before, mut one) = (ktp()?, ktp()?);
        let sent =
            [("name", " KTP-el "), ("output", "KTP-el"), ("delivery", "pickup"), ("forms", "F-1.02, F-1.06")];
        assert_eq!(general(&mut one, &fields(&sent), &[]), []);
        assert_eq!(one.name, "KTP-el");
        assert_eq!(Standard { name: before.name.clone(), ..one }, before);
        Ok(())
    }
}
