//! How the caller of a computation or of an export follows it and stops it.
//!
//! Each has a form `…_with_progress`; what its [`Progress`] breaks with comes
//! back as it is. A reading needs none: its caller takes some rows, then some
//! more ([`FactStore::read_rows`](super::FactStore::read_rows)).

use std::convert::Infallible;
use std::ops::ControlFlow;

/// Called with the number of steps done. Breaking stops the work.
pub type Progress<'w, B> = &'w mut dyn FnMut(usize) -> ControlFlow<B>;

/// Steps of a computation, the last one included.
pub const COMPUTE_STEPS: usize = 9;

/// Runs a work to its end.
pub(crate) fn to_the_end<T>(
    work: impl FnOnce(Progress<'_, Infallible>) -> ControlFlow<Infallible, T>,
) -> T {
    match work(&mut |_| ControlFlow::Continue(())) {
        ControlFlow::Continue(done) => done,
        ControlFlow::Break(never) => match never {},
    }
}
