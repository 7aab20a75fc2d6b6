//! The format: header and blocks.

/// *Mention* that stands beside the symbol on a page.
pub const CAPTION: &str = "INS à scanner";

/// Marker, version, and 22 zeros.
pub(super) const HEADER: &str = "IS010000000000000000000000";

/// Group separator (GS): ends a block of variable length that is not full.
pub(super) const GS: char = '\u{1D}';

/// A block: identifier, least and most characters, needed, French name.
pub(super) struct Block {
    pub(super) id: &'static str,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) needed: bool,
    pub(super) label: &'static str,
}

const fn block(
    id: &'static str,
    least: usize,
    most: usize,
    needed: bool,
    label: &'static str,
) -> Block {
    Block {
        id,
        least,
        most,
        needed,
        label,
    }
}

/// The blocks, in the order in which they are written.
pub(super) const BLOCKS: [Block; 7] = [
    block("S1", 15, 15, true, "le matricule INS"),
    block("S2", 19, 20, true, "l'OID"),
    block("S3", 1, 100, true, "la liste des prénoms"),
    block("S4", 1, 100, true, "le nom de naissance"),
    block("S5", 1, 1, true, "le sexe"),
    block("S6", 10, 10, true, "la date de naissance"),
    block("S7", 5, 5, false, "le lieu de naissance"),
];

impl Block {
    /// True when every value has the same length.
    pub(super) fn is_fixed(&self) -> bool {
        self.least == self.most
    }
}
