//! Every problem of a PPS.

use super::Pps;
use super::model::{CareAct, CareState, CareTeam, PpsContext, Tobacco, Weight};
use super::notice::PROVIDER_NOTICE;
use super::rules;
use super::templates::{self, List};
use crate::cda::datatypes::Binding;
use crate::cda::narrative::same_words;
use crate::model::rules as common;
use crate::model::{Checker, Code, DocumentStatus, Participant, PersonName, Professional};
use crate::problem::{Problem, Problems};
use crate::terminology::code_system::INSEE_PCS;
use crate::terminology::{Jdv, Terminology};

/// *Autre(s)*, of the value set JDV_RouteofAdministration_CISIS.
const OTHER_ROUTE: &str = "20062000";
/// *Autre motif de mise à jour*.
const OTHER_REASON: &str = "GEN-092.08.02";

impl Pps {
    pub(super) fn every_problem(&self, terminology: &Terminology) -> Problems {
        let mut c = Checker::new(terminology, &self.header);
        c.texts(self);
        c.header(&self.header);
        self.check_performer(&mut c);
        c.at("context", |c| check_context(c, &self.context));
        c.at("team", |c| check_team(c, &self.team));
        self.check_paediatrics(&mut c);
        c.tumours(&self.tumours);
        c.screening(self.from_screening.as_ref());
        if let Some(phase) = &self.phase {
            c.at("phase", |c| c.phase(phase));
        }
        self.check_programme(&mut c);
        c.at("support", |c| {
            c.acts("care", &templates::SUPPORTIVE_CARE, &self.support.care);
            c.acts("social", &templates::SOCIAL_SUPPORT, &self.support.social);
        });
        self.check_status(&mut c);
        self.check_handover(&mut c);
        self.check_references(&mut c);
        let again = |notice: &String| same_words(notice, PROVIDER_NOTICE);
        let repeated = self.personal_data_notice.as_ref().is_some_and(again);
        c.require(!repeated, "personal_data_notice", &rules::REPEATED);
        c.finish()
    }

    fn check_performer(&self, c: &mut Checker<'_>) {
        let (performer, path) = match &self.context.performer {
            Some(p) => (Some(p), "/context/performer"),
            None => (
                self.header.authors.first().map(|a| &a.professional),
                "/header/authors/0/professional",
            ),
        };
        let complete = performer.is_some_and(|p| {
            !p.ids.is_empty() && p.organization.as_ref().is_some_and(|o| o.sector.is_some())
        });
        if !complete {
            c.push(Problem::new(&rules::PERFORMER, path));
        }
    }

    fn check_paediatrics(&self, c: &mut Checker<'_>) {
        let said = self.paediatrics.as_ref().and_then(|p| p.paediatric);
        if let Some(p) = &self.paediatrics {
            c.at("paediatrics", |c| {
                c.require(said.is_some(), "paediatric", &common::REQUIRED);
                c.at("paediatric", |c| {
                    c.moment("date", said.and_then(|a| a.date))
                });
                c.moment("reason_date", p.reason_date);
            });
        }
        let Some(age) = self.age().filter(|&age| age < 18) else {
            return;
        };
        if self.header.patient.guardians.is_empty() {
            c.push(
                Problem::new(&rules::MINOR, "/header/patient/guardians")
                    .found(format!("{age} ans")),
            );
        }
        if !said.is_some_and(|a| a.value) {
            c.push(
                Problem::new(&rules::PAEDIATRIC, "/paediatrics/paediatric")
                    .found(format!("{age} ans")),
            );
        }
    }

    /// Age of the patient on the day of the document, when both are known to the day.
    fn age(&self) -> Option<u32> {
        let birth = self.header.patient.birth_date?.to_date()?;
        self.header.created?.to_date()?.years_since(birth)
    }

    fn check_programme(&self, c: &mut Checker<'_>) {
        let p = &self.programme;
        c.at("programme", |c| {
            c.acts("treatments", &templates::TREATMENTS, &p.treatments);
            c.acts(
                "side_effect_management",
                &templates::SIDE_EFFECT_MANAGEMENT,
                &p.side_effect_management,
            );
            c.acts("measures", &templates::MEASURES, &p.measures);
            c.acts("follow_up", &templates::FOLLOW_UP, &p.follow_up);
            let nothing = p.treatments.is_empty() && p.follow_up.is_empty();
            c.require(
                !(nothing && p.end_of_treatment.is_none()),
                "treatments",
                &rules::EMPTY,
            );
            let Some(end) = &p.end_of_treatment else {
                return;
            };
            c.at("end_of_treatment", |c| {
                c.require(end.stopped.is_some(), "stopped", &rules::END);
                c.require(
                    end.stopped != Some(true) || end.date.is_some(),
                    "date",
                    &rules::END,
                );
                c.moment("date", end.date);
            });
            if end.stopped == Some(true) {
                c.each("treatments", &p.treatments, |c, t| {
                    let goes_on = matches!(t.state, Some(CareState::Ongoing | CareState::Planned));
                    c.require(!goes_on, "state", &rules::AFTER_END);
                });
            }
        });
    }

