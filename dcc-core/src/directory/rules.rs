//! Where a document and the national directory do not agree. Warnings all: a
//! professional who is absent from one edition may be there in the next.

use crate::problem::rules;

const DIRECTORY: &str = "Annuaire Santé et FINESS, édition donnée par l'appelant";
const J01: &str = "JDV_J01_XdsAuthorSpecialty_CISIS";

rules! {
    PERSON_UNKNOWN: Warning "ANNUAIRE-PS-INCONNU" "Le professionnel n'est pas dans l'annuaire" DIRECTORY;
    PERSON_CLOSED: Warning "ANNUAIRE-PS-DESACTIVE" "L'annuaire indique que le professionnel n'exerce plus" DIRECTORY;
    PERSON_NAME: Warning "ANNUAIRE-PS-NOM" "Le nom n'est pas celui de l'annuaire pour cet identifiant" DIRECTORY;
    PERSON_SPECIALTY: Warning "ANNUAIRE-PS-SPECIALITE" "La profession ou la spécialité n'est pas de celles de l'annuaire pour cet identifiant" DIRECTORY;
    MAILBOX_UNKNOWN: Warning "ANNUAIRE-BAL-INCONNUE" "L'adresse MSSanté n'est pas dans l'annuaire" DIRECTORY;
    MAILBOX_OWNER: Warning "ANNUAIRE-BAL-TITULAIRE" "L'adresse MSSanté est celle d'un autre professionnel" DIRECTORY;
    STRUCTURE_UNKNOWN: Warning "ANNUAIRE-STRUCTURE-INCONNUE" "La structure n'est pas dans l'annuaire" DIRECTORY;
    STRUCTURE_CLOSED: Warning "ANNUAIRE-STRUCTURE-DESACTIVEE" "L'annuaire indique que la structure est fermée" DIRECTORY;
    SPECIALTY_CHOICE: Warning "ANNUAIRE-SPECIALITE-CHOIX" "Plusieurs spécialités sont possibles : choisissez celle au titre de laquelle la personne intervient" J01;
    STRUCTURE_CHOICE: Warning "ANNUAIRE-STRUCTURE-CHOIX" "La personne exerce dans plusieurs structures : choisissez celle où elle intervient" DIRECTORY;
    CHOICE_UNKNOWN: Warning "ANNUAIRE-CHOIX" "Ce choix n'est pas de ceux de l'annuaire pour cet identifiant" DIRECTORY;
}
