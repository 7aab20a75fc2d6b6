//! Editions of the extractions: what is read, what is told, what is refused.

mod common;

use common::*;
use dcc_directory::{BuildOptions, Coded, DirectoryBuilder, MailboxKind, Source};

#[test]
fn the_reference_lines_are_read_to_the_last_cell() {
    let mut builder = DirectoryBuilder::default();
    assert_eq!(
        told(&read(
            &mut builder,
            Source::Activities,
            &text(ACTIVITIES, &[ANNA])
        )),
        [] as [&str; 0]
    );
    assert_eq!(
        told(&read(
            &mut builder,
            Source::Mailboxes,
            &text(MAILBOXES, &[ANNA_BOX])
        )),
        [] as [&str; 0]
    );
    let file = builder.finish().expect("accepted");
    let directory = open(&file);
    let anna = directory.professional("810099887761");
    assert_eq!(anna.edition.to_string(), "2026-08-26");
    let anna = anna.value.expect("found");
    assert_eq!(
        (anna.national_id().as_str(), anna.rpps().as_deref()),
        ("810099887761", Some("10099887761"))
    );
    assert_eq!((anna.surname(), anna.given()), ("ESSAI", "Anna"));
    let activities: Vec<_> = anna.activities().collect();
    assert_eq!(activities.len(), 1);
    let activity = activities[0];
    let coded = |code, label| Coded { code, label };
    assert_eq!(activity.practice_civility(), coded("DR", "Docteur"));
    assert_eq!(activity.civility(), coded("MME", "Madame"));
    assert_eq!(activity.profession(), coded("10", "Médecin"));
    assert_eq!(activity.category(), coded("C", "Civil"));
    assert_eq!(activity.skill_type(), coded("S", "Spécialité ordinale"));
    assert_eq!(
        activity.skill(),
        coded("SM36", "Oncologie, opt médicale (SM)")
    );
    assert_eq!(activity.mode(), coded("S", "Salarié"));
    assert_eq!(
        activity.sector(),
        coded("SA01", "Etablissement public de santé")
    );
    assert_eq!(
        activity.kind(),
        coded("GENR01", "Activité standard de soin")
    );
    assert_eq!(activity.authority(), coded("", "CNOM/CNOM/CNOM"));
    assert!(activity.role().is_empty() && activity.pharmacist_section().is_empty());
    let structure = activity.structure().expect("a structure");
    assert_eq!(structure.finess().as_deref(), Some("990000010"));
    assert_eq!(structure.legal_finess().as_deref(), Some("990000028"));
    assert_eq!(structure.technical_id().as_deref(), Some("F990000010"));
    assert_eq!(structure.name(), "CENTRE D'ESSAI");
    assert_eq!(structure.source(), Some(Source::Activities));
    assert_eq!(
        structure
            .staff()
            .map(|a| a.professional())
            .collect::<Vec<_>>(),
        [anna]
    );

    let boxes = anna.mailboxes().value;
    assert_eq!(boxes.len(), 1);
    assert_eq!(boxes[0].address, "anna.essai@exemple.mssante.fr");
    assert_eq!(
        (
            boxes[0].kind,
            boxes[0].surname.as_str(),
            boxes[0].skill.as_str()
        ),
        (MailboxKind::Personal, "ESSAI", "SM36")
    );
    assert_eq!(boxes[0].paperless, "O");
    assert_eq!(
        directory
            .mailboxes_at("Anna.Essai@exemple.mssante.FR")
            .value,
        boxes
    );
    let absent = directory.professional("810000000001");
    assert!(absent.value.is_none(), "not found on {}", absent.edition);
}

#[test]
fn every_cell_of_a_full_line_is_kept() {
    let header: Vec<&str> = ACTIVITIES.split('|').collect();
    let values: Vec<String> = (0..56)
        .map(|i| match i {
            0 => "8".into(),
            1 => "10099887761".into(),
            2 => "810099887761".into(),
            _ => format!("v{i}"),
        })
        .collect();
    let line = values.join("|");
    let file = file_of(&[&line]);
    let directory = open(&file);
    let record = serde_json::to_string(
        &directory
            .professional("810099887761")
            .value
            .expect("found")
            .record(),
    )
    .expect("json");
    for (i, value) in values.iter().enumerate().skip(1) {
        assert!(
            record.contains(&format!("\"{value}\"")),
            "{} is lost",
            header[i]
        );
    }
}

