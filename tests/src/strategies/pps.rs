//! Random valid PPS.
//!
//! Every part varies: each option both ways, each list from empty to several,
//! each absence that the volet allows.

use dcc_core::model::{
    AbsentReason, AttendingPhysician, Code, DocumentStatus, Establishment, OrAbsent, Participant,
    PersonName, Professional,
};
use dcc_core::pps::{
    CareAct, CareState, CareTeam, DocumentReference, EndOfTreatment, Handover, Paediatrics, Pps,
    PpsContext, Programme, Support, Tobacco, Update, Weight,
};
use dcc_core::terminology::Jdv;
use dcc_core::terminology::code_system::INSEE_PCS;

use super::Draws;
use super::fiche_rcp::{answer, phase, tumour};
use super::model::{
    address, anyone, code, distinct, finess, header, identifier, moment, organization, participant,
    period, professional_of_one_id, text,
};

/// A valid PPS.
pub fn pps(d: &mut Draws<'_>) -> Pps {
    let mut header = header(d);
    let update = (header.version > 1).then(|| Update {
        reason: Some(code(d, Jdv::MotifMiseAJour)),
        detail: Some(text(d)),
        date: d.option(moment),
    });
    let mut context = context(d);
    // who performs the act has a structure and its sector
    let performer = context
        .performer
        .as_mut()
        .unwrap_or(&mut header.authors[0].professional);
    let structure = performer
        .organization
        .get_or_insert_with(|| dcc_core::model::Organization {
            finess: Some(finess(d)),
            ..Default::default()
        });
    structure
        .sector
        .get_or_insert_with(|| code(d, Jdv::J04PracticeSetting));
    let mut tumours = d.some(1, 3, tumour);
    for other in tumours.iter_mut().skip(1) {
        other.listed = None;
    }
    Pps {
        header,
        context,
        team: team(d),
        patient_comment: d.option(text),
        paediatrics: d.option(|d| Paediatrics {
            paediatric: Some(answer(d)),
            comment: d.option(text),
            reason: d.option(text),
            reason_date: d.option(moment),
        }),
        tumours,
        from_screening: Some(match d.below(4) {
            0 => OrAbsent::Absent(AbsentReason::Unknown),
            1 => OrAbsent::Absent(AbsentReason::Refused),
            2 => OrAbsent::Absent(AbsentReason::NotAvailable),
            _ => OrAbsent::Known(answer(d)),
        }),
        phase: d.option(phase),
        programme: Programme {
            treatments: d.many(3, |d| act(d, Jdv::TypeTraitementPps)),
            side_effect_management: d.many(2, |d| act(d, Jdv::GestionEffetsSecondaires)),
            measures: d.many(2, |d| act(d, Jdv::MesuresAssociees)),
            follow_up: d.many(2, |d| act(d, Jdv::TypeDeSuivi)),
            end_of_treatment: d.option(|d| EndOfTreatment {
                stopped: Some(d.yes()),
                date: Some(moment(d)),
                comment: d.option(text),
            }),
        },
        support: Support {
            care: d.many(2, |d| act(d, Jdv::SoinsOncoDeSupport)),
            social: d.many(2, |d| act(d, Jdv::TypeAccompagnementSocioPro)),
        },
        status: DocumentStatus {
            code: Some(code(d, Jdv::StatutDoc)),
            date: d.option(moment),
            comment: d.option(text),
        },
        update,
        rcp_date: Some(moment(d)),
        handover: Handover {
            date: d.option(moment),
            announcement: d.option(moment),
            professional: d.option(anyone),
        },
        references: d.some(1, 3, reference),
        personal_data_notice: d.option(text),
    }
}

fn context(d: &mut Draws<'_>) -> PpsContext {
    let act = period(d);
    let place = d.below(3);
    PpsContext {
        act_start: act.start,
        // a document without a start takes its own date
        act_end: act.start.and(act.end),
        performer: d.option(professional_of_one_id),
        encounter_ids: distinct(d.many(2, identifier)),
        encounter_type: d.option(|d| code(d, Jdv::J142TypeRencontre)),
        encounter: period(d),
        establishment: Establishment {
            finess: (place == 1).then(|| finess(d)),
            other_id: (place == 2).then(|| identifier(d)),
            facility_type: Some(code(d, Jdv::J02HealthcareFacilityType)),
            name: if d.yes() { text(d) } else { String::new() },
            address: d.option(address).unwrap_or_default(),
        },
    }
}

fn team(d: &mut Draws<'_>) -> CareTeam {
    CareTeam {
        reference_establishments: d.many(2, actor),
        members: d.many(2, actor),
        lodging: d.option(actor),
        coordination_centre: Some(actor(d)),
        local: d.many(2, actor),
        mediator: d.option(actor),
        attending_physician: Some(match d.below(3) {
            0 => AttendingPhysician::None,
            1 => AttendingPhysician::Unknown,
            _ => AttendingPhysician::Named(Box::new(participant(d))),
        }),
        coordination: d.many(2, actor),
        networks: d.many(2, actor),
        social: d.many(2, actor),
        information: d.many(2, actor),
    }
}

/// A person, a structure, or both.
fn actor(d: &mut Draws<'_>) -> Participant {
    let mut one = participant(d);
    if d.yes() {
        one.professional.name = PersonName::default();
        one.professional
            .organization
            .get_or_insert_default()
            .name
            .get_or_insert_with(|| text(d));
    }
    one
}

/// A professional of health, or of another profession.
fn intervening(d: &mut Draws<'_>) -> Professional {
    let mut one = anyone(d);
    if d.once_in(4) {
        let label = "Assistant(e) de service social";
        one.specialty = Some(Code::new("434b").in_system(INSEE_PCS.oid).labelled(label));
    }
    if d.once_in(4) {
        one.organization = Some(organization(d));
    }
    one
}

fn reference(d: &mut Draws<'_>) -> DocumentReference {
    DocumentReference {
        kind: d.option(|d| d.pick(&["FRCP", "CR-GM", "PPS", "Compte rendu"]).to_owned()),
        id: identifier(d),
        text: d.option(text),
    }
}

fn act(d: &mut Draws<'_>, types: Jdv) -> CareAct {
    let kind = code(d, types);
    let other = kind.code.starts_with("GEN-092");
    let state = d.pick(&CareState::ALL);
    let route = d.option(|d| code(d, Jdv::RouteOfAdministration));
    let other_route = route.as_ref().is_some_and(|r| r.code == "20062000");
    CareAct {
        kind: Some(kind),
        detail: Some(text(d)).filter(|_| other || d.yes()),
        state: Some(state),
        confirmed: period(d),
        planned: period(d),
        performers: d.many(2, intervening),
        rhythm: d.option(text),
        at_home: d.option(Draws::yes),
        route_detail: Some(text(d)).filter(|_| other_route || d.yes()),
        route,
        side_effects: d.option(text),
        comment: d.option(text),
        weight: d.option(|d| Weight {
            value: Some(d.between(1, 2000) as f64 / 10.0),
            unit: d.option(|d| d.pick(&["g", "[lb_av]"]).to_owned()),
            date: d.option(moment),
        }),
        tobacco: d.option(|d| {
            let status = d.option(|d| code(d, Jdv::StatutTabagique));
            Tobacco {
                text: Some(text(d)).filter(|_| status.is_none() || d.yes()),
                status,
                date: d.option(moment),
            }
        }),
    }
}
