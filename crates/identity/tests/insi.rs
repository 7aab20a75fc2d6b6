//! Answers of INSi, and the requests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{anna, day, dominique};
use dcc_base::problem::Problems;
use dcc_identity::capture::Capture;
use dcc_identity::insi::request::{Context, TraitsRequest, VitaleRequest};
use dcc_identity::insi::{Answer, Attempts, FaultSeverity, Step};
use dcc_identity::traits::{Sex, Traits};

fn parse(text: &str) -> Result<Answer, Problems> {
    Answer::parse(text.as_bytes(), Capture::Insi, &dcc_xml::Limits::default())
}

fn envelope(body: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><soap:Envelope xmlns:soap='http://www.w3.org/2003/05/soap-envelope'>\
         <S:Body xmlns:S='http://www.w3.org/2003/05/soap-envelope'>{body}</S:Body></soap:Envelope>"
    )
}

fn result(code: &str, person: &str) -> String {
    envelope(&format!(
        "<RESULTAT xmlns='http://www.cnamts.fr/INSiResultat'><CR><CodeCR>{code}</CodeCR><LibelleCR>L</LibelleCR></CR>\
         {person}</RESULTAT>"
    ))
}

/// The identity of the CNDA's test case 2.04: dates before identifiers, an end
/// before its start, no `Prenom`.
const ECETINSI: &str = "<INDIVIDU><INSACTIF><IdIndividu><NumIdentifiant>1090763220834</NumIdentifiant><Cle>89</Cle>\
    </IdIndividu><OID>1.2.250.1.213.1.4.8</OID></INSACTIF><INSHISTO><DateDeb>2019-03-01</DateDeb>\
    <DateFin>2019-02-28</DateFin><IdIndividu><NumIdentifiant>2090763220834</NumIdentifiant><Cle>39</Cle></IdIndividu>\
    <OID>1.2.250.1.213.1.4.8</OID></INSHISTO><TIQ><NomNaissance>ECETINSI</NomNaissance>\
    <ListePrenom>PIERRE-ALAIN MURIEL FLORIANT</ListePrenom><Sexe>M</Sexe><DateNaissance>2009-07-14</DateNaissance>\
    <LieuNaissance>63220</LieuNaissance></TIQ></INDIVIDU>";

fn codes(problems: &Problems) -> Vec<&'static str> {
    problems.iter().map(|p| p.code).collect()
}

#[test]
fn an_identity_found() {
    let Answer::Found { found, warnings } = parse(&result("00", ECETINSI)).unwrap() else {
        panic!()
    };
    assert_eq!(found.ins.ins.matricule, "109076322083489");
    assert_eq!(found.history.len(), 1);
    assert_eq!(found.traits.given_names, "PIERRE-ALAIN MURIEL FLORIANT");
    assert_eq!(found.traits.first_given_name, "");
    assert_eq!(found.traits.birth_place.as_deref(), Some("63220"));
    assert_eq!(codes(&warnings), ["INSI-DOUTE"]);
}

#[test]
fn a_false_key_of_insi_is_kept() {
    let hermann = ECETINSI.replace(
        "1090763220834</NumIdentifiant><Cle>89",
        "1810363220456</NumIdentifiant><Cle>60",
    );
    let Answer::Found { found, warnings } = parse(&result("00", &hermann)).unwrap() else {
        panic!()
    };
    assert_eq!(found.ins.ins.matricule, "181036322045660");
    let told = warnings.iter().next().unwrap();
    assert_eq!(
        (told.code, told.allowed.as_slice()),
        ("INS-CLE-INSI", &["76".to_owned()][..])
    );
    let none = ECETINSI.replace("<Cle>89</Cle>", "");
    let Answer::Found { found, .. } = parse(&result("00", &none)).unwrap() else {
        panic!()
    };
    assert_eq!(found.ins.ins.matricule, "109076322083489");
}

