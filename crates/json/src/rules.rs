//! What can be wrong with a JSON input.

use dcc_base::problem::rules;

const SOURCE: &str = "dcc, modèle d'entrée";

rules! {
    SYNTAX: Blocking "JSON-SYNTAXE" "Le texte n'est pas un JSON valide" SOURCE;
    FIELD: Blocking "JSON-CHAMP" "Le champ n'existe pas" SOURCE;
    VALUE: Blocking "JSON-VALEUR" "La valeur n'a pas la forme attendue" SOURCE;
    DOUBLE: Blocking "JSON-DOUBLON" "Le champ est donné deux fois" SOURCE;
    KIND: Blocking "JSON-DOCUMENT" "La nature du document n'est pas celle attendue" SOURCE;
    NUMBER: Blocking "JSON-NOMBRE" "Un nombre infini ou indéfini n'a pas de forme JSON" "RFC 8259, §6";
    MORE: Blocking "JSON-SUITE" "Les fautes sont trop nombreuses : d'autres suivent peut-être" SOURCE;
}
