//! Every problem of a report.

use std::collections::BTreeSet;

use super::CrAcp;
use super::model::{
    Battery, Coded, Image, Observation, Procedure, Quantity, Section, SectionKind, Value,
};
use super::rules;
use crate::model::rules as common;
use crate::model::{Author, Checker, Code};
use crate::problem::{Problem, Problems};
use crate::terminology::{Jdv, Terminology};

/// Most bytes of all images: a document stays below the default
/// [`Limits`](crate::xml::Limits) of a reader.
const MAX_IMAGES: usize = 30_000_000;

impl CrAcp {
    pub(super) fn every_problem(&self, terminology: &Terminology) -> Problems {
        let mut c = Checker::new(terminology, &self.header);
        c.texts(self);
        c.header(&self.header);
        c.code("code", self.code.as_ref(), Jdv::J07TypeCode);
        c.at("context", |c| c.care_context(&self.context));
        c.require(!self.sections.is_empty(), "sections", &rules::SECTIONS);
        let concludes = |s: &&Section| {
            s.kind == Some(SectionKind::Conclusion)
                && (!s.batteries.is_empty() || !s.specimens.is_empty())
        };
        if !self.sections.is_empty() {
            c.require(
                self.all_sections().iter().any(concludes),
                "sections",
                &rules::CONCLUSION,
            );
        }
        c.each("sections", &self.sections, check_section);
        self.check_images(&mut c);
        c.finish()
    }

    fn check_images(&self, c: &mut Checker<'_>) {
        let mut ids = BTreeSet::new();
        let mut size = 0;
        for image in self.images() {
            size += image.data.0.len();
            if !ids.insert(&image.id) {
                c.push(Problem::new(&rules::IMAGE_ID, "/sections").found(&image.id));
            }
        }
        if size > MAX_IMAGES {
            c.push(
                Problem::new(&rules::IMAGE_SIZE, "/sections")
                    .found(format!("{size} octets"))
                    .allowed([format!("{MAX_IMAGES} octets au plus")]),
            );
        }
    }
}

fn check_section(c: &mut Checker<'_>, s: &Section) {
    if s.kind.is_some() == s.code.is_some() {
        c.push(c.problem_at("kind", &rules::SECTION_KIND));
    }
    c.require(
        s.kind.is_some() || s.title.is_some(),
        "title",
        &common::REQUIRED,
    );
    check_code(c, "code", s.code.as_ref());
    check_code(c, "specialty", s.specialty.as_ref());
    let nothing = Section {
        kind: s.kind,
        code: s.code.clone(),
        specialty: s.specialty.clone(),
        title: s.title.clone(),
        ..Section::default()
    };
    if *s == nothing {
        c.push(c.problem(&rules::SECTION_EMPTY));
    }
    c.each("authors", &s.authors, check_author);
    c.each("images", &s.images, check_image);
    c.each("procedures", &s.procedures, check_procedure);
    c.each("batteries", &s.batteries, check_battery);
    c.each("specimens", &s.specimens, |c, specimen| {
        if specimen.procedures.is_empty() && specimen.batteries.is_empty() {
            c.push(c.problem(&rules::EMPTY_GROUP));
        }
        c.each("procedures", &specimen.procedures, check_procedure);
        c.each("batteries", &specimen.batteries, check_battery);
    });
    c.each("observations", &s.observations, check_observation);
    c.each("sections", &s.sections, check_section);
}

fn check_image(c: &mut Checker<'_>, image: &Image) {
    let mut chars = image.id.chars();
    let good = chars.next().is_some_and(|f| f.is_ascii_alphabetic())
        && chars.all(|r| r.is_ascii_alphanumeric() || "-_.".contains(r));
    if !good {
        c.push(c.problem_at("id", &rules::IMAGE_ID).found(&image.id));
    }
    let signature: &[&[u8]] = match image.media_type.as_str() {
        "image/jpeg" => &[b"\xFF\xD8\xFF"],
        "image/png" => &[b"\x89PNG\r\n\x1A\n"],
        "image/gif" => &[b"GIF87a", b"GIF89a"],
        _ => &[],
    };
    if !signature.iter().any(|s| image.data.0.starts_with(s)) {
        c.push(
            c.problem_at("media_type", &rules::IMAGE_TYPE)
                .found(&image.media_type)
                .allowed(["image/jpeg", "image/png", "image/gif"]),
        );
    }
}

