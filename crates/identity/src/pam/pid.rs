//! PID, ZFD and ZFA: an identity as received.

use dcc_base::problem::{Problem, Problems};
use dcc_hl7v2::{Element, Segment};

use super::cx::{self, Identifiers};
use super::tables::{FORBIDDEN, Reliability};
use crate::capture::Capture;
use crate::device::{Device, DeviceCheck};
use crate::record::DmpConsent;
use crate::registry::ReceivedIdentity;
use crate::rules;
use crate::status::{Attributes, Status};
use crate::traits::birth_date::KnownDate;
use crate::traits::{Sex, Traits, UsedNames};

/// How the evidence of a message is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PidOptions {
    pub(super) require_zfd_5: bool,
    pub(super) placeholder_proof: bool,
}

/// Reads an identity; problems have HL7 paths.
pub(super) fn read(
    pid: Segment<'_>,
    zfd: Option<Segment<'_>>,
    zfa: Option<Segment<'_>>,
    ids: &Identifiers,
    options: &PidOptions,
    problems: &mut Problems,
) -> ReceivedIdentity {
    for n in FORBIDDEN {
        if !pid.field(n).is_empty() {
            problems.push(Problem::new(
                &rules::PAM_FORBIDDEN,
                pid.field(n).path().to_string(),
            ));
        }
    }
    let mut identity = ReceivedIdentity {
        local_ids: ids.local.clone(),
        ..ReceivedIdentity::default()
    };
    names(&pid.field(5), &mut identity, problems);
    identity.traits.sex = sex(&pid.field(8), problems);
    birth_date(pid, zfd, &mut identity, problems);
    for address in cx::repetitions(&pid.field(11), problems) {
        if address.component(7).text() == "BDL" {
            identity.traits.birth_place = address
                .component(9)
                .value()
                .map(|code| code.trim().to_owned());
        }
    }
    evidence(pid, zfd, ids, options, &mut identity, problems);
    identity.consent = zfa.map(consent);
    identity
}

fn names(field: &Element<'_>, identity: &mut ReceivedIdentity, problems: &mut Problems) {
    let mut birth = false;
    for name in cx::repetitions(field, problems) {
        let text = |n: usize| name.component(n).value().map(|v| v.trim().to_owned());
        let kind = name.component(7);
        match kind.text().as_ref() {
            "L" | "" if !birth => {
                birth = true;
                let first = text(2).unwrap_or_default();
                let list = text(3).unwrap_or_else(|| first.clone());
                let family = name
                    .component(1)
                    .subcomponent(1)
                    .value()
                    .map(|v| v.trim().to_owned());
                identity.traits =
                    Traits::new(family.unwrap_or_default(), list, Sex::default(), None)
                        .with_first_given_name(first);
                if kind.is_empty() {
                    problems.push(
                        Problem::new(&rules::PAM_CODE, kind.path().to_string())
                            .message(
                                "Le type de nom est absent : le nom est lu comme nom de naissance",
                            )
                            .allowed(["L", "D"]),
                    );
                }
            }
            "D" => {
                identity.used = Some(UsedNames {
                    family: text(1),
                    given: text(2),
                })
            }
            other => problems.push(
                Problem::new(&rules::PAM_CODE, kind.path().to_string())
                    .found(other)
                    .allowed(["L", "D"]),
            ),
        }
    }
    if !birth {
        problems.push(
            Problem::new(&rules::PAM_MISSING, field.path().to_string())
                .message("Le nom de naissance (type L) est obligatoire"),
        );
    }
}

fn sex(field: &Element<'_>, problems: &mut Problems) -> Sex {
    let code = field.text();
    if code.is_empty() {
        return Sex::Indeterminate;
    }
    Sex::from_code(&code).unwrap_or_else(|| {
        problems.push(
            Problem::new(&rules::PAM_CODE, field.path().to_string())
                .message("Code de sexe inconnu : le sexe est lu comme indéterminé")
                .found(code)
                .allowed(["M", "F", "U"]),
        );
        Sex::Indeterminate
    })
}

