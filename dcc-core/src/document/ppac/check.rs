//! Every problem of a PPAC.

use super::model::{Contact, Ppac, Support};
use super::rules;
use crate::model::Checker;
use crate::problem::Problems;
use crate::terminology::Terminology;

impl Ppac {
    pub(super) fn every_problem(&self, terminology: &Terminology) -> Problems {
        let mut c = Checker::new(terminology, &self.header);
        c.texts(self);
        c.header(&self.header);
        if let Some(title) = &self.header.title
            && !super::cda::is_title(title)
        {
            c.push(c.problem_at("header/title", &rules::TITLE).found(title));
        }
        c.at("context", |c| c.care_context(&self.context));
        self.check_summary(&mut c);
        self.check_follow_up(&mut c);
        c.each("late_effects", &self.late_effects, |c, e| {
            c.required_text("effect", &e.effect);
        });
        c.each("supportive_care", &self.supportive_care, check_support);
        c.each("rehabilitation", &self.rehabilitation, check_support);
        c.each("vaccinations", &self.vaccinations, |c, v| {
            c.required_text("vaccine", &v.vaccine);
            c.moment("date", v.date);
        });
        c.require(!self.contacts.is_empty(), "contacts", &rules::CONTACTS);
        c.each("contacts", &self.contacts, |c, contact: &Contact| {
            c.required_text("role", &contact.role);
        });
        c.require(
            self.emergency != Default::default(),
            "emergency",
            &rules::EMERGENCY,
        );
        c.at("handed", |c| {
            let h = &self.handed;
            c.past("date", h.date);
            c.require(h.date.is_some() == h.by.is_some(), "by", &rules::HANDED);
        });
        c.finish()
    }

    fn check_summary(&self, c: &mut Checker<'_>) {
        c.at("summary", |c| {
            let e = &self.summary;
            c.require(!e.diagnoses.is_empty(), "diagnoses", &rules::DIAGNOSIS);
            c.each("diagnoses", &e.diagnoses, |c, d| {
                c.past("date", d.date);
                c.required_text("cancer", &d.cancer);
            });
            c.require(!e.treatments.is_empty(), "treatments", &rules::TREATMENTS);
            c.each("treatments", &e.treatments, |c, t| {
                c.required_text("name", &t.name);
                c.moments("period", &t.period);
                if t.continues
                    && let (Some(end), Some(created)) = (t.period.end, self.header.created)
                    && end.is_before(created)
                {
                    c.push(c.problem_at("period/end", &rules::CONTINUES).found(end));
                }
            });
            c.past("ended", e.ended);
        });
    }

    fn check_follow_up(&self, c: &mut Checker<'_>) {
        c.at("follow_up", |c| {
            let f = &self.follow_up;
            let planned = !f.visits.is_empty() || !f.exams.is_empty();
            c.require(planned, "visits", &rules::FOLLOW_UP);
            c.require(f.coordinator.is_some(), "coordinator", &rules::COORDINATOR);
            c.each("visits", &f.visits, |c, v| {
                c.required_text("professional", &v.professional);
                c.required_text("rhythm", &v.rhythm);
                c.moments("period", &v.period);
                c.moment("next", v.next);
            });
            c.each("exams", &f.exams, |c, e| {
                c.required_text("name", &e.name);
                c.moment("next", e.next);
            });
        });
    }
}

fn check_support(c: &mut Checker<'_>, s: &Support) {
    c.required_text("name", &s.name);
    c.moments("period", &s.period);
}
