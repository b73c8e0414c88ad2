//! `loket format try`: how messages to an office are read, one a line.
//!
//! It prints what was read in clear, identity numbers too: it is for whoever holds the messages anyway, to try
//! a format on them before it is published.

use std::{
    io::{self, BufRead, Write},
    path::PathBuf,
    sync::Arc,
};

use loket_core::{
    clock::{Clock, SystemClock},
    format::{FormatDefinition, Grammar, poster},
    zone::OfficeZone,
};

use super::{
    cli::{Deployment, start_logging},
    ground::{self, Keys},
};
use crate::{
    domain::{catalogue, regions, tenancy},
    infra::{Actor, Cx, PlatformTx, SystemReason, ids::RandomIds},
};

/// What `loket format try` is told.
#[derive(clap::Args)]
pub(super) struct TryArgs {
    /// The office's name in a path.
    #[arg(long)]
    office: String,
    /// Only the format with this keyword.
    #[arg(long)]
    service: Option<String>,
    /// Formats of the office in this data folder, instead of those that ship with the demonstration.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The configuration file of that folder's deployment.
    #[arg(long, default_value = "loket.toml")]
    config: PathBuf,
}

/// An office's formats, its region and its zone.
type Office = (Vec<FormatDefinition>, String, OfficeZone);

/// Reads messages until the input ends. `\n` inside a line means a line break.
pub(super) async fn run(args: TryArgs) -> Result<(), String> {
    start_logging(false);
    let (mut formats, region, zone) = match &args.data {
        Some(data) => stored(&args, data.clone()).await?,
        None => shipped(&args.office)?,
    };
    if let Some(code) = &args.service {
        formats.retain(|format| format.keyword.eq_ignore_ascii_case(code));
        if formats.is_empty() {
            return Err(format!("{} publishes no format {code}", args.office));
        }
    }
    let grammar = Grammar::new(formats, regions::index(&region));
    let today = zone.date(SystemClock.now());
    let (input, mut output) = (io::stdin().lock(), io::BufWriter::new(io::stdout().lock()));
    for line in input.split(b'\n') {
        let line = line.map_err(|error| error.to_string())?;
        let message = String::from_utf8_lossy(&line).trim_end_matches('\r').replace("\\n", "\n");
        let report = grammar.parse(&message, today).report(&grammar);
        writeln!(output, "{report}").map_err(|error| error.to_string())?;
    }
    output.flush().map_err(|error| error.to_string())
}

fn shipped(office: &str) -> Result<Office, String> {
    let poster = poster(office).ok_or_else(|| format!("the demonstration has no office {office}"))?;
    let zone = regions::province_of(poster.region).map_or(OfficeZone::Wib, |province| province.zone);
    Ok((poster.formats(), poster.region.to_owned(), zone))
}

async fn stored(args: &TryArgs, data: PathBuf) -> Result<Office, String> {
    let deployment = Deployment { config: args.config.clone(), data: Some(data) };
    let config = ground::load(&deployment)?;
    let keys = Keys::read(&config)?;
    let (location, _, pool) = ground::location(&config);
    let house =
        ground::open_house(&location, pool, &keys, (Arc::new(SystemClock), Arc::new(RandomIds))).await?;
    let tx = PlatformTx::read(&house).await.map_err(|fault| fault.to_string())?;
    let office = tenancy::office_by_slug(&tx, &args.office).await.map_err(|fault| fault.to_string())?;
    drop(tx);
    let office = office.ok_or_else(|| format!("there is no office {}", args.office))?;
    let actor = Actor::System(SystemReason::Seed);
    let cx = Cx::read(&house, office.id, actor).await.map_err(|fault| fault.to_string())?;
    let formats = catalogue::load(&cx).await.map_err(|fault| fault.to_string())?.formats;
    Ok((formats, office.region_code, office.zone))
}
