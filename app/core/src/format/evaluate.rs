//! What the pieces of a line say, once it is known which piece is which field.

use chrono::NaiveDate;

use super::{
    grammar::Format,
    numbers::{digits, is_kk_date, is_womans_day, look_alike_number},
    places::{Found, Regions},
    problem::{NoteKind, ProblemKind, Which},
    schema::FieldKind,
    value::{Confidence, FieldValue},
    values::{self, Read},
};
use crate::text::collapse;

/// A piece of text, given for a field.
#[derive(Clone, Copy)]
pub(super) struct Given<'t> {
    pub(super) raw: &'t str,
    /// Whether a label named the field.
    pub(super) labelled: bool,
    /// Whether the piece stood elsewhere than the field.
    pub(super) moved: bool,
}

/// Which piece is which field.
#[derive(Clone)]
pub(super) struct Plan<'t> {
    /// For each field its piece.
    pub(super) given: Vec<Option<Given<'t>>>,
    /// For each field what is wrong already.
    pub(super) forced: Vec<Option<ProblemKind>>,
    /// Whether pieces are left over.
    pub(super) extra: bool,
}

impl<'t> Plan<'t> {
    pub(super) fn new(fields: usize) -> Self {
        Self { given: vec![None; fields], forced: vec![None; fields], extra: false }
    }

    pub(super) fn give(&mut self, field: usize, given: Given<'t>) {
        if let Some(slot) = self.given.get_mut(field) {
            *slot = Some(given);
        }
    }

    pub(super) fn force(&mut self, field: usize, problem: ProblemKind) {
        if let Some(slot) = self.forced.get_mut(field) {
            *slot = Some(problem);
        }
    }

    pub(super) fn is_open(&self, field: usize) -> bool {
        self.given.get(field).is_some_and(Option::is_none)
    }
}

/// A line with its values checked.
#[derive(Debug, Clone)]
pub(super) struct Evaluated {
    /// For each field its value, if it is good.
    pub(super) values: Vec<Option<(FieldValue, Confidence)>>,
    /// For each field what is wrong.
    pub(super) problems: Vec<Option<ProblemKind>>,
    /// Whether there is more than the format has fields.
    pub(super) extra: bool,
    pub(super) notes: Vec<(Option<usize>, NoteKind)>,
}

impl Evaluated {
    pub(super) fn is_complete(&self) -> bool {
        !self.extra && self.problems.iter().all(Option::is_none)
    }

    /// How many values are good.
    pub(super) fn good(&self) -> usize {
        self.values.iter().filter(|value| value.is_some()).count()
    }

    fn set(&mut self, field: usize, read: Read) {
        let (value, problem) = match read {
            Ok(value) => (Some(value), None),
            Err(problem) => (None, Some(problem)),
        };
        if let (Some(v), Some(p)) = (self.values.get_mut(field), self.problems.get_mut(field)) {
            *v = value;
            *p = problem;
        }
    }
}

/// What readings of one office's line need.
#[derive(Clone, Copy)]
pub(super) struct Setting<'g> {
    pub(super) format: &'g Format,
    pub(super) regions: &'g Regions,
    pub(super) today: NaiveDate,
}

/// Checks every piece.
pub(super) fn evaluate(setting: Setting<'_>, plan: &Plan<'_>) -> Evaluated {
    let fields = &setting.format.definition.fields;
    let mut read = Evaluated {
        values: vec![None; fields.len()],
        problems: vec![None; fields.len()],
        extra: plan.extra,
        notes: Vec::new(),
    };
    for (index, field) in fields.iter().enumerate() {
        let given = plan.given.get(index).copied().flatten();
        let forced = plan.forced.get(index).cloned().flatten();
        match (given, forced) {
            (_, Some(problem)) => read.set(index, Err(problem)),
            (None, None) if field.required => read.set(index, Err(ProblemKind::Missing)),
            (None, None) => {}
            (Some(_), None) if matches!(field.kind, FieldKind::Village | FieldKind::District) => {}
            (Some(given), None) => {
                let options = setting.format.options.get(index).and_then(Option::as_ref);
                let value = values::read(field, options, given.raw, setting.today);
                read.set(index, value.map(|(value, sure)| (value, demoted(given, sure))));
            }
        }
    }
    numbers(setting, plan, &mut read);
    look_alikes(setting, plan, &mut read);
    places(setting, plan, &mut read);
    parted_name(setting, &mut read);
    read
}

