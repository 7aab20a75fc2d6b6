//! Rules of the supportive care.

use crate::problem::rules;

const SOURCE: &str = "INCa, référentiel organisationnel des soins oncologiques de support";

rules! {
    TRANSITION: Blocking "SOS-ETAPE" "Cette étape ne suit pas l'état du besoin" SOURCE;
    DATE: Blocking "SOS-DATE" "L'étape n'est pas antérieure à la précédente" SOURCE;
    OTHER: Blocking "SOS-AUTRE" "Un autre soin de support est précisé en clair" SOURCE;
    PROFESSIONAL: Blocking "SOS-PROFESSIONNEL" "L'étape nomme le professionnel" SOURCE;
    PLANNED_DATES: Blocking "SOS-PREVISION" "Un soin planifié a une date prévisionnelle" SOURCE;
    REFUSAL: Warning "SOS-REFUS" "Le motif du refus est attendu" SOURCE;
}
