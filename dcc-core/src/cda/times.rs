//! Moments and periods of HL7 v3 (`TS`, `IVL_TS`), both ways.

use super::codec::Codec;
use super::datatypes::NullFlavorPolicy;
use super::slot::{Slot, local, slot};
use crate::model::{PartialDateTime, Period};
use crate::xml::{NodeId, Tree};

type Moment<'v> = Slot<'v, Option<PartialDateTime>>;

/// The moment of an element: its own, or that of its `low`.
fn moment_of(tree: &Tree<'_>, node: NodeId) -> Option<PartialDateTime> {
    PartialDateTime::from_hl7(tree.peek(node, "value")?)
}

impl Codec<'_> {
    /// `TS`: an element with a moment.
    pub fn time(&mut self, name: &'static str, moment: Moment<'_>, null: NullFlavorPolicy) {
        let present = moment.is_some() || null != NullFlavorPolicy::Omit;
        self.element_if(present, name, |s| s.moment(moment, null));
    }

    /// The attribute of a moment, or of its nullFlavor; a reader takes `low` too.
    pub(crate) fn moment(&mut self, mut moment: Moment<'_>, null: NullFlavorPolicy) {
        self.point(moment.by(), null);
        if self.is_writing() {
            return;
        }
        if moment.is_none()
            && let Some(low) = self.child("low", |tree, low| moment_of(tree, low).is_some())
        {
            self.inside(low, |s| s.point(moment, NullFlavorPolicy::Omit));
        }
        // bounds that say nothing: `<low nullFlavor="UNK"/>`
        for name in ["low", "high"] {
            if let Some(node) = self.child(name, |tree, n| tree.peek(n, "nullFlavor").is_some()) {
                self.inside(node, |s| s.null_flavor());
            }
        }
    }

    /// The attribute of a moment alone, or of its nullFlavor.
    fn point(&mut self, moment: Moment<'_>, null: NullFlavorPolicy) {
        self.simple_value(
            moment,
            null,
            |moment| moment.hl7().to_string(),
            PartialDateTime::from_hl7,
        );
    }

    /// The time of a statement that has none of its own. A reader leaves a
    /// time that is there unread, unless it only repeats `known`.
    pub fn untimed(&mut self, flavor: &'static str, known: Option<PartialDateTime>) {
        let repeats = |tree: &Tree<'_>, n: NodeId| {
            let said = tree.peek(n, "value").or_else(|| {
                tree.element(n, "low")
                    .and_then(|low| tree.peek(low, "value"))
            });
            said.is_none_or(|v| known.is_some() && PartialDateTime::from_hl7(v) == known)
                && tree.element(n, "high").is_none()
        };
        self.element_where(true, "effectiveTime", repeats, |s| {
            s.moment(local(&mut None), NullFlavorPolicy::Flavor(flavor));
        });
    }

    /// A moment written as the `low` of an interval.
    pub fn low(&mut self, name: &'static str, moment: Moment<'_>, null: NullFlavorPolicy) {
        if self.is_writing() && moment.is_some() {
            self.element(name, |s| s.time("low", moment, NullFlavorPolicy::Omit));
        } else {
            self.time(name, moment, null);
        }
    }

    /// A moment written as the `low` of an interval, unknown or not.
    pub fn low_or_unknown(&mut self, name: &'static str, moment: Moment<'_>) {
        self.low_or_null(name, moment, NullFlavorPolicy::Flavor("UNK"));
    }

    /// A moment written as the `low` of an interval, or a nullFlavor there.
    pub fn low_or_null(&mut self, name: &'static str, moment: Moment<'_>, null: NullFlavorPolicy) {
        if self.is_writing() {
            self.element(name, |s| s.time("low", moment, null));
        } else {
            self.time(name, moment, NullFlavorPolicy::Omit);
        }
    }

    /// `IVL_TS`: an element with a period.
    pub fn period(&mut self, name: &'static str, period: Slot<'_, Period>, null: NullFlavorPolicy) {
        let present = !period.is_empty() || null != NullFlavorPolicy::Omit;
        self.element_if(present, name, |s| {
            s.interval(period, null, NullFlavorPolicy::Omit)
        });
    }

    /// As [`Codec::period`], with `low` unknown when there is an end alone: an
    /// observation wants it.
    pub fn observation_period(&mut self, name: &'static str, period: Slot<'_, Period>) {
        let unknown = NullFlavorPolicy::Flavor("UNK");
        self.element(name, |s| s.interval(period, unknown, unknown));
    }

    /// The bounds of a period, or its nullFlavor; a moment that a reader finds
    /// is its start.
    pub(crate) fn interval(
        &mut self,
        mut period: Slot<'_, Period>,
        null: NullFlavorPolicy,
        low: NullFlavorPolicy,
    ) {
        if self.is_writing() {
            if period.is_empty() {
                self.flavor(null);
            } else {
                self.time("low", slot!(period.start), low);
                self.time("high", slot!(period.end), NullFlavorPolicy::Omit);
            }
            return;
        }
        let point = self.bounds(period.by());
        if let Some(period) = period.given() {
            period.start = period.start.or(point);
        }
    }

    /// A reader's bounds of a period; answers the moment that stands beside them.
    fn bounds(&mut self, mut period: Slot<'_, Period>) -> Option<PartialDateTime> {
        let mut point = None;
        self.point(local(&mut point), NullFlavorPolicy::Omit);
        self.element("low", |s| {
            s.point(slot!(period.start), NullFlavorPolicy::Omit)
        });
        self.element("high", |s| {
            s.point(slot!(period.end), NullFlavorPolicy::Omit)
        });
        point
    }

    /// A period, or one moment when both bounds are the same: an element with
    /// `value`, or with `low` and `high`.
    pub(crate) fn when(
        &mut self,
        name: &'static str,
        mut period: Slot<'_, Period>,
        null: NullFlavorPolicy,
    ) {
        let is_point = period.start.is_some() && period.start == period.end;
        if is_point && self.is_writing() {
            self.time(name, slot!(period.start), NullFlavorPolicy::Omit);
        } else {
            self.span(name, period, null);
        }
    }

    /// A period that is written with its bounds; a moment that a reader finds
    /// is both.
    pub(crate) fn span(
        &mut self,
        name: &'static str,
        mut period: Slot<'_, Period>,
        null: NullFlavorPolicy,
    ) {
        let present = !period.is_empty() || null != NullFlavorPolicy::Omit;
        self.element_if(present, name, |s| {
            if s.is_writing() {
                s.interval(period, null, NullFlavorPolicy::Omit);
                return;
            }
            s.xsi_type_optional("IVL_TS");
            let point = s.bounds(period.by());
            if let Some(period) = period.given() {
                period.start = period.start.or(point);
                period.end = period.end.or(point);
            }
        });
    }
}
