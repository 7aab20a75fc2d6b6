//! From claims to a professional.

use dcc_auth::{Algorithm, Professional};
use serde_json::json;

use crate::case::{Case, NOW};

fn case() -> Case {
    Case::sound(Algorithm::Es256, 12, NOW)
}

#[test]
fn every_practice_and_activity_is_read() {
    let case = case();
    let professional = case.verify().unwrap().professional;
    let id = case.info["SubjectNameID"].as_str().unwrap();
    let read = serde_json::to_value(&professional).unwrap();
    assert_eq!(
        read,
        json!({
            "national_id": id,
            "person": {
                "given_name": "Anna", "family_name": "ESSAI", "organization": "CENTRE D'ESSAI",
                "organization_id": "F990000010", "emergency_regulation": "FAUX",
                "local_psi": "1.2.250.1.213.1.3.1.1",
                "authentication_step": "APPPRIP3^1.2.250.1.213.1.5.1.1.1", "version": "1.0"
            },
            "roles": [{"code": "10", "oid": "1.2.250.1.213.1.1.5.5"}],
            "sector": {"code": "SA07", "oid": "1.2.250.1.71.4.2.4"},
            "other_ids": [
                {"id": id, "origin": "RPPS", "quality": "1"},
                {"id": "00B6087510", "origin": "ADELI", "quality": "2"}
            ],
            "practices": [{
                "profession": "10", "category": "C", "civility": "DR", "family_name": "ESSAI",
                "given_name": "Anna", "skill_type": "S", "skill": "SM36",
                "activities": [
                    {"mode": "S", "sector": "SA01", "finess_site": "990000010",
                     "finess_legal": "990000028", "technical_id": "F990000010",
                     "name": "CENTRE D'ESSAI", "former_id": "1990000010"},
                    {"mode": "L", "sector": "SA07", "siret": "99999999900012",
                     "name": "CABINET D'ESSAI"}
                ]
            }]
        })
    );
    assert_eq!(
        serde_json::from_value::<Professional>(read).unwrap(),
        professional
    );
}

#[test]
fn the_user_chooses_among_all_the_activities() {
    let professional = case().verify().unwrap().professional;
    let structures: Vec<_> = professional
        .acting()
        .iter()
        .map(|acting| acting.activity.and_then(|activity| activity.structure_id()))
        .collect();
    let expected = ["1990000010", "399999999900012"].map(|id| Some(id.to_owned()));
    assert_eq!(structures, expected);
    let mut alone = case();
    alone.info["SubjectRefPro"]["exercices"] = json!([{"codeProfession": "60"}]);
    let professional = alone.verify().unwrap().professional;
    let acting = professional.acting();
    assert_eq!(acting.len(), 1);
    assert!(acting[0].activity.is_none());
    assert_eq!(acting[0].practice.profession.as_deref(), Some("60"));
}

/// What only describes never refuses a login, and is never lost in silence.
#[test]
fn what_is_not_read_is_told() {
    let mut case = case();
    case.info.insert("nouveau".to_owned(), 1.into());
    case.info.insert("family_name".to_owned(), json!(["ESSAI"]));
    let practice = &mut case.info["SubjectRefPro"]["exercices"][0];
    practice["codeNouveau"] = "x".into();
    practice["codeSavoirFaire"] = json!({});
    practice["activities"][1]["a/b"] = "x".into();
    practice["activities"][0] = json!("x");
    let session = case.verify().unwrap();
    let told: Vec<String> = session
        .warnings
        .iter()
        .filter(|p| !p.code.starts_with("AUTH-JWK"))
        .map(|p| format!("{} {}", p.code, p.path))
        .collect();
    assert_eq!(
        told,
        [
            "AUTH-USERINFO-MEMBRE /user_info/nouveau",
            "AUTH-USERINFO-VALEUR /user_info/family_name",
            "AUTH-USERINFO-VALEUR /user_info/SubjectRefPro/exercices/0/codeSavoirFaire",
            "AUTH-USERINFO-MEMBRE /user_info/SubjectRefPro/exercices/0/codeNouveau",
            "AUTH-USERINFO-VALEUR /user_info/SubjectRefPro/exercices/0/activities/0",
            "AUTH-USERINFO-MEMBRE /user_info/SubjectRefPro/exercices/0/activities/1/a~1b",
        ]
    );
    assert_eq!(session.professional.practices[0].activities.len(), 1);
}

#[test]
fn an_adeli_identifier_is_compared_with_those_of_its_register() {
    let mut case = case();
    for map in [&mut case.claims, &mut case.info] {
        for name in ["SubjectNameID", "preferred_username"] {
            map.insert(name.to_owned(), "00B6087510".into());
        }
        map.insert("sub".to_owned(), "f:x:00B6087510".into());
    }
    assert_eq!(case.faults(), [""; 0]);
    case.info["otherIds"][1]["identifiant"] = "00B6087511".into();
    assert_eq!(
        case.faults(),
        ["AUTH-PSIDNAT-DESACCORD /user_info/otherIds/1/identifiant"]
    );
}
