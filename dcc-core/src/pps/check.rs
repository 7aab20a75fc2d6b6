//! Every problem of a PPS.
use super::Pps;
use crate::problem::Problems;
use crate::terminology::Terminology;
impl Pps {
    /// All.
    pub fn check(&self) -> Problems {
        self.check_with(Terminology::embedded())
    }
    /// All.
    pub fn check_with(&self, _t: &Terminology) -> Problems {
        Problems::new()
    }
}
