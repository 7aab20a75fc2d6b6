"""Typed dicts of what the library takes: documents, their parts, facts.

For type checkers and editors alone: any mapping of the same form is taken.
Made from the JSON Schemas by ``typed_dicts.py``; not to be changed by hand.
"""

from __future__ import annotations

import datetime
from typing import List, Literal, TypedDict, Union

__all__ = [
    "AttendanceFact",
    "CrAcp",
    "FicheFact",
    "FicheRcp",
    "OfferFact",
    "Ppac",
    "Pps",
    "PpsFact",
    "SessionFact",
    "UnstructuredDocument",
]

PartialDateTime = Union[str, datetime.date]


class DatedText(TypedDict, total=False):
    """Antécédent, comorbidité"""

    date: Union[PartialDateTime, None]
    """Date"""
    text: str
    """Texte"""


class _CodedValue(TypedDict):
    """Code, avec son libellé et son système de codage"""

    code: str
    """Code"""


class CodedValue(_CodedValue, total=False):
    """Code, avec son libellé et son système de codage"""

    label: Union[str, None]
    """Libellé"""
    system: Union[str, None]
    """OID du système de codage"""


JDV_TraitementSoins_FRCP_CISIS = Union[str, CodedValue]

JDV_NatureDiscussion_CISIS = Union[str, CodedValue]

JDV_RCP_Appareil_CISIS = Union[str, CodedValue]

JDV_RCP_Organe_CISIS = Union[str, CodedValue]


class _AnswerValue(TypedDict):
    """Answer"""

    value: bool
    """Oui ou non"""


class AnswerValue(_AnswerValue, total=False):
    """Answer"""

    date: Union[PartialDateTime, None]
    """Date"""


Answer = Union[bool, AnswerValue]


class Discussion(TypedDict, total=False):
    """Type de RCP"""

    care: Union[JDV_TraitementSoins_FRCP_CISIS, None]
    """Traitement ou soins, jeu de valeurs JDV_TraitementSoins_FRCP_CISIS (10 codes)"""
    comment: Union[str, None]
    """Commentaire sur le type de RCP"""
    nature: Union[JDV_NatureDiscussion_CISIS, None]
    """Nature de la discussion, jeu de valeurs JDV_NatureDiscussion_CISIS (2 codes)"""
    organ_system: Union[JDV_RCP_Appareil_CISIS, None]
    """Appareil, jeu de valeurs JDV_RCP_Appareil_CISIS (14 codes)"""
    organs: List[JDV_RCP_Organe_CISIS]
    """Organes, jeu de valeurs JDV_RCP_Organe_CISIS (57 codes)"""
    paediatric: Union[Answer, None]
    """RCP pédiatrique"""
    recourse: Union[Answer, None]
    """RCP de recours"""


class Exam(TypedDict, total=False):
    """Examen paraclinique"""

    date: Union[PartialDateTime, None]
    """Date"""
    name: str
    """Examen"""
    result: Union[str, None]
    """Résultat"""


JDV_StatutQuorum_CISIS = Union[str, CodedValue]


class FileStatus(TypedDict, total=False):
    """Statut du dossier présenté à la RCP"""

    comment: Union[str, None]
    """Commentaire"""
    comment_date: Union[PartialDateTime, None]
    """Date du commentaire"""
    complete: Union[bool, None]
    """Dossier complet"""
    quorum: Union[JDV_StatutQuorum_CISIS, None]
    """Quorum, jeu de valeurs JDV_StatutQuorum_CISIS (3 codes)"""


class Guideline(TypedDict, total=False):
    """Référentiel de pratique clinique"""

    date: Union[PartialDateTime, None]
    """Date"""
    name: Union[str, None]
    """Nom et version"""
    not_followed: Union[str, None]
    """Motif du non-respect"""


class Frame(TypedDict, total=False):
    """Cadre de la proposition thérapeutique"""

    clinical_trial: Union[bool, None]
    """Proposition d'inclusion dans un essai clinique"""
    comment: Union[str, None]
    """Commentaire"""
    guidelines: List[Guideline]
    """Recommandations ou référentiels de pratique clinique"""


AbsentReason = Union[Literal["unknown"], Literal["not_applicable"], Literal["refused"], Literal["not_available"]]


class Absent(TypedDict):
    """Raison de l'absence d'une valeur"""

    absent: AbsentReason
    """Raison de l'absence"""


Stated_Answer = Union[Answer, Absent]


class GeriatricScreening(TypedDict, total=False):
    """Dépistage de la fragilité gériatrique"""

    date: Union[PartialDateTime, None]
    """Date"""
    score: Union[int, None]
    """Score"""
    tool: Union[str, None]
    """Nom de l'outil"""


JDV_EvaluationDouleur_CISIS = Union[str, CodedValue]


class Pain(TypedDict, total=False):
    """Douleur"""

    date: Union[PartialDateTime, None]
    """Date"""
    severity: Union[JDV_EvaluationDouleur_CISIS, None]
    """Sévérité, jeu de valeurs JDV_EvaluationDouleur_CISIS (6 codes)"""


JDV_OMSEchPerf_CISIS = Union[str, CodedValue]

JDV_OMSInterpret_CISIS = Union[str, CodedValue]


class Performance(TypedDict, total=False):
    """Échelle de performance OMS"""

    date: Union[PartialDateTime, None]
    """Date"""
    grade: Union[JDV_OMSEchPerf_CISIS, None]
    """Stade, jeu de valeurs JDV_OMSEchPerf_CISIS (5 codes)"""
    interpretation: Union[JDV_OMSInterpret_CISIS, None]
    """Interprétation, jeu de valeurs JDV_OMSInterpret_CISIS (5 codes)"""


class FunctionalStatus(TypedDict, total=False):
    """Statut fonctionnel"""

    geriatric: List[GeriatricScreening]
    """Dépistage de la fragilité gériatrique"""
    pain: Union[Pain, None]
    """Douleur"""
    performance: List[Performance]
    """Échelles de performance OMS"""


JDV_J47_FunctionCode_CISIS = Union[str, CodedValue]


class Address(TypedDict, total=False):
    """Adresse"""

    additional_locator: Union[str, None]
    """Complément"""
    city: Union[str, None]
    """Commune"""
    country: Union[str, None]
    """Pays"""
    house_number: Union[str, None]
    """Numéro dans la voie"""
    insee: Union[str, None]
    """Code INSEE de la commune"""
    lines: List[str]
    """Lignes d'adresse"""
    post_box: Union[str, None]
    """Boîte postale"""
    postal_code: Union[str, None]
    """Code postal"""
    precinct: Union[str, None]
    """Lieu-dit"""
    state: Union[str, None]
    """Région, état"""
    street_name: Union[str, None]
    """Libellé de la voie"""
    street_type: Union[str, None]
    """Type de voie"""
    unit: Union[str, None]
    """Point de remise"""
    usage: Union[str, None]
    """Usage"""


