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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::indicators::{Aggregate, ComputeOptions, Feed, Period, Table};

    #[test]
    fn a_reading_stops_where_it_is_told_and_keeps_what_it_read() {
        let row = "{\"session\":\"S1\",\"professional\":\"D1\"}\n";
        let lines = row.repeat(2 * ROWS + 10);
        let feed = Feed::new(Table::Attendances, "");
        let (mut aggregate, mut told) = (Aggregate::new(), Vec::new());
        let read = aggregate.add_json_lines_watched(feed, lines.as_bytes(), &mut |rows| {
            told.push(rows);
            if rows < 2 * ROWS {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break("enough")
            }
        });
        assert_eq!(read, ControlFlow::Break("enough"));
        assert_eq!(told, [ROWS, 2 * ROWS]);
        let period = Period::year(2025).unwrap();
        let indicators = aggregate.compute(period, &ComputeOptions::default());
        assert_eq!(indicators.tallies().attendances.received, 2 * ROWS as u64);
    }

    #[test]
    fn every_step_is_told_and_changes_nothing() {
        let (aggregate, period) = (Aggregate::new(), Period::year(2025).unwrap());
        let (options, mut told) = (ComputeOptions::default(), Vec::new());
        let whole = aggregate.compute_watched(period, &options, &mut |steps| {
            told.push(steps);
            ControlFlow::<Infallible>::Continue(())
        });
        assert_eq!(told, (1..=COMPUTE_STEPS).collect::<Vec<_>>());
        assert!(
            matches!(whole, ControlFlow::Continue(i) if i == aggregate.compute(period, &options))
        );
        let stopped = aggregate.compute_watched(period, &options, &mut ControlFlow::Break);
        assert!(matches!(stopped, ControlFlow::Break(1)));
    }
}