#[test]
fn dates_of_billing_do_not_fail() {
    for (date, read) in [
        ("1950-00-00", "1950-12-31"),
        ("1960-13-40", "1960-12-31"),
        ("1960-05-00", "1960-05-01"),
    ] {
        let Answer::Found { found, warnings } =
            parse(&result("00", &ECETINSI.replace("2009-07-14", date))).unwrap()
        else {
            panic!()
        };
        assert_eq!(found.traits.birth_date, day(read));
        assert!(found.traits.birth_date_corrected);
        assert_eq!(warnings.len(), 2);
    }
}

#[test]
fn other_results_and_faults() {
    let code = |text: &str| parse(&result(text, "")).unwrap();
    assert!(
        matches!(code("01"), Answer::NotFound { .. })
            && matches!(code("02"), Answer::Several { .. })
    );
    assert_eq!(code("07").code(), "07");
    let fault = envelope(
        "<soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value><soap:Subcode><soap:Value>soap:siram_100\
         </soap:Value></soap:Subcode></soap:Code><soap:Reason><soap:Text xml:lang='fr'>Accès refusé.</soap:Text>\
         </soap:Reason><soap:Detail><siram:Erreur code='desir_550' messageID='uuid:1' severite='erreur' \
         xmlns:siram='urn:siram'>Numéro d'autorisation du logiciel inconnu.</siram:Erreur></soap:Detail></soap:Fault>",
    );
    let Answer::Fault(fault) = parse(&fault).unwrap() else {
        panic!()
    };
    assert_eq!(
        (fault.code.as_str(), fault.subcode.as_str()),
        ("Sender", "siram_100")
    );
    assert_eq!(fault.severity, Some(FaultSeverity::Error));
    assert_eq!(fault.detail_code.as_deref(), Some("desir_550"));
    assert_eq!(
        fault.detail.as_deref(),
        Some("Numéro d'autorisation du logiciel inconnu.")
    );
    assert_eq!(fault.reason, "Accès refusé.");
    assert_eq!(Answer::Fault(fault).code(), "desir_550");
}

#[test]
fn what_an_answer_lacks_is_told_at_once() {
    let told = |text: &str| codes(&parse(text).unwrap_err());
    assert_eq!(told("<a/>"), ["INSI-REPONSE"]);
    assert_eq!(told(&envelope("<x/>")), ["INSI-REPONSE"]);
    assert_eq!(told("<a"), ["XML-FORME"]);
    assert_eq!(told(&result("00", "")), ["INSI-FORME"]);
    assert_eq!(told(&result("00", "<INDIVIDU/>")), ["INSI-FORME"; 2]);
    let bare = "<INDIVIDU><INSACTIF/><TIQ/></INDIVIDU>";
    assert_eq!(told(&result("00", bare)), ["INSI-FORME"; 6]);
    let oid = ECETINSI.replace("213.1.4.8", "213.1.4.2");
    assert_eq!(told(&result("00", &oid)), ["INSI-FORME"; 2]);
}