class ProfessionalIdRpps(TypedDict):
    """Numéro RPPS"""

    rpps: str
    """Numéro RPPS"""


class ProfessionalIdAdeli(TypedDict):
    """Numéro ADELI"""

    adeli: str
    """Numéro ADELI"""


class ProfessionalIdNational(TypedDict):
    """Autre identifiant national"""

    national: str
    """Autre identifiant national"""


class Identifier(TypedDict, total=False):
    """Identifier"""

    extension: Union[str, None]
    """Extension"""
    root: str
    """Racine"""


class ProfessionalIdLocal(TypedDict):
    """Identifiant local"""

    local: Identifier
    """Identifiant local"""


ProfessionalId = Union[ProfessionalIdRpps, ProfessionalIdAdeli, ProfessionalIdNational, ProfessionalIdLocal]


class PersonName(TypedDict, total=False):
    """PersonName"""

    family: str
    """Nom d'exercice ou nom utilisé"""
    given: Union[str, None]
    """Prénom"""
    prefix: Union[str, None]
    """Civilité, jeu de valeurs JDV_J245_Civilite_CISIS (2 codes)"""
    suffix: Union[str, None]
    """Titre, jeu de valeurs JDV_J246_Titre_CISIS (6 codes)"""


JDV_J04_XdsPracticeSettingCode_CISIS = Union[str, CodedValue]


class Telecom(TypedDict, total=False):
    """Coordonnée télécom"""

    uri: str
    """Adresse (URI)"""
    usage: Union[str, None]
    """Usage"""


class Organization(TypedDict, total=False):
    """Structure"""

    addresses: List[Address]
    """Adresses"""
    finess: Union[str, None]
    """Numéro FINESS"""
    name: Union[str, None]
    """Nom"""
    other_ids: List[Identifier]
    """Autres identifiants"""
    part_of: Union[str, None]
    """Nom de l'organisation de rattachement"""
    sector: Union[JDV_J04_XdsPracticeSettingCode_CISIS, None]
    """Secteur d'activité, jeu de valeurs JDV_J04_XdsPracticeSettingCode_CISIS (12 codes)"""
    siret: Union[str, None]
    """Numéro SIRET"""
    telecoms: List[Telecom]
    """Coordonnées télécom"""


Code = Union[str, CodedValue]


class Professional(TypedDict, total=False):
    """Professionnel"""

    addresses: List[Address]
    """Adresses"""
    ids: List[ProfessionalId]
    """Identifiants"""
    name: PersonName
    """Nom"""
    organization: Union[Organization, None]
    """Structure d'exercice"""
    specialty: Union[Code, None]
    """Profession et spécialité, jeu de valeurs JDV_J01_XdsAuthorSpecialty_CISIS (391 codes)"""
    telecoms: List[Telecom]
    """Coordonnées télécom"""


class Author(TypedDict, total=False):
    """Auteur"""

    comment: Union[str, None]
    """Commentaire sur le rôle"""
    function: Union[JDV_J47_FunctionCode_CISIS, None]
    """Rôle fonctionnel, jeu de valeurs JDV_J47_FunctionCode_CISIS (10 codes)"""
    professional: Professional
    """Professionnel"""
    time: Union[PartialDateTime, None]
    """Date et heure de la contribution"""


class LegalAuthenticator(TypedDict, total=False):
    """Responsable du document"""

    professional: Professional
    """Professionnel"""
    time: Union[PartialDateTime, None]
    """Date et heure de la prise de responsabilité"""


class Guardian(TypedDict, total=False):
    """Représentant du patient"""

    addresses: List[Address]
    """Adresses"""
    name: PersonName
    """Nom"""
    telecoms: List[Telecom]
    """Coordonnées télécom"""


IdentityStatus = Union[Literal["provisional"], Literal["retrieved"], Literal["validated"], Literal["qualified"]]

InsKind = Union[Literal["nir"], Literal["nia"], Literal["nir_test"], Literal["nir_demo"]]


class Ins(TypedDict, total=False):
    """Identité nationale de santé"""

    kind: InsKind
    """Nature du matricule"""
    matricule: str
    """Matricule"""


JDV_J11_RelationPatient_CISIS = Union[str, CodedValue]


class RelatedPerson(TypedDict, total=False):
    """RelatedPerson"""

    addresses: List[Address]
    """Adresses"""
    name: PersonName
    """Nom"""
    relation: Union[JDV_J11_RelationPatient_CISIS, None]
    """Lien avec le patient, jeu de valeurs JDV_J11_RelationPatient_CISIS (37 codes)"""
    telecoms: List[Telecom]
    """Coordonnées télécom"""


JDV_J143_AdministrativeGender_CISIS = Union[str, CodedValue]


class Patient(TypedDict, total=False):
    """Patient"""

    addresses: List[Address]
    """Adresses"""
    birth_date: Union[PartialDateTime, None]
    """Date de naissance"""
    birth_given_names: Union[str, None]
    """Liste des prénoms de naissance"""
    birth_name: str
    """Nom de naissance"""
    birth_place_city: Union[str, None]
    """Commune de naissance"""
    birth_place_insee: Union[str, None]
    """Code INSEE du lieu de naissance"""
    doubtful: bool
    """Attribut identité douteuse"""
    fictitious: bool
    """Attribut identité fictive"""
    first_birth_given_name: Union[str, None]
    """Premier prénom de naissance"""
    guardians: List[Guardian]
    """Représentant du patient"""
    homonym: bool
    """Attribut homonyme"""
    identity_status: Union[IdentityStatus, None]
    """Statut de l'identité"""
    ins: Union[Ins, None]
    """INS"""
    local_ids: List[Identifier]
    """Identifiants locaux"""
    mssante: Union[str, None]
    """Adresse de messagerie citoyenne"""
    persons_to_contact: List[RelatedPerson]
    """Personnes à prévenir en cas d'urgence"""
    prefix: Union[str, None]
    """Civilité, jeu de valeurs JDV_J245_Civilite_CISIS (2 codes)"""
    sex: Union[JDV_J143_AdministrativeGender_CISIS, None]
    """Sexe, jeu de valeurs JDV_J143_AdministrativeGender_CISIS (3 codes)"""
    telecoms: List[Telecom]
    """Coordonnées télécom"""
    trusted_persons: List[RelatedPerson]
    """Personnes de confiance"""
    used_given_name: Union[str, None]
    """Prénom utilisé"""
    used_name: Union[str, None]
    """Nom utilisé"""


