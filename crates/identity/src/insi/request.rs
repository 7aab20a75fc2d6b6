//! Requests to INSi: bodies, and the envelope around them.

use dcc_base::identity::ins;
use dcc_base::problem::{Problem, Problems};
use dcc_xml::XmlWriter;

use crate::opaque::opaque;
use crate::rules;
use crate::traits::normalise::{NameKind, NameOptions, check};
use crate::traits::{Sex, Traits, birth_place};

/// SOAP action of the call by traits, which is also `wsa:Action`.
pub const ACTION_TRAITS: &str =
    "urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite";
/// SOAP action of the call by Vitale card.
pub const ACTION_VITALE: &str = "urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecCarteVitale";

const SOAP: &str = "http://www.w3.org/2003/05/soap-envelope";
const ADDRESSING: &str = "http://www.w3.org/2005/08/addressing";
const BY_TRAITS: &str = "http://www.cnamts.fr/INSiRecSans";
const BY_VITALE: &str = "http://www.cnamts.fr/INSiRecVit";
const BAM: &str = "urn:siram:bam:ctxbam";
const LPS: &str = "urn:siram:lps:ctxlps";

/// A call by traits (*recherche par traits*, `RECSANSVITALE`).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TraitsRequest {
    /// *Nom de naissance*.
    pub birth_name: String,
    /// *Prénom* asked: one, or several joined by spaces.
    pub given_name: String,
    /// *Sexe*: M or F.
    pub sex: Sex,
    /// *Date de naissance*, `AAAA-MM-JJ`.
    pub birth_date: String,
    /// *Lieu de naissance*, optional.
    pub birth_place: Option<String>,
}

/// A call by Vitale card (*recherche par carte Vitale*, `RECVITALE`): what the
/// host read on the card.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VitaleRequest {
    /// *Matricule de l'individu*, 13 characters and the key.
    pub matricule: String,
    /// *Matricule de l'ouvrant droit*, 13 characters and the key.
    pub holder_matricule: String,
    /// *Nom de naissance*.
    pub birth_name: String,
    /// *Date de naissance lunaire*, `AAAA-MM-JJ`.
    pub birth_date: String,
    /// *Rang de naissance*, 1 when alone.
    pub birth_rank: u8,
}

opaque!(TraitsRequest, VitaleRequest);

impl TraitsRequest {
    /// A call for these traits, asking `given_name`.
    ///
    /// # Errors
    /// `INSI-REQUETE` and the faults of each trait: INSi takes capital letters,
    /// M or F, a whole date. An unknown place (99999) is left out.
    pub fn new(traits: &Traits, given_name: &str) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let options = NameOptions::default();
        check(
            &traits.birth_name,
            NameKind::Family,
            options,
            "/birth_name",
            &mut problems,
        );
        check(
            given_name,
            NameKind::Given,
            options,
            "/given_name",
            &mut problems,
        );
        if traits.sex == Sex::Indeterminate {
            problems.push(
                Problem::new(&rules::INSI_REQUEST, "/sex")
                    .found("I")
                    .allowed(["M", "F"]),
            );
        }
        let Some(date) = traits.birth_date else {
            problems.push(Problem::new(&rules::INSI_REQUEST, "/birth_date"));
            return Err(problems);
        };
        let place = traits.birth_place.clone().filter(|place| place != "99999");
        if let Some(place) = &place {
            birth_place::check(place, "/birth_place", &mut problems);
        }
        problems.or(TraitsRequest {
            birth_name: traits.birth_name.clone(),
            given_name: given_name.to_owned(),
            sex: traits.sex,
            birth_date: date.format("%Y-%m-%d").to_string(),
            birth_place: place,
        })
    }

    /// The body, `RECSANSVITALE`, alone.
    pub fn body(&self) -> Vec<u8> {
        let mut w = XmlWriter::new();
        self.write(&mut w);
        w.finish()
    }

    fn write(&self, w: &mut XmlWriter) {
        w.start("r:RECSANSVITALE");
        w.attr("xmlns:r", BY_TRAITS);
        element(w, "r:NomNaissance", &self.birth_name);
        element(w, "r:Prenom", &self.given_name);
        element(w, "r:Sexe", self.sex.code());
        element(w, "r:DateNaissance", &self.birth_date);
        if let Some(place) = &self.birth_place {
            element(w, "r:LieuNaissance", place);
        }
        w.end("r:RECSANSVITALE");
    }
}

