//! The header of a document, both ways.
//!
//! - `patient`: the patient, and the persons around
//! - [`participants`]: participants of a role that the kind of document names
//! - `professional`: authors, performers, authenticators
//! - `acts`: orders, acts, encounter and participants of the kinds that do not
//!   name each part
//!
//! Source: CI-SIS, volet Structuration minimale de documents de santé.

mod acts;
pub(crate) mod participants;
mod patient;
mod professional;

use super::codec::Codec;
use super::datatypes::{Binding, FixedCode, NullFlavorPolicy};
use super::slot::{Slot, slot};
use super::templates::DOCUMENT;
use crate::model::{Code, Header, Organization, Professional};
use crate::terminology::Jdv;

/// What a kind of document fixes in the header.
#[derive(Clone, Copy, Debug)]
pub struct DocumentTemplate {
    /// Template of the volet, and its version.
    pub template: (&'static str, Option<&'static str>),
    /// Versions of the volet that are read too.
    pub other_versions: &'static [&'static str],
    /// Type of the document, value set JDV_J07_XdsTypeCode_CISIS.
    pub code: FixedCode,
}

impl Codec<'_> {
    /// The document element and its header, up to `legalAuthenticator`; the
    /// input may state another type than that of the shape, in `code`. What
    /// follows is the caller's, up to [`Codec::document_end`].
    pub fn document_head(
        &mut self,
        shape: &DocumentTemplate,
        code: Slot<'_, Option<Code>>,
        mut header: Slot<'_, Header>,
        title: &str,
    ) {
        if let Some(writer) = self.writer() {
            writer.start("ClinicalDocument");
            writer.attr("xmlns", "urn:hl7-org:v3");
            writer.attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
        }
        self.preamble(shape, code, header.by(), title);
        self.record_target(slot!(header.patient));
        self.each("author", slot!(header.authors), |s, a| s.author(a));
        self.informants("ECON", slot!(header.patient.persons_to_contact));
        self.informants("NOK", slot!(header.patient.trusted_persons));
        self.custodian(slot!(header.custodian));
        self.each("informationRecipient", slot!(header.recipients), |s, p| {
            s.recipient(p);
        });
        self.element("legalAuthenticator", |s| {
            s.time(
                "time",
                slot!(header.legal_authenticator.time),
                NullFlavorPolicy::Flavor("UNK"),
            );
            s.element("signatureCode", |s| s.fixed("code", "S"));
            s.assigned_entity(slot!(header.legal_authenticator.professional));
        });
    }

    /// The end of the document element.
    pub fn document_end(&mut self) {
        if let Some(writer) = self.writer() {
            writer.end("ClinicalDocument");
        }
    }

    fn preamble(
        &mut self,
        shape: &DocumentTemplate,
        code: Slot<'_, Option<Code>>,
        mut header: Slot<'_, Header>,
        title: &str,
    ) {
        self.element("realmCode", |s| s.fixed("code", "FR"));
        self.element("typeId", |s| {
            s.fixed("root", "2.16.840.1.113883.1.3");
            s.fixed("extension", "POCD_HD000040");
        });
        self.templates(DOCUMENT);
        self.volet(shape);
        self.identifier("id", slot!(header.id));
        self.document_code(shape, code);
        self.with_default("title", slot!(header.title), title, |s, text| s.text(text));
        self.time(
            "effectiveTime",
            slot!(header.created),
            NullFlavorPolicy::Omit,
        );
        self.through(
            slot!(header.confidentiality),
            |code| Some(code.clone().unwrap_or_else(|| Code::new("N"))),
            |code, read| *code = read.filter(|read| *read != Code::new("N")),
            |s, code| {
                s.code(
                    "confidentialityCode",
                    code,
                    Binding::Set(Jdv::Confidentiality),
                    NullFlavorPolicy::Omit,
                );
            },
        );
        self.with_default(
            "languageCode",
            slot!(header.language),
            "fr-FR",
            |s, text| {
                s.attr("code", text);
            },
        );
        self.identifier("setId", slot!(header.set_id));
        self.element("versionNumber", |s| {
            s.through(
                slot!(header.version),
                u32::to_string,
                |version, read| *version = read.parse().unwrap_or_default(),
                |s, text| s.attr("value", text),
            );
        });
    }

    /// The template of the volet, of this version or of another that is read.
    fn volet(&mut self, shape: &DocumentTemplate) {
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
    }

    /// An element always written, with `usual` for none; the usual text is
    /// none for a reader.
    fn with_default(
        &mut self,
        name: &'static str,
        value: Slot<'_, Option<String>>,
        usual: &str,
        f: impl FnOnce(&mut Self, Slot<'_, String>),
    ) {
        self.through(
            value,
            |value| Some(value.as_deref().unwrap_or(usual).to_owned()),
            |value, read| *value = read.filter(|read| read != usual && !read.is_empty()),
            |s, text| s.option(name, text, f),
        );
    }

    fn document_code(&mut self, shape: &DocumentTemplate, code: Slot<'_, Option<Code>>) {
        let is_usual = match self.here() {
            None => code.is_none(),
            Some((tree, at)) => {
                let found = tree.element(at, "code").and_then(|c| tree.peek(c, "code"));
                found == Some(shape.code.code)
            }
        };
        if is_usual {
            self.fixed_code("code", &shape.code, |_| {});
        } else {
            self.code(
                "code",
                code,
                Binding::Set(Jdv::J07TypeCode),
                NullFlavorPolicy::Omit,
            );
        }
    }

    fn recipient(&mut self, p: Slot<'_, Professional>) {
        self.element("intendedRecipient", |s| {
            s.ignore_templates();
            s.professional(p, "informationRecipient", "receivedOrganization");
        });
    }

    fn custodian(&mut self, mut o: Slot<'_, Organization>) {
        self.element("custodian", |s| {
            s.element("assignedCustodian", |s| {
                s.element("representedCustodianOrganization", |s| {
                    s.organization_ids(o.by());
                    s.text_element("name", slot!(o.name));
                    s.telecoms(slot!(o.telecoms), NullFlavorPolicy::Omit);
                    s.addresses(slot!(o.addresses), NullFlavorPolicy::Omit);
                });
            });
        });
    }

    /// `relatedDocument`: the version that this one replaces.
    pub fn replaced(&mut self, mut header: Slot<'_, Header>) {
        self.option("relatedDocument", slot!(header.replaces), |s, mut r| {
            s.fixed("typeCode", "RPLC");
            s.element("parentDocument", |s| {
                s.identifier("id", slot!(r.id));
                // that of this document: the CI-SIS has no place for it here
                if !s.is_writing() {
                    s.option("setId", slot!(r.set_id), |s, id| s.ii(id));
                }
                s.through(
                    slot!(r.version),
                    |version| version.map(|v| v.to_string()),
                    |version, read| *version = read.and_then(|v| v.parse().ok()),
                    |s, text| s.option("versionNumber", text, |s, v| s.attr("value", v)),
                );
            });
        });
        if let Some(header) = header.given() {
            let set_id = Some(header.set_id.clone());
            if let Some(replaced) = header.replaces.as_mut().filter(|r| r.set_id == set_id) {
                replaced.set_id = None;
            }
        }
    }
}