class Replaced(TypedDict, total=False):
    """Replaced"""

    id: Identifier
    """Identifiant du document remplacé"""
    set_id: Union[Identifier, None]
    """Identifiant commun aux versions"""
    version: Union[int, None]
    """Numéro de version remplacé"""


class Header(TypedDict, total=False):
    """En-tête"""

    authors: List[Author]
    """Auteurs"""
    confidentiality: Union[Code, None]
    """Niveau de confidentialité"""
    created: Union[PartialDateTime, None]
    """Date et heure du document"""
    custodian: Organization
    """Organisation chargée de la conservation"""
    id: Identifier
    """Identifiant unique du document"""
    language: Union[str, None]
    """Langue"""
    legal_authenticator: LegalAuthenticator
    """Responsable du document"""
    patient: Patient
    """Patient"""
    recipients: List[Professional]
    """Destinataires en copie"""
    replaces: Union[Replaced, None]
    """Document remplacé"""
    set_id: Identifier
    """Identifiant commun à toutes les versions"""
    title: Union[str, None]
    """Titre"""
    version: int
    """Numéro de version"""


class LocalIndicators(TypedDict, total=False):
    """LocalIndicators"""

    fertility_preservation: Union[bool, None]
    """Préservation de la fertilité"""
    g8_done: Union[bool, None]
    """Score G8 réalisé"""
    guideline_respected: Union[bool, None]
    """Proposition conforme au référentiel"""
    oncogeriatric_assessment_requested: Union[bool, None]
    """Évaluation oncogériatrique demandée"""


class Performer(TypedDict, total=False):
    """Performer"""

    date: Union[PartialDateTime, None]
    """Date"""
    professional: Professional
    """Professionnel"""


class Period(TypedDict, total=False):
    """Période"""

    end: Union[PartialDateTime, None]
    """Fin"""
    start: Union[PartialDateTime, None]
    """Début"""


class Conclusion(TypedDict, total=False):
    """Conclusion"""

    author: Union[Author, None]
    """Auteur de la conclusion d'origine"""
    performers: List[Performer]
    """Exécutants"""
    period: Period
    """Période de l'opération ou de l'examen"""
    sampler: Union[Performer, None]
    """Préleveur"""
    text: Union[str, None]
    """Texte de la conclusion"""


class ReportConclusion(TypedDict, total=False):
    """Conclusion d'un compte rendu"""

    author: Union[Author, None]
    """Auteur de cette conclusion"""
    comment: Union[str, None]
    """Commentaire sur le compte rendu"""
    entries: List[Conclusion]
    """Conclusions"""


class Participant(TypedDict, total=False):
    """Participant"""

    comment: Union[str, None]
    """Commentaire sur le rôle"""
    period: Period
    """Période de participation"""
    professional: Professional
    """Professionnel"""
    time: Union[PartialDateTime, None]
    """Date de participation"""


class AttendingPhysicianNamed(TypedDict):
    """Nommé"""

    named: Participant
    """Nommé"""


AttendingPhysician = Union[Literal["none", "unknown"], AttendingPhysicianNamed]


class Participants(TypedDict, total=False):
    """Intervenants"""

    attending_physician: Union[AttendingPhysician, None]
    """Médecin traitant"""
    coordinator: Union[Participant, None]
    """Coordonnateur de la RCP"""
    correspondents: List[Participant]
    """Correspondants"""
    others: List[Participant]
    """Participants hors quorum"""
    presenter: Union[Participant, None]
    """Présentateur"""
    quorum: List[Participant]
    """Participants du quorum"""
    requester: Union[Participant, None]
    """Demandeur"""


JDV_TypeTraitement_FRCP_CISIS = Union[str, CodedValue]

TreatmentStatus = Union[Literal["done"], Literal["ongoing"], Literal["not_done"]]


class PastTreatment(TypedDict, total=False):
    """Traitement passé ou en cours"""

    comment: Union[str, None]
    """Commentaire"""
    detail: Union[str, None]
    """Précision"""
    kind: Union[JDV_TypeTraitement_FRCP_CISIS, None]
    """Type, jeu de valeurs JDV_TypeTraitement_FRCP_CISIS (18 codes)"""
    period: Period
    """Période"""
    status: Union[TreatmentStatus, None]
    """Statut"""


JDV_PhaseCancer_CISIS = Union[str, CodedValue]


class Progression(TypedDict, total=False):
    """Progression du cancer"""

    date: Union[PartialDateTime, None]
    """Date"""
    distant: Union[bool, None]
    """Progression à distance"""
    local: Union[bool, None]
    """Progression locale"""
    present: Union[bool, None]
    """Le cancer progresse"""
    regional: Union[bool, None]
    """Progression régionale"""


class Phase(TypedDict, total=False):
    """Phase et progression du cancer"""

    comment: Union[str, None]
    """Commentaire"""
    comment_date: Union[PartialDateTime, None]
    """Date du commentaire"""
    date: Union[PartialDateTime, None]
    """Date"""
    phase: Union[JDV_PhaseCancer_CISIS, None]
    """Phase, jeu de valeurs JDV_PhaseCancer_CISIS (2 codes)"""
    progression: Union[Progression, None]
    """Progression"""


class Request(TypedDict, total=False):
    """Demande d'examen ou d'expertise"""

    period: Period
    """Dates au plus tôt et au plus tard"""
    text: str
    """Examen demandé"""


class ProposedTreatment(TypedDict, total=False):
    """Proposition thérapeutique"""

    detail: Union[str, None]
    """Précision"""
    intention: int
    """Numéro d'intention"""
    kind: Union[JDV_TypeTraitement_FRCP_CISIS, None]
    """Type, jeu de valeurs JDV_TypeTraitement_FRCP_CISIS (18 codes)"""
    name: Union[str, None]
    """Nom du traitement"""
    order: Union[int, None]
    """Numéro séquentiel du traitement"""
    period: Period
    """Période"""


class Proposal(TypedDict, total=False):
    """Proposition de la RCP"""

    comment: Union[str, None]
    """Commentaire"""
    comment_date: Union[PartialDateTime, None]
    """Date du commentaire"""
    recourse_rcp: Union[str, None]
    """Passage en RCP de recours"""
    requests: List[Request]
    """Examens et expertises complémentaires"""
    surveillance: Union[str, None]
    """Surveillance"""
    treatments: List[ProposedTreatment]
    """Propositions thérapeutiques"""


