//! Rules of a report.

use crate::problem::rules;

const APSR: &str = "IHE PaLM, Anatomic Pathology Structured Report 2.0";
const DCC: &str = "dcc, compte rendu d'anatomie et cytologie pathologiques";

rules! {
    WRITTEN: Blocking "ACP-ECRITURE" "Seul un CR-ACP est écrit ; un autre compte rendu est transmis tel qu'il a été reçu" DCC;
    SECTIONS: Blocking "ACP-SECTIONS" "Un compte rendu a au moins une section" APSR;
    CONCLUSION: Blocking "ACP-CONCLUSION" "Un compte rendu a une section de conclusion, avec un groupe d'observations au moins" APSR;
    SECTION_KIND: Blocking "ACP-SECTION-NATURE" "Une section a une nature ou un code, pas les deux" APSR;
    SECTION_EMPTY: Blocking "ACP-SECTION-VIDE" "La section ne dit rien" APSR;
    CODE: Blocking "ACP-CODE" "Une observation a un code" APSR;
    VALUE: Blocking "ACP-VALEUR" "Une observation a une valeur, un texte ou des observations composantes, ou elle est interrompue" APSR;
    NUMBER: Blocking "ACP-NOMBRE" "Un nombre décimal s'écrit avec un point, par exemple 1.5" "HL7 v3, PQ et REAL";
    ONE_LINE: Blocking "ACP-LIGNE" "La valeur textuelle tient sur une ligne" DCC;
    PRODUCT: Blocking "ACP-PRELEVEMENT" "Un prélèvement a un identifiant" APSR;
    EMPTY_GROUP: Blocking "ACP-GROUPE" "Le groupe d'observations ou le prélèvement est vide" APSR;
    IMAGE_ID: Blocking "ACP-IMAGE-ID" "L'identifiant d'une image est unique et commence par une lettre, suivie de lettres, chiffres, tirets ou points" "XML 1.0, type ID";
    IMAGE_TYPE: Blocking "ACP-IMAGE-TYPE" "Une image est au format JPEG, PNG ou GIF, et son type le dit" APSR;
    IMAGE_SIZE: Blocking "ACP-IMAGE-TAILLE" "Les images du compte rendu sont trop volumineuses" DCC;
}
