"""The official rules: `dcc.RuleBook` and ``dcc validate``.

A small folder of rules of their own stands in for that of the ANS, which the
last tests use when `DCC_RULES_DIR` names it.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Dict
from xml.etree import ElementTree

import dcc
import pytest

from conftest import BUNDLED, ROOT, Run

FICHE = ROOT / "dcc-core/examples/data/fiche_rcp_minimale.json"
VOLET = "CANCER-FRCP_2022.01"
SET = f"CI-SIS_{VOLET}"

SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
<ns prefix="cda" uri="urn:hl7-org:v3"/><ns prefix="svs" uri="urn:ihe:iti:svs:2008"/>{}</schema>"""
RULE = '<pattern><rule context="{}"><{} test="{}">{}</{}></rule></pattern>'
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:hl7-org:v3">
<xs:element name="ClinicalDocument"><xs:complexType><xs:sequence>
<xs:any maxOccurs="unbounded" processContents="skip"/>
</xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>"""


def schema(*rules: str) -> str:
    return SCHEMA.format("".join(rules))


def rule(context: str, test: str, text: str, kind: str = "assert", role: str = "") -> str:
    begin = f'{kind} role="{role}"' if role else kind
    return RULE.format(context, begin, test, text, kind)


TITLE = rule("cda:ClinicalDocument", "cda:title", "Le titre est obligatoire.")
SHORT = rule("cda:title", "string-length(.) &lt; 4", "Le titre est court.", "report", "warning")
FRENCH = rule("cda:languageCode", "@code = 'fr-FR'", 'La langue est <value-of select="@code"/>.')


def files() -> Dict[str, str]:
    """The rules, in the layout of the ANS; one volet has an include that is absent."""
    return {
        "schematrons/profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch": schema(TITLE),
        "schematrons/profils/IHE.sch": schema(SHORT),
        "schematrons/profils/CI-SIS_ModelesDeContenusCDA.sch": schema(),
        "schematrons/profils/CI-SIS_Modeles_ANS.sch": schema(),
        f"schematrons/{SET}.sch": schema(FRENCH),
        "schematrons/CI-SIS_CANCER-PPS_2021.01.sch": schema('<include href="include/absent.sch"/>'),
        "infrastructure/cda/CDA_extended.xsd": XSD,
    }


def written(folder: Path, of: Dict[str, str]) -> Path:
    for name, text in of.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return written(tmp_path / "regles", files())


@pytest.fixture
def good() -> bytes:
    return dcc.FicheRcp(FICHE.read_bytes()).to_cda()


@pytest.fixture
def bad(good: bytes) -> bytes:
    assert good.count(b'<languageCode code="fr-FR"/>') == 1
    return good.replace(b'<languageCode code="fr-FR"/>', b'<languageCode code="en-US"/>')


def test_a_document_is_conformant_or_what_is_wrong_is_told(rules: Path, good: bytes, bad: bytes) -> None:
    book = dcc.RuleBook.load(rules)
    verdict = book.check(good)
    assert (verdict.volet, verdict.is_recognised, verdict.is_conformant, verdict.findings) == (VOLET, True, True, [])
    assert verdict.summary == f"conforme (volet {VOLET}) : aucun constat" and verdict.release == book.release
    verdict = book.check(bad.decode())
    (finding,) = verdict.findings
    assert (finding.set, finding.level, finding.location) == (SET, "error", "/ClinicalDocument/languageCode")
    assert finding.text == "La langue est en-US." and finding.test == "@code = 'fr-FR'"
    line = bad.decode().split("<languageCode")[0].count("\n") + 1
    assert finding.line == line and finding.context == "cda:languageCode" and finding.pointer is None
    assert (finding.file, finding.rule_line) == (f"schematrons/{SET}.sch", 2) and finding.code == ""
    assert not verdict.is_conformant and verdict == book.check(bad) != book.check(good)
    assert "en-US" not in repr(finding) + repr(verdict) and "en-US" in str(finding)
    told = json.loads(verdict.to_json("a.xml"))
    assert (told["file"], told["volet"], told["findings"][0]["text"]) == ("a.xml", VOLET, finding.text)
    svrl = ElementTree.fromstring(verdict.to_svrl())
    failed = svrl.findall("{http://purl.oclc.org/dsdl/svrl}failed-assert")
    assert [one.get("location") for one in failed] == ["/*:ClinicalDocument/*:languageCode"]
    assert "La langue est en-US." in verdict.to_html("a.xml")


def test_a_warning_alone_is_conformant(rules: Path) -> None:
    verdict = dcc.RuleBook.load(rules).check(b'<ClinicalDocument xmlns="urn:hl7-org:v3"><title>x</title></ClinicalDocument>')
    assert [one.level for one in verdict.findings] == ["warning"] and verdict.is_conformant
    assert verdict.volet is None and not verdict.is_recognised


def test_the_volet_is_named_or_none(rules: Path, bad: bytes) -> None:
    book = dcc.RuleBook.load(rules)
    assert book.volets == [VOLET, "CANCER-PPS_2021.01"]
    assert len(book.check(bad, VOLET).findings) == 1 and book.check(bad, None).findings == []
    (unusable,) = book.check(bad, "CANCER-PPS_2021.01").findings
    assert (unusable.level, unusable.code) == ("fatal", "rules-unusable")
    with pytest.raises(dcc.DccError) as raised:
        book.check(bad, "FACTURE")
    (problem,) = raised.value.problems
    assert (problem.code, problem.found, list(problem.allowed)) == ("REGLES-VOLET", "FACTURE", book.volets)
    with pytest.raises(ValueError, match="helpful, official"):
        book.check(bad, mode="strict")  # type: ignore[arg-type]


def test_what_is_amiss_in_the_rules_is_listed(rules: Path) -> None:
    book = dcc.RuleBook.load(rules)
    (notice,) = book.notices
    assert notice.set == "CI-SIS_CANCER-PPS_2021.01" and notice.code == "rule-file-missing" and notice.blocks
    assert str(notice).startswith("CI-SIS_CANCER-PPS_2021.01 : fichier de règles absent : schematrons/include/absent.sch")
    book.prepare()
    assert book.notices == [notice]


def test_an_archive_gives_the_verdict_of_the_folder(rules: Path, bad: bytes, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "regles"), "zip", tmp_path, "regles")
    packed = dcc.RuleBook.load(archive).check(bad)
    assert packed.findings == dcc.RuleBook.load(rules).check(bad).findings


def test_rules_that_are_none_are_refused(tmp_path: Path, rules: Path) -> None:
    with pytest.raises(FileNotFoundError) as absent:
        dcc.RuleBook.load(tmp_path / "absent")
    assert absent.value.filename == str(tmp_path / "absent")
    (tmp_path / "texte.zip").write_text("x")
    (tmp_path / "vide").mkdir()
    with zipfile.ZipFile(tmp_path / "vide.zip", "w"):
        pass
    for name in ("texte.zip", "vide", "vide.zip"):
        with pytest.raises(dcc.DccError) as raised:
            dcc.RuleBook.load(tmp_path / name)
        assert [problem.code for problem in raised.value.problems] == ["REGLES-LECTURE"], name


def test_a_cache_serves_until_the_rules_change(rules: Path, bad: bytes) -> None:
    book = dcc.RuleBook.load(rules)
    verdict = book.check(bad)
    cache = book.to_cache()
    assert dcc.RuleBook.from_cache(rules, cache).check(bad) == verdict
    (rules / f"schematrons/{SET}.sch").write_text(schema(), encoding="utf-8")
    for other in (cache, cache[:-1], b"x"):
        with pytest.raises(dcc.DccError) as raised:
            dcc.RuleBook.from_cache(rules, other)
        assert raised.value.problems[0].code == "REGLES-CACHE"


def test_threads_share_a_book(rules: Path, good: bytes, bad: bytes) -> None:
    book = dcc.RuleBook.load(rules)
    with ThreadPoolExecutor(16) as pool:
        counts = list(pool.map(lambda n: len(book.check(bad if n % 2 else good).findings), range(200)))
    assert counts == [0, 1] * 100


def test_command_one_line_of_json_a_document(command: Run, rules: Path, good: bytes, bad: bytes, tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_bytes(good)
    (tmp_path / "bad.xml").write_bytes(bad)
    done = command("validate", "good.xml", "bad.xml", FICHE, "--rules", rules, "--json")
    assert done.returncode == 1, done.stderr
    finding = {
        "set": SET,
        "level": "error",
        "location": "/ClinicalDocument/languageCode",
        "text": "La langue est en-US.",
    }
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"file": "good.xml", "volet": VOLET, "findings": []},
        {"file": "bad.xml", "volet": VOLET, "findings": [finding]},
        {"file": str(FICHE), "volet": VOLET, "findings": []},
    ]
    # the absent include of a volet is said
    assert "fichier de règles absent" in done.stderr.decode()
    assert command("validate", "good.xml", "--rules", rules).returncode == 0
    assert command("validate", "-", "--rules", rules, "--json", stdin=bad).stdout.count(b"\n") == 1


def test_command_in_words(command: Run, rules: Path, good: bytes, bad: bytes, tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_bytes(good)
    (tmp_path / "bad.xml").write_bytes(bad)
    lines = command("validate", "good.xml", "bad.xml", "--rules", rules).stdout.decode().splitlines()
    line = bad.decode().split("<languageCode")[0].count("\n") + 1
    assert lines == [
        f"good.xml : conforme (volet {VOLET}) : aucun constat",
        f"bad.xml : non conforme (volet {VOLET}) : 1 erreur",
        f"bad.xml : erreur {SET} /ClinicalDocument/languageCode (ligne {line}) : La langue est en-US.",
        "2 documents : conformes 1, non conformes 1",
    ]


def test_command_exit_codes(command: Run, rules: Path, good: bytes, tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_bytes(good)
    (tmp_path / "refused.json").write_text('{"document": "fiche_rcp"}')
    (tmp_path / "vide").mkdir()
    for arguments, code in (
        (("good.xml",), 2),
        (("good.xml", "--rules", rules, "--compare", rules, rules), 2),
        (("good.xml", "--rules", rules, "--volet", "FACTURE"), 2),
        (("good.xml", "--rules", rules, "--mode", "strict"), 2),
        (("good.xml", "--rules", "absent"), 3),
        (("good.xml", "--rules", "vide"), 3),
        (("good.xml", "absent.xml", "--rules", rules, "--json"), 3),
        (("refused.json", "--rules", rules), 1),
        (("good.xml", "--rules", rules, "--volet", SET, "--mode", "official"), 0),
    ):
        done = command("validate", *arguments)
        assert done.returncode == code, (arguments, done.stderr)
        assert code == 0 or done.stderr, arguments
    done = command("validate", "absent.xml", "good.xml", "--rules", rules, "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {"file": "absent.xml", "volet": None, "findings": [], "error": "fichier introuvable"}
    assert second["findings"] == [] and "error" not in second


def test_command_writes_svrl_html_and_cache(command: Run, rules: Path, good: bytes, bad: bytes, tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_bytes(good)
    (tmp_path / "bad.xml").write_bytes(bad)
    line = ("validate", "good.xml", "bad.xml", "--rules", rules, "--svrl", "s", "--html", "h", "--cache", "c")
    done = command(*line)
    assert done.returncode == 1
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == ["bad.svrl", "good.svrl"]
    assert sorted(path.name for path in (tmp_path / "h").iterdir()) == [
        "bad.constats.html", "bad.html", "good.constats.html", "good.html"
    ]
    assert "La langue est en-US." in (tmp_path / "h/bad.constats.html").read_text(encoding="utf-8")
    assert (tmp_path / "h/good.html").read_text(encoding="utf-8") == dcc.to_html(good)
    ElementTree.parse(tmp_path / "s/bad.svrl")
    cache = (tmp_path / "c").read_bytes()
    assert command(*line).stdout == done.stdout and (tmp_path / "c").read_bytes() == cache
    (rules / f"schematrons/{SET}.sch").write_text(schema(), encoding="utf-8")
    assert command(*line).returncode == 0 and (tmp_path / "c").read_bytes() != cache


def test_command_compares_two_releases(command: Run, rules: Path, bad: bytes, tmp_path: Path) -> None:
    newer = files()
    newer["schematrons/CI-SIS_CANCER-FRCP_2024.01.sch"] = newer.pop(f"schematrons/{SET}.sch")
    newer["schematrons/profils/IHE.sch"] = schema(rule("cda:languageCode", "@x", "Il manque x."))
    new = written(tmp_path / "nouvelles", newer)
    (tmp_path / "bad.xml").write_bytes(bad)
    assert command("validate", "--compare", rules, rules, "bad.xml").returncode == 0
    done = command("validate", "--compare", rules, new, "bad.xml", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["file"], told["removed"]) == ("bad.xml", [])
    assert [(one["set"], one["text"]) for one in told["added"]] == [("IHE", "Il manque x.")]
    lines = command("validate", "--compare", rules, new, "bad.xml").stdout.decode().splitlines()
    assert len(lines) == 2 and lines[1].startswith("+ bad.xml : erreur IHE /ClinicalDocument/languageCode")


@pytest.fixture(scope="module")
def official() -> dcc.RuleBook:
    folder = os.environ.get("DCC_RULES_DIR")
    if folder is None:
        pytest.skip("DCC_RULES_DIR is not set: the rules of the ANS")
    return dcc.RuleBook.load(folder)


@pytest.mark.parametrize("path", [p for p in BUNDLED if p.stem.startswith(("fiche_rcp", "pps"))], ids=lambda p: p.stem)
def test_bundled_documents_keep_the_rules_of_the_ans(official: dcc.RuleBook, path: Path) -> None:
    cda = dcc.Document.from_json(path.read_bytes()).to_cda()
    for mode in ("helpful", "official"):
        verdict = official.check(cda, mode=mode)
        assert verdict.is_recognised and verdict.findings == [], verdict.summary
