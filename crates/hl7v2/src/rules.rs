//! Rules on the form of an HL7 v2 message.

use dcc_base::rules;

const HL7: &str = "HL7 v2.5, chapitre 2";
const MLLP: &str = "HL7 v2, Transport Specification: MLLP, Release 1";

rules! {
    HEADER: Blocking "HL7-ENTETE" "Un message HL7 v2 commence par un segment MSH" HL7;
    DELIMITERS: Blocking "HL7-DELIMITEURS" "MSH-1 et MSH-2 déclarent des délimiteurs distincts, qui ne sont ni des lettres ni des chiffres" HL7;
    CHARSET: Blocking "HL7-ENCODAGE" "Les octets du message sont ceux du jeu de caractères déclaré en MSH-18" HL7;
    CHARSET_DOUBT: Warning "HL7-ENCODAGE-DOUTE" "Le jeu de caractères déclaré en MSH-18 ne paraît pas être celui du message" HL7;
    CHARACTER: Warning "HL7-CARACTERE" "Un message ne contient pas de caractère de commande" HL7;
    SEGMENT: Blocking "HL7-SEGMENT" "Chaque segment commence par un nom de trois caractères, puis le séparateur de champs" HL7;
    LINE_END: Warning "HL7-FIN-DE-SEGMENT" "Un segment se termine par un retour chariot seul (CR)" HL7;
    ESCAPE: Warning "HL7-ECHAPPEMENT" "Séquence d'échappement inconnue, gardée telle quelle" HL7;
    LIMIT: Blocking "HL7-LIMITE" "Le message dépasse la limite fixée" HL7;
    PATH: Blocking "HL7-CHEMIN" "Un chemin a la forme SEG[n]-champ(répétition).composant.sous-composant, chaque rang à partir de 1" HL7;
    WRITE: Blocking "HL7-ECRITURE" "La valeur ne peut pas être écrite à cette place" HL7;
    FRAME: Blocking "HL7-TRAME" "Une trame MLLP va de l'octet 0B aux octets 1C 0D" MLLP;
}
