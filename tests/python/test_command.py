"""The command ``dcc``."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import dcc
import pytest
from dcc import _files
from dcc.__main__ import main

from conftest import BUNDLED, ROOT, Run

FICHE = ROOT / "dcc-core/examples/data/fiche_rcp_minimale.json"


def test_cda_then_read(command: Run, tmp_path: Path) -> None:
    done = command("cda", FICHE, "-o", "fiche.xml")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    xml = (tmp_path / "fiche.xml").read_bytes()
    assert xml == dcc.FicheRcp(FICHE.read_bytes()).to_cda()
    done = command("read", "fiche.xml", "-o", "fiche.json")
    assert done.returncode == 0
    assert dcc.FicheRcp((tmp_path / "fiche.json").read_bytes()).to_cda() == xml


def test_level_1(command: Run, tmp_path: Path) -> None:
    command("cda", FICHE, "-o", "fiche.xml")
    command("pdf", "fiche.xml", "-o", "fiche.pdf")
    assert command("cda", FICHE, "--niveau", "1", "--pdf", "fiche.pdf", "-o", "n1.xml").returncode == 0
    assert command("cda", FICHE, "--niveau", "1").stdout == (tmp_path / "n1.xml").read_bytes()
    assert command("cda", FICHE, "--pdf", "fiche.pdf").returncode == 2
    assert command("cda", FICHE, "--niveau", "2").returncode == 2
    assert command("cda", FICHE, "--niveau", "1", "--pdf", "absent.pdf").returncode == 3
    assert command("cda", FICHE, "--niveau", "1", "--pdf", "fiche.xml").returncode == 1


def test_standard_streams(command: Run) -> None:
    xml = command("cda", "-", stdin=FICHE.read_bytes()).stdout
    assert xml == dcc.FicheRcp(FICHE.read_bytes()).to_cda()
    read = command("read", "-", stdin=xml)
    assert json.loads(read.stdout)["document"] == "fiche_rcp"
    assert command("cda", "-", "-o", "-", stdin=FICHE.read_bytes()).stdout == xml
    assert command("check", "-", stdin=xml).returncode == 0


def test_many_files(command: Run, tmp_path: Path) -> None:
    done = command("cda", *BUNDLED, "-o", "out")
    assert done.returncode == 0, done.stderr
    assert sorted(path.stem for path in (tmp_path / "out").iterdir()) == [path.stem for path in BUNDLED]
    assert command("check", *BUNDLED, *(tmp_path / "out").iterdir()).returncode == 0
    assert command("cda", *BUNDLED).returncode == 2
    assert command("cda", FICHE, FICHE, "-o", "out").returncode == 2


def test_one_bad_file_among_good_ones(command: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"document": "fiche_rcp", "x": 1, "y": 2}')
    done = command("cda", "bad.json", FICHE, "absent.json", "-o", "out")
    assert done.returncode == 3
    lines = done.stderr.decode().splitlines()
    assert [line.split(" : ")[0] for line in lines] == ["bad.json", "bad.json", "absent.json"]
    assert "bloquant JSON-CHAMP /x" in lines[0] and "fichier introuvable" in lines[2]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["fiche_rcp_minimale.xml"]
    assert command("cda", "bad.json").returncode == 1


def test_a_refused_file_leaves_the_former_one(command: Run, tmp_path: Path) -> None:
    (tmp_path / "out.xml").write_text("former")
    refused = dcc.FicheRcp(FICHE.read_bytes()).replace(tumours=[]).to_json()
    (tmp_path / "refused.json").write_text(refused)
    assert command("cda", "refused.json", "-o", "out.xml").returncode == 1
    assert (tmp_path / "out.xml").read_text() == "former"
    assert command("cda", "refused.json", "-o", "out.xml", "--accept", "TUMEUR").returncode == 0
    assert (tmp_path / "out.xml").read_text() != "former"
    assert not [path for path in tmp_path.iterdir() if "partial" in path.name]


def test_check(command: Run, tmp_path: Path) -> None:
    fiche = dcc.FicheRcp(FICHE.read_bytes())
    (tmp_path / "bad.json").write_text(fiche.replace(tumours=[]).to_json())
    done = command("check", FICHE, "bad.json")
    assert done.returncode == 1
    (line,) = done.stdout.decode().splitlines()
    assert line.startswith("bad.json : bloquant TUMEUR /tumours : ")
    listed = json.loads(command("check", FICHE, "bad.json", "--json").stdout)
    assert [len(entry["problems"]) for entry in listed] == [0, 1]
    assert listed[1]["problems"][0]["code"] == "TUMEUR"
    assert command("check", "absent").returncode == 3
    listed = json.loads(command("check", "absent", FICHE, "--json").stdout)
    assert [entry.get("error") for entry in listed] == ["fichier introuvable", None]
    status = {key: value for key, value in fiche.to_dict()["status"].items() if key != "date"}
    (tmp_path / "warned.json").write_text(fiche.replace(status=status).to_json())
    assert command("check", "warned.json").returncode == 1
    assert command("check", "warned.json", "--blocking").returncode == 0
    done = command("cda", "warned.json", "-o", "w.xml")
    assert done.returncode == 0
    # a warning is said alike by both commands
    assert done.stderr == command("check", "warned.json").stdout and done.stderr.startswith(b"warned.json : avertissement ")
    assert command("cda", "warned.json", "-o", "w.xml", "--strict").returncode == 1


def test_what_was_not_understood(command: Run, tmp_path: Path) -> None:
    xml = dcc.FicheRcp(FICHE.read_bytes()).to_cda()
    (tmp_path / "more.xml").write_bytes(xml.replace(b"</recordTarget>", b"</recordTarget><inconnu a='1'/>", 1))
    done = command("read", "more.xml")
    assert done.returncode == 0
    assert "more.xml : non compris : /ClinicalDocument" in done.stderr.decode()


def test_check_of_odd_files(command: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "noise").write_bytes(bytes(range(256)))
    (tmp_path / "folder").mkdir()
    (tmp_path / "windows.json").write_bytes(FICHE.read_text(encoding="utf-8").replace("TROIS", "TROISIÈME").encode("cp1252"))
    (tmp_path / "fiche.xml").write_bytes(dcc.FicheRcp(FICHE.read_bytes()).to_cda())
    latin = (tmp_path / "fiche.xml").read_text(encoding="utf-8").replace("UTF-8", "windows-1252", 1)
    (tmp_path / "windows.xml").write_bytes(latin.encode("cp1252", "xmlcharrefreplace"))
    done = command("check", FICHE, "empty", "noise", "folder", "windows.json", "fiche.xml", "windows.xml")
    assert done.returncode == 3
    said = {line.split(" : ")[0]: line for line in done.stdout.decode().splitlines()}
    assert set(said) == {"empty", "noise", "windows.json"}
    assert "XML-FORME" in said["empty"] and "XML-ENCODAGE" in said["noise"] and "JSON-SYNTAXE ligne" in said["windows.json"]
    assert done.stderr.decode() == "folder : c'est un dossier\n"
    assert command("check", "-", "-").returncode == 2


def test_level_1_is_read(command: Run, tmp_path: Path) -> None:
    command("cda", *BUNDLED[:2], "--niveau", "1", "-o", "n1")
    paths = sorted((tmp_path / "n1").iterdir())
    for path in paths:
        done = command("read", path, "-o", "n1.json", "--pdf", "n1.pdf")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        document = dcc.UnstructuredDocument.from_cda(path.read_bytes()).document
        assert (tmp_path / "n1.pdf").read_bytes() == document.pdf
        assert dcc.UnstructuredDocument((tmp_path / "n1.json").read_bytes()) == document
        assert command("cda", "n1.json").stdout == document.to_cda()
        assert command("cda", "n1.json", "--niveau", "3").returncode == 1
    assert command("read", paths[0], "--pdf", "-").stdout.startswith(b"%PDF")
    assert command("read", *paths, "--pdf", "pdfs").returncode == 0
    assert [path.suffix for path in (tmp_path / "pdfs").iterdir()] == [".pdf", ".pdf"]
    command("cda", FICHE, "-o", "n3.xml")
    done = command("read", "n3.xml", "--pdf", "n3.pdf")
    assert done.returncode == 1 and "CDA-CORPS" in done.stderr.decode() and not (tmp_path / "n3.pdf").exists()


def test_near_names(command: Run) -> None:
    done = command("codes", "jdv-tumour")
    assert done.returncode == 2 and "proches : JDV_Tumeur_CISIS" in done.stderr.decode()
    assert "JDV_PhaseCancer_CISIS" in command("codes", "phase").stderr.decode()


def test_a_device_is_not_replaced(command: Run, tmp_path: Path) -> None:
    os.symlink("real.xml", tmp_path / "link.xml")
    assert command("cda", FICHE, "-o", "link.xml").returncode == 0
    assert (tmp_path / "link.xml").is_symlink() and (tmp_path / "real.xml").is_file()
    assert command("cda", FICHE, "-o", os.devnull).returncode == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is full, of Linux")
def test_a_full_volume(command: Run, tmp_path: Path) -> None:
    # the file in fault is the one written, not the one read
    done = command("cda", FICHE, "-o", "/dev/full")
    assert (done.returncode, done.stderr.decode()) == (3, "/dev/full : il n'y a plus de place\n")
    for line in (["cda", FICHE], ["codes", "JDV_Tumeur_CISIS"], ["schema", "pps"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "dcc", *map(str, line)], stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert (done.returncode, done.stderr.decode()) == (3, "sortie standard : il n'y a plus de place\n"), line


def test_reasons_are_in_french(command: Run) -> None:
    long = "x" * 300
    for line in (["cda", long], ["cda", FICHE, "-o", long], ["cda", FICHE, "-o", f"{long}/"], ["check", long],
                 ["schema", "pps", "-o", long], ["export", f"pps={long}", "--period", "2025", "-o", "out"]):
        done = command(*line)
        assert done.returncode == 3
        assert done.stderr.decode().endswith("xxx : le nom est trop long\n"), line
    known = {_files.reason(OSError(number, "English")) for number in errno.errorcode}
    assert "il n'y a plus de place" in known and "accès refusé" in known
    # what has no words of its own keeps those of the system between brackets
    assert _files.reason(OSError(errno.EDOM, "English")) == "le système le refuse (EDOM English)"
    assert all("English" not in said or said.startswith("le système le refuse (") for said in known)


def test_a_code_that_no_rule_has(command: Run, tmp_path: Path) -> None:
    for line in (["cda", FICHE], ["export", "pps=-", "--period", "2025", "-o", "out"]):
        done = command(*line, "--accept", "TUMEUR", "--accept", "TUMEURS")
        said = done.stderr.decode().splitlines()[-1]
        assert done.returncode == 2 and "--accept : code de problème inconnu : TUMEURS (proches : TUMEUR" in said
    with pytest.raises(ValueError, match="FOO"):
        dcc.FicheRcp(FICHE.read_bytes()).to_cda(accept=["FOO"])


def test_what_a_page_does_not_show(command: Run, tmp_path: Path) -> None:
    xml = dcc.FicheRcp(FICHE.read_bytes()).to_cda()
    link = xml.replace(b"<text>", b'<text><paragraph><linkHtml href="javascript:x">lien</linkHtml></paragraph>', 1)
    assert link != xml
    (tmp_path / "link.xml").write_bytes(link)
    told: list[dcc.Problem] = []
    dcc.to_html(link, on_problem=told.append)
    assert [problem.code for problem in told] == ["RENDU-LIEN"]
    dcc.to_pdf(link, on_problem=told.append)
    assert told[0] == told[1]
    for name in ("html", "pdf"):
        done = command(name, "link.xml", "-o", f"link.{name}")
        (said,) = done.stderr.decode().splitlines()
        assert done.returncode == 0 and said.startswith("link.xml : ") and "RENDU-LIEN" in said

    def stop(problem: dcc.Problem) -> None:
        raise KeyError(problem.code)

    with pytest.raises(KeyError):
        dcc.to_html(link, on_problem=stop)
    dcc.to_html(xml, on_problem=stop)


def test_whoever_reads_may_go(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "dcc", "codes", "JDV_Tumeur_CISIS"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait() == 0


def test_output_is_utf_8_wherever(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = command("codes", "JDV_PhaseCancer_CISIS").stdout
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    assert command("codes", "JDV_PhaseCancer_CISIS").stdout == expected


def test_html_and_pdf(command: Run, tmp_path: Path) -> None:
    command("cda", FICHE, "-o", "fiche.xml")
    assert command("html", "fiche.xml", "-o", "fiche.html").returncode == 0
    assert b"PAT-TROIS" in (tmp_path / "fiche.html").read_bytes()
    assert command("pdf", "fiche.xml", "-o", "fiche.pdf").returncode == 0
    assert (tmp_path / "fiche.pdf").read_bytes().startswith(b"%PDF")
    assert command("html", FICHE).returncode == 1


def test_schema_and_codes(command: Run) -> None:
    assert json.loads(command("schema", "fiche_rcp").stdout) == dcc.schema("fiche_rcp")
    assert command("schema", "inconnu").returncode == 2
    assert b"fiche_rcp" in command("schema").stdout
    done = command("codes", "JDV_Tumeur_CISIS", "quadrant", "sein")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[0].startswith("C50.")
    assert json.loads(command("codes", "JDV_PhaseCancer_CISIS", "--json").stdout)[0]["code"] == "MED-268"
    assert command("codes", "JDV_Tumeur_CISIS", "zzzz").returncode == 1
    assert command("codes", "inconnu").returncode == 2
    assert b"JDV_Tumeur_CISIS" in command("codes").stdout


def test_export(command: Run, tmp_path: Path) -> None:
    (tmp_path / "sessions.csv").write_text("id;rcp;date;status\nS1;R1;14/03/2025;held\n")
    (tmp_path / "fiches.jsonl").write_text(
        '{"id": "F1", "version": 1, "session": "S1", "patient": "P1", "validated": true}\n'
    )
    line = ("export", "sessions.csv", "fiches.jsonl", "--period", "2025-01..2025-12", "-o", "out")
    done = command(*line, "--generated-at", "2026-01-05T08:00:00+01:00")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "dashboard.html", "indicateurs.csv", "manifest.json", "offre_rcp.csv", "specialites.csv",
    }
    (tmp_path / "sessions.csv").write_text("id;rcp;date;status\nS1;R1;31/02/2025;held\n")
    done = command(*line)
    assert done.returncode == 1
    said = [line.split()[:5] for line in done.stderr.decode().splitlines()]
    assert ["dcc", ":", "bloquant", "FAIT-DATE", "sessions.csv"] in said
    assert ["dcc", ":", "bloquant", "FAIT-SESSION", "fiches.jsonl"] in said and len(said) == 2
    done = command(*line, "--accept", "FAIT-DATE", "--accept", "FAIT-SESSION")
    assert done.returncode == 0 and "dcc : bloquant FAIT-DATE" in done.stderr.decode()
    assert "TABLE=autre.csv" in command("export", "autre.csv", "--period", "2025", "-o", "out").stderr.decode()
    assert command("export", "autre.csv", "--period", "2025", "-o", "out").returncode == 2
    assert command("export", "sessions.csv", "--period", "2025-13", "-o", "out").returncode == 1


def test_every_form_of_facts(command: Run, tmp_path: Path) -> None:
    rows = [{"id": f"S{i}", "rcp": "Réunion", "date": "2025-03-14", "status": "held"} for i in range(3)]
    csv = "id;rcp;date;status\n" + "".join(";".join(row.values()) + "\n" for row in rows)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    forms = {
        "a.csv": csv.encode(), "b.csv": csv.encode("cp1252"), "c": csv.encode(), "a.jsonl": lines.encode(),
        "d": lines.encode(), "a.json": json.dumps(rows).encode(), "b.json": lines.encode(),
    }
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        pass
    else:
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
        forms["a.parquet"] = forms["e"] = (tmp_path / "a.parquet").read_bytes()
        pq.write_table(pa.Table.from_pylist([{"id": "R1", "name": "Sein"}]), tmp_path / "offre.parquet")
        done = command("export", "offre.parquet", "--period", "2025", "-o", "offer")
        assert done.returncode == 0 and b"Sein" in (tmp_path / "offer/offre_rcp.csv").read_bytes()
    written = set()
    for name, data in forms.items():
        (tmp_path / name).write_bytes(data)
        done = command("export", f"sessions={name}", "--period", "2025", "-o", "out")
        assert done.returncode == 0, (name, done.stderr)
        written.add((tmp_path / "out/indicateurs.csv").read_bytes())
    assert len(written) == 1 and written.pop().count(b"\n") > 20
    assert command("export", "sessions=-", "--period", "2025", "-o", "out", stdin=csv.encode()).returncode == 0
    (tmp_path / "fiches.json").write_text("[1,\n 2 3]")
    (tmp_path / "pps.json").write_bytes(b"PAR1 and no more")
    done = command("export", "fiches.json", "sessions=absent.csv", "presences=-", "--period", "2025", "-o", "new", stdin=b"[{]")
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 3 and len(lines) == 3 and not (tmp_path / "new").exists()
    # every file that is not read, as check and cda say it
    assert lines[0].startswith("fiches.json : bloquant JSON-SYNTAXE ligne 2, colonne 4 : ")
    assert lines[1] == "absent.csv : fichier introuvable"
    assert lines[2].startswith("- : bloquant JSON-SYNTAXE ligne 1, colonne 3 : ")
    assert command("export", "fiches.json", "--period", "2025", "-o", "new").returncode == 1
    done = command("export", "pps.json", "--period", "2025", "-o", "new")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("dcc : bloquant FAIT-LIGNE pps.json : Le fichier Parquet est tronqué")
    assert command("export", "sessions=a.csv", "--period", "2025", "-o", "out", "--threshold", "-3").returncode == 2
    done = command("export", "sessions=a.csv", "--period", "2025", "-o", "out", "--threshold", "5", "--no-dashboard",
                   "--dialect", "rfc4180")
    assert done.returncode == 0 and "dashboard.html" not in done.stdout.decode()
    assert b"rfc4180" in (tmp_path / "out/manifest.json").read_bytes()
    done = command("export", "sessions=a.csv", "--period", "2025", "-o", "out", "--dialect", "fr")
    assert done.returncode == 2 and "tableur-fr" in done.stderr.decode()
    help_text = command("export", "--help").stdout.decode()
    assert "TABLE=FICHIER" in help_text and "codes de sortie" in help_text


def test_usage(command: Run) -> None:
    assert command().returncode == 2
    done = command("cda")
    assert done.returncode == 2 and "il manque" in done.stderr.decode()
    assert command("inconnue").returncode == 2
    help_text = command("--help")
    assert help_text.returncode == 0 and "codes de sortie" in help_text.stdout.decode()
    assert "show this help" not in help_text.stdout.decode()
    assert dcc.__version__ in command("--version").stdout.decode()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes anywhere")
def test_unwritable(command: Run, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert command("cda", FICHE, "-o", "closed/fiche.xml").returncode == 3


def test_unwritable_folder(command: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert command("cda", *BUNDLED, "-o", "file").returncode == 3
    assert command("cda", FICHE, "-o", "absent/fiche.xml").returncode == 3


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal() -> None:
    shown = Terminal()
    progress = _files.Progress(2, shown)
    progress.step()
    progress.last = 0.0
    progress.step()
    progress.clear()
    assert "1/2" in shown.getvalue() and "2/2" in shown.getvalue()
    assert shown.getvalue().endswith("\r\x1b[K")
    for quiet in (_files.Progress(1, Terminal()), _files.Progress(5, io.StringIO())):
        quiet.step()
        assert not quiet.shown


def test_main_in_process(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codes", "JDV_PhaseCancer_CISIS"]) == 0
    assert "MED-268" in capsys.readouterr().out
