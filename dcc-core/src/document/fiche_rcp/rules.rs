//! Rules of the volet FRCP 2022.01.

use crate::problem::rules;

const FRCP: &str = "CI-SIS, volet CANCER-FRCP 2022.01";
const QUALITY: &str = "INCa et HAS, critères de qualité des RCP ; décret 2022-689";

rules! {
    IDENTIFIERS: Blocking "FRCP-IDENTIFIANTS" "Les identifiants du réseau, du gestionnaire et de la RCP sont obligatoires" FRCP;
    ORGAN: Blocking "FRCP-APPAREIL" "Une RCP d'appareil porte l'appareil et au moins un organe, une RCP transversale porte le traitement ou les soins, jamais les deux" FRCP;
    OTHER_TREATMENT: Blocking "FRCP-AUTRE-TRAITEMENT" "Le type « Autres traitements » est précisé en clair" FRCP;
    INTENTION: Blocking "FRCP-INTENTION" "Le numéro d'intention commence à 1" FRCP;
    GUIDELINE: Blocking "FRCP-REFERENTIEL" "Un cas enregistré porte le référentiel suivi, ou le motif de son non-respect" FRCP;
    CONCLUSION: Blocking "FRCP-CONCLUSION" "La conclusion du compte rendu opératoire est unique" FRCP;
    PERFORMER: Blocking "FRCP-EXECUTANT" "L'acte a un exécutant : le coordonnateur ou un autre, avec sa structure et le secteur d'activité de celle-ci" FRCP;
    QUORUM: Warning "FRCP-QUORUM" "Le quorum annoncé ne concorde pas avec les participants : au moins trois médecins de spécialités différentes" QUALITY;
    QUORUM_TWICE: Warning "FRCP-QUORUM-DOUBLE" "Le même professionnel figure deux fois parmi les participants du quorum" QUALITY;
    GERIATRIC: Warning "FRCP-G8" "À partir de 75 ans, un dépistage de la fragilité gériatrique (G8) est attendu" QUALITY;
    G8_SCORE: Warning "FRCP-G8-SCORE" "Le score G8 va de 0 à 17" "ONCODAGE, score G8";
    MINOR: Warning "FRCP-MINEUR" "Le patient est mineur : un représentant est attendu" FRCP;
    VALIDATED: Warning "FRCP-STATUT-DATE" "Le statut du document a une date" FRCP;
    TRIAL: Warning "FRCP-INDICATEUR" "L'indicateur déclaré ne concorde pas avec le contenu de la fiche" "Annexe 2, indicateurs";
}
