//! Identifiers of PID-3 and MRG-1 (HL7 `CX`).

use chrono::NaiveDate;
use dcc_base::identity::ins::InsKind;
use dcc_base::problem::{Problem, Problems};
use dcc_hl7v2::Element;

use crate::ins::{DatedIns, Ins};
use crate::local_id::{Authority, LocalId};
use crate::rules;

/// OID of the former INS-C, which no longer identifies anyone.
const INS_C: &str = "1.2.250.1.213.1.4.2";

/// The identifiers of a field.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Identifiers {
    pub(super) local: Vec<LocalId>,
    pub(super) ins: Option<DatedIns>,
    /// An INS given as `""`: to be withdrawn.
    pub(super) ins_withdrawn: bool,
}

impl Identifiers {
    /// The local identifiers by which a record is found: IPP first, then those of a region.
    pub(super) fn keys(&self) -> impl Iterator<Item = &LocalId> {
        let of = |kind: &'static str| self.local.iter().filter(move |id| id.kind == kind);
        of("PI").chain(of("RI"))
    }
}

/// Most repetitions of a field of PID or MRG.
const MOST: usize = 100;

/// The repetitions of a field, as many as a message may hold.
pub(super) fn repetitions<'m>(
    field: &Element<'m>,
    problems: &mut Problems,
) -> impl Iterator<Item = Element<'m>> + use<'m> {
    if field.repetitions().nth(MOST).is_some() {
        problems
            .push(Problem::new(&rules::PAM_REPETITIONS, field.path().to_string()).allowed([MOST]));
    }
    field
        .repetitions()
        .take(MOST)
        .filter(|repetition| !repetition.is_empty())
}

/// Reads the repetitions of a field.
pub(super) fn read(field: &Element<'_>, problems: &mut Problems) -> Identifiers {
    let mut all = Identifiers::default();
    for cx in repetitions(field, problems) {
        let text = |n: usize| {
            cx.component(n)
                .value()
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let sub = |n: usize| {
            cx.component(4)
                .subcomponent(n)
                .value()
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let authority = Authority {
            name: sub(1),
            id: sub(2),
            id_type: sub(3),
        };
        let kind = text(5);
        let path = cx.path().to_string();
        if let Some(ins) = InsKind::from_oid(&authority.id) {
            if cx.component(1).is_null() {
                all.ins_withdrawn = true;
            } else if all.ins.is_some() {
                problems.push(
                    Problem::new(&rules::PAM_INS, path)
                        .message("Un second matricule INS n'est pas repris"),
                );
            } else {
                let mut dated: DatedIns = Ins::new(text(1), ins).into();
                dated.start = date(&text(7));
                dated.end = date(&text(8));
                all.ins = Some(dated);
            }
            continue;
        }
        if kind.starts_with("INS") || authority.id == INS_C {
            problems.push(
                Problem::new(&rules::PAM_INS, path)
                    .message(
                        "Un matricule INS sous un autre OID que ceux de l'INS n'est pas repris",
                    )
                    .found(&authority.id)
                    .allowed(InsKind::ALL.map(InsKind::oid)),
            );
            continue;
        }
        let id = LocalId {
            value: text(1),
            authority,
            kind: if kind.is_empty() {
                "PI".to_owned()
            } else {
                kind
            },
        };
        if id.is_whole() {
            all.local.push(id);
        } else {
            problems.push(Problem::new(&rules::PAM_CODE, path).message(
                "Un identifiant sans valeur ou sans autorité d'affectation n'est pas repris",
            ));
        }
    }
    all
}

/// The day of an HL7 date.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let day = text
        .get(..8)
        .filter(|day| day.bytes().all(|b| b.is_ascii_digit()))?;
    NaiveDate::from_ymd_opt(
        day[..4].parse().ok()?,
        day[4..6].parse().ok()?,
        day[6..].parse().ok()?,
    )
}