#[test]
fn columns_are_read_by_name_and_older_forms_are_tolerated() {
    // the columns in another order, an unknown one, a bar at the end of lines, CR LF, a byte order mark
    let header = "\u{feff}Nom d'exercice|Prénom d'exercice|Couleur|Identification nationale PP|Code profession|Code catégorie professionnelle|Code savoir-faire|Numéro SIRET site|Numéro FINESS site|Identifiant technique de la structure|Raison sociale site|";
    let line = "L'ESSAI \"A\"|Anna||810099887761|10|C|SM36||990000010|F990000010|CENTRE|";
    let mut builder = DirectoryBuilder::default();
    let report = read(
        &mut builder,
        Source::Activities,
        &format!("{header}\r\n{line}\r\n"),
    );
    let codes: Vec<&str> = report
        .problems
        .iter()
        .map(|p| p.code)
        .filter(|c| *c != "ANNUAIRE-COLONNE-FACULTATIVE")
        .collect();
    assert_eq!(codes, ["ANNUAIRE-COLONNE-INCONNUE"]);
    let file = builder.finish().expect("accepted");
    // quotes are data
    assert_eq!(
        open(&file)
            .professional("810099887761")
            .value
            .expect("found")
            .surname(),
        "L'ESSAI \"A\""
    );
}

#[test]
fn an_edition_without_a_needed_column_is_refused() {
    let mut builder = DirectoryBuilder::default();
    let header = ACTIVITIES.replace("Code savoir-faire", "Code d'autre chose");
    let report = read(&mut builder, Source::Activities, &text(&header, &[ANNA]));
    let missing: Vec<_> = report
        .problems
        .iter()
        .filter(|p| p.is_blocking())
        .map(|p| (p.code, p.allowed.join(",")))
        .collect();
    assert_eq!(
        missing,
        [("ANNUAIRE-COLONNE-ABSENTE", "Code savoir-faire".to_owned())]
    );
    let refused = builder.finish().expect_err("refused");
    assert_eq!(
        refused.iter().map(|p| p.code).collect::<Vec<_>>(),
        ["ANNUAIRE-COLONNE-ABSENTE"]
    );
    assert!(
        refused
            .iter()
            .all(|p| p.path.starts_with("Annuaire Santé, personnes et activités"))
    );
}

#[test]
fn each_fault_has_its_line_and_other_lines_are_read() {
    let short = "8|10099887761|810099887761";
    let nobody = ANNA.replacen("8|10099887761|810099887761", "||", 1);
    let other = ANNA.replacen("|810099887761|", "|810099887762|", 1);
    let wrong_key = ANNA.replacen(
        "8|10099887761|810099887761",
        "8|10099887762|810099887762",
        1,
    );
    let mut bytes = text(ACTIVITIES, &[ANNA, short, &nobody, &other, &wrong_key]).into_bytes();
    bytes.extend_from_slice(b"\xff\xfe|\n");
    bytes.extend_from_slice("x".repeat(70_000).as_bytes());
    bytes.push(b'\n');
    bytes.extend_from_slice(ANNA.as_bytes());
    bytes.push(b'\n');
    let mut builder = DirectoryBuilder::default();
    let report = builder
        .read(Source::Activities, date("2026-08-26"), bytes.as_slice())
        .expect("memory");
    assert_eq!(
        told(&report),
        [
            "ANNUAIRE-CELLULES ligne 3",
            "ANNUAIRE-IDENTIFIANT-ABSENT ligne 4",
            "ANNUAIRE-IDENTIFIANT-PARTIES ligne 5",
            "RPPS-CLE ligne 5",
            "ANNUAIRE-ENCODAGE ligne 7",
            "ANNUAIRE-LIGNE-LONGUE ligne 8",
        ]
    );
    assert_eq!((report.edition.lines, report.edition.refused), (8, 4));
    let file = builder.finish().expect("accepted");
    assert_eq!(
        open(&file)
            .professional("810099887761")
            .value
            .expect("found")
            .activities()
            .count(),
        2
    );
}

