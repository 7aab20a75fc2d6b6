//! The content of a FHIR resource of the directory, taken out of its JSON.

use serde_json::Value;

/// The nomenclature (TRE) of a coding: its letter and number, such as `R22`.
pub(crate) fn nomenclature(system: &str) -> Option<String> {
    let upper = system.to_ascii_uppercase();
    let at = upper.find("TRE_").or_else(|| upper.find("TRE-"))?;
    let name: String = upper[at + 4..]
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    (name.len() >= 2 && name[1..].bytes().all(|b| b.is_ascii_digit())).then_some(name)
}

/// What a nomenclature is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Profession,
    Category,
    SkillType,
    Skill,
    PracticeKind,
    PracticeMode,
    Function,
    Sector,
    PharmacistSection,
    FacilityCategory,
    LegalStatus,
    DiplomaType,
    Diploma,
    AuthorizationType,
    AuthorizationField,
}

/// The subject of the nomenclature of a coding.
pub(crate) fn about(system: &str) -> Option<About> {
    Some(match nomenclature(system)?.as_str() {
        "G15" | "G16" | "R94" | "R95" | "R291" => About::Profession,
        "R09" => About::Category,
        "R04" => About::SkillType,
        "R37" | "R38" | "R39" | "R40" | "R41" | "R42" | "R43" | "R44" | "R45" | "R97" => {
            About::Skill
        }
        "R22" => About::PracticeKind,
        "R23" => About::PracticeMode,
        "R21" | "R85" | "R96" => About::Function,
        "R02" => About::Sector,
        "R06" | "G05" => About::PharmacistSection,
        "R66" | "R397" => About::FacilityCategory,
        "R72" | "R400" => About::LegalStatus,
        "R14" => About::DiplomaType,
        "R47" | "R48" | "R49" | "R50" | "R51" | "R52" | "R53" | "R54" | "R55" | "R56" | "R57"
        | "R58" => About::Diploma,
        "R17" => About::AuthorizationType,
        "R18" => About::AuthorizationField,
        _ => return None,
    })
}

/// A member as a text.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or("").trim()
}

/// The members of an array.
pub(crate) fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Codings of a concept with their subject.
pub(crate) fn codings(concept: &Value) -> impl Iterator<Item = (About, (&str, &str))> {
    list(concept, "coding").iter().filter_map(|coding| {
        let subject = about(text(coding, "system"))?;
        Some((subject, (text(coding, "code"), text(coding, "display"))))
    })
}

/// The value of the identifier of a system, and of a type when one is asked.
pub(crate) fn identifier<'v>(resource: &'v Value, system: &str, kind: Option<&str>) -> &'v str {
    let of = |id: &&Value| {
        let typed = || {
            list(id.get("type").unwrap_or(&Value::Null), "coding")
                .iter()
                .any(|c| Some(text(c, "code")) == kind)
        };
        text(id, "system") == system && (kind.is_none() || typed())
    };
    list(resource, "identifier")
        .iter()
        .find(of)
        .map_or("", |id| text(id, "value"))
}

/// The values of the contacts of a system; `secure` for those of MSSanté.
pub(crate) fn telecoms<'v>(
    resource: &'v Value,
    system: &'static str,
    secure: bool,
) -> impl Iterator<Item = &'v str> {
    list(resource, "telecom")
        .iter()
        .filter(move |t| text(t, "system") == system && is_secure(t) == secure)
        .map(|t| text(t, "value"))
}

fn is_secure(telecom: &Value) -> bool {
    list(telecom, "extension").iter().any(|e| {
        e.get("valueCoding")
            .is_some_and(|c| text(c, "code") == "MSSANTE")
    })
}

/// The logical id that a reference names.
pub(crate) fn referenced<'v>(resource: &'v Value, member: &str) -> &'v str {
    let reference = resource.get(member).map_or("", |r| text(r, "reference"));
    let reference = reference.split("/_history/").next().unwrap_or_default();
    reference.rsplit('/').next().unwrap_or_default()
}

/// False only where it is stated.
pub(crate) fn is_active(resource: &Value) -> bool {
    resource
        .get("active")
        .and_then(Value::as_bool)
        .unwrap_or(true)
}

/// The value of the extension whose address ends so, on an element.
pub(crate) fn extension<'v>(element: &'v Value, end: &str) -> Option<&'v Value> {
    list(element, "extension")
        .iter()
        .find(|e| text(e, "url").ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_of_both_forms_are_known() {
        let of = |s: &str| about(s);
        assert_eq!(
            of(
                "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante"
            ),
            Some(About::Profession)
        );
        assert_eq!(
            of("https://smt.esante.gouv.fr/fhir/CodeSystem/tre-r397-categorie"),
            Some(About::FacilityCategory)
        );
        assert_eq!(
            of("https://mos.esante.gouv.fr/NOS/TRE_R23-ModeExercice/FHIR/TRE-R23-ModeExercice"),
            Some(About::PracticeMode)
        );
        assert_eq!(of("urn:oid:1.2.3"), None);
        assert_eq!(of("TRE_é"), None);
    }
}
