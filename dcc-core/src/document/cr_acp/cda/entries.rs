//! Samplings, groups of observations, observations.

use super::super::model::{Battery, Comment, Observation, Procedure, ReportPerformer, Specimen};
use super::super::templates::{self, Statement};
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::{ActRelationship, COMP, COMPONENT, ENTRY, SUBJ};
use crate::cda::slot::{Slot, local, slot};
use crate::cda::templates::EntryTemplate;
use crate::model::Identifier;
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
        relation: ActRelationship,
        statement: &Statement,
        values: Slot<'_, Vec<T>>,
        mut f: impl FnMut(&mut Self, Slot<'_, T>),
    ) {
        let shape = if self.is_writing() {
            &statement.written
        } else {
            &statement.read
        };
        let wanted = of_class(statement.written.class);
        self.statements_where(relation, shape, wanted, values, |s, _, v| {
            s.ignore_templates();
            f(s, v);
        });
    }

    pub(super) fn acp_procedures(
        &mut self,
        statement: &Statement,
        procedures: Slot<'_, Vec<Procedure>>,
    ) {
        self.acp_all(ENTRY, statement, procedures, Self::acp_procedure);
    }

    pub(super) fn acp_specimens(&mut self, specimens: Slot<'_, Vec<Specimen>>, ids: &mut Ids<'_>) {
        self.acp_all(
            ENTRY,
            &templates::SPECIMEN_ORGANIZER,
            specimens,
            |s, mut specimen| {
                s.status("completed");
                s.acp_all(
                    COMPONENT,
                    &templates::COLLECTION,
                    slot!(specimen.procedures),
                    Self::acp_procedure,
                );
                s.acp_all(
                    COMPONENT,
                    &templates::SPECIMEN_BATTERY,
                    slot!(specimen.batteries),
                    |s, b| s.acp_battery(b, ids),
                );
            },
        );
    }

    pub(super) fn acp_batteries(
        &mut self,
        statement: &Statement,
        batteries: Slot<'_, Vec<Battery>>,
        ids: &mut Ids<'_>,
    ) {
        self.acp_all(ENTRY, statement, batteries, |s, b| s.acp_battery(b, ids));
    }

    pub(super) fn acp_observations(
        &mut self,
        relation: ActRelationship,
        statement: &Statement,
        observations: Slot<'_, Vec<Observation>>,
        ids: &mut Ids<'_>,
    ) {
        if !self.is_writing() {
            self.acp_all(relation, statement, observations, |s, o| {
                s.acp_observation(o, ids)
            });
            return;
        }
        for o in observations.iter() {
            let shape = EntryTemplate {
                negated: o.negated,
                ..statement.written
            };
            self.statement(relation, &shape, true, |s| {
                s.acp_observation(Slot::Lent(o), ids)
            });
        }
    }

    fn acp_battery(&mut self, mut b: Slot<'_, Battery>, ids: &mut Ids<'_>) {
        let present = b.topic.is_some();
        self.element_if(present, "code", |s| {
            s.fixed_code_attrs(&templates::PROBLEM);
            s.option("qualifier", slot!(b.topic), |s, q| {
                s.acp_qualifier(q);
            });
        });
        self.acp_aborted(slot!(b.aborted));
        self.when(
            "effectiveTime",
            slot!(b.period),
            NullFlavorPolicy::Flavor("NA"),
        );
        self.acp_specimens_observed(slot!(b.specimens));
        self.acp_performers(slot!(b.performers));
        self.each("author", slot!(b.authors), |s, a| s.author(a));
        self.acp_observations(
            COMPONENT,
            &templates::OBSERVATION,
            slot!(b.observations),
            ids,
        );
        self.acp_comments(COMPONENT, slot!(b.comments), ids);
    }

    fn acp_observation(&mut self, mut o: Slot<'_, Observation>, ids: &mut Ids<'_>) {
        let id = ids();
        // the wrapper of a statement reads the absence of a negation only
        if !self.is_writing() {
            let mut negated = None;
            self.attr_option("negationInd", local(&mut negated));
            slot!(o.negated).set(negated.as_deref() == Some("true"));
        }
        let mut shown = None;
        self.acp_coded(
            "code",
            slot!(o.code),
            local(&mut shown),
            NullFlavorPolicy::Omit,
        );
        let mut text = self.is_writing().then(|| o.shown());
        self.acp_pointed_text("text", &id, local(&mut text));
        self.acp_aborted(slot!(o.aborted));
        self.when(
            "effectiveTime",
            slot!(o.period),
            NullFlavorPolicy::Flavor("NA"),
        );
        self.acp_value(slot!(o.value));
        self.code(
            "interpretationCode",
            slot!(o.interpretation),
            Binding::Any,
            NullFlavorPolicy::Omit,
        );
        self.code(
            "methodCode",
            slot!(o.method),
            Binding::Any,
            NullFlavorPolicy::Omit,
        );
        self.acp_coded(
            "targetSiteCode",
            slot!(o.site),
            local(&mut None),
            NullFlavorPolicy::Omit,
        );
        self.acp_specimens_observed(slot!(o.specimens));
        self.acp_performers(slot!(o.performers));
        self.each("author", slot!(o.authors), |s, a| s.author(a));
        self.acp_observations(
            COMP,
            &templates::COMPONENT_OBSERVATION,
            slot!(o.components),
            ids,
        );
        self.acp_comments(SUBJ, slot!(o.comments), ids);
        let value = o.value.as_ref().map(super::super::model::Value::display);
        slot!(o.text).set(text.or(shown).filter(|t| value.as_ref() != Some(t)));
    }

    fn acp_comments(
        &mut self,
        relation: ActRelationship,
        comments: Slot<'_, Vec<Comment>>,
        ids: &mut Ids<'_>,
    ) {
        self.statements(
            relation,
            &crate::cda::entry::COMMENT_ENTRY,
            comments,
            |s, _, mut c| {
                let id = ids();
                s.acp_pointed_text("text", &id, slot!(c.text));
                s.status("completed");
            },
        );
    }

    fn acp_procedure(&mut self, mut p: Slot<'_, Procedure>) {
        self.acp_coded(
            "code",
            slot!(p.code),
            local(&mut None),
            NullFlavorPolicy::Flavor("NA"),
        );
        self.status("completed");
        self.when(
            "effectiveTime",
            slot!(p.period),
            NullFlavorPolicy::Flavor("NA"),
        );
        self.acp_coded(
            "targetSiteCode",
            slot!(p.site),
            local(&mut None),
            NullFlavorPolicy::Omit,
        );
        self.through(
            slot!(p.specimen),
            |specimen| specimen.iter().cloned().collect(),
            |specimen, read: Vec<Identifier>| *specimen = read.into_iter().next_back(),
            |s, specimens| s.acp_specimens_observed(specimens),
        );
        self.acp_performers(slot!(p.performers));
        self.each("author", slot!(p.authors), |s, a| s.author(a));
        self.through(
            p.by(),
            |p| p.product.clone().map(|id| (id, p.product_period)),
            |p, read| {
                if let Some((id, period)) = read {
                    (p.product, p.product_period) = (Some(id), period);
                }
            },
            |s, product| {
                s.option("participant", product, |s, mut product| {
                    s.fixed("typeCode", "PRD");
                    s.fixed("contextControlCode", "OP");
                    s.when("time", slot!(product.1), NullFlavorPolicy::Omit);
                    s.element("participantRole", |s| {
                        s.fixed("classCode", "SPEC");
                        s.identifier("id", slot!(product.0));
                        s.element("playingEntity", |_| {});
                    });
                });
            },
        );
        let received = p.received.is_some();
        self.statement(COMP, &templates::RECEIVED, received, |s| {
            s.time("effectiveTime", slot!(p.received), NullFlavorPolicy::Omit);
        });
    }

    fn acp_performers(&mut self, performers: Slot<'_, Vec<ReportPerformer>>) {
        self.each("performer", performers, |s, mut p| {
            s.fixed("typeCode", "PRF");
            s.ignore_templates();
            s.when("time", slot!(p.period), NullFlavorPolicy::Omit);
            s.assigned_entity(slot!(p.professional));
        });
    }

    fn acp_specimens_observed(&mut self, specimens: Slot<'_, Vec<Identifier>>) {
        self.each("specimen", specimens, |s, id| {
            s.fixed("typeCode", "SPC");
            s.element("specimenRole", |s| {
                s.fixed("classCode", "SPEC");
                s.identifier("id", id);
            });
        });
    }

    /// `statusCode`: `completed` or `aborted`; another is left unread.
    fn acp_aborted(&mut self, aborted: Slot<'_, bool>) {
        self.element("statusCode", |s| {
            s.through(
                aborted,
                |aborted| *aborted,
                |aborted, read| *aborted = read,
                |s, mut aborted| {
                    if let Some((tree, at)) = s.here() {
                        aborted.set(tree.peek(at, "code") == Some("aborted"));
                    }
                    s.fixed("code", if *aborted { "aborted" } else { "completed" });
                },
            );
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
