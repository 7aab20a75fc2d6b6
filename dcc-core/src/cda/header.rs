//! The header of a document, both ways.
//!
//! Source: CI-SIS, volet Structuration minimale de documents de santé.

use super::codec::Codec;
use super::datatypes::{Codes, Fixed, Null};
use super::templates::DOCUMENT;
use crate::identity::ins::InsKind;
use crate::model::header::Replaced;
use crate::model::{
    Code, Guardian, Header, Identifier, IdentityStatus, Ins, Organization, Participant, Patient,
    PersonName, Professional, RelatedPerson,
};
use crate::terminology::Jdv;
use crate::terminology::code_system::{
    PARTICIPATION_FUNCTION, RELATION_PRISE_EN_CHARGE, ROLE_PRISE_EN_CHARGE,
};
use crate::xml::{NodeId, Tree};

/// What a kind of document fixes in the header.
#[derive(Clone, Copy, Debug)]
pub struct DocumentTemplate {
    /// Template of the volet, and its version.
    pub template: (&'static str, Option<&'static str>),
    /// Versions of the volet that are read too.
    pub other_versions: &'static [&'static str],
    /// Type of the document, value set JDV_J07_XdsTypeCode_CISIS.
    pub code: Fixed,
}

/// The function of a participant.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    /// Not applicable.
    None,
    /// A code of the value set JDV_J47_FunctionCode_CISIS.
    Code(&'static Fixed),
    /// A code of that set or none, and a second one that says more.
    Role {
        /// Code of the value set; not applicable when none.
        code: Option<&'static Fixed>,
        /// The code that says more.
        role: &'static Fixed,
        /// Class of the entity: `PROV` a provider of care, `AGNT` another actor.
        class: &'static str,
    },
}

/// *Médecin traitant*.
pub static PRIMARY_CARE: Fixed = Fixed {
    system: PARTICIPATION_FUNCTION,
    code: "PCP",
    label: "Médecin traitant",
};
/// *Membre de l'équipe de soins*.
pub static CARE_TEAM: Fixed = Fixed {
    system: ROLE_PRISE_EN_CHARGE,
    code: "353",
    label: "Membre de l'équipe de soins",
};
/// *Correspondant*.
pub static CORRESPONDENT: Fixed = Fixed {
    system: RELATION_PRISE_EN_CHARGE,
    code: "CORRE",
    label: "Correspondant",
};

/// The domain of *messagerie citoyenne* addresses.
pub(crate) const CITIZEN_DOMAIN: &str = "@patient.mssante.fr";

impl Function {
    fn class(self) -> &'static str {
        match self {
            Function::Role { class, .. } => class,
            Function::None | Function::Code(_) => "PROV",
        }
    }

    fn matches(self, tree: &Tree<'_>, participant: NodeId) -> bool {
        let function = tree.element(participant, "functionCode");
        let found = function.and_then(|f| tree.peek(f, "code"));
        let translation = function
            .and_then(|f| tree.element(f, "translation"))
            .and_then(|t| tree.peek(t, "code"));
        let class = tree
            .element(participant, "associatedEntity")
            .and_then(|e| tree.peek(e, "classCode"));
        match self {
            Function::None => found.is_none(),
            Function::Code(code) => found == Some(code.code),
            Function::Role {
                code,
                role,
                class: wanted,
            } => {
                found == code.map(|c| c.code)
                    && translation == Some(role.code)
                    && class == Some(wanted)
            }
        }
    }
}