impl VitaleRequest {
    /// A call for what the card holds.
    ///
    /// # Errors
    /// `INS-FORMAT` when a matricule has not its form (its key is not checked:
    /// it is that of the card), `INSI-REQUETE` when the date has not.
    pub fn new(
        matricule: impl Into<String>,
        holder_matricule: impl Into<String>,
        birth_name: impl Into<String>,
        birth_date: impl Into<String>,
        birth_rank: u8,
    ) -> Result<Self, Problems> {
        let request = VitaleRequest {
            matricule: matricule.into(),
            holder_matricule: holder_matricule.into(),
            birth_name: birth_name.into(),
            birth_date: birth_date.into(),
            birth_rank,
        };
        let mut problems = Problems::new();
        for (matricule, path) in [
            (&request.matricule, "/matricule"),
            (&request.holder_matricule, "/holder_matricule"),
        ] {
            let mut told = Problems::new();
            ins::check(matricule, path, &mut told);
            problems.extend(
                told.into_iter()
                    .filter(|p| p.code != dcc_base::identity::rules::INS_KEY.code),
            );
        }
        if let Err(problem) =
            crate::traits::birth_date::KnownDate::from_lunar(&request.birth_date, "/birth_date")
        {
            problems.push(problem);
        }
        problems.or(request)
    }

    /// The body, `RECVITALE`, alone.
    pub fn body(&self) -> Vec<u8> {
        let mut w = XmlWriter::new();
        self.write(&mut w);
        w.finish()
    }

    fn write(&self, w: &mut XmlWriter) {
        w.start("r:RECVITALE");
        w.attr("xmlns:r", BY_VITALE);
        for (name, matricule) in [
            ("r:MatriculeIndividu", &self.matricule),
            ("r:MatriculeOD", &self.holder_matricule),
        ] {
            let (number, key) = matricule.split_at_checked(13).unwrap_or((matricule, ""));
            w.start(name);
            element(w, "r:NumIdentifiant", number);
            element(w, "r:Cle", key);
            w.end(name);
        }
        element(w, "r:NomNaissance", &self.birth_name);
        element(w, "r:DateNaissance", &self.birth_date);
        element(w, "r:RangNaissance", &self.birth_rank.to_string());
        w.end("r:RECVITALE");
    }
}

/// What the envelope says of the software and of the call. Identifiers and
/// instants are given by the host.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Context {
    /// *Identifiant* of the two contexts (a UUID).
    pub id: String,
    /// *Temps*: instant of the call, ISO 8601 with its zone.
    pub time: String,
    /// *Émetteur*: OU of the certificate, a Struct_IdNat; absent otherwise.
    pub sender: Option<String>,
    /// *Numéro d'autorisation du logiciel* (IDAM), given by the CNDA.
    pub idam: String,
    /// *Nom du logiciel*: `urn:lps:<name>:<version>` is written.
    pub software: String,
    /// *Version du logiciel*.
    pub version: String,
    /// *Instance du logiciel* (a UUID).
    pub instance: String,
    /// `wsa:MessageID`: `uuid:` is put before.
    pub message_id: String,
    /// *Assertion SAML* of the professional, as XML, when the call is not made
    /// with a software certificate: it goes into `wsse:Security` as it stands.
    pub assertion: Option<String>,
}

impl Context {
    /// A context from the software's authorisation and name; the rest is to be filled.
    pub fn new(
        idam: impl Into<String>,
        software: impl Into<String>,
        version: impl Into<String>,
        instance: impl Into<String>,
    ) -> Self {
        Context {
            id: String::new(),
            time: String::new(),
            sender: None,
            idam: idam.into(),
            software: software.into(),
            version: version.into(),
            instance: instance.into(),
            message_id: String::new(),
            assertion: None,
        }
    }

    /// The envelope of a call by traits.
    ///
    /// # Errors
    /// `INSI-REQUETE` for what is missing; `XML-…` for an assertion that is no XML.
    pub fn by_traits(&self, request: &TraitsRequest) -> Result<Vec<u8>, Problems> {
        self.envelope(ACTION_TRAITS, |w| request.write(w))
    }

    /// The envelope of a call by Vitale card.
    ///
    /// # Errors
    /// As for [`Context::by_traits`].
    pub fn by_vitale(&self, request: &VitaleRequest) -> Result<Vec<u8>, Problems> {
        self.envelope(ACTION_VITALE, |w| request.write(w))
    }

