//! Editions of the directory of the size of the national ones, invented and
//! deterministic: the same seed gives the same bytes.
//!
//! What is known of the editions of 08/2026 is followed: 2.4 million lines of
//! activities of some 340 bytes for 1.95 million persons, 535 000 mailboxes
//! (85 % of persons) of some 166 bytes, 5 018 domains.

use std::fmt::Write;

use dcc_base::identity::luhn;

/// The sizes of an edition.
#[derive(Clone, Copy, Debug)]
pub struct Edition {
    /// Changes every choice.
    pub seed: u64,
    /// Lines of activities.
    pub activities: u64,
    /// Mailboxes.
    pub mailboxes: u64,
}

impl Default for Edition {
    fn default() -> Self {
        Edition {
            seed: 2026,
            activities: 2_400_000,
            mailboxes: 535_000,
        }
    }
}

/// The header of the activities.
pub const ACTIVITIES: &str = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code rôle|Libellé rôle|Code genre activité|Libellé genre activité\n";

/// The header of the mailboxes.
pub const MAILBOXES: &str = "Type de BAL|Adresse BAL|Type Identifiant PP|Identifiant PP|Identification nationale PP|Type identifiant structure|Identification Structure|Service de rattachement|Civilité d'exercice|Nom d'exercice|Prénom d'exercice|Catégorie profession|Libellé de catégorie profession|Code Profession|Libellé Profession|Code savoir-faire|Libellé savoir-faire|Dématérialisation|Raison Sociale structure BAL|Enseigne commerciale structure BAL|L2COMPLEMENTLOCALISATION|L3COMPLEMENTDISTRIBUTION|L4NUMEROVOIE|L4COMPLEMENTNUMEROVOIE|NL4TYPEVOIE|L4LIBELLEVOIE|L5LIEUDITMENTION|L6LIGNEACHEMINEMENT|Code postal|Département|Pays\n";

const PROFESSIONS: &[(&str, &str, u64)] = &[
    ("60", "Infirmier", 42),
    ("10", "Médecin", 20),
    ("70", "Masseur-Kinésithérapeute", 8),
    ("91", "Orthophoniste", 3),
    ("21", "Pharmacien", 6),
    ("40", "Chirurgien-Dentiste", 5),
    ("31", "Assistant dentaire", 4),
    ("96", "Aide-soignant", 4),
    ("93", "Psychologue", 5),
    ("50", "Sage-Femme", 3),
];
const SKILLS: &[(&str, &str)] = &[
    ("SM54", "Médecine Générale (SM)"),
    ("SM26", "Qualifié en Médecine Générale (SM)"),
    ("SM36", "Oncologie, opt médicale (SM)"),
    ("SM37", "Oncologie, opt radiothérapie (SM)"),
    ("SM04", "Cardiologie et maladies vasculaires (SM)"),
    ("SM02", "Anesthésie-réanimation (SM)"),
    ("SM40", "Pédiatrie (SM)"),
    ("SM41", "Pneumologie (SM)"),
    ("SM42", "Psychiatrie (SM)"),
    ("SM14", "Chirurgie viscérale et digestive (SM)"),
    ("SM24", "Gastro-entérologie et hépatologie (SM)"),
    ("SM34", "ORL et Chirurgie cervico-faciale (SM)"),
];
const SECTORS: &[(&str, &str)] = &[
    ("SA01", "Etablissement public de santé"),
    ("SA04", "Etablissement privé non PSPH"),
    ("SA07", "Cabinet individuel"),
    ("SA08", "Cabinet de groupe"),
    ("SA33", "Pharmacie d'officine"),
    ("SA36", "Centre de lutte contre le cancer"),
];
const GIVENS: &[&str] = &[
    "MARIE",
    "NATHALIE",
    "ISABELLE",
    "CATHERINE",
    "SYLVIE",
    "JEAN",
    "PHILIPPE",
    "MICHEL",
    "ALAIN",
    "PATRICK",
    "Nicolas",
    "Céline",
    "Aurélie",
    "Émilie",
    "Julie",
    "Camille",
    "Léa",
    "Chloé",
    "Manon",
    "Thomas",
    "Alexandre",
    "Pierre",
    "François",
    "Hélène",
    "Sophie",
    "Valérie",
    "Stéphanie",
    "Sandrine",
    "Laurent",
    "Sébastien",
    "Frédéric",
    "Éric",
    "Olivier",
    "David",
    "Christophe",
    "Julien",
    "Guillaume",
    "Mathieu",
    "Antoine",
    "Maxime",
    "Quentin",
    "Lucas",
    "Hugo",
    "Louis",
    "Paul",
    "Anne",
    "Claire",
    "Lætitia",
    "Zoé",
    "Inès",
];
const SYLLABLES: &[&str] = &[
    "BA", "BER", "BON", "BOU", "CAR", "CHA", "CHE", "COL", "DAN", "DEL", "DU", "FA", "FER", "FOU",
    "GAR", "GI", "GUE", "HAR", "JA", "KER", "LA", "LAN", "LE", "LOU", "MAR", "MEU", "MOR", "NO",
    "PAS", "PER", "PI", "PON", "RAM", "RE", "ROU", "SAU", "SER", "TAR", "THI", "VAL", "VER", "VI",
];
const ENDINGS: &[&str] = &[
    "AND", "ARD", "AULT", "AUX", "EAU", "ELLE", "ERT", "ET", "EUX", "IER", "IN", "NET", "OIS",
    "ON", "OT", "OUX", "RET", "SON", "TEL", "TIER", "TIN", "VAL", "VIN", "Y",
];
const STREETS: &[(&str, &str)] = &[
    ("R", "RUE"),
    ("AV", "AVENUE"),
    ("BD", "BOULEVARD"),
    ("PL", "PLACE"),
    ("CHE", "CHEMIN"),
    ("ALL", "ALLEE"),
];