/// A name of one word, and behind it text whose first part could be the rest of the name: nobody knows where the name
/// ends, `#SITI#AMINAH#Jl. ...`.
fn parted_name(setting: Setting<'_>, read: &mut Evaluated) {
    let definition = &setting.format.definition;
    let [.., name, text] = definition.fields.as_slice() else { return };
    let last = definition.fields.len() - 1;
    let [.., Some((first, _)), Some((second, _))] = read.values.as_slice() else { return };
    if !text.holds_separator {
        return;
    }
    let begins = second.expose().split_once(definition.separator).map_or("", |(begins, _)| begins.trim());
    let ends_in_text = name.kind == FieldKind::Name && text.kind.is_text();
    let short = !first.expose().contains(' ') && begins.split(' ').count() <= 2;
    if ends_in_text && short && values::is_name(begins) {
        read.set(last - 1, Err(ProblemKind::Unclear));
        read.set(last, Err(ProblemKind::Unclear));
    }
}

fn demoted(given: Given<'_>, sure: Confidence) -> Confidence {
    if given.moved { Confidence::ByType } else { sure }
}

/// NIK and KK number, which may stand in each other's place.
fn numbers(setting: Setting<'_>, plan: &Plan<'_>, read: &mut Evaluated) {
    let fields = &setting.format.definition.fields;
    let find = |kind| fields.iter().position(|field| field.kind == kind);
    let given = |index: usize| plan.given.get(index).copied().flatten();
    if let (Some(nik), Some(kk)) = (find(FieldKind::Nik), find(FieldKind::Kk))
        && let (Some(first), Some(second)) = (given(nik), given(kk))
        && let (Some(a), Some(b)) = (digits(first.raw), digits(second.raw))
    {
        let labelled = first.labelled || second.labelled;
        let could_be_kk = a.text.len() == 16 && is_kk_date(&a.text, setting.today);
        if a.text == b.text && a.text.len() == 16 {
            read.set(kk, Err(ProblemKind::SameNumber));
            if could_be_kk {
                read.set(nik, Err(ProblemKind::WhichNumber));
            }
        } else if could_be_kk && !labelled {
            misplaced(setting, (nik, first), (kk, second, &b.text), read);
        }
    }
    for (index, value) in read.values.iter().enumerate() {
        if let Some((FieldValue::Nik(nik), _)) = value
            && !setting.regions.gave(nik.expose())
        {
            read.notes.push((Some(index), NoteKind::NikFromElsewhere));
        }
    }
}

/// Numbers with many letters for digits: read only in their place, and only if region and date are good, and so is the
/// other number.
fn look_alikes(setting: Setting<'_>, plan: &Plan<'_>, read: &mut Evaluated) {
    for (index, field) in setting.format.definition.fields.iter().enumerate() {
        let faulty = read.problems.get(index).is_some_and(Option::is_some);
        let Some(given) = plan.given.get(index).copied().flatten().filter(|given| !given.moved) else {
            continue;
        };
        let forced = plan.forced.get(index).is_some_and(Option::is_some);
        if !field.kind.is_number() || !faulty || forced || digits(given.raw).is_some() {
            continue;
        }
        let Some(number) = look_alike_number(given.raw).filter(|number| setting.regions.gave(number)) else {
            continue;
        };
        let value = match field.kind {
            FieldKind::Nik => values::nik(&number),
            _ => values::kk(&number, setting.today),
        };
        let other = |(at, value): (usize, &Option<(FieldValue, Confidence)>)| {
            let numbered =
                setting.format.definition.fields.get(at).is_some_and(|field| field.kind.is_number());
            at == index || !numbered || value.as_ref().is_some_and(|(value, _)| value.expose() != *number)
        };
        if let (Ok((value, _)), true) = (value, read.values.iter().enumerate().all(other)) {
            read.set(index, Ok((value, Confidence::Tidied)));
        }
    }
}

