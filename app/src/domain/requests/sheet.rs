//! An officer opens many requests of one service at once, from a sheet that a desa, a kecamatan or a school handed in.
//!
//! A sheet is opened whole or not at all: what is wrong with a row is told beside it, and nothing is opened until every
//! row is good. Each row is a request of its own with its own receipt.

use std::collections::{BTreeMap, HashMap};

use chrono::TimeDelta;
use loket_core::{
    format::{FieldKind, FormatDefinition, Grammar, Problem, Reading, SheetFault, SheetRow, sheet},
    id::VariantId,
    receipt::ReceiptNumber,
    request::Channel,
};
use loket_entity::{request, sealed::BlindIndex};
use sea_orm::ColumnTrait;

use super::{
    entry::{NOT_OFFERED, allowed},
    error::RequestError,
    form::form_of,
    open::{NewRequest, open},
    open_at_desk::DESK_CHANNELS,
};
use crate::{
    domain::{
        catalogue::{self, Catalogue, ServiceView},
        regions,
        tenancy::Office,
    },
    infra::{Cx, Fault, Outcome, seal::IndexKind},
};

/// The same person and service within this time is the same sheet sent twice.
const AGAIN: TimeDelta = TimeDelta::hours(24);
/// Who handed the sheet in, among the fields.
const FROM: &str = "diserahkan_oleh";
const LONGEST_FROM: usize = 120;

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
    #[error("Ada baris yang perlu diperbaiki.")]
    Rows,
    /// As for any request.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl From<Fault> for SheetError {
    fn from(fault: Fault) -> Self {
        Self::Request(fault.into())
    }
}

/// The columns of a service's sheet: the fields of its counter form, what the line must hold and a name among them.
pub fn sheet_of(catalogue: &Catalogue, service: &ServiceView, office: &Office) -> FormatDefinition {
    let mut form = form_of(catalogue, service.id, office);
    for field in form.fields.iter_mut().filter(|field| field.kind == FieldKind::Name) {
        field.required = true;
    }
    form
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
/// [`SheetError::Rows`] where a row is wrong; then nothing was opened.
pub async fn open_sheet(
    cx: &mut Cx<'_>,
    office: &Office,
    entry: &SheetEntry<'_>,
) -> Result<Vec<OpenedRow>, SheetError> {
    let catalogue = catalogue::load(cx).await?;
    let rows = looked_at(cx, (office, &catalogue), entry).await?;
    if rows.iter().any(|row| !row.checked.wrong.is_empty()) {
        return Err(SheetError::Rows);
    }
    let mut opened = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(subject) = row.reading.fields.name().cloned() else { continue };
        let chosen = allowed(cx, office, &catalogue, (entry.variant, &row.fields))?;
        let mut fields = row.fields;
        if let Some(choice) = catalogue.format_of(chosen.0.id).and_then(|format| format.variant_choice()) {
            fields.insert(choice.key.clone(), chosen.1.code.to_uppercase());
        }
        if !entry.from.trim().is_empty() {
            fields.insert(FROM.to_owned(), entry.from.trim().to_owned());
        }
        let name = subject.expose().to_owned();
        let new = NewRequest {
            channel: entry.channel,
            conversation: None,
            submitter: None,
            subject,
            fields,
            notes: row.reading.notes,
            first_message_at: cx.now(),
            answered_at: None,
            unanswered_since: None,
        };
        let receipt = open(cx, office, chosen, new).await?.receipt;
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
        return Err(RequestError::Invalid("Nama penyerah paling panjang 120 huruf.").into());
    }
    let service = catalogue.variant(entry.variant).ok_or(NOT_OFFERED)?.0;
    let form = sheet_of(catalogue, service, office);
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
    tell_twins(cx, &mut rows, service).await?;
    Ok(rows)
}

/// What is wrong with values; a number that a spreadsheet spoilt is told as that.
fn sentences(problems: &[Problem], typed: &BTreeMap<String, String>) -> Vec<String> {
    let one = |problem: &Problem| {
        let cell = problem.key.as_ref().and_then(|key| typed.get(key));
        if cell.is_some_and(|cell| sheet::is_spoilt(cell)) {
            return format!(
                "{} tersimpan sebagai bilangan sehingga angkanya hilang. Jadikan kolom itu teks, lalu isi lagi.",
                problem.label
            );
        }
        problem.sentence()
    };
    problems.iter().map(one).collect()
}

/// Rows about somebody who stands in the sheet above, or whose request was opened just now.
async fn tell_twins(cx: &Cx<'_>, rows: &mut [Row], service: &ServiceView) -> Outcome<()> {
    let index = |row: &Row| row.reading.fields.nik().map(|nik| cx.index(IndexKind::Nik, nik.expose()));
    let indexes: Vec<Option<BlindIndex>> = rows.iter().map(index).collect();
    let known: HashMap<Vec<u8>, String> = cx
        .tx()
        .find::<request::Entity>()
        .filter(request::Column::NikIdx.is_in(indexes.iter().flatten().cloned()))
        .filter(request::Column::ServiceId.eq(service.id))
        .filter(request::Column::OpenedAt.gte(cx.now() - AGAIN))
        .up_to(sheet::MOST_ROWS as u64)
        .await?
        .into_iter()
        .filter_map(|row| Some((row.nik_idx?.0, row.receipt)))
        .collect();
    let mut above: HashMap<Vec<u8>, usize> = HashMap::new();
    for (row, index) in rows.iter_mut().zip(indexes) {
        let Some(BlindIndex(index)) = index else { continue };
        if let Some(receipt) = known.get(&index) {
            row.checked
                .wrong
                .push(format!("NIK ini sudah punya permohonan {receipt} dalam 24 jam terakhir."));
        }
        if let Some(line) = above.get(&index) {
            row.checked.wrong.push(format!("NIK sama dengan baris {line}."));
        } else {
            above.insert(index, row.checked.line);
        }
    }
    Ok(())
}
