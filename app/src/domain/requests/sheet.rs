//! An officer opens many requests of one service at once, from a sheet that a desa, a kecamatan or a school handed in.
//!
//! A sheet is opened whole or not at all: what is wrong with a row is told beside it, and nothing is opened until every
//! row is good. Each row is a request of its own with its own receipt.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
};

use chrono::TimeDelta;
use loket_core::{
    format::{FieldKind, FormatDefinition, Grammar, Problem, Reading, SheetFault, SheetRow, sheet},
    id::VariantId,
    receipt::ReceiptNumber,
    request::Channel,
    text::PersonName,
};
use loket_entity::{request, sealed::BlindIndex};
use sea_orm::ColumnTrait;

use super::{
    entry::{NOT_OFFERED, allowed},
    error::RequestError,
    form::{Filled, full_form_of},
    open::{NewRequest, open_as},
    open_at_desk::DESK_CHANNELS,
    places, store, token,
};
use crate::{
    domain::{
        catalogue::{self, Catalogue},
        regions,
        tenancy::Office,
    },
    infra::{Cx, Fault, Outcome, seal::IndexKind},
};

/// The same person and service within this time is the same sheet sent twice.
const AGAIN: TimeDelta = TimeDelta::hours(24);
const LONGEST_FROM: usize = 120;
/// More requests than a day has for the people of one sheet.
const MOST_FOUND: u64 = 1000;

/// What an officer hands over.
pub struct SheetEntry<'a> {
    /// By what way it came.
    pub channel: Channel,
    /// The variant of a service that all of it asks for.
    pub variant: VariantId,
    /// Who handed it in: `Desa Pete`.
    pub from: &'a str,
    /// The sheet, as CSV.
    pub text: &'a str,
    /// The key that its form was given.
    pub key: &'a str,
}

/// A row that was looked at. Personal.
pub struct CheckedRow {
    /// Its line in the sheet.
    pub line: usize,
    /// Whom it is about, as far as that can be read.
    pub name: String,
    /// What is wrong with it, a sentence each.
    pub wrong: Vec<String>,
}

impl fmt::Debug for CheckedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedRow").field("line", &self.line).finish_non_exhaustive()
    }
}

/// A request that was opened from a row.
pub struct OpenedRow {
    /// Its line in the sheet.
    pub line: usize,
    /// Whom it is about.
    pub name: String,
    /// Its receipt number.
    pub receipt: ReceiptNumber,
}

/// Why no request was opened.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The sheet cannot be read.
    #[error("{}", .0.sentence())]
    Sheet(SheetFault),
    /// Rows are wrong.
    #[error("Ada baris yang perlu diperbaiki. Belum ada permohonan yang dibuat.")]
    Rows(Vec<CheckedRow>),
    /// It was opened before.
    #[error("Lembar ini sudah dibuat sebelumnya. Permohonannya ada di Antrean.")]
    Again,
    /// As for any request.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl From<Fault> for SheetError {
    fn from(fault: Fault) -> Self {
        Self::Request(fault.into())
    }
}

/// Looks at every row of a sheet and opens nothing.
pub async fn check_sheet(
    cx: &Cx<'_>,
    office: &Office,
    entry: &SheetEntry<'_>,
) -> Result<Vec<CheckedRow>, SheetError> {
    let catalogue = catalogue::load(cx).await?;
    Ok(looked_at(cx, (office, &catalogue), entry).await?.into_iter().map(|row| row.checked).collect())
}

/// Opens a request for each row.
///
/// # Errors
/// [`SheetError::Rows`] where a row is wrong, [`SheetError::Again`] for a sheet that was opened before; then nothing was
/// opened.
pub async fn open_sheet(
    cx: &mut Cx<'_>,
    office: &Office,
    entry: &SheetEntry<'_>,
) -> Result<Vec<OpenedRow>, SheetError> {
    let catalogue = catalogue::load(cx).await?;
    let mut id = token::id_in(cx, entry.key);
    if store::find(cx, id).await?.is_some() {
        return Err(SheetError::Again);
    }
    let rows = looked_at(cx, (office, &catalogue), entry).await?;
    if rows.iter().any(|row| !row.checked.wrong.is_empty()) {
        return Err(SheetError::Rows(rows.into_iter().map(|row| row.checked).collect()));
    }
    let from = Some(entry.from.trim()).filter(|from| !from.is_empty());
    let mut opened = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(subject) = row.reading.fields.name().cloned() else { continue };
        let chosen = allowed(cx, office, &catalogue, (entry.variant, &row.fields))?;
        let name = subject.expose().to_owned();
        let filled = Filled { subject, fields: row.fields, notes: row.reading.notes };
        let new = filled.request(cx, &catalogue, (entry.channel, chosen));
        let new = NewRequest { handed_in_by: from.map(str::to_owned), ..new };
        // The first has the id of the form: a second tap meets it.
        let receipt = match open_as(cx, office, chosen, (id, new)).await {
            Ok(one) => one.receipt,
            Err(Fault::Stale) if opened.is_empty() => return Err(SheetError::Again),
            Err(fault) => return Err(fault.into()),
        };
        id = cx.new_id();
        opened.push(OpenedRow { line: row.checked.line, name, receipt });
    }
    Ok(opened)
}

/// A row as it was read.
struct Row {
    checked: CheckedRow,
    reading: Reading,
    fields: BTreeMap<String, String>,
}

