//! The national identifier in all the places of a login: step 11.

use dcc_base::problem::{Problem, Problems};

use crate::members::Members;
use crate::national_id::{self, NationalId};
use crate::rules;

/// One place of the identifier.
struct Place<'a> {
    path: String,
    id: &'a str,
}

/// The identifier, the same in `SubjectNameID`, `preferred_username`, the end
/// of `sub` (`f:<uuid>:<PS_IdNat>`) and `otherIds` of the same register, of
/// the ID token and of the UserInfo response. `None` when there is none, or
/// when it is refused.
pub(crate) fn check(
    id_token: &Members,
    user_info: Option<&Members>,
    test: bool,
    problems: &mut Problems,
) -> Option<NationalId> {
    let sources = || [Some(id_token), user_info].into_iter().flatten();
    let mut places = Vec::new();
    for name in ["SubjectNameID", "preferred_username"] {
        for source in sources() {
            let id = source.text(name, problems).filter(|id| !id.is_empty());
            let path = source.path(name);
            places.extend(id.map(|id| Place { path, id }));
        }
    }
    // an ID token whose `sub` is no string was refused already
    let sub = id_token.text("sub", &mut Problems::new());
    let path = id_token.path("sub");
    places.extend(sub.and_then(end_of_sub).map(|id| Place { path, id }));
    let Some(first) = places.first() else {
        let path = id_token.path("SubjectNameID");
        problems.push(Problem::new(&rules::ID_MISSING, path));
        return None;
    };
    let id = first.id;
    let before = problems.len();
    check_form(first, test, problems);
    for source in sources() {
        places.extend(other_ids(source, id, problems));
    }
    for place in places.iter().filter(|place| place.id != id) {
        let problem = Problem::new(&rules::ID_DIFFERS, place.path.clone());
        problems.push(problem.allowed([format!("le même qu'en {}", places[0].path)]));
    }
    (problems.len() == before).then(|| NationalId::from(id))
}

fn check_form(place: &Place, test: bool, problems: &mut Problems) {
    if national_id::is_test(place.id) {
        if !test {
            problems.push(Problem::new(&rules::ID_TEST, place.path.clone()));
        }
    } else if let Some(fault) = national_id::fault(place.id) {
        let problem = Problem::new(&rules::ID_FORM, place.path.clone());
        let message = format!("{} : {fault}", rules::ID_FORM.text);
        problems.push(problem.message(message));
    }
}

/// The last part of `f:<component>:<external id>` (user federation of
/// Keycloak).
fn end_of_sub(sub: &str) -> Option<&str> {
    let (_, id) = sub.strip_prefix("f:")?.split_once(':')?;
    id.rsplit(':').next().filter(|id| !id.is_empty())
}

/// The `otherIds` of the register of `id`: `8` RPPS, `0` ADELI.
fn other_ids<'a>(source: &Members<'a>, id: &str, problems: &mut Problems) -> Vec<Place<'a>> {
    let register = match id.as_bytes().first() {
        Some(b'8') => "RPPS",
        Some(b'0') => "ADELI",
        _ => return Vec::new(),
    };
    let mut places = Vec::new();
    for other in source.objects("otherIds", problems) {
        let origin = other.text("origine", problems);
        let id = other.text("identifiant", problems);
        if let (Some(origin), Some(id)) = (origin, id)
            && origin.eq_ignore_ascii_case(register)
        {
            let path = other.path("identifiant");
            places.push(Place { path, id });
        }
    }
    places
}
