//! Random valid fiches RCP.
//!
//! Every part varies: each option both ways, each list from empty to several,
//! each absence that the volet allows. `indicators` stays empty and the
//! identity has no attributes: a document does not carry them.

use dcc_core::fiche_rcp::{
    Answer, CodedText, Conclusion, DatedText, Discussion, DocumentStatus, EnrolmentOrder,
    Establishment, Exam, FicheRcp, FileStatus, Frame, FunctionalStatus, GeriatricScreening,
    Guideline, OtherClassification, Pain, Participants, PastTreatment, Performance, Performer,
    Phase, Progression, Proposal, ProposedTreatment, RcpContext, Reason, ReportConclusion, Request,
    Synthesis, Tnm, TnmBasis, TnmComponent, TreatmentStatus, Tumour,
};
use dcc_core::model::{AbsentReason, AttendingPhysician, Code, Identifier, OrAbsent, Organization};
use dcc_core::terminology::Jdv;

use super::Draws;
use super::model::{
    address, anyone, author, code, extension, finess, header, identifier, label, local_identifier,
    moment, participant, period, professional, professional_of_one_id, text,
};

/// A valid fiche.
pub fn fiche_rcp(d: &mut Draws<'_>) -> FicheRcp {
    let mut participants = participants(d);
    let mut tumours = d.some(1, 3, tumour);
    for other in tumours.iter_mut().skip(1) {
        other.listed = None;
    }
    let mut fiche = FicheRcp {
        header: header(d),
        rcp: context(d),
        discussion: discussion(d),
        reason: reason(d),
        from_screening: Some(match d.below(4) {
            0 => OrAbsent::Absent(AbsentReason::Unknown),
            1 => OrAbsent::Absent(AbsentReason::Refused),
            2 => OrAbsent::Absent(AbsentReason::NotAvailable),
            _ => OrAbsent::Known(answer(d)),
        }),
        tumours,
        history: d.many(3, dated_text),
        comorbidities: d.many(3, dated_text),
        functional_status: d.option(functional_status),
        exams: d.many(3, |d| Exam {
            date: d.option(moment),
            name: text(d),
            result: d.option(text),
        }),
        exams_comment: d.option(text),
        phase: phase(d),
        past_treatments: d.many(3, past_treatment),
        operative_report: d.option(|d| report(d, 1, 1, false)),
        pathology_report: d.option(|d| report(d, 0, 3, true)),
        molecular_reports: d.many(2, |d| report(d, 0, 2, false)),
        synthesis: Synthesis {
            case: text(d),
            other_data: d.option(text),
        },
        file_status: file_status(d),
        proposal: proposal(d),
        patient_comment: d.option(text),
        status: DocumentStatus {
            code: Some(code(d, Jdv::StatutDoc)),
            date: d.option(moment),
            comment: d.option(text),
        },
        ..FicheRcp::default()
    };
    fiche.frame = frame(
        d,
        fiche
            .reason
            .case_status
            .as_ref()
            .is_some_and(|s| s.code == "ORG-128"),
    );
    // who performs the act has a structure and its sector
    let performer = match (&mut fiche.rcp.performer, &mut participants.coordinator) {
        (Some(performer), _) => performer,
        (None, coordinator) => {
            &mut coordinator
                .get_or_insert_with(|| participant(d))
                .professional
        }
    };
    if performer.ids.is_empty() {
        performer.ids = professional_of_one_id(d).ids;
    }
    let organization: &mut Organization = performer.organization.get_or_insert_default();
    organization
        .sector
        .get_or_insert_with(|| code(d, Jdv::J04PracticeSetting));
    fiche.participants = participants;
    leave_out_defaults(&mut fiche);
    fiche
}

