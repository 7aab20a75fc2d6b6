//! Rules of the volet PPS 2022.01.

use crate::problem::rules;

const PPS: &str = "CI-SIS, volet CANCER-PPS 2022.01";
const INCA: &str = "INCa, référentiel du programme personnalisé de soins";

rules! {
    CENTRE_3C: Blocking "PPS-3C" "Le centre de coordination en cancérologie (3C) est obligatoire" PPS;
    PARTICIPANT: Blocking "PPS-INTERVENANT" "Un intervenant est nommé par sa personne ou par sa structure" PPS;
    PERFORMER: Blocking "PPS-EXECUTANT" "L'acte a un exécutant, le premier auteur ou un autre, identifié, avec sa structure et le secteur d'activité de celle-ci" PPS;
    OTHER: Blocking "PPS-AUTRE" "Le type « Autre » est précisé en clair" PPS;
    REPEATED: Warning "PPS-REDITE" "Ce texte redit ce que le document écrit de lui-même : il n'est pas gardé" PPS;
    DONE_DATE: Warning "PPS-REALISE-DATE" "Ce qui est réalisé ou arrêté a une date confirmée" PPS;
    UPDATE: Blocking "PPS-MISE-A-JOUR" "Une version qui en remplace une autre porte le motif de mise à jour" PPS;
    FIRST_UPDATE: Warning "PPS-PREMIERE-VERSION" "Une première version n'a pas de motif de mise à jour" PPS;
    RCP_DATE: Blocking "PPS-DATE-RCP" "Le PPS porte la date de la RCP" PPS;
    HANDOVER_ORDER: Warning "PPS-REMISE-ORDRE" "Le document n'est remis au patient ni avant la RCP ni avant son annonce" INCA;
    HANDED: Warning "PPS-REMISE" "Un PPS approuvé est remis au patient : la date et la personne sont attendues" INCA;
    STATUS_DATE: Warning "PPS-STATUT-DATE" "Le statut du document a une date" PPS;
    REFERENCE: Blocking "PPS-REFERENCE" "Le PPS référence au moins un document, la fiche RCP d'abord" PPS;
    SELF_REFERENCE: Blocking "PPS-REFERENCE-SOI" "Le PPS ne se référence pas lui-même" PPS;
    END: Blocking "PPS-ARRET" "L'arrêt des traitements est dit, avec sa date quand il a eu lieu" PPS;
    AFTER_END: Warning "PPS-APRES-ARRET" "Les traitements sont dits arrêtés, mais celui-ci est en cours ou à venir" PPS;
    WEIGHT: Blocking "PPS-POIDS" "Le poids est un nombre positif, dans une unité de masse UCUM admise" "CI-SIS, FR-Signe-vital-observe";
    TOBACCO: Blocking "PPS-TABAC" "La consommation tabagique est dite par un code ou en clair" PPS;
    EMPTY: Warning "PPS-VIDE" "Le programme ne porte ni traitement, ni suivi, ni arrêt des traitements" INCA;
    MINOR: Warning "PPS-MINEUR" "Le patient est mineur : un représentant est attendu" PPS;
    PAEDIATRIC: Warning "PPS-PEDIATRIE" "Le patient est mineur : la rubrique Pédiatrie est attendue, et dit oui" PPS;
    NOT_CARRIED: Warning "PPS-REPRISE" "Cet élément de la fiche RCP n'est pas repris dans le PPS" PPS;
    VERSION_STATUS: Blocking "PPS-VERSION-STATUT" "Seul un PPS validé est remplacé par une nouvelle version" PPS;
    VERSION_DATE: Blocking "PPS-VERSION-DATE" "Une nouvelle version est postérieure à celle qu'elle remplace" PPS;
}
