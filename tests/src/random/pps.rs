//! The PPS.

use dcc_core::model::Code;
use dcc_core::pps::{
    CareAct, CareState, CareTeam, DocumentReference, EndOfTreatment, Handover, Paediatrics, Pps,
    PpsContext, Programme, Support, Tobacco, Update, Weight,
};
use dcc_core::terminology::Jdv;

use super::choices::Choices;
use super::people::YEAR;

/// A valid PPS: nothing in it is blocking.
pub fn pps(c: &mut Choices<'_>) -> Pps {
    let header = c.header();
    let update = (header.version > 1).then(|| Update {
        reason: Some(c.code(Jdv::MotifMiseAJour)),
        detail: Some(c.text()),
        date: c.maybe(Choices::past),
    });
    let mut references = vec![reference(c)];
    references.extend(c.some(2, reference));
    Pps {
        context: PpsContext {
            act_start: c.maybe(Choices::past),
            act_end: c.maybe(|c| c.instant(YEAR + 1)),
            performer: c.maybe(Choices::responsible),
            encounter_ids: c.some(2, Choices::identifier),
            encounter_type: c.maybe(|c| c.code(Jdv::J142TypeRencontre)),
            encounter: c.period(),
            establishment: c.establishment(),
        },
        header,
        team: team(c),
        patient_comment: c.maybe(Choices::text),
        paediatrics: c.maybe(|c| Paediatrics {
            paediatric: Some(c.answer()),
            comment: c.maybe(Choices::text),
            reason: c.maybe(Choices::text),
            reason_date: c.maybe(Choices::past),
        }),
        tumours: {
            let mut tumours = vec![c.tumour()];
            tumours.extend(c.some(1, Choices::tumour));
            tumours
        },
        from_screening: Some(c.screening()),
        phase: c.maybe(Choices::phase),
        programme: Programme {
            treatments: c.some(3, |c| act(c, Jdv::TypeTraitementPps)),
            side_effect_management: c.some(2, |c| act(c, Jdv::GestionEffetsSecondaires)),
            measures: c.some(2, |c| act(c, Jdv::MesuresAssociees)),
            follow_up: c.some(2, |c| act(c, Jdv::TypeDeSuivi)),
            end_of_treatment: c.maybe(|c| EndOfTreatment {
                stopped: Some(c.flip()),
                date: Some(c.past()),
                comment: c.maybe(Choices::text),
            }),
        },
        support: Support {
            care: c.some(2, |c| act(c, Jdv::SoinsOncoDeSupport)),
            social: c.some(2, |c| act(c, Jdv::TypeAccompagnementSocioPro)),
        },
        status: c.status(),
        update,
        rcp_date: Some(c.past()),
        handover: Handover {
            date: c.maybe(|c| c.day(YEAR)),
            announcement: c.maybe(Choices::past),
            professional: c.maybe(Choices::professional),
        },
        references,
        personal_data_notice: c.maybe(Choices::text),
    }
}

fn team(c: &mut Choices<'_>) -> CareTeam {
    CareTeam {
        reference_establishments: c.some(2, Choices::participant),
        members: c.some(2, Choices::participant),
        lodging: c.maybe(Choices::participant),
        coordination_centre: Some(c.participant()).map(|mut p| {
            // never nobody at all
            if p.professional.organization.is_none() {
                p.professional.organization = Some(c.organization());
            }
            p
        }),
        local: c.some(2, Choices::participant),
        mediator: c.maybe(Choices::participant),
        attending_physician: Some(c.attending_physician()),
        coordination: c.some(1, Choices::participant),
        networks: c.some(1, Choices::participant),
        social: c.some(1, Choices::participant),
        information: c.some(1, Choices::participant),
    }
}

fn reference(c: &mut Choices<'_>) -> DocumentReference {
    DocumentReference {
        kind: c.maybe(|c| c.one(&["FRCP", "CR-GM", "PPS", "Compte rendu"]).to_owned()),
        id: c.identifier(),
        text: c.maybe(Choices::text),
    }
}

fn act(c: &mut Choices<'_>, types: Jdv) -> CareAct {
    let kind = c.code(types);
    let other = kind.code.starts_with("GEN-092");
    let state = c.one(&CareState::ALL);
    let route = c.maybe(|c| c.code(Jdv::RouteOfAdministration));
    let other_route = route.as_ref().is_some_and(|r: &Code| r.code == "20062000");
    CareAct {
        kind: Some(kind),
        detail: (other || c.flip()).then(|| c.text()),
        state: Some(state),
        confirmed: if state.is_event() {
            c.past_period()
        } else {
            c.period()
        },
        planned: c.period(),
        performers: c.some(2, Choices::professional),
        rhythm: c.maybe(Choices::text),
        at_home: c.maybe(Choices::flip),
        route_detail: (other_route || c.flip()).then(|| c.text()),
        route,
        side_effects: c.maybe(Choices::text),
        comment: c.maybe(Choices::text),
        weight: c.maybe(|c| Weight {
            value: Some((1 + c.pick(2000)) as f64 / 10.0),
            unit: c.maybe(|_| "g".to_owned()),
            date: c.maybe(Choices::past),
        }),
        tobacco: c.maybe(|c| Tobacco {
            status: c.maybe(|c| c.code(Jdv::StatutTabagique)),
            text: Some(c.text()),
            date: c.maybe(Choices::past),
        }),
    }
}
