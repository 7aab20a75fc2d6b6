//! What can be wrong with a document at level 1.

use crate::problem::rules;

const N1: &str = "CI-SIS, volet Structuration minimale de documents de santé, corps non structuré";
const ISO: &str = "ISO 32000, structure d'un fichier PDF";

rules! {
    TYPE: Blocking "N1-TYPE" "Le type du document est obligatoire" N1;
    PDF_EMPTY: Blocking "PDF-ABSENT" "Le fichier PDF est obligatoire" N1;
    PDF_SIGNATURE: Blocking "PDF-SIGNATURE" "Le fichier n'est pas un PDF : il ne commence pas par %PDF-" ISO;
    PDF_END: Warning "PDF-FIN" "Le fichier PDF semble tronqué : il ne se termine pas par %%EOF" ISO;
    PDF_SIZE: Blocking "PDF-TAILLE" "Le fichier PDF est trop volumineux" N1;
}
