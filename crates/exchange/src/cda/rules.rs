//! Rules on the header of a document to hand over.

use dcc_base::rules;

rules! {
    SEVERAL: Warning "ECHANGE-CDA-PLUSIEURS" "Le fichier contient plusieurs éléments ClinicalDocument ; le premier est lu" "HL7 CDA R2";
    TIME: Warning "ECHANGE-DATE" "La date n'a pas la forme AAAAMMJJHHMMSS+ZZZZ ou n'existe pas ; elle n'est pas reprise" "HL7 V3 Data Types R1, TS";
    ZONE: Warning "ECHANGE-FUSEAU" "L'heure n'a pas de fuseau ; elle est lue comme une heure de Paris" "HL7 V3 Data Types R1, TS";
}
