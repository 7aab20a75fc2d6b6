//! The value sets in use: those embedded, and those put in their place.

use std::sync::Arc;

use chrono::NaiveDate;

use super::code::Code;
use super::jdv::{Jdv, TABLES};
use super::rules;
use super::value_set::{Concept, ValueSet};
use dcc_base::problem::{Problem, Problems};

/// How many allowed codes a problem shows.
const SHOWN: usize = 5;

/// The value sets (*jeux de valeurs*) in use.
///
/// Starts with those the library embeds; [`Self::replace`] puts a newer
/// release of a set in its place, or adds a set of the vendor's own. Cheap to
/// clone; a clone does not see the replacements made later on its source.
#[derive(Clone, Debug, Default)]
pub struct Terminology {
    replaced: Option<Arc<Replaced>>,
}

#[derive(Clone, Debug, Default)]
struct Replaced {
    embedded: Vec<(Jdv, Arc<ValueSet>)>,
    added: Vec<Arc<ValueSet>>,
}

impl Terminology {
    /// The value sets embedded in the library.
    pub fn embedded() -> &'static Terminology {
        static EMBEDDED: Terminology = Terminology { replaced: None };
        &EMBEDDED
    }

    /// The value set of this identifier.
    pub fn set(&self, jdv: Jdv) -> &ValueSet {
        self.replaced
            .as_deref()
            .and_then(|replaced| replaced.embedded.iter().find(|(of, _)| *of == jdv))
            .map_or_else(|| TABLES[jdv as usize].set(), |(_, set)| set)
    }

    /// The value set of this OID or name. In a name, `-` and `_` are the
    /// same, as the ANS itself writes both.
    pub fn get(&self, name_or_oid: &str) -> Option<&ValueSet> {
        self.iter()
            .find(|set| set.oid() == name_or_oid)
            .or_else(|| {
                self.iter()
                    .find(|set| same_name(set.name(), name_or_oid))
                    .or_else(|| {
                        Jdv::ALL
                            .iter()
                            .find(|jdv| {
                                jdv.oid() == name_or_oid || same_name(jdv.name(), name_or_oid)
                            })
                            .map(|jdv| self.set(*jdv))
                    })
            })
    }

    /// Every value set, embedded ones first, in the order of [`Jdv::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = &ValueSet> {
        let added = self
            .replaced
            .as_deref()
            .map_or(&[][..], |replaced| &replaced.added);
        Jdv::ALL
            .iter()
            .map(|jdv| self.set(*jdv))
            .chain(added.iter().map(Arc::as_ref))
    }

    /// Puts a value set in the place of the one of the same OID, or of the
    /// same name when the OID has changed, and answers which embedded set it
    /// replaces; a set that matches none is added, for [`Self::get`].
    pub fn replace(&mut self, set: ValueSet) -> Option<Jdv> {
        let jdv = Jdv::ALL
            .iter()
            .find(|jdv| jdv.oid() == set.oid())
            .or_else(|| {
                Jdv::ALL
                    .iter()
                    .find(|jdv| same_name(jdv.name(), set.name()))
            })
            .copied();
        let replaced = Arc::make_mut(self.replaced.get_or_insert_default());
        let set = Arc::new(set);
        match jdv {
            Some(jdv) => {
                replaced.embedded.retain(|(of, _)| *of != jdv);
                replaced.embedded.push((jdv, set));
            }
            None => {
                replaced
                    .added
                    .retain(|old| old.oid() != set.oid() && !same_name(old.name(), set.name()));
                replaced.added.push(set);
            }
        }
        jdv
    }

    /// Checks a coded value of an input against an embedded value set, and
    /// answers its concept when it may be used.
    ///
    /// `path` is the place of the value in the input; `on`, when given, is
    /// the day on which the code must be in force: the date of the document.
    /// An unknown code, a wrong code system or a withdrawn code is a problem
    /// that shows the nearest codes allowed.
    pub fn check_code(
        &self,
        jdv: Jdv,
        code: &Code,
        path: &str,
        on: Option<NaiveDate>,
        problems: &mut Problems,
    ) -> Option<&Concept> {
        check_in(self.set(jdv), code, path, on, problems)
    }
}

