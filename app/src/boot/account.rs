//! `loket account create`: the first administrator, and any account after.

use std::{io::Read, sync::Arc};

use loket_core::{clock::SystemClock, kinds::Role, permission::Scope, text::Email};

use super::{
    cli::{Deployment, say, start_logging},
    ground::{self, Keys},
};
use crate::{
    domain::{
        accounts::{self, NewAccount, NewMembership, Password, PasswordHasher, Place},
        tenancy::{self, OfficerRow},
    },
    infra::{Actor, By, Cx, House, PlatformTx, SystemReason, ids::RandomIds},
};

/// What `loket account create` is told.
#[derive(clap::Args)]
pub(super) struct CreateArgs {
    #[command(flatten)]
    deployment: Deployment,
    /// The address to sign in with.
    #[arg(long)]
    email: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// The role: head, supervisor, operator, complaint_officer, desk_officer, office_admin, inspector,
    /// province_admin, platform_admin.
    #[arg(long)]
    role: String,
    /// The office's name in a path, for a role in an office.
    #[arg(long)]
    office: Option<String>,
    /// The province's two digits, for a provincial role.
    #[arg(long)]
    province: Option<String>,
    /// Their position, for a role in an office.
    #[arg(long, default_value = "")]
    title: String,
}

/// Creates an account with one role; the password is read from standard input, so that it stands in no
/// list of processes and no shell history.
pub(super) async fn create(args: CreateArgs) -> Result<(), String> {
    start_logging(false);
    let config = ground::load(&args.deployment)?;
    let keys = Keys::read(&config)?;
    let (location, _, pool) = ground::location(&config);
    let house =
        ground::open_house(&location, pool, &keys, (Arc::new(SystemClock), Arc::new(RandomIds))).await?;
    let role: Role = args.role.parse().map_err(|_| format!("there is no role {}", args.role))?;
    let email = Email::parse(&args.email).map_err(|_| "the address cannot be read".to_owned())?;
    let place = place(&house, &args).await?;
    let mut password = String::new();
    std::io::stdin().lock().take(4096).read_to_string(&mut password).map_err(|error| error.to_string())?;
    let password = Password::new(password.trim_end_matches(['\r', '\n']).to_owned());
    let office = args.office.as_deref().unwrap_or_default();
    password.check_new_for(&[office]).map_err(|refusal| refusal.to_string())?;
    let hasher = PasswordHasher::owasp().map_err(|fault| fault.to_string())?;
    let new = NewAccount { email, name: args.name.clone(), password };
    let account = accounts::create_account(&house, &hasher, By::System, new)
        .await
        .map_err(|error| error.to_string())?;
    if let Place::Office(office) = place {
        let actor = Actor::System(SystemReason::Seed);
        let mut cx = Cx::write(&house, office, actor).await.map_err(|fault| fault.to_string())?;
        let row = OfficerRow { user: account, name: args.name, title: args.title, unit: None };
        tenancy::add_officer(&mut cx, row).await.map_err(|fault| fault.to_string())?;
        cx.commit().await.map_err(|fault| fault.to_string())?;
    }
    let membership = NewMembership { account, place, role, scope: Scope::default(), from: None, until: None };
    accounts::grant(&house, By::System, membership).await.map_err(|error| error.to_string())?;
    say("The account was created.");
    Ok(())
}

async fn place(house: &House, args: &CreateArgs) -> Result<Place, String> {
    match (&args.office, &args.province) {
        (Some(slug), None) => {
            let tx = PlatformTx::read(house).await.map_err(|fault| fault.to_string())?;
            let office = tenancy::office_by_slug(&tx, slug).await.map_err(|fault| fault.to_string())?;
            office.map(|office| Place::Office(office.id)).ok_or_else(|| format!("there is no office {slug}"))
        }
        (None, Some(code)) => Ok(Place::Province(code.clone())),
        (None, None) => Ok(Place::Platform),
        (Some(_), Some(_)) => Err("a role is held in an office or in a province, not in both".to_owned()),
    }
}
