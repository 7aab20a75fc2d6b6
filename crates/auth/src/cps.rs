//! CPS certificates: who holds the card.
//!
//! The subject of a certificate of a professional (IGC-Santé) has one
//! multi-valued RDN in which stand the given name (GN), the name (SN) and, as
//! common name (CN), the *PS_IdNat*. A reader that splits the printed subject
//! at its commas loses it, so it is read from the structure itself.
//!
//! The chain, the revocation and the possession of the private key are the
//! host's to verify (TLS with client certificate, or a signed challenge).

use std::fmt;

use chrono::{DateTime, Utc};
use dcc_base::problem::{Problem, Problems};
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::{Ia5StringRef, ObjectIdentifier, PrintableStringRef, Utf8StringRef};
use x509_cert::der::{Decode, Tag, Tagged};
use x509_cert::name::{Name, RelativeDistinguishedName};
use x509_cert::time::Time;

use crate::level::Level;
use crate::limits::Limits;
use crate::national_id::{self, NationalId};
use crate::proof::{Means, Proof};
use crate::rules;

/// Place of the certificate in the problems.
const PATH: &str = "/certificate";

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SURNAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.4");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const TITLE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.12");
const GIVEN_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.42");
/// Number of the card: `issuer/number`, PrintableString.
const CARD: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.250.1.71.1.2.3");
/// Code of the profession (table G15), INTEGER.
const PROFESSION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.250.1.71.1.2.7");

/// Organisation of the issuers of the IGC-Santé.
pub const IGC_SANTE: &str = "ASIP-SANTE";

/// The certificate of a CPS card (*certificat de carte CPS*), read.
///
/// `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CpsCertificate {
    /// *PS_IdNat* of the holder.
    pub national_id: NationalId,
    /// *Nom*.
    pub family_name: String,
    /// *Prénom*.
    pub given_name: String,
    /// *Profession*, in words (title of the subject).
    pub profession: Option<String>,
    /// *Profession*: code of table G15.
    pub profession_code: Option<u16>,
    /// *Carte*: `issuer/number`.
    pub card: Option<String>,
    /// Organisation of the issuer (O).
    pub issuer_organization: Option<String>,
    /// Name of the issuer (CN).
    pub issuer: Option<String>,
    /// Start of validity.
    pub not_before: DateTime<Utc>,
    /// End of validity.
    pub not_after: DateTime<Utc>,
    /// The certificate itself, for the digest of the proof.
    der: Vec<u8>,
}

impl CpsCertificate {
    /// Reads a certificate in DER.
    ///
    /// # Errors
    /// Too large, no certificate, not one CN accompanied by SN and GN in its
    /// RDN, CN that is no PS_IdNat.
    pub fn read(der: &[u8], limits: &Limits) -> Result<CpsCertificate, Problems> {
        if der.len() > limits.certificate {
            let allowed = format!("au plus {} octets", limits.certificate);
            let problem = Problem::new(&rules::CPS_SIZE, PATH).allowed([allowed]);
            return Err(problem.found(format!("{} octets", der.len())).into());
        }
        let form = |_| Problems::from(Problem::new(&rules::CPS_FORM, PATH));
        let certificate = Certificate::from_der(der).map_err(form)?;
        let certificate = certificate.tbs_certificate();
        let place = || format!("{PATH}/subject");
        let holder = holder(certificate.subject())
            .ok_or_else(|| Problem::new(&rules::CPS_HOLDER, place()))?;
        if let Some(fault) = national_id::fault(&holder.id) {
            let message = format!("{} : {fault}", rules::CPS_ID.text);
            return Err(Problem::new(&rules::CPS_ID, place())
                .message(message)
                .into());
        }
        let validity = certificate.validity();
        let period = || Problems::from(Problem::new(&rules::CPS_FORM, format!("{PATH}/validity")));
        let extension = |oid: ObjectIdentifier| {
            let mut all = certificate.extensions().into_iter().flatten();
            all.find(|extension| extension.extn_id == oid)
                .map(|extension| extension.extn_value.as_bytes())
        };
        let card = extension(CARD).and_then(|bytes| PrintableStringRef::from_der(bytes).ok());
        Ok(CpsCertificate {
            national_id: holder.id.into(),
            family_name: holder.family_name,
            given_name: holder.given_name,
            profession: first(certificate.subject(), TITLE),
            profession_code: extension(PROFESSION).and_then(|bytes| u16::from_der(bytes).ok()),
            card: card.map(|card| card.to_string()),
            issuer_organization: first(certificate.issuer(), ORGANIZATION),
            issuer: first(certificate.issuer(), COMMON_NAME),
            not_before: instant(validity.not_before).ok_or_else(period)?,
            not_after: instant(validity.not_after).ok_or_else(period)?,
            der: der.to_vec(),
        })
    }

