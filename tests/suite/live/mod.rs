//! Live updates: who hears of what changed, when, and that they hear nothing else.

mod blocks;
mod streams;
mod two_servers;

/// The number for identity cards in Tangerang.
pub(crate) const KTP: &str = "360300000000002";
/// A lost identity card, as Tangerang publishes the line.
pub(crate) const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
/// The stream of Tangerang, for who has no page yet.
pub(crate) const STREAM: &str = "/kantor/kab-tangerang/langsung?sejak=4000000000000";
