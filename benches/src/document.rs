//! A CDA document: to XML against quick-xml writing the same events, from XML
//! against a quick-xml scan that reads every attribute.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use quick_xml::events::Event;
use quick_xml::{Reader, Writer, XmlVersion};

/// Every event of a document, as quick-xml gives it.
fn events(xml: &str) -> Vec<Event<'_>> {
    let mut reader = Reader::from_str(xml);
    let mut events = Vec::new();
    loop {
        match reader.read_event().expect("a document of ours") {
            Event::Eof => return events,
            event => events.push(event),
        }
    }
}

/// Names and attributes of one start tag, taken once for the baseline.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    empty: bool,
}

enum Part<'a> {
    Tag(Tag<'a>),
    End(String),
    Text(String),
    Other(Event<'a>),
}

fn parts<'a>(events: &'a [Event<'a>]) -> Vec<Part<'a>> {
    events
        .iter()
        .map(|event| match event {
            Event::Start(tag) | Event::Empty(tag) => Part::Tag(Tag {
                name: tag.name().0,
                attributes: tag
                    .attributes()
                    .flatten()
                    .map(|a| {
                        (
                            a.key.0,
                            a.normalized_value(XmlVersion::Explicit1_0)
                                .expect("escaped by us")
                                .into_owned(),
                        )
                    })
                    .collect(),
                empty: matches!(event, Event::Empty(_)),
            }),
            Event::End(end) => Part::End(end.name().0.to_owned()),
            Event::Text(text) => Part::Text(text.to_string()),
            event => Part::Other(event.borrow()),
        })
        .collect()
}

/// The baseline of the writer: quick-xml writes the same events, given their
/// names, attributes and texts.
fn write_parts(parts: &[Part<'_>]) -> Vec<u8> {
    use quick_xml::events::{BytesEnd, BytesStart, BytesText};
    let mut writer = Writer::new(Vec::with_capacity(128 * 1024));
    for part in parts {
        let event = match part {
            Part::Tag(tag) => {
                let mut start = BytesStart::new(tag.name);
                for (name, value) in &tag.attributes {
                    start.push_attribute((*name, value.as_str()));
                }
                if tag.empty {
                    Event::Empty(start)
                } else {
                    Event::Start(start)
                }
            }
            Part::End(name) => Event::End(BytesEnd::new(name.as_str())),
            Part::Text(text) => Event::Text(BytesText::new(text)),
            Part::Other(event) => event.borrow(),
        };
        writer.write_event(event).expect("a Vec");
    }
    writer.into_inner()
}

/// The baseline of the reader: every event, every attribute unescaped.
fn scan(xml: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut seen = 0;
    loop {
        match reader.read_event().expect("a document of ours") {
            Event::Start(start) | Event::Empty(start) => {
                for attribute in start.attributes() {
                    let attribute = attribute.expect("well formed");
                    seen += attribute
                        .normalized_value(XmlVersion::Explicit1_0)
                        .expect("escaped by us")
                        .len();
                }
            }
            Event::Eof => return seen,
            _ => {}
        }
    }
}

/// Tags, ends and texts of a document, counted.
fn parts_of(xml: &str) -> (usize, usize, usize, usize) {
    let events = events(xml);
    let count = |wanted: fn(&Event<'_>) -> bool| events.iter().filter(|e| wanted(e)).count();
    (
        count(|e| matches!(e, Event::Start(_))),
        count(|e| matches!(e, Event::Empty(_))),
        count(|e| matches!(e, Event::End(_))),
        scan(xml),
    )
}

/// Fastest of many runs: what the code costs when nothing else runs.
fn fastest<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..400 {
        let start = Instant::now();
        black_box(run());
        best = best.min(start.elapsed());
    }
    best
}

fn mb_per_s(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

/// A document to time.
#[derive(Debug)]
pub struct Timed<'a, W, C, R> {
    /// Name of the group, for example `fiche_rcp`.
    pub name: &'a str,
    /// The document written.
    pub xml: &'a [u8],
    /// Writes it, check included.
    pub write: W,
    /// Checks its model.
    pub check: C,
    /// Reads it.
    pub read: R,
}

/// Times a document with criterion, then prints MB/s and the ratio to each
/// baseline, from the fastest of many runs.
///
/// # Panics
/// When the baseline does not write the same document.
pub fn bench<A, B, D>(timed: &Timed<'_, impl Fn() -> A, impl Fn() -> B, impl Fn() -> D>) {
    let Timed {
        name,
        xml,
        write,
        check,
        read,
    } = timed;
    let text = std::str::from_utf8(xml).expect("UTF-8");
    let events = events(text);
    let parts = parts(&events);
    let again = String::from_utf8(write_parts(&parts)).expect("UTF-8");
    assert_eq!(
        parts_of(&again),
        parts_of(text),
        "the baseline writes the same document"
    );

    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(30)
        .measurement_time(Duration::from_secs(3));
    let mut group = criterion.benchmark_group(*name);
    group.throughput(Throughput::Bytes(xml.len() as u64));
    group.bench_function("to_cda (check included)", |b| b.iter(write));
    group.bench_function("baseline: quick-xml writes the same events", |b| {
        b.iter(|| write_parts(black_box(&parts)))
    });
    group.bench_function("from_cda", |b| b.iter(read));
    group.bench_function("baseline: quick-xml scan with attributes", |b| {
        b.iter(|| scan(black_box(text)))
    });
    group.finish();
    criterion.final_summary();

    let (write, check) = (fastest(write), fastest(check));
    let base = fastest(|| write_parts(&parts));
    let read = fastest(read);
    let scanned = fastest(|| scan(text));
    println!("\n{name}, {} bytes of XML, fastest of 400", xml.len());
    for (name, time) in [
        ("to_cda, check included", write),
        ("  of which check", check),
        ("quick-xml, same events", base),
        ("from_cda", read),
        ("quick-xml, scan", scanned),
    ] {
        println!(
            "{name:<26} {:>9.1} µs {:>8.0} MB/s",
            time.as_secs_f64() * 1e6,
            mb_per_s(xml.len(), time)
        );
    }
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    println!(
        "write: {:.2} × quick-xml ({:.2} × without the check), goal 1.5 ×",
        ratio(write, base),
        ratio(write.saturating_sub(check), base)
    );
    println!("read:  {:.2} × quick-xml, goal 2 ×", ratio(read, scanned));
}