/// Checks a coded value against a value set: see [`Terminology::check_code`].
pub(super) fn check_in<'s>(
    set: &'s ValueSet,
    code: &Code,
    path: &str,
    on: Option<NaiveDate>,
    problems: &mut Problems,
) -> Option<&'s Concept> {
    let mut candidates = set.find_all(&code.code).peekable();
    if candidates.peek().is_none() {
        problems.push(
            Problem::new(&rules::CODE, path)
                .message(format!(
                    "Le code « {} » n'appartient pas au jeu de valeurs {}",
                    code.code,
                    set.name()
                ))
                .found(code)
                .allowed(set.nearest_to(code, on, SHOWN)),
        );
        return None;
    }
    let candidates: Vec<&Concept> = match &code.system {
        Some(system) => candidates
            .filter(|concept| concept.system == system.as_str())
            .collect(),
        None => candidates.collect(),
    };
    let in_force: Vec<&Concept> = candidates
        .iter()
        .copied()
        .filter(|concept| on.is_none_or(|on| concept.valid_to.is_none_or(|to| on <= to)))
        .collect();
    let concept = match (in_force.as_slice(), candidates.as_slice()) {
        (_, []) => {
            problems.push(
                Problem::new(&rules::SYSTEM, path)
                    .message(format!(
                        "Le jeu de valeurs {} ne donne pas ce système de codage au code « {} »",
                        set.name(),
                        code.code
                    ))
                    .found(code.system.as_deref().unwrap_or_default())
                    .allowed(set.find_all(&code.code).map(system_text)),
            );
            return None;
        }
        ([], [withdrawn, ..]) => {
            problems.push(
                Problem::new(&rules::EXPIRED, path)
                    .message(format!(
                        "Le code « {} » du jeu de valeurs {} est retiré depuis le {}",
                        code.code,
                        set.name(),
                        day(withdrawn.valid_to)
                    ))
                    .found(*withdrawn)
                    .allowed(set.nearest_to(&labelled(code, withdrawn), on, SHOWN)),
            );
            return None;
        }
        ([first, rest @ ..], _) => {
            if rest.iter().any(|other| other.system != first.system) {
                problems.push(
                    Problem::new(&rules::SYSTEM, path)
                        .message(format!(
                            "Le code « {} » figure dans plusieurs systèmes de codage du jeu de \
                             valeurs {} : précisez lequel",
                            code.code,
                            set.name()
                        ))
                        .found(&code.code)
                        .allowed(in_force.iter().copied().map(system_text)),
                );
                return None;
            }
            *first
        }
    };
    Some(concept)
}

/// The coded value with the label of its concept, when it has none.
fn labelled(code: &Code, concept: &Concept) -> Code {
    let mut code = code.clone();
    code.label
        .get_or_insert_with(|| concept.label.clone().into_owned());
    code
}

/// A code system for a reader: `2.16.840.1.113883.6.3 (CIM-10)`.
fn system_text(concept: &Concept) -> String {
    match concept.system_name() {
        Some(name) => format!("{} ({name})", concept.system),
        None => concept.system.clone().into_owned(),
    }
}

fn day(date: Option<NaiveDate>) -> String {
    date.map(|date| date.format("%d/%m/%Y").to_string())
        .unwrap_or_default()
}

