//! Rules on coded values and on value-set files.

use dcc_base::rules;

rules! {
    CODE: Blocking "JDV-CODE" "Le code appartient au jeu de valeurs" "CI-SIS, volets de contenu et règle dansJeuDeValeurs";
    EXPIRED: Blocking "JDV-PERIME" "Le code n'est pas retiré à la date du document" "CI-SIS, jeux de valeurs (dateFin)";
    SYSTEM: Blocking "JDV-SYSTEME" "Le système de codage est celui que le jeu de valeurs donne à ce code" "CI-SIS, volets de contenu et règle dansJeuDeValeurs";
    SVS_XML: Blocking "JDV-SVS-XML" "Le fichier est un document XML bien formé, en UTF-8 et sans DTD" "IHE ITI SVS, RetrieveValueSetResponse";
    SVS_STRUCTURE: Blocking "JDV-SVS-STRUCTURE" "Le fichier porte un RetrieveValueSetResponse, un seul ValueSet et au moins un Concept" "IHE ITI SVS, RetrieveValueSetResponse";
    SVS_ATTRIBUTE: Blocking "JDV-SVS-ATTRIBUT" "Les attributs obligatoires sont présents et renseignés" "IHE ITI SVS, RetrieveValueSetResponse";
    SVS_OID: Blocking "JDV-SVS-OID" "L'identifiant du jeu de valeurs est un OID" "IHE ITI SVS, RetrieveValueSetResponse";
    SVS_DATE: Blocking "JDV-SVS-DATE" "Une date s'écrit AAAAMMJJ[HHMMSS] ou AAAA-MM-JJ[THH:MM:SS…]" "ANS, jeux de valeurs du CI-SIS";
    SVS_PERIOD: Warning "JDV-SVS-PERIODE" "La fin de validité ne précède pas le début" "ANS, jeux de valeurs du CI-SIS";
    SVS_DUPLICATE: Warning "JDV-SVS-DOUBLON" "Un code ne figure qu'une fois par système de codage ; le premier est retenu" "ANS, jeux de valeurs du CI-SIS";
    SVS_BLANK: Warning "JDV-SVS-ESPACE" "Un code ne commence ni ne finit par une espace" "ANS, jeux de valeurs du CI-SIS";
}
