//! Rules on XDM packages.

use dcc_base::rules;

const XDM: &str = "IHE ITI TF-2 §3.32 (ITI-32)";
const ZIP: &str = "APPNOTE.TXT (PKWARE), IHE ITI TF-2 §3.32";
const MSS: &str = "Référentiel socle MSSanté #2, clients de messagerie";

rules! {
    ZIP_FORM: Blocking "XDM-ZIP" "Le paquet est une archive ZIP lisible" ZIP;
    LIMIT: Blocking "XDM-LIMITE" "Le paquet dépasse une limite de lecture" "dcc, options de lecture";
    NAME: Blocking "XDM-NOM" "Un nom de fichier de l'archive est relatif et ne sort pas de l'archive" ZIP;
    TWICE: Blocking "XDM-DOUBLE" "Un fichier est présent une seule fois dans l'archive" ZIP;
    ENCRYPTED: Blocking "XDM-CHIFFRE" "Un fichier de l'archive n'est pas chiffré" XDM;
    METHOD: Blocking "XDM-COMPRESSION" "Un fichier de l'archive est stocké ou compressé par DEFLATE" ZIP;
    CONTENT: Blocking "XDM-CONTENU" "Le contenu d'un fichier a la taille et la somme de contrôle annoncées" ZIP;
    OVERLAP: Blocking "XDM-CHEVAUCHEMENT" "Les fichiers de l'archive ne se chevauchent pas" ZIP;
    NO_SET: Blocking "XDM-LOT" "Le paquet contient un lot : IHE_XDM/<dossier>/METADATA.XML" XDM;
    OUTER_FOLDER: Warning "XDM-RACINE" "README.TXT, INDEX.HTM et IHE_XDM sont à la racine de l'archive" XDM;
    NO_README: Warning "XDM-README" "Le paquet contient README.TXT et INDEX.HTM à sa racine" XDM;
    URI: Blocking "XDM-URI" "Chaque fiche indique un fichier présent dans son dossier (URI)" XDM;
    HASH: Warning "XDM-HASH" "L'empreinte SHA-1 du fichier est celle de la fiche (hash)" XDM;
    SIZE: Warning "XDM-TAILLE" "La taille du fichier est celle de la fiche (size)" XDM;
    ID: Warning "XDM-ID" "L'identifiant du document est celui de la fiche (uniqueId)" XDM;
    SET_ID: Warning "XDM-LOT-ID" "L'identifiant du lot diffère de celui de ses documents" XDM;
    MISSING: Warning "XDM-MANQUE" "La fiche porte les métadonnées requises par XDM : uniqueId, hash, size, URI, mimeType" XDM;
    UNLISTED: Warning "XDM-NON-DECLARE" "Chaque document du dossier a sa fiche" XDM;
    NAME_83: Warning "XDM-8-3" "Les noms de fichiers ont la forme 8.3, en majuscules (ISO 9660 niveau 1)" XDM;
    NIL: Warning "XDM-NIL" "La référence produit (X-MSS-NIL) est indiquée" MSS;
    SLOT: Blocking "XDM-ACTION" "Le nom de la métadonnée « action » commence par « urn: » et non par « urn:ihe: »" "IHE ITI TF-3 §4.2.3.1.6";
}