JDV_J142_TypeRencontre_CISIS = Union[str, CodedValue]


class EnrolmentOrder(TypedDict, total=False):
    """Numéro d'inscription du patient à une session"""

    comment: Union[str, None]
    """Commentaire sur l'inscription"""
    id: Identifier
    """Identifiant de l'inscription"""


class Establishment(TypedDict, total=False):
    """Établissement"""

    address: Address
    """Adresse"""
    facility_type: Union[Code, None]
    """Modalité d'exercice, jeu de valeurs JDV_J02_XdsHealthcareFacilityTypeCode_CISIS (69 codes)"""
    finess: Union[str, None]
    """Numéro FINESS"""
    name: str
    """Nom"""
    other_id: Union[Identifier, None]
    """Autre identifiant"""


class CodedText(TypedDict, total=False):
    """CodedText"""

    code: Union[Code, None]
    """Code"""
    text: Union[str, None]
    """Précision en clair"""


class RcpContext(TypedDict, total=False):
    """Contexte de la RCP"""

    act_start: Union[PartialDateTime, None]
    """Date de début de l'acte"""
    date: Union[PartialDateTime, None]
    """Date de la RCP"""
    encounter_type: Union[JDV_J142_TypeRencontre_CISIS, None]
    """Type de prise en charge, jeu de valeurs JDV_J142_TypeRencontre_CISIS (8 codes)"""
    end: Union[PartialDateTime, None]
    """Fin de la RCP"""
    enrolment: Union[EnrolmentOrder, None]
    """Inscription du patient à la session"""
    establishment: Establishment
    """Établissement au sein duquel la RCP est organisée"""
    local_ids: List[Identifier]
    """Identifiants locaux de la RCP"""
    manager_id: str
    """Identifiant national du gestionnaire de RCP"""
    name: str
    """Dénomination"""
    network_id: str
    """Identifiant national du réseau régional de cancérologie"""
    performer: Union[Professional, None]
    """Personne ayant exécuté l'acte"""
    rcp_id: str
    """Identifiant national de la RCP"""
    session_id: Union[str, None]
    """Identifiant de la session"""
    topographies: List[CodedText]
    """Topographies de la tumeur primitive"""


JDV_StatutCasPresente_CISIS = Union[str, CodedValue]


class Reason(TypedDict, total=False):
    """Motif de la RCP"""

    case_status: Union[JDV_StatutCasPresente_CISIS, None]
    """Statut du cas présenté, jeu de valeurs JDV_StatutCasPresente_CISIS (2 codes)"""
    comment: Union[str, None]
    """Commentaire sur le motif"""
    diagnostic_opinion: Union[Answer, None]
    """Avis diagnostique"""
    paediatric: Union[Answer, None]
    """Pédiatrie"""
    problem: Union[str, None]
    """Problème"""
    problem_date: Union[PartialDateTime, None]
    """Date du problème"""
    recourse: Union[Answer, None]
    """Recours"""
    treatment_proposal: Union[Answer, None]
    """Proposition de traitement"""


JDV_StatutDoc_CISIS = Union[str, CodedValue]


class DocumentStatus(TypedDict, total=False):
    """Statut du document"""

    code: Union[JDV_StatutDoc_CISIS, None]
    """Statut, jeu de valeurs JDV_StatutDoc_CISIS (4 codes)"""
    comment: Union[str, None]
    """Commentaire sur le document"""
    date: Union[PartialDateTime, None]
    """Date du statut"""


class Synthesis(TypedDict, total=False):
    """Synthèse du cas présenté"""

    case: str
    """Synthèse et question posée à la RCP"""
    other_data: Union[str, None]
    """Autres données indispensables à l'avis"""


Stated_PartialDateTime = Union[PartialDateTime, Absent]

JDV_ModificateurTopographique_CISIS = Union[str, CodedValue]


class OtherClassification(TypedDict, total=False):
    """Autre classification"""

    name: Union[str, None]
    """Nom de la classification"""
    value: str
    """Valeur"""
    version: Union[str, None]
    """Version de la classification"""


TnmBasis = Union[Literal["clinical"], Literal["pathological"]]


class TnmComponent(TypedDict, total=False):
    """TnmComponent"""

    autopsy: bool
    """Préfixe a"""
    basis: Union[TnmBasis, None]
    """Préfixe c ou p"""
    detail: Union[str, None]
    """Précision"""
    label: Union[str, None]
    """Libellé"""
    post_treatment: bool
    """Préfixe y"""
    recurrence: bool
    """Préfixe r"""
    value: str
    """Valeur"""


Stated_TnmComponent = Union[TnmComponent, Absent]


class Tnm(TypedDict, total=False):
    """Classification TNM"""

    date: Union[PartialDateTime, None]
    """Date de la stadification"""
    edition: Union[str, None]
    """Édition"""
    m: Union[Stated_TnmComponent, None]
    """M, métastases à distance"""
    n: Union[Stated_TnmComponent, None]
    """N, adénopathies régionales"""
    stage: Union[Code, None]
    """Stade clinique"""
    t: Union[Stated_TnmComponent, None]
    """T, tumeur primitive"""


class Tumour(TypedDict, total=False):
    """Tumeur"""

    comment: Union[str, None]
    """Commentaire sur la tumeur"""
    diagnosed: Union[Stated_PartialDateTime, None]
    """Date du diagnostic"""
    laterality: Union[JDV_ModificateurTopographique_CISIS, None]
    """Latéralité, jeu de valeurs JDV_ModificateurTopographique_CISIS (46 codes)"""
    listed: Union[PartialDateTime, None]
    """Date de début"""
    morphology: CodedText
    """Morphologie, jeu de valeurs JDV_Morphologie_CISIS (1032 codes)"""
    other_classifications: List[OtherClassification]
    """Autres classifications"""
    tnm: Union[Tnm, None]
    """Stade TNM"""
    topography: CodedText
    """Topographie, jeu de valeurs JDV_Tumeur_CISIS (724 codes)"""


