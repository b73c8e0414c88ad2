//! The commands of the binary.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use super::{account, demo, doctor, format, ground, serve};

/// WhatsApp services of Indonesian civil registration offices.
#[derive(Parser)]
#[command(name = "loket", version, about)]
struct Command {
    #[command(subcommand)]
    what: What,
}

/// Where a deployment's decisions are.
#[derive(clap::Args, Clone)]
pub(super) struct Deployment {
    /// The configuration file; the environment (LOKET_HTTP__BIND, ...) goes over it.
    #[arg(long, default_value = "loket.toml")]
    pub config: PathBuf,
    /// The data folder, over what the configuration says.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    /// Shows everything on this machine: five offices, a simulator in place of Meta.
    Demo(demo::DemoArgs),
    /// Serves a deployment.
    Serve(Deployment),
    /// Brings the database up to this version.
    Migrate(Deployment),
    /// Checks a deployment and says what is wrong.
    Doctor(Deployment),
    /// Works with the lines that citizens type.
    Format {
        #[command(subcommand)]
        what: FormatCommand,
    },
    /// Manages accounts.
    Account {
        #[command(subcommand)]
        what: AccountCommand,
    },
}

#[derive(Subcommand)]
enum FormatCommand {
    /// Reads one message a line from standard input, writes one JSON object a line.
    Try(format::TryArgs),
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Creates an account; the password is read from standard input.
    Create(account::CreateArgs),
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let command = Command::parse();
    if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
        return fail("another TLS provider was installed first");
    }
    let outcome = actix_web::rt::System::new().block_on(async move {
        match command.what {
            What::Demo(args) => demo::run(args).await,
            What::Serve(deployment) => serve::run(deployment).await,
            What::Migrate(deployment) => ground::run_migrate(deployment).await,
            What::Doctor(deployment) => doctor::run(deployment).await,
            What::Format { what: FormatCommand::Try(args) } => format::run(args).await,
            What::Account { what: AccountCommand::Create(args) } => account::create(args).await,
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => fail(&sentence),
    }
}

#[expect(clippy::print_stderr, reason = "the command line's own voice")]
fn fail(sentence: &str) -> ExitCode {
    eprintln!("loket: {sentence}");
    ExitCode::FAILURE
}

/// Lines of the command's own output.
#[expect(clippy::print_stdout, reason = "the command line's own voice")]
pub(super) fn say(text: &str) {
    println!("{text}");
}

/// Structured logs of a server, or only what went wrong beside a command's own lines; never personal data.
pub(super) fn start_logging(json: bool) {
    use tracing_subscriber::EnvFilter;
    let usual = if json { "loket=info,warn" } else { "warn" };
    let filter = EnvFilter::try_from_env("LOKET_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if json { builder.json().try_init() } else { builder.try_init() };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
