//! What became of the facts given.

use serde::{Deserialize, Serialize};

/// What became of every fact given: none is dropped in silence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Facts given to the aggregate, the refused ones included.
    pub received: u64,
    /// Facts refused when given, for the reason that a problem gives.
    pub refused: u64,
    /// Same id and version given again; a problem lists each.
    pub repeated: u64,
    /// Versions replaced by a later one.
    pub superseded: u64,
    /// Facts of a session that was not given; a problem lists each.
    pub unknown_session: u64,
    /// Facts of a cancelled session, or cancelled sessions.
    pub cancelled: u64,
    /// Facts that the definitions leave aside: attendances of sessions only
    /// planned, PPS not validated.
    pub not_concerned: u64,
    /// Facts out of the period.
    pub outside_period: u64,
    /// Facts counted.
    pub counted: u64,
}

impl Tally {
    /// True when every fact received is in exactly one of the other lines.
    pub fn is_complete(&self) -> bool {
        self.received
            == self.refused
                + self.repeated
                + self.superseded
                + self.unknown_session
                + self.cancelled
                + self.not_concerned
                + self.outside_period
                + self.counted
    }
}

/// The tallies of the four kinds of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallies {
    /// Sessions.
    pub sessions: Tally,
    /// Attendances.
    pub attendances: Tally,
    /// Fiches, one a version.
    pub fiches: Tally,
    /// PPS, one a version.
    pub pps: Tally,
}
