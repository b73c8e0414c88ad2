//! Telling the past at the first start: a year of rows, then the story of the last days, then the figures, with a word
//! about how far it is, here and on the page that whoever comes meanwhile sees.

use std::{
    path::Path,
    sync::Mutex,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use loket_core::{clock::Clock, clock::SystemClock, zone};

use super::folder::{STORY_BEGUN, STORY_TOLD};
use crate::{
    boot::cli::say,
    demo::{
        hours, letter,
        setup::{Description, Trouble, trouble},
        story::Storyteller,
        year::{self, LENGTH, Scale, Written},
    },
    domain::{
        kpi,
        tenancy::{self, Office},
    },
    infra::PlatformTx,
    web::site::Opening,
};

/// What the past is told with.
pub(super) struct Past<'a> {
    pub(super) teller: Storyteller<'a>,
    pub(super) description: &'a Description,
    pub(super) folder: &'a Path,
}

impl Past<'_> {
    /// Tells it, unless it was told, and remembers that.
    pub(super) async fn tell(&self, (today, scale): (NaiveDate, Scale)) -> Result<(), Trouble> {
        if self.folder.join(STORY_TOLD).exists() {
            return Ok(());
        }
        let begun = Instant::now();
        std::fs::write(self.folder.join(STORY_BEGUN), "").map_err(trouble)?;
        let offices = self.offices().await?;
        // First, so that the year is counted by them.
        hours::publish_hours(self.teller.house, self.description).await?;
        hours::publish_times(self.teller.house, self.description).await?;
        if scale != Scale::None {
            self.tell_year(&offices, (today, scale)).await?;
        }
        let progress = Progress::begins(&self.teller.assembly.site.opening, "Kisah beberapa hari terakhir");
        let told = |done: usize, all: usize| progress.reached(done, all);
        let count = self.teller.play(self.description, SystemClock.now(), &told).await?;
        progress.ends(&format!("{count} permohonan"));
        letter::draw_signs(self.teller.house, self.teller.files, self.description).await?;
        letter::name_acting(self.teller.house, self.description).await?;
        self.count(&offices).await?;
        say(&format!("Masa lalu siap dalam {}.", seconds(begun.elapsed())));
        std::fs::write(self.folder.join(STORY_TOLD), format!("{today} {scale:?} {count}")).map_err(trouble)
    }

    /// The offices, in the order of the description.
    async fn offices(&self) -> Result<Vec<Office>, Trouble> {
        let tx = PlatformTx::read(self.teller.house).await.map_err(trouble)?;
        let mut offices = Vec::new();
        for described in &self.description.offices {
            let office = tenancy::office_by_slug(&tx, &described.slug).await.map_err(trouble)?;
            offices.push(office.ok_or("an office of the demonstration is missing")?);
        }
        Ok(offices)
    }

    async fn tell_year(&self, offices: &[Office], (today, scale): (NaiveDate, Scale)) -> Result<(), Trouble> {
        let opening = &self.teller.assembly.site.opening;
        let progress = Progress::begins(opening, "Merencanakan satu tahun terakhir");
        let mut plans = Vec::new();
        for place in 0..offices.len() {
            let plan = move || year::plan(place, (today, LENGTH), scale);
            plans.push(tokio::task::spawn_blocking(plan).await.map_err(trouble)?.map_err(trouble)?);
            progress.reached(place + 1, offices.len());
        }
        let all: usize = plans.iter().map(|plan| plan.cases.len()).sum();
        progress.ends(&format!("{} permohonan", number(all)));

        let progress = Progress::begins(opening, "Menulis satu tahun terakhir");
        let mut sum = Written::default();
        for ((office, described), plan) in offices.iter().zip(&self.description.offices).zip(plans) {
            let before = sum.requests;
            let told = |done: usize| progress.reached(before + done, all);
            let place = (self.teller.house, self.teller.files);
            let written = year::write(place, (office, described), plan, &told).await?;
            sum.requests += written.requests;
            sum.rows += written.rows;
            sum.files += written.files;
        }
        progress.ends(&format!("{} baris, {} berkas", number(sum.rows), number(sum.files)));
        self.teller.house.databases.learn().await.map_err(trouble)
    }

    /// Counts the facts of every day that is over.
    async fn count(&self, offices: &[Office]) -> Result<(), Trouble> {
        let progress = Progress::begins(&self.teller.assembly.site.opening, "Menghitung angka");
        let mut days = 0;
        for (place, office) in offices.iter().enumerate() {
            days += kpi::rollup(self.teller.house, office).await.map_err(trouble)?;
            progress.reached(place + 1, offices.len());
        }
        progress.ends(&format!("{} hari kantor", number(days)));
        Ok(())
    }
}

/// How far a stage is: printed at each tenth, shown whenever somebody looks.
struct Progress<'o> {
    opening: &'o Opening,
    stage: &'static str,
    begun: Instant,
    printed: Mutex<usize>,
}

impl<'o> Progress<'o> {
    fn begins(opening: &'o Opening, stage: &'static str) -> Self {
        opening.tell(stage, 0);
        say(&format!("{stage} ..."));
        Self { opening, stage, begun: Instant::now(), printed: Mutex::new(0) }
    }

    fn reached(&self, done: usize, all: usize) {
        let hundredths = done.saturating_mul(100).checked_div(all).unwrap_or(100).min(100);
        self.opening.tell(self.stage, u8::try_from(hundredths).unwrap_or(100));
        let mut printed = self.printed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if hundredths / 10 > *printed && hundredths < 100 {
            *printed = hundredths / 10;
            say(&format!("  {hundredths} %"));
        }
    }

    fn ends(&self, what: &str) {
        say(&format!("  {what}, {}", seconds(self.begun.elapsed())));
    }
}

fn seconds(span: Duration) -> String {
    format!("{} detik", zone::decimal(span.as_secs_f64(), 1))
}

fn number(count: usize) -> String {
    zone::number(i64::try_from(count).unwrap_or(i64::MAX))
}
