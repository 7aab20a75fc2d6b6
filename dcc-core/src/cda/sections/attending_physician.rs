//! *Médecin traitant*, in the header: named, or why not.

use crate::cda::Codec;
use crate::cda::datatypes::Null;
use crate::cda::header::{Function, PRIMARY_CARE};
use crate::model::{AbsentReason, AttendingPhysician, Participant};
use crate::xml::{NodeId, Tree};

impl Codec<'_> {
    pub(crate) fn attending_physician(&mut self, physician: &mut Option<AttendingPhysician>) {
        let function = Function::Code(&PRIMARY_CARE);
        let mut named: Option<Participant> = match physician {
            Some(AttendingPhysician::Named(p)) => Some((**p).clone()),
            _ => None,
        };
        self.participant_option("INF", function, &mut named);
        let mut absence = match physician {
            Some(AttendingPhysician::Named(_)) => None,
            Some(AttendingPhysician::None) => Some(AbsentReason::NotApplicable),
            Some(AttendingPhysician::Unknown) | None => Some(AbsentReason::Unknown),
        };
        let is_absent = |tree: &Tree<'_>, n: NodeId| {
            tree.peek(n, "typeCode") == Some("INF")
                && tree
                    .element(n, "associatedEntity")
                    .is_some_and(|e| tree.peek(e, "nullFlavor").is_some())
        };
        let writing = self.is_writing();
        let said = self.element_where(
            writing && absence.is_some(),
            "participant",
            is_absent,
            |s| {
                let mut comment =
                    writing.then(|| absence.map_or("", AbsentReason::label).to_owned());
                s.participant_head("INF", function, &mut comment);
                s.time("time", &mut None, Null::Flavor("UNK"));
                s.element("associatedEntity", |s| {
                    s.fixed("classCode", "PROV");
                    match absence {
                        Some(absence) if writing => s.fixed("nullFlavor", absence.null_flavor()),
                        _ => {
                            absence = s
                                .null_flavor()
                                .and_then(|f| AbsentReason::from_null_flavor(&f))
                                .or(Some(AbsentReason::Unknown))
                        }
                    }
                });
            },
        );
        if !writing {
            *physician = match (named, said, absence) {
                (Some(p), ..) => Some(AttendingPhysician::Named(Box::new(p))),
                (None, true, Some(AbsentReason::NotApplicable)) => Some(AttendingPhysician::None),
                (None, true, _) => Some(AttendingPhysician::Unknown),
                (None, false, _) => None,
            };
        }
    }
}
