//! From the claims of Pro Santé Connect to a professional.

use dcc_base::problem::{Problem, Problems};

use crate::members::Members;
use crate::national_id::NationalId;
use crate::professional::{Activity, Coded, OtherId, Person, Practice, Professional};
use crate::rules;

/// Claims of a UserInfo response that are read elsewhere, or that are those of
/// the protocol (OpenID Connect Core §5.1, Keycloak).
const KNOWN: &[&str] = &[
    "sub",
    "preferred_username",
    "SubjectNameID",
    "otherIds",
    "authMode",
    "SubjectRole",
    "Secteur_Activite",
    "SubjectRefPro",
    "iss",
    "aud",
    "azp",
    "exp",
    "iat",
    "nbf",
    "jti",
    "typ",
    "acr",
    "auth_time",
    "nonce",
    "sid",
    "session_state",
    "scope",
    "client_id",
    "active",
    "username",
    "name",
    "email",
    "email_verified",
    "locale",
    "updated_at",
];

/// Members of `SubjectRefPro` and of a practice that are read as such.
const REFERENCE: &[&str] = &["codeCivilite", "exercices"];
const PRACTICE: &[&str] = &["activities"];

/// The professional; what is unknown or of the wrong type is a warning.
/// `complete` says that the claims are those of a UserInfo response, whose
/// unknown members are listed.
pub(crate) fn professional(
    id: NationalId,
    claims: &Members,
    complete: bool,
    problems: &mut Problems,
) -> Professional {
    let mut professional = Professional::new(id);
    if complete {
        list_unknown(claims, &[KNOWN, Person::CLAIMS], problems);
    }
    professional.person = Person::read(|name| text(claims, name, problems));
    let roles = claims.texts("SubjectRole", problems).unwrap_or_default();
    professional.roles = roles.into_iter().filter_map(Coded::read).collect();
    let sector = text(claims, "Secteur_Activite", problems);
    professional.sector = sector.as_deref().and_then(Coded::read);
    for other in claims.objects("otherIds", problems) {
        let id = OtherId::read(|name| text(&other, name, problems));
        professional.other_ids.push(id);
        list_unknown(&other, &[OtherId::CLAIMS], problems);
    }
    if let Some(reference) = claims.object("SubjectRefPro", problems) {
        list_unknown(&reference, &[REFERENCE], problems);
        for members in reference.objects("exercices", problems) {
            professional.practices.push(practice(&members, problems));
        }
    }
    professional
}

fn practice(members: &Members, problems: &mut Problems) -> Practice {
    let mut practice = Practice::read(|name| text(members, name, problems));
    list_unknown(members, &[PRACTICE, Practice::CLAIMS], problems);
    for activity in members.objects("activities", problems) {
        let read = Activity::read(|name| text(&activity, name, problems));
        practice.activities.push(read);
        list_unknown(&activity, &[Activity::CLAIMS], problems);
    }
    practice
}

/// A text that is not empty; a number reads as its text (`qualite`).
fn text(members: &Members, name: &str, problems: &mut Problems) -> Option<String> {
    let text = members.text_or_number(name, problems);
    text.filter(|text| !text.is_empty())
}

fn list_unknown(members: &Members, known: &[&[&str]], problems: &mut Problems) {
    let unknown = |name: &&str| !known.iter().any(|names| names.contains(name));
    for name in members.names().filter(unknown) {
        problems.push(Problem::new(&rules::USERINFO_MEMBER, members.path(name)));
    }
}
