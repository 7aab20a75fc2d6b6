//! Addresses, telecoms, names and organisations of HL7 v3 (`AD`, `TEL`, `PN`,
//! `ON`), both ways.

use super::codec::Codec;
use super::datatypes::{Binding, NullFlavorPolicy, is_stated};
use super::slot::{Slot, slot};
use crate::identity::oid;
use crate::model::{Address, Identifier, Organization, PersonName, Telecom};
use crate::terminology::Jdv;

impl Codec<'_> {
    /// `AD`: an address element.
    pub fn address(&mut self, name: &'static str, address: Slot<'_, Address>) {
        self.element(name, |s| s.address_parts(address));
    }

    /// The parts of an address.
    pub(crate) fn address_parts(&mut self, mut a: Slot<'_, Address>) {
        self.attr_option("use", slot!(a.usage));
        self.each("streetAddressLine", slot!(a.lines), |s, line| s.text(line));
        self.text_element("houseNumber", slot!(a.house_number));
        self.text_element("streetNameType", slot!(a.street_type));
        self.text_element("streetName", slot!(a.street_name));
        self.text_element("unitID", slot!(a.unit));
        self.text_element("additionalLocator", slot!(a.additional_locator));
        self.text_element("precinct", slot!(a.precinct));
        self.text_element("postBox", slot!(a.post_box));
        self.text_element("county", slot!(a.insee));
        self.text_element("postalCode", slot!(a.postal_code));
        self.text_element("city", slot!(a.city));
        self.text_element("state", slot!(a.state));
        self.text_element("country", slot!(a.country));
    }

    /// Addresses; where `null` is given, it stands for none.
    pub fn addresses(&mut self, addresses: Slot<'_, Vec<Address>>, null: NullFlavorPolicy) {
        self.null_element("addr", addresses.is_empty(), null);
        self.each_where("addr", is_stated, addresses, |s, a| s.address_parts(a));
    }

    /// Telecoms; where `null` is given, it stands for none.
    pub fn telecoms(&mut self, telecoms: Slot<'_, Vec<Telecom>>, null: NullFlavorPolicy) {
        self.null_element("telecom", telecoms.is_empty(), null);
        self.each_where("telecom", is_stated, telecoms, |s, t| s.telecom(t));
    }

    /// The attributes of a telecom.
    pub(crate) fn telecom(&mut self, mut t: Slot<'_, Telecom>) {
        self.attr("value", slot!(t.uri));
        self.attr_option("use", slot!(t.usage));
    }

    /// `PN`: a name element.
    pub fn name(&mut self, mut name: Slot<'_, PersonName>) {
        self.element("name", |s| {
            s.text_element("prefix", slot!(name.prefix));
            s.text_element("given", slot!(name.given));
            s.element("family", |s| {
                // a masked name
                s.null_flavor();
                s.text(slot!(name.family));
            });
            s.text_element("suffix", slot!(name.suffix));
        });
    }

    /// The element of a person, written when the person has a name.
    pub(crate) fn named_person(&mut self, element: &'static str, name: Slot<'_, PersonName>) {
        let named = *name != PersonName::default();
        self.element_if(named, element, |s| s.name(name));
    }

    /// Identifiers of an organisation.
    pub fn organization_ids(&mut self, o: Slot<'_, Organization>) {
        self.ids(
            o,
            |o, id| {
                let mut national = |n: String| id(&Identifier::new(oid::ORGANIZATION, n));
                if let Some(n) = &o.finess {
                    national(format!("1{n}"));
                }
                if let Some(n) = &o.siret {
                    national(format!("3{n}"));
                }
                o.other_ids.iter().for_each(id);
            },
            |o, ids| {
                for id in ids {
                    let n = id.extension.as_deref().unwrap_or_default();
                    match (id.root == oid::ORGANIZATION, n.as_bytes().first(), n.len()) {
                        (true, Some(b'1'), 10) if o.finess.is_none() => {
                            o.finess = Some(n[1..].to_owned());
                        }
                        (true, Some(b'3'), 15) if o.siret.is_none() => {
                            o.siret = Some(n[1..].to_owned());
                        }
                        _ => o.other_ids.push(id),
                    }
                }
            },
        );
    }

    /// An organisation: identifiers, name, telecoms, addresses, sector.
    pub fn organization(&mut self, mut o: Slot<'_, Organization>) {
        self.organization_ids(o.by());
        self.text_element("name", slot!(o.name));
        self.telecoms(slot!(o.telecoms), NullFlavorPolicy::Omit);
        self.addresses(slot!(o.addresses), NullFlavorPolicy::Omit);
        self.code(
            "standardIndustryClassCode",
            slot!(o.sector),
            Binding::Set(Jdv::J04PracticeSetting),
            NullFlavorPolicy::Omit,
        );
        let present = o.part_of.is_some();
        self.element_if(present, "asOrganizationPartOf", |s| {
            s.element("wholeOrganization", |s| {
                s.text_element("name", slot!(o.part_of));
            });
        });
    }
}