#[test]
fn a_cut_or_empty_or_faulty_edition_is_refused() {
    let codes = |edition: &str| {
        let mut builder = DirectoryBuilder::default();
        read(&mut builder, Source::Activities, edition);
        match builder.finish() {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(|p| p.code).collect::<Vec<_>>(),
        }
    };
    let whole = text(ACTIVITIES, &[ANNA, ANNA]);
    assert_eq!(codes(&whole), [] as [&str; 0]);
    assert_eq!(
        codes(whole.trim_end()),
        [] as [&str; 0],
        "the last line may lack its end"
    );
    assert_eq!(codes(&whole[..whole.len() - 100]), ["ANNUAIRE-COUPEE"]);
    assert_eq!(codes(&text(ACTIVITIES, &[])), ["ANNUAIRE-VIDE"]);
    assert_eq!(codes(""), ["ANNUAIRE-VIDE"]);
    let mut lines = vec![ANNA; 500];
    lines.extend(["a|b"; 10]);
    assert_eq!(codes(&text(ACTIVITIES, &lines)), ["ANNUAIRE-FAUTES"]);
    assert_eq!(
        DirectoryBuilder::default()
            .finish()
            .expect_err("nothing")
            .iter()
            .map(|p| p.code)
            .collect::<Vec<_>>(),
        ["ANNUAIRE-VIDE"]
    );
    let mut abandoned = DirectoryBuilder::default();
    abandoned
        .begin(Source::Activities, date("2026-08-26"))
        .push(whole.as_bytes());
    assert!(
        abandoned
            .finish()
            .expect_err("abandoned")
            .iter()
            .any(|p| p.code == "ANNUAIRE-LECTURE-INACHEVEE")
    );
}

#[test]
fn an_edition_far_smaller_than_the_last_is_refused_unless_accepted() {
    let last = file_of(&[ANNA; 10]);
    let build = |lines: usize, day: &str, accept: &[&str]| {
        let mut options = BuildOptions::default();
        options.accept = accept.iter().map(|c| c.to_string()).collect();
        let mut builder = DirectoryBuilder::new(options);
        builder.compare_with(&open(&last));
        let report = builder
            .read(
                Source::Activities,
                date(day),
                text(ACTIVITIES, &vec![ANNA; lines]).as_bytes(),
            )
            .expect("memory");
        let codes: Vec<&str> = report.problems.iter().map(|p| p.code).collect();
        (codes, builder.finish().is_ok())
    };
    assert_eq!(build(9, "2026-08-27", &[]), (vec![], true));
    assert_eq!(
        build(8, "2026-08-27", &[]),
        (vec!["ANNUAIRE-EDITION-REDUITE"], false)
    );
    assert_eq!(
        build(8, "2026-08-27", &["ANNUAIRE-EDITION-REDUITE"]),
        (vec!["ANNUAIRE-EDITION-REDUITE"], true)
    );
    assert_eq!(
        build(10, "2026-08-25", &[]),
        (vec!["ANNUAIRE-EDITION-ANCIENNE"], true)
    );
}

#[test]
fn problems_are_bounded_then_counted() {
    let mut options = BuildOptions::default();
    options.problem_limit = 3;
    let mut builder = DirectoryBuilder::new(options);
    let mut lines = vec![ANNA; 1000];
    lines.extend(["a|b"; 8]);
    let report = read(&mut builder, Source::Activities, &text(ACTIVITIES, &lines));
    assert_eq!(told(&report).len(), 4);
    assert_eq!(report.edition.refused, 8);
    let more = report.problems.iter().last().expect("one");
    assert_eq!(
        (more.code, more.message.as_str()),
        (
            "ANNUAIRE-SUITE",
            "5 autres problèmes ANNUAIRE-CELLULES ne sont pas détaillés"
        )
    );
}

#[test]
fn a_person_keeps_every_name_and_every_activity() {
    let nurse = ANNA
        .replace("|10|Médecin|", "|60|Infirmier|")
        .replace("|ESSAI|Anna|", "|ESSAI-TEST|Anna|");
    let file = file_of(&[ANNA, &nurse]);
    let directory = open(&file);
    let anna = directory.professional("810099887761").value.expect("found");
    let names: Vec<_> = anna
        .activities()
        .map(|a| (a.names().0, a.profession().code))
        .collect();
    assert_eq!(names, [("ESSAI", "10"), ("ESSAI-TEST", "60")]);
    assert_eq!(directory.person_count(), 1);
}

