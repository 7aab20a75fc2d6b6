//! The attributes of the assertion that goes with each request (VIHF, *vecteur
//! d'identification et d'habilitation formelles*), as data: the host makes the
//! SAML assertion and signs it with the seal of the structure.
//!
//! Source: volet « Transmission d'un document CDA-R2 en HL7 v2 » 2.1, mapping
//! VIHF, for indirect authentication. The published client DRIMbox writes the
//! version 3.0; the volet asks 4.0: the caller's option.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::cda::Header;
use crate::code::Code;
use crate::composite::Cx;
use crate::sending::{Connection, Sending};

/// Format of the issuer (SAML 1.1).
pub const ISSUER_FORMAT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName";
/// Version asked by the volet.
pub const VERSION: &str = "4.0";

/// What the caller gives of an assertion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct VihfOptions {
    /// *DN du certificat de cachet*: the issuer.
    pub issuer: String,
    /// *Secteur d'activité* of the structure (JDV_J61): `SA01`…
    pub sector: String,
    /// *Rôles* (JDV_J65): the profession, then for a physician or a pharmacist
    /// the speciality.
    pub roles: Vec<Code>,
    /// *Version*; 4.0 when empty.
    pub version: String,
    /// *Identifiant du LPS*, optional.
    pub software_id: String,
    /// *Code de confidentialité* of a secret connection; its value is in no
    /// public text. Written only for a secret connection.
    pub secret_code: Option<Code>,
}

/// An attribute of an assertion.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A text.
    Text(String),
    /// Codes, each in an element `Role` or `PurposeOfUse`.
    Codes(Vec<Code>),
}

/// The assertion, as data.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Vihf {
    /// `Issuer`.
    pub issuer: String,
    /// Format of the issuer.
    pub issuer_format: &'static str,
    /// `Subject/NameID`: national identifier of the professional, or of who
    /// answers for the device.
    pub name_id: String,
    /// `AttributeStatement`: name and value of each attribute, in order.
    pub attributes: Vec<(&'static str, Value)>,
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Value(…)")
    }
}

impl fmt::Debug for Vihf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vihf(…)")
    }
}

impl Vihf {
    /// The attributes for a patient, by indirect authentication.
    pub fn indirect(header: &Header, sending: &Sending, options: &VihfOptions) -> Self {
        let submitter = &sending.submitter;
        let (name_id, subject) = match (&submitter.person, &submitter.device) {
            (Some(p), _) => (p.id.clone(), format!("{} {}", p.family, p.given)),
            (None, Some(d)) => (d.id.clone(), format!("{} {}", d.name, d.model)),
            (None, None) => Default::default(),
        };
        let text = |value: &str| Value::Text(value.trim().to_owned());
        let patient = crate::metadata::ins(&header.patient)
            .map(|id| Cx::new(&id.extension, &id.root, "NH").as_str().to_owned());
        let sector = format!("{}^{}", options.sector, crate::tables::systems::TRE_R02);
        let version = match options.version.as_str() {
            "" => VERSION,
            other => other,
        };
        let purpose = Code::new("normal", "1.2.250.1.213.1.1.4.248", "Accès normal");
        let software = &sending.software;
        let mut attributes = vec![
            ("VIHF_Version", text(version)),
            ("Identifiant_Structure", text(&submitter.structure.id)),
            ("Secteur_Activite", text(&sector)),
            ("Authentification_Mode", text("INDIRECTE")),
            (
                "urn:oasis:names:tc:xspa:1.0:subject:subject-id",
                text(&subject),
            ),
            (
                "urn:oasis:names:tc:xacml:2.0:resource:resource-id",
                text(&patient.unwrap_or_default()),
            ),
            ("Ressource_URN", text("urn:dmp")),
            ("LPS_Nom", text(&software.name)),
            ("LPS_Version", text(&software.version)),
            ("LPS_ID_HOMOLOGATION_DMP", text(&software.homologation)),
        ];
        if !options.software_id.is_empty() {
            attributes.push(("LPS_ID", text(&options.software_id)));
        }
        attributes.push((
            "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse",
            Value::Codes(vec![purpose]),
        ));
        attributes.push((
            "urn:oasis:names:tc:xacml:2.0:subject:role",
            Value::Codes(options.roles.clone()),
        ));
        if sending.connection == Connection::Secret
            && let Some(code) = &options.secret_code
        {
            attributes.push((
                "urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code",
                Value::Codes(vec![code.clone()]),
            ));
        }
        Vihf {
            issuer: options.issuer.clone(),
            issuer_format: ISSUER_FORMAT,
            name_id,
            attributes,
        }
    }
}