class FicheRcp(TypedDict, total=False):
    """Fiche RCP"""

    comorbidities: List[DatedText]
    """Comorbidités"""
    discussion: Discussion
    """Type de RCP"""
    document: Literal["fiche_rcp"]
    """Nature du document"""
    exams: List[Exam]
    """Éléments paracliniques"""
    exams_comment: Union[str, None]
    """Commentaire sur les éléments paracliniques"""
    file_status: FileStatus
    """Statut du dossier présenté"""
    frame: Frame
    """Cadre de la proposition thérapeutique"""
    from_screening: Union[Stated_Answer, None]
    """Mode de découverte du cancer"""
    functional_status: Union[FunctionalStatus, None]
    """Évaluation du statut fonctionnel"""
    header: Header
    """En-tête"""
    history: List[DatedText]
    """Antécédents médicaux notables"""
    indicators: LocalIndicators
    """Éléments des indicateurs"""
    molecular_reports: List[ReportConclusion]
    """Conclusions des comptes rendus de génétique moléculaire"""
    operative_report: Union[ReportConclusion, None]
    """Conclusion du compte rendu opératoire"""
    participants: Participants
    """Intervenants"""
    past_treatments: List[PastTreatment]
    """Traitements passés ou en cours"""
    pathology_report: Union[ReportConclusion, None]
    """Conclusion du compte rendu d'anatomie et cytologie pathologiques"""
    patient_comment: Union[str, None]
    """Commentaires et précisions sur le patient"""
    phase: Phase
    """Phase clinique de la maladie"""
    proposal: Proposal
    """Proposition de la RCP"""
    rcp: RcpContext
    """Contexte de la RCP"""
    reason: Reason
    """Motif de la RCP"""
    status: DocumentStatus
    """Statut du document"""
    synthesis: Synthesis
    """Synthèse du cas et question posée"""
    tumours: List[Tumour]
    """Tumeurs"""


class PpsContext(TypedDict, total=False):
    """Acte documenté"""

    act_end: Union[PartialDateTime, None]
    """Fin de l'acte"""
    act_start: Union[PartialDateTime, None]
    """Début de l'acte"""
    encounter: Period
    """Période de la prise en charge"""
    encounter_ids: List[Identifier]
    """Identifiants de la prise en charge"""
    encounter_type: Union[JDV_J142_TypeRencontre_CISIS, None]
    """Type de prise en charge, jeu de valeurs JDV_J142_TypeRencontre_CISIS (8 codes)"""
    establishment: Establishment
    """Lieu de la prise en charge"""
    performer: Union[Professional, None]
    """Exécutant"""


class Handover(TypedDict, total=False):
    """Remise du document au patient"""

    announcement: Union[PartialDateTime, None]
    """Date de la consultation d'annonce"""
    date: Union[PartialDateTime, None]
    """Date de remise"""
    professional: Union[Professional, None]
    """Personne ayant remis le document"""


class Paediatrics(TypedDict, total=False):
    """Pédiatrie"""

    comment: Union[str, None]
    """Commentaire"""
    paediatric: Union[Answer, None]
    """Patient pris en charge en pédiatrie"""
    reason: Union[str, None]
    """Raison de la recommandation"""
    reason_date: Union[PartialDateTime, None]
    """Date de la raison"""


class EndOfTreatment(TypedDict, total=False):
    """Situation d'arrêt des traitements"""

    comment: Union[str, None]
    """Commentaire"""
    date: Union[PartialDateTime, None]
    """Date d'arrêt"""
    stopped: Union[bool, None]
    """Arrêt de tous les traitements actifs"""


CareState = Union[Literal["done"], Literal["ongoing"], Literal["planned"], Literal["stopped"], Literal["cancelled"]]

JDV_StatutTabagique_CISIS = Union[str, CodedValue]


class Tobacco(TypedDict, total=False):
    """Consommation tabagique"""

    date: Union[PartialDateTime, None]
    """Date"""
    status: Union[JDV_StatutTabagique_CISIS, None]
    """Statut, jeu de valeurs JDV_StatutTabagique_CISIS (7 codes)"""
    text: Union[str, None]
    """En clair"""


class Weight(TypedDict, total=False):
    """Poids"""

    date: Union[PartialDateTime, None]
    """Date de la mesure"""
    unit: Union[str, None]
    """Unité"""
    value: Union[float, None]
    """Valeur"""


class CareAct(TypedDict, total=False):
    """CareAct"""

    at_home: Union[bool, None]
    """À domicile"""
    comment: Union[str, None]
    """Commentaire"""
    confirmed: Period
    """Dates confirmées"""
    detail: Union[str, None]
    """Précision en clair"""
    kind: Union[Code, None]
    """Type"""
    performers: List[Professional]
    """Lieu et intervenants"""
    planned: Period
    """Dates prévisionnelles"""
    rhythm: Union[str, None]
    """Rythme"""
    route: Union[Code, None]
    """Mode d'administration, jeu de valeurs JDV_RouteofAdministration_CISIS (82 codes)"""
    route_detail: Union[str, None]
    """Précision sur le mode d'administration"""
    side_effects: Union[str, None]
    """Effets secondaires notables"""
    state: Union[CareState, None]
    """Statut"""
    tobacco: Union[Tobacco, None]
    """Consommation tabagique"""
    weight: Union[Weight, None]
    """Poids"""


class Programme(TypedDict, total=False):
    """Programme thérapeutique et de suivi"""

    end_of_treatment: Union[EndOfTreatment, None]
    """Situation d'arrêt des traitements"""
    follow_up: List[CareAct]
    """Suivis, jeu de valeurs JDV_TypeDeSuivi_CISIS (4 codes)"""
    measures: List[CareAct]
    """Mesures associées, jeu de valeurs JDV_MesuresAssociees_CISIS (5 codes)"""
    side_effect_management: List[CareAct]
    """Prévention et gestion médicamenteuse des effets secondaires, jeu de valeurs JDV_GestionEffetsSecondaires_CISIS (2 codes)"""
    treatments: List[CareAct]
    """Traitements, jeu de valeurs JDV_TypeTraitementPPS_CISIS (15 codes)"""


class DocumentReference(TypedDict, total=False):
    """Document référencé"""

    id: Identifier
    """Identifiant du document"""
    kind: Union[str, None]
    """Nature"""
    text: Union[str, None]
    """Adresse ou précision"""


class Support(TypedDict, total=False):
    """Soins oncologiques de support et accompagnements"""

    care: List[CareAct]
    """Soins oncologiques de support, jeu de valeurs JDV_SoinsOncoDeSupport_CISIS (11 codes)"""
    social: List[CareAct]
    """Accompagnement social et socioprofessionnel, jeu de valeurs JDV_TypeAccompagnementSocioPro_CISIS (4 codes)"""


class CareTeam(TypedDict, total=False):
    """Intervenants"""

    attending_physician: Union[AttendingPhysician, None]
    """Médecin traitant"""
    coordination: List[Participant]
    """Structures de coordination ou d'interface ville-hôpital"""
    coordination_centre: Union[Participant, None]
    """Centre de coordination en cancérologie"""
    information: List[Participant]
    """Structures de soutien et d'information"""
    local: List[Participant]
    """Structures et professionnels de proximité"""
    lodging: Union[Participant, None]
    """Centre d'hébergement"""
    mediator: Union[Participant, None]
    """Médiateur de santé"""
    members: List[Participant]
    """Équipe de soins"""
    networks: List[Participant]
    """Réseau régional de cancérologie"""
    reference_establishments: List[Participant]
    """Établissements de santé de référence"""
    social: List[Participant]
    """Organismes sociaux et de maintien dans l'emploi"""


