//! The record of a document received, or why there is none.
//!
//! The answers are those that a receiver of CDA documents gives (volet
//! « Transmission de documents CDA en HL7 v2 », codes d'erreur):
//! 902 patient unknown, 903 INS absent, 904 INS or traits that are not those of
//! the record, character for character, 905 INS incomplete.

use dcc_base::problem::{Problem, Problems};

use super::state::Registry;
use crate::ins::Ins;
use crate::local_id::LocalId;
use crate::opaque::opaque;
use crate::record::Record;
use crate::rules;
use crate::traits::Traits;
use crate::traits::compare::{Match, compare};

/// The patient of a document received (CDA `recordTarget`, HL7 `PID`).
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ReceivedPatient {
    /// *INS*, when the document has one.
    pub ins: Option<Ins>,
    /// *Identifiants locaux*.
    pub local_ids: Vec<LocalId>,
    /// *Traits stricts*, as they stand in the document.
    pub traits: Traits,
}

opaque!(ReceivedPatient);

/// The code of a receiver's answer (`ERR-5`) for a problem of [`Registry::match_received`].
pub fn receiver_code(problem: &Problem) -> Option<&'static str> {
    let codes = [
        (&rules::MATCH_UNKNOWN, "902"),
        (&rules::MATCH_INS_ABSENT, "903"),
        (&rules::MATCH_DIFFERENT, "904"),
        (&rules::MATCH_INCOMPLETE, "905"),
    ];
    codes
        .iter()
        .find(|(rule, _)| rule.code == problem.code)
        .map(|(_, code)| *code)
}

impl Registry {
    /// The active record of the patient of a document received with an INS.
    ///
    /// # Errors
    /// `RECEPTION-PATIENT-INCONNU` (902), `RECEPTION-INS-ABSENT` (903),
    /// `RECEPTION-INS-DIFFERENT` (904), `RECEPTION-INS-INCOMPLET` (905).
    pub fn match_received(&self, patient: &ReceivedPatient) -> Result<&Record, Problems> {
        let mut problems = Problems::new();
        let Some(ins) = &patient.ins else {
            return Err(Problem::new(&rules::MATCH_INS_ABSENT, "/ins").into());
        };
        let traits = &patient.traits;
        let missing = [
            (traits.birth_name.is_empty(), "/traits/birth_name"),
            (
                traits.given_names.is_empty() && traits.first_given_name.is_empty(),
                "/traits/given_names",
            ),
            (traits.birth_date.is_none(), "/traits/birth_date"),
        ];
        for (_, path) in missing.iter().filter(|(missing, _)| *missing) {
            problems.push(Problem::new(&rules::MATCH_INCOMPLETE, *path));
        }
        let local = patient.local_ids.iter().find_map(|id| self.by_local_id(id));
        let Some(record) = self
            .by_ins(ins)
            .or(local)
            .filter(|record| record.is_active())
        else {
            problems.push(Problem::new(&rules::MATCH_UNKNOWN, ""));
            return Err(problems);
        };
        if record.held() != Some(ins) {
            problems.push(
                Problem::new(&rules::MATCH_DIFFERENT, "/ins")
                    .message("Le dossier du patient n'a pas ce matricule INS"),
            );
        }
        for compared in compare(&record.traits, traits).traits {
            // what the document does not give is not compared, but told above when it is needed
            if matches!(compared.how, Match::Different | Match::Separators) {
                let told = Problem::new(&rules::MATCH_DIFFERENT, "/traits");
                problems.push(told.message(format!(
                    "Dans le document et dans le dossier, {}",
                    compared.explanation()
                )));
            }
        }
        if problems.is_empty() {
            Ok(record)
        } else {
            Err(problems)
        }
    }
}