    /// The proof that the holder authenticated with this certificate at `now`,
    /// once the host has verified its chain, its revocation and the possession
    /// of the key. The issuer must be of one of `organizations`
    /// ([`IGC_SANTE`]).
    ///
    /// # Errors
    /// Another issuer; outside the period of validity.
    pub fn proof(&self, organizations: &[&str], now: DateTime<Utc>) -> Result<Proof, Problems> {
        let mut problems = Problems::new();
        let organization = self.issuer_organization.as_deref().unwrap_or_default();
        if !organizations.contains(&organization) {
            let problem = Problem::new(&rules::CPS_ISSUER, format!("{PATH}/issuer"));
            problems.push(problem.allowed(organizations));
        }
        if now < self.not_before || now > self.not_after {
            let problem = Problem::new(&rules::CPS_PERIOD, format!("{PATH}/validity"));
            let day = |at: DateTime<Utc>| at.format("%d/%m/%Y").to_string();
            let (from, to) = (day(self.not_before), day(self.not_after));
            problems.push(problem.allowed([format!("du {from} au {to}")]));
        }
        problems.or(Proof::new(
            Means::Cps,
            Level::Eidas3,
            self.national_id.clone(),
            self.issuer.as_deref().unwrap_or(organization),
            now,
            now,
            &self.der,
        ))
    }
}

impl fmt::Debug for CpsCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CpsCertificate")
            .field("not_before", &self.not_before)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}

struct Holder {
    id: String,
    family_name: String,
    given_name: String,
}

/// The RDN of the only CN of the subject, with SN and GN beside it.
fn holder(subject: &Name) -> Option<Holder> {
    let mut named = subject.iter_rdn().filter(|rdn| has(rdn, COMMON_NAME));
    let (rdn, None) = (named.next()?, named.next()) else {
        return None;
    };
    let holder = Holder {
        id: only(rdn, COMMON_NAME)?,
        family_name: only(rdn, SURNAME)?,
        given_name: only(rdn, GIVEN_NAME)?,
    };
    Some(holder)
}

fn has(rdn: &RelativeDistinguishedName, oid: ObjectIdentifier) -> bool {
    rdn.iter().any(|attribute| attribute.oid == oid)
}

/// The value of the only attribute `oid` of an RDN.
fn only(rdn: &RelativeDistinguishedName, oid: ObjectIdentifier) -> Option<String> {
    let mut values = rdn.iter().filter(|attribute| attribute.oid == oid);
    match (values.next(), values.next()) {
        (Some(attribute), None) => text(attribute),
        _ => None,
    }
}

/// The first attribute `oid` of a name.
fn first(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    let mut attributes = name.iter();
    attributes
        .find(|attribute| attribute.oid == oid)
        .and_then(text)
}

/// A text of one of the string types of DirectoryString (RFC 5280 §4.1.2.4)
/// that circulate; TeletexString and BMPString read as Latin-1 and UTF-16.
fn text(attribute: &AttributeTypeAndValue) -> Option<String> {
    let value = &attribute.value;
    let bytes = value.value();
    let text = match value.tag() {
        Tag::Utf8String => Utf8StringRef::new(bytes).ok()?.to_string(),
        Tag::PrintableString => PrintableStringRef::new(bytes).ok()?.to_string(),
        Tag::Ia5String => Ia5StringRef::new(bytes).ok()?.to_string(),
        Tag::TeletexString => bytes.iter().map(|b| char::from(*b)).collect(),
        Tag::BmpString => {
            let pairs = bytes.chunks_exact(2);
            if !pairs.remainder().is_empty() {
                return None;
            }
            let units: Vec<u16> = pairs.map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
            String::from_utf16(&units).ok()?
        }
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn instant(time: Time) -> Option<DateTime<Utc>> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    DateTime::from_timestamp(seconds, 0)
}
