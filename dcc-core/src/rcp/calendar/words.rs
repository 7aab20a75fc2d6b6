//! A recurrence in French words, for the list of the offers.

use super::recurrence::Recurrence;
use super::rule::{ByDay, Frequency, RecurrenceRule};
use chrono::{Datelike, Weekday};

impl Recurrence {
    /// The recurrence in French: `chaque mardi à 14:00`, `les 1er et 3e jeudis
    /// du mois à 12:30`. A rule that has no short name is shown as it is
    /// written.
    pub fn describe(&self) -> String {
        let time = self.start.format("%H:%M");
        let text = self.rule.strip_prefix("RRULE:").unwrap_or(&self.rule);
        let rule = RecurrenceRule::parse(text).ok();
        let words = rule.and_then(|rule| self.words(&rule));
        match words {
            Some(words) => format!("{words} à {time}"),
            None => format!("{text} à {time}"),
        }
    }

    fn words(&self, rule: &RecurrenceRule) -> Option<String> {
        let plain = rule.months.is_empty()
            && rule.month_days.is_empty()
            && rule.positions.is_empty()
            && rule.weeks.is_empty()
            && rule.year_days.is_empty();
        if !plain {
            return None;
        }
        let mut days = rule.days.clone();
        if days.is_empty() && rule.frequency == Frequency::Weekly {
            days.push(ByDay {
                nth: None,
                day: self.start.weekday(),
            });
        }
        let every: Option<Vec<&str>> = days
            .iter()
            .map(|by| by.nth.is_none().then(|| day_name(by.day)))
            .collect();
        match (rule.frequency, rule.interval, every) {
            (Frequency::Daily, 1, Some(days)) if days.is_empty() => Some("chaque jour".to_owned()),
            (Frequency::Weekly, 1, Some(days)) => Some(format!("chaque {}", join(&days))),
            (Frequency::Weekly, n, Some(days)) => {
                Some(format!("le {}, toutes les {n} semaines", join(&days)))
            }
            (Frequency::Monthly, 1, None) => {
                let mut ranks = Vec::new();
                let mut name = None;
                for &ByDay { nth, day } in &days {
                    if name.is_some_and(|name| name != day) {
                        return None;
                    }
                    name = Some(day);
                    ranks.push(match nth? {
                        1 => "1er",
                        2 => "2e",
                        3 => "3e",
                        4 => "4e",
                        5 => "5e",
                        -1 => "dernier",
                        _ => return None,
                    });
                }
                let name = day_name(name?);
                Some(match ranks.as_slice() {
                    [rank] => format!("le {rank} {name} du mois"),
                    ranks => format!("les {} {name}s du mois", join(ranks)),
                })
            }
            _ => None,
        }
    }
}

fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "lundi",
        Weekday::Tue => "mardi",
        Weekday::Wed => "mercredi",
        Weekday::Thu => "jeudi",
        Weekday::Fri => "vendredi",
        Weekday::Sat => "samedi",
        Weekday::Sun => "dimanche",
    }
}

/// `a, b et c`.
fn join(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rcp::HolidayPolicy;

    #[test]
    fn recurrences_read_in_french() {
        for (rule, words) in [
            ("FREQ=WEEKLY;BYDAY=TU", "chaque mardi à 14:00"),
            ("FREQ=WEEKLY", "chaque mardi à 14:00"),
            (
                "RRULE:FREQ=WEEKLY;BYDAY=MO,TH",
                "chaque lundi et jeudi à 14:00",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
                "le vendredi, toutes les 2 semaines à 14:00",
            ),
            (
                "FREQ=MONTHLY;BYDAY=1TH,3TH",
                "les 1er et 3e jeudis du mois à 14:00",
            ),
            (
                "FREQ=MONTHLY;BYDAY=-1WE",
                "le dernier mercredi du mois à 14:00",
            ),
            ("FREQ=DAILY", "chaque jour à 14:00"),
            (
                "FREQ=MONTHLY;BYDAY=1TH,3FR",
                "FREQ=MONTHLY;BYDAY=1TH,3FR à 14:00",
            ),
            ("FREQ=YEARLY;BYMONTH=3", "FREQ=YEARLY;BYMONTH=3 à 14:00"),
        ] {
            let recurrence = Recurrence {
                start: "2026-01-06T14:00:00".parse().unwrap(),
                rule: rule.to_owned(),
                exceptions: Vec::new(),
                holidays: HolidayPolicy::Skip,
                calendar: Default::default(),
            };
            assert_eq!(recurrence.describe(), words);
        }
    }
}
