//! The professional whom a login authenticates.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::national_id::NationalId;

/// A structure of optional texts, and the names of its members at Pro Santé
/// Connect. `Debug` shows no value.
macro_rules! texts {
    (
        $(#[$doc:meta])* $name:ident
        { $($(#[$member_doc:meta])* $member:ident: $claim:literal,)* }
        $({ $($(#[$list_doc:meta])* $list:ident: $of:ty,)* })?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$member_doc])*
                #[doc = concat!("\n\nClaim `", $claim, "`.")]
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $member: Option<String>,
            )*
            $($($(#[$list_doc])* pub $list: Vec<$of>,)*)?
        }

        impl $name {
            /// Names of the claims that are texts.
            pub(crate) const CLAIMS: &'static [&'static str] = &[$($claim),*];

            /// Filled by `text`, which gives the value of a claim.
            pub(crate) fn read(mut text: impl FnMut(&str) -> Option<String>) -> Self {
                $name {
                    $($member: text($claim),)*
                    ..Default::default()
                }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    $($(.field(stringify!($list), &self.$list))*)?
                    .finish_non_exhaustive()
            }
        }
    };
}

/// A professional (*professionnel*), as Pro Santé Connect describes them.
///
/// In JSON the same names as here; a member that is absent is left out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Professional {
    /// *PS_IdNat*.
    pub national_id: NationalId,
    /// What the login says of the person.
    #[serde(default)]
    pub person: Person,
    /// *Rôles* (`SubjectRole`): profession code of table G15 or G16 with its OID.
    #[serde(default)]
    pub roles: Vec<Coded>,
    /// *Secteur d'activité* (`Secteur_Activite`): code of table R02 with its OID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Coded>,
    /// *Autres identifiants* (`otherIds`).
    #[serde(default)]
    pub other_ids: Vec<OtherId>,
    /// *Exercices professionnels* (`SubjectRefPro.exercices`).
    #[serde(default)]
    pub practices: Vec<Practice>,
}

texts! {
    /// What a login says of the person, besides their practices.
    Person {
        /// *Prénom*.
        given_name: "given_name",
        /// *Nom*.
        family_name: "family_name",
        /// *Structure* of the authentication, by name.
        organization: "SubjectOrganization",
        /// *Structure* of the authentication, by its technical identifier.
        organization_id: "SubjectOrganizationID",
        /// *Mode d'accès, raison*: code list not published.
        access_reason: "Mode_Acces_Raison",
        /// *Accès régulation médicale*: `VRAI` or `FAUX`.
        emergency_regulation: "Acces_Regulation_Medicale",
        /// *PSI locale*: OID.
        local_psi: "PSI_Locale",
        /// *Palier d'authentification*: `code^OID`, code list not published.
        authentication_step: "Palier_Authentification",
        /// Version of the set of claims (*UITVersion*).
        version: "UITVersion",
    }
}

texts! {
    /// Another identifier of the professional (*autre identifiant*).
    OtherId {
        /// *Identifiant* with the digit of its register.
        id: "identifiant",
        /// *Origine*: register, for example `RPPS`, `ADELI`.
        origin: "origine",
        /// *Qualité*: code list not published.
        quality: "qualite",
    }
}

texts! {
    /// One way in which the professional practises (*exercice professionnel*).
    Practice {
        /// *Profession*: code of table G15 (G16 for students).
        profession: "codeProfession",
        /// *Catégorie professionnelle*: `C` civil, `M` military, `E` student.
        category: "codeCategorieProfessionnelle",
        /// *Civilité d'exercice*: `DR`, `PR` …
        civility: "codeCiviliteDexercice",
        /// *Nom d'exercice*.
        family_name: "nomDexercice",
        /// *Prénom d'exercice*.
        given_name: "prenomDexercice",
        /// *Type de savoir-faire*: `S` ordinal specialty …
        skill_type: "codeTypeSavoirFaire",
        /// *Savoir-faire*: code, for example `SM36`.
        skill: "codeSavoirFaire",
    }
    {
        /// *Activités* of this practice.
        activities: Activity,
    }
}

texts! {
    /// One activity of a practice (*activité*): the structure and the mode.
    Activity {
        /// *Mode d'exercice*: `L` self-employed, `S` employed, `B` voluntary.
        mode: "codeModeExercice",
        /// *Secteur d'activité*: code of table R02, `SA01` …
        sector: "codeSecteurDactivite",
        /// *Section* of the order of pharmacists.
        pharmacist_section: "codeSectionPharmacien",
        /// *Rôle*.
        role: "codeRole",
        /// *Genre d'activité*.
        kind: "codeGenreActivite",
        /// *SIRET* of the site.
        siret: "numeroSiretSite",
        /// *SIREN* of the site.
        siren: "numeroSirenSite",
        /// *FINESS* of the site.
        finess_site: "numeroFinessSite",
        /// *FINESS* of the legal entity.
        finess_legal: "numeroFinessetablissementJuridique",
        /// *Identifiant technique de la structure*.
        technical_id: "identifiantTechniqueDeLaStructure",
        /// *Raison sociale* of the site.
        name: "raisonSocialeSite",
        /// *Ancien identifiant de la structure*: a Struct_IdNat.
        former_id: "ancienIdentifiantDeLaStructure",
        /// *Enseigne commerciale* of the site.
        trade_name: "enseigneCommercialeSite",
        /// *Complément destinataire*.
        recipient_complement: "complementDestinataire",
        /// *Complément point géographique*.
        location_complement: "complementPointGeographique",
        /// *Numéro* in the street.
        street_number: "numeroVoie",
        /// *Indice de répétition*: `BIS` …
        street_number_suffix: "indiceRepetitionVoie",
        /// *Type de voie*.
        street_type: "codeTypeDeVoie",
        /// *Libellé de la voie*.
        street: "libelleVoie",
        /// *Mention de distribution*.
        distribution: "mentionDistribution",
        /// *Bureau cedex*.
        cedex: "bureauCedex",
        /// *Code postal*.
        postal_code: "codePostal",
        /// *Commune*: INSEE code.
        town: "codeCommune",
        /// *Pays*: code.
        country: "codePays",
        /// *Téléphone*.
        phone: "telephone",
        /// Second *téléphone*.
        phone_2: "telephone2",
        /// *Télécopie*.
        fax: "telecopie",
        /// *Adresse électronique*.
        email: "adresseEMail",
        /// *Département*: code.
        department: "codeDepartement",
        /// *Autorité d'enregistrement*.
        registration_authority: "autoriteDenregistrement",
    }
}

/// A code and the OID of its system, written `code^OID` in the claims.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Coded {
    /// Code.
    pub code: String,
    /// OID of the code system, as received: several circulate for the same
    /// codes, so it is not compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oid: Option<String>,
}

impl Coded {
    /// Splits `code^OID`; a code alone is accepted.
    pub(crate) fn read(text: &str) -> Option<Coded> {
        let (code, oid) = match text.split_once('^') {
            Some((code, oid)) => (code, Some(oid)),
            None => (text, None),
        };
        (!code.is_empty()).then(|| Coded {
            code: code.to_owned(),
            oid: oid.filter(|oid| !oid.is_empty()).map(str::to_owned),
        })
    }
}

impl fmt::Debug for Coded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Coded(…)")
    }
}

/// One activity with its practice: what an author acts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acting<'a> {
    /// The practice: profession and skill.
    pub practice: &'a Practice,
    /// The activity: structure and mode; none when the practice has none.
    pub activity: Option<&'a Activity>,
}

impl Professional {
    /// A professional of whom only the identifier is known.
    pub(crate) fn new(national_id: NationalId) -> Professional {
        Professional {
            national_id,
            person: Person::default(),
            roles: Vec::new(),
            sector: None,
            other_ids: Vec::new(),
            practices: Vec::new(),
        }
    }

    /// All the activities, among which the host lets the user choose (*choix
    /// de l'activité*): it gives the structure and the role of the author. A
    /// practice without activity stands alone.
    pub fn acting(&self) -> Vec<Acting<'_>> {
        let mut all = Vec::new();
        for practice in &self.practices {
            if practice.activities.is_empty() {
                let activity = None;
                all.push(Acting { practice, activity });
            }
            for activity in &practice.activities {
                let activity = Some(activity);
                all.push(Acting { practice, activity });
            }
        }
        all
    }
}

impl Activity {
    /// National identifier of the structure (*Struct_IdNat*, OID
    /// 1.2.250.1.71.4.2.2): `1` and the FINESS of the site, else `3` and the
    /// SIRET, else `2` and the SIREN, else the former identifier as it stands.
    pub fn structure_id(&self) -> Option<String> {
        let prefixed = |prefix: &str, id: &Option<String>| {
            let id = id.as_deref()?;
            Some(format!("{prefix}{id}"))
        };
        prefixed("1", &self.finess_site)
            .or_else(|| prefixed("3", &self.siret))
            .or_else(|| prefixed("2", &self.siren))
            .or_else(|| self.former_id.clone())
    }
}

impl fmt::Debug for Professional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Professional")
            .field("national_id", &self.national_id)
            .field("roles", &self.roles.len())
            .field("practices", &self.practices)
            .finish_non_exhaustive()
    }
}
