//! Drawing operations to a PDF/A-1b file.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::{Document, SerializeSettings};

use super::fonts::Fonts;
use super::pages::{HEIGHT, Heading, Op, Pages, WIDTH};
use super::text::Color;
use crate::header::Header;
use crate::rules;
use dcc_base::problem::{Problem, Problems};

/// Longest text in the file's properties, in characters.
const MAX_PROPERTY: usize = 500;
/// Longest address of a link, in bytes.
const MAX_LINK: usize = 2000;

/// The date of the file: the document's, else the one given.
pub(super) fn date(header: &Header, given: Option<&str>) -> Result<DateTime, Problems> {
    let own = header.date_value.as_deref();
    own.and_then(date_time)
        .or_else(|| given.and_then(date_time))
        .ok_or_else(|| {
            let mut problem = Problem::new(&rules::DATE, "/ClinicalDocument/effectiveTime")
                .allowed(["AAAAMMJJhhmmss+ZZZZ"]);
            problem.found = given.or(own).map(str::to_owned);
            problem.into()
        })
}

pub(super) fn pdf(
    header: &Header,
    date: DateTime,
    fonts: &Fonts,
    pages: Pages,
) -> Result<Vec<u8>, Problems> {
    let failed = |why: String| Problems::from(Problem::new(&rules::PDF, "").found(why));
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A1_B)
        .finish()
        .map_err(|e| failed(format!("{e:?}")))?;
    let settings = SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(header, date));
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| failed("format".to_owned()))?;
    document.set_outline(outline(&pages.headings));
    for ops in pages.pages {
        let mut page = document.start_page_with(size.clone());
        let mut links = Vec::new();
        let mut surface = page.surface();
        for op in ops {
            draw(&mut surface, fonts, op, &mut links);
        }
        surface.finish();
        for link in links {
            page.add_annotation(link);
        }
        page.finish();
    }
    document.finish().map_err(|error| match error {
        KrillaError::Validation(broken) => broken
            .into_iter()
            .map(|(error, _)| Problem::new(&rules::PDF, "").found(format!("{error:?}")))
            .collect(),
        other => failed(other.to_string()),
    })
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, op: Op, links: &mut Vec<Annotation>) {
    match op {
        Op::Glyphs {
            x,
            baseline,
            face,
            size,
            color,
            text,
            glyphs,
        } => {
            surface.set_fill(Some(fill(color)));
            surface.draw_glyphs(
                Point::from_xy(x, baseline),
                &glyphs,
                fonts.krilla(face),
                &text,
                size,
                false,
            );
        }
        Op::Fill {
            x,
            y,
            width,
            height,
            color,
        } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_fill(Some(fill(color)));
                surface.draw_path(&path);
            }
        }
        Op::Picture {
            x,
            y,
            width,
            height,
            image,
        } => {
            if let Some(size) = Size::from_wh(width, height) {
                surface.push_transform(&Transform::from_translate(x, y));
                surface.draw_image(image, size);
                surface.pop();
            }
        }
        Op::Link {
            x,
            y,
            width,
            height,
            href,
        } => {
            let rect = Rect::from_xywh(x, y, width, height);
            if let Some(rect) = rect.filter(|_| href.len() <= MAX_LINK && href.is_ascii()) {
                let action = Action::Link(LinkAction::new(href.to_string()));
                let link = LinkAnnotation::new(rect, Target::Action(action));
                links.push(Annotation::new_link(link, None));
            }
        }
    }
}

fn fill(color: Color) -> Fill {
    let color = match color {
        Color::Ink => rgb::Color::new(0x1B, 0x1F, 0x24),
        Color::Grey => rgb::Color::new(0x4A, 0x55, 0x61),
        Color::Accent => rgb::Color::new(0x0B, 0x4F, 0x8A),
        Color::Rule => rgb::Color::new(0xB4, 0xC2, 0xCF),
        Color::HeadFill => rgb::Color::new(0xE6, 0xEE, 0xF6),
        Color::CardFill => rgb::Color::new(0xF3, 0xF7, 0xFB),
    };
    Fill {
        paint: color.into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn metadata(header: &Header, date: DateTime) -> Metadata {
    let cut = |text: &str| text.chars().take(MAX_PROPERTY).collect::<String>();
    let language = header
        .language
        .as_deref()
        .filter(|l| l.len() <= 12 && l.split('-').all(is_subtag))
        .unwrap_or("fr-FR");
    Metadata::new()
        .title(cut(&header.title))
        .authors(header.authors.iter().map(|a| cut(&a.who())).collect())
        .description(cut(header.kind.as_deref().unwrap_or_default()))
        .language(language.to_owned())
        .creator("dcc".to_owned())
        .producer(concat!("dcc-core ", env!("CARGO_PKG_VERSION"), ", krilla").to_owned())
        .document_id(cut(&format!(
            "{}#{}",
            header.id,
            header.version.as_deref().unwrap_or_default()
        )))
        .creation_date(date)
}

fn is_subtag(tag: &str) -> bool {
    (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// An HL7 `TS` as a PDF date.
fn date_time(value: &str) -> Option<DateTime> {
    let cut = value.find(['+', '-']).unwrap_or(value.len());
    let (moment, offset) = value.split_at(cut);
    let part = |from: usize, to: usize| moment.get(from..to)?.parse::<u8>().ok();
    let mut date = DateTime::new(moment.get(..4)?.parse().ok()?);
    let in_range = |v: u8, low: u8, high: u8| (low..=high).contains(&v).then_some(v);
    if let Some(month) = part(4, 6) {
        date = date.month(in_range(month, 1, 12)?);
    }
    if let Some(day) = part(6, 8) {
        date = date.day(in_range(day, 1, 31)?);
    }
    if let Some(hour) = part(8, 10) {
        date = date.hour(in_range(hour, 0, 23)?);
    }
    if let Some(minute) = part(10, 12) {
        date = date.minute(in_range(minute, 0, 59)?);
    }
    if let Some(second) = part(12, 14) {
        date = date.second(in_range(second, 0, 59)?);
    }
    let digits = offset.get(1..).unwrap_or_default();
    if moment.len() >= 10 && digits.len() == 4 {
        let hours: i8 = digits.get(..2)?.parse().ok().filter(|h| *h <= 23)?;
        let minutes: u8 = digits.get(2..)?.parse().ok().filter(|m| *m <= 59)?;
        let sign = if offset.starts_with('-') { -1 } else { 1 };
        date = date
            .utc_offset_hour(sign * hours)
            .utc_offset_minute(minutes);
    }
    Some(date)
}

/// The headings as a tree.
fn outline(headings: &[Heading]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = headings;
    while let Some((node, tail)) = node(rest, 0) {
        outline.push_child(node);
        rest = tail;
    }
    outline
}

/// The first heading with those below it, and the headings that follow.
fn node(headings: &[Heading], depth: usize) -> Option<(OutlineNode, &[Heading])> {
    let (first, mut rest) = headings.split_first()?;
    let title: String = first.title.chars().take(MAX_PROPERTY).collect();
    let place = XyzDestination::new(first.page, Point::from_xy(0.0, first.y));
    let mut node_of = OutlineNode::new(title, place);
    while depth < 16 && rest.first().is_some_and(|h| h.level > first.level) {
        let Some((child, tail)) = node(rest, depth + 1) else {
            break;
        };
        node_of.push_child(child);
        rest = tail;
    }
    Some((node_of, rest))
}