    fn check_status(&self, c: &mut Checker<'_>) {
        c.at("status", |c| {
            c.required_code("code", self.status.code.as_ref(), Jdv::StatutDoc);
            c.require(self.status.date.is_some(), "date", &rules::STATUS_DATE);
            c.past("date", self.status.date);
        });
        let replaces = self.header.version > 1 || self.header.replaces.is_some();
        match &self.update {
            Some(update) => c.at("update", |c| {
                c.required_code("reason", update.reason.as_ref(), Jdv::MotifMiseAJour);
                let other = is_code(update.reason.as_ref(), OTHER_REASON);
                c.require(!other || update.detail.is_some(), "detail", &rules::OTHER);
                c.past("date", update.date);
            }),
            None => c.require(!replaces, "update", &rules::UPDATE),
        }
        c.require(
            replaces || self.update.is_none(),
            "update",
            &rules::FIRST_UPDATE,
        );
        c.require(self.rcp_date.is_some(), "rcp_date", &rules::RCP_DATE);
        c.past("rcp_date", self.rcp_date);
    }

    fn check_handover(&self, c: &mut Checker<'_>) {
        let h = &self.handover;
        let approved = self.status.is(DocumentStatus::APPROVED);
        c.at("handover", |c| {
            c.require(!approved || h.date.is_some(), "date", &rules::HANDED);
            c.require(
                h.date.is_none() || h.professional.is_some(),
                "professional",
                &rules::HANDED,
            );
            c.moment("date", h.date);
            c.moment("announcement", h.announcement);
            let earliest = self.rcp_date.into_iter().chain(h.announcement);
            for first in earliest {
                if let Some(date) = h.date.filter(|d| d.is_before(first)) {
                    c.push(
                        c.problem_at("date", &rules::HANDOVER_ORDER)
                            .found(date)
                            .allowed([format!("à partir du {first}")]),
                    );
                }
            }
            if let Some(p) = &h.professional {
                c.at("professional", |c| c.intervening(p));
            }
        });
    }

    fn check_references(&self, c: &mut Checker<'_>) {
        c.require(!self.references.is_empty(), "references", &rules::REFERENCE);
        c.each("references", &self.references, |c, r| {
            c.at("id", |c| c.identifier(&r.id));
            c.require(r.id != self.header.id, "id", &rules::SELF_REFERENCE);
            let again = r
                .text
                .as_ref()
                .is_some_and(|t| same_words(t, &r.id.shown()));
            c.require(!again, "text", &rules::REPEATED);
            let nothing = r.kind.as_deref() == Some("Document");
            c.require(!nothing, "kind", &rules::REPEATED);
        });
    }
}

fn is_code(code: Option<&Code>, wanted: &str) -> bool {
    code.is_some_and(|c| c.code == wanted)
}

fn check_context(c: &mut Checker<'_>, context: &PpsContext) {
    c.past("act_start", context.act_start);
    c.moment("act_end", context.act_end);
    if let (Some(start), Some(end)) = (context.act_start, context.act_end)
        && end.is_before(start)
    {
        c.push(
            c.problem_at("act_end", &common::ORDER)
                .found(end)
                .allowed([format!("après {start}")]),
        );
    }
    if let Some(performer) = &context.performer {
        c.at("performer", |c| {
            c.professional(performer);
            c.one_id(performer);
        });
    }
    c.each("encounter_ids", &context.encounter_ids, |c, id| {
        c.identifier(id);
    });
    c.distinct_ids("encounter_ids", &context.encounter_ids);
    c.code(
        "encounter_type",
        context.encounter_type.as_ref(),
        Jdv::J142TypeRencontre,
    );
    c.period("encounter", &context.encounter);
    c.at("establishment", |c| c.establishment(&context.establishment));
}

