//! Within how long an office means to answer whoever wrote to it. No law that is known here says so: it is the office's own
//! aim, counted in its service hours.

/// The times that an office may set itself, in minutes of its service hours.
pub const MINUTES: [i64; 6] = [15, 30, 60, 120, 240, 480];
