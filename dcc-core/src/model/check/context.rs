//! Checks of what the header says of the care around a document.

use super::Checker;
use crate::identity::oid;
use crate::model::context::{CareContext, DocumentedAct, Encounter, RoleParticipant};
use crate::model::rules;
use crate::model::{Code, Organization, Period, Professional};
use crate::terminology::Jdv;

impl Checker<'_> {
    /// Participants, orders, acts and encounter.
    pub(crate) fn care_context(&mut self, context: &CareContext) {
        self.each(
            "participants",
            &context.participants,
            Self::role_participant,
        );
        self.each("orders", &context.orders, |c, o| {
            c.at("id", |c| c.identifier(&o.id));
        });
        self.require(!context.acts.is_empty(), "acts", &rules::MAIN_ACT);
        self.at("acts", |c| {
            for (i, act) in context.acts.iter().enumerate() {
                c.at(i, |c| c.documented_act(act, i == 0));
            }
        });
        self.at("encounter", |c| c.encounter(&context.encounter));
    }

    fn role_participant(&mut self, p: &RoleParticipant) {
        self.required_code(
            "kind",
            Some(&Code::new(&p.kind)),
            Jdv::J144ParticipationType,
        );
        self.code("function", p.function.as_ref(), Jdv::J47FunctionCode);
        if let Some(detail) = &p.detail {
            self.at("detail", |c| c.coded_anywhere(detail));
        }
        if let Some(class) = p
            .class
            .as_deref()
            .filter(|c| !matches!(*c, "PROV" | "AGNT"))
        {
            let problem = self.problem_at("class", &rules::PARTICIPANT_CLASS);
            self.push(problem.found(class).allowed(["PROV", "AGNT"]));
        }
        let professional = &p.participant.professional;
        if p.absent.is_some() {
            let said = *professional != Professional::default();
            self.require(!said, "absent", &rules::NOT_CARRIED);
            return;
        }
        self.at("participant", |c| {
            c.participant_dates(&p.participant);
            c.at("professional", |c| {
                c.person_or_organization(professional);
                c.require(professional.ids.len() <= 1, "ids/1", &rules::NOT_CARRIED);
            });
        });
    }

    /// A recipient: known by a national identifier, without specialty or sector.
    pub(super) fn recipient(&mut self, p: &Professional) {
        self.person_or_organization(p);
        self.require(p.specialty.is_none(), "specialty", &rules::NOT_CARRIED);
        let national =
            |id: &crate::model::ProfessionalId| id.to_identifier().root == oid::PROFESSIONAL;
        self.require(p.ids.iter().all(national), "ids", &rules::NOT_CARRIED);
        if let Some(o) = &p.organization {
            let sector = o.sector.is_none();
            self.require(sector, "organization/sector", &rules::NOT_CARRIED);
            let national = o.other_ids.iter().all(|id| id.root == oid::ORGANIZATION);
            self.require(national, "organization/other_ids", &rules::NOT_CARRIED);
        }
    }

    /// A professional, or an organisation without a person.
    pub(crate) fn person_or_organization(&mut self, p: &Professional) {
        match &p.organization {
            Some(o) if p.name == Default::default() && o.name.is_some() => {
                let mut named = p.clone();
                named
                    .name
                    .family
                    .clone_from(o.name.as_ref().unwrap_or(&String::new()));
                self.professional(&named);
            }
            _ => self.professional(p),
        }
    }

    fn documented_act(&mut self, act: &DocumentedAct, is_main: bool) {
        self.each("ids", &act.ids, |c, id| c.identifier(id));
        if let Some(code) = &act.code {
            self.at("code", |c| c.coded_anywhere(code));
        }
        self.moments("period", &act.period);
        let starts = act.period.start.is_some() || (act.period.is_empty() && !is_main);
        self.require(starts, "period/start", &rules::MAIN_ACT);
        self.require(
            act.performer.is_some() || !is_main,
            "performer",
            &rules::MAIN_ACT,
        );
        let Some(performer) = &act.performer else {
            return;
        };
        self.at("performer", |c| {
            c.code(
                "function",
                performer.function.as_ref(),
                Jdv::J47FunctionCode,
            );
            c.moments("period", &performer.period);
            c.at("professional", |c| {
                c.identified(&performer.professional);
                c.professional(&performer.professional);
                let sector = performer
                    .professional
                    .organization
                    .as_ref()
                    .and_then(|o| o.sector.as_ref());
                c.require(sector.is_some(), "organization/sector", &rules::MAIN_ACT);
            });
        });
    }

    fn encounter(&mut self, e: &Encounter) {
        self.each("ids", &e.ids, |c, id| c.identifier(id));
        self.code("kind", e.kind.as_ref(), Jdv::J142TypeRencontre);
        self.moments("period", &e.period);
        if let Some(responsible) = &e.responsible {
            self.at("responsible", |c| {
                c.person_or_organization(responsible);
                let national = |id: &crate::model::ProfessionalId| {
                    id.to_identifier().root == oid::PROFESSIONAL
                };
                c.require(
                    responsible.ids.iter().any(national),
                    "ids",
                    &rules::REQUIRED,
                );
            });
        }
        self.at("establishment", |c| c.establishment(&e.establishment));
    }

    /// Moments with their zone, and a period that does not end before it starts.
    pub(crate) fn moments(&mut self, field: &str, period: &Period) {
        if period.start.is_some() && period.start == period.end {
            self.at(field, |c| c.moment("start", period.start));
        } else {
            self.period(field, period);
        }
    }

    /// A code of any code system, which it must state.
    pub(crate) fn coded_anywhere(&mut self, code: &Code) {
        self.required_text("code", &code.code);
        match code.system.as_deref() {
            None => self.require(false, "system", &rules::CODE_SYSTEM),
            Some(system) if !oid::is_oid(system) => {
                let problem = self.problem_at("system", &rules::CODE_SYSTEM);
                self.push(problem.found(system));
            }
            Some(_) => {}
        }
    }

    /// What the minimal structure has no element for.
    pub(super) fn whole_organization(&mut self, o: &Organization) {
        self.require(o.part_of.is_none(), "part_of", &rules::NOT_CARRIED);
    }
}