#[test]
fn skills_diplomas_and_cards_hang_on_their_person() {
    let skills = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|";
    let skill = "8|10099887761|810099887761|ESSAI|Anna|10|Médecin|C|Civil|C|Compétence|C35|Cancérologie (C)|";
    let diplomas = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code type diplôme obtenu|Libellé type diplôme obtenu|Code diplôme obtenu|Libellé diplôme obtenu|Code type autorisation|Libellé type autorisation|Code discipline autorisation|Libellé discipline autorisation";
    let diploma = "8|10099887761|810099887761|ESSAI|Anna|DE|Diplôme d'Etat français|DE09|DE Docteur en médecine||||";
    let cards = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code type de carte|Libellé type de carte|Numéro carte|Identifiant national contenu dans la carte|Date début validité|Date fin validité|Date opposition|Date de mise à jour";
    let card = "8|10099887761|810099887761|CPS|Carte de professionnel de santé|2800636234|810099887761|01/01/2026|31/12/2028||02/01/2026";
    let mut builder = DirectoryBuilder::default();
    for (source, header, line) in [
        (Source::Activities, ACTIVITIES, ANNA),
        (Source::Skills, skills, skill),
        (Source::Diplomas, diplomas, diploma),
        (Source::Cards, cards, card),
    ] {
        let report = read(&mut builder, source, &text(header, &[line, line]));
        assert!(!report.problems.has_blocking(), "{}", report.problems);
    }
    let file = builder.finish().expect("accepted");
    let directory = open(&file);
    let anna = directory.professional("810099887761").value.expect("found");
    let skills: Vec<_> = anna.skills().map(|s| (s.kind.code, s.skill.code)).collect();
    assert_eq!(skills, [("C", "C35"), ("C", "C35")]);
    assert_eq!(
        anna.diplomas().next().expect("one").diploma,
        Coded {
            code: "DE09",
            label: "DE Docteur en médecine"
        }
    );
    let card = anna.cards().next().expect("one");
    assert_eq!(
        (
            card.number.as_str(),
            card.valid_to.as_str(),
            card.opposed_on.as_str(),
            card.kind.code
        ),
        ("2800636234", "31/12/2028", "", "CPS")
    );
    let candidates: Vec<String> = anna
        .author_specialties()
        .into_iter()
        .map(|s| s.code)
        .collect();
    assert_eq!(
        candidates,
        ["G15_10/SM36", "G15_10/C35"],
        "all are given, none is chosen"
    );
    assert_eq!(directory.editions().count(), 4);
}

#[test]
fn specialties_follow_the_profession() {
    let of = |profession: &str, category: &str, skill: &str, section: &str| {
        let line = activity(&[
            ("Identification nationale PP", "810099887761"),
            ("Code profession", profession),
            ("Code catégorie professionnelle", category),
            ("Code savoir-faire", skill),
            ("Code section", section),
        ]);
        let file = file_of(&[&line]);
        let found = open(&file)
            .professional("810099887761")
            .value
            .expect("found")
            .author_specialties();
        found
            .into_iter()
            .map(|s| (s.code, s.confirmed))
            .collect::<Vec<_>>()
    };
    let one = |code: &str, confirmed| vec![(code.to_owned(), confirmed)];
    assert_eq!(of("10", "C", "SM36", ""), one("G15_10/SM36", true));
    assert_eq!(of("10", "C", "", ""), one("G15_10", true));
    assert_eq!(of("21", "C", "", "A"), one("G15_21/A", true));
    assert_eq!(of("40", "C", "SCD01", ""), one("G15_40/SCD01", true));
    assert_eq!(of("60", "C", "SI05", ""), one("G15_60/SI05", true));
    assert_eq!(of("70", "C", "", ""), one("G15_70", true));
    assert_eq!(of("10", "E", "", ""), one("G16_10", false));
    assert_eq!(of("", "C", "", ""), []);
}