JDV_MotifMiseAJour_CISIS = Union[str, CodedValue]


class Update(TypedDict, total=False):
    """Mise à jour"""

    date: Union[PartialDateTime, None]
    """Date de la mise à jour"""
    detail: Union[str, None]
    """Précision sur le motif"""
    reason: Union[JDV_MotifMiseAJour_CISIS, None]
    """Motif, jeu de valeurs JDV_MotifMiseAJour_CISIS (10 codes)"""


class Pps(TypedDict, total=False):
    """Programme personnalisé de soins (PPS)"""

    context: PpsContext
    """Acte documenté et prise en charge"""
    document: Literal["pps"]
    """Nature du document"""
    from_screening: Union[Stated_Answer, None]
    """Mode de découverte du cancer"""
    handover: Handover
    """Remise du document au patient"""
    header: Header
    """En-tête"""
    paediatrics: Union[Paediatrics, None]
    """Pédiatrie"""
    patient_comment: Union[str, None]
    """Commentaire sur le patient"""
    personal_data_notice: Union[str, None]
    """Information sur les données personnelles"""
    phase: Union[Phase, None]
    """Phase et progression du cancer"""
    programme: Programme
    """Programme thérapeutique et de suivi"""
    rcp_date: Union[PartialDateTime, None]
    """Date de la RCP"""
    references: List[DocumentReference]
    """Documents référencés"""
    status: DocumentStatus
    """Statut du document"""
    support: Support
    """Soins oncologiques de support, accompagnement social et socioprofessionnel"""
    team: CareTeam
    """Intervenants"""
    tumours: List[Tumour]
    """Tumeurs"""
    update: Union[Update, None]
    """Motif de mise à jour"""


class Contact(TypedDict, total=False):
    """Contact"""

    email: Union[str, None]
    """Courriel"""
    hours: Union[str, None]
    """Horaires"""
    name: Union[str, None]
    """Nom"""
    organization: Union[str, None]
    """Structure"""
    phone: Union[str, None]
    """Téléphone"""
    role: str
    """Rôle"""


class ActPerformer(TypedDict, total=False):
    """Exécutant d'un acte"""

    function: Union[JDV_J47_FunctionCode_CISIS, None]
    """Fonction, jeu de valeurs JDV_J47_FunctionCode_CISIS (10 codes)"""
    period: Period
    """Période d'exécution"""
    professional: Professional
    """Professionnel"""


class DocumentedAct(TypedDict, total=False):
    """Acte documenté"""

    code: Union[Code, None]
    """Code de l'acte"""
    ids: List[Identifier]
    """Identifiants de l'acte"""
    performer: Union[ActPerformer, None]
    """Exécutant"""
    period: Period
    """Période de l'acte"""
    text: Union[str, None]
    """Libellé en clair"""


class Encounter(TypedDict, total=False):
    """Prise en charge"""

    establishment: Establishment
    """Lieu de la prise en charge"""
    ids: List[Identifier]
    """Identifiants de la prise en charge"""
    kind: Union[JDV_J142_TypeRencontre_CISIS, None]
    """Type de prise en charge, jeu de valeurs JDV_J142_TypeRencontre_CISIS (8 codes)"""
    period: Period
    """Période"""
    responsible: Union[Professional, None]
    """Responsable de la prise en charge"""


class Order(TypedDict, total=False):
    """Prescription"""

    comment: Union[str, None]
    """Commentaire"""
    id: Identifier
    """Identifiant de la prescription"""


RoleParticipant = TypedDict(
    "RoleParticipant",
    {
        "absent": "Union[AbsentReason, None]",
        "class": "Union[str, None]",
        "detail": "Union[Code, None]",
        "function": "Union[JDV_J47_FunctionCode_CISIS, None]",
        "kind": str,
        "participant": "Participant",
    },
    total=False,
)


class CareContext(TypedDict, total=False):
    """Contexte de la prise en charge"""

    acts: List[DocumentedAct]
    """Actes documentés"""
    encounter: Encounter
    """Prise en charge"""
    orders: List[Order]
    """Prescriptions"""
    participants: List[RoleParticipant]
    """Intervenants"""


class Emergency(TypedDict, total=False):
    """Conduite à tenir en cas d'urgence"""

    action: Union[str, None]
    """Que faire"""
    phone: Union[str, None]
    """Téléphone"""
    signs: Union[str, None]
    """Signes d'alerte"""


class PlannedExam(TypedDict, total=False):
    """Examen de surveillance"""

    name: str
    """Examen"""
    next: Union[PartialDateTime, None]
    """Prochain examen"""
    prescriber: Union[str, None]
    """Prescripteur"""
    rhythm: Union[str, None]
    """Rythme"""


class Visit(TypedDict, total=False):
    """Consultation de suivi"""

    comment: Union[str, None]
    """Commentaire"""
    exams: Union[str, None]
    """Examens associés"""
    next: Union[PartialDateTime, None]
    """Prochaine consultation"""
    period: Period
    """Période"""
    professional: str
    """Professionnel"""
    rhythm: str
    """Rythme"""
    role: Union[str, None]
    """Fonction"""


class FollowUp(TypedDict, total=False):
    """Programme de suivi"""

    comment: Union[str, None]
    """Commentaire"""
    coordinator: Union[str, None]
    """Médecin coordonnant le suivi"""
    exams: List[PlannedExam]
    """Examens de surveillance"""
    principles: Union[str, None]
    """Objectifs et principes"""
    visits: List[Visit]
    """Suivi alterné"""


class Handed(TypedDict, total=False):
    """Remise au patient"""

    by: Union[str, None]
    """Remis par"""
    comment: Union[str, None]
    """Commentaire"""
    consultation: Union[str, None]
    """Consultation"""
    date: Union[PartialDateTime, None]
    """Date de remise"""


class LateEffect(TypedDict, total=False):
    """Effet tardif à surveiller"""

    cause: Union[str, None]
    """Cause"""
    effect: str
    """Effet"""
    surveillance: Union[str, None]
    """Surveillance"""
    warning_signs: Union[str, None]
    """Signes qui doivent faire consulter"""