fn check_procedure(c: &mut Checker<'_>, p: &Procedure) {
    check_coded(c, "code", p.code.as_ref());
    check_coded(c, "site", p.site.as_ref());
    c.require(p.product.is_some(), "product", &rules::PRODUCT);
    for (field, id) in [("product", &p.product), ("specimen", &p.specimen)] {
        if let Some(id) = id {
            c.at(field, |c| c.identifier(id));
        }
    }
    c.moments("period", &p.period);
    c.moments("product_period", &p.product_period);
    c.past("received", p.received);
    c.require(
        p.product.is_some() || p.product_period.is_empty(),
        "product_period",
        &common::NOT_CARRIED,
    );
    check_performers(c, &p.performers);
    c.each("authors", &p.authors, check_author);
}

fn check_battery(c: &mut Checker<'_>, b: &Battery) {
    if b.observations.is_empty() && b.comments.is_empty() {
        c.push(c.problem(&rules::EMPTY_GROUP));
    }
    if let Some(topic) = &b.topic {
        c.at("topic", |c| {
            check_code(c, "name", Some(&topic.name));
            check_code(c, "value", topic.value.as_ref());
        });
    }
    c.moments("period", &b.period);
    c.each("specimens", &b.specimens, |c, id| c.identifier(id));
    check_performers(c, &b.performers);
    c.each("authors", &b.authors, check_author);
    c.each("observations", &b.observations, check_observation);
}

fn check_observation(c: &mut Checker<'_>, o: &Observation) {
    c.require(o.code.is_some(), "code", &rules::CODE);
    check_coded(c, "code", o.code.as_ref());
    let says = o.value.is_some() || o.text.is_some() || !o.components.is_empty() || o.aborted;
    c.require(says, "value", &rules::VALUE);
    if let Some(value) = &o.value {
        c.at("value", |c| check_value(c, value));
    }
    check_code(c, "interpretation", o.interpretation.as_ref());
    check_code(c, "method", o.method.as_ref());
    check_coded(c, "site", o.site.as_ref());
    c.moments("period", &o.period);
    c.each("specimens", &o.specimens, |c, id| c.identifier(id));
    check_performers(c, &o.performers);
    c.each("authors", &o.authors, check_author);
    c.each("components", &o.components, check_observation);
}

fn check_value(c: &mut Checker<'_>, value: &Value) {
    match value {
        Value::Code(coded) => check_coded(c, "code", Some(coded)),
        Value::Text(text) => {
            if text.contains(['\n', '\r', '\t']) || text.trim() != text {
                c.push(c.problem_at("text", &rules::ONE_LINE));
            }
        }
        Value::Quantity(Quantity { value, .. }) => check_number(c, "quantity/value", value),
        Value::Real(number) => check_number(c, "real", number),
        Value::PartialDateTime(moment) => c.moment("moment", Some(*moment)),
        Value::Integer(_) | Value::Boolean(_) => {}
    }
}

fn check_number(c: &mut Checker<'_>, field: &str, number: &str) {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !(all(whole) && all(decimals)) {
        c.push(c.problem_at(field, &rules::NUMBER).found(number));
    }
}

fn check_performers(c: &mut Checker<'_>, performers: &[super::ReportPerformer]) {
    c.each("performers", performers, |c, p| {
        c.moments("period", &p.period);
        c.at("professional", |c| {
            c.identified(&p.professional);
            c.professional(&p.professional);
        });
    });
}

fn check_author(c: &mut Checker<'_>, a: &Author) {
    c.author(a);
}

fn check_coded(c: &mut Checker<'_>, field: &str, coded: Option<&Coded>) {
    let Some(coded) = coded else { return };
    c.at(field, |c| {
        let says = coded.code.is_some() || coded.absent.is_some() || !coded.translations.is_empty();
        c.require(says, "code", &common::REQUIRED);
        c.require(
            coded.code.is_none() || coded.absent.is_none(),
            "absent",
            &common::NOT_CARRIED,
        );
        check_code(c, "code", coded.code.as_ref());
        c.each("translations", &coded.translations, |c, code| {
            check_code_here(c, code);
        });
        c.each("qualifiers", &coded.qualifiers, |c, q| {
            check_code(c, "name", Some(&q.name));
            check_code(c, "value", q.value.as_ref());
        });
    });
}

/// A code of any code system, which it must state.
fn check_code(c: &mut Checker<'_>, field: &str, code: Option<&Code>) {
    if let Some(code) = code {
        c.at(field, |c| check_code_here(c, code));
    }
}

fn check_code_here(c: &mut Checker<'_>, code: &Code) {
    c.coded_anywhere(code);
}
