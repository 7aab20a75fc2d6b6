//! `xs:dateTime`, by XML Schema 1.1 as Saxon reads it: year 0000 exists, 24:00:00 is the next day.

use std::cmp::Ordering;

/// A point in time. Without a zone it is taken as UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateTime {
    /// Seconds from the year 0, UTC.
    seconds: i128,
    /// Digits after the point, without zeros at the end.
    fraction: String,
    /// The lexical form, blanks taken off.
    pub(super) text: String,
}

impl DateTime {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches([' ', '\t', '\n', '\r']);
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (year, rest) = rest.split_once('-')?;
        if year.len() < 4 || (year.len() > 4 && year.starts_with('0')) || year.len() > 12 {
            return None;
        }
        let mut year: i64 = digits(year)?;
        if negative {
            year = -year;
        }
        let (date, time) = rest.split_once('T')?;
        let (month, day) = date.split_once('-')?;
        let (month, day) = (two(month)?, two(day)?);
        let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(zone_at);
        let mut parts = clock.splitn(3, ':');
        let (hour, minute) = (two(parts.next()?)?, two(parts.next()?)?);
        let (second, fraction) = match parts.next()?.split_once('.') {
            Some((second, fraction)) => {
                let all = fraction.bytes().all(|b| b.is_ascii_digit());
                if fraction.is_empty() || !all {
                    return None;
                }
                (second, fraction.trim_end_matches('0'))
            }
            None => (parts_second(clock)?, ""),
        };
        let second = two(second)?;
        let midnight = hour == 24 && minute == 0 && second == 0 && fraction.is_empty();
        if !(1..=12).contains(&month)
            || !(1..=days_in(year, month)).contains(&day)
            || (hour > 23 && !midnight)
            || minute > 59
            || second > 59
        {
            return None;
        }
        let offset = offset(zone)?;
        let days = i128::from(days_before(year, month)) + i128::from(day - 1);
        let clock = i128::from(hour * 3600 + minute * 60 + second);
        Some(DateTime {
            seconds: days * 86_400 + clock - i128::from(offset) * 60,
            fraction: fraction.to_owned(),
            text: text.to_owned(),
        })
    }

    pub(super) fn order(&self, other: &DateTime) -> Ordering {
        self.seconds
            .cmp(&other.seconds)
            .then_with(|| self.fraction.cmp(&other.fraction))
    }
}

fn parts_second(clock: &str) -> Option<&str> {
    clock.splitn(3, ':').nth(2)
}

fn digits(text: &str) -> Option<i64> {
    let all = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

fn two(text: &str) -> Option<i64> {
    (text.len() == 2).then(|| digits(text)).flatten()
}

/// Minutes east of UTC.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.bytes().next() {
        None => return Some(0),
        Some(b'Z') => return (zone == "Z").then_some(0),
        Some(b'-') => -1,
        _ => 1,
    };
    let (hour, minute) = zone[1..].split_once(':')?;
    let (hour, minute) = (two(hour)?, two(minute)?);
    let valid = minute <= 59 && (hour < 14 || (hour == 14 && minute == 0));
    valid.then_some(sign * (hour * 60 + minute))
}

fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the start of the year 0 to the start of a month.
fn days_before(year: i64, month: i64) -> i64 {
    let y = year - 1;
    let leaps = y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400);
    // the year 0 is a leap year
    let whole = year * 365 + leaps + 1;
    whole + (1..month).map(|m| days_in(year, m)).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexical_forms() {
        for text in [
            "2024-02-29T00:00:00",
            " 2024-01-01T24:00:00 ",
            "0000-01-01T00:00:00",
            "-0001-01-01T00:00:00",
            "12024-01-01T00:00:00.125Z",
            "2024-01-01T00:00:00+14:00",
        ] {
            assert!(DateTime::parse(text).is_some(), "{text}");
        }
        for text in [
            "2023-02-29T00:00:00",
            "2024-01-01T24:00:01",
            "2024-01-01T23:60:00",
            "2024-01-01T23:59:60",
            "02024-01-01T00:00:00",
            "2024-01-01T00:00:00+14:01",
            "2024-01-01T00:00:00+1400",
            "2024-01-01T00:00:00.",
            "2024-01-01T00:00",
            "2024-1-01T00:00:00",
            "2024-01-01",
            "",
            "٢٠٢٤-01-01T00:00:00",
        ] {
            assert!(DateTime::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn order_is_that_of_time() {
        let order = |a, b| {
            let (a, b) = (DateTime::parse(a), DateTime::parse(b));
            a.zip(b).map(|(a, b)| a.order(&b))
        };
        let (early, late) = ("2024-01-01T00:30:00+01:00", "2024-01-01T00:00:00");
        assert_eq!(order(early, late), Some(Ordering::Less));
        let (end, start) = ("2023-12-31T24:00:00", "2024-01-01T00:00:00Z");
        assert_eq!(order(end, start), Some(Ordering::Equal));
        let (a, b) = ("2024-01-01T00:00:00.5", "2024-01-01T00:00:00.49");
        assert_eq!(order(a, b), Some(Ordering::Greater));
        let (a, b) = ("-0001-12-31T24:00:00", "0000-01-01T00:00:00");
        assert_eq!(order(a, b), Some(Ordering::Equal));
        let (a, b) = ("0000-12-31T24:00:00", "0001-01-01T00:00:00");
        assert_eq!(order(a, b), Some(Ordering::Equal));
    }
}
