//! Creation, edition and reception of identities.

use dcc_base::problem::{Problem, Problems};

use super::Desk;
use crate::capture::Capture;
use crate::local_id::LocalId;
use crate::record::{InsiSource, Proof, Record, RecordId};
use crate::registry::command::{Command, NewIdentity, ReceivedIdentity};
use crate::registry::duplicates::{DuplicateOptions, suspects};
use crate::registry::event::Fact;
use crate::rules;
use crate::status::Status;
use crate::traits::birth_date::KnownDate;
use crate::traits::compare::compare;
use crate::traits::{Traits, UsedNames};

impl Desk<'_> {
    pub(super) fn traits_command(&mut self, command: &Command) {
        match command {
            Command::CreateRecord { record, identity } => self.create(record, identity),
            Command::EditTraits {
                record,
                traits,
                unlock,
            } => {
                let Some(found) = self.open(record, "/record") else {
                    return;
                };
                let traits = self.normalised(traits, "/traits");
                if traits == found.traits {
                    return;
                }
                if found.status() != Status::Provisional && !unlock {
                    self.push(
                        Problem::new(&rules::LOCK, "/unlock")
                            .found(found.status().label())
                            .allowed(["unlock"]),
                    );
                }
                self.facts.push(Fact::TraitsEdited {
                    record: record.clone(),
                    traits,
                });
            }
            Command::EditUsedNames { record, used } => {
                let Some(found) = self.open(record, "/record") else {
                    return;
                };
                if *used != found.used {
                    self.facts.push(Fact::UsedNamesEdited {
                        record: record.clone(),
                        used: used.clone(),
                    });
                }
            }
            Command::ReceiveIdentity { record, identity } => self.receive(record, identity),
            _ => {}
        }
    }

    fn normalised(&mut self, traits: &Traits, path: &str) -> Traits {
        let (names, day) = (self.policy.names, self.day);
        traits.normalised(names, day, path, &mut self.problems)
    }

    fn create(&mut self, record: &RecordId, identity: &NewIdentity) {
        if !record.is_valid() {
            self.push(Problem::new(&rules::RECORD_ID, "/record").found(record));
        }
        if self.registry.record(record).is_some() {
            self.push(Problem::new(&rules::RECORD_TAKEN, "/record").found(record));
        }
        let traits = self.normalised(&identity.traits, "/identity/traits");
        identity.attributes.check(
            Some(Status::Provisional),
            "/identity/attributes",
            &mut self.problems,
        );
        self.local_ids(&identity.local_ids, record);
        self.suspect(record, &traits, &identity.used);
        let identity = NewIdentity {
            traits,
            ..identity.clone()
        };
        self.facts.push(Fact::RecordCreated {
            record: record.clone(),
            identity,
        });
    }

    fn local_ids(&mut self, ids: &[LocalId], record: &RecordId) {
        for (i, id) in ids.iter().enumerate() {
            self.local_id_is_free(id, record, &format!("/identity/local_ids/{i}"));
        }
    }

    /// Warns of the records that seem to be of the same patient.
    fn suspect(&mut self, record: &RecordId, traits: &Traits, used: &UsedNames) {
        let options = DuplicateOptions::default();
        for found in suspects(self.registry, record, traits, used, None, &options) {
            self.push(
                Problem::new(&rules::DUPLICATE, "/record")
                    .message(format!(
                        "Un autre dossier paraît être celui du même patient : {}",
                        found.reasons.join(" ; ")
                    ))
                    .found(format!(
                        "dossier {}, {} points sur 100",
                        found.other, found.score
                    )),
            );
        }
    }

    fn receive(&mut self, record: &RecordId, identity: &ReceivedIdentity) {
        let local = match self.registry.record(record) {
            Some(_) => match self.open(record, "/record") {
                Some(open) => Some(open),
                None => return,
            },
            None => {
                if !record.is_valid() {
                    self.push(Problem::new(&rules::RECORD_ID, "/record").found(record));
                }
                None
            }
        };
        let traits = self.normalised(&identity.traits, "/identity/traits");
        identity
            .attributes
            .check(None, "/identity/attributes", &mut self.problems);
        self.local_ids(&identity.local_ids, record);
        if let Some(lunar) = &identity.lunar_date
            && let Err(problem) = KnownDate::from_lunar(lunar, "/identity/lunar_date")
        {
            self.push(problem);
        }
        let (source, proof) = self.received_evidence(record, identity, &traits, local);
        if local.is_none() {
            self.suspect(record, &traits, &identity.used.clone().unwrap_or_default());
        }
        let identity = ReceivedIdentity {
            traits,
            ..identity.clone()
        };
        self.facts.push(Fact::IdentityReceived {
            record: record.clone(),
            identity,
            source,
            proof,
        });
    }

    /// The evidence that counts after a reception: what the sender gives, when
    /// it is trusted; what was obtained here, as long as the traits are the same.
    fn received_evidence(
        &mut self,
        record: &RecordId,
        identity: &ReceivedIdentity,
        traits: &Traits,
        local: Option<&Record>,
    ) -> (Option<InsiSource>, Option<Proof>) {
        if identity.attributes.doubtful || identity.attributes.fictitious {
            return (None, None);
        }
        let same = local.is_some_and(|local| compare(&local.traits, traits).is_equal());
        let trusted = self.policy.trust_received;
        let own_source = local
            .and_then(|l| l.source.clone())
            .filter(|s| same && s.origin.is_none());
        let own_proof = local
            .and_then(|l| l.proof.clone())
            .filter(|p| same && p.origin.is_none());
        let source = identity
            .ins
            .as_ref()
            .filter(|_| trusted)
            .map(|ins| InsiSource {
                ins: ins.clone(),
                mode: identity
                    .capture
                    .filter(|c| c.is_insi())
                    .unwrap_or(Capture::Insi),
                called_on: identity.called_on,
                origin: Some(identity.origin.clone()),
            });
        let source = own_source.or(source);
        if let Some(source) = &source {
            let mut told = Problems::new();
            source.ins.ins.check("/identity/ins", &mut told);
            for problem in told {
                if problem.code == rules_of_base::KEY {
                    self.push(Problem::new(&rules::INS_KEY_DOUBT, "/identity/ins"));
                } else {
                    self.push(problem);
                }
            }
            self.ins_is_free(&source.ins.ins, record, "/identity/ins");
        }
        let proof = identity
            .device
            .as_ref()
            .filter(|_| trusted)
            .map(|check| Proof {
                check: check.clone(),
                checked_on: self.day,
                high: self.policy.devices.high.contains(&check.device)
                    || self.policy.devices.with_guardian.contains(&check.device)
                    || check.device == crate::device::Device::Unstated,
                origin: Some(identity.origin.clone()),
            });
        (source, own_proof.or(proof))
    }
}

/// Codes of the rules of national identifiers.
mod rules_of_base {
    /// A wrong key, which is kept when it comes from INSi.
    pub(super) const KEY: &str = dcc_base::identity::rules::INS_KEY.code;
}
