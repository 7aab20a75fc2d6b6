//! Participants, orders, acts and encounter of the header, both ways, for the
//! kinds of documents that do not name each part themselves.

use crate::cda::codec::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::slot::{Slot, slot, slots};
use crate::model::context::{
    ActPerformer, CareContext, DocumentedAct, Encounter, Order, RoleParticipant,
};
use crate::model::{AbsentReason, Professional};
use crate::terminology::Jdv;

impl Codec<'_> {
    /// Participants, orders and acts.
    pub fn care_context(&mut self, mut c: Slot<'_, CareContext>) {
        self.each("participant", slot!(c.participants), |s, p| {
            s.role_participant(p)
        });
        self.each("inFulfillmentOf", slot!(c.orders), |s, o| s.order(o));
        self.each("documentationOf", slot!(c.acts), |s, act| {
            s.documented_act(act)
        });
    }

    /// `componentOf`: the encounter.
    pub fn encompassing_encounter(&mut self, mut c: Slot<'_, CareContext>) {
        self.element("componentOf", |s| {
            s.element("encompassingEncounter", |s| s.encounter(slot!(c.encounter)));
        });
    }

    fn role_participant(&mut self, mut p: Slot<'_, RoleParticipant>) {
        self.attr("typeCode", slot!(p.kind));
        self.ignore_templates();
        let commented = p.participant.comment.is_some();
        let present = p.function.is_some() || p.detail.is_some() || commented;
        self.element_if(present, "functionCode", |s| {
            s.coded_or_null(
                slot!(p.function),
                Binding::Set(Jdv::J47FunctionCode),
                NullFlavorPolicy::Flavor("NA"),
            );
            s.text_element("originalText", slot!(p.participant.comment));
            s.code(
                "translation",
                slot!(p.detail),
                Binding::Any,
                NullFlavorPolicy::Omit,
            );
        });
        self.participant_time(slot!(p.participant));
        self.element("associatedEntity", |s| {
            s.through(
                slot!(p.class),
                |class| class.clone().unwrap_or_else(|| "PROV".to_owned()),
                |class, read| *class = Some(read).filter(|c| c != "PROV"),
                |s, class| s.attr("classCode", class),
            );
            if s.is_writing() {
                if let Some(absence) = p.absent {
                    s.fixed("nullFlavor", absence.null_flavor());
                    return;
                }
            } else if let Some(flavor) = s.null_flavor() {
                let absence = AbsentReason::from_null_flavor(&flavor);
                slot!(p.absent).set(Some(absence.unwrap_or(AbsentReason::Unknown)));
            }
            s.associated_entity(slot!(p.participant.professional));
        });
    }

    fn order(&mut self, mut o: Slot<'_, Order>) {
        self.element("order", |s| {
            s.identifier("id", slot!(o.id));
            let present = o.comment.is_some();
            s.element_if(present, "code", |s| {
                s.null_is("NA");
                s.text_element("originalText", slot!(o.comment));
            });
        });
    }

    fn documented_act(&mut self, mut act: Slot<'_, DocumentedAct>) {
        self.element("serviceEvent", |s| {
            s.repeated("classCode", "ACT");
            s.ignore_templates();
            s.each("id", slot!(act.ids), |s, id| s.ii(id));
            let null = if act.text.is_some() {
                NullFlavorPolicy::Flavor("NA")
            } else {
                NullFlavorPolicy::Omit
            };
            let (code, text) = slots!(act.code, act.text);
            s.code_with("code", code, Binding::Any, null, |s| {
                s.text_element("originalText", text);
            });
            s.span("effectiveTime", slot!(act.period), NullFlavorPolicy::Omit);
            s.option(
                "performer",
                slot!(act.performer),
                |s, mut p: Slot<'_, ActPerformer>| {
                    s.fixed("typeCode", "PRF");
                    s.ignore_templates();
                    s.code(
                        "functionCode",
                        slot!(p.function),
                        Binding::Set(Jdv::J47FunctionCode),
                        NullFlavorPolicy::Omit,
                    );
                    s.when("time", slot!(p.period), NullFlavorPolicy::Omit);
                    s.assigned_entity(slot!(p.professional));
                },
            );
        });
    }

    fn encounter(&mut self, mut e: Slot<'_, Encounter>) {
        self.each("id", slot!(e.ids), |s, id| s.ii(id));
        self.code(
            "code",
            slot!(e.kind),
            Binding::Set(Jdv::J142TypeRencontre),
            NullFlavorPolicy::Omit,
        );
        self.span(
            "effectiveTime",
            slot!(e.period),
            NullFlavorPolicy::Flavor("UNK"),
        );
        self.option(
            "responsibleParty",
            slot!(e.responsible),
            |s, p: Slot<'_, Professional>| {
                s.assigned_entity(p);
            },
        );
        self.element("location", |s| {
            s.element("healthCareFacility", |s| {
                s.establishment(slot!(e.establishment))
            });
        });
    }
}
