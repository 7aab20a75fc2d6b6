//! What a reader may know of the kinds of document that the header itself
//! does not state: a profile. That of the DCC is the default.

use dcc_base::text::fold;

/// What is known of kinds of document.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Profile {
    /// Kinds of document; the first that fits counts.
    pub kinds: &'static [KindProfile],
    /// Domains of identifiers: OID, name in French.
    pub domains: &'static [(&'static str, &'static str)],
}

/// What is known of a kind of document.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KindProfile {
    /// Code of the kind (LOINC).
    pub code: &'static str,
    /// A word of the title that makes a document of this kind, when its code
    /// does not suffice; case and accents do not count.
    pub title: Option<&'static str>,
    /// Name of the kind, in place of the label of its code.
    pub name: Option<&'static str>,
    /// Labels of the date and of the place of the encounter.
    pub encounter: Option<(&'static str, &'static str)>,
    /// Roles of participants: type of participation, code of function (empty
    /// for none, `*` for any that has no name of its own), name in French.
    pub roles: &'static [(&'static str, &'static str, &'static str)],
}

const FICHE_RCP: KindProfile = KindProfile {
    code: "34794-8",
    title: None,
    name: None,
    encounter: Some(("Date de la RCP", "Lieu de la RCP")),
    roles: &[
        ("RESP", "*", "Coordonnateur de la RCP"),
        ("PRF", "353", "Participant du quorum"),
        ("PRF", "CORRE", "Participant hors quorum"),
        ("PRF", "", "Présentateur"),
    ],
};

/// The PPS and the PPAC have the same code and the same template: the label of
/// the code is that of the PPS, the title tells them apart.
const PPAC: KindProfile = KindProfile {
    code: "18776-5",
    title: Some("après-cancer"),
    name: Some("Programme personnalisé de l’après-cancer (PPAC)"),
    encounter: None,
    roles: &[],
};

impl Profile {
    /// The documents of the *Dossier communicant de cancérologie* (CI-SIS,
    /// volets FRCP, PPS, PPAC): in a fiche RCP, the encounter is the meeting and
    /// the performers are its participants.
    pub const DCC: Profile = Profile {
        kinds: &[FICHE_RCP, PPAC],
        domains: &[
            ("1.2.250.1.161.1.20.1.1", "Identifiant du DSRC (RRC)"),
            ("1.2.250.1.161.1.20.2.1", "Identifiant du 3C"),
            ("1.2.250.1.161.1.20.3.1", "Identifiant de la RCP"),
        ],
    };

    /// Nothing but what CDA R2 and the CI-SIS say of every document.
    pub const CDA: Profile = Profile {
        kinds: &[],
        domains: &[],
    };

    /// A profile of other kinds and domains.
    pub const fn new(
        kinds: &'static [KindProfile],
        domains: &'static [(&'static str, &'static str)],
    ) -> Profile {
        Profile { kinds, domains }
    }

    /// The kind of a document that has this code and this title.
    pub fn kind(&self, code: &str, title: &str) -> Option<&'static KindProfile> {
        let title = fold(title);
        self.kinds.iter().find(|kind| {
            kind.code == code && kind.title.is_none_or(|word| title.contains(&fold(word)))
        })
    }
}

impl Default for Profile {
    /// [`Profile::DCC`].
    fn default() -> Self {
        Profile::DCC
    }
}

impl KindProfile {
    /// A kind of document, by its code (LOINC), of which nothing more is known.
    pub const fn new(code: &'static str) -> KindProfile {
        KindProfile {
            code,
            title: None,
            name: None,
            encounter: None,
            roles: &[],
        }
    }

    /// What a participant is, by the type of participation and the function.
    pub fn role(&self, type_code: &str, function: &str) -> Option<&'static str> {
        self.roles
            .iter()
            .find(|(t, f, _)| *t == type_code && *f == function)
            .map(|(.., name)| *name)
    }
}
