//! Participants, orders, acts and encounter of the header, both ways, for the
//! kinds of documents that do not name each part themselves.

use super::codec::Codec;
use super::datatypes::{Codes, Null};
use crate::model::context::{
    ActPerformer, CareContext, DocumentedAct, Encounter, Order, RoleParticipant,
};
use crate::model::{AbsentReason, Header, Professional};
use crate::terminology::Jdv;

impl Codec<'_> {
    /// What stands between `legalAuthenticator` and the body.
    pub fn care_context(&mut self, c: &mut CareContext, header: &mut Header) {
        self.each("participant", &mut c.participants, |s, p| {
            s.role_participant(p)
        });
        self.each("inFulfillmentOf", &mut c.orders, |s, o| s.order(o));
        self.each("documentationOf", &mut c.acts, |s, act| {
            s.documented_act(act)
        });
        self.replaced(&mut header.replaces, &header.set_id);
        self.element("componentOf", |s| {
            s.ignore(&["typeCode"]);
            s.element("encompassingEncounter", |s| s.encounter(&mut c.encounter));
        });
    }

    fn role_participant(&mut self, p: &mut RoleParticipant) {
        self.attr("typeCode", &mut p.kind);
        self.ignore(&["contextControlCode"]);
        self.ignore_templates();
        let comment = &mut p.participant.comment;
        let present = p.function.is_some() || p.detail.is_some() || comment.is_some();
        self.element_if(present, "functionCode", |s| {
            s.coded_or_null(
                &mut p.function,
                Codes::Set(Jdv::J47FunctionCode),
                Null::Flavor("NA"),
            );
            s.text_element("originalText", comment);
            s.code("translation", &mut p.detail, Codes::Any, Null::Omit);
        });
        self.participant_time(&mut p.participant);
        self.element("associatedEntity", |s| {
            let mut class = p.class.clone().unwrap_or_else(|| "PROV".to_owned());
            s.attr("classCode", &mut class);
            if s.is_writing() {
                if let Some(absence) = p.absent {
                    s.fixed("nullFlavor", absence.null_flavor());
                    return;
                }
            } else {
                p.class = Some(class).filter(|c| c != "PROV");
                p.absent = s
                    .null_flavor()
                    .map(|f| AbsentReason::from_null_flavor(&f).unwrap_or(AbsentReason::Unknown));
            }
            s.associated_entity(&mut p.participant.professional);
        });
    }

    fn order(&mut self, o: &mut Order) {
        self.ignore(&["typeCode"]);
        self.element("order", |s| {
            s.ignore(&["classCode", "moodCode"]);
            s.identifier("id", &mut o.id);
            let present = o.comment.is_some();
            s.element_if(present, "code", |s| {
                s.null_is("NA");
                s.text_element("originalText", &mut o.comment);
            });
        });
    }

    fn documented_act(&mut self, act: &mut DocumentedAct) {
        self.ignore(&["typeCode"]);
        self.element("serviceEvent", |s| {
            s.fixed("classCode", "ACT");
            s.ignore(&["classCode", "moodCode"]);
            s.ignore_templates();
            s.each("id", &mut act.ids, |s, id| s.ii(id));
            let null = if act.text.is_some() {
                Null::Flavor("NA")
            } else {
                Null::Omit
            };
            s.code_with("code", &mut act.code, Codes::Any, null, |s| {
                s.text_element("originalText", &mut act.text)
            });
            s.span("effectiveTime", &mut act.period, Null::Omit);
            s.option(
                "performer",
                &mut act.performer,
                |s, p: &mut ActPerformer| {
                    s.fixed("typeCode", "PRF");
                    s.ignore_templates();
                    s.code(
                        "functionCode",
                        &mut p.function,
                        Codes::Set(Jdv::J47FunctionCode),
                        Null::Omit,
                    );
                    s.when("time", &mut p.period, Null::Omit);
                    s.assigned_entity(&mut p.professional);
                },
            );
        });
    }

    fn encounter(&mut self, e: &mut Encounter) {
        self.ignore(&["classCode", "moodCode"]);
        self.each("id", &mut e.ids, |s, id| s.ii(id));
        self.code(
            "code",
            &mut e.kind,
            Codes::Set(Jdv::J142TypeRencontre),
            Null::Omit,
        );
        self.span("effectiveTime", &mut e.period, Null::Flavor("UNK"));
        self.option(
            "responsibleParty",
            &mut e.responsible,
            |s, p: &mut Professional| {
                s.ignore(&["typeCode"]);
                s.assigned_entity(p);
            },
        );
        self.element("location", |s| {
            s.ignore(&["typeCode"]);
            s.element("healthCareFacility", |s| {
                s.establishment(&mut e.establishment)
            });
        });
    }
}
