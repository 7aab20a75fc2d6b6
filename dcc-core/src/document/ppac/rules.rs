//! Rules of a PPAC.

use crate::problem::rules;

const INCA: &str = "INCa, programme personnalisé de l'après-cancer";
const DCC: &str = "dcc, programme personnalisé de l'après-cancer";

rules! {
    TITLE: Blocking "PPAC-TITRE" "Le titre dit « PPAC » ou « après-cancer » : le type du document est celui d'un PPS" DCC;
    DIAGNOSIS: Blocking "PPAC-DIAGNOSTIC" "Le bilan de fin de traitement rappelle le diagnostic" INCA;
    TREATMENTS: Warning "PPAC-TRAITEMENTS" "Le bilan de fin de traitement rappelle les traitements reçus" INCA;
    FOLLOW_UP: Blocking "PPAC-SUIVI" "Le programme de suivi dit au moins une consultation ou un examen" INCA;
    COORDINATOR: Warning "PPAC-COORDONNATEUR" "Le programme de suivi nomme le médecin qui le coordonne" INCA;
    CONTACTS: Warning "PPAC-CONTACTS" "Le PPAC donne au patient au moins un contact" INCA;
    EMERGENCY: Warning "PPAC-URGENCE" "Le PPAC dit que faire en cas d'urgence" INCA;
    HANDED: Warning "PPAC-REMISE" "La date de remise au patient et la personne qui l'a remis vont ensemble" INCA;
    CONTINUES: Blocking "PPAC-TRAITEMENT-FIN" "Un traitement qui se poursuit n'a pas de fin passée" INCA;
}
