//! Participants, act and encounter, in the header.

use super::super::model::{CareTeam, Pps, PpsContext};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, FixedCode, NullFlavorPolicy};
use crate::cda::header::participants::{CARE_TEAM, CORRESPONDENT, Function};
use crate::cda::slot::{Slot, slot};
use crate::model::{Period, Professional};
use crate::terminology::Jdv;

/// A provider of care, with a second code that says which.
const fn provider(code: &'static FixedCode, role: &'static FixedCode) -> Function {
    Function::Role {
        code: Some(code),
        role,
        class: "PROV",
    }
}

/// Another actor.
const fn actor(role: &'static FixedCode) -> Function {
    Function::Role {
        code: Some(&CORRESPONDENT),
        role,
        class: "AGNT",
    }
}

const REFERENCE: Function = Function::Role {
    code: None,
    role: &templates::REFERENCE,
    class: "PROV",
};

/// The act as the document has it.
struct Act {
    period: Period,
    performer: Option<Professional>,
}

/// The author, by one identifier: the act has room for no more.
fn usual_performer(p: &Pps) -> Option<Professional> {
    let mut author = p.header.authors.first()?.professional.clone();
    author.ids.truncate(1);
    Some(author)
}

impl Codec<'_> {
    pub(super) fn pps_team(&mut self, mut t: Slot<'_, CareTeam>) {
        self.participants("RESP", REFERENCE, slot!(t.reference_establishments));
        self.participants(
            "PRF",
            provider(&CARE_TEAM, &templates::REFERENCE),
            slot!(t.members),
        );
        self.participant_option("PRF", actor(&templates::REFERENCE), slot!(t.lodging));
        self.participant_option(
            "PRF",
            provider(&CORRESPONDENT, &templates::CENTRE_3C),
            slot!(t.coordination_centre),
        );
        self.participants(
            "PRF",
            provider(&CORRESPONDENT, &templates::LOCAL),
            slot!(t.local),
        );
        self.participant_option("INF", actor(&templates::MEDIATOR), slot!(t.mediator));
        self.attending_physician(slot!(t.attending_physician));
        self.participants(
            "CON",
            actor(&templates::COORDINATION),
            slot!(t.coordination),
        );
        self.participants("CON", actor(&templates::NETWORK), slot!(t.networks));
        self.participants("INF", actor(&templates::SOCIAL), slot!(t.social));
        self.participants("INF", actor(&templates::INFORMATION), slot!(t.information));
    }

    /// `documentationOf`: the act starts with the document and is the
    /// author's, unless the PPS states otherwise.
    pub(super) fn pps_act(&mut self, p: Slot<'_, Pps>) {
        // what the act is when the PPS states nothing, for a writer
        let writing = self.is_writing();
        self.through(
            p,
            |p| {
                let c = &p.context;
                let usual = writing.then(|| usual_performer(p)).flatten();
                let start = p.header.created.filter(|_| writing);
                Act {
                    period: Period {
                        start: c.act_start.or(start),
                        end: c.act_end,
                    },
                    performer: c.performer.clone().or(usual),
                }
            },
            |p, act| {
                let usual = usual_performer(p);
                let start = act.period.start;
                p.context.act_start = start.filter(|start| Some(*start) != p.header.created);
                p.context.act_end = act.period.end;
                p.context.performer = act.performer.filter(|p| Some(p) != usual.as_ref());
            },
            |s, mut act| {
                s.element("documentationOf", |s| {
                    s.element("serviceEvent", |s| {
                        s.fixed("classCode", "ACT");
                        s.period("effectiveTime", slot!(act.period), NullFlavorPolicy::Omit);
                        s.option("performer", slot!(act.performer), |s, p| {
                            s.fixed("typeCode", "PRF");
                            s.assigned_entity(p);
                        });
                    });
                });
            },
        );
    }

    pub(super) fn pps_encounter(&mut self, mut c: Slot<'_, PpsContext>) {
        self.element("componentOf", |s| {
            s.element("encompassingEncounter", |s| {
                s.each("id", slot!(c.encounter_ids), |s, id| s.ii(id));
                s.code(
                    "code",
                    slot!(c.encounter_type),
                    Binding::Set(Jdv::J142TypeRencontre),
                    NullFlavorPolicy::Omit,
                );
                s.element("effectiveTime", |s| {
                    s.interval(
                        slot!(c.encounter),
                        NullFlavorPolicy::Flavor("MSK"),
                        NullFlavorPolicy::Omit,
                    );
                });
                s.element("location", |s| {
                    s.element("healthCareFacility", |s| {
                        s.establishment(slot!(c.establishment))
                    });
                });
            });
        });
    }
}
