//! What a reader looks for in a report.
/// Code
pub struct TumourCode;
