//! Drawing operations to a PDF/A-1a file.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::{Document, SerializeSettings};

use super::fonts::Fonts;
use super::pages::{Heading, Op, Pages};
use super::place::{HEIGHT, WIDTH};
use super::structure::Structure;
use super::text::Color;
use crate::header::Header;
use crate::rules;
use dcc_base::problem::{Problem, Problems};
use dcc_cda::Ts;

/// Longest text in the file's properties, in characters.
const MAX_PROPERTY: usize = 500;
/// Longest address of a link, in bytes.
const MAX_LINK: usize = 2000;

/// The date of the file: the document's, else the one given; none when neither
/// is a possible date.
pub(super) fn date(
    header: &Header,
    given: Option<&str>,
    problems: &mut Problems,
) -> Option<DateTime> {
    let own = header.date_value.as_deref();
    let date = own
        .and_then(date_time)
        .or_else(|| given.and_then(date_time));
    if date.is_none() {
        let mut problem = Problem::new(&rules::DATE, "/ClinicalDocument/effectiveTime")
            .allowed(["AAAAMMJJhhmmss+ZZZZ"]);
        problem.found = given.or(own).map(str::to_owned);
        problems.push(problem);
    }
    date
}

/// What a file claims to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Claim {
    Archival(Archival),
    Nothing,
}

pub(super) fn pdf(
    header: &Header,
    date: Option<DateTime>,
    fonts: &Fonts,
    pages: &Pages,
    problems: &mut Problems,
) -> Result<Vec<u8>, Problems> {
    let Some(date) = date else {
        return write(header, None, fonts, pages, Claim::Nothing);
    };
    let tagged = write(
        header,
        Some(date),
        fonts,
        pages,
        Claim::Archival(Archival::A1_A),
    );
    let why = match tagged {
        Ok(bytes) => return Ok(bytes),
        Err(why) => why,
    };
    // a text that level a does not accept; level b is about how it looks
    let plain = write(
        header,
        Some(date),
        fonts,
        pages,
        Claim::Archival(Archival::A1_B),
    )?;
    let found: Vec<String> = why.iter().filter_map(|p| p.found.clone()).take(3).collect();
    problems.push(Problem::new(&rules::UNTAGGED, "").found(found.join(" ; ")));
    Ok(plain)
}

fn write(
    header: &Header,
    date: Option<DateTime>,
    fonts: &Fonts,
    pages: &Pages,
    claim: Claim,
) -> Result<Vec<u8>, Problems> {
    let failed = |why: String| Problems::from(Problem::new(&rules::PDF, "").found(why));
    let configuration = match claim {
        Claim::Archival(level) => ConfigurationBuilder::new().with_archival_validator(level),
        Claim::Nothing => ConfigurationBuilder::new().with_version(PdfVersion::Pdf14),
    }
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
    let mut structure = Structure::new(&pages.tags);
    for ops in &pages.pages {
        let mut page = document.start_page_with(size.clone());
        let mut links = Vec::new();
        let mut surface = page.surface();
        let mut at = 0;
        while at < ops.len() {
            // what follows of the same node is one piece of content
            let tag = ops[at].tag;
            let count = ops[at..].iter().take_while(|m| m.tag == tag).count();
            let content = match tag {
                Some(_) => ContentTag::Other,
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)),
            };
            let is_drawn = ops[at..at + count]
                .iter()
                .any(|m| !matches!(m.op, Op::Link { .. }));
            if is_drawn {
                let id = surface.start_tagged(content);
                for marked in &ops[at..at + count] {
                    draw(&mut surface, fonts, &marked.op);
                }
                surface.end_tagged();
                if let Some(tag) = tag {
                    structure.content(tag, id);
                }
            }
            for marked in &ops[at..at + count] {
                links.extend(link(&marked.op).map(|link| (link, tag)));
            }
            at += count;
        }
        surface.finish();
        for (link, tag) in links {
            match tag {
                Some(tag) => {
                    let id = page.add_tagged_annotation(link);
                    structure.content(tag, id);
                }
                None => page.add_annotation(link),
            }
        }
        page.finish();
    }
    document.set_tag_tree(structure.tree());
    document.finish().map_err(|error| match error {
        KrillaError::Validation(broken) => broken
            .into_iter()
            .map(|(error, _)| Problem::new(&rules::PDF, "").found(format!("{error:?}")))
            .collect(),
        other => failed(other.to_string()),
    })
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, op: &Op) {
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
            surface.set_fill(Some(fill(*color)));
            surface.draw_glyphs(
                Point::from_xy(*x, *baseline),
                glyphs,
                fonts.krilla(*face),
                text,
                *size,
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
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_fill(Some(fill(*color)));
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
            if let Some(size) = Size::from_wh(*width, *height) {
                surface.push_transform(&Transform::from_translate(*x, *y));
                surface.draw_image(image.clone(), size);
                surface.pop();
            }
        }
        Op::Link { .. } => {}
    }
}

/// The annotation of a link.
fn link(op: &Op) -> Option<Annotation> {
    let Op::Link {
        x,
        y,
        width,
        height,
        href,
    } = op
    else {
        return None;
    };
    let rect = Rect::from_xywh(*x, *y, *width, *height)?;
    if href.len() > MAX_LINK || !href.is_ascii() {
        return None;
    }
    let action = Action::Link(LinkAction::new(href.to_string()));
    let link = LinkAnnotation::new(rect, Target::Action(action));
    let text = format!("Lien vers {href}");
    Some(Annotation::new_link(link, Some(text)))
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

fn metadata(header: &Header, date: Option<DateTime>) -> Metadata {
    let cut = |text: &str| text.chars().take(MAX_PROPERTY).collect::<String>();
    let language = header
        .language
        .as_deref()
        .filter(|l| l.len() <= 12 && l.split('-').all(is_subtag))
        .unwrap_or("fr-FR");
    let metadata = Metadata::new()
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
        )));
    match date {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

fn is_subtag(tag: &str) -> bool {
    (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// An HL7 `TS` as a PDF date; none when it is no possible date.
fn date_time(value: &str) -> Option<DateTime> {
    let ts = Ts::parse(value.trim()).ok()?;
    let mut date = DateTime::new(ts.year);
    if let Some(month) = ts.month {
        date = date.month(month);
    }
    if let Some(day) = ts.day {
        date = date.day(day);
    }
    if let Some(clock) = ts.clock {
        date = date.hour(clock.hour);
        if let Some(minute) = clock.minute {
            date = date.minute(minute);
        }
        if let Some(second) = clock.second {
            date = date.second(second);
        }
        if let Some(offset) = clock.offset {
            date = date
                .utc_offset_hour((offset / 60) as i8)
                .utc_offset_minute((offset % 60).unsigned_abs() as u8);
        }
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
