//! Codes of PAM France.

use dcc_base::identity::ins::InsKind;

/// Segments that an identity message may hold. Those that carry no identity
/// have no effect here.
pub(super) const SEGMENTS: [&str; 36] = [
    "MSH", "SFT", "EVN", "PID", "PD1", "MRG", "ROL", "NK1", "PV1", "PV2", "DB1", "OBX", "AL1",
    "DG1", "DRG", "PR1", "GT1", "IN1", "IN2", "IN3", "ACC", "UB1", "UB2", "PDA", "NTE", "ARV",
    "ZBE", "ZFA", "ZFD", "ZFM", "ZFP", "ZFS", "ZFT", "ZFU", "ZFV", "ZPA",
];

/// Fields of PID that PAM France forbids.
pub(super) const FORBIDDEN: [usize; 9] = [2, 4, 9, 12, 17, 19, 20, 22, 28];

/// What a code of PID-32 (HL7 table 0445, French values) does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reliability {
    /// `VIDE`: no status.
    Empty,
    /// `PROV`.
    Provisional,
    /// `RECUP`: of no table, but sent.
    Retrieved,
    /// `VALI`.
    Validated,
    /// `QUAL`: of no table, but sent.
    Qualified,
    /// `HOMD`, `HOMA`: homonym detected, proven. Which of the two is the RNIV
    /// attribute is not settled: both are.
    Homonym,
    /// `DOUT`.
    Doubtful,
    /// `FICT`, and `FICTI` of older senders.
    Fictitious,
    /// A code of the table without effect on the identity, with its French name.
    NoEffect(&'static str),
}

const RELIABILITIES: [(&str, Reliability); 23] = [
    ("VIDE", Reliability::Empty),
    ("PROV", Reliability::Provisional),
    ("RECUP", Reliability::Retrieved),
    ("VALI", Reliability::Validated),
    ("QUAL", Reliability::Qualified),
    ("HOMD", Reliability::Homonym),
    ("HOMA", Reliability::Homonym),
    ("DOUT", Reliability::Doubtful),
    ("FICT", Reliability::Fictitious),
    ("FICTI", Reliability::Fictitious),
    ("DOUB", Reliability::NoEffect("doublon")),
    ("DESA", Reliability::NoEffect("désactivée")),
    ("DPOT", Reliability::NoEffect("doublon potentiel")),
    ("DOUA", Reliability::NoEffect("doublon avéré")),
    ("COLP", Reliability::NoEffect("collision potentielle")),
    ("COLV", Reliability::NoEffect("collision avérée")),
    ("FILI", Reliability::NoEffect("filiation")),
    ("CACH", Reliability::NoEffect("cachée")),
    ("ANOM", Reliability::NoEffect("anonyme")),
    ("IDVER", Reliability::NoEffect("vérifiée par le patient")),
    ("RECD", Reliability::NoEffect("reçue d'un autre domaine")),
    (
        "IDRA",
        Reliability::NoEffect("rapprochée d'un autre domaine"),
    ),
    ("USUR", Reliability::NoEffect("usurpée")),
];

impl Reliability {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        if code == "INVA" {
            return Some(Reliability::NoEffect("invalidée"));
        }
        RELIABILITIES.iter().find(|r| r.0 == code).map(|r| r.1)
    }
}

/// The name of the authority of an INS (PID-3.4.1).
pub(super) fn ins_authority(kind: InsKind) -> &'static str {
    match kind {
        InsKind::Nia => "ASIP-SANTE-INS-NIA",
        InsKind::Nir | InsKind::NirTest | InsKind::NirDemo => "ASIP-SANTE-INS-NIR",
    }
}
