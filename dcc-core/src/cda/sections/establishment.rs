//! *Établissement*, in the header: where something takes place.

use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::slot::{Slot, slot};
use crate::identity::oid;
use crate::model::{Establishment, Identifier};
use crate::terminology::Jdv;

impl Codec<'_> {
    pub(crate) fn establishment(&mut self, mut e: Slot<'_, Establishment>) {
        self.through(
            e.by(),
            |e| {
                let finess = e.finess.as_ref();
                finess
                    .map(|n| Identifier::new(oid::ORGANIZATION, format!("1{n}")))
                    .or_else(|| e.other_id.clone())
            },
            |e, id| match id {
                Some(Identifier {
                    root,
                    extension: Some(n),
                }) if root == oid::ORGANIZATION && n.len() == 10 && n.starts_with('1') => {
                    e.finess = Some(n[1..].to_owned());
                }
                id => e.other_id = id,
            },
            |s, id| s.option("id", id, |s, id| s.ii(id)),
        );
        self.code(
            "code",
            slot!(e.facility_type),
            Binding::Set(Jdv::J02HealthcareFacilityType),
            NullFlavorPolicy::Omit,
        );
        let (named, placed) = (!e.name.is_empty(), !e.address.is_empty());
        self.element_if(named || placed, "location", |s| {
            s.element_if(named, "name", |s| s.text(slot!(e.name)));
            s.element_if(placed, "addr", |s| s.address_parts(slot!(e.address)));
        });
    }
}