async fn looked_at(
    cx: &Cx<'_>,
    (office, catalogue): (&Office, &Catalogue),
    entry: &SheetEntry<'_>,
) -> Result<Vec<Row>, SheetError> {
    if !DESK_CHANNELS.contains(&entry.channel) {
        return Err(RequestError::Invalid("Pilih loket, telepon, atau surel sebagai asal permohonan.").into());
    }
    if entry.from.chars().count() > LONGEST_FROM {
        return Err(RequestError::Invalid("Nama pihak yang menyerahkan paling panjang 120 huruf.").into());
    }
    let service = catalogue.variant(entry.variant).ok_or(NOT_OFFERED)?.0;
    let form = full_form_of(catalogue, service.id, office);
    let grammar = Grammar::new([form.clone()], regions::index(&office.region_code));
    let today = office.zone.date(cx.now());
    let mut rows = Vec::new();
    for SheetRow { line, typed } in sheet::read(&form, entry.text).map_err(SheetError::Sheet)? {
        let Some(reading) = grammar.fill(&form.keyword, &typed, today) else { continue };
        let fields = reading.fields.expose();
        let mut wrong = sentences(&reading.problems, &typed);
        if let Err(RequestError::NotAllowed) = allowed(cx, office, catalogue, (entry.variant, &fields)) {
            wrong.push("Layanan atau wilayah ini di luar tugas Anda.".to_owned());
        }
        let name = reading.fields.name().map(|name| name.expose().to_owned()).unwrap_or_default();
        rows.push(Row { checked: CheckedRow { line, name, wrong }, reading, fields });
    }
    tell_rounded(&form, &mut rows);
    tell_twins(cx, &mut rows, entry.variant).await?;
    Ok(rows)
}

/// What is wrong with values; a number that a spreadsheet spoilt is told as that.
fn sentences(problems: &[Problem], typed: &BTreeMap<String, String>) -> Vec<String> {
    let one = |problem: &Problem| {
        let cell = problem.key.as_ref().and_then(|key| typed.get(key));
        if cell.is_some_and(|cell| sheet::is_spoilt(cell)) {
            spoilt(&problem.label)
        } else {
            problem.sentence()
        }
    };
    problems.iter().map(one).collect()
}

fn spoilt(label: &str) -> String {
    format!(
        "{label} tersimpan sebagai bilangan, sehingga angka akhirnya hilang dan tidak kembali walau formatnya diubah. \
         Jadikan kolom itu teks, lalu ketik ulang nomornya."
    )
}

/// Identity numbers that a spreadsheet rounded to fifteen digits all end in 0.
fn tell_rounded(form: &FormatDefinition, rows: &mut [Row]) {
    let numbers = form.fields.iter().filter(|field| matches!(field.kind, FieldKind::Nik | FieldKind::Kk));
    for field in numbers {
        let values: Vec<&String> = rows.iter().filter_map(|row| row.fields.get(&field.key)).collect();
        if values.len() < 2 || !values.iter().all(|value| value.ends_with('0')) {
            continue;
        }
        for row in rows.iter_mut().filter(|row| row.fields.contains_key(&field.key)) {
            row.checked.wrong.push(spoilt(&field.label));
        }
    }
}

/// Rows about somebody who stands in the sheet above, or whose request for the same was opened just now and is under way.
/// Who shares a NIK but not the name is somebody else: a mother's stands in the lines of her twins.
async fn tell_twins(cx: &Cx<'_>, rows: &mut [Row], variant: VariantId) -> Outcome<()> {
    let nik = |row: &Row| row.reading.fields.nik().map(|nik| cx.index(IndexKind::Nik, nik.expose()));
    let indexes: Vec<Option<BlindIndex>> = rows.iter().map(nik).collect();
    let found = cx
        .tx()
        .find::<request::Entity>()
        .filter(request::Column::NikIdx.is_in(indexes.iter().flatten().cloned()))
        .filter(request::Column::VariantId.eq(variant))
        .filter(request::Column::OpenedAt.gte(cx.now() - AGAIN))
        .filter(store::open())
        .up_to(MOST_FOUND)
        .await?;
    let mut known = HashSet::new();
    for row in found {
        let name: String = cx.open(&row.subject, places::SUBJECT.of(row.id.0))?;
        known.extend(row.nik_idx.map(|index| (index.0, words(&name))));
    }
    let mut above: HashMap<_, usize> = HashMap::new();
    for (row, index) in rows.iter_mut().zip(indexes) {
        let numbers: Vec<String> = row.fields.values().cloned().collect();
        let who = (index.map(|index| index.0), words(&row.checked.name));
        if who.0.as_ref().is_some_and(|index| known.contains(&(index.clone(), who.1.clone()))) {
            let wrong = "Orang ini baru saja punya permohonan yang sama. Hapus baris ini, atau buka lewat \
                         Permohonan baru bila memang perlu.";
            row.checked.wrong.push(wrong.to_owned());
        }
        // Without a NIK two are the same only if all of it is.
        let same = if who.0.is_some() { (who, Vec::new()) } else { (who, numbers) };
        match above.get(&same) {
            Some(line) => row.checked.wrong.push(format!("Sama dengan baris {line}. Hapus salah satunya.")),
            None => {
                above.insert(same, row.checked.line);
            }
        }
    }
    Ok(())
}

fn words(name: &str) -> Vec<String> {
    PersonName::parse(name).map(|name| name.search_words().collect()).unwrap_or_default()
}
