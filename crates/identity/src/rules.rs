//! Rules on the identity of a patient.

use dcc_base::rules;

const RNIV: &str = "RNIV 1 (identification primaire)";
const GUIDE: &str = "Guide d'implémentation de l'INS v3, EXI ID, SI et PP";
const DIFF: &str = "RNIV 1 ; Guide d'implémentation de l'INS v3, EXI ID 29 et DIF 02";
const RECEIVE: &str = "CI-SIS, volet « Transmission de documents CDA en HL7 v2 », codes 902 à 905";
const CODE: &str = "ANS, « Format du datamatrix INS » v2.2";
const INSI: &str = "Téléservice INSi (CNAM), SEL-MP-043 et schémas DESIR_ICIR_EXP 1.5";
const PAM: &str = "IHE PAM France 2.11";

rules! {
    ATTRIBUTES: Blocking "INS-ATTRIBUT" "Les attributs « douteuse » et « fictive » vont avec une identité provisoire, et seuls « douteuse » et « homonyme » se combinent" GUIDE;
    RELEASE: Blocking "IDENTITE-DIFFUSION" "Ce canal demande une identité qualifiée" DIFF;
    RELEASE_BLOCKED: Blocking "IDENTITE-APPEL-INSI" "Une identité douteuse ou fictive ne fait pas l'objet d'un appel à INSi" GUIDE;
    RELEASE_WITHOUT: Warning "IDENTITE-SANS-INS" "L'identité n'est pas qualifiée : elle part sans matricule INS" DIFF;
    RELEASE_DEROGATION: Warning "IDENTITE-DEROGATION" "L'identité n'est pas qualifiée : l'envoi par MSSanté sans INS relève d'une dérogation" DIFF;

    NAME_EMPTY: Blocking "TRAIT-ABSENT" "Ce trait strict est obligatoire" RNIV;
    NAME_CHARACTER: Blocking "TRAIT-CARACTERE" "Un nom ou un prénom ne contient que les lettres A à Z, l'espace, l'apostrophe et le trait d'union" INSI;
    NAME_LENGTH: Blocking "TRAIT-LONGUEUR" "Un nom ou une liste de prénoms a 255 caractères au plus" RNIV;
    NAME_FORM: Blocking "TRAIT-FORME" "Un nom ou un prénom ne commence ni par un espace ni par un trait d'union, et deux séparateurs ne se suivent pas" INSI;
    FIRST_NAME: Warning "TRAIT-PREMIER-PRENOM" "Le premier prénom n'est pas le début de la liste des prénoms" GUIDE;
    BIRTH_DATE: Blocking "TRAIT-DATE" "La date de naissance est une date réelle, complète, qui n'est pas dans le futur" GUIDE;
    BIRTH_YEAR: Blocking "TRAIT-ANNEE" "Quand l'année de naissance est inconnue, une année compatible avec l'âge du patient est demandée" GUIDE;
    BIRTH_PLACE: Blocking "TRAIT-LIEU" "Le lieu de naissance est un code officiel géographique de 5 caractères : commune, 99 et pays, ou 99999" GUIDE;
    BIRTH_PLACE_MISSING: Warning "TRAIT-LIEU-ABSENT" "Le lieu de naissance n'est pas indiqué" GUIDE;
    BIRTH_PLACE_FRANCE: Warning "TRAIT-LIEU-FRANCE" "99100 désigne la France sans commune" GUIDE;

    RECORD_UNKNOWN: Blocking "DOSSIER-INCONNU" "Ce dossier n'existe pas" RNIV;
    RECORD_TAKEN: Blocking "DOSSIER-EXISTANT" "Cet identifiant de dossier existe déjà" RNIV;
    RECORD_ID: Blocking "DOSSIER-IDENTIFIANT" "Un identifiant de dossier a 1 à 128 octets, sans blanc à ses extrémités ni caractère de commande" RNIV;
    RECORD_CLOSED: Blocking "DOSSIER-FERME" "Le dossier est désactivé ou fusionné : il n'est plus modifiable" RNIV;
    RECORD_OPEN: Blocking "DOSSIER-OUVERT" "Le dossier est actif, ce qui ne permet pas cette action" RNIV;
    REASON: Blocking "DOSSIER-MOTIF" "Un motif est demandé" RNIV;
    LOCK: Blocking "IDENTITE-VERROU" "Les traits stricts d'une identité récupérée, validée ou qualifiée ne se modifient qu'après déverrouillage, qui la rend provisoire" RNIV;
    DEVICE: Blocking "IDENTITE-DISPOSITIF" "Ce dispositif n'a pas un haut niveau de confiance" GUIDE;
    DEVICE_GUARDIAN: Blocking "IDENTITE-DISPOSITIF-REPRESENTANT" "Ce dispositif vaut pour un mineur, accompagné du dispositif de son représentant" GUIDE;
    DEVICE_EXPIRED: Blocking "IDENTITE-DISPOSITIF-PERIME" "Ce dispositif d'identité est périmé" GUIDE;
    DEVICE_EXPIRED_TOLERATED: Warning "IDENTITE-DISPOSITIF-PERIME-ADMIS" "Ce dispositif d'identité est périmé ; le réglage de l'établissement l'admet" GUIDE;
    DEVICE_TRAITS: Blocking "IDENTITE-DISPOSITIF-TRAITS" "Les traits ne sont pas ceux du dispositif d'identité" GUIDE;
    DEVICE_NONE: Blocking "IDENTITE-SANS-DISPOSITIF" "L'identité ne repose sur aucun dispositif" GUIDE;
    INSI_BLOCKED: Blocking "INSI-INTERDIT" "Une identité douteuse ou fictive n'est ni récupérée ni qualifiée par INSi" GUIDE;
    INSI_ACCEPT: Blocking "INSI-ACCORD" "Les traits renvoyés par INSi diffèrent des traits locaux : un utilisateur les accepte ou les refuse" GUIDE;
    INSI_NONE: Blocking "INSI-ABSENT" "L'identité n'a pas de source INSi" GUIDE;
    INS_TAKEN: Blocking "INS-DEJA-PORTE" "Un autre dossier actif a ce matricule INS : les deux dossiers sont à rapprocher" RNIV;
    INS_CONFLICT: Blocking "INS-DIFFERENTS" "Les deux dossiers ont des matricules INS actifs différents" RNIV;
    INS_KEY_DOUBT: Warning "INS-CLE-INSI" "La clé du matricule renvoyé par INSi n'est pas celle du calcul ; elle est gardée" INSI;
    LOCAL_ID: Blocking "IPP-FORME" "Un identifiant local a une valeur et une autorité d'affectation" PAM;
    LOCAL_ID_TAKEN: Blocking "IPP-DEJA-PORTE" "Un autre dossier actif a cet identifiant local" PAM;
    LOCAL_ID_UNKNOWN: Blocking "IPP-INCONNU" "Aucun dossier n'a cet identifiant local" PAM;
    MERGE_SELF: Blocking "FUSION-MEME-DOSSIER" "Un dossier ne se fusionne ni ne se lie avec lui-même" RNIV;
    MERGE_CONFIRM: Blocking "FUSION-CONFIRMATION" "Les statuts des deux identités diffèrent : la fusion est à confirmer" RNIV;
    MERGE_WEAKER: Warning "FUSION-SENS" "Le dossier éliminé a une identité plus sûre que le dossier conservé" RNIV;
    MERGE_NONE: Blocking "FUSION-AUCUNE" "Ce dossier n'a pas été fusionné" RNIV;
    LINK_NONE: Blocking "LIEN-AUCUN" "Ces deux dossiers ne sont pas liés" RNIV;
    INSTANT: Blocking "IDENTITE-INSTANT" "Un événement ne précède pas le dernier enregistré" RNIV;
    EVENT_VERSION: Blocking "IDENTITE-VERSION" "Version d'événement inconnue" RNIV;
    EVENT_ORDER: Blocking "IDENTITE-ORDRE" "Les événements se suivent sans trou" RNIV;
    MATCH_UNKNOWN: Blocking "RECEPTION-PATIENT-INCONNU" "Aucun dossier actif n'est celui du patient du document" RECEIVE;
    MATCH_INS_ABSENT: Blocking "RECEPTION-INS-ABSENT" "Le document ne contient pas le matricule INS du patient" RECEIVE;
    MATCH_DIFFERENT: Blocking "RECEPTION-INS-DIFFERENT" "L'INS ou les traits du document ne sont pas, au caractère près, ceux du dossier" RECEIVE;
    MATCH_INCOMPLETE: Blocking "RECEPTION-INS-INCOMPLET" "Un trait qui accompagne le matricule INS manque dans le document" RECEIVE;
    DUPLICATE: Warning "DOUBLON-PRESUME" "Un autre dossier paraît être celui du même patient" RNIV;
    QUERY: Blocking "RECHERCHE-CRITERES" "La recherche demande un matricule, un identifiant local, ou une date de naissance ou un nom d'au moins 3 lettres" GUIDE;

    CODE_HEADER: Blocking "DATAMATRIX-ENTETE" "Un datamatrix INS commence par IS01 et 22 zéros" CODE;
    CODE_BLOCK: Blocking "DATAMATRIX-BLOC" "Les blocs d'un datamatrix INS sont S1 à S7, chacun une fois" CODE;
    CODE_MISSING: Blocking "DATAMATRIX-ABSENT" "Les blocs S1 à S6 sont obligatoires" CODE;
    CODE_LENGTH: Blocking "DATAMATRIX-LONGUEUR" "La longueur de ce bloc n'est pas celle du format" CODE;
    CODE_SEPARATOR: Blocking "DATAMATRIX-SEPARATEUR" "Un bloc de longueur variable qui n'est ni plein ni le dernier se termine par le caractère GS (1D) ; un lecteur l'a peut-être perdu" CODE;
    CODE_VALUE: Blocking "DATAMATRIX-VALEUR" "La valeur de ce bloc n'est pas celle du format" CODE;
    CODE_SEX: Blocking "DATAMATRIX-SEXE" "Un datamatrix INS porte le sexe M ou F" CODE;
    CODE_SYMBOL: Blocking "DATAMATRIX-SYMBOLE" "Le symbole ne peut pas être dessiné ainsi" CODE;

    INSI_REQUEST: Blocking "INSI-REQUETE" "La requête à INSi demande le nom de naissance, un prénom, le sexe M ou F et la date de naissance" INSI;
    INSI_XML: Blocking "INSI-REPONSE" "La réponse n'est ni un RESULTAT du téléservice INSi, ni une erreur SOAP" INSI;
    INSI_FORM: Blocking "INSI-FORME" "Un élément attendu de la réponse du téléservice INSi manque ou n'a pas sa forme" INSI;
    INSI_DOUBT: Warning "INSI-DOUTE" "Un élément de la réponse du téléservice INSi est inattendu ; il est gardé" INSI;

    PAM_TYPE: Blocking "PAM-EVENEMENT" "Les messages traités sont ADT A28, A31, A40, A47, A24 et A37" PAM;
    PAM_VERSION: Warning "PAM-VERSION" "Le message n'est pas en HL7 v2.5" PAM;
    PAM_MISSING: Blocking "PAM-ABSENT" "Un segment ou un champ obligatoire manque" PAM;
    PAM_UNKNOWN_SEGMENT: Warning "PAM-SEGMENT-INCONNU" "Segment inconnu : il n'est pas repris" PAM;
    PAM_FORBIDDEN: Warning "PAM-INTERDIT" "Ce champ est interdit par PAM France : il n'est pas repris" PAM;
    PAM_VALUE: Blocking "PAM-VALEUR" "La valeur de ce champ n'est pas lisible" PAM;
    PAM_REPETITIONS: Blocking "PAM-REPETITIONS" "Ce champ a trop de répétitions" PAM;
    PAM_CODE: Warning "PAM-CODE" "Code sans effet : il n'est pas repris" PAM;
    PAM_STATUS: Warning "PAM-STATUT" "La fiabilité reçue (PID-32) et les preuves reçues ne s'accordent pas : le statut le plus bas est retenu" PAM;
    PAM_PROOF: Warning "PAM-PREUVE" "Identité validée reçue sans dispositif (ZFD-7)" PAM;
    PAM_INS: Warning "PAM-INS" "Le matricule INS reçu n'est pas repris" PAM;
    PAM_SAME: Warning "PAM-DEJA-FAIT" "Les deux identifiants désignent déjà le même dossier" PAM;
    PAM_SEVERAL: Blocking "PAM-PLUSIEURS-DOSSIERS" "Les identifiants reçus désignent plusieurs dossiers" PAM;
    PAM_CREATED: Warning "PAM-CREATION" "Le dossier modifié était inconnu : il est créé" PAM;
}