fn birth_date(
    pid: Segment<'_>,
    zfd: Option<Segment<'_>>,
    identity: &mut ReceivedIdentity,
    problems: &mut Problems,
) {
    let field = pid.field(7);
    let path = field.path().to_string();
    if let Some(lunar) = zfd
        .map(|zfd| zfd.field(1))
        .filter(|lunar| !lunar.is_empty() && !lunar.is_null())
    {
        let text = |n: usize| lunar.component(n).text().into_owned();
        let date = format!("{:0>4}-{:0>2}-{:0>2}", text(3), text(2), text(1));
        match KnownDate::from_lunar(&date, &lunar.path().to_string()) {
            Ok(known) => {
                identity.lunar_date = Some(date);
                if field.is_empty() {
                    fill(known, &path, identity, problems);
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    if let Some(text) = field.value() {
        let part = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse().ok());
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let known = match digits {
            4 => KnownDate::new(text[..4].parse().ok(), None, None),
            6 => KnownDate::new(text[..4].parse().ok(), part(4..6), None),
            8.. => KnownDate::new(text[..4].parse().ok(), part(4..6), part(6..8)),
            _ => {
                problems.push(
                    Problem::new(&rules::PAM_VALUE, path)
                        .found(text)
                        .allowed(["AAAAMMJJ"]),
                );
                return;
            }
        };
        fill(known, &path, identity, problems);
    }
    let corrected = zfd.is_some_and(|zfd| zfd.field(4).text() == "Y");
    identity.traits.birth_date_corrected |= corrected;
}

fn fill(known: KnownDate, path: &str, identity: &mut ReceivedIdentity, problems: &mut Problems) {
    match known.sanitary(None, path) {
        Ok(date) => {
            identity.traits.birth_date = Some(date.date);
            identity.traits.birth_date_corrected = date.corrected;
        }
        Err(problem) => problems.push(problem),
    }
}

/// PID-32, PID-3 and ZFD together: the status that the sender gives, and what
/// it rests on. `VALI` with an INS is a qualified identity; an INS with a
/// provisional one is not used.
fn evidence(
    pid: Segment<'_>,
    zfd: Option<Segment<'_>>,
    ids: &Identifiers,
    options: &PidOptions,
    identity: &mut ReceivedIdentity,
    problems: &mut Problems,
) {
    let field = pid.field(32);
    let path = field.path().to_string();
    let mut claimed: Vec<Status> = Vec::new();
    let mut attributes = Attributes::default();
    identity.unqualified = true;
    for code in cx::repetitions(&field, problems) {
        let text = code.text();
        match Reliability::from_code(&text) {
            Some(Reliability::Empty) => {}
            Some(Reliability::Provisional) => claimed.push(Status::Provisional),
            Some(Reliability::Retrieved) => claimed.push(Status::Retrieved),
            Some(Reliability::Validated) => claimed.push(Status::Validated),
            Some(Reliability::Qualified) => claimed.push(Status::Qualified),
            Some(Reliability::Homonym) => attributes.homonym = true,
            Some(Reliability::Doubtful) => attributes.doubtful = true,
            Some(Reliability::Fictitious) => attributes.fictitious = true,
            Some(Reliability::NoEffect(label)) => problems.push(
                Problem::new(&rules::PAM_CODE, code.path().to_string())
                    .found(format!("{text}, {label}")),
            ),
            None => {
                problems.push(Problem::new(&rules::PAM_CODE, code.path().to_string()).found(text))
            }
        }
    }
    identity.attributes = attributes;
    identity.unqualified = claimed.is_empty();
    let zfd_field = |n: usize| {
        zfd.map(|zfd| zfd.field(n))
            .filter(|f| !f.is_empty() && !f.is_null())
    };
    if let Some(code) = zfd_field(5) {
        identity.capture = Capture::from_code(&code.text());
        if identity.capture.is_none() {
            problems
                .push(Problem::new(&rules::PAM_CODE, code.path().to_string()).found(code.text()));
        }
    }
    identity.called_on = zfd_field(6).and_then(|date| cx::date(&date.text()));
    let told = |message: &str| Problem::new(&rules::PAM_STATUS, path.clone()).message(message);
    let lowest = claimed.iter().min().copied().unwrap_or(Status::Provisional);
    if claimed.iter().any(|status| *status != lowest) {
        problems.push(told(
            "PID-32 donne plusieurs statuts : le plus bas est retenu",
        ));
    }
    if (attributes.doubtful || attributes.fictitious) && lowest > Status::Provisional {
        problems.push(told(
            "Une identité douteuse ou fictive est provisoire, quel que soit le statut reçu",
        ));
        return;
    }
    if lowest >= Status::Validated {
        identity.device = device(zfd, options, &path, problems);
    } else if let Some(code) = zfd_field(7) {
        let message = "Un dispositif d'identité est reçu avec une identité qui n'est pas validée : il n'est pas repris";
        problems.push(Problem::new(&rules::PAM_STATUS, code.path().to_string()).message(message));
    }
    let Some(ins) = &ids.ins else {
        if lowest.holds_matricule() {
            problems.push(told(
                "Ce statut demande un matricule INS en PID-3, qui est absent",
            ));
        }
        return;
    };
    let obtained = match identity.capture {
        Some(capture) => capture.is_insi(),
        None => !options.require_zfd_5,
    };
    let refused = if lowest == Status::Provisional {
        Some("L'identité reçue est provisoire : son matricule INS n'est pas repris")
    } else if !obtained {
        Some("Le mode d'obtention (ZFD-5) n'est pas INSi : le matricule INS n'est pas repris")
    } else {
        None
    };
    match refused {
        Some(message) => {
            problems.push(
                Problem::new(&rules::PAM_INS, pid.field(3).path().to_string()).message(message),
            );
        }
        None => identity.ins = Some(ins.clone()),
    }
}

fn device(
    zfd: Option<Segment<'_>>,
    options: &PidOptions,
    path: &str,
    problems: &mut Problems,
) -> Option<DeviceCheck> {
    let field = |n: usize| {
        zfd.map(|zfd| zfd.field(n))
            .filter(|f| !f.is_empty() && !f.is_null())
    };
    let Some(code) = field(7) else {
        problems.push(Problem::new(&rules::PAM_PROOF, path));
        return options
            .placeholder_proof
            .then(|| DeviceCheck::new(Device::Unstated));
    };
    let device = Device::from_hl7(&code.text()).unwrap_or_else(|| {
        problems.push(
            Problem::new(&rules::PAM_CODE, code.path().to_string())
                .message("Dispositif d'identité inconnu : il ne vaut pas preuve")
                .found(code.text()),
        );
        Device::Other
    });
    let mut check = DeviceCheck::new(device);
    check.valid_until = field(8).and_then(|end| cx::date(&end.text()));
    Some(check)
}

/// ZFA, codes and dates as received.
fn consent(zfa: Segment<'_>) -> DmpConsent {
    let text = |n: usize| zfa.field(n).value().map(|v| v.into_owned());
    DmpConsent {
        status: text(1),
        status_date: text(2),
        closed_on: text(3),
        access: text(4),
        access_date: text(5),
        no_emergency_access: text(6),
        no_call_centre_access: text(7),
        oppositions_date: text(8),
        feeding: text(9),
        feeding_date: text(10),
        reading: text(11),
        reading_date: text(12),
    }
}
