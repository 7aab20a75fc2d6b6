//! The specialty of an author, in the terms of a CDA document.

use serde::Serialize;

use super::answer::Coded;
use super::professional::Professional;

/// A code that may stand for the author in JDV_J01_XdsAuthorSpecialty_CISIS
/// (OID 1.2.250.1.213.1.1.5.461).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AuthorSpecialty {
    /// *Code*, such as `G15_10/SM36`.
    pub code: String,
    /// *Libellé* of the savoir-faire, of the section or of the profession.
    pub label: String,
    /// False where the correspondence is not published (students): to be checked.
    pub confirmed: bool,
}

impl Professional<'_> {
    /// Every candidate, in the order of the directory: a physician has one per
    /// savoir-faire, and only she can choose. Whether the value set holds a
    /// code is to be asked of the terminology.
    pub fn author_specialties(&self) -> Vec<AuthorSpecialty> {
        let mut found: Vec<AuthorSpecialty> = Vec::new();
        let mut add = |candidate: Option<AuthorSpecialty>| {
            if let Some(candidate) = candidate.filter(|c| !found.iter().any(|f| f.code == c.code)) {
                found.push(candidate);
            }
        };
        for activity in self.activities() {
            add(candidate(
                activity.profession(),
                activity.category(),
                activity.skill(),
                activity.pharmacist_section(),
            ));
        }
        for skill in self.skills() {
            add(candidate(
                skill.profession,
                skill.category,
                skill.skill,
                Coded::default(),
            ));
        }
        // a profession alone is no candidate beside its own specialties
        let of_profession = |c: &AuthorSpecialty| {
            found
                .iter()
                .any(|f| f.code.len() > c.code.len() && f.code.starts_with(&format!("{}/", c.code)))
        };
        found
            .iter()
            .filter(|c| !of_profession(c))
            .cloned()
            .collect()
    }
}

fn candidate(
    profession: Coded<'_>,
    category: Coded<'_>,
    skill: Coded<'_>,
    section: Coded<'_>,
) -> Option<AuthorSpecialty> {
    if profession.code.is_empty() {
        return None;
    }
    let student = category.code == "E";
    let root = if student { "G16" } else { "G15" };
    let detail = match profession.code {
        "10" => skill,
        "21" => section,
        "40" if skill.code.starts_with("SCD") => skill,
        "60" if skill.code.starts_with("SI") => skill,
        _ => Coded::default(),
    };
    let detail = if student { Coded::default() } else { detail };
    let (code, label) = match detail.code {
        "" => (format!("{root}_{}", profession.code), profession.label),
        code => (format!("{root}_{}/{code}", profession.code), detail.label),
    };
    Some(AuthorSpecialty {
        code,
        label: label.to_owned(),
        confirmed: !student,
    })
}
