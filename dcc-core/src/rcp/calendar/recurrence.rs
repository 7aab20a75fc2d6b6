//! Dates of an RCP: an RFC 5545 recurrence on the clock of Paris, less or
//! moved around public holidays.
//!
//! The rule ([`super::rule`]) sets days: a session at
//! 14:00 stays at 14:00 through the clock changes; a time that does not exist
//! on the spring change moves one hour on, one that occurs twice is its first
//! occurrence (RFC 5545 §3.3.5).

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::rule::RecurrenceRule;
use crate::calendar::holidays::{HolidayCalendar, holiday, next_working_day, previous_working_day};
use crate::calendar::paris::{from_paris, paris};
use crate::problem::{Problem, Problems};
use crate::rcp::rules;

/// Longest period planned at once, in days (five years).
pub(crate) const MAX_PERIOD_DAYS: i64 = 5 * 366;
/// A session moves by less than this around holidays, in days.
const MAX_MOVE: u64 = 10;

/// What becomes of a session that falls on a public holiday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayPolicy {
    /// No session that day (*session supprimée*).
    #[default]
    Skip,
    /// The next working day (*reportée au prochain jour ouvré*).
    NextWorkingDay,
    /// The working day before (*avancée au jour ouvré précédent*).
    PreviousWorkingDay,
    /// The session takes place (*maintenue*).
    Keep,
}

/// When an RCP meets (*récurrence*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recurrence {
    /// First possible session, wall-clock time in Paris, `2026-01-06T14:00:00`.
    /// It gives the time of day of all sessions.
    pub start: NaiveDateTime,
    /// RFC 5545 rule, for example `FREQ=WEEKLY;BYDAY=TU` or
    /// `FREQ=MONTHLY;BYDAY=1TH,3TH`. `UNTIL`, if any, is in UTC.
    pub rule: String,
    /// Days without session (RFC 5545 EXDATE), for example in August.
    #[serde(default)]
    pub exceptions: Vec<NaiveDate>,
    /// What becomes of a session on a public holiday.
    #[serde(default)]
    pub holidays: HolidayPolicy,
    /// Which public holidays apply.
    #[serde(default)]
    pub calendar: HolidayCalendar,
}

/// One date of a recurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// Start of the session.
    pub start: DateTime<Utc>,
    /// The holiday on which it would have fallen, when it was moved.
    pub moved_from: Option<NaiveDate>,
}

/// A date of the rule that gives no session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The date.
    pub date: NaiveDate,
    /// Why, in French: the name of the holiday, `exception`, `date déjà prise`.
    pub reason: String,
}

/// Dates of a recurrence over a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The sessions, in order.
    pub occurrences: Vec<Occurrence>,
    /// The dates of the rule without session, in order.
    pub skipped: Vec<Skipped>,
}

impl Recurrence {
    /// The problems of the recurrence; `path` is its JSON pointer.
    pub fn check(&self, path: &str) -> Problems {
        self.parse(path).err().unwrap_or_default()
    }

    fn parse(&self, path: &str) -> Result<RecurrenceRule, Problems> {
        let mut problems = Problems::new();
        let start = from_paris(self.start);
        if start.is_none() {
            problems
                .push(Problem::new(&rules::LOCAL_TIME, format!("{path}/start")).found(self.start));
        }
        let refuse = |message: &str, allowed: Vec<String>| {
            Problem::new(&rules::RECURRENCE_RULE, format!("{path}/rule"))
                .message(message)
                .found(&self.rule)
                .allowed(allowed)
        };
        match RecurrenceRule::parse(&self.rule) {
            Ok(rule) => {
                if let (Some(start), Some(until)) = (start, rule.until)
                    && until < start
                {
                    problems.push(refuse("UNTIL est avant « start »", Vec::new()));
                }
                if problems.is_empty() {
                    return Ok(rule);
                }
            }
            Err(faults) => problems.extend(
                faults
                    .into_iter()
                    .map(|fault| refuse(&fault.message, fault.allowed)),
            ),
        }
        Err(problems)
    }

