//! Attributes that CDA itself fixes.

use crate::xml::{NodeId, Tree};

/// Attributes of an element whose only value CDA fixes, or that add nothing to
/// the place of the element: a reader takes them without a word. Source: CDA
/// R2, `POCD_MT000040.xsd`.
fn fixed(element: &str) -> &'static [&'static str] {
    match element {
        "ClinicalDocument"
        | "encompassingEncounter"
        | "nonXMLBody"
        | "order"
        | "parentDocument"
        | "structuredBody" => &["classCode", "moodCode"],
        "section" => &["classCode", "moodCode", "ID"],
        "component" => &["typeCode", "contextConductionInd"],
        "componentOf"
        | "custodian"
        | "documentationOf"
        | "inFulfillmentOf"
        | "informationRecipient"
        | "responsibleParty"
        | "specimen" => &["typeCode"],
        "location" => &["typeCode", "classCode", "determinerCode"],
        "entryRelationship" | "entry" => &["typeCode", "inversionInd", "contextConductionInd"],
        "author" | "informant" | "legalAuthenticator" | "recordTarget" => {
            &["typeCode", "contextControlCode"]
        }
        "participant" => &["contextControlCode"],
        "serviceEvent" => &["moodCode"],
        "assignedAuthor" | "assignedCustodian" | "assignedEntity" | "guardian"
        | "healthCareFacility" | "intendedRecipient" | "patientRole" | "specimenRole" => {
            &["classCode"]
        }
        "patient" => &["determinerCode"],
        "assignedPerson"
        | "associatedPerson"
        | "guardianPerson"
        | "place"
        | "playingEntity"
        | "receivedOrganization"
        | "representedCustodianOrganization"
        | "representedOrganization"
        | "scopingEntity"
        | "scopingOrganization"
        | "wholeOrganization" => &["classCode", "determinerCode"],
        _ => &[],
    }
}

/// Marks, for a reader, the attributes of [`fixed`].
pub(super) fn mark(tree: &Tree<'_>, node: NodeId) {
    if tree.attrs(node).is_empty() {
        return;
    }
    for name in fixed(tree.name(node)) {
        tree.attr(node, name);
    }
}
