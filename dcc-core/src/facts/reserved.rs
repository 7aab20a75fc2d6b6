//! Words that stand for no value of a dimension (establishment, 3C, theme).

/// How a dimension that is not stated is written.
pub const MISSING: &str = "non renseigné";

/// How the total of a dimension is written. No fact may have it as a value.
pub const TOTAL: &str = "tous";
