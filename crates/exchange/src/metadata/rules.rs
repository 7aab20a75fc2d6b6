//! Rules on metadata and sendings.

use dcc_base::rules;

const CDA: &str = "CI-SIS, volet « Transmission d'un document CDA-R2 en HL7 v2 » 2.1, mapping XDS";
const DMP: &str = "Service DMP intégré aux LPS, alimentation";
const IHE: &str = "IHE ITI TF-3 §4.2.3";
const INS: &str = "Référentiel INS 2.0 (ANS)";

rules! {
    AUTHOR: Blocking "META-AUTEUR" "Au moins un auteur, avec son identifiant ou son nom, est indiqué (authorPerson)" CDA;
    INSTITUTION: Warning "META-STRUCTURE" "La structure de l'auteur est indiquée (authorInstitution)" CDA;
    SPECIALTY: Warning "META-SPECIALITE" "La profession et la spécialité de l'auteur sont indiquées (authorSpecialty)" CDA;
    CLASS: Blocking "META-CLASSE" "Le type du document a une classe (classCode, ASS_X04)" CDA;
    CLASS_DMP: Blocking "META-CLASSE-DMP" "La classe du document est acceptée par le DMP (JDV_J57)" CDA;
    CONFIDENTIALITY: Blocking "META-CONFIDENTIALITE" "Le niveau de confidentialité est indiqué (confidentialityCode)" CDA;
    RESTRICTED: Blocking "META-RESTREINT" "Un document de confidentialité R ou V n'est pas partagé" DMP;
    CREATION: Blocking "META-CREATION" "La date de création est indiquée (creationTime)" CDA;
    FACILITY: Blocking "META-SECTEUR" "Le secteur d'activité est indiqué (healthcareFacilityTypeCode)" CDA;
    FACILITY_CODE: Warning "META-SECTEUR-CODE" "Le secteur d'activité est un code de JDV_J02" CDA;
    PRACTICE: Blocking "META-CADRE" "Le cadre d'exercice est indiqué (practiceSettingCode)" CDA;
    PRACTICE_CODE: Warning "META-CADRE-CODE" "Le cadre d'exercice est un code de JDV_J04" CDA;
    FORMAT: Blocking "META-FORMAT" "Le format se déduit du modèle ou du type du corps (formatCode)" CDA;
    FORMAT_FALLBACK: Warning "META-FORMAT-REPLI" "Le modèle du document n'a pas de format au CI-SIS (ASS_A11) ; il part sous « Document non référencé IHE ou CI-SIS »" CDA;
    FORMAT_DMP: Blocking "META-FORMAT-DMP" "Le format du document est accepté par le DMP (JDV_J60)" CDA;
    LANGUAGE: Blocking "META-LANGUE" "La langue est indiquée (languageCode)" CDA;
    LANGUAGE_FR: Warning "META-LANGUE-FR" "La langue d'un document français est fr-FR" CDA;
    AUTHENTICATOR: Blocking "META-RESPONSABLE" "Le responsable du document est indiqué (legalAuthenticator)" CDA;
    PATIENT: Blocking "META-INS" "Le patient est identifié par son INS (patientId)" INS;
    PATIENT_INFO: Blocking "META-TRAITS" "Les traits du patient sont indiqués (sourcePatientInfo)" CDA;
    SOURCE_PATIENT: Blocking "META-PATIENT" "Le patient a un identifiant chez l'émetteur (sourcePatientId)" CDA;
    START: Blocking "META-DEBUT" "La date de début de l'acte est indiquée (serviceStartTime)" CDA;
    ORDER: Warning "META-DATES" "L'acte finit après avoir commencé" IHE;
    FUTURE: Warning "META-FUTUR" "Le document n'est pas créé après son envoi" IHE;
    TITLE: Blocking "META-TITRE" "Le titre est indiqué (title)" CDA;
    TYPE: Blocking "META-TYPE" "Le type du document est indiqué (typeCode)" CDA;
    UNIQUE_ID: Blocking "META-ID" "L'identifiant du document est indiqué (uniqueId)" CDA;
    UNIQUE_ID_OID: Blocking "META-ID-OID" "L'identifiant du document est un OID" IHE;
    UNIQUE_ID_EXTENSION: Blocking "META-ID-EXTENSION" "Le DMP n'accepte pas d'identifiant de document avec une extension" CDA;
    BODY: Blocking "META-CORPS" "Le document a un corps" DMP;

    NO_DOCUMENT: Blocking "ENVOI-VIDE" "Un envoi contient au moins un document" IHE;
    ONE_DOCUMENT: Blocking "ENVOI-UN-DOCUMENT" "Un message MDM transporte un seul document" CDA;
    ONE_PATIENT: Blocking "ENVOI-UN-PATIENT" "Les documents d'un envoi sont d'un seul patient" IHE;
    SAME_ID: Blocking "ENVOI-ID-DOUBLE" "Les identifiants du lot et de ses documents sont tous différents" IHE;
    CHARACTER: Blocking "ENVOI-CARACTERE" "Les textes d'un envoi n'ont pas de caractère de commande" "XML 1.0 §2.2";
    SET_ID: Blocking "ENVOI-LOT" "L'identifiant du lot est un OID" IHE;
    SOURCE_ID: Blocking "ENVOI-SOURCE" "L'identifiant du système émetteur est un OID" IHE;
    ENTRY_UUID: Blocking "ENVOI-UUID" "L'identifiant d'une fiche est « urn:uuid: » et un UUID" IHE;
    SUBMITTER: Blocking "ENVOI-EMETTEUR" "L'émetteur est un professionnel ou un dispositif, avec son identifiant" CDA;
    SUBMITTER_STRUCTURE: Blocking "ENVOI-STRUCTURE" "La structure de l'émetteur est indiquée, avec son identifiant" CDA;
    ACTIVITY: Blocking "ENVOI-ACTIVITE" "Le type d'activité est un code de JDV_J59 (contentTypeCode)" CDA;
    ACTIVITY_DERIVED: Warning "ENVOI-ACTIVITE-DEDUITE" "Le type d'activité n'est ni indiqué ni déduit de la venue ou du secteur ; l'envoi porte 97, « indifférencié »" CDA;
    QUALIFIED: Blocking "ENVOI-IDENTITE" "Seule une identité qualifiée part au DMP" INS;
    REPLACED_ENTRY: Blocking "ENVOI-REMPLACE" "Le remplacement indique l'identifiant de la fiche remplacée, que donne le registre" CDA;
    REPLACED_ID: Blocking "ENVOI-REMPLACE-ID" "Un remplacement porte un nouvel identifiant de document" CDA;
    SECOND_PARENT: Warning "ENVOI-REMPLACE-PLUSIEURS" "Le document remplace plusieurs documents ; seul le premier est repris" CDA;

    BOTH_MASKS: Blocking "ENVOI-CUMUL" "Un document n'est pas à la fois masqué aux professionnels et non visible par le patient" DMP;
    MINOR_STATED: Blocking "ENVOI-MINEUR" "Pour un mineur, la visibilité par les représentants légaux est indiquée" DMP;
    MINOR_SECRET: Blocking "ENVOI-MINEUR-SECRET" "En connexion secrète, les documents d'un mineur ne sont pas visibles par ses représentants légaux" DMP;
    ANNOUNCEMENT: Warning "ENVOI-ANNONCE" "Le document part visible par le patient sans date de consultation d'annonce" "Dispositif d'annonce (INCa) ; PDSm4DMP, TD3.3b";
}
