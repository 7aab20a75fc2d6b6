//! How a long work tells how far it is, and is stopped by its caller.
//!
//! Reading, computing and exporting each have a form `…_watched` that takes a
//! [`Watch`]; what it breaks with comes back as it is.

use std::convert::Infallible;
use std::ops::ControlFlow;

/// Told how much is done: rows for a reading, steps for a computation.
/// Breaking stops the work.
pub type Watch<'w, B> = &'w mut dyn FnMut(usize) -> ControlFlow<B>;

/// Rows between two calls of a [`Watch`] by a reading.
pub const ROWS: usize = 50_000;

/// Steps of a computation, the last one included.
pub const COMPUTE_STEPS: usize = 9;

/// Runs a work that nobody watches.
pub(crate) fn unwatched<T>(
    work: impl FnOnce(Watch<'_, Infallible>) -> ControlFlow<Infallible, T>,
) -> T {
    match work(&mut |_| ControlFlow::Continue(())) {
        ControlFlow::Continue(done) => done,
        ControlFlow::Break(never) => match never {},
    }
}

/// Runs a work that only knows whether to go on.
pub(super) fn watched<B, T>(
    watch: Watch<'_, B>,
    work: impl FnOnce(&mut dyn FnMut(usize) -> bool) -> T,
) -> ControlFlow<B, T> {
    let mut broken = None;
    let done = work(&mut |rows| {
        if broken.is_none()
            && let ControlFlow::Break(with) = watch(rows)
        {
            broken = Some(with);
        }
        broken.is_none()
    });
    broken.map_or(ControlFlow::Continue(done), ControlFlow::Break)
}