/// Leaves out what is said again: a document tells it the same way, and a
/// reader gives the shorter form.
fn leave_out_defaults(fiche: &mut FicheRcp) {
    let coordinator = fiche.participants.coordinator.as_ref();
    if fiche.rcp.performer.as_ref() == coordinator.map(|c| &c.professional) {
        fiche.rcp.performer = None;
    }
    if fiche
        .rcp
        .topographies
        .iter()
        .eq(fiche.tumours.iter().map(|t| &t.topography))
    {
        fiche.rcp.topographies.clear();
    }
}

pub(super) fn answer(d: &mut Draws<'_>) -> Answer {
    Answer {
        value: d.yes(),
        date: d.option(moment),
    }
}

fn context(d: &mut Draws<'_>) -> RcpContext {
    let dates = period(d);
    let date = dates.start.unwrap_or_else(|| moment(d));
    let end = dates
        .end
        .filter(|end| end.hl7().to_string() > date.hl7().to_string());
    let place = d.below(3);
    RcpContext {
        network_id: extension(d),
        manager_id: extension(d),
        rcp_id: extension(d),
        session_id: d.option(extension),
        local_ids: d
            .many(2, |d| {
                if d.yes() {
                    identifier(d)
                } else {
                    local_identifier(d)
                }
            })
            .into_iter()
            .fold(Vec::new(), |mut kept: Vec<Identifier>, id| {
                // a root without an extension forbids another under that root
                if kept.iter().all(|k| k.root != id.root) {
                    kept.push(id);
                }
                kept
            }),
        name: text(d),
        encounter_type: d.option(|d| code(d, Jdv::J142TypeRencontre)),
        date: Some(date),
        end,
        act_start: d.option(moment).filter(|start| *start != date),
        performer: d.option(professional_of_one_id),
        topographies: d.many(2, |d| coded_text(d, Jdv::Tumeur)),
        establishment: Establishment {
            finess: (place == 1).then(|| finess(d)),
            other_id: (place == 2).then(|| identifier(d)),
            facility_type: Some(code(d, Jdv::J02HealthcareFacilityType)),
            name: text(d),
            address: address(d),
        },
        enrolment: d.option(|d| EnrolmentOrder {
            id: identifier(d),
            comment: d.option(text),
        }),
    }
}

fn participants(d: &mut Draws<'_>) -> Participants {
    Participants {
        coordinator: d.option(participant),
        requester: d.option(participant),
        presenter: d.option(participant),
        attending_physician: Some(match d.below(3) {
            0 => AttendingPhysician::None,
            1 => AttendingPhysician::Unknown,
            _ => AttendingPhysician::Named(Box::new(participant(d))),
        }),
        quorum: d.many(4, participant),
        others: d.many(2, participant),
        correspondents: d.many(2, participant),
    }
}

fn discussion(d: &mut Draws<'_>) -> Discussion {
    let by_organ = d.yes();
    Discussion {
        nature: Some(Code::new(if by_organ { "ORG-117" } else { "ORG-132" })),
        organ_system: by_organ.then(|| code(d, Jdv::RcpAppareil)),
        organs: if by_organ {
            d.some(1, 3, |d| code(d, Jdv::RcpOrgane))
        } else {
            Vec::new()
        },
        care: (!by_organ).then(|| code(d, Jdv::TraitementSoinsFrcp)),
        recourse: Some(answer(d)),
        paediatric: Some(answer(d)),
        comment: d.option(text),
    }
}

fn reason(d: &mut Draws<'_>) -> Reason {
    Reason {
        diagnostic_opinion: Some(answer(d)),
        treatment_proposal: Some(answer(d)),
        recourse: Some(answer(d)),
        paediatric: Some(answer(d)),
        case_status: Some(code(d, Jdv::StatutCasPresente)),
        comment: d.option(text),
        problem_date: d.option(moment),
        problem: d.option(text),
    }
}

/// A code, words, or a code with words.
fn coded_text(d: &mut Draws<'_>, jdv: Jdv) -> CodedText {
    match d.below(3) {
        0 => CodedText {
            code: Some(code(d, jdv)),
            text: None,
        },
        1 => CodedText {
            code: None,
            text: Some(text(d)),
        },
        _ => CodedText {
            code: Some(code(d, jdv)),
            text: Some(text(d)),
        },
    }
}

