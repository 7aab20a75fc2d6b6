//! Random documents, and what tests do with any of them.

use std::path::{Path, PathBuf};

use dcc_core::cr_acp::{
    Battery, Coded, Comment, CrAcp, Image, Observation, Procedure, Qualifier, Quantity,
    ReportPerformer, Section, SectionKind, Specimen, Value,
};
use dcc_core::model::context::RoleParticipant;
use dcc_core::model::{Binary, Code, Header, Identifier, PartialDateTime, Participant, Period};
use dcc_core::ppac::{
    Contact, Diagnosis, Emergency, EndOfTreatment, FollowUp, Handed, LateEffect, Lifestyle,
    PlannedExam, Ppac, ReceivedTreatment, Social, Support, Vaccination, Visit,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// A bundled document.
pub fn bundled(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dcc-core/examples/data");
    std::fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The folder where tests leave the documents they write, to have them judged:
/// the variable `DCC_TESTS_OUT`.
pub fn out_dir() -> Option<PathBuf> {
    std::env::var_os("DCC_TESTS_OUT").map(PathBuf::from)
}

/// A small PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n\
trailer<</Root 1 0 R>>\n%%EOF\n";

/// A text of a model: some lines, with what XML and French make hard.
pub fn text() -> impl Strategy<Value = String> {
    let line = "[a-zA-Zéèàçœ0-9<>&\"'()%/+.,;:!?°µ²≥ -]{0,30}";
    ("[a-zA-Zéàœ<&\"]", vec(line, 1..4))
        .prop_map(|(first, lines)| first + &lines.join("\n"))
        .prop_filter("a lone dash stands for nothing", |t| t != "-")
}

/// A text on one line, without space around.
pub fn line() -> impl Strategy<Value = String> {
    "[a-zA-Zéàœ<&\"]([a-zA-Zéèàçœ0-9<>&\"'()%/+.,;:!?°µ² -]{0,30}[a-z0-9.>&])?"
}

/// A date or an instant from 1990 to 2024.
pub fn moment() -> impl Strategy<Value = PartialDateTime> {
    (
        1990u16..2025,
        1u8..13,
        1u8..29,
        0u8..24,
        0u8..60,
        0u8..60,
        0u8..6,
    )
        .prop_map(|(y, mo, d, h, mi, s, precision)| {
            let text = match precision {
                0 => format!("{y}"),
                1 => format!("{y}-{mo:02}"),
                2 | 3 => format!("{y}-{mo:02}-{d:02}"),
                4 => format!("{y}-{mo:02}-{d:02}T{h:02}:{mi:02}+01:00"),
                _ => format!("{y}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}-03:30"),
            };
            text.parse().unwrap_or_else(|_| panic!("{text}"))
        })
}

/// A period that ends after it starts, or one moment.
pub fn period() -> impl Strategy<Value = Period> {
    (of(moment()), of(moment())).prop_map(|(start, end)| match (start, end) {
        (Some(a), Some(b)) if a.hl7().to_string() > b.hl7().to_string() => Period {
            start: Some(b),
            end: Some(a),
        },
        _ => Period { start, end },
    })
}

/// An identifier.
pub fn identifier() -> impl Strategy<Value = Identifier> {
    (1u32..9999, of("[A-Z0-9]{1,8}")).prop_map(|(n, extension)| Identifier {
        root: format!("1.2.250.1.213.1.1.9.{n}"),
        extension,
    })
}

/// A code with its code system.
pub fn code() -> impl Strategy<Value = Code> {
    const SYSTEMS: [&str; 5] = [
        "2.16.840.1.113883.6.1",
        "1.2.250.1.213.2.11",
        "2.16.840.1.113883.6.43.1",
        "1.3.6.1.4.1.19376.1.8.2.1",
        "1.2.3.4.5",
    ];
    ("[A-Z0-9][A-Z0-9/.-]{0,7}", 0..SYSTEMS.len(), of(line())).prop_map(|(code, i, label)| Code {
        label,
        ..Code::new(code).in_system(SYSTEMS[i])
    })
}

/// The header of a bundled document, changed.
fn header(base: Header) -> impl Strategy<Value = Header> {
    (1u32..1_000_000, of(line()), 0u8..4).prop_map(move |(n, telecom, which)| {
        let mut h = base.clone();
        h.id = Identifier::root(format!("1.2.250.1.213.1.1.1.99.{n}.1"));
        h.set_id = Identifier::root(format!("1.2.250.1.213.1.1.1.99.{n}"));
        if which == 0 {
            h.patient.used_name = None;
            h.patient.used_given_name = None;
        }
        if which == 1 {
            h.confidentiality = Some(Code::new("R"));
        }
        if let (Some(comment), 2) = (telecom, which)
            && let Some(author) = h.authors.first_mut()
        {
            author.function = Some(Code::new("ATTPHYS"));
            author.comment = Some(comment);
        }
        h
    })
}

fn participant(base: &Header) -> impl Strategy<Value = RoleParticipant> + use<> {
    let professional = base
        .authors
        .first()
        .map(|a| a.professional.clone())
        .unwrap_or_default();
    let functions = ["PCP", "ATTPHYS", "CORRE", "353"];
    (0..functions.len(), of(line()), of(moment()), any::<bool>()).prop_map(
        move |(i, comment, time, function)| RoleParticipant {
            kind: ["INF", "PRF", "CON"][i % 3].to_owned(),
            function: function.then(|| Code::new(functions[i])),
            participant: Participant {
                professional: professional.clone(),
                comment,
                time,
                ..Participant::default()
            },
            ..RoleParticipant::default()
        },
    )
}

/// A random PPAC that nothing forbids to write.
pub fn ppac() -> impl Strategy<Value = Ppac> {
    let base = Ppac::from_json(bundled("ppac_minimal.json")).unwrap_or_else(|p| panic!("{p}"));
    let context = base.context.clone();
    let treatment = (
        line(),
        period(),
        any::<bool>(),
        of(text()),
        of(line()),
        of(text()),
    )
        .prop_map(
            |(name, period, continues, cumulative_dose, place, effects)| ReceivedTreatment {
                name,
                continues: continues && period.end.is_none(),
                period,
                cumulative_dose,
                place,
                effects,
            },
        );
    let diagnosis = (of(moment()), text(), of(text()), of(text())).prop_map(
        |(date, cancer, stage, markers)| Diagnosis {
            date,
            cancer,
            stage,
            markers,
        },
    );
    let summary = (
        vec(diagnosis, 1..3),
        vec(treatment, 0..4),
        of(moment()),
        of(text()),
        of(text()),
        of(text()),
    )
        .prop_map(
            |(diagnoses, treatments, ended, outcome, sequelae, comment)| EndOfTreatment {
                diagnoses,
                treatments,
                ended,
                outcome,
                sequelae,
                comment,
            },
        );
    let visit = (
        line(),
        of(line()),
        text(),
        period(),
        of(moment()),
        of(text()),
        of(text()),
    )
        .prop_map(
            |(professional, role, rhythm, period, next, exams, comment)| Visit {
                professional,
                role,
                rhythm,
                period,
                next,
                exams,
                comment,
            },
        );
    let exam = (text(), of(text()), of(moment()), of(line())).prop_map(
        |(name, rhythm, next, prescriber)| PlannedExam {
            name,
            rhythm,
            next,
            prescriber,
        },
    );
    let follow_up = (
        of(text()),
        of(line()),
        vec(visit, 1..4),
        vec(exam, 0..3),
        of(text()),
    )
        .prop_map(
            |(principles, coordinator, visits, exams, comment)| FollowUp {
                principles,
                coordinator,
                visits,
                exams,
                comment,
            },
        );
    let effect = (text(), of(text()), of(text()), of(text())).prop_map(
        |(effect, cause, surveillance, warning_signs)| LateEffect {
            effect,
            cause,
            surveillance,
            warning_signs,
        },
    );
    let support = || {
        (line(), of(text()), period(), of(line())).prop_map(|(name, detail, period, provider)| {
            Support {
                name,
                detail,
                period,
                provider,
            }
        })
    };
    let lifestyle = (of(text()), of(text()), of(text()), of(text()), of(text())).prop_map(
        |(physical_activity, diet, tobacco, alcohol, other)| Lifestyle {
            physical_activity,
            diet,
            tobacco,
            alcohol,
            other,
        },
    );
    let vaccination = (line(), of(line()), of(moment()), of(text())).prop_map(
        |(vaccine, schedule, date, detail)| Vaccination {
            vaccine,
            schedule,
            date,
            detail,
        },
    );
    let social = (of(text()), of(text()), of(text()), of(text())).prop_map(
        |(work, social, rights, other)| Social {
            work,
            social,
            rights,
            other,
        },
    );
    let contact = (
        line(),
        of(line()),
        of(line()),
        of(line()),
        of(line()),
        of(text()),
    )
        .prop_map(|(role, name, organization, phone, email, hours)| Contact {
            role,
            name,
            organization,
            phone,
            email,
            hours,
        });
    let emergency =
        (of(text()), of(text()), of(line())).prop_map(|(signs, action, phone)| Emergency {
            signs,
            action,
            phone,
        });
    let handed = (of(moment()), of(line()), of(text()), of(text())).prop_map(
        |(date, by, consultation, comment)| Handed {
            date,
            by,
            consultation,
            comment,
        },
    );
    let head = (
        header(base.header.clone()),
        vec(participant(&base.header), 0..4),
    );
    let advice = (
        lifestyle,
        vec(vaccination, 0..3),
        social,
        vec(contact, 0..3),
        emergency,
        handed,
    );
    (
        head,
        summary,
        follow_up,
        vec(effect, 0..3),
        (vec(support(), 0..3), vec(support(), 0..3)),
        advice,
        of(text()),
    )
        .prop_map(
            move |(
                (header, participants),
                summary,
                follow_up,
                late_effects,
                supports,
                advice,
                patient_comment,
            )| {
                let (lifestyle, vaccinations, social, contacts, emergency, handed) = advice;
                let mut context = context.clone();
                context.participants = participants;
                Ppac {
                    header,
                    context,
                    summary,
                    follow_up,
                    late_effects,
                    supportive_care: supports.0,
                    rehabilitation: supports.1,
                    lifestyle,
                    vaccinations,
                    social,
                    contacts,
                    emergency,
                    handed,
                    patient_comment,
                }
            },
        )
}

fn coded() -> impl Strategy<Value = Coded> {
    let qualifier = (code(), of(code())).prop_map(|(name, value)| Qualifier { name, value });
    (code(), vec(code(), 0..3), vec(qualifier, 0..2)).prop_map(
        |(code, translations, qualifiers)| Coded {
            code: Some(code),
            absent: None,
            qualifiers,
            translations,
        },
    )
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        coded().prop_map(Value::Code),
        line().prop_map(Value::Text),
        ("-?[0-9]{1,4}(\\.[0-9]{1,3})?", of("mm|%|cm3"))
            .prop_map(|(value, unit)| Value::Quantity(Quantity { value, unit })),
        "[0-9]{1,3}\\.[0-9]".prop_map(Value::Real),
        any::<i32>().prop_map(Value::Integer),
        any::<bool>().prop_map(Value::Boolean),
        moment().prop_map(Value::PartialDateTime),
    ]
}

fn observation() -> impl Strategy<Value = Observation> {
    let one = (
        (coded(), any::<bool>(), of(text()), period()),
        (value(), of(code()), of(code()), of(coded())),
        vec(identifier(), 0..2),
        vec(text(), 0..2),
    )
        .prop_map(
            |(
                (code, negated, text, period),
                (value, interpretation, method, site),
                specimens,
                comments,
            )| {
                let shown = value.display();
                Observation {
                    code: Some(code),
                    negated,
                    // a text that says what the value says is not kept
                    text: text.filter(|t| *t != shown),
                    period,
                    value: Some(value),
                    interpretation,
                    method,
                    site,
                    specimens,
                    comments: comments
                        .into_iter()
                        .map(|t| Comment { text: Some(t) })
                        .collect(),
                    ..Observation::default()
                }
            },
        );
    one.prop_recursive(2, 6, 2, |inner| {
        (inner.clone(), vec(inner, 0..3))
            .prop_map(|(o, components)| Observation { components, ..o })
    })
}

/// A random report that nothing forbids to write.
pub fn cr_acp() -> impl Strategy<Value = CrAcp> {
    let base = CrAcp::from_json(bundled("cr_acp_sein.json")).unwrap_or_else(|p| panic!("{p}"));
    let author = base.header.authors.first().cloned().unwrap_or_default();
    let professional = author.professional.clone();
    let context = base.context.clone();
    let procedure = (
        coded(),
        period(),
        of(coded()),
        identifier(),
        of(identifier()),
        of(moment()),
        of(period()),
    )
        .prop_map(
            move |(code, period, site, product, specimen, received, performed)| Procedure {
                code: Some(code),
                period,
                site,
                specimen,
                product: Some(product),
                product_period: period,
                received,
                performers: performed
                    .map(|period| ReportPerformer {
                        period,
                        professional: professional.clone(),
                    })
                    .into_iter()
                    .collect(),
                authors: Vec::new(),
            },
        );
    let procedure = procedure.boxed();
    let battery = (
        of((code(), of(code()))),
        any::<bool>(),
        period(),
        vec(identifier(), 0..2),
        vec(observation(), 1..3),
        vec(of(text()), 0..2),
        any::<bool>(),
    )
        .prop_map(
            move |(topic, aborted, period, specimens, observations, comments, signed)| Battery {
                topic: topic.map(|(name, value)| Qualifier { name, value }),
                aborted,
                period,
                specimens,
                authors: signed.then(|| author.clone()).into_iter().collect(),
                observations,
                comments: comments.into_iter().map(|text| Comment { text }).collect(),
                ..Battery::default()
            },
        )
        .boxed();
    let specimen = (vec(procedure.clone(), 0..2), vec(battery.clone(), 1..2)).prop_map(
        |(procedures, batteries)| Specimen {
            procedures,
            batteries,
        },
    );
    let kinds = [
        SectionKind::ClinicalInformation,
        SectionKind::ProcedureSteps,
        SectionKind::Intraoperative,
        SectionKind::Macroscopic,
        SectionKind::Microscopic,
    ];
    let section = (
        (0..kinds.len() + 1, code(), of(line())),
        text(),
        any::<bool>(),
        vec(procedure, 0..2),
        vec(battery.clone(), 0..2),
        vec(specimen.clone(), 0..2),
        vec(observation(), 0..2),
    )
        .prop_map(
            move |(
                (kind, code, title),
                text,
                image,
                procedures,
                batteries,
                specimens,
                observations,
            )| {
                let kind = kinds.get(kind).copied();
                let code = kind.is_none().then(|| Code {
                    code: format!("X{}", code.code),
                    ..code
                });
                Section {
                    kind,
                    title: title.or_else(|| code.is_some().then(|| "Autre section".to_owned())),
                    code,
                    text: Some(text),
                    images: image.then(picture).into_iter().collect(),
                    procedures,
                    batteries,
                    specimens,
                    observations,
                    ..Section::default()
                }
            },
        );
    let conclusion = (of(text()), vec(battery, 1..3), vec(specimen, 0..2)).prop_map(
        |(text, batteries, specimens)| Section {
            kind: Some(SectionKind::Conclusion),
            text,
            batteries,
            specimens,
            ..Section::default()
        },
    );
    (
        header(base.header),
        vec(section, 0..3),
        conclusion,
        any::<bool>(),
    )
        .prop_map(move |(header, mut sections, mut conclusion, nested)| {
            // an image has an id of its own in the document
            for (i, image) in sections.iter_mut().flat_map(|s| &mut s.images).enumerate() {
                image.id = format!("image-{i}");
            }
            if nested && let Some(section) = sections.pop() {
                conclusion.sections.push(section);
            }
            sections.push(conclusion);
            CrAcp {
                header,
                code: None,
                context: context.clone(),
                sections,
            }
        })
}

fn picture() -> Image {
    Image {
        id: String::new(),
        media_type: "image/gif".to_owned(),
        data: Binary(b"GIF89a\x01\x00\x01\x00\x80\x00\x00".to_vec()),
    }
}

/// A document spoilt: some bytes changed, perhaps cut.
pub fn spoilt(bytes: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let changes = vec((0..bytes.len(), any::<u8>()), 0..6);
    let tags = vec((0..bytes.len(), 0usize..5), 0..3);
    (changes, tags, of(0..bytes.len())).prop_map(move |(changes, tags, cut)| {
        const PIECES: [&[u8]; 5] = [
            b"<",
            b"</component>",
            b" nullFlavor=\"UNK\"",
            b"\"",
            b"&#0;",
        ];
        let mut spoilt = bytes.to_vec();
        for (at, byte) in changes {
            spoilt[at] = byte;
        }
        for (at, piece) in tags {
            let end = (at + PIECES[piece].len()).min(spoilt.len());
            spoilt.splice(at..end, PIECES[piece].iter().copied());
        }
        if let Some(cut) = cut {
            spoilt.truncate(cut);
        }
        spoilt
    })
}
