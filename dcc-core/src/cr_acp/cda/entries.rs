//! Samplings, groups of observations, observations.

use super::super::model::{
    Battery, Comment, Observation, Procedure, Qualifier, ReportPerformer, Specimen,
};
use super::super::templates::{self, Statement};
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::entry::{COMP, COMPONENT, ENTRY, SUBJ, Wrap};
use crate::cda::templates::Shape;
use crate::model::{Author, Identifier};
use crate::xml::{NodeId, Tree};

type Ids<'i> = dyn FnMut() -> String + 'i;

/// True for an organizer of a class.
fn of_class(class: &'static str) -> impl Fn(&Tree<'_>, NodeId) -> bool + Copy {
    move |tree, n| tree.peek(n, "classCode").is_none_or(|c| c == class)
}

impl Codec<'_> {
    /// Statements of one sort, written with its templates and read with any.
    fn acp_all<T: Default>(
        &mut self,
        wrap: Wrap,
        statement: &Statement,
        values: &mut Vec<T>,
        mut f: impl FnMut(&mut Self, &mut T),
    ) {
        let shape = if self.is_writing() {
            &statement.written
        } else {
            &statement.read
        };
        let wanted = of_class(statement.written.class);
        self.statements_where(wrap, shape, wanted, values, |s, _, v| {
            s.ignore_templates();
            f(s, v);
        });
    }

    pub(super) fn acp_procedures(
        &mut self,
        statement: &Statement,
        procedures: &mut Vec<Procedure>,
    ) {
        self.acp_all(ENTRY, statement, procedures, Self::acp_procedure);
    }

    pub(super) fn acp_specimens(&mut self, specimens: &mut Vec<Specimen>, ids: &mut Ids<'_>) {
        self.acp_all(
            ENTRY,
            &templates::SPECIMEN_ORGANIZER,
            specimens,
            |s, specimen| {
                s.status("completed");
                s.acp_all(
                    COMPONENT,
                    &templates::COLLECTION,
                    &mut specimen.procedures,
                    Self::acp_procedure,
                );
                s.acp_all(
                    COMPONENT,
                    &templates::SPECIMEN_BATTERY,
                    &mut specimen.batteries,
                    |s, b| s.acp_battery(b, ids),
                );
            },
        );
    }

    pub(super) fn acp_batteries(
        &mut self,
        statement: &Statement,
        batteries: &mut Vec<Battery>,
        ids: &mut Ids<'_>,
    ) {
        self.acp_all(ENTRY, statement, batteries, |s, b| s.acp_battery(b, ids));
    }

    pub(super) fn acp_observations(
        &mut self,
        wrap: Wrap,
        statement: &Statement,
        observations: &mut Vec<Observation>,
        ids: &mut Ids<'_>,
    ) {
        if !self.is_writing() {
            self.acp_all(wrap, statement, observations, |s, o| {
                s.acp_observation(o, ids)
            });
            return;
        }
        for o in observations {
            let shape = Shape {
                negated: o.negated,
                ..statement.written
            };
            self.statement(wrap, &shape, true, |s| s.acp_observation(o, ids));
        }
    }

    fn acp_battery(&mut self, b: &mut Battery, ids: &mut Ids<'_>) {
        let present = b.topic.is_some();
        self.element_if(present, "code", |s| {
            s.fixed_code_attrs(&templates::PROBLEM);
            s.option("qualifier", &mut b.topic, |s, q: &mut Qualifier| {
                s.acp_qualifier(q);
            });
        });
        self.acp_aborted(&mut b.aborted);
        self.when("effectiveTime", &mut b.period, Null::Flavor("NA"));
        self.acp_specimens_observed(&mut b.specimens);
        self.acp_performers(&mut b.performers);
        self.each("author", &mut b.authors, |s, a: &mut Author| s.author(a));
        self.acp_observations(COMPONENT, &templates::OBSERVATION, &mut b.observations, ids);
        self.acp_comments(COMPONENT, &mut b.comments, ids);
    }

    fn acp_observation(&mut self, o: &mut Observation, ids: &mut Ids<'_>) {
        let id = ids();
        if !self.is_writing() {
            // the wrapper of a statement reads the absence of a negation only
            let mut negated = None;
            self.attr_option("negationInd", &mut negated);
            o.negated = negated.as_deref() == Some("true");
        }
        let mut shown = None;
        self.acp_coded("code", &mut o.code, &mut shown, Null::Omit);
        let mut text = self.is_writing().then(|| o.shown());
        self.acp_pointed_text("text", &id, &mut text);
        self.acp_aborted(&mut o.aborted);
        self.when("effectiveTime", &mut o.period, Null::Flavor("NA"));
        self.acp_value(&mut o.value);
        self.code(
            "interpretationCode",
            &mut o.interpretation,
            Codes::Any,
            Null::Omit,
        );
        self.code("methodCode", &mut o.method, Codes::Any, Null::Omit);
        self.acp_coded("targetSiteCode", &mut o.site, &mut None, Null::Omit);
        self.acp_specimens_observed(&mut o.specimens);
        self.acp_performers(&mut o.performers);
        self.each("author", &mut o.authors, |s, a: &mut Author| s.author(a));
        self.acp_observations(
            COMP,
            &templates::COMPONENT_OBSERVATION,
            &mut o.components,
            ids,
        );
        self.acp_comments(SUBJ, &mut o.comments, ids);
        if !self.is_writing() {
            let value = o.value.as_ref().map(super::super::model::Value::display);
            o.text = text.or(shown).filter(|t| value.as_ref() != Some(t));
        }
    }

    fn acp_comments(&mut self, wrap: Wrap, comments: &mut Vec<Comment>, ids: &mut Ids<'_>) {
        self.statements(
            wrap,
            &crate::cda::entry::COMMENT_SHAPE,
            comments,
            |s, _, c| {
                let id = ids();
                s.acp_pointed_text("text", &id, &mut c.text);
                s.status("completed");
            },
        );
    }

    fn acp_procedure(&mut self, p: &mut Procedure) {
        self.acp_coded("code", &mut p.code, &mut None, Null::Flavor("NA"));
        self.status("completed");
        self.when("effectiveTime", &mut p.period, Null::Flavor("NA"));
        self.acp_coded("targetSiteCode", &mut p.site, &mut None, Null::Omit);
        let mut specimen: Vec<_> = p.specimen.take().into_iter().collect();
        self.acp_specimens_observed(&mut specimen);
        p.specimen = specimen.pop();
        self.acp_performers(&mut p.performers);
        self.each("author", &mut p.authors, |s, a: &mut Author| s.author(a));
        let (period, mut product) = (&mut p.product_period, p.product.take());
        self.option("participant", &mut product, |s, id: &mut Identifier| {
            s.fixed("typeCode", "PRD");
            s.fixed("contextControlCode", "OP");
            s.when("time", period, Null::Omit);
            s.element("participantRole", |s| {
                s.fixed("classCode", "SPEC");
                s.identifier("id", id);
                s.element("playingEntity", |_| {});
            });
        });
        p.product = product;
        let received = p.received.is_some();
        self.statement(COMP, &templates::RECEIVED, received, |s| {
            s.time("effectiveTime", &mut p.received, Null::Omit);
        });
    }

    fn acp_performers(&mut self, performers: &mut Vec<ReportPerformer>) {
        self.each("performer", performers, |s, p| {
            s.fixed("typeCode", "PRF");
            s.ignore_templates();
            s.when("time", &mut p.period, Null::Omit);
            s.assigned_entity(&mut p.professional);
        });
    }

    fn acp_specimens_observed(&mut self, specimens: &mut Vec<Identifier>) {
        self.each("specimen", specimens, |s, id| {
            if s.is_writing() {
                s.fixed("typeCode", "SPC");
            }
            s.ignore(&["typeCode"]);
            s.element("specimenRole", |s| {
                if s.is_writing() {
                    s.fixed("classCode", "SPEC");
                }
                s.ignore(&["classCode"]);
                s.identifier("id", id);
            });
        });
    }

    /// `statusCode`: `completed` or `aborted`.
    fn acp_aborted(&mut self, aborted: &mut bool) {
        let writing = self.is_writing();
        self.element("statusCode", |s| {
            if writing {
                s.fixed("code", if *aborted { "aborted" } else { "completed" });
                return;
            }
            s.fixed("code", "completed");
            *aborted = s.here().and_then(|(tree, at)| tree.peek(at, "code")) == Some("aborted");
            s.fixed("code", "aborted");
        });
    }
}

impl Observation {
    /// What a reader is shown of the value.
    pub(super) fn shown(&self) -> String {
        let value = || self.value.as_ref().map(super::super::model::Value::display);
        self.text.clone().or_else(value).unwrap_or_default()
    }
}
