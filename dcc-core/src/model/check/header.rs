//! Checks of the header.

use super::Checker;
use super::persons::NATIONAL_ROOTS;
use crate::identity::ins::{self, InsKind};
use crate::identity::mssante::CITIZEN_DOMAIN;
use crate::model::rules;
use crate::model::{Guardian, Header, Organization, Patient, RelatedPerson};
use crate::terminology::Jdv;

impl Checker<'_> {
    /// The header.
    pub(crate) fn header(&mut self, h: &Header) {
        self.at("header", |c| {
            c.at("id", |c| c.identifier(&h.id));
            c.at("set_id", |c| c.identifier(&h.set_id));
            c.versions(h);
            c.required_instant("created", h.created);
            c.code(
                "confidentiality",
                h.confidentiality.as_ref(),
                Jdv::Confidentiality,
            );
            if let Some(language) = &h.language {
                let form = language.len() == 5
                    && language.bytes().enumerate().all(|(i, b)| match i {
                        0 | 1 => b.is_ascii_lowercase(),
                        2 => b == b'-',
                        _ => b.is_ascii_uppercase(),
                    });
                if !form {
                    c.push(c.problem_at("language", &rules::LANGUAGE).found(language));
                }
            }
            c.patient(&h.patient);
            c.require(!h.authors.is_empty(), "authors", &rules::REQUIRED);
            c.each("authors", &h.authors, |c, a| {
                c.author(a);
                c.require(a.time.is_some(), "time", &rules::REQUIRED);
                c.at("professional", |c| {
                    c.organization_ids(&a.professional, true, true)
                });
            });
            c.at("custodian", |c| c.custodian(&h.custodian));
            c.each("recipients", &h.recipients, |c, p| c.recipient(p));
            c.at("legal_authenticator", |c| {
                c.required_instant("time", h.legal_authenticator.time);
                c.past_only("time", h.legal_authenticator.time);
                c.at("professional", |c| {
                    c.identified(&h.legal_authenticator.professional);
                    c.professional(&h.legal_authenticator.professional);
                    c.one_id(&h.legal_authenticator.professional);
                    c.organization_ids(&h.legal_authenticator.professional, true, true);
                });
            });
        });
    }

    fn versions(&mut self, h: &Header) {
        if h.version == 0 {
            self.push(self.problem_at("version", &rules::VERSION).found(h.version));
        }
        if (h.version > 1) != h.replaces.is_some() && h.version > 0 {
            self.push(
                self.problem_at("replaces", &rules::REPLACES)
                    .found(format!("version {}", h.version)),
            );
        }
        if let Some(replaced) = &h.replaces {
            self.at("replaces", |c| {
                c.at("id", |c| c.identifier(&replaced.id));
                if let Some(set_id) = &replaced.set_id {
                    c.at("set_id", |c| c.identifier(set_id));
                    if *set_id != h.set_id {
                        c.push(
                            c.problem_at("set_id", &rules::SAME_ID)
                                .found(set_id)
                                .allowed([h.set_id.to_string()]),
                        );
                    }
                }
                if replaced.id == h.id {
                    c.push(c.problem_at("id", &rules::SAME_ID).found(&replaced.id));
                }
                if replaced.version.is_some_and(|v| v >= h.version) {
                    c.push(
                        c.problem_at("version", &rules::VERSION)
                            .found(replaced.version.unwrap_or_default()),
                    );
                }
            });
        }
    }

    fn patient(&mut self, p: &Patient) {
        self.at("patient", |c| {
            c.required_text("birth_name", &p.birth_name);
            let given = p.birth_given_names.is_some()
                || p.first_birth_given_name.is_some()
                || p.used_given_name.is_some();
            c.require(given, "birth_given_names", &rules::REQUIRED);
            c.required_code("sex", p.sex.as_ref(), Jdv::J143AdministrativeGender);
            c.require(p.birth_date.is_some(), "birth_date", &rules::REQUIRED);
            c.moment("birth_date", p.birth_date);
            if let (Some(birth), Some(created)) = (p.birth_date, c.created)
                && created.is_before(birth)
            {
                c.push(c.problem_at("birth_date", &rules::FUTURE).found(birth));
            }
            if let Some(insee) = &p.birth_place_insee
                && !(insee.len() == 5 && insee.bytes().all(|b| b.is_ascii_alphanumeric()))
            {
                c.push(
                    c.problem_at("birth_place_insee", &rules::INSEE)
                        .found(insee),
                );
            }
            c.ins(p);
            c.extended_identifiers("local_ids", &p.local_ids);
            c.each("local_ids", &p.local_ids, |c, id| {
                c.require(
                    InsKind::from_oid(&id.root).is_none(),
                    "root",
                    &rules::INS_LOCAL,
                );
            });
            c.contacts(&p.addresses, &p.telecoms);
            c.each("telecoms", &p.telecoms, |c, t| {
                if t.uri.to_ascii_lowercase().contains(CITIZEN_DOMAIN) {
                    c.push(c.problem_at("uri", &rules::INS_MAIL).found(&t.uri));
                }
            });
            c.each("guardians", &p.guardians, |c, g: &Guardian| {
                c.at("name", |c| c.untitled_name(&g.name));
                c.contacts(&g.addresses, &g.telecoms);
            });
            for (field, persons) in [
                ("trusted_persons", &p.trusted_persons),
                ("persons_to_contact", &p.persons_to_contact),
            ] {
                c.each(field, persons, |c, person: &RelatedPerson| {
                    c.code(
                        "relation",
                        person.relation.as_ref(),
                        Jdv::J11RelationPatient,
                    );
                    c.at("name", |c| c.untitled_name(&person.name));
                    c.contacts(&person.addresses, &person.telecoms);
                });
            }
        });
    }

    fn ins(&mut self, p: &Patient) {
        let qualified = p.is_qualified();
        if qualified && (p.doubtful || p.fictitious) {
            self.push(
                self.problem_at("identity_status", &rules::INS_ATTRIBUTE)
                    .found("qualified"),
            );
        }
        if let Some(id) = &p.ins {
            let path = format!("{}/ins/matricule", self.path);
            ins::check(&id.matricule, &path, &mut self.problems);
            if !qualified {
                self.push(
                    self.problem_at("ins", &rules::INS_WITHHELD)
                        .allowed(["identity_status: qualified"]),
                );
            } else {
                for (field, present) in [
                    ("birth_given_names", p.birth_given_names.is_some()),
                    ("first_birth_given_name", p.first_birth_given_name.is_some()),
                    ("birth_place_insee", p.birth_place_insee.is_some()),
                ] {
                    self.require(present, field, &rules::INS_TRAITS);
                }
            }
        } else if qualified {
            self.push(
                self.problem_at("ins", &rules::REQUIRED)
                    .message("Une identité qualifiée a un matricule INS"),
            );
        }
        if let Some(address) = &p.mssante {
            if !address.ends_with(CITIZEN_DOMAIN) || address.contains([' ', ':']) {
                self.push(
                    self.problem_at("mssante", &rules::CITIZEN_MAIL)
                        .found(address),
                );
            }
            if !qualified {
                self.push(
                    self.problem_at("mssante", &rules::INS_WITHHELD)
                        .allowed(["identity_status: qualified"]),
                );
            }
        }
        if !(qualified && p.ins.is_some()) && p.local_ids.is_empty() {
            self.push(self.problem_at("local_ids", &rules::PATIENT_ID));
        }
    }

    fn custodian(&mut self, o: &Organization) {
        self.organization(o);
        let national = o.finess.is_some()
            || o.siret.is_some()
            || o.other_ids
                .iter()
                .any(|id| NATIONAL_ROOTS.contains(&id.root.as_str()));
        self.only_ids(o, true, true);
        self.require(national, "finess", &rules::ORGANIZATION_ID);
        self.require(o.sector.is_none(), "sector", &rules::NOT_CARRIED);
        self.require(o.telecoms.len() <= 1, "telecoms/1", &rules::NOT_CARRIED);
        self.require(o.addresses.len() <= 1, "addresses/1", &rules::NOT_CARRIED);
    }
}