class Lifestyle(TypedDict, total=False):
    """Hygiène de vie"""

    alcohol: Union[str, None]
    """Alcool"""
    diet: Union[str, None]
    """Alimentation"""
    other: Union[str, None]
    """Autres conseils"""
    physical_activity: Union[str, None]
    """Activité physique"""
    tobacco: Union[str, None]
    """Tabac"""


class PpacSupport(TypedDict, total=False):
    """Soin de support ou réadaptation"""

    detail: Union[str, None]
    """Objectif ou précision"""
    name: str
    """Nature"""
    period: Period
    """Période"""
    provider: Union[str, None]
    """Professionnel ou structure"""


class Social(TypedDict, total=False):
    """Accompagnement social et professionnel"""

    other: Union[str, None]
    """Autre"""
    rights: Union[str, None]
    """Droits"""
    social: Union[str, None]
    """Situation sociale et aides"""
    work: Union[str, None]
    """Situation professionnelle et reprise du travail"""


class Diagnosis(TypedDict, total=False):
    """Diagnostic"""

    cancer: str
    """Cancer"""
    date: Union[PartialDateTime, None]
    """Date du diagnostic"""
    markers: Union[str, None]
    """Prédisposition, biomarqueurs"""
    stage: Union[str, None]
    """Stade"""


class ReceivedTreatment(TypedDict, total=False):
    """Traitement reçu"""

    continues: bool
    """Traitement poursuivi"""
    cumulative_dose: Union[str, None]
    """Dose cumulée"""
    effects: Union[str, None]
    """Tolérance et effets notables"""
    name: str
    """Traitement"""
    period: Period
    """Période"""
    place: Union[str, None]
    """Établissement"""


class PpacEndOfTreatment(TypedDict, total=False):
    """Bilan de fin de traitement"""

    comment: Union[str, None]
    """Commentaire"""
    diagnoses: List[Diagnosis]
    """Diagnostics"""
    ended: Union[PartialDateTime, None]
    """Date de fin des traitements"""
    outcome: Union[str, None]
    """Situation à la fin des traitements"""
    sequelae: Union[str, None]
    """Séquelles et effets persistants"""
    treatments: List[ReceivedTreatment]
    """Traitements reçus"""


class Vaccination(TypedDict, total=False):
    """Vaccination"""

    date: Union[PartialDateTime, None]
    """Date prévue"""
    detail: Union[str, None]
    """Précision"""
    schedule: Union[str, None]
    """Échéance"""
    vaccine: str
    """Vaccin"""


class Ppac(TypedDict, total=False):
    """Programme personnalisé de l'après-cancer (PPAC)"""

    contacts: List[Contact]
    """Contacts"""
    context: CareContext
    """Contexte"""
    document: Literal["ppac"]
    """Nature du document"""
    emergency: Emergency
    """Conduite à tenir en cas d'urgence"""
    follow_up: FollowUp
    """Programme de suivi"""
    handed: Handed
    """Remise au patient"""
    header: Header
    """En-tête"""
    late_effects: List[LateEffect]
    """Effets tardifs et séquelles à surveiller"""
    lifestyle: Lifestyle
    """Hygiène de vie"""
    patient_comment: Union[str, None]
    """Commentaires et précisions sur le patient"""
    rehabilitation: List[PpacSupport]
    """Réadaptation"""
    social: Social
    """Accompagnement social et professionnel"""
    summary: PpacEndOfTreatment
    """Bilan de fin de traitement"""
    supportive_care: List[PpacSupport]
    """Soins oncologiques de support"""
    vaccinations: List[Vaccination]
    """Vaccinations"""


class Comment(TypedDict, total=False):
    """Commentaire"""

    text: Union[str, None]
    """Texte"""


class Qualifier(TypedDict, total=False):
    """Qualificatif"""

    name: Code
    """Nom"""
    value: Union[Code, None]
    """Valeur"""


class Coded(TypedDict, total=False):
    """Coded"""

    absent: Union[AbsentReason, None]
    """Absence de code"""
    code: Union[Code, None]
    """Code"""
    qualifiers: List[Qualifier]
    """Qualificatifs"""
    translations: List[Code]
    """Traductions"""


class ReportPerformer(TypedDict, total=False):
    """Exécutant"""

    period: Period
    """Période"""
    professional: Professional
    """Professionnel"""


class ValueCode(TypedDict):
    """Code"""

    code: Coded
    """Code"""


class ValueText(TypedDict):
    """Texte"""

    text: str
    """Texte"""


class Quantity(TypedDict, total=False):
    """Quantity"""

    unit: Union[str, None]
    """Unité"""
    value: str
    """Nombre décimal"""


class ValueQuantity(TypedDict):
    """Quantité"""

    quantity: Quantity
    """Quantité"""


class ValueReal(TypedDict):
    """Nombre décimal"""

    real: str
    """Nombre décimal"""


class ValueInteger(TypedDict):
    """Nombre entier"""

    integer: int
    """Nombre entier"""


class ValueBoolean(TypedDict):
    """Booléen"""

    boolean: bool
    """Booléen"""


class ValuePartialDateTime(TypedDict):
    """Date"""

    partial_date_time: PartialDateTime
    """Date"""


Value = Union[ValueCode, ValueText, ValueQuantity, ValueReal, ValueInteger, ValueBoolean, ValuePartialDateTime]


class Observation(TypedDict, total=False):
    """Observation"""

    aborted: bool
    """Interrompue"""
    authors: List[Author]
    """Auteurs"""
    code: Union[Coded, None]
    """Code de l'observation"""
    comments: List[Comment]
    """Commentaires"""
    components: List[Observation]
    """Observations composantes"""
    interpretation: Union[Code, None]
    """Interprétation"""
    method: Union[Code, None]
    """Méthode"""
    negated: bool
    """Négation"""
    performers: List[ReportPerformer]
    """Exécutants"""
    period: Period
    """Période"""
    site: Union[Coded, None]
    """Site"""
    specimens: List[Identifier]
    """Prélèvements observés"""
    text: Union[str, None]
    """Texte"""
    value: Union[Value, None]
    """Valeur"""


class Battery(TypedDict, total=False):
    """Groupe d'observations"""

    aborted: bool
    """Interrompu"""
    authors: List[Author]
    """Auteurs"""
    comments: List[Comment]
    """Commentaires"""
    observations: List[Observation]
    """Observations"""
    performers: List[ReportPerformer]
    """Exécutants"""
    period: Period
    """Période"""
    specimens: List[Identifier]
    """Prélèvements observés"""
    topic: Union[Qualifier, None]
    """Sujet"""


Binary = Union[str, bytes, bytearray]


