//! The UUIDs and URNs of XDS (IHE ITI TF-3 4.2) and of the CI-SIS.

/// Namespace of ebRIM.
pub const RIM: &str = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0";
/// Namespace of ebRS lifecycle requests.
pub const LCM: &str = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0";
/// Namespace of ebRS answers.
pub const RS: &str = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0";
/// Namespace of ebRS queries.
pub const QUERY: &str = "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0";
/// Namespace of XDS.b.
pub const XDSB: &str = "urn:ihe:iti:xds-b:2007";

/// Object type of a stable document.
pub const STABLE_DOCUMENT: &str = "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1";
/// Class of a submission set.
pub const SUBMISSION_SET: &str = "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd";
/// Class of a folder.
pub const FOLDER: &str = "urn:uuid:d9d542f3-6cc4-48b6-8870-ea235fbc94c2";

/// Schemes of a submission set.
pub mod set {
    /// *author*.
    pub const AUTHOR: &str = "urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d";
    /// *contentTypeCode*.
    pub const CONTENT_TYPE: &str = "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500";
    /// *patientId*.
    pub const PATIENT_ID: &str = "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446";
    /// *sourceId*.
    pub const SOURCE_ID: &str = "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832";
    /// *uniqueId*.
    pub const UNIQUE_ID: &str = "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8";
}

/// Schemes of a document.
pub mod document {
    /// *author*.
    pub const AUTHOR: &str = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d";
    /// *classCode*.
    pub const CLASS: &str = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a";
    /// *confidentialityCode*.
    pub const CONFIDENTIALITY: &str = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f";
    /// *eventCodeList*.
    pub const EVENT: &str = "urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4";
    /// *formatCode*.
    pub const FORMAT: &str = "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d";
    /// *healthcareFacilityTypeCode*.
    pub const FACILITY: &str = "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1";
    /// *practiceSettingCode*.
    pub const PRACTICE: &str = "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead";
    /// *typeCode*.
    pub const TYPE: &str = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983";
    /// *patientId*.
    pub const PATIENT_ID: &str = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427";
    /// *uniqueId*.
    pub const UNIQUE_ID: &str = "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab";
}

/// *referenceIdList*.
pub const REFERENCE_IDS: &str = "urn:ihe:iti:xds:2013:referenceIdList";

/// Types of associations.
pub mod association {
    /// A set holds a document.
    pub const HAS_MEMBER: &str = "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember";
    /// A document replaces another.
    pub const REPLACE: &str = "urn:ihe:iti:2007:AssociationType:RPLC";
    /// A signature signs a set.
    pub const SIGNS: &str = "urn:ihe:iti:2007:AssociationType:signs";
    /// The status of a document changes.
    pub const UPDATE_STATUS: &str = "urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus";
}

/// Availability statuses (JDV_J52).
pub mod status {
    /// *Approuvé*: the current version.
    pub const APPROVED: &str = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved";
    /// *Remplacé*.
    pub const DEPRECATED: &str = "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated";
    /// *Archivé*.
    pub const ARCHIVED: &str = "urn:asip:ci-sis:2010:StatusType:Archived";
    /// *Supprimé*.
    pub const DELETED: &str = "urn:asip:ci-sis:2010:StatusType:Deleted";
}
