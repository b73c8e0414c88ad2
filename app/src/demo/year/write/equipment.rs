//! What an office of the demonstration works with and looks after: entered in spring, looked after since, one thing broken
//! and another soon due.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    equipment::{EquipmentKind, EquipmentState, EquipmentStep, Every},
    id::{EquipmentEntryId, EquipmentId},
    kinds::Role,
};
use loket_entity::{equipment, equipment_entry};
use sea_orm::ActiveValue::Set;

use super::{
    ids::{self, Table},
    ledger::Ledger,
};
use crate::{
    demo::setup::{Trouble, trouble},
    infra::{Actor, Cx, Fault, House, Outcome, SystemReason, seal::Column},
};

const NAME: Column = Column::new("equipment", "name");
const SERIAL: Column = Column::new("equipment", "serial");
const NOTE: Column = Column::new("equipment_entry", "note");

/// What happened to a piece so many days before the year's end.
type Happened = (u64, EquipmentStep, &'static str);

/// A piece of an office: what it is, its name and serial number, how often it is looked after, what happened to it.
struct Piece {
    kind: EquipmentKind,
    name: &'static str,
    serial: &'static str,
    months: u32,
    happened: &'static [Happened],
}

const fn piece(
    kind: EquipmentKind,
    (name, serial): (&'static str, &'static str),
    months: u32,
    happened: &'static [Happened],
) -> Piece {
    Piece { kind, name, serial, months, happened }
}

use EquipmentKind::{
    Camera, CardPrinter, DocumentPrinter, FingerprintScanner, IrisScanner, Network, Power, Vehicle,
};
use EquipmentStep::{Broke, Repaired, Serviced};

/// The pieces of each office. The order is that of [`crate::demo::offices::OFFICES`].
const PIECES: [&[Piece]; 5] = [
    &[
        piece(
            CardPrinter,
            ("Printer KTP 1, loket 1", "PK-3603-01"),
            3,
            &[(190, Serviced, "Pembersihan rutin."), (84, Serviced, "Roller diganti.")],
        ),
        piece(
            CardPrinter,
            ("Printer KTP 2, loket 2", "PK-3603-02"),
            3,
            &[
                (171, Serviced, "Pembersihan rutin."),
                (101, Broke, "Hasil cetak bergaris."),
                (98, Repaired, "Printhead diganti teknisi."),
                (98, Serviced, "Sekaligus dibersihkan."),
            ],
        ),
        piece(
            IrisScanner,
            ("Pemindai iris, ruang perekaman", "IR-3603-01"),
            6,
            &[(120, Serviced, "Kalibrasi.")],
        ),
        piece(Camera, ("Kamera, ruang perekaman", ""), 12, &[(150, Serviced, "")]),
        piece(
            DocumentPrinter,
            ("Printer KK, ruang cetak", "PD-3603-04"),
            6,
            &[(60, Serviced, "Drum diganti.")],
        ),
        piece(
            Power,
            ("Genset halaman belakang", ""),
            6,
            &[(33, Serviced, "Oli diganti dan diuji 30 menit.")],
        ),
    ],
    &[
        piece(
            CardPrinter,
            ("Printer KIA, loket 4", "PK-5371-01"),
            3,
            &[(70, Serviced, "Pembersihan rutin.")],
        ),
        piece(DocumentPrinter, ("Printer ruang cetak", "PD-5371-02"), 6, &[(40, Serviced, "")]),
        piece(Network, ("Router jaringan SIAK, ruang server", ""), 12, &[(88, Serviced, "Kabel dirapikan.")]),
    ],
    &[
        piece(
            CardPrinter,
            ("Printer KTP 1, ruang cetak", "PK-6503-01"),
            3,
            &[(140, Serviced, "Pembersihan rutin."), (83, Serviced, "Ribbon sempat tersangkut.")],
        ),
        piece(
            CardPrinter,
            ("Printer KTP 2, ruang cetak", "PK-6503-02"),
            3,
            &[
                (140, Serviced, "Pembersihan rutin."),
                (6, Broke, "Printhead aus, suku cadang dipesan ke Tarakan."),
            ],
        ),
        piece(
            FingerprintScanner,
            ("Pemindai sidik jari, ruang perekaman", "SJ-6503-01"),
            6,
            &[(95, Serviced, "")],
        ),
        piece(Power, ("Genset halaman belakang", ""), 6, &[(20, Serviced, "Filter solar diganti.")]),
        piece(Vehicle, ("Mobil jemput bola", ""), 6, &[(200, Serviced, "Servis berkala.")]),
    ],
    &[piece(DocumentPrinter, ("Printer loket layanan", ""), 6, &[(110, Serviced, "")])],
    &[
        piece(CardPrinter, ("Printer KTP-el", "PK-1771-01"), 3, &[(65, Serviced, "Pembersihan rutin.")]),
        piece(DocumentPrinter, ("Printer KK", ""), 6, &[(130, Serviced, "")]),
    ],
];

/// How long ago the register was begun.
const ENTERED: u64 = 240;

/// Writes them; gives how many rows there are.
pub(super) async fn write(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    let by = ledger.of_role(Role::Supervisor)?;
    let place = ledger.plan.place;
    let mut cx =
        Cx::write(house, ledger.office.id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    for (piece, number) in PIECES.get(place).copied().unwrap_or_default().iter().zip(0..) {
        let entered = on_day(ledger, ENTERED);
        let id: EquipmentId = ids::id(place, (Table::Equipment, number as u64), entered);
        let happened = std::iter::once(&(ENTERED, EquipmentStep::Entered, "")).chain(piece.happened);
        for ((back, step, note), part) in happened.zip(0..) {
            let at = on_day(ledger, *back);
            let line: EquipmentEntryId = ids::id(place, (Table::EquipmentEntry, ids::part(number, part)), at);
            let note = Some((*note).to_owned()).filter(|note| !note.is_empty());
            let note = note.map(|note| cx.seal(&note, NOTE.of(line.0))).transpose().map_err(trouble)?;
            lines.push(equipment_entry::ActiveModel {
                tenant_id: Set(ledger.office.id),
                id: Set(line),
                equipment_id: Set(id),
                step: Set(*step),
                day: Set(ledger.office.zone.date(at)),
                note: Set(note),
                actor_id: Set(Some(by)),
                at: Set(at),
                form_key: Set(None),
            });
        }
        rows.push(row(&cx, ledger, (piece, id)).map_err(trouble)?);
    }
    let written = rows.len() + lines.len();
    cx.tx().insert_all::<equipment::Entity>(rows).await.map_err(trouble)?;
    cx.tx().insert_all::<equipment_entry::Entity>(lines).await.map_err(trouble)?;
    cx.audit("demo.equipment_written", ("equipment", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(written)
}

/// An hour after the first opening of so many days before the year's end.
fn on_day(ledger: &Ledger, back: u64) -> Instant {
    let at = ledger.at(ledger.plan.until) - TimeDelta::days(i64::try_from(back).unwrap_or_default());
    ledger.clocks.service.next_opening(at).unwrap_or(at) + TimeDelta::hours(1)
}

/// A piece as its history left it.
fn row(cx: &Cx<'_>, ledger: &Ledger, (piece, id): (&Piece, EquipmentId)) -> Outcome<equipment::ActiveModel> {
    let day = |back| ledger.office.zone.date(on_day(ledger, back));
    let (mut state, mut since, mut serviced_on) = (EquipmentState::Working, None, None);
    for (back, step, _) in piece.happened {
        let after = step.after(state).ok_or(Fault::Inconsistent("a step that cannot be"))?;
        if after != state {
            (state, since) = (after, Some(day(*back)));
        }
        if *step == Serviced {
            serviced_on = serviced_on.max(Some(day(*back)));
        }
    }
    let every = Every::months(piece.months);
    let serial = Some(piece.serial.to_owned()).filter(|serial| !serial.is_empty());
    Ok(equipment::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        kind: Set(piece.kind),
        unit_id: Set(None),
        name: Set(cx.seal(&piece.name.to_owned(), NAME.of(id.0))?),
        serial: Set(serial.map(|serial| cx.seal(&serial, SERIAL.of(id.0))).transpose()?),
        state: Set(state),
        since: Set(since),
        every_months: Set(every.map(|every| i64::from(every.count()))),
        planned_on: Set(day(ENTERED)),
        serviced_on: Set(serviced_on),
        due_on: Set(every.map(|every| every.after(serviced_on.unwrap_or_else(|| day(ENTERED))))),
        created_at: Set(on_day(ledger, ENTERED)),
        version: Set(1),
    })
}
