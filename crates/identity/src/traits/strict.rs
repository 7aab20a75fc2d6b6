//! The strict traits of a patient, and the names in use.

use chrono::NaiveDate;
use dcc_base::problem::{Problem, Problems};
use serde::{Deserialize, Serialize};

use super::birth_place;
use super::normalise::{NameKind, NameOptions, check, normalise, spaced};
use super::sex::Sex;
use crate::opaque::opaque;
use crate::rules;

/// *Traits stricts* of a patient (RNIV 1). Shown by no `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Traits {
    /// *Nom de naissance*.
    pub birth_name: String,
    /// *Premier prénom de naissance*.
    pub first_given_name: String,
    /// *Liste des prénoms de naissance*, separated by spaces.
    pub given_names: String,
    /// *Sexe*.
    pub sex: Sex,
    /// *Date de naissance* of the sanitary identity, complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    /// *Date corrigée*: a part of the date was unknown (ZFD-4).
    pub birth_date_corrected: bool,
    /// *Code INSEE du lieu de naissance*, 5 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_place: Option<String>,
}

/// *Nom et prénom utilisés*: never filled automatically (EXI ID 08).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct UsedNames {
    /// *Nom utilisé*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// *Prénom utilisé*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
}

opaque!(Traits, UsedNames);

impl Traits {
    /// Traits of a person, as typed.
    pub fn new(
        birth_name: impl Into<String>,
        given_names: impl Into<String>,
        sex: Sex,
        birth_date: Option<NaiveDate>,
    ) -> Self {
        let given_names = given_names.into();
        Traits {
            birth_name: birth_name.into(),
            first_given_name: given_names.split(' ').next().unwrap_or_default().to_owned(),
            given_names,
            sex,
            birth_date,
            ..Traits::default()
        }
    }

    /// The same traits with a first given name: of `JEAN PIERRE MARIE`, it may be `JEAN PIERRE`.
    #[must_use]
    pub fn with_first_given_name(mut self, name: impl Into<String>) -> Self {
        self.first_given_name = name.into();
        self
    }

    /// The same traits with a place of birth.
    #[must_use]
    pub fn born_in(mut self, place: impl Into<String>) -> Self {
        self.birth_place = Some(place.into());
        self
    }

    /// The same traits, names in the characters of INSi; every problem goes to
    /// `problems`, and a name that has one stays as it is.
    ///
    /// `today` bounds the date of birth. The place may be missing, with a warning.
    #[must_use]
    pub fn normalised(
        &self,
        options: NameOptions,
        today: NaiveDate,
        path: &str,
        problems: &mut Problems,
    ) -> Traits {
        let mut name = |text: &str, kind, field: &str| {
            normalise(text, kind, options, &format!("{path}/{field}")).unwrap_or_else(|told| {
                problems.extend(told);
                text.to_owned()
            })
        };
        let traits = Traits {
            birth_name: name(&self.birth_name, NameKind::Family, "birth_name"),
            first_given_name: name(&self.first_given_name, NameKind::Given, "first_given_name"),
            given_names: if self.given_names.is_empty() {
                String::new()
            } else {
                name(&self.given_names, NameKind::Given, "given_names")
            },
            ..self.clone()
        };
        traits.check_others(today, path, problems);
        traits
    }

    fn check_others(&self, today: NaiveDate, path: &str, problems: &mut Problems) {
        let date = format!("{path}/birth_date");
        match self.birth_date {
            None => problems.push(Problem::new(&rules::NAME_EMPTY, date)),
            Some(day) if day > today => {
                problems.push(Problem::new(&rules::BIRTH_DATE, date).found(day.format("%d/%m/%Y")));
            }
            Some(_) => {}
        }
        let place = format!("{path}/birth_place");
        match &self.birth_place {
            None => problems.push(Problem::new(&rules::BIRTH_PLACE_MISSING, place)),
            Some(code) => birth_place::check(code, &place, problems),
        }
        if !self.given_names.is_empty()
            && !first_name_fits(&self.first_given_name, &self.given_names)
        {
            problems.push(
                Problem::new(&rules::FIRST_NAME, format!("{path}/first_given_name"))
                    .found(&self.first_given_name)
                    .allowed([&self.given_names]),
            );
        }
    }

    /// Checks traits that are said to be normalised, as they must be to leave for INSi.
    pub fn check(&self, options: NameOptions, path: &str, problems: &mut Problems) {
        check(
            &self.birth_name,
            NameKind::Family,
            options,
            &format!("{path}/birth_name"),
            problems,
        );
        check(
            &self.first_given_name,
            NameKind::Given,
            options,
            &format!("{path}/first_given_name"),
            problems,
        );
    }
}

/// Whether a first given name is the beginning of the list of given names, on a
/// word boundary, hyphens and apostrophes taken as spaces (EXI ID 10).
///
/// ```
/// use dcc_identity::traits::first_name_fits;
///
/// assert!(first_name_fits("ANNE MARIE", "ANNE-MARIE LUCIE"));
/// assert!(!first_name_fits("ANN", "ANNE-MARIE LUCIE"));
/// ```
pub fn first_name_fits(first: &str, list: &str) -> bool {
    let (first, list) = (spaced(first), spaced(list));
    let rest = list.strip_prefix(&first);
    !first.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