    /// The sessions whose date, once moved, is from `from` to `to` included.
    ///
    /// # Errors
    /// A rule that is no RFC 5545 rule of days; a period that is empty, longer
    /// than five years, or at the end of the calendar.
    pub fn plan(&self, from: NaiveDate, to: NaiveDate) -> Result<Plan, Problems> {
        let rule = self.parse("/recurrence")?;
        let days = to.signed_duration_since(from).num_days();
        let bad_period =
            || Problems::from(Problem::new(&rules::PERIOD, "/to").found(format!("{from} – {to}")));
        if !(0..=MAX_PERIOD_DAYS).contains(&days) {
            return Err(bad_period());
        }
        let (Some(after), Some(before)) = (
            from.checked_sub_days(Days::new(MAX_MOVE)),
            to.checked_add_days(Days::new(MAX_MOVE)),
        ) else {
            return Err(bad_period());
        };
        let Some(dates) = rule.occurrences(self.start, after, before) else {
            return Err(Problem::new(&rules::RECURRENCE_RULE, "/recurrence/rule")
                .message("La règle est trop longue à dérouler depuis « start »")
                .found(&self.rule)
                .into());
        };
        let within = |date: NaiveDate| from <= date && date <= to;
        let mut plan = Plan::default();
        let mut moved = Vec::new();
        let mut taken = BTreeSet::new();
        for (date, start) in dates {
            if self.exceptions.contains(&date) {
                plan.skipped.push(Skipped {
                    date,
                    reason: "exception".to_owned(),
                });
                continue;
            }
            let name = holiday(date, self.calendar);
            let target = match (name, self.holidays) {
                (None, _) | (_, HolidayPolicy::Keep) => {
                    taken.insert(date);
                    plan.occurrences.push(Occurrence {
                        start,
                        moved_from: None,
                    });
                    continue;
                }
                (Some(_), HolidayPolicy::Skip) => None,
                (Some(_), HolidayPolicy::NextWorkingDay) => next_working_day(date, self.calendar),
                (Some(_), HolidayPolicy::PreviousWorkingDay) => {
                    previous_working_day(date, self.calendar)
                }
            };
            match target {
                Some(target) => moved.push((date, target)),
                None => plan.skipped.push(Skipped {
                    date,
                    reason: name.unwrap_or_default().to_owned(),
                }),
            }
        }
        // Moved dates come last: a date of the rule itself has precedence.
        for (date, target) in moved {
            let start = from_paris(target.and_time(self.start.time()));
            match start {
                Some(start) if !self.exceptions.contains(&target) && taken.insert(target) => {
                    plan.occurrences.push(Occurrence {
                        start,
                        moved_from: Some(date),
                    });
                }
                _ => plan.skipped.push(Skipped {
                    date,
                    reason: "date déjà prise".to_owned(),
                }),
            }
        }
        plan.occurrences
            .retain(|o| within(paris(o.start).date_naive()));
        plan.occurrences.sort_by_key(|o| o.start);
        plan.skipped.retain(|s| within(s.date));
        plan.skipped.sort_by_key(|s| s.date);
        Ok(plan)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn recurrence(start: &str, rule: &str) -> Recurrence {
        Recurrence {
            start: start.parse().unwrap(),
            rule: rule.to_owned(),
            exceptions: Vec::new(),
            holidays: HolidayPolicy::Skip,
            calendar: HolidayCalendar::National,
        }
    }

    fn dates(plan: &Plan) -> Vec<String> {
        plan.occurrences
            .iter()
            .map(|o| paris(o.start).format("%F %H:%M %z").to_string())
            .collect()
    }

    #[test]
    fn the_time_stays_through_clock_changes() {
        let weekly = recurrence("2026-01-06T14:00:00", "FREQ=WEEKLY;BYDAY=TU");
        let plan = weekly.plan(day("2026-03-20"), day("2026-04-08")).unwrap();
        assert_eq!(
            dates(&plan),
            [
                "2026-03-24 14:00 +0100",
                "2026-03-31 14:00 +0200",
                "2026-04-07 14:00 +0200"
            ]
        );
        let plan = weekly.plan(day("2026-10-20"), day("2026-10-27")).unwrap();
        assert_eq!(
            dates(&plan),
            ["2026-10-20 14:00 +0200", "2026-10-27 14:00 +0100"]
        );
    }

    #[test]
    fn first_and_third_thursday() {
        let plan = recurrence("2026-01-01T12:30:00", "FREQ=MONTHLY;BYDAY=1TH,3TH")
            .plan(day("2026-01-01"), day("2026-02-28"))
            .unwrap();
        assert_eq!(
            dates(&plan),
            [
                "2026-01-15 12:30 +0100",
                "2026-02-05 12:30 +0100",
                "2026-02-19 12:30 +0100"
            ]
        );
        assert_eq!(plan.skipped[0].reason, "Jour de l'an");
    }

    #[test]
    fn holidays_are_skipped_moved_or_kept() {
        let mut mondays = recurrence("2026-01-05T09:00:00", "FREQ=WEEKLY;BYDAY=MO");
        let period = (day("2026-04-01"), day("2026-04-10"));
        let plan = mondays.plan(period.0, period.1).unwrap();
        assert!(plan.occurrences.is_empty());
        assert_eq!(plan.skipped[0].reason, "Lundi de Pâques");
        mondays.holidays = HolidayPolicy::NextWorkingDay;
        let plan = mondays.plan(period.0, period.1).unwrap();
        assert_eq!(dates(&plan), ["2026-04-07 09:00 +0200"]);
        assert_eq!(plan.occurrences[0].moved_from, Some(day("2026-04-06")));
        mondays.holidays = HolidayPolicy::PreviousWorkingDay;
        assert_eq!(
            dates(&mondays.plan(period.0, period.1).unwrap()),
            ["2026-04-03 09:00 +0200"]
        );
        mondays.calendar = HolidayCalendar::AlsaceMoselle;
        assert_eq!(
            dates(&mondays.plan(period.0, period.1).unwrap()),
            ["2026-04-02 09:00 +0200"]
        );
        mondays.holidays = HolidayPolicy::Keep;
        assert_eq!(
            dates(&mondays.plan(period.0, period.1).unwrap()),
            ["2026-04-06 09:00 +0200"]
        );
    }

    #[test]
    fn a_session_moved_into_the_period_is_in_it_once() {
        let mut rule = recurrence("2026-01-05T09:00:00", "FREQ=WEEKLY;BYDAY=MO");
        rule.holidays = HolidayPolicy::NextWorkingDay;
        let april = rule.plan(day("2026-04-07"), day("2026-04-12")).unwrap();
        assert_eq!(april.occurrences.len(), 1);
        let before = rule.plan(day("2026-03-31"), day("2026-04-06")).unwrap();
        assert!(before.occurrences.is_empty());
    }

    #[test]
    fn a_moved_session_gives_way_to_one_of_the_rule() {
        let mut rule = recurrence("2026-01-05T09:00:00", "FREQ=WEEKLY;BYDAY=MO,TU");
        rule.holidays = HolidayPolicy::NextWorkingDay;
        let plan = rule.plan(day("2026-04-06"), day("2026-04-07")).unwrap();
        assert_eq!(dates(&plan), ["2026-04-07 09:00 +0200"]);
        assert_eq!(plan.occurrences[0].moved_from, None);
        assert_eq!(plan.skipped[0].reason, "date déjà prise");
    }

    #[test]
    fn exceptions_and_until() {
        let mut rule = recurrence(
            "2026-08-04T09:00:00",
            "RRULE:FREQ=WEEKLY;UNTIL=20260818T220000Z",
        );
        rule.exceptions = vec![day("2026-08-11")];
        let plan = rule.plan(day("2026-08-01"), day("2026-09-30")).unwrap();
        assert_eq!(
            dates(&plan),
            ["2026-08-04 09:00 +0200", "2026-08-18 09:00 +0200"]
        );
        assert_eq!(
            plan.skipped,
            [Skipped {
                date: day("2026-08-11"),
                reason: "exception".into()
            }]
        );
    }

    #[test]
    fn bad_rules_are_refused() {
        for rule in [
            "",
            "tous les mardis",
            "FREQ=HOURLY",
            "FREQ=WEEKLY;BYHOUR=9",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=WEEKLY;UNTIL=20260401",
            "FREQ=MONTHLY;BYDAY=60TU",
            "FREQ=WEEKLY\nEXDATE:20260101",
            "FREQ=WEEKLY;UNTIL=",
            "FREQ=WEEKLY;INTERVAL=70000",
        ] {
            let found = recurrence("2026-01-06T14:00:00", rule).check("");
            assert!(!found.is_empty(), "{rule:?} should be refused");
            assert!(
                found
                    .iter()
                    .all(|p| p.code == "RCP-RECURRENCE-REGLE" && p.path == "/rule")
            );
        }
        let gap = recurrence("2026-03-29T02:30:00", "FREQ=WEEKLY").check("/recurrence");
        assert_eq!(gap.iter().next().unwrap().path, "/recurrence/start");
    }

    #[test]
    fn the_period_is_bounded() {
        let rule = recurrence("2026-01-06T14:00:00", "FREQ=WEEKLY");
        assert!(rule.plan(day("2026-02-01"), day("2026-01-01")).is_err());
        assert!(rule.plan(day("2026-01-01"), day("2036-01-01")).is_err());
        assert!(rule.plan(NaiveDate::MIN, NaiveDate::MIN).is_err());
    }
}