fn same_name(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .all(|(a, b)| a == b || matches!((a, b), (b'-', b'_') | (b'_', b'-')))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::borrow::Cow;

    use super::super::code_system::{CIM10, CIMO_MORPHOLOGY};
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn concept(code: &'static str, system: &'static str, to: Option<&str>) -> Concept {
        Concept {
            code: code.into(),
            system: system.into(),
            label: Cow::Owned(format!("Libellé de {code}")),
            valid_from: Some(date("2010-01-01")),
            valid_to: to.map(date),
        }
    }

    #[test]
    fn every_table_is_its_set() {
        let mut size = 0;
        for jdv in Jdv::ALL {
            let set = Terminology::embedded().set(*jdv);
            assert_eq!((set.oid(), set.name()), (jdv.oid(), jdv.name()));
            assert!(!set.is_empty(), "{jdv}");
            size += TABLES[*jdv as usize].size();
        }
        assert!(size < 300_000, "{size} bytes of tables");
    }

    #[test]
    fn a_good_code_is_its_concept() {
        let mut problems = Problems::new();
        let concept = Terminology::embedded()
            .check_code(
                Jdv::Tumeur,
                &"C50.2".into(),
                "/tumeur",
                Some(date("2024-05-01")),
                &mut problems,
            )
            .unwrap();
        assert_eq!(concept.system, CIM10.oid);
        assert_eq!(
            concept.label,
            "Tumeur maligne du quadrant supéro-interne du sein"
        );
        assert!(problems.is_empty());
    }

    #[test]
    fn an_unknown_code_shows_the_nearest() {
        let mut problems = Problems::new();
        let found = Terminology::embedded().check_code(
            Jdv::Tumeur,
            &"C50.22".into(),
            "/tumeur",
            None,
            &mut problems,
        );
        assert_eq!(found, None);
        let problem = problems.iter().next().unwrap();
        assert_eq!(
            (problem.code, problem.path.as_str()),
            ("JDV-CODE", "/tumeur")
        );
        assert_eq!(problem.allowed.len(), 5);
        assert_eq!(
            problem.allowed[0],
            "C50.2 — Tumeur maligne du quadrant supéro-interne du sein"
        );
    }

    #[test]
    fn a_former_speciality_leads_to_the_present_one() {
        let mut problems = Problems::new();
        let code = Code::new("G15_10/SCH10").labelled("Médecin - Chirurgie générale (SCH)");
        Terminology::embedded().check_code(
            Jdv::J01AuthorSpecialty,
            &code,
            "/auteur/specialite",
            None,
            &mut problems,
        );
        let problem = problems.iter().next().unwrap();
        assert_eq!(
            problem.allowed[0],
            "G15_10/SM05 — Médecin - Chirurgie générale (SM)"
        );
        assert!(
            problem
                .allowed
                .iter()
                .all(|a| a.to_lowercase().contains("chirurgie")),
            "{:?}",
            problem.allowed
        );
    }

    #[test]
    fn a_wrong_system_is_told_apart_from_a_wrong_code() {
        let mut problems = Problems::new();
        let code = Code::new("C50.2").in_system(CIMO_MORPHOLOGY.oid);
        let found =
            Terminology::embedded().check_code(Jdv::Tumeur, &code, "/t", None, &mut problems);
        assert_eq!(found, None);
        let problem = problems.iter().next().unwrap();
        assert_eq!(problem.code, "JDV-SYSTEME");
        assert_eq!(problem.found.as_deref(), Some(CIMO_MORPHOLOGY.oid));
        assert_eq!(problem.allowed, ["2.16.840.1.113883.6.3 (CIM-10)"]);
    }

    #[test]
    fn withdrawn_and_future_codes() {
        let set = ValueSet::new(
            "1.2.3",
            "JDV_Essai",
            vec![
                concept("A1", "1.2", Some("2020-12-31")),
                concept("A2", "1.2", None),
                concept("B1", "1.2", Some("2015-01-01")),
            ],
        );
        let mut problems = Problems::new();
        let old = Code::new("A1");
        assert!(check_in(&set, &old, "", Some(date("2020-12-31")), &mut problems).is_some());
        assert!(check_in(&set, &old, "", None, &mut problems).is_some());
        assert!(problems.is_empty());

        assert!(check_in(&set, &old, "", Some(date("2021-01-01")), &mut problems).is_none());
        let problem = problems.iter().next().unwrap();
        assert_eq!(problem.code, "JDV-PERIME");
        assert_eq!(problem.allowed, ["A2 — Libellé de A2"]);

        let mut problems = Problems::new();
        let early = check_in(
            &set,
            &"A2".into(),
            "",
            Some(date("2009-12-31")),
            &mut problems,
        );
        // many codes were only given a new date when their set was renumbered
        assert!(early.is_some() && problems.is_empty());
    }

    #[test]
    fn one_code_in_two_systems_wants_the_system() {
        let set = ValueSet::new(
            "1.2.3",
            "JDV_Essai",
            vec![
                concept("C50", "1.2", None),
                concept("Z", "1.2", None),
                concept("C50", "1.9", None),
            ],
        );
        assert_eq!(set.find_all("C50").count(), 2);
        assert_eq!(set.find_in("1.9", "C50"), Some(&set.concepts()[2]));
        assert_eq!(set.find_in("1.9", "Z"), None);

        let mut problems = Problems::new();
        assert!(check_in(&set, &"C50".into(), "", None, &mut problems).is_none());
        assert_eq!(problems.iter().next().unwrap().code, "JDV-SYSTEME");
        assert_eq!(problems.iter().next().unwrap().allowed, ["1.2", "1.9"]);

        let mut problems = Problems::new();
        let code = Code::new("C50").in_system("1.9");
        let found = check_in(&set, &code, "", None, &mut problems).unwrap();
        assert_eq!(found.system, "1.9");
        assert!(problems.is_empty());
    }

    #[test]
    fn a_newer_release_takes_the_place_of_the_embedded_set() {
        let embedded = Terminology::embedded();
        let mut local = embedded.clone();
        let newer = |oid: &'static str, name: &'static str| {
            ValueSet::new(oid, name, vec![concept("X1", "1.2", None)])
        };
        let by_oid = local.replace(newer(Jdv::Tumeur.oid(), "JDV_Tumeur_2"));
        assert_eq!(by_oid, Some(Jdv::Tumeur));
        let by_name = local.replace(newer("1.2.3.4", "JDV_Morphologie-CISIS"));
        assert_eq!(by_name, Some(Jdv::Morphologie));
        assert_eq!(local.replace(newer("1.2.3.5", "JDV_Local")), None);

        let before = local.clone();
        for (jdv, name) in [
            (Jdv::Tumeur, "JDV_Tumeur_CISIS"),
            (Jdv::Morphologie, "1.2.3.4"),
        ] {
            assert!(local.set(jdv).find("X1").is_some());
            assert_eq!(local.get(name), Some(local.set(jdv)));
            assert_eq!(local.get(jdv.oid()), Some(local.set(jdv)));
            assert!(embedded.set(jdv).find("X1").is_none());
        }
        assert_eq!(local.get("JDV_Local").unwrap().len(), 1);
        assert_eq!(local.iter().count(), Jdv::ALL.len() + 1);
        assert!(embedded.get("JDV_Local").is_none());

        local.replace(ValueSet::new("1.2.3.5", "JDV_Local", Vec::new()));
        assert_eq!(local.get("JDV_Local").unwrap().len(), 0);
        assert_eq!(before.get("JDV_Local").unwrap().len(), 1);
        assert_eq!(local.iter().count(), Jdv::ALL.len() + 1);
    }
}
