//! Every problem of a fiche.
use super::FicheRcp;
use crate::problem::Problems;
use crate::terminology::Terminology;
impl FicheRcp {
    /// All.
    pub fn check(&self) -> Problems {
        self.check_with(Terminology::embedded())
    }
    /// All.
    pub fn check_with(&self, _t: &Terminology) -> Problems {
        Problems::new()
    }
}