/// A stream of choices (SplitMix64).
#[derive(Clone)]
pub struct Choices(u64);

impl Choices {
    /// The choices of a thing, whatever was chosen before.
    pub fn of(seed: u64, kind: u64, number: u64) -> Self {
        let mut choices = Choices(
            seed ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15)
                ^ number.wrapping_mul(0xd1b5_4a32_d192_ed03),
        );
        choices.next();
        choices
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    fn chance(&mut self, hundredths: u64) -> bool {
        self.below(100) < hundredths
    }

    /// Below `n`, the first far more often than the last, as names are.
    fn skewed(&mut self, n: u64) -> u64 {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((n as f64).powf(unit) - 1.0) as u64 % n
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }
}

/// The surname of a rank; ranks give different names.
fn surname_of(rank: u64, out: &mut String) {
    let (s, e) = (SYLLABLES.len() as u64, ENDINGS.len() as u64);
    let mut rest = rank / e;
    let mut syllables = vec![SYLLABLES[(rest % s) as usize]];
    rest /= s;
    while rest > 0 {
        rest -= 1;
        syllables.push(SYLLABLES[(rest % s) as usize]);
        rest /= s;
    }
    out.extend(syllables);
    out.push_str(ENDINGS[(rank % e) as usize]);
}

/// A person of the edition.
pub struct Person {
    /// *PS_IdNat*.
    pub national: String,
    /// *Nom*.
    pub surname: String,
    /// *Prénom*.
    pub given: String,
    profession: (&'static str, &'static str),
    skill: (&'static str, &'static str),
}

/// The RPPS number of a rank, its key right; ranks are scattered.
fn rpps(rank: u64) -> String {
    // a bijection of the ten million numbers that begin with 10 and 8 digits
    let body = 1_000_000_000 + (rank.wrapping_mul(7_368_787) % 10_000_019);
    let text = body.to_string();
    let key = luhn::key(&text).unwrap_or('0');
    format!("{text}{key}")
}

impl Edition {
    /// The person of a rank.
    pub fn person(&self, rank: u64) -> Person {
        let mut c = Choices::of(self.seed, 1, rank);
        let mut surname = String::new();
        if c.chance(2) {
            surname.push_str(c.pick(&["DE ", "LE ", "DU ", "DE LA ", "D'"]));
        }
        surname_of(c.skewed(420_000), &mut surname);
        if c.chance(6) {
            surname.push('-');
            surname_of(c.skewed(420_000), &mut surname);
        }
        let mut given = String::new();
        let one = |c: &mut Choices, given: &mut String| {
            if c.chance(85) {
                given.push_str(c.pick(GIVENS));
            } else {
                surname_of(c.skewed(20_000), given);
            }
        };
        one(&mut c, &mut given);
        if c.chance(8) {
            given.push('-');
            one(&mut c, &mut given);
        }
        let mut share = c.below(100);
        let profession = PROFESSIONS.iter().find(|p| {
            let here = share < p.2;
            share = share.saturating_sub(p.2);
            here
        });
        let (code, label, _) = *profession.unwrap_or(&PROFESSIONS[0]);
        let skill = if code == "10" {
            c.pick(SKILLS)
        } else {
            ("", "")
        };
        Person {
            national: format!("8{}", rpps(rank)),
            surname,
            given,
            profession: (code, label),
            skill,
        }
    }