pub(super) fn tumour(d: &mut Draws<'_>) -> Tumour {
    let diagnosed = if d.yes() {
        OrAbsent::Known(moment(d))
    } else {
        OrAbsent::Absent(AbsentReason::Unknown)
    };
    Tumour {
        listed: d
            .option(moment)
            .filter(|listed| Some(listed) != diagnosed.known()),
        diagnosed: Some(diagnosed),
        morphology: coded_text(d, Jdv::Morphologie),
        topography: coded_text(d, Jdv::Tumeur),
        laterality: d.option(|d| code(d, Jdv::ModificateurTopographique)),
        tnm: d.option(tnm).filter(|tnm| {
            // all three not applicable, and nothing else, is no TNM
            let na = |c: &Option<OrAbsent<TnmComponent>>| {
                c.as_ref().and_then(OrAbsent::absence) == Some(AbsentReason::NotApplicable)
            };
            !(na(&tnm.t)
                && na(&tnm.n)
                && na(&tnm.m)
                && tnm.date.is_none()
                && tnm.edition.is_none()
                && tnm.stage.is_none())
        }),
        other_classifications: d.many(3, |d| OtherClassification {
            value: text(d),
            name: d.option(text),
            version: d.option(text),
        }),
        comment: d.option(text),
    }
}

fn tnm(d: &mut Draws<'_>) -> Tnm {
    Tnm {
        date: d.option(moment),
        edition: d.option(|d| d.pick(&["7", "8", "9"]).to_owned()),
        stage: d.option(|d| {
            let code = Code::new(d.pick(&["0", "I", "IA1", "IB", "IIIC", "IV"]));
            if d.yes() {
                code.labelled(label(d))
            } else {
                code
            }
        }),
        t: Some(component(d, &["T0", "Tis", "T1b", "T2(m)", "TX", "T4d"])),
        n: Some(component(
            d,
            &["N0", "N0(sn)", "N1mi", "NX", "N3", "N0(i-)"],
        )),
        m: Some(component(
            d,
            &["M0", "M1", "M1a", "M1(HEP)", "MX", "M0(i+)"],
        )),
    }
}

fn component(d: &mut Draws<'_>, values: &[&str]) -> OrAbsent<TnmComponent> {
    match d.below(5) {
        0 => OrAbsent::Absent(AbsentReason::Unknown),
        1 => OrAbsent::Absent(AbsentReason::NotApplicable),
        2 => OrAbsent::Absent(AbsentReason::NotAvailable),
        _ => OrAbsent::Known(TnmComponent {
            value: d.pick(values).to_owned(),
            basis: d.option(|d| d.pick(&[TnmBasis::Clinical, TnmBasis::Pathological])),
            post_treatment: d.yes(),
            recurrence: d.yes(),
            autopsy: d.yes(),
            label: d.option(label),
            detail: d.option(text),
        }),
    }
}

fn dated_text(d: &mut Draws<'_>) -> DatedText {
    DatedText {
        date: d.option(moment),
        text: text(d),
    }
}

fn functional_status(d: &mut Draws<'_>) -> FunctionalStatus {
    FunctionalStatus {
        performance: d.many(3, |d| Performance {
            date: d.option(moment),
            grade: Some(code(d, Jdv::OmsEchPerf)),
            interpretation: d.option(|d| code(d, Jdv::OmsInterpret)),
        }),
        geriatric: d.many(3, |d| GeriatricScreening {
            tool: d.option(|d| if d.yes() { "G8".to_owned() } else { text(d) }),
            score: d.option(|d| d.below(18) as i32),
            date: d.option(moment),
        }),
        pain: match d.below(4) {
            0 => None,
            1 => Some(Pain {
                date: Some(moment(d)),
                severity: None,
            }),
            _ => Some(Pain {
                date: d.option(moment),
                severity: Some(code(d, Jdv::EvaluationDouleur)),
            }),
        },
    }
}

