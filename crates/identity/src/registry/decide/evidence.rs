//! Attributes, devices, and answers of INSi.

use dcc_base::identity::rules::INS_KEY;
use dcc_base::problem::{Problem, Problems};

use super::Desk;
use crate::capture::Capture;
use crate::device::{Device, DeviceCheck};
use crate::ins::DatedIns;
use crate::record::{InsiSource, Proof, Record, RecordId};
use crate::registry::command::{Command, InsiFound};
use crate::registry::event::Fact;
use crate::rules;
use crate::status::{Attributes, Status};
use crate::traits::compare::{compare, qualifies};
use crate::traits::{Traits, first_name_fits};

impl Desk<'_> {
    pub(super) fn evidence_command(&mut self, command: &Command) {
        match command {
            Command::SetAttributes { record, attributes } => self.attributes(record, *attributes),
            Command::CheckDevice { record, check } => self.device(record, check),
            Command::WithdrawDevice { record, reason } => {
                self.reason(reason);
                let Some(found) = self.open(record, "/record") else {
                    return;
                };
                if found.proof.is_none() {
                    self.push(Problem::new(&rules::DEVICE_NONE, "/record"));
                }
                self.facts.push(Fact::DeviceWithdrawn {
                    record: record.clone(),
                    reason: reason.clone(),
                });
            }
            Command::RecordInsi {
                record,
                found,
                accepted,
            } => {
                if let Some(local) = self.open(record, "/record") {
                    self.insi(local, found, *accepted);
                }
            }
            Command::RecordInsiFailure { record, code } => {
                let Some(_) = self.open(record, "/record") else {
                    return;
                };
                self.facts.push(Fact::InsiFailed {
                    record: record.clone(),
                    code: code.clone(),
                });
            }
            Command::WithdrawInsi { record, reason } => {
                self.reason(reason);
                let Some(found) = self.open(record, "/record") else {
                    return;
                };
                if found.source.is_none() {
                    self.push(Problem::new(&rules::INSI_NONE, "/record"));
                }
                self.facts.push(Fact::InsiWithdrawn {
                    record: record.clone(),
                    reason: reason.clone(),
                });
            }
            Command::ReplaceIns {
                record,
                ins,
                origin,
            } => {
                let Some(local) = self.open(record, "/record") else {
                    return;
                };
                let Some(old) = &local.source else {
                    self.push(Problem::new(&rules::INSI_NONE, "/record"));
                    return;
                };
                self.ins(ins, local, "/ins");
                let source = InsiSource {
                    ins: ins.clone(),
                    mode: old.mode,
                    called_on: None,
                    origin: Some(origin.clone()),
                };
                self.facts.push(Fact::InsiObtained {
                    record: record.clone(),
                    source,
                    history: Vec::new(),
                    traits: local.traits.clone(),
                    automatic: true,
                });
            }
            _ => {}
        }
    }

    /// An INS that comes from INSi: its key is kept, whatever it is.
    fn ins(&mut self, ins: &DatedIns, local: &Record, path: &str) {
        let mut told = Problems::new();
        ins.ins.check(path, &mut told);
        for problem in told {
            if problem.code == INS_KEY.code {
                self.push(Problem::new(&rules::INS_KEY_DOUBT, path));
            } else {
                self.push(problem);
            }
        }
        self.ins_is_free(&ins.ins, &local.id, path);
    }

    fn attributes(&mut self, record: &RecordId, attributes: Attributes) {
        attributes.check(None, "/attributes", &mut self.problems);
        let Some(found) = self.open(record, "/record") else {
            return;
        };
        if found.attributes != attributes {
            self.facts.push(Fact::AttributesSet {
                record: record.clone(),
                attributes,
            });
        }
    }

    fn device(&mut self, record: &RecordId, check: &DeviceCheck) {
        check.check(&self.policy.devices, self.day, "/check", &mut self.problems);
        let Some(found) = self.open(record, "/record") else {
            return;
        };
        if found.attributes.fictitious {
            self.push(
                Problem::new(&rules::ATTRIBUTES, "/record")
                    .message("Une identité fictive ne se contrôle pas sur un dispositif d'identité")
                    .found("fictive"),
            );
        }
        let proof = self.proof(check.clone());
        self.facts.push(Fact::DeviceChecked {
            record: record.clone(),
            proof,
        });
    }

    fn proof(&self, check: DeviceCheck) -> Proof {
        Proof {
            check,
            checked_on: self.day,
            high: true,
            origin: None,
        }
    }

    fn insi(&mut self, local: &Record, found: &InsiFound, accepted: bool) {
        if local.attributes.doubtful || local.attributes.fictitious {
            let labels = local.attributes.labels().join(", ");
            self.push(Problem::new(&rules::INSI_BLOCKED, "/record").found(labels));
        }
        if !found.mode.is_insi() {
            self.push(
                Problem::new(&rules::INSI_BLOCKED, "/found/mode")
                    .message("Ce mode d'obtention ne vient pas d'INSi")
                    .found(found.mode.label())
                    .allowed(
                        [Capture::Insi, Capture::VitaleCard, Capture::VitaleApp]
                            .map(Capture::label),
                    ),
            );
        }
        self.ins(&found.ins, local, "/found/ins");
        let traits = self.insi_traits(local, found);
        let differences = qualifies(&local.traits, &traits);
        let checked = local.status() >= Status::Validated || found.mode == Capture::VitaleApp;
        let automatic = checked && differences.is_ok();
        if !automatic && !accepted {
            let differences = match differences {
                Err(differences) => differences,
                Ok(()) => compare(&local.traits, &traits).differences(),
            };
            let told = if differences.is_empty() {
                "Les traits renvoyés par INSi sont ceux du dossier : un utilisateur les accepte"
                    .to_owned()
            } else {
                format!(
                    "Un utilisateur accepte ou refuse les traits renvoyés par INSi : {}",
                    differences.join(" ; ")
                )
            };
            self.push(Problem::new(&rules::INSI_ACCEPT, "/accepted").message(told));
        }
        self.facts.push(Fact::InsiObtained {
            record: local.id.clone(),
            source: InsiSource {
                ins: found.ins.clone(),
                mode: found.mode,
                called_on: Some(self.day),
                origin: None,
            },
            history: found.history.clone(),
            traits,
            automatic,
        });
        // the Vitale application proves the identity of its holder
        if found.mode == Capture::VitaleApp && self.policy.devices.high.contains(&Device::VitaleApp)
        {
            let proof = self.proof(DeviceCheck::new(Device::VitaleApp));
            self.facts.push(Fact::DeviceChecked {
                record: local.id.clone(),
                proof,
            });
        }
    }

    /// The traits that the record takes from INSi. A first given name that INSi
    /// does not give is the local one when it begins the list, else its first word;
    /// a place that it does not give is the local one.
    fn insi_traits(&mut self, local: &Record, found: &InsiFound) -> Traits {
        let mut traits = found.traits.clone();
        if traits.first_given_name.is_empty() {
            let local = &local.traits.first_given_name;
            traits.first_given_name = if first_name_fits(local, &traits.given_names) {
                local.clone()
            } else {
                traits
                    .given_names
                    .split(' ')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            };
        }
        if !first_name_fits(&local.traits.first_given_name, &traits.given_names)
            && !traits.given_names.is_empty()
        {
            self.push(
                Problem::new(&rules::FIRST_NAME, "/found/traits/given_names")
                    .found(&local.traits.first_given_name)
                    .allowed([&traits.given_names]),
            );
        }
        if traits.birth_place.is_none() {
            traits.birth_place = local.traits.birth_place.clone();
        }
        traits
    }
}
