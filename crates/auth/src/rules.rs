//! What can be wrong with a login: settings, keys, tokens, proofs, certificates.
//!
//! The texts are read by the support desk of a hospital. The value of a token,
//! of a claim or of a key never stands in a problem.

use dcc_base::problem::rules;

const JWS: &str = "RFC 7515 §5.2";
const CRIT: &str = "RFC 7515 §4.1.11";
const JWE: &str = "RFC 7516 §9";
const UNIQUE: &str = "RFC 7515 §4, RFC 7519 §4";
const JWKS: &str = "RFC 7517 §5";
const JWA: &str = "RFC 7518 §3.1, RFC 8725 §3.1";
const RSA: &str = "RFC 7518 §3.3, FIPS 186-5 §5.1";
const TYPING: &str = "RFC 8725 §3.11";
const KID: &str = "OpenID Connect Core 1.0 §10.1";
const OIDC: &str = "OpenID Connect Core 1.0 §2";
const CHECK: &str = "OpenID Connect Core 1.0 §3.1.3.7";
const HASH: &str = "OpenID Connect Core 1.0 §3.1.3.6, §3.3.2.11";
const USERINFO: &str = "OpenID Connect Core 1.0 §5.3";
const ISS: &str = "RFC 9207 §2.4";
const PSC: &str = "Pro Santé Connect, documentation technique (ANS)";
const ID: &str = "CI-SIS, annexe « Sources des données personnes et structures »";
const RIE: &str =
    "CSP L.1470-1 à L.1470-6, référentiel d'identification électronique (arrêté du 28/03/2022)";
const DCC: &str = "dcc";
const CPS: &str = "RFC 5280, certificats de l'IGC-Santé (ANS)";

