//! Two sets of traits compared, trait by trait, each answer explained.

use super::birth_date::SanitaryDate;
use super::normalise::spaced;
use super::strict::{Traits, first_name_fits};

/// A strict trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trait {
    /// *Nom de naissance*.
    BirthName,
    /// *Premier prénom*.
    FirstGivenName,
    /// *Liste des prénoms*.
    GivenNames,
    /// *Sexe*.
    Sex,
    /// *Date de naissance*.
    BirthDate,
    /// *Lieu de naissance*.
    BirthPlace,
}

impl Trait {
    /// Every strict trait.
    pub const ALL: [Trait; 6] = [
        Trait::BirthName,
        Trait::FirstGivenName,
        Trait::GivenNames,
        Trait::Sex,
        Trait::BirthDate,
        Trait::BirthPlace,
    ];

    /// French name, with its article.
    pub fn label(self) -> &'static str {
        match self {
            Trait::BirthName => "le nom de naissance",
            Trait::FirstGivenName => "le premier prénom",
            Trait::GivenNames => "la liste des prénoms",
            Trait::Sex => "le sexe",
            Trait::BirthDate => "la date de naissance",
            Trait::BirthPlace => "le lieu de naissance",
        }
    }
}

/// How a trait compares, from the closest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Equal, character for character.
    Equal,
    /// Equal but for case, hyphens and apostrophes.
    Separators,
    /// Coherent, though not equal: the first given name begins the list, the
    /// date is one that fills an unknown part.
    Coherent,
    /// Given on one side alone.
    Missing,
    /// Different.
    Different,
}

/// A trait compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The trait.
    pub which: Trait,
    /// How it compares.
    pub how: Match,
}

impl Compared {
    /// One sentence of French; shows no value.
    pub fn explanation(&self) -> String {
        let what = match self.how {
            Match::Equal => "est identique",
            Match::Separators => {
                "ne diffère que par la casse, les traits d'union ou les apostrophes"
            }
            Match::Coherent => match self.which {
                Trait::BirthDate => "est compatible : une partie de la date est inconnue",
                _ => "est cohérent : le premier prénom est le début de la liste des prénoms",
            },
            Match::Missing => "n'est indiqué que d'un côté",
            Match::Different => "est différent",
        };
        let feminine = matches!(self.which, Trait::GivenNames | Trait::BirthDate);
        let what = if feminine {
            what.replace("différent", "différente")
                .replace("cohérent :", "cohérente :")
                .replace("indiqué ", "indiquée ")
        } else {
            what.to_owned()
        };
        format!("{} {what}", self.which.label())
    }
}

/// Two sets of traits compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Each trait, in the order of [`Trait::ALL`].
    pub traits: Vec<Compared>,
}

impl Comparison {
    /// How one trait compares.
    pub fn of(&self, which: Trait) -> Match {
        self.traits
            .iter()
            .find(|c| c.which == which)
            .map_or(Match::Missing, |c| c.how)
    }

    /// True when every trait is equal or given on neither side.
    pub fn is_equal(&self) -> bool {
        self.traits.iter().all(|c| c.how == Match::Equal)
    }

    /// The traits that are not equal, as French sentences.
    pub fn differences(&self) -> Vec<String> {
        self.traits
            .iter()
            .filter(|c| c.how != Match::Equal)
            .map(Compared::explanation)
            .collect()
    }
}

/// Compares two sets of traits.
pub fn compare(a: &Traits, b: &Traits) -> Comparison {
    let names = |which, x: &str, y: &str| {
        let how = match (x.is_empty(), y.is_empty()) {
            (true, true) => Match::Equal,
            (true, false) | (false, true) => Match::Missing,
            _ if x == y => Match::Equal,
            _ if spaced(x) == spaced(y) => Match::Separators,
            _ => Match::Different,
        };
        Compared { which, how }
    };
    let mut first = names(
        Trait::FirstGivenName,
        &a.first_given_name,
        &b.first_given_name,
    );
    let fits = |first: &str, list: &str| !list.is_empty() && first_name_fits(first, list);
    if matches!(first.how, Match::Different | Match::Missing)
        && (fits(&a.first_given_name, &b.given_names) || fits(&b.first_given_name, &a.given_names))
    {
        first.how = Match::Coherent;
    }
    let mut list = names(Trait::GivenNames, &a.given_names, &b.given_names);
    if list.how == Match::Different
        && (first_name_fits(&a.given_names, &b.given_names)
            || first_name_fits(&b.given_names, &a.given_names))
    {
        list.how = Match::Coherent;
    }
    let place = match (&a.birth_place, &b.birth_place) {
        (None, None) => Match::Equal,
        (Some(x), Some(y)) if x == y => Match::Equal,
        (Some(_), Some(_)) => Match::Different,
        _ => Match::Missing,
    };
    let sex = if a.sex == b.sex {
        Match::Equal
    } else {
        Match::Different
    };
    Comparison {
        traits: vec![
            names(Trait::BirthName, &a.birth_name, &b.birth_name),
            first,
            list,
            Compared {
                which: Trait::Sex,
                how: sex,
            },
            Compared {
                which: Trait::BirthDate,
                how: dates(a, b),
            },
            Compared {
                which: Trait::BirthPlace,
                how: place,
            },
        ],
    }
}

