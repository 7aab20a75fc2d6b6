//! *Médecin traitant*, in the header: named, or why not.

use crate::cda::Codec;
use crate::cda::datatypes::{NullFlavorPolicy, is_stated};
use crate::cda::header::participants::{Function, PRIMARY_CARE};
use crate::cda::slot::{Slot, local};
use crate::model::{AbsentReason, AttendingPhysician, Participant};
use crate::xml::{NodeId, Tree};

const FUNCTION: Function = Function::Code(&PRIMARY_CARE);

impl Codec<'_> {
    pub(crate) fn attending_physician(&mut self, physician: Slot<'_, Option<AttendingPhysician>>) {
        if self.is_writing() {
            match &*physician {
                Some(AttendingPhysician::Named(p)) => {
                    self.element("participant", |s| {
                        s.participant("INF", FUNCTION, Slot::Lent(&**p));
                    });
                }
                Some(AttendingPhysician::None) => self.no_physician(AbsentReason::NotApplicable),
                Some(AttendingPhysician::Unknown) | None => {
                    self.no_physician(AbsentReason::Unknown)
                }
            }
        } else {
            self.read_physician(physician);
        }
    }

    fn no_physician(&mut self, absence: AbsentReason) {
        self.element("participant", |s| {
            s.absent_head(&mut Some(absence.label().to_owned()));
            s.element("associatedEntity", |s| {
                s.fixed("classCode", "PROV");
                s.fixed("nullFlavor", absence.null_flavor());
            });
        });
    }

    fn absent_head(&mut self, comment: &mut Option<String>) {
        self.participant_head("INF", FUNCTION, local(comment));
        self.time("time", local(&mut None), NullFlavorPolicy::Flavor("UNK"));
    }

    fn read_physician(&mut self, mut physician: Slot<'_, Option<AttendingPhysician>>) {
        let mut named: Option<Participant> = None;
        self.participant_option("INF", FUNCTION, local(&mut named));
        let is_absent = |tree: &Tree<'_>, n: NodeId| {
            tree.peek(n, "typeCode") == Some("INF")
                && tree
                    .element(n, "associatedEntity")
                    .is_some_and(|e| !is_stated(tree, e))
        };
        let mut absence = None;
        let stated = self.element_where(true, "participant", is_absent, |s| {
            s.absent_head(&mut None);
            s.element("associatedEntity", |s| {
                s.fixed("classCode", "PROV");
                let flavor = s.null_flavor();
                absence = flavor.and_then(|f| AbsentReason::from_null_flavor(&f));
            });
        });
        physician.set(match (named, stated, absence) {
            (Some(p), ..) => Some(AttendingPhysician::Named(Box::new(p))),
            (None, true, Some(AbsentReason::NotApplicable)) => Some(AttendingPhysician::None),
            (None, true, _) => Some(AttendingPhysician::Unknown),
            (None, false, _) => None,
        });
    }
}