#[test]
fn mailboxes_of_persons_and_structures_are_found_and_faults_told() {
    let org = "ORG|oncologie@ch-essai.mssante.fr||||1|990000010|Oncologie||||||||||O|CENTRE D'ESSAI|||BP 1|12|BIS|RUE|DES ESSAIS||49000 ANGERS|49000|49|FRANCE";
    let siret = "ORG|contact@labo.mssante.fr||||3|12345678200010|||||||||||N|LABO||||||||||||";
    let double = org.replace("oncologie@", "Oncologie@");
    let fault = org.replace("oncologie@ch-essai.mssante.fr", "pas une adresse");
    let orphan = "ORG|seule@essai.mssante.fr||||||||||||||||||||||||||||";
    let other = "CIT|x@essai.mssante.fr||||1|990000010||||||||||||||||||||||||";
    let stranger = "PER|bob.test@essai.mssante.fr|8|10099887779|810099887779|||||TEST|Bob|C|Civil|10|Médecin||||||||||||||||";
    let mut builder = DirectoryBuilder::default();
    read(&mut builder, Source::Activities, &text(ACTIVITIES, &[ANNA]));
    let report = read(
        &mut builder,
        Source::Mailboxes,
        &text(
            MAILBOXES,
            &[
                ANNA_BOX, org, siret, &double, &fault, orphan, other, stranger,
            ],
        ),
    );
    let lines = told(&report);
    assert!(
        lines.contains(&"ANNUAIRE-ADRESSE-BAL ligne 6".into()),
        "{lines:?}"
    );
    let file = builder.finish().expect("accepted");
    let directory = open(&file);
    for id in ["990000010", "1990000010", "F990000010"] {
        let addresses: Vec<String> = directory
            .mailboxes_of_structure(id)
            .value
            .into_iter()
            .map(|b| b.address)
            .collect();
        assert_eq!(addresses.len(), 3, "{id} {addresses:?}");
        assert!(addresses.contains(&"oncologie@ch-essai.mssante.fr".into()));
    }
    assert_eq!(
        directory
            .mailboxes_of_structure("312345678200010")
            .value
            .len(),
        1
    );
    assert_eq!(
        directory
            .mailboxes_at("ONCOLOGIE@ch-essai.mssante.fr")
            .value
            .len(),
        2,
        "an address may be repeated"
    );
    let boxes = directory.structures("990000010").value[0].mailboxes().value;
    let oncology = boxes
        .iter()
        .find(|b| b.address.starts_with("onco"))
        .expect("one");
    assert_eq!(
        (
            oncology.kind,
            oncology.service.as_str(),
            oncology.structure_name.as_str()
        ),
        (MailboxKind::Organizational, "Oncologie", "CENTRE D'ESSAI")
    );
    assert_eq!(
        oncology.address_lines,
        ["BP 1", "12 BIS RUE DES ESSAIS", "49000 ANGERS"]
    );
    assert_eq!(
        (
            oncology.postal_code.as_str(),
            oncology.department.as_str(),
            oncology.country.as_str()
        ),
        ("49000", "49", "FRANCE")
    );
    let bob = directory
        .professional("810099887779")
        .value
        .expect("known by his mailbox");
    assert_eq!(
        (bob.surname(), bob.given(), bob.activities().count()),
        ("TEST", "Bob", 0)
    );
    assert_eq!(
        directory
            .mailboxes_of_professional("810099887779")
            .value
            .len(),
        1
    );
    assert_eq!(
        directory.mailboxes_of_professional("810000000000").value,
        []
    );
}

#[test]
fn the_size_of_pieces_and_the_moment_of_reading_change_no_byte() {
    let lines: Vec<String> = (0..50)
        .map(|i| {
            physician(
                &format!("8100998877{i:02}"),
                &format!("NOM{i}"),
                "ANNE",
                "SM36",
                &format!("R{i}"),
                ("49000", "ANGERS"),
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let edition = text(ACTIVITIES, &lines);
    let whole = file_of(&lines);
    for size in [1, 7, 1000] {
        let mut builder = DirectoryBuilder::default();
        let mut reader = builder.begin(Source::Activities, date("2026-08-26"));
        edition
            .as_bytes()
            .chunks(size)
            .for_each(|piece| reader.push(piece));
        reader.end();
        assert_eq!(builder.finish().expect("accepted"), whole);
    }
}
