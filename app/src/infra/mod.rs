//! What touches the outside and the database on behalf of the domain.

pub mod graph;
