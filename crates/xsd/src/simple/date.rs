//! Dates, times and durations of XML Schema 1.0 (part 2, 3.2.6 to 3.2.14),
//! with the whitespace that libxml2 lets pass.

/// A type of dates, times or durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    DateTime,
    Date,
    Time,
    GYear,
    GYearMonth,
    GMonth,
    GMonthDay,
    GDay,
    Duration,
}

/// True when `value`, as written, belongs to a type of date, time or duration.
pub(crate) fn is_date(kind: Kind, value: &str) -> bool {
    let blank = [' ', '\t', '\n', '\r'];
    let mut text = value;
    // libxml2 leaves the blanks before a year, removes them elsewhere
    if !matches!(
        kind,
        Kind::DateTime | Kind::Date | Kind::GYear | Kind::GYearMonth
    ) {
        text = text.trim_start_matches(blank);
    }
    if kind == Kind::Duration {
        return duration(text.as_bytes());
    }
    if kind == Kind::DateTime {
        let trimmed = text.trim_end_matches(blank);
        if trimmed.len() < text.len() && zone_start(trimmed).is_some() {
            text = trimmed;
        }
    }
    let (body, zone) = text.split_at(zone_start(text).unwrap_or(text.len()));
    let body = body.as_bytes();
    is_zone(zone.as_bytes())
        && match kind {
            Kind::DateTime => match body.iter().position(|&b| b == b'T') {
                Some(i) => date(&body[..i]) && time(&body[i + 1..]),
                None => false,
            },
            Kind::Date => date(body),
            Kind::Time => time(body),
            Kind::GYear => year(body).is_some(),
            Kind::GYearMonth => match body.len().checked_sub(3) {
                Some(i) => {
                    year(&body[..i]).is_some() && body[i] == b'-' && month(&body[i + 1..]).is_some()
                }
                None => false,
            },
            Kind::GMonth => body.strip_prefix(b"--").is_some_and(|m| month(m).is_some()),
            Kind::GDay => body.strip_prefix(b"---").is_some_and(|d| day(d, 31)),
            Kind::GMonthDay => match body {
                [b'-', b'-', rest @ ..] if rest.len() == 5 && rest[2] == b'-' => {
                    month(&rest[..2]).is_some_and(|m| day(&rest[3..], days(m, None)))
                }
                _ => false,
            },
            Kind::Duration => false,
        }
}

/// Where the time zone starts.
fn zone_start(text: &str) -> Option<usize> {
    if text.ends_with('Z') {
        return Some(text.len() - 1);
    }
    let at = text.len().checked_sub(6)?;
    let tail = &text.as_bytes()[at..];
    // a date also has dashes: only `±nn:nn` is a zone
    (matches!(tail[0], b'+' | b'-') && tail[3] == b':' && text.is_char_boundary(at)).then_some(at)
}

fn is_zone(zone: &[u8]) -> bool {
    match zone {
        [] | b"Z" => true,
        [_, rest @ ..] => {
            let (Some(hours), Some(minutes)) = (two(&rest[..2]), two(&rest[3..])) else {
                return false;
            };
            minutes <= 59 && hours * 60 + minutes <= 14 * 60
        }
    }
}

fn two(bytes: &[u8]) -> Option<u32> {
    match bytes {
        [a, b] if a.is_ascii_digit() && b.is_ascii_digit() => {
            Some(u32::from(a - b'0') * 10 + u32::from(b - b'0'))
        }
        _ => None,
    }
}

/// A year other than 0, of four digits or more without a needless zero.
fn year(bytes: &[u8]) -> Option<i64> {
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    if digits.len() < 4
        || (digits.len() > 4 && digits[0] == b'0')
        || !digits.iter().all(u8::is_ascii_digit)
    {
        return None;
    }
    let value: i64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let value = if digits.len() < bytes.len() {
        -value
    } else {
        value
    };
    (value != 0).then_some(value)
}

fn month(bytes: &[u8]) -> Option<u32> {
    two(bytes).filter(|m| (1..=12).contains(m))
}

fn day(bytes: &[u8], last: u32) -> bool {
    two(bytes).is_some_and(|d| (1..=last).contains(&d))
}

/// Days of a month; of any year when the year is not known.
fn days(month: u32, year: Option<i64>) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => match year {
            Some(y) if !(y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)) => 28,
            _ => 29,
        },
        _ => 31,
    }
}

fn date(bytes: &[u8]) -> bool {
    let Some(at) = bytes.len().checked_sub(6) else {
        return false;
    };
    let (head, tail) = bytes.split_at(at);
    let (Some(year), Some(month)) = (year(head), month(&tail[1..3])) else {
        return false;
    };
    tail[0] == b'-' && tail[3] == b'-' && day(&tail[4..], days(month, Some(year)))
}

fn time(bytes: &[u8]) -> bool {
    if bytes.len() < 8 || bytes[2] != b':' || bytes[5] != b':' {
        return false;
    }
    let (Some(h), Some(m), Some(s)) = (two(&bytes[..2]), two(&bytes[3..5]), two(&bytes[6..8]))
    else {
        return false;
    };
    let fraction = match &bytes[8..] {
        [] => &[][..],
        [b'.', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => {
            digits
        }
        _ => return false,
    };
    let zero = m == 0 && s == 0 && fraction.iter().all(|&d| d == b'0');
    m < 60 && s < 60 && (h < 24 || (h == 24 && zero))
}

fn duration(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let Some(mut rest) = bytes.strip_prefix(b"P") else {
        return false;
    };
    let mut units: &[u8] = b"YMD";
    let mut in_time = false;
    let mut months: Option<i64> = Some(0);
    let mut found = false;
    while !rest.is_empty() {
        if rest[0] == b'T' && !in_time {
            in_time = true;
            units = b"HMS";
            rest = &rest[1..];
            if rest.is_empty() {
                return false;
            }
            continue;
        }
        let n = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let mut after = &rest[n..];
        let mut fraction = None;
        if let [b'.', tail @ ..] = after {
            let f = tail.iter().take_while(|b| b.is_ascii_digit()).count();
            fraction = Some(f);
            after = &tail[f..];
        }
        let Some(&unit) = after.first() else {
            return false;
        };
        let Some(at) = units.iter().position(|&u| u == unit) else {
            return false;
        };
        if n + fraction.unwrap_or(0) == 0 || (fraction.is_some() && unit != b'S') {
            return false;
        }
        let digits = std::str::from_utf8(&rest[..n]).unwrap_or_default();
        let value: Option<i64> = if n == 0 { Some(0) } else { digits.parse().ok() };
        let Some(value) = value else {
            return false;
        };
        if !in_time && unit != b'D' {
            let scale = if unit == b'Y' { 12 } else { 1 };
            months = months.and_then(|m| value.checked_mul(scale).and_then(|v| m.checked_add(v)));
        }
        units = &units[at + 1..];
        rest = &after[1..];
        found = true;
    }
    found && months.is_some()
}
