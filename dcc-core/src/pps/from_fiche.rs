//! x
/// x
pub struct Started;
