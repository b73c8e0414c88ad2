//! The head's tiles, each made of a figure's definition and what was counted for it.

use loket_core::kpi::{Better, Definition, Histogram, Metric, OnTime, Tally};

use crate::{
    domain::kpi::{Dashboard, Filter, Selection},
    web::{
        kantor::ringkasan::asked,
        parts::{
            Change, Tile,
            chart::{Aim, Measure, Sparkline},
            count,
        },
        routes,
    },
};

/// Makes the tiles of a page.
pub(super) struct Tiles<'a> {
    /// The office's name in a path; nothing for who may not see the rows.
    pub(super) rows_of: Option<&'a str>,
    /// What is asked for.
    pub(super) filter: &'a Filter,
    /// What was counted.
    pub(super) figures: &'a Dashboard,
    /// How many of the services that are asked for publish a standard of time, and how many are asked for.
    pub(super) timed: (usize, usize),
}

impl Tiles<'_> {
    /// All of them, in order.
    pub(super) fn all(&self) -> Vec<Tile> {
        let figures = self.figures;
        let mut all = vec![
            self.counted(Metric::Arrived, |tally| tally.arrived),
            self.counted(Metric::Settled, |tally| tally.finished).note(otherwise(&figures.period)),
            self.on_time(),
            self.counted(Metric::Late, |tally| tally.on_time.missed),
            self.promises(),
            self.span(Metric::Response, |tally| &tally.response),
            self.span(Metric::Settlement, |tally| &tally.settlement),
            self.backlog(),
            self.first_time_right(),
        ];
        // An office that set itself no time is not measured by one.
        if figures.period.answers.due() + figures.before.answers.due() > 0 {
            all.insert(6, self.kept(Metric::AnsweredInTime, |tally| tally.answers));
        }
        all
    }

    /// The rows behind a figure.
    fn href(&self, metric: Metric) -> Option<String> {
        metric.definition().rows?;
        let selection = Selection::of(metric, self.filter.clone());
        Some(routes::FigureRows::at(self.rows_of?, &asked::rows_query(&selection)))
    }

    fn tile(&self, metric: Metric, (now, before): (Option<f64>, Option<f64>)) -> Tile {
        let definition = metric.definition();
        let measure = measure(definition);
        let tile =
            Tile::of(name(definition), measure, now).definition(definition.sentence).href(self.href(metric));
        match (now, before) {
            (Some(now), Some(before)) => {
                let than = self.filter.period.preset().before();
                tile.change(Change::between(measure, (now, before), aim(definition.better), than))
            }
            _ => tile,
        }
    }

    fn spark(&self, metric: Metric, value: impl Fn(&Tally) -> Option<f64>) -> Option<Sparkline> {
        let values: Vec<Option<f64>> = self.figures.days.iter().map(|(_, tally)| value(tally)).collect();
        Sparkline::new(measure(metric.definition()), &self.course(), &values)
    }

    fn course(&self) -> String {
        format!("{} hari", self.figures.days.len())
    }

    fn counted(&self, metric: Metric, of: fn(&Tally) -> u64) -> Tile {
        let value = |tally: &Tally| Some(of(tally) as f64);
        self.tile(metric, (value(&self.figures.period), value(&self.figures.before)))
            .spark(self.spark(metric, value))
    }

    fn span(&self, metric: Metric, of: fn(&Tally) -> &Histogram) -> Tile {
        let median = |tally: &Tally| of(tally).quantile(0.5);
        let spans = of(&self.figures.period);
        let tile = self.tile(metric, (median(&self.figures.period), median(&self.figures.before)));
        let tile = match spans.quantile(0.9) {
            Some(most) => {
                let most = Measure::Minutes.text(most);
                tile.note(format!("9 dari 10 dalam {most}; {} permohonan", count(spans.total())))
            }
            None => tile,
        };
        tile.spark(self.spark(metric, median))
    }

    fn on_time(&self) -> Tile {
        let tile = self.kept(Metric::OnTime, |tally| tally.on_time);
        let counted = self.figures.period.on_time;
        let due = if counted.due() == 0 { NONE_DUE.to_owned() } else { of_all(&counted) };
        match self.timed {
            (0, _) if counted.due() == 0 => tile.note("Belum ada standar waktu."),
            (some, all) if some < all => {
                tile.note(format!("{due}; standar waktu pada {some} dari {all} layanan"))
            }
            _ => tile.note(due),
        }
    }

    /// Whether times were kept.
    fn kept(&self, metric: Metric, of: fn(&Tally) -> OnTime) -> Tile {
        let share = |tally: &Tally| of(tally).share();
        let tile = self.tile(metric, (share(&self.figures.period), share(&self.figures.before)));
        let now = of(&self.figures.period);
        let tile = tile.note(if now.due() == 0 { NONE_DUE.to_owned() } else { of_all(&now) });
        tile.spark(self.spark(metric, share))
    }

    fn promises(&self) -> Tile {
        self.kept(Metric::PromiseKept, |tally| tally.promises)
    }

    fn backlog(&self) -> Tile {
        let definition = Metric::Backlog.definition();
        let (now, before) = (self.figures.open as f64, self.figures.open_before as f64);
        let change =
            Change::between(Measure::Count, (now, before), aim(definition.better), "sebelum kurun ini");
        let open: Vec<Option<f64>> = self.figures.open_days.iter().map(|open| Some(*open as f64)).collect();
        self.tile(Metric::Backlog, (Some(now), None))
            .change(change)
            .spark(Sparkline::new(Measure::Count, &self.course(), &open))
            .note(format!("{} belum diambil petugas", count(self.figures.untaken)))
    }

    fn first_time_right(&self) -> Tile {
        let (now, before) = (&self.figures.period, &self.figures.before);
        let tile = self.tile(Metric::FirstTimeRight, (now.first_time_right(), before.first_time_right()));
        let tile = match now.finished {
            0 => tile,
            all => tile.note(format!("{} dari {} yang selesai", count(now.first_right), count(all))),
        };
        tile.spark(self.spark(Metric::FirstTimeRight, Tally::first_time_right))
    }
}

const NONE_DUE: &str = "belum ada yang jatuh tempo";

/// `91 dari 100`
fn of_all(times: &OnTime) -> String {
    format!("{} dari {}", count(times.kept), count(times.due()))
}

/// What else was closed.
fn otherwise(tally: &Tally) -> String {
    match (tally.rejected, tally.cancelled) {
        (0, 0) => String::new(),
        (rejected, 0) => format!("{} ditolak", count(rejected)),
        (0, cancelled) => format!("{} dibatalkan", count(cancelled)),
        (rejected, cancelled) => format!("{} ditolak, {} dibatalkan", count(rejected), count(cancelled)),
    }
}

fn name(definition: &Definition) -> String {
    match measure(definition) {
        Measure::Minutes => format!("{} (median)", definition.name),
        _ => definition.name.to_owned(),
    }
}

/// How a figure is printed.
pub(super) fn measure(definition: &Definition) -> Measure {
    use loket_core::kpi::Unit;
    match definition.unit {
        Unit::Requests | Unit::Papers => Measure::Count,
        Unit::Share => Measure::Percent,
        Unit::Span => Measure::Minutes,
    }
}

fn aim(better: Better) -> Aim {
    match better {
        Better::Higher => Aim::High,
        Better::Lower => Aim::Low,
        Better::Neither => Aim::Neither,
    }
}
