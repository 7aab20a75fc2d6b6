"""Documents: from and to dicts, JSON and CDA."""

from __future__ import annotations

import base64
import copy
import datetime
import json
import pickle
import random
import threading
import traceback
from pathlib import Path
from typing import Any, Iterator

import dcc
import pytest


def without_local(document: dcc.Document) -> dict[str, Any]:
    """What a CDA keeps of a document: all but the elements of the indicators."""
    data = document.to_dict()
    data.pop("indicators", None)
    return data


def test_same_bytes_as_rust(bundled: Path, reference: Path) -> None:
    document = dcc.Document.from_json(bundled.read_bytes())
    assert document.to_cda() == (reference / f"{bundled.stem}.xml").read_bytes()
    assert document.to_json().encode() == (reference / f"{bundled.stem}.json").read_bytes()


def test_every_way_in_gives_the_same(bundled: Path) -> None:
    text = bundled.read_text(encoding="utf-8")
    document = dcc.Document.from_json(text)
    cls = type(document)
    assert document.kind == cls.KIND == json.loads(text)["document"]
    data = document.to_dict()
    fields = {key: value for key, value in data.items() if key != "document"}
    for same in (
        cls.from_json(text.encode()),
        cls(text),
        cls(bytearray(text.encode())),
        cls(data),
        cls(fields),
        cls(**fields),
        cls.from_dict(data),
        cls(document),
        dcc.Document.from_dict(data),
        dcc.read(text).document,
        pickle.loads(pickle.dumps(document)),
        copy.deepcopy(document),
    ):
        assert type(same) is cls
        assert same == document
        assert not same != document
    assert document != data


def test_cda_and_back(bundled: Path) -> None:
    document = dcc.Document.from_json(bundled.read_bytes())
    xml = document.to_cda()
    for reading in (dcc.read(xml), dcc.Document.from_cda(xml), type(document).from_cda(xml)):
        assert type(reading.document) is type(document)
        assert without_local(reading.document) == without_local(document)
        assert reading.document.to_cda() == xml
    read, unread = dcc.read(xml)
    assert read.id == document.id and read.version == document.version
    assert all(isinstance(item, dcc.Unread) for item in unread)


def test_a_subclass_stays_itself(smallest: bytes) -> None:
    class Ours(dcc.FicheRcp):
        pass

    fiche = Ours.from_json(smallest)
    assert type(fiche) is Ours
    assert type(Ours.from_cda(fiche.to_cda()).document) is Ours
    # and does not take the place of the class of its kind
    assert type(dcc.Document.from_json(smallest)) is dcc.FicheRcp


def test_dates_are_taken_as_they_are(smallest: bytes) -> None:
    data = json.loads(smallest)
    data["header"]["patient"]["birth_date"] = datetime.date(1979, 3, 28)
    zone = datetime.timezone(datetime.timedelta(hours=1))
    data["header"]["created"] = datetime.datetime(2025, 3, 14, 11, 30, tzinfo=zone)
    assert dcc.FicheRcp(data) == dcc.FicheRcp(smallest)


def test_replace(smallest: bytes) -> None:
    fiche = dcc.FicheRcp(smallest)
    other = fiche.replace(patient_comment="Note de test")
    assert type(other) is dcc.FicheRcp
    assert other != fiche
    assert other.to_dict()["patient_comment"] == "Note de test"
    assert other.replace(patient_comment=None) == fiche


def test_repr_hides_the_patient(bundled: Path) -> None:
    document = dcc.Document.from_json(bundled.read_bytes())
    patient = document.to_dict()["header"]["patient"]
    reading = dcc.read(document.to_cda())
    for shown in (repr(document), repr(reading), repr(reading.unread)):
        for secret in (patient["birth_name"], patient["birth_date"], patient["ins"]["matricule"]):
            assert secret not in shown
    assert document.id in repr(document) and "problems=" in repr(document)


def identities(value: Any) -> set[str]:
    """Every text of a patient that names it, however deep."""
    if isinstance(value, dict):
        return set().union(*(identities(part) for key, part in value.items() if key not in ("use", "kind", "identity_status")))
    if isinstance(value, list):
        return set().union(*map(identities, value))
    return {value} if isinstance(value, str) and len(value) > 3 else set()


