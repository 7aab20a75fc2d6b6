//! Rules on national identifiers.

use crate::problem::rules;

const INS: &str = "Référentiel INS 2.0 (ANS)";
const ID: &str = "CI-SIS, annexe « Sources des données personnes et structures »";

rules! {
    INS_FORMAT: Blocking "INS-FORMAT" "Le matricule INS a 13 caractères puis une clé de 2 chiffres" INS;
    INS_KEY: Blocking "INS-CLE" "La clé du matricule INS est fausse" INS;
    RPPS_FORMAT: Warning "RPPS-FORMAT" "Le numéro RPPS a 11 chiffres" ID;
    RPPS_KEY: Warning "RPPS-CLE" "La clé du numéro RPPS est fausse" ID;
    ADELI_FORMAT: Warning "ADELI-FORMAT" "Le numéro ADELI a 9 caractères" ID;
    NATIONAL_FORMAT: Warning "PS-IDNAT" "L'identifiant national d'un professionnel commence par le chiffre de son répertoire" ID;
    FINESS_FORMAT: Warning "FINESS-FORMAT" "Le numéro FINESS a 9 caractères" ID;
    FINESS_KEY: Warning "FINESS-CLE" "La clé du numéro FINESS est fausse" ID;
    SIRET_FORMAT: Warning "SIRET-FORMAT" "Le numéro SIRET a 14 chiffres" ID;
    SIRET_KEY: Warning "SIRET-CLE" "La clé du numéro SIRET est fausse" ID;
}