fn check_team(c: &mut Checker<'_>, t: &CareTeam) {
    for (field, participants) in [
        ("reference_establishments", &t.reference_establishments),
        ("members", &t.members),
        ("local", &t.local),
        ("coordination", &t.coordination),
        ("networks", &t.networks),
        ("social", &t.social),
        ("information", &t.information),
    ] {
        c.each(field, participants, |c, p| c.actor(p));
    }
    for (field, participant) in [
        ("lodging", &t.lodging),
        ("coordination_centre", &t.coordination_centre),
        ("mediator", &t.mediator),
    ] {
        if let Some(p) = participant {
            c.at(field, |c| c.actor(p));
        }
    }
    c.require(
        t.coordination_centre.is_some(),
        "coordination_centre",
        &rules::CENTRE_3C,
    );
    c.attending_physician(t.attending_physician.as_ref());
}

impl Checker<'_> {
    /// A participant: a person, a structure, or both.
    fn actor(&mut self, p: &Participant) {
        let structure = p.professional.organization.as_ref();
        if p.professional.name != PersonName::default() {
            self.participant(p);
            return;
        }
        let named = structure.is_some_and(|o| o.name.is_some());
        self.require(named, "professional", &rules::PARTICIPANT);
        // a participant without a person is checked as one with a person that has a name
        let mut with_name = p.clone();
        with_name.professional.name.family = "-".to_owned();
        self.participant(&with_name);
    }

    /// Somebody who takes part in the care: a professional of health, or a
    /// person whose profession is one of the INSEE.
    fn intervening(&mut self, p: &Professional) {
        let social = |s: &Code| s.system.as_deref() == Some(INSEE_PCS.oid);
        if p.specialty.as_ref().is_some_and(social) {
            self.professional(&Professional {
                specialty: None,
                ..p.clone()
            });
        } else {
            self.professional(p);
        }
    }

    fn acts(&mut self, field: &str, list: &List, acts: &[CareAct]) {
        self.each(field, acts, |c, act| c.act(list, act));
    }

    fn act(&mut self, list: &List, a: &CareAct) {
        self.required_code("kind", a.kind.as_ref(), list.types);
        let other = is_code(a.kind.as_ref(), list.other);
        self.require(!other || a.detail.is_some(), "detail", &rules::OTHER);
        self.repeated("detail", &a.detail, a.kind.as_ref(), list.types);
        self.require(a.state.is_some(), "state", &common::REQUIRED);
        if matches!(a.state, Some(CareState::Done | CareState::Stopped)) {
            self.past_period("confirmed", &a.confirmed);
            self.require(!a.confirmed.is_empty(), "confirmed", &rules::DONE_DATE);
        } else {
            self.period("confirmed", &a.confirmed);
        }
        self.period("planned", &a.planned);
        self.each("performers", &a.performers, |c, p| c.intervening(p));
        self.code("route", a.route.as_ref(), Jdv::RouteOfAdministration);
        let other = is_code(a.route.as_ref(), OTHER_ROUTE);
        self.require(
            !other || a.route_detail.is_some(),
            "route_detail",
            &rules::OTHER,
        );
        self.repeated(
            "route_detail",
            &a.route_detail,
            a.route.as_ref(),
            Jdv::RouteOfAdministration,
        );
        if let Some(weight) = &a.weight {
            self.at("weight", |c| c.weight(weight));
        }
        if let Some(tobacco) = &a.tobacco {
            self.at("tobacco", |c| c.tobacco(tobacco));
        }
    }

    /// Words that only repeat the label of a code.
    fn repeated(&mut self, field: &str, words: &Option<String>, code: Option<&Code>, jdv: Jdv) {
        if let (Some(words), Some(code)) = (words, code) {
            let label = Binding::Set(jdv).label(self.terminology(), code);
            self.require(!same_words(words, &label), field, &rules::REPEATED);
        }
    }

    fn weight(&mut self, w: &Weight) {
        const UNITS: [&str; 4] = ["kg", "g", "[lb_av]", "[oz_av]"];
        let value = w.value.is_some_and(|v| v > 0.0 && v.is_finite());
        self.require(value, "value", &rules::WEIGHT);
        if let Some(unit) = w.unit.as_deref().filter(|u| !UNITS.contains(u)) {
            self.push(
                self.problem_at("unit", &rules::WEIGHT)
                    .found(unit)
                    .allowed(UNITS),
            );
        }
        self.past("date", w.date);
    }

    fn tobacco(&mut self, t: &Tobacco) {
        self.code("status", t.status.as_ref(), Jdv::StatutTabagique);
        self.require(
            t.status.is_some() || t.text.is_some(),
            "status",
            &rules::TOBACCO,
        );
        self.repeated("text", &t.text, t.status.as_ref(), Jdv::StatutTabagique);
        self.past("date", t.date);
    }
}
