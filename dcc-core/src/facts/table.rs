//! The one table of facts.
//!
//! `facts!(callback)` calls the macro `callback!` with the whole table; each
//! part of the library takes from it what it needs: the structs (`define`),
//! the columns, the reading of a line, the row of a store, the records of
//! UniFFI. A field is written here, and in the C struct, and nowhere else.
//!
//! The kind of a field sets its Rust type, its JSON, and its checks:
//!
//! | kind | type | absent |
//! |---|---|---|
//! | `id`, `key` | text that is not blank | no |
//! | `text` | text | yes |
//! | `dimension` | text that is not the word of a total | yes |
//! | `version`, `number` | whole number | no, yes |
//! | `day`, `maybe_day` | day of the Europe/Paris calendar | no, yes |
//! | `status` | status of a session | no |
//! | `yes_no`, `flag` | true or false | no, yes: false |
//! | `answer` | true, false, or not stated | yes |
//! | `list` | texts | yes: none |
//!
//! `in names` names the texts that a store keeps once; `as` the row of a
//! store; `with` the fields that another struct holds too; `list` what a
//! fact has several of. A text after the kind is the French heading of the
//! column in the export.

/// Calls a macro with the table of facts: see the module.
#[doc(hidden)]
#[macro_export]
macro_rules! facts {
    ($callback:ident) => {
        $callback! {
            /// One session of an RCP (*session de RCP*).
            SessionFact as StoredSession {
                /// *Identifiant de la session*: opaque.
                id: id in sessions,
                /// *Identifiant de la RCP* that holds it: opaque.
                rcp: key in rcps,
                /// *Date*, of the Europe/Paris calendar; its month is the month of all its fiches.
                date: day,
                /// *Statut*: planned, held or cancelled.
                status: status,
                /// FINESS of the organising establishment (*établissement*), if known.
                establishment: dimension in establishments,
                /// Code of the 3C (*centre de coordination en cancérologie*), if known.
                centre_3c: dimension in centres,
                /// *Thème* of the RCP, if known.
                theme: dimension in themes,
                /// *Quorum atteint*, or not; `None` when nobody stated it.
                quorum_reached: answer,
            } list {
                /// *Présences*: who was there; may be fed apart as [`AttendanceFact`]s.
                attendances: SessionAttendance
            };

            /// One professional present at a session, as a row of a table of its own.
            AttendanceFact as StoredAttendance {
                /// *Identifiant de la session*, as in [`SessionFact::id`].
                session: key in sessions,
                /// *Professionnel*: opaque key.
                professional: key in professionals,
                /// *Spécialité exercée*: its code, if known.
                specialty: text in specialties,
            };

            /// One version of one fiche RCP.
            FicheFact as StoredFiche {
                /// *Identifiant de la fiche*: opaque, the same for all its versions.
                id: id in fiches,
                /// *Version*; the highest one alone counts.
                version: version,
                /// *Identifiant de la session* where the case is discussed.
                session: key in sessions,
                /// *Patient*: opaque key.
                patient: key in patients,
                /// *Fiche validée*.
                validated: yes_no,
            } with {
                /// What the indicators of annex 2 ask of a fiche.
                flags: FicheFlags {
                    /// Opaque key of the attending physician (*médecin traitant*), if named.
                    attending_physician: text in physicians,
                    /// *Médecin traitant joignable par messagerie sécurisée* (MSSanté).
                    attending_physician_mssante: flag,
                    /// *Score G8 réalisé*.
                    g8: flag,
                    /// *Évaluation oncogériatrique demandée*.
                    oncogeriatric_requested: flag,
                    /// *Préservation de la fertilité* proposed or organised.
                    fertility_preservation: flag,
                    /// *Essai clinique proposé*.
                    trial_proposed: flag,
                    /// *Proposition conforme au référentiel*, or not; `None`
                    /// when the fiche does not state it.
                    guideline_respected: answer,
                }
            };

            /// One version of one PPS (*programme personnalisé de soins*).
            PpsFact as StoredPps {
                /// *Identifiant du PPS*: opaque, the same for all its versions.
                id: id in pps,
                /// *Version*; the highest one alone counts.
                version: version,
                /// *Patient*: opaque key.
                patient: key in patients,
                /// *Date de validation*, of the Europe/Paris calendar; `None` while not validated.
                validated_on: maybe_day,
                /// *FINESS de l'établissement*, if known.
                establishment: dimension in establishments,
                /// *Code du 3C*, if known.
                centre_3c: dimension in centres,
                /// *Thème*, if known.
                theme: dimension in themes,
            };

            /// One line of the offer of RCPs (*offre RCP*), as `offre_rcp.csv` lists it.
            ///
            /// In a CSV feed, the lists are one cell, values separated by `|`.
            OfferFact as none {
                /// *Identifiant national de la RCP*, or its only id when it has no national one.
                id: key "identifiant",
                /// Local ids (*identifiants locaux*).
                local_ids: list "identifiants locaux",
                /// Name (*intitulé*).
                name: key "intitulé",
                /// *Thème*.
                theme: text "thème",
                /// Organ systems (*appareils*).
                organ_systems: list "appareils",
                /// *FINESS des établissements organisateurs*.
                establishments: list "établissements",
                /// *Code du 3C*.
                centre_3c: text "3C",
                /// Place (*lieu*).
                place: text "lieu",
                /// Link of the video meeting (*lien de visioconférence*).
                video_link: text "visioconférence",
                /// Coordinators (*coordonnateurs*), with how to reach them.
                coordinators: list "coordonnateurs",
                /// The secretariat (*secrétariat*) and how to reach it.
                secretariat: text "secrétariat",
                /// Recurrence in words (*périodicité*), for example "le jeudi à 14 h".
                recurrence: text "périodicité",
                /// Cases a session can take (*capacité*).
                capacity: number "capacité",
                /// Until when cases are enrolled, in words (*délai d'inscription*), for
                /// example "la veille à 12:00".
                enrolment_deadline: text "délai d'inscription",
                /// The quorum rule in words (*règle de quorum*).
                quorum_rule: text "règle de quorum",
                /// Whether other RCPs refer cases to it (*RCP de recours*).
                recourse: flag "recours",
                /// *Date de fermeture* of the RCP, of the Europe/Paris calendar, if
                /// it was: it stays listed for the sessions that it held.
                closed_on: maybe_day "fermée le",
            };
        }
    };
}
