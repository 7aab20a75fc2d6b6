//! The volets of a release, and which one a document follows.

use dcc_schematron::Document;

/// A *volet* of the CI-SIS: the specification of one kind of document, and its rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Volet {
    /// Name and version, as in `CANCER-FRCP_2022.01`.
    pub name: String,
    /// Name of the rule set: stem of the rule file, as in `CI-SIS_CANCER-FRCP_2022.01`.
    pub set: String,
    /// Path of the rule file in the release.
    pub path: String,
}

/// The volet to check a document against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VoletChoice<'n> {
    /// The one that the templates of the document name.
    #[default]
    Auto,
    /// By name: `CANCER-FRCP_2022.01`, or with the prefix `CI-SIS_`.
    Named(&'n str),
    /// None: the common rule sets alone.
    None,
}

/// Template identifiers of documents (`ClinicalDocument/templateId/@root`) and the volet's name without its version.
/// Source: the samples (`ExemplesCDA`) and the rule files of TestContenuCDA-3-0, commit 61e148b of 2025-03-06.
const TEMPLATES: [(&str, &str); 49] = [
    ("1.2.250.1.213.1.1.1.2.1.1", "CARD-F-PRC-AVK"),
    ("1.2.250.1.213.1.1.1.2.1.2", "CARD-F-PRC-TAP"),
    ("1.2.250.1.213.1.1.1.2.1.3", "CARD-F-PRC-DCI"),
    ("1.2.250.1.213.1.1.1.2.1.4", "CARD-F-PRC-PSC"),
    ("1.2.250.1.213.1.1.1.2.1.5", "CARD-F-PRC-PPV"),
    ("1.2.250.1.213.1.1.1.5.1", "CSE-CS8"),
    ("1.2.250.1.213.1.1.1.5.2", "CSE-CS9"),
    ("1.2.250.1.213.1.1.1.5.3", "CSE-CS24"),
    ("1.2.250.1.213.1.1.1.5.4", "CSE-MDE"),
    ("1.2.250.1.213.1.1.1.8", "CANCER-FRCP"),
    ("1.2.250.1.213.1.1.1.12.1", "OBP-SAP"),
    ("1.2.250.1.213.1.1.1.12.2", "OBP-SNM"),
    ("1.2.250.1.213.1.1.1.12.3", "OBP-SNE"),
    ("1.2.250.1.213.1.1.1.12.4", "OBP-SCM"),
    ("1.2.250.1.213.1.1.1.12.5", "OBP-SEM"),
    ("1.2.250.1.213.1.1.1.13", "VSM"),
    ("1.2.250.1.213.1.1.1.15", "AVC-AUNV"),
    ("1.2.250.1.213.1.1.1.16", "AVC-EUNV"),
    ("1.2.250.1.213.1.1.1.17", "AVC-SUNV"),
    ("1.2.250.1.213.1.1.1.18", "OPH-CR-RTN"),
    ("1.2.250.1.213.1.1.1.21", "LDL-EES"),
    ("1.2.250.1.213.1.1.1.22", "DLU-EHPAD-DLU"),
    ("1.2.250.1.213.1.1.1.23", "DLU-EHPAD-FLUDT"),
    ("1.2.250.1.213.1.1.1.24", "DLU-EHPAD-FLUDR"),
    ("1.2.250.1.213.1.1.1.25", "AVC-PAVC"),
    ("1.2.250.1.213.1.1.1.26", "CANCER-PPS"),
    ("1.2.250.1.213.1.1.1.27", "CANCER-D2LM-FIN"),
    ("1.2.250.1.213.1.1.1.28", "CANCER-D2LM-FIDD"),
    ("1.2.250.1.213.1.1.1.29", "LDL-SES"),
    ("1.2.250.1.213.1.1.1.30", "SDM-MR"),
    ("1.2.250.1.213.1.1.1.32", "CANCER-CR-GM"),
    ("1.2.250.1.213.1.1.1.36", "CNAM-HR"),
    ("1.2.250.1.213.1.1.1.37", "VAC"),
    ("1.2.250.1.213.1.1.1.38", "TLM-DA"),
    ("1.2.250.1.213.1.1.1.39", "EP-MED-DM"),
    ("1.2.250.1.213.1.1.1.40", "ANEST-CR-ANEST"),
    ("1.2.250.1.213.1.1.1.41", "ANEST-CR-CPA"),
    ("1.2.250.1.213.1.1.1.42", "OPH-BRE"),
    ("1.2.250.1.213.1.1.1.45", "IMG-CR-IMG"),
    ("1.2.250.1.213.1.1.1.46", "VAC-NOTE"),
    ("1.2.250.1.213.1.1.1.47", "IMG-DA-IMG"),
    ("1.2.250.1.213.1.1.1.51", "IPS-FR"),
    ("1.2.250.1.213.1.1.1.54", "eDISP-MED"),
    ("1.2.250.1.213.1.1.1.55", "BIO-CR-BIO"),
    ("1.2.250.1.213.1.1.1.59", "BIO-TROD"),
    // documents whose extension is not the version in the name of the rule file
    ("1.2.250.1.213.1.1.1.13/201310", "VSM_1.4_2022.01"),
    ("1.2.250.1.213.1.1.1.13/", "VSM_2023.01"),
    ("1.2.250.1.213.1.1.1.30/2024.01", "SDM-MR_2025.01"),
    ("1.2.250.1.213.1.1.1.55/", "BIO-CR-BIO_2021.01"),
];

