//! What facts must respect to be counted.

use crate::problem::rules;

const SOURCE: &str = "annexe 2, qualité des faits";

rules! {
    COLUMN: Blocking "FAIT-COLONNE" "Chaque colonne porte un nom connu, une seule fois" SOURCE;
    MISSING: Blocking "FAIT-OBLIGATOIRE" "La valeur est obligatoire" SOURCE;
    DATE: Blocking "FAIT-DATE" "La date est une date du calendrier, AAAA-MM-JJ ou JJ/MM/AAAA, sans heure" SOURCE;
    DATE_RANGE: Blocking "FAIT-DATE-BORNES" "La date se trouve dans les bornes admises" SOURCE;
    BOUNDS: Blocking "FAIT-BORNES" "La première date admise ne suit pas la dernière" SOURCE;
    BOOLEAN: Blocking "FAIT-BOOLEEN" "La valeur est un booléen" SOURCE;
    INTEGER: Blocking "FAIT-ENTIER" "La valeur est un nombre entier, sans décimale" SOURCE;
    NEGATIVE: Blocking "FAIT-NEGATIF" "Le nombre n'est pas négatif" SOURCE;
    STATUS: Blocking "FAIT-STATUT" "Le statut de la session est connu" SOURCE;
    TEXT: Blocking "FAIT-TEXTE" "La valeur est un texte d'au plus 65 535 octets" SOURCE;
    RESERVED: Blocking "FAIT-RESERVE" "Le mot « tous », qui désigne les totaux, n'est ni un établissement, ni un 3C, ni un thème" SOURCE;
    LINE: Blocking "FAIT-LIGNE" "La ligne se lit dans le format annoncé" SOURCE;
    SESSION: Blocking "FAIT-SESSION" "La session citée figure parmi les sessions fournies" SOURCE;
    CONFLICT: Blocking "FAIT-CONFLIT" "Un même identifiant et une même version ne portent qu'un seul contenu ; un seul fait est compté" SOURCE;
    DUPLICATE: Warning "FAIT-DOUBLON" "Le même fait est donné plusieurs fois ; il est compté une seule fois" SOURCE;
    PERIOD: Blocking "INDIC-PERIODE" "La période commence avant sa fin et ne dépasse pas cent ans" SOURCE;
    PERIOD_TEXT: Blocking "INDIC-PERIODE-TEXTE" "La période s'écrit par une année, un mois, un jour, ou deux d'entre eux" SOURCE;
    MONTH: Blocking "INDIC-MOIS" "Le mois s'écrit AAAA-MM" SOURCE;
    BYTES: Blocking "INDIC-OCTETS" "Les octets sont ceux d'un agrégat, entiers et intacts" SOURCE;
    BYTES_VERSION: Blocking "INDIC-VERSION" "La version du format de l'agrégat est connue" SOURCE;
    TABLE: Blocking "INDIC-TABLE" "La table porte un nom connu" SOURCE;
}