fn dates(a: &Traits, b: &Traits) -> Match {
    let (Some(x), Some(y)) = (a.birth_date, b.birth_date) else {
        return if a.birth_date == b.birth_date {
            Match::Equal
        } else {
            Match::Missing
        };
    };
    if x == y {
        return Match::Equal;
    }
    let x = SanitaryDate {
        date: x,
        corrected: a.birth_date_corrected,
    };
    let y = SanitaryDate {
        date: y,
        corrected: b.birth_date_corrected,
    };
    if covers(x, y) || covers(y, x) {
        Match::Coherent
    } else {
        Match::Different
    }
}

/// Whether `filled`, a part of which may have been unknown, may stand for `date`.
fn covers(filled: SanitaryDate, date: SanitaryDate) -> bool {
    use chrono::Datelike;
    let (f, d) = (filled.date, date.date);
    if !filled.corrected || f.year() != d.year() {
        return false;
    }
    let year_alone = (f.day(), f.month()) == (31, 12);
    let no_day = f.day() == 1 && f.month() == d.month();
    let no_month = f.month() == 1 && f.day() == d.day();
    year_alone || no_day || no_month
}

/// Whether an answer of INSi qualifies a validated identity by itself: birth
/// name, first given name, sex, birth date and birth place equal character for
/// character; only a place that the answer does not give is tolerated.
///
/// # Errors
/// What a user has to accept or refuse, as French sentences.
pub fn qualifies(local: &Traits, insi: &Traits) -> Result<(), Vec<String>> {
    let comparison = compare(local, insi);
    let told: Vec<String> = comparison
        .traits
        .iter()
        .filter(|compared| match compared.which {
            Trait::GivenNames => false,
            Trait::BirthPlace => compared.how != Match::Equal && insi.birth_place.is_some(),
            _ => compared.how != Match::Equal,
        })
        .map(Compared::explanation)
        .collect();
    if told.is_empty() { Ok(()) } else { Err(told) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::NaiveDate;

    use super::super::sex::Sex;
    use super::*;

    fn traits(name: &str, given: &str, date: (i32, u32, u32)) -> Traits {
        Traits::new(
            name,
            given,
            Sex::Female,
            NaiveDate::from_ymd_opt(date.0, date.1, date.2),
        )
        .born_in("63220")
    }

    #[test]
    fn the_first_given_name_begins_the_list() {
        assert!(first_name_fits("ANNE MARIE", "ANNE-MARIE LUCIE"));
        assert!(first_name_fits("anne-marie", "ANNE MARIE"));
        for (first, list) in [
            ("ANN", "ANNE-MARIE LUCIE"),
            ("", "ANNE"),
            ("LUCIE", "ANNE LUCIE"),
        ] {
            assert!(!first_name_fits(first, list), "{first}");
        }
    }

    #[test]
    fn each_answer_is_explained() {
        let a = traits("PAT-TROIS", "DOMINIQUE", (1979, 3, 28));
        let mut b = traits("PAT TROIS", "DOMINIQUE MARIE", (1979, 3, 1));
        b.birth_date_corrected = true;
        b.birth_place = None;
        let told = compare(&a, &b);
        assert_eq!(
            told.differences(),
            [
                "le nom de naissance ne diffère que par la casse, les traits d'union ou les apostrophes",
                "la liste des prénoms est cohérente : le premier prénom est le début de la liste des prénoms",
                "la date de naissance est compatible : une partie de la date est inconnue",
                "le lieu de naissance n'est indiqué que d'un côté",
            ]
        );
        assert!(compare(&a, &a).is_equal());
        b.birth_date_corrected = false;
        assert_eq!(compare(&a, &b).of(Trait::BirthDate), Match::Different);
    }

    #[test]
    fn only_equality_qualifies_by_itself() {
        let local = traits("ECETINSI", "PIERRE-ALAIN MURIEL", (2009, 7, 14));
        assert_eq!(qualifies(&local, &local), Ok(()));
        let mut insi = local.clone();
        insi.birth_place = None;
        insi.given_names = "PIERRE-ALAIN MURIEL FLORIANT".into();
        assert_eq!(qualifies(&local, &insi), Ok(()));
        insi.first_given_name = "PIERRE".into();
        assert_eq!(qualifies(&local, &insi).unwrap_err().len(), 1);
        insi = local.clone();
        insi.sex = Sex::Male;
        insi.birth_name = "ECET-INSI".into();
        insi.birth_place = Some("99999".into());
        assert_eq!(qualifies(&local, &insi).unwrap_err().len(), 3);
        let mut unknown = local.clone();
        unknown.birth_place = None;
        // INSi gives a place that the local identity has not: the user decides
        assert_eq!(qualifies(&unknown, &local).unwrap_err().len(), 1);
    }
}
