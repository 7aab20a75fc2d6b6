//! Participants, act and encounter, in the header.

use super::super::model::{CareTeam, PpsContext};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Fixed, Null};
use crate::cda::header::{CARE_TEAM, CORRESPONDENT, Function};
use crate::model::{Header, Period};
use crate::terminology::Jdv;

/// A provider of care, with a second code that says which.
const fn provider(code: &'static Fixed, role: &'static Fixed) -> Function {
    Function::Role {
        code: Some(code),
        role,
        class: "PROV",
    }
}

/// Another actor.
const fn actor(role: &'static Fixed) -> Function {
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

impl Codec<'_> {
    pub(super) fn pps_team(&mut self, t: &mut CareTeam) {
        self.participants("RESP", REFERENCE, &mut t.reference_establishments);
        self.participants(
            "PRF",
            provider(&CARE_TEAM, &templates::REFERENCE),
            &mut t.members,
        );
        self.participant_option("PRF", actor(&templates::REFERENCE), &mut t.lodging);
        self.participant_option(
            "PRF",
            provider(&CORRESPONDENT, &templates::CENTRE_3C),
            &mut t.coordination_centre,
        );
        self.participants(
            "PRF",
            provider(&CORRESPONDENT, &templates::LOCAL),
            &mut t.local,
        );
        self.participant_option("INF", actor(&templates::MEDIATOR), &mut t.mediator);
        self.attending_physician(&mut t.attending_physician);
        self.participants("CON", actor(&templates::COORDINATION), &mut t.coordination);
        self.participants("CON", actor(&templates::NETWORK), &mut t.networks);
        self.participants("INF", actor(&templates::SOCIAL), &mut t.social);
        self.participants("INF", actor(&templates::INFORMATION), &mut t.information);
    }

    /// `documentationOf`: the act starts with the document and is the author's, unless the PPS says otherwise.
    pub(super) fn pps_act(&mut self, header: &Header, c: &mut PpsContext) {
        // the author, by one identifier: the act has room for no more
        let author = header.authors.first().map(|a| {
            let mut author = a.professional.clone();
            author.ids.truncate(1);
            author
        });
        let writing = self.is_writing();
        self.element("documentationOf", |s| {
            s.element("serviceEvent", |s| {
                s.fixed("classCode", "ACT");
                let mut period = Period {
                    start: c.act_start,
                    end: c.act_end,
                };
                if writing {
                    period.start = period.start.or(header.created);
                }
                s.period("effectiveTime", &mut period, Null::Omit);
                let mut performer = c.performer.clone();
                if writing {
                    performer = performer.or_else(|| author.clone());
                }
                s.option("performer", &mut performer, |s, p| {
                    s.fixed("typeCode", "PRF");
                    s.assigned_entity(p);
                });
                if !writing {
                    c.act_start = period.start.filter(|start| Some(*start) != header.created);
                    c.act_end = period.end;
                    c.performer = performer.filter(|p| Some(p) != author.as_ref());
                }
            });
        });
    }

    pub(super) fn pps_encounter(&mut self, c: &mut PpsContext) {
        self.element("componentOf", |s| {
            s.ignore(&["typeCode"]);
            s.element("encompassingEncounter", |s| {
                s.ignore(&["classCode", "moodCode"]);
                s.each("id", &mut c.encounter_ids, |s, id| s.ii(id));
                s.code(
                    "code",
                    &mut c.encounter_type,
                    Codes::Set(Jdv::J142TypeRencontre),
                    Null::Omit,
                );
                s.element("effectiveTime", |s| {
                    if !s.is_writing() {
                        s.null_flavor();
                    }
                    s.interval(&mut c.encounter, Null::Flavor("MSK"), Null::Omit);
                });
                s.element("location", |s| {
                    s.ignore(&["typeCode"]);
                    s.element("healthCareFacility", |s| {
                        s.establishment(&mut c.establishment)
                    });
                });
            });
        });
    }
}