/// What stands for the NIK could be a KK number. If what stands for the KK number can only be a woman's NIK, they
/// stand in each other's place; if it can be no KK number for another reason, nobody knows.
fn misplaced(setting: Setting<'_>, nik: At<'_>, kk: (usize, Given<'_>, &str), read: &mut Evaluated) {
    let (at, given, number) = kk;
    let birth = is_womans_day(number);
    if number.len() == 16
        && birth
        && let (Ok((nik_value, _)), Ok((kk_value, _))) =
            (values::nik(given.raw), values::kk(nik.1.raw, setting.today))
    {
        read.set(nik.0, Ok((nik_value, Confidence::ByType)));
        read.set(at, Ok((kk_value, Confidence::ByType)));
        read.notes.push((Some(nik.0), NoteKind::NumbersSwapped));
        return;
    }
    let other = number.len() == 16 && !is_kk_date(number, setting.today) && values::nik(given.raw).is_ok();
    if other || birth {
        read.set(nik.0, Err(ProblemKind::WhichNumber));
        read.set(at, Err(ProblemKind::WhichNumber));
    }
}

/// Village and district, which hold each other.
fn places(setting: Setting<'_>, plan: &Plan<'_>, read: &mut Evaluated) {
    let fields = &setting.format.definition.fields;
    let given = |index: usize| {
        let forced = plan.forced.get(index).is_some_and(Option::is_some);
        plan.given.get(index).copied().flatten().filter(|_| !forced)
    };
    let find = |kind| fields.iter().position(|f| f.kind == kind).and_then(|at| given(at).map(|g| (at, g)));
    let (village, district) = (find(FieldKind::Village), find(FieldKind::District));
    if setting.regions.is_empty() {
        for (index, given) in village.into_iter().chain(district) {
            read.set(index, unchecked(given.raw));
        }
        return;
    }
    match (village, district) {
        (Some(village), Some(district)) => both(setting.regions, village, district, read),
        (Some((at, given)), None) => {
            let district = fields.iter().position(|field| field.kind == FieldKind::District);
            let found = setting.regions.village(given.raw, None);
            read.set(at, village_alone(setting.regions, given, (found, None), district.is_some()));
            if let Some(district) = district {
                follows(setting.regions, given, district, read);
            }
        }
        (None, Some((at, given))) => {
            let found = setting.regions.district(given.raw);
            read.set(at, district_alone(setting.regions, given, found));
        }
        (None, None) => {}
    }
}

/// A village without its district. Several of one name are no fault of the village: the district will be asked for.
fn village_alone(
    regions: &Regions,
    given: Given<'_>,
    (found, district): (Found, Option<usize>),
    asked: bool,
) -> Read {
    if asked
        && found == Found::Several
        && let Some(name) = regions.shared_name(given.raw)
    {
        return Ok((FieldValue::place(name), Confidence::Tidied));
    }
    match found {
        Found::Several => Err(ProblemKind::SeveralPlaces(regions.tied_villages(given.raw, district))),
        Found::Nothing if regions.several_begin(given.raw, district) => {
            Err(ProblemKind::SeveralPlaces(regions.tied_villages(given.raw, district)))
        }
        found => place(found, given, |index| regions.village_name(index)),
    }
}

fn district_alone(regions: &Regions, given: Given<'_>, found: Found) -> Read {
    match found {
        Found::Several => Err(ProblemKind::SeveralPlaces(regions.tied_districts(given.raw))),
        found => place(found, given, |index| regions.district_name(index)),
    }
}

/// A district that was not written is the one that has the only village of that name; of several it is asked.
fn follows(regions: &Regions, village: Given<'_>, district: usize, read: &mut Evaluated) {
    let missing = read.problems.get(district).is_some_and(|problem| *problem == Some(ProblemKind::Missing));
    if !missing {
        return;
    }
    if let Some((_, only)) = regions.only_village(village.raw).or_else(|| regions.mended_village(village.raw))
    {
        let value = FieldValue::place(regions.district_name(only));
        read.set(district, Ok((value, Confidence::ByType)));
        read.notes.push((Some(district), NoteKind::DistrictFollows));
    } else if let Some(which) = regions.districts_of(village.raw) {
        read.set(district, Err(ProblemKind::WhichDistrict(which)));
    }
}

type At<'t> = (usize, Given<'t>);

