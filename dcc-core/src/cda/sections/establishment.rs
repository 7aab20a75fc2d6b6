//! *Établissement*, in the header: where something takes place.

use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
use crate::identity::oid;
use crate::model::{Establishment, Identifier};
use crate::terminology::Jdv;

impl Codec<'_> {
    pub(crate) fn establishment(&mut self, e: &mut Establishment) {
        self.ignore(&["classCode"]);
        let mut id = e
            .finess
            .as_ref()
            .map(|n| Identifier::new(oid::ORGANIZATION, format!("1{n}")))
            .or(e.other_id.clone());
        self.option("id", &mut id, |s, id| s.ii(id));
        if !self.is_writing() {
            match id {
                Some(Identifier {
                    root,
                    extension: Some(n),
                }) if root == oid::ORGANIZATION && n.len() == 10 && n.starts_with('1') => {
                    e.finess = Some(n[1..].to_owned());
                }
                id => e.other_id = id,
            }
        }
        self.code(
            "code",
            &mut e.facility_type,
            Codes::Set(Jdv::J02HealthcareFacilityType),
            Null::Omit,
        );
        let (named, placed) = (!e.name.is_empty(), !e.address.is_empty());
        self.element_if(named || placed, "location", |s| {
            s.ignore(&["classCode", "determinerCode"]);
            s.element_if(named || !s.is_writing(), "name", |s| s.text(&mut e.name));
            s.element_if(placed || !s.is_writing(), "addr", |s| {
                s.address_parts(&mut e.address)
            });
        });
    }
}