    /// Person of a line: 81 persons in a hundred lines, lines of one together.
    fn owner(&self, line: u64) -> u64 {
        line * 81 / 100
    }

    /// Number of persons.
    pub fn persons(&self) -> u64 {
        self.owner(self.activities.saturating_sub(1)) + 1
    }

    /// The FINESS number of an establishment of the shared ones.
    pub fn finess(&self, site: u64) -> String {
        let body = format!("{:08}", 1_000_000 + site * 7);
        let key = luhn::key(&body).unwrap_or('0');
        format!("{body}{key}")
    }

    /// Number of establishments where several persons work.
    pub fn sites(&self) -> u64 {
        self.activities / 20 + 1
    }

    /// Writes a line of activities.
    pub fn activity(&self, line: u64, out: &mut String) {
        let rank = self.owner(line);
        let p = self.person(rank);
        let mut c = Choices::of(self.seed, 2, line);
        let civility = c.pick(&[("M", "Monsieur"), ("MME", "Madame")]);
        let practice = if p.profession.0 == "10" {
            ("DR", "Docteur")
        } else {
            ("", "")
        };
        let skill_type = if p.skill.0.is_empty() {
            ("", "")
        } else {
            ("S", "Spécialité ordinale")
        };
        let category = if c.chance(95) {
            ("C", "Civil")
        } else {
            ("E", "Étudiant")
        };
        let _ = write!(
            out,
            "8|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|",
            &p.national[1..],
            p.national,
            practice.0,
            practice.1,
            civility.0,
            civility.1,
            p.surname,
            p.given,
            p.profession.0,
            p.profession.1,
            category.0,
            category.1,
            skill_type.0,
            skill_type.1,
            p.skill.0,
            p.skill.1
        );
        let (sector, genre) = match c.below(100) {
            0..38 => {
                let _ = write!(out, "S|Salarié|{}", "|".repeat(28));
                (("", ""), ("GENR01", "Activité standard de soin"))
            }
            38..72 => {
                out.push_str("S|Salarié|");
                let site = c.skewed(self.sites());
                self.structure(site, true, out);
                (
                    SECTORS[site as usize % 2],
                    ("GENR01", "Activité standard de soin"),
                )
            }
            _ => {
                out.push_str("L|Libéral, indépendant, artisan, commerçant|");
                self.structure(1_000_000 + rank, false, out);
                (
                    SECTORS[2 + rank as usize % 3],
                    ("GENR01", "Activité standard de soin"),
                )
            }
        };
        let _ = write!(
            out,
            "CNOM/CNOM/CNOM|{}|{}|||||{}|{}\n",
            sector.0, sector.1, genre.0, genre.1
        );
    }

    /// Cells 20 to 47 of a line.
    fn structure(&self, number: u64, shared: bool, out: &mut String) {
        let mut c = Choices::of(self.seed, 3, number);
        let siren = 100_000_000 + (number * 7_919) % 899_999_999;
        let finess = if shared {
            self.finess(number)
        } else {
            String::new()
        };
        let legal = if shared {
            self.finess(number / 4)
        } else {
            String::new()
        };
        let mut name = String::new();
        if shared {
            name.push_str(c.pick(&[
                "CENTRE HOSPITALIER ",
                "CLINIQUE ",
                "EHPAD ",
                "PHARMACIE ",
                "HOPITAL ",
                "LABORATOIRE ",
            ]));
        } else {
            name.push_str(c.pick(&[
                "CABINET DU DR ",
                "CABINET INFIRMIER ",
                "SELARL ",
                "SCM ",
                "CABINET ",
                "MAISON DE SANTE ",
            ]));
        }
        surname_of(c.skewed(420_000), &mut name);
        let _ = write!(
            out,
            "{siren}{:05}|{siren}|{finess}|{legal}|R1010{number:010}|{name}|",
            10 + number % 9
        );
        let street = c.pick(STREETS);
        let town = c.skewed(35_000);
        let mut label = String::new();
        surname_of(town * 12 + 5, &mut label);
        let department = 1 + town % 95;
        let postal = department * 1000 + town / 95 % 99 * 10;
        let mut road = String::from(c.pick(&["DE LA ", "DES ", "DU ", "DE L'"]));
        surname_of(c.skewed(60_000), &mut road);
        let repeated = if c.chance(5) { "B" } else { "" };
        let email = if c.chance(12) {
            format!("contact@{}.fr", label.to_lowercase())
        } else {
            String::new()
        };
        let (trade, access) = (
            if c.chance(8) { name.as_str() } else { "" },
            if c.chance(10) { "BATIMENT A" } else { "" },
        );
        let phone = if c.chance(70) {
            format!("0{}", 100_000_000 + c.below(500_000_000))
        } else {
            String::new()
        };
        let old = if shared {
            format!("1{finess}")
        } else {
            format!("4{:011}{:03}", number, 1)
        };
        let _ = write!(
            out,
            "{trade}||{access}|{}|{repeated}|{}|{}|{road}||{postal:05} {label}|{postal:05}|{department:02}{:03}|{label}|99000|France|{phone}|||{email}|{department:02}|Département {department}|{old}|",
            1 + c.below(150),
            street.0,
            street.1,
            town / 95 % 999
        );
    }

