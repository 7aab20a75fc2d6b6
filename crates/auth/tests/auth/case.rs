//! A login that holds, of which a test spoils one part.

use chrono::{DateTime, Utc};
use dcc_auth::issuer::SANDBOX;
use dcc_auth::{Algorithm, Authenticated, Client, Jwks, Level, Limits, Login, Refusal, UserInfo};
use serde_json::{Map, Value, json};

use crate::keys::{self, Signer, encode, kid, sign};

/// Instant of the tests: 28 August 2026, about 20:00 UTC.
pub(crate) const NOW: i64 = 1_787_947_200;
pub(crate) const CLIENT: &str = "dcc-essai";
pub(crate) const SKEW: i64 = 30;

pub(crate) type Object = Map<String, Value>;
type AfterSigning = Box<dyn Fn(String) -> String>;

/// Everything that makes a login.
pub(crate) struct Case {
    pub(crate) algorithm: Algorithm,
    pub(crate) signer: Signer,
    pub(crate) header: Object,
    pub(crate) claims: Object,
    /// Bytes in place of the header and of the claims.
    pub(crate) raw: [Option<String>; 2],
    pub(crate) after: Option<AfterSigning>,
    pub(crate) info: Object,
    pub(crate) info_type: String,
    /// Header of the UserInfo response when it is signed.
    pub(crate) info_header: Option<Object>,
    pub(crate) info_after: Option<AfterSigning>,
    pub(crate) jwks: Value,
    pub(crate) client: Client,
    pub(crate) now: i64,
    pub(crate) nonce: Option<String>,
    pub(crate) level: Level,
    pub(crate) max_age: Option<u32>,
    pub(crate) response_issuer: Option<String>,
    pub(crate) access_token: String,
    pub(crate) code: String,
}

pub(crate) fn object(value: Value) -> Object {
    match value {
        Value::Object(map) => map,
        other => panic!("no object: {other}"),
    }
}

/// A fictitious PS_IdNat: `8` and an RPPS number of the test range `899…`
/// with its key.
pub(crate) fn national_id(seed: u64) -> String {
    let digits = format!("9970{:06}", seed % 1_000_000);
    let key = dcc_base::identity::luhn::key(&digits).unwrap();
    format!("8{digits}{key}")
}

/// Left half of a SHA-256, in base64url.
pub(crate) fn half_hash(text: &str) -> String {
    use sha2::Digest;
    encode(&sha2::Sha256::digest(text)[..16])
}

impl Case {
    /// A login that holds, with an identity and instants of its own.
    pub(crate) fn sound(algorithm: Algorithm, seed: u64, now: i64) -> Case {
        let id = national_id(seed * 7 + 1);
        let sub = format!("f:550dc1c8-0000-4000-8000-000000000000:{id}");
        let iat = now - 5 - (seed % 20) as i64;
        let nonce = format!("nonce-{seed:08x}");
        let access_token = format!("jeton-d-acces-{seed}");
        let code = format!("code-{seed}");
        let signer = [Signer::First, Signer::Second][seed as usize % 2];
        Case {
            algorithm,
            signer,
            header: object(json!({
                "alg": algorithm.name(), "typ": "JWT", "kid": kid(algorithm, signer),
            })),
            claims: object(json!({
                "iss": SANDBOX, "sub": sub, "aud": CLIENT, "azp": CLIENT,
                "exp": iat + 120, "iat": iat, "auth_time": iat - 30, "jti": format!("jti-{seed}"),
                "nonce": nonce, "typ": "ID", "acr": "eidas3", "sid": format!("session-{seed}"),
                "preferred_username": id, "SubjectNameID": id, "authMode": "CARD",
                "at_hash": half_hash(&access_token), "c_hash": half_hash(&code),
            })),
            raw: [None, None],
            after: None,
            info: user_info(&id, &sub),
            info_type: "application/json".to_owned(),
            info_header: None,
            info_after: None,
            jwks: keys::jwks(),
            client: Client::new(SANDBOX, CLIENT, Algorithm::ALL).skew(SKEW as u32),
            now,
            nonce: Some(nonce),
            level: Level::Eidas2,
            max_age: None,
            response_issuer: Some(SANDBOX.to_owned()),
            access_token,
            code,
        }
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.claims.insert(name.to_owned(), value.into());
    }

    /// A signed UserInfo response.
    pub(crate) fn sign_info(&mut self) {
        self.info_type = "application/jwt".to_owned();
        self.info.insert("iss".to_owned(), SANDBOX.into());
        self.info.insert("aud".to_owned(), CLIENT.into());
        self.info_header = Some(self.header.clone());
    }

