//! Where things are in a release of TestContenuCDA-3-0.

/// Rule sets common to all documents: name and rule file.
pub(crate) const COMMON: [(&str, &str); 4] = [
    (
        "ASIP-STRUCT-MIN-StrucMin",
        "schematrons/profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch",
    ),
    ("IHE", "schematrons/profils/IHE.sch"),
    (
        "CI-SIS_ModelesDeContenusCDA",
        "schematrons/profils/CI-SIS_ModelesDeContenusCDA.sch",
    ),
    (
        "CI-SIS_Modeles_ANS",
        "schematrons/profils/CI-SIS_Modeles_ANS.sch",
    ),
];

/// XML Schema of documents.
pub(crate) const XSD: &str = "infrastructure/cda/CDA_extended.xsd";

/// Set of the findings of the XML Schema.
pub(crate) const XSD_SET: &str = "xsd";

/// Set of the findings on bytes that are not a document.
pub(crate) const XML_SET: &str = "xml";