const HL7: &str = "urn:hl7-org:v3";

/// The volets among the paths of a release.
pub(crate) fn volets<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<Volet> {
    paths
        .filter_map(|path| {
            let file = path.strip_prefix("schematrons/")?;
            let set = file.strip_suffix(".sch")?;
            let name = set.strip_prefix("CI-SIS_")?;
            (!name.contains('/')).then(|| Volet {
                name: name.to_owned(),
                set: set.to_owned(),
                path: path.to_owned(),
            })
        })
        .collect()
}

/// The volet of a name.
pub(crate) fn named(volets: &[Volet], name: &str) -> Option<usize> {
    let name = name.strip_suffix(".sch").unwrap_or(name);
    let name = name.strip_prefix("CI-SIS_").unwrap_or(name);
    volets.iter().position(|v| v.name == name)
}

/// Templates of a document, root and extension.
pub(crate) fn templates(document: &Document<'_>) -> Vec<(String, String)> {
    let root = document.root();
    // a self-presenting document is a style sheet that holds the document
    let mut clinical = root.is(HL7, "ClinicalDocument").then_some(root);
    if clinical.is_none() {
        clinical = document.events().find_map(|e| match e {
            dcc_schematron::Event::Start(e) if e.is(HL7, "ClinicalDocument") => Some(e),
            _ => None,
        });
    }
    let templates = clinical.into_iter().flat_map(|c| c.elements());
    templates
        .filter(|e| e.is(HL7, "templateId"))
        .map(|e| {
            let value = |name| e.attribute("", name).unwrap_or_default().trim().to_owned();
            (value("root"), value("extension"))
        })
        .collect()
}

/// The volet that templates name: exact version first, else the oldest version that is not older than the extension,
/// else the last version. `None` when no template names a volet of the release.
pub(crate) fn recognise(volets: &[Volet], templates: &[(String, String)]) -> Option<usize> {
    templates.iter().find_map(|(root, extension)| {
        let exact = format!("{root}/{extension}");
        if let Some((_, name)) = TEMPLATES.iter().find(|t| t.0 == exact)
            && let Some(at) = version(volets, name, "")
        {
            return Some(at);
        }
        let (_, name) = TEMPLATES.iter().find(|t| t.0 == *root)?;
        version(volets, name, extension)
    })
}

/// The volet of a name and a version; `name` may hold the version.
fn version(volets: &[Volet], name: &str, wanted: &str) -> Option<usize> {
    if let Some(at) = volets.iter().position(|v| v.name == name) {
        return Some(at);
    }
    let mut versions: Vec<(&str, usize)> = volets
        .iter()
        .enumerate()
        .filter_map(|(i, v)| {
            let rest = v.name.strip_prefix(name)?.strip_prefix('_')?;
            Some((rest, i))
        })
        .collect();
    versions.sort_unstable();
    let found = versions
        .iter()
        .find(|(v, _)| !wanted.is_empty() && *v >= wanted);
    found.or(versions.last()).map(|&(_, i)| i)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release() -> Vec<Volet> {
        let names = [
            "CANCER-FRCP_2022.01",
            "CSE-CS24_2024.01",
            "CSE-CS24_2025.01",
            "SDM-MR_2022.01",
            "SDM-MR_2025.01",
            "VAC-NOTE_2023.01",
            "VAC_2023.01",
            "VSM_1.4_2022.01",
            "VSM_2023.01",
        ];
        let paths: Vec<String> = (names.iter())
            .map(|n| format!("schematrons/CI-SIS_{n}.sch"))
            .collect();
        volets(paths.iter().map(String::as_str))
    }

    #[test]
    fn templates_name_volets_and_extensions_their_versions() {
        let volets = release();
        let name = |root: &str, extension: &str| {
            let templates = [(root.to_owned(), extension.to_owned())];
            recognise(&volets, &templates).map(|i| volets[i].name.as_str())
        };
        let root = |n: &str| format!("1.2.250.1.213.1.1.1.{n}");
        assert_eq!(name(&root("8"), "2022.01"), Some("CANCER-FRCP_2022.01"));
        assert_eq!(name(&root("8"), "2026.01"), Some("CANCER-FRCP_2022.01"));
        assert_eq!(name(&root("5.3"), "2024.01"), Some("CSE-CS24_2024.01"));
        assert_eq!(name(&root("5.3"), "2025.01"), Some("CSE-CS24_2025.01"));
        assert_eq!(name(&root("30"), "2024.01"), Some("SDM-MR_2025.01"));
        assert_eq!(name(&root("30"), "2022.01"), Some("SDM-MR_2022.01"));
        assert_eq!(name(&root("37"), "2023.01"), Some("VAC_2023.01"));
        assert_eq!(name(&root("46"), ""), Some("VAC-NOTE_2023.01"));
        assert_eq!(name(&root("13"), "201310"), Some("VSM_1.4_2022.01"));
        assert_eq!(name(&root("13"), ""), Some("VSM_2023.01"));
        assert_eq!(name(&root("5"), ""), None);
        assert_eq!(name("1.3.6.1.4.1.19376.1.2.20", ""), None);
    }
}
