//! The starter catalogue that ships with Loket.

use loket_core::kinds::OutputDelivery;
use serde::Deserialize;

use crate::infra::{Fault, Outcome};

const SERVICES: &str = include_str!("../../../data/services.json");

#[derive(Deserialize)]
struct File {
    services: Vec<ServiceTemplate>,
}

/// A service as shipped.
#[derive(Debug, Clone, Deserialize)]
pub struct ServiceTemplate {
    /// Its short code, also the keyword of its format where it has one.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the citizen gets.
    pub output: String,
    /// How they get it.
    pub delivery: OutputDelivery,
    /// Whether the law makes it free (UU 24/2013 ps. 79A covers adminduk documents, nothing else).
    pub free: bool,
    /// Its variants.
    pub variants: Vec<VariantTemplate>,
}

/// A variant as shipped.
#[derive(Debug, Clone, Deserialize)]
pub struct VariantTemplate {
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The papers it asks for, in order.
    pub papers: Vec<PaperTemplate>,
}

/// A paper as shipped.
#[derive(Debug, Clone, Deserialize)]
pub struct PaperTemplate {
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    #[serde(default = "yes")]
    pub required: bool,
}

fn yes() -> bool {
    true
}

/// The shipped services, in their order.
pub fn shipped() -> Outcome<Vec<ServiceTemplate>> {
    let file: File = serde_json::from_str(SERVICES).map_err(|_| Fault::Inconsistent("shipped catalogue"))?;
    Ok(file.services)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_shipped_service_has_a_variant_and_each_variant_a_paper() -> Outcome<()> {
        let services = shipped()?;
        assert_eq!(services.len(), services.iter().map(|s| &s.code).collect::<BTreeSet<_>>().len());
        for variant in services.iter().flat_map(|service| {
            assert!(!service.variants.is_empty(), "{}", service.code);
            &service.variants
        }) {
            assert!(variant.papers.iter().any(|paper| paper.required), "{}", variant.name);
        }
        Ok(())
    }
}