def spoilt(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Each text of a value made wrong, at its place."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(part, (dict, list)):
            yield from spoilt(part, (*path, key))
        else:
            yield (*path, key), f"{part}\N{LATIN SMALL LETTER N WITH TILDE}?"
            yield (*path, key), [part]
            yield (*path, key), {str(part): part}


def test_nothing_in_a_log_names_the_patient(bundled: Path) -> None:
    data = json.loads(bundled.read_bytes())
    patient = data["header"]["patient"]
    secrets = identities(patient)
    assert len(secrets) > 4
    cls = type(dcc.Document.from_json(bundled.read_bytes()))
    refused = warned = 0
    spoils = list(spoilt(patient))
    for path, wrong in random.Random(bundled.stem).sample(spoils, min(30, len(spoils))):
        spoiled = copy.deepcopy(data)
        place: Any = spoiled["header"]["patient"]
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = wrong
        shown = []
        try:
            document = cls(spoiled)
            shown.append(repr(document))
            problems = document.check()
            warned += len(problems)
            shown += [repr(problem) for problem in problems] + [repr(problems)]
            document.to_cda()
        except dcc.DccError as error:
            refused += 1
            shown += ["".join(traceback.format_exception(type(error), error, error.__traceback__)), repr(error), repr(error.problems)]
            assert all(str(problem).startswith(problem.without_found()[:9]) for problem in error.problems)
        for text in shown:
            # an unknown field is named by its place, which is the caller's own
            for secret in secrets - {part for part in map(str, path)}:
                if not (isinstance(wrong, dict) and f"/{secret}" in text):
                    assert secret not in text, (path, secret)
    assert refused > 5 and warned > 0


def test_not_hashable(smallest: bytes) -> None:
    with pytest.raises(TypeError):
        hash(dcc.FicheRcp(smallest))
    with pytest.raises(TypeError):
        dcc.Document()


def test_all_problems_at_once(smallest: bytes) -> None:
    data = json.loads(smallest)
    data["header"]["patient"]["sex"] = 3
    data["rcp"]["dat"] = "2025-03-14"
    data["tumours"][0]["diagnosed"] = "2025-02-30"
    with pytest.raises(dcc.DccError) as caught:
        dcc.FicheRcp(data)
    found = {(problem.path, problem.code) for problem in caught.value.problems}
    assert found == {
        ("/header/patient/sex", "JSON-VALEUR"),
        ("/rcp/dat", "JSON-CHAMP"),
        ("/tumours/0/diagnosed", "JSON-VALEUR"),
    }
    assert str(caught.value).count("\n") == 2
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems


def test_python_values_without_json_form(smallest: bytes) -> None:
    data = json.loads(smallest)
    loop: list[Any] = []
    loop.append(loop)
    data["header"]["patient"] = {"birth_name": {1, 2}, "sex": float("nan"), 3: "x", "addresses": loop}
    data["header"]["version"] = 2**70
    with pytest.raises(dcc.DccError) as caught:
        dcc.FicheRcp(data)
    paths = [problem.path for problem in caught.value.problems]
    assert "/header/patient/birth_name" in paths
    assert "/header/patient/sex" in paths
    assert "/header/patient" in paths
    assert "/header/version" in paths
    assert any(path.startswith("/header/patient/addresses/0/0") for path in paths)


@pytest.mark.parametrize("source", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", [], 3, b'{"document": "pps"}'])
def test_what_is_no_fiche_is_refused(source: Any) -> None:
    with pytest.raises(dcc.DccError) as caught:
        dcc.FicheRcp(source)
    assert caught.value.problems[0].code.startswith("JSON-")


def test_refused_then_accepted(smallest: bytes) -> None:
    fiche = dcc.FicheRcp(smallest).replace(tumours=[])
    problems = fiche.check()
    assert [p.code for p in problems if p.is_blocking] == ["TUMEUR"]
    with pytest.raises(dcc.DccError) as caught:
        fiche.to_cda()
    assert list(caught.value.problems) == problems
    assert fiche.to_cda(accept=["TUMEUR"]).startswith(b"<?xml")


def test_strict_refuses_warnings(smallest: bytes) -> None:
    fiche = dcc.FicheRcp(smallest)
    status = {key: value for key, value in fiche.to_dict()["status"].items() if key != "date"}
    fiche = fiche.replace(status=status)
    assert [(p.code, p.severity) for p in fiche.check()] == [("FRCP-STATUT-DATE", "warning")]
    fiche.to_cda()
    with pytest.raises(dcc.DccError):
        fiche.to_cda(strict=True)


@pytest.mark.parametrize("data", [b"", b"<a/>", b"not xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><ClinicalDocument/>"])
def test_what_is_no_cda_is_refused(data: bytes) -> None:
    with pytest.raises(dcc.DccError):
        dcc.read(data)
    with pytest.raises(TypeError):
        dcc.read(3)  # type: ignore[arg-type]


def test_threads(bundled: Path) -> None:
    document = dcc.Document.from_json(bundled.read_bytes())
    expected, wrong = document.to_cda(), []

    def work() -> None:
        for _ in range(5):
            if dcc.read(document.to_cda()).document.to_cda() != expected:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_every_kind_has_its_class() -> None:
    classes = (dcc.FicheRcp, dcc.Pps, dcc.Ppac, dcc.CrAcp, dcc.UnstructuredDocument)
    assert [cls.KIND for cls in classes] == dcc.KINDS
    with pytest.raises(dcc.DccError) as caught:
        dcc.Pps({"document": "fiche_rcp"})
    assert caught.value.problems[0].code == "JSON-DOCUMENT"


def test_level_1(bundled: Path) -> None:
    document = dcc.Document.from_json(bundled.read_bytes())
    printed = dcc.to_pdf(document.to_cda())
    xml = document.to_cda(level=1)
    assert b"nonXMLBody" in xml and xml == document.to_cda(level=1, pdf=printed)
    assert dcc.to_html(xml)
    with pytest.raises(dcc.DccError):
        document.to_cda(level=1, pdf=b"no pdf")
    with pytest.raises(ValueError):
        document.to_cda(level=2)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        document.to_cda(level=3, pdf=printed)


def test_a_document_at_level_1_is_read(bundled: Path) -> None:
    document = dcc.Document.from_json(bundled.read_bytes())
    printed = dcc.to_pdf(document.to_cda())
    xml = document.to_cda(level=1, pdf=printed)
    read, unread = dcc.read(xml)
    assert isinstance(read, dcc.UnstructuredDocument) and unread == ()
    assert read.pdf == printed and read.document_kind == document.kind and read.kind == "level_one"
    assert (read.id, read.version) == (document.id, document.version)
    assert read.to_dict()["header"]["patient"] == document.to_dict()["header"]["patient"]
    assert read.check() == [] and read.to_cda() == read.to_cda(level=1)
    assert dcc.read(read.to_cda()) == dcc.Reading(read, ())
    assert dcc.UnstructuredDocument.from_cda(xml).document == read == dcc.UnstructuredDocument.from_json(read.to_json())
    # it is made from its fields, the PDF as bytes
    fields = {key: value for key, value in read.to_dict().items() if key not in ("document", "pdf")}
    made = dcc.UnstructuredDocument(pdf=printed, **fields)
    assert made == read == dcc.UnstructuredDocument({**fields, "pdf": bytearray(printed)})
    other = printed + b"%%EOF"
    assert dcc.read(read.to_cda(pdf=other)).document == made.replace(pdf=other)
    with pytest.raises(ValueError):
        read.to_cda(level=3)
    # the class of another kind refuses it, as itself refuses level 3
    for cls, data in ((type(document), xml), (dcc.UnstructuredDocument, document.to_cda())):
        with pytest.raises(dcc.DccError) as caught:
            cls.from_cda(data)
        assert [problem.code for problem in caught.value.problems] == ["CDA-MODELE"]
    with pytest.raises(dcc.DccError):
        dcc.FicheRcp(patient_comment=b"bytes are for files alone")  # type: ignore[arg-type]
    empty = xml.replace(base64.b64encode(printed), b"")
    with pytest.raises(dcc.DccError) as caught:
        dcc.read(empty)
    assert [problem.code for problem in caught.value.problems] == ["CDA-CORPS"]


def test_html_and_pdf(smallest: bytes) -> None:
    xml = dcc.FicheRcp(smallest).to_cda()
    page = dcc.to_html(xml, structure="Structure de test")
    assert page.startswith("<!DOCTYPE html>") or page.lower().startswith("<!doctype html>")
    assert "Structure de test" in page and "PAT-TROIS" in page
    printed = dcc.to_pdf(xml)
    assert printed.startswith(b"%PDF-1.4") and printed == dcc.to_pdf(xml)
    with pytest.raises(dcc.DccError):
        dcc.to_html(b"<a/>")
    with pytest.raises(dcc.DccError) as caught:
        dcc.to_pdf(xml, logo=b"no picture")
    assert caught.value.problems[0].code == "RENDU-LOGO"