rules! {
    SETTING: Blocking "AUTH-REGLAGE" "Un réglage de la vérification est vide ou hors limites" DCC;

    JWKS_SIZE: Blocking "AUTH-JWKS-TAILLE" "Le JWKS dépasse la taille ou le nombre de clés admis" DCC;
    JWKS_FORM: Blocking "AUTH-JWKS-FORME" "Le JWKS est un objet JSON qui contient un tableau « keys »" JWKS;
    JWKS_EMPTY: Blocking "AUTH-JWKS-VIDE" "Le JWKS ne contient aucune clé utilisable" JWKS;
    JWK_KIND: Warning "AUTH-JWK-TYPE" "Clé écartée : seules servent les clés RSA et les clés EC de la courbe P-256" JWA;
    JWK_USE: Warning "AUTH-JWK-USAGE" "Clé écartée : elle n'est pas destinée à vérifier une signature RS256, PS256 ou ES256" JWKS;
    JWK_VALUE: Warning "AUTH-JWK-VALEUR" "Clé écartée : un de ses membres est absent ou mal formé" JWKS;
    JWK_WEAK: Warning "AUTH-JWK-FAIBLE" "Clé écartée : une clé RSA a de 2048 à 8192 bits et un exposant d'au moins 65537" RSA;
    JWK_PRIVATE: Warning "AUTH-JWK-PRIVEE" "Clé écartée : sa partie privée ou secrète est publiée" JWKS;
    JWK_TWICE: Warning "AUTH-JWK-DOUBLON" "Clés écartées : plusieurs clés du même type portent le même kid" JWKS;

    TOKEN_SIZE: Blocking "AUTH-JETON-TAILLE" "Le jeton dépasse la taille admise" DCC;
    TOKEN_FORM: Blocking "AUTH-JETON-FORME" "Un jeton signé est formé de trois parties séparées par des points" JWS;
    TOKEN_ENCRYPTED: Blocking "AUTH-JETON-CHIFFRE" "Le jeton est chiffré : l'hôte doit le déchiffrer avant de le faire vérifier" JWE;
    TOKEN_BASE64: Blocking "AUTH-JETON-BASE64" "Chaque partie du jeton est en base64url, sans remplissage ni blanc" JWS;
    TOKEN_JSON: Blocking "AUTH-JETON-JSON" "L'en-tête et le contenu sont des objets JSON en UTF-8" JWS;
    TOKEN_TWICE: Blocking "AUTH-JETON-DOUBLON" "Un membre JSON figure plusieurs fois" UNIQUE;
    MEMBER_TYPE: Blocking "AUTH-TYPE" "Le type de cet élément n'est pas celui attendu" OIDC;
    MISSING: Blocking "AUTH-ABSENT" "Un élément obligatoire est absent" OIDC;
    ALGORITHM: Blocking "AUTH-ALG" "L'algorithme de signature n'est pas de ceux que l'hôte admet" JWA;
    CRITICAL: Blocking "AUTH-CRIT" "L'en-tête exige une extension qui n'est pas prise en charge" CRIT;
    HEADER_TYPE: Blocking "AUTH-TYP" "L'en-tête annonce un jeton d'une autre nature" TYPING;
    TOKEN_KIND: Blocking "AUTH-JETON-NATURE" "Le jeton n'est pas un jeton d'identité" TYPING;

    KEY_UNKNOWN: Blocking "AUTH-CLE-INCONNUE" "La clé de signature n'est pas dans le JWKS : recharger le JWKS" KID;
    KEY_IGNORED: Blocking "AUTH-CLE-ECARTEE" "La clé de signature est dans le JWKS mais elle a été écartée à la lecture" KID;
    KEY_UNNAMED: Blocking "AUTH-CLE-ABSENTE" "Le jeton n'indique pas sa clé (kid) et le JWKS n'en contient pas une seule qui convienne" KID;
    KEY_MISMATCH: Blocking "AUTH-CLE-DESACCORD" "La clé indiquée n'est pas faite pour l'algorithme du jeton" JWA;
    SIGNATURE: Blocking "AUTH-SIGNATURE" "La signature du jeton est fausse" JWS;

    ISSUER: Blocking "AUTH-ISS" "L'émetteur du jeton n'est pas celui attendu" CHECK;
    RESPONSE_ISSUER: Blocking "AUTH-ISS-REPONSE" "L'émetteur indiqué dans la réponse d'autorisation n'est pas celui attendu" ISS;
    AUDIENCE: Blocking "AUTH-AUD" "Le jeton n'est pas destiné à ce client" CHECK;
    OTHER_AUDIENCE: Blocking "AUTH-AUD-TIERS" "Le jeton est aussi destiné à un client qui n'est pas de confiance" CHECK;
    AUTHORIZED_PARTY: Blocking "AUTH-AZP" "Le jeton a été délivré à un autre client" CHECK;
    EXPIRED: Blocking "AUTH-EXP" "Le jeton est expiré" CHECK;
    ISSUED_LATER: Blocking "AUTH-IAT" "Le jeton a été émis dans le futur : l'horloge de l'hôte est-elle à l'heure ?" CHECK;
    NOT_YET: Blocking "AUTH-NBF" "Le jeton n'est pas encore valable" "RFC 7519 §4.1.5";
    DATES: Blocking "AUTH-DATES" "Le jeton expire avant d'avoir été émis" OIDC;
    TOO_OLD: Blocking "AUTH-AGE" "Le jeton a été émis il y a trop longtemps" CHECK;
    NONCE: Blocking "AUTH-NONCE" "Le nonce du jeton n'est pas celui de la demande" CHECK;
    NONCE_UNEXPECTED: Blocking "AUTH-NONCE-INATTENDU" "Le jeton contient un nonce alors que la demande n'en avait pas" CHECK;
    ACR_UNKNOWN: Blocking "AUTH-ACR-INCONNU" "Le niveau d'authentification du jeton n'est pas connu" PSC;
    ACR: Blocking "AUTH-ACR" "Le niveau d'authentification est inférieur à celui demandé" PSC;
    AUTH_TIME: Blocking "AUTH-AUTH-TIME" "L'authentification est trop ancienne : le professionnel doit s'authentifier de nouveau" CHECK;
    AUTH_TIME_LATER: Blocking "AUTH-AUTH-TIME-FUTUR" "L'authentification est datée du futur : l'horloge de l'hôte est-elle à l'heure ?" OIDC;
    AT_HASH: Blocking "AUTH-AT-HASH" "Le jeton d'accès n'est pas celui qui accompagne le jeton d'identité" HASH;
    C_HASH: Blocking "AUTH-C-HASH" "Le code d'autorisation n'est pas celui qui accompagne le jeton d'identité" HASH;
    USERINFO_TYPE: Blocking "AUTH-USERINFO-TYPE" "La réponse UserInfo est en application/json ou en application/jwt" USERINFO;
    USERINFO_SUB: Blocking "AUTH-USERINFO-SUB" "La réponse UserInfo concerne une autre personne que le jeton d'identité" USERINFO;
    USERINFO_MEMBER: Warning "AUTH-USERINFO-MEMBRE" "La réponse UserInfo contient un élément inconnu, qui n'a pas été lu" PSC;
    USERINFO_VALUE: Warning "AUTH-USERINFO-VALEUR" "Un élément de la réponse UserInfo n'a pas le type attendu et n'a pas été lu" PSC;
    ID_MISSING: Blocking "AUTH-PSIDNAT-ABSENT" "L'identifiant national du professionnel (PS_IdNat) est absent" PSC;
    ID_FORM: Blocking "AUTH-PSIDNAT" "L'identifiant national du professionnel (PS_IdNat) est mal formé" ID;
    ID_DIFFERS: Blocking "AUTH-PSIDNAT-DESACCORD" "L'identifiant national du professionnel (PS_IdNat) n'est pas le même partout" PSC;
    ID_TEST: Blocking "AUTH-PSIDNAT-TEST" "Cette identité de test n'est admise qu'avec le réglage de test" PSC;

    PROOF_FORM: Blocking "AUTH-PREUVE-FORME" "La preuve d'authentification est mal formée" DCC;
    PROOF_SUBJECT: Blocking "AUTH-PREUVE-SUJET" "La preuve d'authentification est celle d'un autre professionnel" RIE;
    PROOF_OLD: Blocking "AUTH-PREUVE-ANCIENNE" "L'authentification est trop ancienne : le professionnel doit s'authentifier de nouveau" RIE;
    PROOF_LATER: Blocking "AUTH-PREUVE-FUTURE" "La preuve d'authentification est datée du futur" DCC;
    PROOF_LEVEL: Blocking "AUTH-PREUVE-NIVEAU" "Le niveau d'authentification est insuffisant" RIE;
    PROOF_MEANS: Blocking "AUTH-PREUVE-MOYEN" "Le moyen d'authentification n'est pas admis" RIE;
    PROOF_UNSEALED: Blocking "AUTH-PREUVE-SCEAU-ABSENT" "La preuve d'authentification n'est pas scellée" DCC;
    PROOF_SEAL: Blocking "AUTH-PREUVE-SCEAU" "Le sceau de la preuve est faux : elle a été modifiée, ou scellée avec une autre clé" DCC;

    CPS_SIZE: Blocking "AUTH-CPS-TAILLE" "Le certificat dépasse la taille admise" DCC;
    CPS_FORM: Blocking "AUTH-CPS-FORME" "Le certificat n'est pas un certificat X.509 en DER" CPS;
    CPS_HOLDER: Blocking "AUTH-CPS-TITULAIRE" "Le sujet du certificat n'est pas celui d'un professionnel : un seul CN, accompagné du nom (SN) et du prénom (GN)" CPS;
    CPS_ID: Blocking "AUTH-CPS-PSIDNAT" "Le CN du certificat n'est pas un identifiant national de professionnel (PS_IdNat)" CPS;
    CPS_ISSUER: Blocking "AUTH-CPS-EMETTEUR" "Le certificat n'est pas émis par une autorité admise" CPS;
    CPS_PERIOD: Blocking "AUTH-CPS-PERIODE" "Le certificat n'est pas dans sa période de validité" CPS;
}
