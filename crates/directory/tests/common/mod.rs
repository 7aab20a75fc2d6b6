//! Editions that tests share; every identity is invented.
#![allow(dead_code, unreachable_pub)]

use dcc_directory::{Directory, DirectoryBuilder, EditionDate, Source, SourceReport};

/// The header of 2026, 56 columns.
pub const ACTIVITIES: &str = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code rôle|Libellé rôle|Code genre activité|Libellé genre activité";

/// The line of the reference of the format.
pub const ANNA: &str = "8|10099887761|810099887761|DR|Docteur|MME|Madame|ESSAI|Anna|10|Médecin|C|Civil|S|Spécialité ordinale|SM36|Oncologie, opt médicale (SM)|S|Salarié|||990000010|990000028|F990000010|CENTRE D'ESSAI|||||||||||||||||||||||CNOM/CNOM/CNOM|SA01|Etablissement public de santé|||||GENR01|Activité standard de soin";

/// The header of MSSanté, 31 columns.
pub const MAILBOXES: &str = "Type de BAL|Adresse BAL|Type Identifiant PP|Identifiant PP|Identification nationale PP|Type identifiant structure|Identification Structure|Service de rattachement|Civilité d'exercice|Nom d'exercice|Prénom d'exercice|Catégorie profession|Libellé de catégorie profession|Code Profession|Libellé Profession|Code savoir-faire|Libellé savoir-faire|Dématérialisation|Raison Sociale structure BAL|Enseigne commerciale structure BAL|L2COMPLEMENTLOCALISATION|L3COMPLEMENTDISTRIBUTION|L4NUMEROVOIE|L4COMPLEMENTNUMEROVOIE|NL4TYPEVOIE|L4LIBELLEVOIE|L5LIEUDITMENTION|L6LIGNEACHEMINEMENT|Code postal|Département|Pays";

/// The mailbox of the reference of the format.
pub const ANNA_BOX: &str = "PER|anna.essai@exemple.mssante.fr|8|10099887761|810099887761|||||ESSAI|Anna|C|Civil|10|Médecin|SM36|Oncologie, opt médicale (SM)|O|||||||||||||";

/// A cell of [`ACTIVITIES`] by the beginning of its name.
fn column(name: &str) -> usize {
    ACTIVITIES
        .split('|')
        .position(|c| c.starts_with(name))
        .expect(name)
}

/// A line of activities from some cells.
pub fn activity(cells: &[(&str, &str)]) -> String {
    let mut line = vec![""; 56];
    for (name, value) in cells {
        line[column(name)] = value;
    }
    line.join("|")
}

/// A physician in a town, with one activity.
pub fn physician(
    id: &str,
    surname: &str,
    given: &str,
    skill: &str,
    structure: &str,
    town: (&str, &str),
) -> String {
    activity(&[
        ("Identification nationale PP", id),
        ("Nom d'exercice", surname),
        ("Prénom d'exercice", given),
        ("Code profession", "10"),
        ("Code catégorie professionnelle", "C"),
        ("Code savoir-faire", skill),
        ("Identifiant technique", structure),
        ("Raison sociale", "CABINET"),
        ("Code postal", town.0),
        ("Libellé commune", town.1),
    ])
}

/// Header and lines.
pub fn text(header: &str, lines: &[&str]) -> String {
    let mut text = header.to_owned();
    for line in lines {
        text.push('\n');
        text.push_str(line);
    }
    text.push('\n');
    text
}

pub fn date(text: &str) -> EditionDate {
    EditionDate::parse(text).expect(text)
}

/// Reads an edition of 26/08/2026.
pub fn read(builder: &mut DirectoryBuilder, source: Source, text: &str) -> SourceReport {
    builder
        .read(source, date("2026-08-26"), text.as_bytes())
        .expect("memory")
}

/// The codes and paths of a report.
pub fn told(report: &SourceReport) -> Vec<String> {
    report
        .problems
        .iter()
        .map(|p| format!("{} {}", p.code, p.path))
        .collect()
}

/// The file of some lines of activities.
pub fn file_of(lines: &[&str]) -> Vec<u8> {
    let mut builder = DirectoryBuilder::default();
    let report = read(&mut builder, Source::Activities, &text(ACTIVITIES, lines));
    assert!(!report.problems.has_blocking(), "{}", report.problems);
    builder.finish().expect("accepted")
}

/// Opens a file.
pub fn open(file: &[u8]) -> Directory<'_> {
    Directory::open(file).expect("sound")
}