    /// Writes a line of mailboxes.
    pub fn mailbox(&self, number: u64, out: &mut String) {
        let mut c = Choices::of(self.seed, 4, number);
        let domain = c.skewed(5_018);
        let mut host = String::new();
        surname_of(domain * 31, &mut host);
        let host = host.to_lowercase();
        if number % 100 < 85 {
            // a repeated address now and then, as editions have them
            let rank = (number * 7) % self.persons();
            let p = self.person(rank);
            let part = |name: &str| name.to_lowercase().replace([' ', '\''], "");
            let _ = write!(
                out,
                "PER|{}.{}@{host}.mssante.fr|8|{}|{}|||||{}|{}|C|Civil|{}|{}|{}|{}|O|||||||||||||\n",
                part(&p.given),
                part(&p.surname),
                &p.national[1..],
                p.national,
                p.surname,
                p.given,
                p.profession.0,
                p.profession.1,
                p.skill.0,
                p.skill.1
            );
        } else {
            let site = number % self.sites();
            let mut service = String::new();
            surname_of(c.skewed(2_000), &mut service);
            let _ = write!(
                out,
                "ORG|{}.{site}@{host}.mssante.fr||||1|{}|{service}||||||||||O|CENTRE HOSPITALIER {}||||{}||RUE|DES ESSAIS||{:05} {}|{:05}|{:02}|FRANCE\n",
                service.to_lowercase(),
                self.finess(site),
                host.to_uppercase(),
                1 + site % 90,
                1000 + site % 94_000,
                host.to_uppercase(),
                1000 + site % 94_000,
                1 + site % 95
            );
        }
    }

    /// The text of the activities.
    pub fn activities_text(&self) -> String {
        let mut out = String::with_capacity(self.activities as usize * 350);
        out.push_str(ACTIVITIES);
        (0..self.activities).for_each(|line| self.activity(line, &mut out));
        out
    }

    /// The text of the mailboxes.
    pub fn mailboxes_text(&self) -> String {
        let mut out = String::with_capacity(self.mailboxes as usize * 180);
        out.push_str(MAILBOXES);
        (0..self.mailboxes).for_each(|number| self.mailbox(number, &mut out));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edition_has_the_shape_and_the_size_of_the_national_one() {
        let edition = Edition {
            activities: 20_000,
            mailboxes: 5_000,
            ..Edition::default()
        };
        let activities = edition.activities_text();
        assert_eq!(activities, edition.activities_text());
        assert!(activities.lines().all(|l| l.split('|').count() == 56));
        assert!(
            (320..360).contains(&(activities.len() / 20_000)),
            "{}",
            activities.len() / 20_000
        );
        let mailboxes = edition.mailboxes_text();
        assert!(mailboxes.lines().all(|l| l.split('|').count() == 31));
        assert!(
            (140..190).contains(&(mailboxes.len() / 5_000)),
            "{}",
            mailboxes.len() / 5_000
        );
        let mut ids: Vec<String> = (0..edition.persons())
            .map(|p| edition.person(p).national)
            .collect();
        assert!(ids.iter().all(|id| luhn::is_valid(&id[1..])));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len() as u64, edition.persons());
    }
}
