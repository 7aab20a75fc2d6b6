//! What may leave, by status and channel: the one place that decides.
//!
//! | channel | provisoire | récupérée | validée | qualifiée |
//! |---|---|---|---|---|
//! | health document | traits | traits | traits | traits and INS |
//! | INS datamatrix | – | – | – | traits and INS |
//! | DMP | – | – | – | traits and INS |
//! | MSSanté, to a professional | traits, by derogation | traits, by derogation | traits, by derogation | traits and INS |
//! | MSSanté, to the patient | – | – | – | traits and INS |
//! | interface (HL7 v2, FHIR) | traits | traits | traits | traits and INS |
//! | call to INSi | traits | traits | traits | traits |
//!
//! The matricule never leaves alone: matricule, OID and traits go together. A
//! doubtful or fictitious identity is provisional, and is not called from INSi.
//!
//! Source: Guide d'implémentation de l'INS v3, EXI ID 24 and 29, EXI DIF 02;
//! volet « Transmission de documents CDA en HL7 v2 », procédure de collaboration.

use dcc_base::problem::{Problem, Problems};

use crate::rules;
use crate::status::{Attributes, Status};

/// Where an identity goes (*canal*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// *Document de santé*: a CDA document, and its page on paper or on screen.
    Document,
    /// *Datamatrix INS*.
    Datamatrix,
    /// *DMP*: publication, replacement, deletion.
    Dmp,
    /// *MSSanté*, to a professional or an organisation.
    MssanteProfessional,
    /// *Messagerie citoyenne*: the address of the patient holds the matricule.
    MssantePatient,
    /// *Interface*: HL7 v2 or FHIR, between applications.
    Interface,
    /// *Appel à INSi*.
    InsiCall,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Channel; 7] = [
        Channel::Document,
        Channel::Datamatrix,
        Channel::Dmp,
        Channel::MssanteProfessional,
        Channel::MssantePatient,
        Channel::Interface,
        Channel::InsiCall,
    ];

    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            Channel::Document => "document de santé",
            Channel::Datamatrix => "datamatrix INS",
            Channel::Dmp => "DMP",
            Channel::MssanteProfessional => "MSSanté, vers un professionnel",
            Channel::MssantePatient => "MSSanté, vers le patient",
            Channel::Interface => "interface entre applications",
            Channel::InsiCall => "appel à INSi",
        }
    }

    /// The line of the table: what leaves when the identity is not qualified,
    /// then when it is.
    fn line(self) -> (Leaves, Leaves) {
        match self {
            Channel::Document | Channel::Interface => (Leaves::Traits, Leaves::Whole),
            Channel::Datamatrix | Channel::Dmp | Channel::MssantePatient => {
                (Leaves::Nothing, Leaves::Whole)
            }
            Channel::MssanteProfessional => (Leaves::ByDerogation, Leaves::Whole),
            Channel::InsiCall => (Leaves::Call, Leaves::Call),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaves {
    Nothing,
    Traits,
    ByDerogation,
    Whole,
    Call,
}

/// Settings of the establishment on what leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReleaseOptions {
    /// True (the default) when MSSanté messages without INS are allowed, by
    /// the derogation of the ANS: they leave with a warning. False: refused.
    pub mssante_without_ins: bool,
}

impl Default for ReleaseOptions {
    fn default() -> Self {
        ReleaseOptions {
            mssante_without_ins: true,
        }
    }
}

/// What leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Release {
    /// True when matricule and OID leave, with the traits.
    pub matricule: bool,
    /// What the sender should know: without INS, by derogation.
    pub warnings: Problems,
}

