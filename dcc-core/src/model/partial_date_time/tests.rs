//! Forms of a date agree, and what is not a date is refused.

#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn forms_agree() {
    for (iso, hl7, french) in [
        ("2019", "2019", "2019"),
        ("2019-02", "201902", "02/2019"),
        ("2019-02-18", "20190218", "18/02/2019"),
        (
            "2019-02-18T09:49+01:00",
            "201902180949+0100",
            "18/02/2019 09:49 (UTC+01:00)",
        ),
        (
            "2019-02-18T09:49:14-03:30",
            "20190218094914-0330",
            "18/02/2019 09:49:14 (UTC-03:30)",
        ),
    ] {
        let m: PartialDateTime = iso.parse().unwrap();
        assert_eq!(m.to_string(), iso);
        assert_eq!(m.hl7().to_string(), hl7);
        assert_eq!(m.french().to_string(), french);
        assert_eq!(PartialDateTime::from_hl7(hl7), Some(m));
        assert_eq!(PartialDateTime::from_french(french), Some(m));
    }
    assert_eq!(
        "2019-02-18T09:49Z"
            .parse::<PartialDateTime>()
            .unwrap()
            .to_string(),
        "2019-02-18T09:49+00:00"
    );
}

#[test]
fn years_that_no_form_can_hold_are_refused_or_bounded() {
    let day = |year| NaiveDate::from_ymd_opt(year, 3, 1).unwrap();
    for (year, bounded) in [(-5, "0001-03-01"), (0, "0001-03-01"), (12025, "9999-03-01")] {
        assert_eq!(PartialDateTime::date(day(year)).to_string(), bounded);
        assert!(PartialDateTime::try_from(day(year)).is_err());
    }
    let real = PartialDateTime::try_from(day(2019)).unwrap();
    assert_eq!(real.to_string(), "2019-03-01");
    assert_eq!(PartialDateTime::ymd(2019, 3, 1), Some(real));
    assert_eq!(PartialDateTime::ymd(0, 1, 1), None);
    assert_eq!(PartialDateTime::ymd(2019, 0, 1), None);
    let at = DateTime::from_timestamp(0, 0).unwrap();
    assert_eq!(
        PartialDateTime::instant(at).to_string(),
        "1970-01-01T00:00:00+00:00"
    );
}

#[test]
fn what_is_not_a_date() {
    for text in [
        "",
        "19",
        "2019-13",
        "2019-02-30",
        "2019-2-3",
        "18/02/2019",
        "2019-02-18T25:00Z",
        "2019-02-18T09:49:14.5Z",
        "2019-02T09:00Z",
        "2019-02-18 09:49",
        "2019-02-18T0949Z",
        "2019-02-18T09:49+15:00",
        "0000-01-01",
        "２019",
    ] {
        assert!(text.parse::<PartialDateTime>().is_err(), "{text}");
    }
    for text in [
        "2019021809",
        "20190230",
        "abcd",
        "2019+0100",
        "20190218094914.5+0100",
    ] {
        assert_eq!(PartialDateTime::from_hl7(text), None, "{text}");
    }
}

#[test]
fn order_needs_certainty() {
    let m = |t: &str| t.parse::<PartialDateTime>().unwrap();
    assert!(m("2018").is_before(m("2019-01-01")));
    assert!(!m("2019").is_before(m("2019-05")));
    assert!(!m("2019-05-03").is_before(m("2019-05-03T23:00+01:00")));
    assert!(m("2019-05-03T09:00+02:00").is_before(m("2019-05-03T08:30+01:00")));
}