impl Codec<'_> {
    /// The document element and its header; `rest` writes what follows
    /// `legalAuthenticator`, up to the body.
    pub fn document(
        &mut self,
        shape: &DocumentTemplate,
        header: &mut Header,
        title: &str,
        rest: impl FnOnce(&mut Self, &mut Header),
    ) {
        self.document_as(shape, None, header, title, rest);
    }

    /// As [`Codec::document`], of a type that the input may state; that of
    /// the shape stands for none.
    pub fn document_of(
        &mut self,
        shape: &DocumentTemplate,
        code: &mut Option<Code>,
        header: &mut Header,
        title: &str,
        rest: impl FnOnce(&mut Self, &mut Header),
    ) {
        self.document_as(shape, Some(code), header, title, rest);
    }

    fn document_as(
        &mut self,
        shape: &DocumentTemplate,
        code: Option<&mut Option<Code>>,
        header: &mut Header,
        title: &str,
        rest: impl FnOnce(&mut Self, &mut Header),
    ) {
        if let Some(writer) = self.writer() {
            writer.start("ClinicalDocument");
            writer.attr("xmlns", "urn:hl7-org:v3");
            writer.attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
        } else {
            self.ignore(&["classCode", "moodCode"]);
        }
        self.preamble(shape, code, header, title);
        self.record_target(&mut header.patient);
        self.each("author", &mut header.authors, |s, a| s.author(a));
        self.informants("ECON", &mut header.patient.persons_to_contact);
        self.informants("NOK", &mut header.patient.trusted_persons);
        self.custodian(&mut header.custodian);
        self.each("informationRecipient", &mut header.recipients, |s, p| {
            s.recipient(p)
        });
        self.element("legalAuthenticator", |s| {
            s.ignore(&["typeCode", "contextControlCode"]);
            s.time(
                "time",
                &mut header.legal_authenticator.time,
                Null::Flavor("UNK"),
            );
            s.element("signatureCode", |s| s.fixed("code", "S"));
            s.assigned_entity(&mut header.legal_authenticator.professional);
        });
        rest(self, header);
        if let Some(writer) = self.writer() {
            writer.end("ClinicalDocument");
        }
    }

    fn preamble(
        &mut self,
        shape: &DocumentTemplate,
        code: Option<&mut Option<Code>>,
        header: &mut Header,
        title: &str,
    ) {
        self.element("realmCode", |s| s.fixed("code", "FR"));
        self.element("typeId", |s| {
            s.fixed("root", "2.16.840.1.113883.1.3");
            s.fixed("extension", "POCD_HD000040");
        });
        self.templates(DOCUMENT);
        let (root, version) = shape.template;
        self.element_where(
            true,
            "templateId",
            |tree, n| tree.peek(n, "root") == Some(root),
            |s| {
                s.fixed("root", root);
                if let Some(version) = version {
                    s.fixed("extension", version);
                }
                for other in shape.other_versions {
                    if !s.is_writing() {
                        s.fixed("extension", other);
                    }
                }
            },
        );
        self.identifier("id", &mut header.id);
        self.document_code(shape, code);
        if self.is_writing() {
            let mut title = header.title.clone().unwrap_or_else(|| title.to_owned());
            self.element("title", |s| s.text(&mut title));
        } else {
            self.text_element("title", &mut header.title);
        }
        self.time("effectiveTime", &mut header.created, Null::Omit);
        let mut confidentiality = header
            .confidentiality
            .clone()
            .or_else(|| self.is_writing().then(|| Code::new("N")));
        self.code(
            "confidentialityCode",
            &mut confidentiality,
            Codes::Set(Jdv::Confidentiality),
            Null::Omit,
        );
        let mut language = header
            .language
            .clone()
            .unwrap_or_else(|| "fr-FR".to_owned());
        self.element("languageCode", |s| s.attr("code", &mut language));
        if !self.is_writing() {
            header.confidentiality = confidentiality.filter(|c| *c != Code::new("N"));
            header.language = Some(language).filter(|l| l != "fr-FR");
        }
        self.identifier("setId", &mut header.set_id);
        let mut version = header.version.to_string();
        self.element("versionNumber", |s| s.attr("value", &mut version));
        header.version = version.parse().unwrap_or_default();
    }

    fn document_code(&mut self, shape: &DocumentTemplate, code: Option<&mut Option<Code>>) {
        let is_usual = |code: &Option<Code>| match self.here() {
            None => code.is_none(),
            Some((tree, at)) => {
                let found = tree.element(at, "code").and_then(|c| tree.peek(c, "code"));
                found == Some(shape.code.code)
            }
        };
        match code {
            Some(code) if !is_usual(code) => {
                self.code("code", code, Codes::Set(Jdv::J07TypeCode), Null::Omit);
            }
            _ => self.fixed_code("code", &shape.code, |_| {}),
        }
    }

    /// Type and title of the document that a reader stands in.
    pub(crate) fn type_and_title(&self) -> (String, String) {
        let Some((tree, root)) = self.here() else {
            return Default::default();
        };
        let code = tree
            .element(root, "code")
            .and_then(|c| tree.peek(c, "code"));
        let title = tree.element(root, "title").map(|t| tree.text_of(t));
        (
            code.unwrap_or_default().to_owned(),
            title.unwrap_or_default(),
        )
    }

    fn record_target(&mut self, p: &mut Patient) {
        self.element("recordTarget", |s| {
            s.ignore(&["typeCode", "contextControlCode"]);
            s.element("patientRole", |s| {
                s.ignore(&["classCode"]);
                s.patient_ids(p);
                s.addresses(&mut p.addresses, Null::Omit);
                s.patient_telecoms(p);
                s.element("patient", |s| {
                    s.fixed("classCode", "PSN");
                    s.ignore(&["determinerCode"]);
                    s.patient_name(p);
                    s.code(
                        "administrativeGenderCode",
                        &mut p.sex,
                        Codes::Set(Jdv::J143AdministrativeGender),
                        Null::Flavor("UNK"),
                    );
                    s.time("birthTime", &mut p.birth_date, Null::Flavor("UNK"));
                    let with_person =
                        |tree: &Tree<'_>, n: NodeId| tree.element(n, "guardianPerson").is_some();
                    s.each_where("guardian", with_person, &mut p.guardians, |s, g| {
                        s.guardian(g)
                    });
                    s.birthplace(p);
                });
            });
        });
    }

    fn patient_ids(&mut self, p: &mut Patient) {
        if self.is_writing() {
            let ins = p.ins.as_ref().filter(|_| p.is_qualified());
            let ins = ins.map(|i| Identifier::new(i.kind.oid(), i.matricule.clone()));
            for mut id in ins.into_iter().chain(p.local_ids.iter().cloned()) {
                self.element("id", |s| {
                    // the samples write the extension of a patient first
                    s.attr_option("extension", &mut id.extension);
                    s.root(&mut id.root);
                });
            }
            return;
        }
        let mut ids: Vec<Identifier> = Vec::new();
        self.each_where(
            "id",
            |tree, n| tree.peek(n, "nullFlavor").is_none(),
            &mut ids,
            |s, id| s.ii(id),
        );
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
    }

    fn patient_telecoms(&mut self, p: &mut Patient) {
        if self.is_writing() {
            let mut all = p.telecoms.clone();
            if let Some(address) = p.mssante.as_ref().filter(|_| p.is_qualified()) {
                all.push(crate::model::Telecom {
                    uri: format!("mailto:{address}"),
                    usage: None,
                });
            }
            self.telecoms(&mut all, Null::Omit);
            return;
        }
        self.telecoms(&mut p.telecoms, Null::Omit);
        let citizen = p.telecoms.iter().position(|t| {
            t.usage.is_none() && t.uri.starts_with("mailto:") && t.uri.ends_with(CITIZEN_DOMAIN)
        });
        p.mssante = citizen.map(|i| p.telecoms.remove(i).uri["mailto:".len()..].to_owned());
    }

    fn patient_name(&mut self, p: &mut Patient) {
        self.element("name", |s| {
            s.text_element("prefix", &mut p.prefix);
            if s.is_writing() {
                let mut part =
                    |element: &'static str, qualifier: Option<&str>, value: Option<&String>| {
                        if let Some(value) = value {
                            s.element(element, |s| {
                                if let Some(qualifier) = qualifier {
                                    s.fixed("qualifier", qualifier);
                                }
                                s.text(&mut value.clone());
                            });
                        }
                    };
                part("family", Some("BR"), Some(&p.birth_name));
                part("given", None, p.birth_given_names.as_ref());
                part("given", Some("BR"), p.first_birth_given_name.as_ref());
                part("family", Some("CL"), p.used_name.as_ref());
                part("given", Some("CL"), p.used_given_name.as_ref());
                return;
            }
            let mut family: Vec<(Option<String>, String)> = Vec::new();
            let mut given = Vec::new();
            let read = |s: &mut Self, part: &mut (Option<String>, String)| {
                s.attr_option("qualifier", &mut part.0);
                s.text(&mut part.1);
            };
            s.each("family", &mut family, read);
            s.each("given", &mut given, read);
            for (qualifier, name) in family {
                match qualifier.as_deref() {
                    Some("CL" | "SP") => p.used_name = Some(name),
                    _ => p.birth_name = name,
                }
            }
            for (qualifier, name) in given {
                match qualifier.as_deref() {
                    Some("BR") => p.first_birth_given_name = Some(name),
                    Some("CL") => p.used_given_name = Some(name),
                    // older documents write one element a given name
                    _ => match &mut p.birth_given_names {
                        Some(names) => {
                            names.push(' ');
                            names.push_str(&name);
                        }
                        names => *names = Some(name),
                    },
                }
            }
        });
    }

    fn guardian(&mut self, g: &mut Guardian) {
        self.ignore(&["classCode"]);
        self.addresses(&mut g.addresses, Null::Omit);
        self.telecoms(&mut g.telecoms, Null::Omit);
        self.element("guardianPerson", |s| {
            s.ignore(&["classCode", "determinerCode"]);
            s.name(&mut g.name);
        });
    }

    fn birthplace(&mut self, p: &mut Patient) {
        let present = p.birth_place_insee.is_some() || p.birth_place_city.is_some();
        self.element_if(present, "birthplace", |s| {
            s.element("place", |s| {
                s.element("addr", |s| {
                    s.text_element("county", &mut p.birth_place_insee);
                    s.text_element("city", &mut p.birth_place_city);
                });
            });
        });
    }

    fn informants(&mut self, class: &'static str, persons: &mut Vec<RelatedPerson>) {
        let is_one = |tree: &Tree<'_>, n: NodeId| {
            tree.element(n, "relatedEntity")
                .is_some_and(|r| tree.peek(r, "classCode") == Some(class))
        };
        self.each_where("informant", is_one, persons, |s, person| {
            s.ignore(&["typeCode", "contextControlCode"]);
            s.element("relatedEntity", |s| {
                s.fixed("classCode", class);
                s.code(
                    "code",
                    &mut person.relation,
                    Codes::Set(Jdv::J11RelationPatient),
                    Null::Omit,
                );
                s.addresses(&mut person.addresses, Null::Flavor("NAV"));
                s.telecoms(&mut person.telecoms, Null::Flavor("NAV"));
                s.element("relatedPerson", |s| s.name(&mut person.name));
            });
        });
    }

    fn recipient(&mut self, p: &mut Professional) {
        self.ignore(&["typeCode"]);
        self.element("intendedRecipient", |s| {
            s.ignore(&["classCode"]);
            s.ignore_templates();
            s.professional(p, "informationRecipient", "receivedOrganization");
        });
    }

    fn custodian(&mut self, o: &mut Organization) {
        self.element("custodian", |s| {
            s.ignore(&["typeCode"]);
            s.element("assignedCustodian", |s| {
                s.ignore(&["classCode"]);
                s.element("representedCustodianOrganization", |s| {
                    s.ignore(&["classCode", "determinerCode"]);
                    s.organization_ids(o);
                    s.text_element("name", &mut o.name);
                    s.telecoms(&mut o.telecoms, Null::Omit);
                    s.addresses(&mut o.addresses, Null::Omit);
                });
            });
        });
    }

    /// Participants of a type and function.
    pub fn participants(
        &mut self,
        type_code: &'static str,
        function: Function,
        participants: &mut Vec<Participant>,
    ) {
        let is_one = |tree: &Tree<'_>, n: NodeId| {
            tree.peek(n, "typeCode") == Some(type_code)
                && function.matches(tree, n)
                && tree
                    .element(n, "associatedEntity")
                    .is_some_and(|e| tree.peek(e, "nullFlavor").is_none())
        };
        self.each_where("participant", is_one, participants, |s, p| {
            s.participant(type_code, function, p)
        });
    }

    /// At most one participant of a type and function.
    pub fn participant_option(
        &mut self,
        type_code: &'static str,
        function: Function,
        participant: &mut Option<Participant>,
    ) {
        let mut one: Vec<Participant> = participant.take().into_iter().collect();
        if self.is_writing() {
            self.participants(type_code, function, &mut one);
        } else {
            let is_one = |tree: &Tree<'_>, n: NodeId| {
                tree.peek(n, "typeCode") == Some(type_code)
                    && function.matches(tree, n)
                    && tree
                        .element(n, "associatedEntity")
                        .is_some_and(|e| tree.peek(e, "nullFlavor").is_none())
            };
            if let Some(node) = self.child("participant", is_one) {
                let mut read = Participant::default();
                self.inside(node, |s| s.participant(type_code, function, &mut read));
                one.push(read);
            }
        }
        *participant = one.pop();
    }

    fn participant(&mut self, type_code: &'static str, function: Function, p: &mut Participant) {
        self.participant_head(type_code, function, &mut p.comment);
        self.participant_time(p);
        self.element("associatedEntity", |s| {
            s.fixed("classCode", function.class());
            s.associated_entity(&mut p.professional);
        });
    }

    /// The content of `associatedEntity`.
    pub(crate) fn associated_entity(&mut self, p: &mut Professional) {
        self.professional_head(p);
        let named = p.name != PersonName::default() || !self.is_writing();
        self.element_if(named, "associatedPerson", |s| {
            s.ignore(&["classCode", "determinerCode"]);
            s.name(&mut p.name);
        });
        self.option("scopingOrganization", &mut p.organization, |s, o| {
            s.ignore(&["classCode", "determinerCode"]);
            s.organization(o);
        });
    }

    /// `typeCode` and `functionCode` of a participant.
    pub(crate) fn participant_head(
        &mut self,
        type_code: &'static str,
        function: Function,
        comment: &mut Option<String>,
    ) {
        self.fixed("typeCode", type_code);
        self.ignore(&["contextControlCode"]);
        let present = comment.is_some() || !matches!(function, Function::None);
        self.element_if(present, "functionCode", |s| {
            match function {
                Function::None | Function::Role { code: None, .. } => s.null_is("NA"),
                Function::Code(code)
                | Function::Role {
                    code: Some(code), ..
                } => s.fixed_code_attrs(code),
            }
            s.text_element("originalText", comment);
            if let Function::Role { role, .. } = function {
                s.fixed_code("translation", role, |_| {});
            }
        });
    }

    pub(crate) fn participant_time(&mut self, p: &mut Participant) {
        if self.is_writing() {
            if p.time.is_some() || p.period.is_empty() {
                self.time("time", &mut p.time, Null::Flavor("UNK"));
            } else {
                self.period("time", &mut p.period, Null::Omit);
            }
            return;
        }
        let as_point = |tree: &Tree<'_>, n: NodeId| {
            tree.peek(n, "value").is_some() || tree.peek(n, "nullFlavor").is_some()
        };
        self.element_where(true, "time", as_point, |s| {
            s.xsi_type_optional("IVL_TS");
            s.moment(&mut p.time, Null::Flavor("UNK"));
        });
        self.element_if(true, "time", |s| {
            s.xsi_type_optional("IVL_TS");
            s.interval(&mut p.period, Null::Omit, Null::Omit);
        });
    }

    /// `relatedDocument`: the version that this one replaces.
    pub fn replaced(&mut self, replaced: &mut Option<Replaced>, set_id: &Identifier) {
        self.option("relatedDocument", replaced, |s, r| {
            s.fixed("typeCode", "RPLC");
            s.element("parentDocument", |s| {
                s.ignore(&["classCode", "moodCode"]);
                s.identifier("id", &mut r.id);
                // that of this document: the CI-SIS has no place for it here
                if !s.is_writing() {
                    s.option("setId", &mut r.set_id, |s, id| s.ii(id));
                }
                let mut version = r.version.map(|v| v.to_string());
                s.option("versionNumber", &mut version, |s, v| s.attr("value", v));
                r.version = version.and_then(|v| v.parse().ok());
            });
        });
        if let Some(replaced) = replaced
            .as_mut()
            .filter(|r| r.set_id.as_ref() == Some(set_id))
        {
            replaced.set_id = None;
        }
    }
}