    fn check(&self) -> Problems {
        let needed = [
            ("/id", &self.id),
            ("/time", &self.time),
            ("/idam", &self.idam),
            ("/software", &self.software),
            ("/version", &self.version),
            ("/instance", &self.instance),
            ("/message_id", &self.message_id),
        ];
        let blank = needed.iter().filter(|(_, value)| value.trim().is_empty());
        let told = "Le contexte de l'appel à INSi demande cette valeur";
        let mut problems: Problems = blank
            .map(|(path, _)| Problem::new(&rules::INSI_REQUEST, *path).message(told))
            .collect();
        if let Some(assertion) = &self.assertion
            && let Err(faults) = dcc_xml::Tree::parse(assertion, &dcc_xml::Limits::default())
        {
            problems.extend(faults);
        }
        problems
    }

    fn envelope(&self, action: &str, body: impl Fn(&mut XmlWriter)) -> Result<Vec<u8>, Problems> {
        self.check().or(())?;
        let mut w = XmlWriter::new();
        w.start("soap:Envelope");
        w.attr("xmlns:soap", SOAP);
        w.start("soap:Header");
        w.start("ctxbam:ContexteBAM");
        w.attr("xmlns:ctxbam", BAM);
        w.attr("Version", "01_02");
        element(&mut w, "ctxbam:Id", &self.id);
        element(&mut w, "ctxbam:Temps", &self.time);
        if let Some(sender) = &self.sender {
            element(&mut w, "ctxbam:Emetteur", sender);
        }
        w.start("ctxbam:COUVERTURE");
        w.end("ctxbam:COUVERTURE");
        w.end("ctxbam:ContexteBAM");
        w.start("ctxlps:ContexteLPS");
        w.attr("xmlns:ctxlps", LPS);
        w.attr("Nature", "CTXLPS");
        w.attr("Version", "01_00");
        element(&mut w, "ctxlps:Id", &self.id);
        element(&mut w, "ctxlps:Temps", &self.time);
        if let Some(sender) = &self.sender {
            element(&mut w, "ctxlps:Emetteur", sender);
        }
        w.start("ctxlps:LPS");
        w.start("ctxlps:IDAM");
        w.attr("R", "4");
        w.text(&self.idam);
        w.end("ctxlps:IDAM");
        element(&mut w, "ctxlps:Version", &self.version);
        element(&mut w, "ctxlps:Instance", &self.instance);
        element(
            &mut w,
            "ctxlps:Nom",
            &format!("urn:lps:{}:{}", self.software, self.version),
        );
        w.end("ctxlps:LPS");
        w.end("ctxlps:ContexteLPS");
        w.start("wsa:Action");
        w.attr("xmlns:wsa", ADDRESSING);
        w.text(action);
        w.end("wsa:Action");
        w.start("wsa:MessageID");
        w.attr("xmlns:wsa", ADDRESSING);
        w.text(&format!("uuid:{}", self.message_id));
        w.end("wsa:MessageID");
        if self.assertion.is_some() {
            w.start("wsse:Security");
            w.attr("xmlns:wsse", WSSE);
            w.text(MARK);
            w.end("wsse:Security");
        }
        w.end("soap:Header");
        w.start("soap:Body");
        body(&mut w);
        w.end("soap:Body");
        w.end("soap:Envelope");
        let bytes = w.finish();
        Ok(match &self.assertion {
            Some(assertion) => with_assertion(bytes, assertion),
            None => bytes,
        })
    }
}

const WSSE: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

/// Where the assertion goes. It is put in byte for byte: its signature stands
/// on these bytes.
const MARK: &str = "\u{E000}assertion\u{E000}";

fn with_assertion(bytes: Vec<u8>, assertion: &str) -> Vec<u8> {
    let text = String::from_utf8(bytes).unwrap_or_default();
    let assertion = match assertion.trim_start().strip_prefix("<?xml") {
        Some(rest) => rest
            .split_once("?>")
            .map_or("", |(_, rest)| rest)
            .trim_start(),
        None => assertion,
    };
    text.replacen(MARK, assertion, 1).into_bytes()
}

fn element(w: &mut XmlWriter, name: &str, text: &str) {
    w.start(name);
    w.text(text);
    w.end(name);
}
