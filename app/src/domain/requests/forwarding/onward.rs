//! Where a kecamatan office may hand its requests on to.

use loket_core::id::VariantId;

use super::super::telling::label;
use crate::{
    domain::{
        catalogue,
        tenancy::{self, Office},
    },
    infra::{Actor, Cx, House, Outcome, PlatformTx, SystemReason},
};

/// Where requests may be handed on to.
pub enum Onward {
    /// The Dinas above the office takes them, on Loket: as one of these variants, by name.
    Loket {
        /// The Dinas.
        dinas: Box<Office>,
        /// What it offers.
        variants: Vec<(VariantId, String)>,
    },
    /// Another way than Loket, to an office that is named; the Dinas that is on Loket and does not take them, if there is one.
    Outside(Option<String>),
}

/// Finds where an office may hand its requests on to. What a Dinas offers is public.
pub async fn onward(house: &House, office: &Office) -> Outcome<Onward> {
    let tx = PlatformTx::read(house).await?;
    let dinas = tenancy::dinas_above(&tx, office).await?;
    drop(tx);
    let Some(dinas) = dinas else { return Ok(Onward::Outside(None)) };
    if !dinas.takes_from(office) {
        return Ok(Onward::Outside(Some(dinas.name)));
    }
    let cx = Cx::read(house, dinas.id, Actor::System(SystemReason::Forwarding)).await?;
    let catalogue = catalogue::load(&cx).await?;
    let of = |service: &catalogue::ServiceView| {
        let each = service.variants.iter().map(|variant| (variant.id, label(&service.name, &variant.name)));
        each.collect::<Vec<_>>()
    };
    let variants = catalogue.services.iter().flat_map(of).collect();
    Ok(Onward::Loket { dinas: Box::new(dinas), variants })
}