pub(super) fn phase(d: &mut Draws<'_>) -> Phase {
    let comment = d.option(text);
    let present = d.yes();
    let part = |d: &mut Draws<'_>| {
        if present || d.yes() {
            Some(d.yes())
        } else {
            None
        }
    };
    Phase {
        phase: Some(code(d, Jdv::PhaseCancer)),
        date: d.option(moment),
        comment_date: comment.as_ref().and_then(|_| d.option(moment)),
        comment,
        progression: Some(Progression {
            present: Some(present),
            date: d.option(moment),
            local: part(d),
            regional: part(d),
            distant: part(d),
        }),
    }
}

fn past_treatment(d: &mut Draws<'_>) -> PastTreatment {
    let kind = code(d, Jdv::TypeTraitementFrcp);
    let other = kind.code == "GEN-092.03.01";
    PastTreatment {
        kind: Some(kind),
        detail: Some(text(d)).filter(|_| other || d.yes()),
        period: period(d),
        status: Some(d.pick(&TreatmentStatus::ALL)),
        comment: d.option(text),
    }
}

fn report(d: &mut Draws<'_>, least: usize, most: usize, sampled: bool) -> ReportConclusion {
    ReportConclusion {
        author: d.option(author),
        entries: d.some(least, most, |d| conclusion(d, sampled)),
        comment: d.option(text),
    }
}

fn conclusion(d: &mut Draws<'_>, sampled: bool) -> Conclusion {
    Conclusion {
        text: Some(text(d)),
        period: period(d),
        performers: d.many(2, |d| Performer {
            date: d.option(moment),
            professional: professional(d),
        }),
        author: d.option(author),
        sampler: if sampled && d.yes() {
            Some(sampler(d))
        } else {
            None
        },
    }
}

/// Who took a sample: the document has no place for all of an organisation.
fn sampler(d: &mut Draws<'_>) -> Performer {
    let mut professional = anyone(d);
    if let Some(o) = &mut professional.organization {
        (o.sector, o.addresses, o.telecoms) = (None, Vec::new(), Vec::new());
    }
    Performer {
        date: d.option(moment),
        professional,
    }
}

fn file_status(d: &mut Draws<'_>) -> FileStatus {
    let comment = d.option(text);
    FileStatus {
        complete: Some(d.yes()),
        quorum: Some(code(d, Jdv::StatutQuorum)),
        comment_date: comment.as_ref().and_then(|_| d.option(moment)),
        comment,
    }
}

fn proposal(d: &mut Draws<'_>) -> Proposal {
    let comment = d.option(text);
    Proposal {
        recourse_rcp: d.option(text),
        requests: d.many(3, |d| Request {
            text: text(d),
            period: period(d),
        }),
        surveillance: d.option(text),
        treatments: d.many(4, proposed_treatment),
        comment_date: comment.as_ref().and_then(|_| d.option(moment)),
        comment,
    }
}

fn proposed_treatment(d: &mut Draws<'_>) -> ProposedTreatment {
    let kind = code(d, Jdv::TypeTraitementFrcp);
    let other = kind.code == "GEN-092.03.01";
    ProposedTreatment {
        intention: if d.once_in(10) {
            d.between(1, 255) as u8
        } else {
            d.between(1, 3) as u8
        },
        order: d.option(|d| d.pick(&[1, 2, 3, 12, 0, u32::MAX])),
        kind: Some(kind),
        name: Some(text(d)).filter(|_| other || d.yes()),
        detail: d.option(text),
        period: period(d),
    }
}

fn frame(d: &mut Draws<'_>, registered: bool) -> Frame {
    Frame {
        guidelines: d.some(usize::from(registered), 3, |d| {
            let name = d.option(text);
            let why = name.is_none() || d.yes();
            Guideline {
                name,
                date: d.option(moment),
                not_followed: why.then(|| text(d)),
            }
        }),
        clinical_trial: d.option(Draws::yes),
        comment: d.option(text),
    }
}