    pub(crate) fn token(&self) -> String {
        let [header, claims] = &self.raw;
        let text = |raw: &Option<String>, map: &Object| match raw {
            Some(raw) => raw.clone(),
            None => Value::Object(map.clone()).to_string(),
        };
        let token = self.signed(&text(header, &self.header), &text(claims, &self.claims));
        match &self.after {
            Some(after) => after(token),
            None => token,
        }
    }

    pub(crate) fn signed(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature = sign(self.algorithm, self.signer, message.as_bytes());
        format!("{message}.{}", encode(signature))
    }

    fn info_body(&self) -> String {
        let claims = Value::Object(self.info.clone()).to_string();
        let body = match &self.info_header {
            Some(header) => self.signed(&Value::Object(header.clone()).to_string(), &claims),
            None => claims,
        };
        match &self.info_after {
            Some(after) => after(body),
            None => body,
        }
    }

    /// Gives the login that the library verifies to `act`.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&Client, &Login, &Jwks) -> T) -> T {
        let keys = Jwks::read(self.jwks.to_string().as_bytes(), &Limits::default()).unwrap();
        let (token, body) = (self.token(), self.info_body());
        let now: DateTime<Utc> = DateTime::from_timestamp(self.now, 0).unwrap();
        let login = match &self.nonce {
            Some(nonce) => Login::new(&token, nonce, now),
            None => Login::ciba(&token, now),
        };
        let mut login = login
            .level(self.level)
            .access_token(&self.access_token)
            .code(&self.code)
            .user_info(UserInfo::new(&self.info_type, body.as_bytes()));
        if let Some(issuer) = &self.response_issuer {
            login = login.response_issuer(issuer);
        }
        if let Some(age) = self.max_age {
            login = login.max_age(age);
        }
        act(&self.client, &login, &keys)
    }

    pub(crate) fn verify(&self) -> Result<Authenticated, Refusal> {
        self.with(|client, login, keys| client.verify(login, keys))
    }

    /// `CODE path` of each blocking problem; empty when the login holds.
    pub(crate) fn faults(&self) -> Vec<String> {
        match self.verify() {
            Ok(_) => Vec::new(),
            Err(refusal) => {
                let blocking = refusal.problems().iter().filter(|p| p.is_blocking());
                blocking.map(|p| format!("{} {}", p.code, p.path)).collect()
            }
        }
    }
}

/// A UserInfo response of the form of Pro Santé Connect, wholly fictitious.
pub(crate) fn user_info(id: &str, sub: &str) -> Object {
    object(json!({
        "sub": sub, "preferred_username": id, "given_name": "Anna", "family_name": "ESSAI",
        "SubjectNameID": id,
        "otherIds": [
            {"identifiant": id, "origine": "RPPS", "qualite": 1},
            {"identifiant": "00B6087510", "origine": "ADELI", "qualite": 2}
        ],
        "authMode": "CARD", "UITVersion": "1.0", "Secteur_Activite": "SA07^1.2.250.1.71.4.2.4",
        "SubjectOrganization": "CENTRE D'ESSAI", "SubjectOrganizationID": "F990000010",
        "Mode_Acces_Raison": "", "Acces_Regulation_Medicale": "FAUX",
        "SubjectRole": ["10^1.2.250.1.213.1.1.5.5"], "PSI_Locale": "1.2.250.1.213.1.3.1.1",
        "Palier_Authentification": "APPPRIP3^1.2.250.1.213.1.5.1.1.1",
        "SubjectRefPro": {"codeCivilite": "MME", "exercices": [{
            "codeProfession": "10", "codeCategorieProfessionnelle": "C",
            "codeCiviliteDexercice": "DR", "nomDexercice": "ESSAI", "prenomDexercice": "Anna",
            "codeTypeSavoirFaire": "S", "codeSavoirFaire": "SM36",
            "activities": [
                {"codeModeExercice": "S", "codeSecteurDactivite": "SA01",
                 "codeSectionPharmacien": "", "codeRole": "", "numeroSiretSite": "",
                 "numeroSirenSite": "", "numeroFinessSite": "990000010",
                 "numeroFinessetablissementJuridique": "990000028",
                 "identifiantTechniqueDeLaStructure": "F990000010",
                 "raisonSocialeSite": "CENTRE D'ESSAI",
                 "ancienIdentifiantDeLaStructure": "1990000010"},
                {"codeModeExercice": "L", "codeSecteurDactivite": "SA07",
                 "numeroSiretSite": "99999999900012", "raisonSocialeSite": "CABINET D'ESSAI"}
            ]}]}
    }))
}
