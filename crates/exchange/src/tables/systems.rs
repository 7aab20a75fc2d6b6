//! Code systems: OID in CDA and XDS, address in FHIR.

/// LOINC.
pub const LOINC: &str = "2.16.840.1.113883.6.1";
/// *TRE_A00 ProducteurDocNonPS*.
pub const TRE_A00: &str = "1.2.250.1.213.1.1.4.6";
/// *TRE_A01 CadreExercice*: practice settings.
pub const TRE_A01: &str = "1.2.250.1.213.1.1.4.9";
/// *TRE_A03 ClasseDocument*.
pub const TRE_A03: &str = "1.2.250.1.213.1.1.4.1";
/// *TRE_A05 TypeDocComplementaire*.
pub const TRE_A05: &str = "1.2.250.1.213.1.1.4.12";
/// *TRE_A06 FormatCodeComplementaire*.
pub const TRE_A06: &str = "1.2.250.1.213.1.1.4.2.282";
/// *TRE_A07 StatutVisibiliteDocument*: masks.
pub const TRE_A07: &str = "1.2.250.1.213.1.1.4.13";
/// *TRE_A11 IheFormatCode*.
pub const TRE_A11: &str = "1.3.6.1.4.1.19376.1.2.3";
/// *TRE_R02 SecteurActivite*: facility types.
pub const TRE_R02: &str = "1.2.250.1.71.4.2.4";
/// *TRE_R209 TypeActivite*.
pub const TRE_R209: &str = "1.2.250.1.213.2.2";
/// HL7 Confidentiality.
pub const CONFIDENTIALITY: &str = "2.16.840.1.113883.5.25";
/// *TA_ASIP*: codes of the CI-SIS that no other system has.
pub const TA_ASIP: &str = "1.2.250.1.213.1.1.4.322";

/// OID and FHIR address of each code system that has one of its own.
const FHIR: &[(&str, &str)] = &[
    (LOINC, "http://loinc.org"),
    (
        CONFIDENTIALITY,
        "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
    ),
    (
        TRE_A00,
        "https://mos.esante.gouv.fr/NOS/TRE_A00-ProducteurDocNonPS/FHIR/TRE-A00-ProducteurDocNonPS",
    ),
    (
        TRE_A01,
        "https://mos.esante.gouv.fr/NOS/TRE_A01-CadreExercice/FHIR/TRE-A01-CadreExercice",
    ),
    (
        TRE_A03,
        "https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument",
    ),
    (
        TRE_A05,
        "https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire",
    ),
    (
        TRE_A06,
        "https://mos.esante.gouv.fr/NOS/TRE_A06-FormatCodeComplementaire/FHIR/TRE-A06-FormatCodeComplementaire",
    ),
    (
        TRE_A07,
        "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument",
    ),
    (
        TRE_A11,
        "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode",
    ),
    (
        TRE_R02,
        "https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite",
    ),
    (
        TRE_R209,
        "https://mos.esante.gouv.fr/NOS/TRE_R209-TypeActivite/FHIR/TRE-R209-TypeActivite",
    ),
];

/// The FHIR address of a code system: its own, or `urn:oid:`.
pub fn fhir_address(oid: &str) -> String {
    match FHIR.iter().find(|(known, _)| *known == oid) {
        Some((_, address)) => (*address).to_owned(),
        None if dcc_base::identity::oid::is_oid(oid) => format!("urn:oid:{oid}"),
        None => oid.to_owned(),
    }
}

/// The OID of a code system from its FHIR address; the address itself when
/// it is not known.
pub fn oid_of(address: &str) -> &str {
    match FHIR.iter().find(|(_, known)| *known == address) {
        Some((oid, _)) => oid,
        None => address.strip_prefix("urn:oid:").unwrap_or(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_an_oid_lead_to_each_other() {
        for (oid, address) in FHIR {
            assert_eq!(fhir_address(oid), *address);
            assert_eq!(oid_of(address), *oid);
        }
        assert_eq!(fhir_address("1.2.3"), "urn:oid:1.2.3");
        assert_eq!(oid_of("urn:oid:1.2.3"), "1.2.3");
        assert_eq!(fhir_address("URN"), "URN");
    }
}