class Image(TypedDict, total=False):
    """Image"""

    data: Binary
    """Image"""
    id: str
    """Identifiant"""
    media_type: str
    """Type"""


SectionKind = Union[Literal["clinical_information"], Literal["procedure_steps"], Literal["intraoperative"], Literal["macroscopic"], Literal["microscopic"], Literal["conclusion"]]


class Procedure(TypedDict, total=False):
    """Acte"""

    authors: List[Author]
    """Auteurs"""
    code: Union[Coded, None]
    """Code de l'acte"""
    performers: List[ReportPerformer]
    """Exécutants"""
    period: Period
    """Période"""
    product: Union[Identifier, None]
    """Prélèvement obtenu"""
    product_period: Period
    """Date d'obtention du prélèvement"""
    received: Union[PartialDateTime, None]
    """Date de réception du prélèvement"""
    site: Union[Coded, None]
    """Site"""
    specimen: Union[Identifier, None]
    """Prélèvement traité"""


class Specimen(TypedDict, total=False):
    """Prélèvement"""

    batteries: List[Battery]
    """Groupes d'observations"""
    procedures: List[Procedure]
    """Prélèvements"""


class Section(TypedDict, total=False):
    """Section"""

    authors: List[Author]
    """Auteurs de la section"""
    batteries: List[Battery]
    """Groupes d'observations"""
    code: Union[Code, None]
    """Code"""
    images: List[Image]
    """Images"""
    kind: Union[SectionKind, None]
    """Nature"""
    observations: List[Observation]
    """Observations"""
    procedures: List[Procedure]
    """Actes"""
    sections: List[Section]
    """Sous-sections"""
    specialty: Union[Code, None]
    """Spécialité de la section"""
    specimens: List[Specimen]
    """Prélèvements"""
    text: Union[str, None]
    """Texte"""
    title: Union[str, None]
    """Titre"""


class CrAcp(TypedDict, total=False):
    """Compte rendu d'anatomie et cytologie pathologiques (CR-ACP)"""

    code: Union[Code, None]
    """Type de document, jeu de valeurs JDV_J07_XdsTypeCode_CISIS (114 codes)"""
    context: CareContext
    """Contexte"""
    document: Literal["cr_acp"]
    """Nature du document"""
    header: Header
    """En-tête"""
    sections: List[Section]
    """Sections"""


class UnstructuredDocument(TypedDict, total=False):
    """Document de niveau 1 (PDF)"""

    code: Union[Code, None]
    """Type de document, jeu de valeurs JDV_J07_XdsTypeCode_CISIS (114 codes)"""
    context: CareContext
    """Contexte de la prise en charge"""
    document: Literal["level_one"]
    """Nature du document"""
    header: Header
    """En-tête"""
    pdf: Binary
    """Document"""


class _Attendance(TypedDict):
    """Présence"""

    professional: str
    """Professionnel"""


class Attendance(_Attendance, total=False):
    """Présence"""

    specialty: Union[str, None]
    """Spécialité"""


Day = Union[str, datetime.date]

SessionStatus = Union[Literal["planned"], Literal["held"], Literal["cancelled"]]


class _SessionFact(TypedDict):
    """Fait : session de RCP"""

    id: str
    """Identifiant de la session"""
    rcp: str
    """Identifiant de la RCP"""
    date: Day
    """Date"""
    status: SessionStatus
    """Statut"""


class SessionFact(_SessionFact, total=False):
    """Fait : session de RCP"""

    attendances: List[Attendance]
    """Présences"""
    centre_3c: Union[str, None]
    """Centre de coordination en cancérologie"""
    establishment: Union[str, None]
    """Établissement"""
    quorum_reached: Union[bool, None]
    """Quorum atteint"""
    theme: Union[str, None]
    """Thème"""


class _AttendanceFact(TypedDict):
    """Fait : présence à une session"""

    session: str
    """Identifiant de la session"""
    professional: str
    """Professionnel"""


class AttendanceFact(_AttendanceFact, total=False):
    """Fait : présence à une session"""

    specialty: Union[str, None]
    """Spécialité exercée"""


class _FicheFact(TypedDict):
    """Fait : version d'une fiche RCP"""

    id: str
    """Identifiant de la fiche"""
    version: int
    """Version"""
    session: str
    """Identifiant de la session"""
    patient: str
    """Patient"""
    validated: bool
    """Fiche validée"""


class FicheFact(_FicheFact, total=False):
    """Fait : version d'une fiche RCP"""

    attending_physician: Union[str, None]
    """Médecin traitant"""
    attending_physician_mssante: bool
    """Médecin traitant joignable par messagerie sécurisée"""
    fertility_preservation: bool
    """Préservation de la fertilité"""
    g8: bool
    """Score G8 réalisé"""
    guideline_respected: Union[bool, None]
    """Proposition conforme au référentiel"""
    oncogeriatric_requested: bool
    """Évaluation oncogériatrique demandée"""
    trial_proposed: bool
    """Essai clinique proposé"""


class _PpsFact(TypedDict):
    """Fait : version d'un PPS"""

    id: str
    """Identifiant du PPS"""
    version: int
    """Version"""
    patient: str
    """Patient"""


class PpsFact(_PpsFact, total=False):
    """Fait : version d'un PPS"""

    centre_3c: Union[str, None]
    """Code du 3C"""
    establishment: Union[str, None]
    """FINESS de l'établissement"""
    theme: Union[str, None]
    """Thème"""
    validated_on: Union[Day, None]
    """Date de validation"""


class _OfferFact(TypedDict):
    """Fait : ligne de l'offre RCP"""

    id: str
    """Identifiant national de la RCP"""
    name: str
    """Intitulé"""


class OfferFact(_OfferFact, total=False):
    """Fait : ligne de l'offre RCP"""

    capacity: Union[int, None]
    """Capacité"""
    centre_3c: Union[str, None]
    """Code du 3C"""
    closed_on: Union[Day, None]
    """Date de fermeture"""
    coordinators: List[str]
    """Coordonnateurs"""
    enrolment_deadline: Union[str, None]
    """Délai d'inscription"""
    establishments: List[str]
    """FINESS des établissements organisateurs"""
    local_ids: List[str]
    """Identifiants locaux"""
    organ_systems: List[str]
    """Appareils"""
    place: Union[str, None]
    """Lieu"""
    quorum_rule: Union[str, None]
    """Règle de quorum"""
    recourse: bool
    """RCP de recours"""
    recurrence: Union[str, None]
    """Périodicité"""
    secretariat: Union[str, None]
    """Secrétariat"""
    theme: Union[str, None]
    """Thème"""
    video_link: Union[str, None]
    """Lien de visioconférence"""