#[test]
fn requests_by_traits() {
    let request = TraitsRequest::new(&dominique(), "DOMINIQUE").unwrap();
    assert_eq!(
        String::from_utf8(request.body()).unwrap(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><r:RECSANSVITALE xmlns:r=\"http://www.cnamts.fr/INSiRecSans\">\
         <r:NomNaissance>PAT-TROIS</r:NomNaissance><r:Prenom>DOMINIQUE</r:Prenom><r:Sexe>F</r:Sexe>\
         <r:DateNaissance>1979-03-28</r:DateNaissance><r:LieuNaissance>63220</r:LieuNaissance></r:RECSANSVITALE>"
    );
    let mut faulty = dominique();
    faulty.birth_name = "Pat".into();
    faulty.sex = Sex::Indeterminate;
    faulty.birth_date = None;
    let told = TraitsRequest::new(&faulty, "").unwrap_err();
    assert_eq!(
        codes(&told),
        [
            "TRAIT-CARACTERE",
            "TRAIT-CARACTERE",
            "TRAIT-ABSENT",
            "INSI-REQUETE",
            "INSI-REQUETE"
        ]
    );
    let mut unknown = anna();
    unknown.birth_place = Some("99999".into());
    assert_eq!(
        TraitsRequest::new(&unknown, "ELSE").unwrap().birth_place,
        None
    );
}

#[test]
fn the_envelope_carries_the_assertion_byte_for_byte() {
    let request = TraitsRequest::new(&dominique(), "DOMINIQUE").unwrap();
    let mut context = Context::new(
        "LPS-TEST",
        "dcc",
        "1.0",
        "00000000-0000-4000-8000-000000000001",
    );
    assert_eq!(context.by_traits(&request).unwrap_err().len(), 3);
    context.id = "00000000-0000-4000-8000-000000000002".into();
    context.time = "2026-03-03T09:00:00Z".into();
    context.message_id = "00000000-0000-4000-8000-000000000003".into();
    context.sender = Some("10B0152872".into());
    let plain = String::from_utf8(context.by_traits(&request).unwrap()).unwrap();
    assert!(!plain.contains("Security"));
    let assertion = "<saml:Assertion  xmlns:saml='urn:oasis:names:tc:SAML:2.0:assertion' ID='a'><b>é&amp;</b></saml:Assertion>";
    context.assertion = Some(format!("<?xml version='1.0'?>\n{assertion}"));
    let signed = String::from_utf8(context.by_traits(&request).unwrap()).unwrap();
    assert!(signed.contains(&format!(">{assertion}</wsse:Security>")));
    assert!(dcc_xml::Tree::parse(&signed, &dcc_xml::Limits::default()).is_ok());
    context.assertion = Some("<a>".into());
    assert!(context.by_traits(&request).is_err());
}

#[test]
fn requests_by_vitale_card() {
    let request = VitaleRequest::new(
        "279035121518989",
        "180032B02040100",
        "PAT-TROIS",
        "1979-03-28",
        1,
    )
    .unwrap();
    let body = String::from_utf8(request.body()).unwrap();
    assert!(body.contains(
        "<r:MatriculeOD><r:NumIdentifiant>180032B020401</r:NumIdentifiant><r:Cle>00</r:Cle>"
    ));
    let told = VitaleRequest::new("27903", "x", "A", "1979", 1).unwrap_err();
    assert_eq!(codes(&told), ["INS-FORMAT", "INS-FORMAT", "TRAIT-DATE"]);
}

/// The calls that the CNDA's test cases ask for.
#[test]
fn given_names_are_asked_one_by_one_then_together() {
    let traits = Traits::new(
        "HOUILLES",
        "PIERRE PAUL JACQUES",
        Sex::Male,
        day("1993-01-27"),
    );
    let mut attempts = Attempts::new(&traits).unwrap();
    let none = Answer::NotFound {
        label: String::new(),
    };
    let mut asked = Vec::new();
    let mut step = attempts.next(None);
    while let Step::Ask(request) = step {
        asked.push(request.given_name);
        step = attempts.next(Some(&none));
    }
    assert_eq!(step, Step::GiveUp);
    assert_eq!(asked, ["PIERRE", "PAUL", "JACQUES", "PIERRE PAUL JACQUES"]);
    let stops = |answer: &Answer| {
        let mut attempts = Attempts::new(&traits).unwrap();
        attempts.next(None);
        attempts.next(Some(answer))
    };
    assert_eq!(stops(&parse(&result("02", "")).unwrap()), Step::TooMany);
    assert_eq!(stops(&parse(&result("00", ECETINSI)).unwrap()), Step::Found);
    assert_eq!(stops(&parse(&result("09", "")).unwrap()), Step::Failed);
    let one = Attempts::new(&dominique()).unwrap().next(None);
    assert!(matches!(one, Step::Ask(request) if request.given_name == "DOMINIQUE"));
}