fn both(regions: &Regions, village: At<'_>, district: At<'_>, read: &mut Evaluated) {
    let found = match regions.district(district.1.raw) {
        Found::Nothing => regions
            .of_city(village.1.raw, district.1.raw)
            .map_or(Found::Nothing, |index| Found::One(index, Confidence::Tidied)),
        found => found,
    };
    let inside = found.one().map(|(index, _)| regions.village(village.1.raw, Some(index)));
    let settled = inside.is_some_and(|village| village.one().is_some());
    if !settled && swapped(regions, village, district, read) {
        return;
    }
    let several = found.one().is_some_and(|(index, _)| regions.several_begin(village.1.raw, Some(index)));
    if inside == Some(Found::Elsewhere) && several {
        read.set(district.0, district_alone(regions, district.1, found));
        let within = found.one().map(|(index, _)| index);
        read.set(village.0, Err(ProblemKind::SeveralPlaces(regions.tied_villages(village.1.raw, within))));
        return;
    }
    if inside == Some(Found::Elsewhere) {
        // Either may be the slip.
        read.set(village.0, Err(ProblemKind::NotInDistrict));
        read.set(district.0, Err(ProblemKind::NotOfVillage));
        return;
    }
    read.set(district.0, district_alone(regions, district.1, found));
    let within = found.one().map(|(index, _)| index);
    let found = inside.unwrap_or_else(|| regions.village(village.1.raw, None));
    read.set(village.0, village_alone(regions, village.1, (found, within), inside.is_none()));
}

/// Whether village and district stand in each other's place: what is written for the village is a district that
/// has a village of the other name.
fn swapped(regions: &Regions, village: At<'_>, district: At<'_>, read: &mut Evaluated) -> bool {
    if village.1.labelled || district.1.labelled {
        return false;
    }
    let Some((outer, _)) = regions.district(village.1.raw).one() else { return false };
    let Some((inner, _)) = regions.village(district.1.raw, Some(outer)).one() else { return false };
    let named = |name| Ok((FieldValue::place(name), Confidence::ByType));
    read.set(district.0, named(regions.district_name(outer)));
    read.set(village.0, named(regions.village_name(inner)));
    read.notes.push((Some(village.0), NoteKind::PlacesSwapped));
    true
}

fn place<'r>(found: Found, given: Given<'_>, name: impl Fn(usize) -> &'r str) -> Read {
    match found {
        Found::One(index, sure) => Ok((FieldValue::place(name(index)), demoted(given, sure))),
        Found::Several => Err(ProblemKind::SeveralPlaces(Which::default())),
        Found::Elsewhere => Err(ProblemKind::NotInDistrict),
        Found::Nothing if given.raw.chars().filter(|c| c.is_alphabetic()).count() < 2 => {
            Err(ProblemKind::NotAPlace)
        }
        Found::Nothing => Err(ProblemKind::UnknownPlace),
    }
}

/// A place of an office whose region is not known: any name will do.
fn unchecked(raw: &str) -> Read {
    if raw.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Err(ProblemKind::NotAPlace);
    }
    Ok((FieldValue::Plain(zeroize::Zeroizing::new(collapse(raw))), Confidence::Exact))
}
