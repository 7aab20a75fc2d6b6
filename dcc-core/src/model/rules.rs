//! Rules that every document shares.

use crate::problem::rules;

const MIN: &str = "CI-SIS, volet Structuration minimale de documents de santé";
const INS: &str = "Référentiel INS 2.0 et RNIV (ANS)";
const XML: &str = "XML 1.0 §2.2";
const CANCER: &str = "CI-SIS, volets CANCER-FRCP et CANCER-PPS 2022.01";
const DCC: &str = "dcc, modèle d'entrée";

rules! {
    REQUIRED: Blocking "REQUIS" "Cette donnée est obligatoire" MIN;
    EMPTY: Blocking "TXT-VIDE" "Le texte est vide : retirez le champ ou renseignez-le" DCC;
    CHARACTER: Blocking "TXT-CARACTERE" "Le texte contient un caractère interdit par XML 1.0" XML;
    DASH: Warning "TXT-TIRET" "Un tiret seul se lit comme l'absence de valeur" DCC;
    NOT_CARRIED: Blocking "NON-PORTE" "Le document n'a pas de place pour cette donnée ici" MIN;
    ABSENCE: Blocking "ABSENCE" "Cette raison d'absence n'est pas admise ici" MIN;

    ID_ROOT: Blocking "ID-RACINE" "La racine d'un identifiant est un OID ou un UUID" MIN;
    ID_LENGTH: Blocking "ID-LONGUEUR" "La racine d'un identifiant a 128 caractères au plus, son extension 64" MIN;
    DUPLICATE: Blocking "DOUBLON" "Cette valeur figure déjà dans la liste" MIN;
    LABEL: Blocking "LIBELLE-LIGNE" "Un libellé tient sur une ligne, sans tabulation" MIN;
    FREE_CODE: Blocking "CODE-FORME" "Un code n'a pas d'espace et son système de codage est un OID" MIN;
    VERSION: Blocking "VERSION" "La version est un entier à partir de 1" MIN;
    REPLACES: Blocking "VERSION-REMPLACE" "Une version 2 ou suivante remplace la précédente, une version 1 n'en remplace aucune" MIN;
    SAME_ID: Blocking "VERSION-IDENTIFIANT" "Une nouvelle version a son propre identifiant et garde celui de l'ensemble" MIN;
    LANGUAGE: Blocking "LANGUE" "La langue s'écrit comme fr-FR" MIN;

    ZONE: Blocking "DATE-FUSEAU" "Une heure est donnée avec son fuseau horaire" MIN;
    INSTANT: Blocking "DATE-HEURE" "Cette date est donnée avec l'heure" MIN;
    ORDER: Blocking "DATE-ORDRE" "La fin est après le début" "CI-SIS, règle IVL_TS";
    FUTURE: Warning "DATE-FUTURE" "La date est postérieure au document" DCC;
    BEFORE_BIRTH: Warning "DATE-NAISSANCE" "La date est antérieure à la naissance du patient" DCC;

    TELECOM: Blocking "TELECOM" "Une coordonnée s'écrit préfixe:adresse, sans espace" MIN;
    TELECOM_USE: Blocking "TELECOM-USAGE" "L'usage de la coordonnée n'est pas admis" MIN;
    ADDRESS_USE: Blocking "ADRESSE-USAGE" "L'usage de l'adresse n'est pas admis" MIN;
    ADDRESS_LINES: Blocking "ADRESSE-LIGNES" "Une adresse est donnée en 7 lignes au plus ou en parties, pas les deux" MIN;
    TITLE: Blocking "NOM-TITRE" "La civilité ou le titre n'appartient pas au jeu de valeurs" "JDV_J245_Civilite_CISIS, JDV_J246_Titre_CISIS";

    INS_TRAITS: Blocking "INS-TRAITS" "Avec un matricule INS, les traits de l'identité sont obligatoires" INS;
    INS_WITHHELD: Warning "INS-NON-QUALIFIEE" "Le matricule n'est pas transmis : l'identité n'est pas qualifiée" INS;
    INS_ATTRIBUTE: Blocking "INS-ATTRIBUT" "Une identité douteuse ou fictive ne peut pas être qualifiée" INS;
    INS_MAIL: Blocking "INS-MESSAGERIE" "Une adresse de messagerie citoyenne contient le matricule : donnez-la dans le champ mssante" INS;
    INS_LOCAL: Blocking "INS-LOCAL" "Un matricule INS se donne dans le champ ins, pas parmi les identifiants locaux" INS;
    CITIZEN_MAIL: Blocking "MSSANTE-CITOYEN" "L'adresse de messagerie citoyenne finit par @patient.mssante.fr" "Référentiel socle MSSanté";
    PATIENT_ID: Blocking "PATIENT-IDENTIFIANT" "Le document porte un matricule INS qualifié ou un identifiant local" MIN;
    INSEE: Blocking "INSEE-FORMAT" "Un code INSEE a 5 caractères" INS;
    ORGANIZATION_ID: Blocking "STRUCTURE-IDENTIFIANT" "La structure a un identifiant national" MIN;
    MAIN_ACT: Blocking "ACTE-PRINCIPAL" "L'acte principal a un début, et un exécutant dont le secteur d'activité est donné" MIN;
    PARTICIPANT_CLASS: Blocking "INTERVENANT-CLASSE" "La classe d'un intervenant est PROV ou AGNT" MIN;
    CODE_SYSTEM: Blocking "CODE-NOMENCLATURE" "Le code est donné avec l'OID de sa nomenclature" MIN;
    ONE_MOMENT: Blocking "PARTICIPATION" "Une participation a une date ou une période, pas les deux" MIN;

    TUMOUR: Blocking "TUMEUR" "Le document porte au moins une tumeur, avec son diagnostic, sa morphologie et sa topographie" CANCER;
    TNM: Blocking "TNM" "Un TNM porte T, N et M, chacun par sa valeur ou par la raison de son absence ; s'il est sans objet, retirez-le" CANCER;
    TNM_VALUE: Blocking "TNM-VALEUR" "Une valeur du TNM commence par sa lettre ; les préfixes c, p, y, r et a ont leurs champs" "UICC, classification TNM";
    PROGRESSION: Blocking "PROGRESSION" "Quand le cancer progresse, la progression locale, régionale et à distance sont obligatoires" CANCER;
}
