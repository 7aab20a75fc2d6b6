//! Every problem of a report.
use super::CrAcp;
use crate::problem::Problems;
use crate::terminology::Terminology;
impl CrAcp {
    /// All.
    pub fn check(&self) -> Problems {
        self.check_with(Terminology::embedded())
    }
    /// All.
    pub fn check_with(&self, _t: &Terminology) -> Problems {
        Problems::new()
    }
}
