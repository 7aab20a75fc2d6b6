//! What is counted in one cell.

use serde::{Deserialize, Serialize};

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What is counted in one cell, before any ratio.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Counts { $($(#[$doc])* pub $name: u32,)* }

        impl Counts {
            /// Adds every field; right only for fields that add up.
            pub(crate) fn add(&mut self, other: &Counts) {
                $(self.$name += other.$name;)*
            }

            /// The fields with their names, in a fixed order.
            pub fn fields(&self) -> [(&'static str, u32); [$(stringify!($name)),*].len()] {
                [$((stringify!($name), self.$name)),*]
            }
        }
    };
}

counts! {
    /// Fiches counted.
    fiches,
    /// Fiches counted whose session is held.
    fiches_held,
    /// Fiches validated.
    fiches_validated,
    /// Fiches that name an attending physician.
    fiches_physician,
    /// Fiches that name an attending physician who has an MSSanté address.
    fiches_mssante,
    /// Fiches with a G8 assessment.
    fiches_g8,
    /// Fiches with an onco-geriatric assessment requested.
    fiches_oncogeriatric,
    /// Fiches with fertility preservation.
    fiches_fertility,
    /// Fiches that propose a trial.
    fiches_trial,
    /// Fiches that respect the guideline.
    fiches_guideline,
    /// Fiches that state whether they respect it.
    fiches_guideline_stated,
    /// Sessions held.
    sessions_held,
    /// Sessions held with the quorum reached.
    sessions_quorum,
    /// Sessions held whose quorum is not stated.
    sessions_quorum_unknown,
    /// Attendances of sessions held: a professional in a specialty, at a session.
    attendances,
    /// PPS counted.
    pps_validated,
    /// Distinct patients with a fiche counted (*file active*).
    patients,
    /// Distinct patients with a fiche in a session held.
    patients_held,
    /// Distinct professionals who attended a session held.
    professionals,
    /// Distinct attending physicians named.
    physicians,
    /// Distinct attending physicians named with an MSSanté address.
    physicians_mssante,
}
