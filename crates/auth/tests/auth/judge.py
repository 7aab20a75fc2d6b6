"""What PyJWT and jwcrypto answer on tokens, and tokens that they make.

Reads one JSON object a line on the standard input, writes one a line:
{"token", "jwks", "algorithms", "issuer", "audience", "leeway"} gives
{"pyjwt": accepted, "jwcrypto": accepted};
{"make", "key", "kid", "claims"} gives {"pyjwt": token, "jwcrypto": token};
{"certificate": PS_IdNat} gives {"der": hexadecimal}.
"""

import datetime
import json
import sys

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from jwcrypto import jwk
from jwcrypto import jwt as jw
from jwcrypto.common import base64url_decode, base64url_encode


def pyjwt_accepts(ask):
    try:
        header = jwt.get_unverified_header(ask["token"])
        keys = [k for k in ask["jwks"]["keys"] if k.get("kid") == header["kid"]]
        if len(keys) != 1:
            return False
        key = jwt.PyJWK(keys[0], algorithm=header["alg"])
        jwt.decode(
            ask["token"],
            key,
            algorithms=ask["algorithms"],
            issuer=ask["issuer"],
            audience=ask["audience"],
            leeway=ask["leeway"],
            options={"require": ["exp", "iat", "iss", "aud"]},
        )
        return True
    except Exception:
        return False


def jwcrypto_accepts(ask):
    try:
        keys = jwk.JWKSet.from_json(json.dumps(ask["jwks"]))
        token = jw.JWT(
            algs=ask["algorithms"],
            check_claims={"iss": ask["issuer"], "aud": ask["audience"], "exp": None, "iat": None},
            expected_type="JWS",
        )
        token.leeway = ask["leeway"]
        key = keys.get_key(jwt.get_unverified_header(ask["token"])["kid"])
        if key is None:
            return False
        token.deserialize(ask["token"], key)
        return True
    except Exception:
        return False


def with_factors(key):
    """The members of an RSA key that follow from the others."""
    if key["kty"] != "RSA":
        return key
    number = lambda name: int.from_bytes(base64url_decode(key[name]), "big")
    text = lambda n: base64url_encode(n.to_bytes((n.bit_length() + 7) // 8, "big"))
    d, p, q = number("d"), number("p"), number("q")
    return key | {"dp": text(d % (p - 1)), "dq": text(d % (q - 1)), "qi": text(pow(q, -1, p))}


def make(ask):
    header = {"alg": ask["make"], "kid": ask["kid"], "typ": "JWT"}
    key = jwk.JWK(**with_factors(ask["key"]))
    pem = key.export_to_pem(private_key=True, password=None)
    token = jw.JWT(header=header, claims=ask["claims"])
    token.make_signed_token(key)
    return {
        "pyjwt": jwt.encode(ask["claims"], pem, algorithm=ask["make"], headers=header),
        "jwcrypto": token.serialize(),
    }


def certificate(ps_idnat):
    name = lambda oid, value: x509.NameAttribute(oid, value)
    holder = x509.RelativeDistinguishedName(
        [
            name(NameOID.GIVEN_NAME, "ANNA"),
            name(NameOID.COMMON_NAME, ps_idnat),
            name(NameOID.SURNAME, "ESSAI, FICTIF"),
        ]
    )
    one = lambda oid, value: x509.RelativeDistinguishedName([name(oid, value)])
    subject = x509.Name([one(NameOID.COUNTRY_NAME, "FR"), one(NameOID.TITLE, "Médecin"), holder])
    issuer = x509.Name([one(NameOID.COUNTRY_NAME, "FR"), one(NameOID.ORGANIZATION_NAME, "ASIP-SANTE")])
    key = ec.derive_private_key(7, ec.SECP256R1())
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.datetime(2026, 1, 1))
        .not_valid_after(datetime.datetime(2029, 1, 1))
        .sign(key, hashes.SHA256())
    )
    return {"der": built.public_bytes(Encoding.DER).hex()}


for line in sys.stdin:
    ask = json.loads(line)
    if "token" in ask:
        answer = {"pyjwt": pyjwt_accepts(ask), "jwcrypto": jwcrypto_accepts(ask)}
    elif "make" in ask:
        answer = make(ask)
    else:
        answer = certificate(ask["certificate"])
    print(json.dumps(answer), flush=True)
