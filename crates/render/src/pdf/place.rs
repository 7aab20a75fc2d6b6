//! The places of a page.

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
/// A4, in points.
pub(super) const HEIGHT: f32 = 841.89;
/// Left and right margins.
pub(super) const MARGIN: f32 = 45.0;
/// Width of the text.
pub(super) const TEXT: f32 = WIDTH - 2.0 * MARGIN;
/// Top of the text.
pub(super) const TOP: f32 = 58.0;
/// Bottom of the text.
pub(super) const BOTTOM: f32 = HEIGHT - 56.0;
