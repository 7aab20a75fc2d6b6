//! A message applied to the records, whole or not at all.

use chrono::{DateTime, Utc};
use dcc_base::problem::Problems;
use dcc_hl7v2::{Ack, AckCode, Message};

use super::adt::Adt;
use super::commands::commands;
use super::paths::in_message;
use super::pid::PidOptions;
use crate::record::RecordId;
use crate::registry::{Agent, Event, Policy, Registry};
use crate::rules;

/// Settings of an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Interface {
    /// True (the default) when A31 on an unknown record creates it, with a warning.
    pub create_on_update: bool,
    /// True when an INS needs ZFD-5 to be used; false (the default): without
    /// ZFD-5, `VALI` and an INS make a qualified identity.
    pub require_zfd_5: bool,
    /// True (the default) when a validated identity without ZFD-7 stays so, with
    /// a warning; false: it is provisional.
    pub placeholder_proof: bool,
}

impl Default for Interface {
    fn default() -> Self {
        Interface {
            create_on_update: true,
            require_zfd_5: false,
            placeholder_proof: true,
        }
    }
}

/// What came of a message.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received {
    /// The events, applied, to be stored. None when the message is refused.
    pub events: Vec<Event>,
    /// What was wrong, or had no effect; paths are those of HL7.
    pub problems: Problems,
}

impl Received {
    /// The acknowledgement: `AR` for an event that is not handled, `AE` for any
    /// other refusal, `AA` otherwise. Control identifier and time are given by the host.
    pub fn ack(&self, control_id: impl Into<String>, time: impl Into<String>) -> Ack {
        let mut ack = Ack::new(control_id, time, self.problems.clone());
        let has = |code: &str| self.problems.iter().any(|p| p.code == code);
        let error = |code: &str, label: &str| (code.to_owned(), label.to_owned());
        if has(rules::PAM_TYPE.code) {
            ack.code = AckCode::Reject;
            ack.error = error("201", "Unsupported event code");
        } else if has(rules::PAM_MISSING.code) {
            ack.error = error("101", "Required field missing");
        } else if has(rules::PAM_VALUE.code) || has(rules::BIRTH_DATE.code) {
            ack.error = error("102", "Data type error");
        } else if has(rules::LOCAL_ID_UNKNOWN.code) || has(rules::RECORD_UNKNOWN.code) {
            ack.error = error("204", "Unknown key identifier");
        } else if has(rules::LOCAL_ID_TAKEN.code) || has(rules::INS_TAKEN.code) {
            ack.error = error("205", "Duplicate key identifier");
        }
        ack
    }
}

/// Applies a message to the records, whole or not at all.
///
/// `new_record` names the record that A28, or A31, may have to create. The
/// events are by `agent`, whose name stands in the identities received as their
/// origin with MSH-3 and MSH-4.
pub fn receive(
    registry: &mut Registry,
    message: &Message,
    new_record: &RecordId,
    agent: &Agent,
    at: DateTime<Utc>,
    policy: &Policy,
    interface: &Interface,
) -> Received {
    let refused = |problems: Problems| Received {
        events: Vec::new(),
        problems,
    };
    let header = message.header();
    let origin = [3, 4]
        .map(|n| header.field(n).component(1).text().into_owned())
        .join(" ");
    let options = PidOptions {
        require_zfd_5: interface.require_zfd_5,
        placeholder_proof: interface.placeholder_proof,
    };
    let adt = match Adt::read(message, origin.trim(), &options) {
        Ok(adt) => adt,
        Err(problems) => return refused(problems),
    };
    let mut problems = adt.warnings.clone();
    let commands = match commands(&adt, registry, new_record, interface.create_on_update) {
        Ok((commands, warnings)) => {
            problems.extend(warnings);
            commands
        }
        Err(told) => {
            problems.extend(told);
            return refused(problems);
        }
    };
    let (ranks, commands): (Vec<usize>, Vec<_>) = commands.into_iter().unzip();
    match registry.execute_all(&commands, agent, at, policy) {
        Ok((events, warnings)) => {
            for (n, told) in ranks.into_iter().zip(warnings) {
                problems.extend(in_message(told, n));
            }
            Received { events, problems }
        }
        Err((failed, told)) => {
            problems.extend(in_message(told, ranks.get(failed).copied().unwrap_or(1)));
            refused(problems)
        }
    }
}
