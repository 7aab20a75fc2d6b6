//! Rules on ebRIM metadata.

use dcc_base::rules;

const RIM: &str = "ebRIM 3.0 ; IHE ITI TF-3 §4.2";

rules! {
    ROOT: Blocking "EBRIM-RACINE" "Le document ne contient pas de liste d'objets ebRIM (RegistryObjectList)" RIM;
    NO_SET: Blocking "EBRIM-LOT" "Les métadonnées contiennent un lot de soumission (RegistryPackage)" RIM;
    SEVERAL_SETS: Warning "EBRIM-LOTS" "Les métadonnées contiennent un seul lot de soumission ; le premier est repris" RIM;
    UNKNOWN: Warning "EBRIM-INCONNU" "Cet élément n'est pas une métadonnée XDS connue ; il n'est pas repris" RIM;
    TWICE: Warning "EBRIM-DOUBLE" "Cette métadonnée a une seule valeur ; la première est reprise" RIM;
    SPACES: Warning "EBRIM-BLANCS" "Une valeur contient des sauts de ligne ; ils sont lus comme une espace" RIM;
    SIZE: Warning "EBRIM-TAILLE" "La taille (size) est un nombre entier d'octets" RIM;
    MISSING: Warning "EBRIM-MANQUE" "Une métadonnée requise manque" RIM;
    LINK: Warning "EBRIM-LIEN" "Une association relie des objets présents dans les métadonnées" RIM;
}
