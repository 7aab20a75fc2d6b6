//! The patient, and the persons around, both ways.

use crate::cda::codec::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::slot::{Slot, local, slot};
use crate::identity::ins::InsKind;
use crate::identity::mssante::CITIZEN_DOMAIN;
use crate::model::{Guardian, Identifier, IdentityStatus, Ins, Patient, RelatedPerson};
use crate::terminology::Jdv;
use crate::xml::{NodeId, Tree};

impl Codec<'_> {
    pub(super) fn record_target(&mut self, mut p: Slot<'_, Patient>) {
        self.element("recordTarget", |s| {
            s.element("patientRole", |s| {
                s.patient_ids(p.by());
                s.addresses(slot!(p.addresses), NullFlavorPolicy::Omit);
                s.patient_telecoms(p.by());
                s.element("patient", |s| {
                    s.fixed("classCode", "PSN");
                    s.patient_name(p.by());
                    s.code(
                        "administrativeGenderCode",
                        slot!(p.sex),
                        Binding::Set(Jdv::J143AdministrativeGender),
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    s.time(
                        "birthTime",
                        slot!(p.birth_date),
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    let with_person =
                        |tree: &Tree<'_>, n: NodeId| tree.element(n, "guardianPerson").is_some();
                    s.each_where("guardian", with_person, slot!(p.guardians), |s, g| {
                        s.guardian(g)
                    });
                    s.birthplace(p.by());
                });
            });
        });
    }

    fn patient_ids(&mut self, p: Slot<'_, Patient>) {
        self.ids_as(
            p,
            |s, mut id| {
                // the samples write the extension of a patient first
                s.attr_option("extension", slot!(id.extension));
                s.root(slot!(id.root));
                s.ignore(&["assigningAuthorityName"]);
            },
            |p, id| {
                if let Some(ins) = p.ins.as_ref().filter(|_| p.is_qualified()) {
                    id(&Identifier::new(ins.kind.oid(), ins.matricule.clone()));
                }
                p.local_ids.iter().for_each(id);
            },
            |p, ids| {
                for id in ids {
                    match (InsKind::from_oid(&id.root), &p.ins) {
                        (Some(kind), None) => {
                            p.ins = Some(Ins {
                                matricule: id.extension.unwrap_or_default(),
                                kind,
                            });
                            p.identity_status = Some(IdentityStatus::Qualified);
                        }
                        _ => p.local_ids.push(id),
                    }
                }
            },
        );
    }

    fn patient_telecoms(&mut self, mut p: Slot<'_, Patient>) {
        self.telecoms(slot!(p.telecoms), NullFlavorPolicy::Omit);
        if self.is_writing() {
            // the citizen's address holds the matricule
            if let Some(address) = p.mssante.as_ref().filter(|_| p.is_qualified()) {
                let uri = format!("mailto:{address}");
                self.element("telecom", |s| s.fixed("value", &uri));
            }
        } else if let Some(p) = p.given() {
            let citizen = p.telecoms.iter().position(|t| {
                t.usage.is_none() && t.uri.starts_with("mailto:") && t.uri.ends_with(CITIZEN_DOMAIN)
            });
            p.mssante = citizen.map(|i| p.telecoms.remove(i).uri["mailto:".len()..].to_owned());
        }
    }

    fn patient_name(&mut self, mut p: Slot<'_, Patient>) {
        self.element("name", |s| {
            s.text_element("prefix", slot!(p.prefix));
            if s.is_writing() {
                s.name_part("family", Some("BR"), Some(&p.birth_name));
                s.name_part("given", None, p.birth_given_names.as_ref());
                s.name_part("given", Some("BR"), p.first_birth_given_name.as_ref());
                s.name_part("family", Some("CL"), p.used_name.as_ref());
                s.name_part("given", Some("CL"), p.used_given_name.as_ref());
            } else if let Some(p) = p.given() {
                s.read_name_parts(p);
            }
        });
    }

    fn name_part(
        &mut self,
        element: &'static str,
        qualifier: Option<&str>,
        value: Option<&String>,
    ) {
        if let Some(value) = value {
            self.element(element, |s| {
                if let Some(qualifier) = qualifier {
                    s.fixed("qualifier", qualifier);
                }
                s.text(Slot::Lent(value));
            });
        }
    }

    fn read_name_parts(&mut self, p: &mut Patient) {
        type Part = (Option<String>, String);
        let parts = |s: &mut Self, element| {
            let mut parts: Vec<Part> = Vec::new();
            s.each(element, local(&mut parts), |s, mut part| {
                s.attr_option("qualifier", slot!(part.0));
                s.text(slot!(part.1));
            });
            parts
        };
        for (qualifier, name) in parts(self, "family") {
            match qualifier.as_deref() {
                Some("CL" | "SP") => p.used_name = Some(name),
                _ => p.birth_name = name,
            }
        }
        for (qualifier, name) in parts(self, "given") {
            match qualifier.as_deref() {
                Some("BR") => p.first_birth_given_name = Some(name),
                Some("CL") => p.used_given_name = Some(name),
                // older documents write one element per given name
                _ => match &mut p.birth_given_names {
                    Some(names) => {
                        names.push(' ');
                        names.push_str(&name);
                    }
                    names => *names = Some(name),
                },
            }
        }
    }

    fn guardian(&mut self, mut g: Slot<'_, Guardian>) {
        self.addresses(slot!(g.addresses), NullFlavorPolicy::Omit);
        self.telecoms(slot!(g.telecoms), NullFlavorPolicy::Omit);
        self.element("guardianPerson", |s| {
            s.name(slot!(g.name));
        });
    }

    fn birthplace(&mut self, mut p: Slot<'_, Patient>) {
        let present = p.birth_place_insee.is_some() || p.birth_place_city.is_some();
        self.element_if(present, "birthplace", |s| {
            s.element("place", |s| {
                s.element("addr", |s| {
                    s.text_element("county", slot!(p.birth_place_insee));
                    s.text_element("city", slot!(p.birth_place_city));
                });
            });
        });
    }

    pub(super) fn informants(
        &mut self,
        class: &'static str,
        persons: Slot<'_, Vec<RelatedPerson>>,
    ) {
        let is_one = |tree: &Tree<'_>, n: NodeId| {
            tree.element(n, "relatedEntity")
                .is_some_and(|r| tree.peek(r, "classCode") == Some(class))
        };
        self.each_where("informant", is_one, persons, |s, mut person| {
            s.element("relatedEntity", |s| {
                s.fixed("classCode", class);
                s.code(
                    "code",
                    slot!(person.relation),
                    Binding::Set(Jdv::J11RelationPatient),
                    NullFlavorPolicy::Omit,
                );
                s.addresses(slot!(person.addresses), NullFlavorPolicy::Flavor("NAV"));
                s.telecoms(slot!(person.telecoms), NullFlavorPolicy::Flavor("NAV"));
                s.element("relatedPerson", |s| s.name(slot!(person.name)));
            });
        });
    }
}
