//! What can be wrong with an edition or with a directory file.

use dcc_base::problem::rules;

const EXTRACTIONS: &str = "Annuaire Santé, extractions en libre accès (ANS)";
const FINESS: &str =
    "FINESS, extraction des établissements (etalab-cs1100502) et structures JSON (ANS)";
const FHIR: &str = "Annuaire Santé, API FHIR v2 (ANS)";
const FORMAT: &str = "Format de fichier d'annuaire de dcc";

rules! {
    COLUMN_MISSING: Blocking "ANNUAIRE-COLONNE-ABSENTE" "Une colonne nécessaire manque dans l'en-tête" EXTRACTIONS;
    COLUMN_OPTIONAL: Warning "ANNUAIRE-COLONNE-FACULTATIVE" "Une colonne attendue manque : ses valeurs restent inconnues" EXTRACTIONS;
    COLUMN_UNKNOWN: Warning "ANNUAIRE-COLONNE-INCONNUE" "Une colonne n'est pas connue : elle n'est pas lue" EXTRACTIONS;
    COLUMN_TWICE: Warning "ANNUAIRE-COLONNE-DOUBLE" "Une colonne est présente deux fois : la première est lue" EXTRACTIONS;
    EMPTY: Blocking "ANNUAIRE-VIDE" "L'édition ne contient aucune ligne" EXTRACTIONS;
    CELLS: Warning "ANNUAIRE-CELLULES" "La ligne n'a pas le nombre de cellules de l'en-tête : elle n'est pas lue" EXTRACTIONS;
    LINE_TOO_LONG: Warning "ANNUAIRE-LIGNE-LONGUE" "La ligne dépasse la longueur admise : elle n'est pas lue" EXTRACTIONS;
    ENCODING: Warning "ANNUAIRE-ENCODAGE" "La ligne n'est pas en UTF-8 : elle n'est pas lue" EXTRACTIONS;
    WINDOWS_1252: Warning "ANNUAIRE-WINDOWS-1252" "L'édition n'est pas en UTF-8 : elle est lue comme Windows-1252" FINESS;
    ID_MISSING: Warning "ANNUAIRE-IDENTIFIANT-ABSENT" "La ligne n'a pas d'identifiant : elle n'est pas lue" EXTRACTIONS;
    ID_PARTS: Warning "ANNUAIRE-IDENTIFIANT-PARTIES" "L'identification nationale n'est pas le type suivi de l'identifiant : l'identification nationale est retenue" EXTRACTIONS;
    MAILBOX_TYPE: Warning "ANNUAIRE-TYPE-BAL" "Le type de BAL n'est ni PER ni ORG" EXTRACTIONS;
    MAILBOX_ADDRESS: Warning "ANNUAIRE-ADRESSE-BAL" "L'adresse de la BAL n'a pas la forme d'une adresse électronique : la ligne n'est pas lue" EXTRACTIONS;
    MAILBOX_OWNER: Warning "ANNUAIRE-BAL-SANS-TITULAIRE" "La BAL n'a ni professionnel ni structure" EXTRACTIONS;
    TRUNCATED: Blocking "ANNUAIRE-COUPEE" "L'édition est coupée : sa dernière ligne est incomplète" EXTRACTIONS;
    TOO_MANY_FAULTS: Blocking "ANNUAIRE-FAUTES" "Trop de lignes de l'édition sont illisibles" EXTRACTIONS;
    SMALLER: Blocking "ANNUAIRE-EDITION-REDUITE" "L'édition est bien plus petite que la précédente" EXTRACTIONS;
    OLDER: Warning "ANNUAIRE-EDITION-ANCIENNE" "L'édition est plus ancienne que celle de l'annuaire précédent" EXTRACTIONS;
    MORE: Warning "ANNUAIRE-SUITE" "D'autres problèmes du même code ne sont pas détaillés" EXTRACTIONS;
    TOO_LARGE: Blocking "ANNUAIRE-TROP-GRAND" "L'annuaire dépasse la taille que son format admet" FORMAT;
    FINESS_HEADER: Warning "ANNUAIRE-FINESS-ENTETE" "La première ligne n'est pas « finess;etalab;… »" FINESS;
    FINESS_LINE: Warning "ANNUAIRE-FINESS-LIGNE" "La ligne n'est ni un établissement ni une géolocalisation : elle n'est pas lue" FINESS;
    FINESS_JSON: Blocking "ANNUAIRE-FINESS-JSON" "Le fichier n'est pas une édition JSON des structures FINESS" FINESS;
    FINESS_ELEMENT: Warning "ANNUAIRE-FINESS-ELEMENT" "Un élément n'est pas lisible : il n'est pas lu" FINESS;
    FHIR_BUNDLE: Blocking "ANNUAIRE-FHIR" "Le texte n'est pas un Bundle FHIR" FHIR;
    FHIR_RESOURCE: Warning "ANNUAIRE-FHIR-RESSOURCE" "La ressource n'est pas de celles de l'annuaire : elle n'est pas lue" FHIR;
    FHIR_ID: Warning "ANNUAIRE-FHIR-IDENTIFIANT" "La ressource n'a pas d'identifiant national : elle n'est pas lue" FHIR;
    FHIR_REFERENCE: Warning "ANNUAIRE-FHIR-REFERENCE" "La situation d'exercice renvoie à une ressource absente" FHIR;
    FHIR_CLOSED: Warning "ANNUAIRE-FHIR-FERMEE" "La situation d'exercice est fermée : elle n'est pas reprise" FHIR;
    INPUT_TOO_LONG: Blocking "ANNUAIRE-ENTREE-LONGUE" "L'entrée dépasse la longueur admise" FHIR;
    UNFINISHED: Blocking "ANNUAIRE-LECTURE-INACHEVEE" "La lecture d'une édition a été abandonnée" EXTRACTIONS;
    FILE_FORMAT: Blocking "ANNUAIRE-FICHIER" "Le fichier n'est pas un annuaire de dcc, ou il est incomplet" FORMAT;
    FILE_VERSION: Blocking "ANNUAIRE-VERSION" "La version du fichier d'annuaire n'est pas connue" FORMAT;
    FILE_CHECKSUM: Blocking "ANNUAIRE-SOMME" "Le contenu du fichier d'annuaire ne correspond pas à sa somme de contrôle" FORMAT;
    FILE_SECTION: Blocking "ANNUAIRE-SECTION" "Une partie du fichier d'annuaire est incohérente" FORMAT;
}