/// Decides what leaves by a channel.
///
/// # Errors
/// `IDENTITE-DIFFUSION` when the channel asks for a qualified identity,
/// `IDENTITE-APPEL-INSI` when the identity may not be called from INSi,
/// `INS-ATTRIBUT` when status and attributes do not go together.
pub fn decide(
    status: Status,
    attributes: Attributes,
    channel: Channel,
    options: &ReleaseOptions,
) -> Result<Release, Problems> {
    let mut problems = Problems::new();
    attributes.check(Some(status), "/identity_status", &mut problems);
    let told = |rule| Problem::new(rule, "/identity_status").found(status.label());
    let (otherwise, qualified) = channel.line();
    let leaves = if status == Status::Qualified {
        qualified
    } else {
        otherwise
    };
    match leaves {
        Leaves::Call if attributes.doubtful || attributes.fictitious => {
            problems.push(told(&rules::RELEASE_BLOCKED).found(attributes.labels().join(", ")));
        }
        Leaves::Nothing => problems.push(refused(channel, status)),
        Leaves::ByDerogation if !options.mssante_without_ins => {
            problems.push(refused(channel, status))
        }
        Leaves::ByDerogation => problems.push(told(&rules::RELEASE_DEROGATION)),
        Leaves::Traits => problems.push(told(&rules::RELEASE_WITHOUT)),
        Leaves::Whole | Leaves::Call => {}
    }
    if problems.has_blocking() {
        return Err(problems);
    }
    Ok(Release {
        matricule: leaves == Leaves::Whole,
        warnings: problems,
    })
}

fn refused(channel: Channel, status: Status) -> Problem {
    Problem::new(&rules::RELEASE, "/identity_status")
        .message(format!(
            "Ce canal ({}) demande une identité qualifiée",
            channel.label()
        ))
        .found(status.label())
        .allowed([Status::Qualified.label()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matricule_leaves_with_a_qualified_identity_alone() {
        let doubts = (0..8).map(|n| Attributes {
            homonym: n & 1 != 0,
            doubtful: n & 2 != 0,
            fictitious: n & 4 != 0,
        });
        for attributes in doubts {
            for status in Status::ALL {
                for channel in Channel::ALL {
                    for mssante_without_ins in [true, false] {
                        let options = ReleaseOptions {
                            mssante_without_ins,
                        };
                        let decided = decide(status, attributes, channel, &options);
                        let matricule = decided.as_ref().is_ok_and(|r| r.matricule);
                        let sure = status == Status::Qualified
                            && !attributes.doubtful
                            && !attributes.fictitious;
                        assert_eq!(matricule, sure && channel != Channel::InsiCall);
                        assert!(decided.is_err_and(|p| p.has_blocking()) || sure || !matricule);
                    }
                }
            }
        }
    }

    #[test]
    fn each_channel_by_status() {
        let none = Attributes::default();
        let code = |status, channel, mssante_without_ins| {
            let problems = match decide(
                status,
                none,
                channel,
                &ReleaseOptions {
                    mssante_without_ins,
                },
            ) {
                Ok(release) => release.warnings,
                Err(problems) => problems,
            };
            problems.iter().map(|p| p.code).next()
        };
        for low in [Status::Provisional, Status::Retrieved, Status::Validated] {
            for channel in [Channel::Datamatrix, Channel::Dmp, Channel::MssantePatient] {
                assert_eq!(code(low, channel, true), Some("IDENTITE-DIFFUSION"));
            }
            assert_eq!(
                code(low, Channel::MssanteProfessional, true),
                Some("IDENTITE-DEROGATION")
            );
            assert_eq!(
                code(low, Channel::MssanteProfessional, false),
                Some("IDENTITE-DIFFUSION")
            );
            assert_eq!(
                code(low, Channel::Document, true),
                Some("IDENTITE-SANS-INS")
            );
            assert_eq!(code(low, Channel::InsiCall, true), None);
        }
        for channel in Channel::ALL {
            assert_eq!(code(Status::Qualified, channel, false), None);
        }
        let doubtful = Attributes {
            doubtful: true,
            ..none
        };
        let call = decide(
            Status::Provisional,
            doubtful,
            Channel::InsiCall,
            &ReleaseOptions::default(),
        );
        assert!(call.is_err_and(|p| p.iter().any(|p| p.code == "IDENTITE-APPEL-INSI")));
    }
}
