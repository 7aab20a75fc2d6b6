"""The command ``dcc``, for the scripts of a hospital.

Exit codes: 0 what was asked is done, 1 it was refused (or ``check`` found any
problem, ``codes`` nothing), 2 the command line is wrong, 3 a file cannot be
read or written, 130 interrupted; `EPILOG` says them in full. What was asked
for goes to the standard output, errors to the standard error, one line each.
"""

from __future__ import annotations

import argparse
import datetime
import difflib
import io
import json
import os
import sys
from pathlib import Path
from typing import Callable, List, Optional, Sequence, Tuple, Union

import dcc
from dcc import _files, _validate
from dcc._dcc import _accepted
from dcc._french import Parser

OK, PROBLEMS, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130

SEVERITIES = {"blocking": "bloquant", "warning": "avertissement"}

# what is said of a document of the other level
ONLY_PDF = dcc.Problem("/pdf", "CDA-CORPS", "blocking", "Un document de niveau 1 ne s'écrit qu'au niveau 1")
NO_PDF = dcc.Problem("/ClinicalDocument/component", "CDA-CORPS", "blocking", "Le document n'a pas de PDF pour corps")

EPILOG = """codes de sortie :
  0  ce qui est demandé est fait ; un avertissement, ou un contenu que « read »
     ne comprend pas, est dit sur la sortie d'erreur sans changer le code
  1  un document ou des faits sont refusés ; « check » trouve un problème, même un
     avertissement (avec --blocking, un problème bloquant) ; « validate » trouve un
     document non conforme (avec --compare, une différence) ; « codes » ne trouve rien
  2  la ligne de commande est incorrecte
  3  un fichier ne peut être lu ou écrit
  130  interrompu (Ctrl-C)
De plusieurs fichiers, le plus grand code. Ce qui est demandé va à la sortie
standard, les erreurs à la sortie d'erreur, une ligne par problème.
"""


def say(line: str) -> None:
    """One line on the standard error."""
    print(line.replace("\n", " "), file=sys.stderr)


def told(problem: dcc.Problem) -> str:
    """One problem, with its severity."""
    return f"{SEVERITIES[problem.severity]} {problem}"


def line_of(path: str, problem: dcc.Problem) -> str:
    """One problem of a file, on one line."""
    return f"{path} : {told(problem)}".replace("\n", " ")


class Outcome:
    """What became of one file: lines for the standard error, an exit code."""

    def __init__(self) -> None:
        self.lines: List[str] = []
        self.code = OK

    def refuse(self, path: str, error: Union[dcc.DccError, OSError]) -> None:
        """The file was refused."""
        if isinstance(error, dcc.DccError):
            self.lines += [line_of(path, problem) for problem in error.problems]
            self.code = max(self.code, PROBLEMS)
        else:
            # the system names the file in fault, which may be the one written
            self.lines.append(f"{error.filename or path} : {_files.reason(error)}")
            self.code = max(self.code, UNREADABLE)


def convert(
    inputs: Sequence[str],
    output: Optional[str],
    suffix: str,
    turn: Callable[[bytes], Tuple[bytes, List[str]]],
) -> int:
    """Turns each file into another; the worst exit code of them all."""
    try:
        outputs = _files.targets(inputs, output, suffix)
    except ValueError as error:
        say(f"dcc : {error}")
        return USAGE
    except OSError as error:
        say(f"{error.filename or output} : {_files.reason(error)}")
        return UNREADABLE
    code = OK

    def work(index: int) -> Outcome:
        outcome, path = Outcome(), inputs[index]
        try:
            data, notes = turn(_files.read(path))
            outcome.lines = [f"{path} : {note}" for note in notes]
            _files.write(outputs[index], data)
        except BrokenPipeError:
            raise
        except (dcc.DccError, OSError) as error:
            outcome.refuse(path, error)
        return outcome

    def done(_: int, outcome: Outcome) -> None:
        nonlocal code
        for line in outcome.lines:
            say(line)
        code = max(code, outcome.code)

    _files.each(work, len(inputs), done)
    return code


def value_sets(files: Optional[Sequence[str]]) -> Optional[dcc.ValueSets]:
    """The embedded value sets, some replaced by IHE SVS files."""
    if not files:
        return None
    sets = dcc.ValueSets()
    for path in files:
        try:
            sets.replace(dcc.ValueSet.from_svs(_files.read(path)))
        except dcc.DccError as error:
            for problem in error.problems:
                say(line_of(path, problem))
            raise SystemExit(PROBLEMS) from None
    return sets


def cda(args: argparse.Namespace) -> int:
    """``dcc cda``"""
    if args.pdf and (args.niveau != 1 or len(args.files) > 1):
        say("dcc : --pdf va avec --niveau 1 et un seul fichier")
        return USAGE
    sets = value_sets(args.value_sets)
    body = _files.read(args.pdf) if args.pdf else None

    def turn(data: bytes) -> Tuple[bytes, List[str]]:
        document = dcc.Document.from_json(data)
        if args.niveau == 3 and isinstance(document, dcc.UnstructuredDocument):
            raise dcc.DccError([ONLY_PDF])
        xml = document.to_cda(
            level=args.niveau, pdf=body, accept=args.accept, strict=args.strict, value_sets=sets
        )
        return xml, [told(problem) for problem in document.check(value_sets=sets)]

    return convert(args.files, args.output, ".xml", turn)


def read(args: argparse.Namespace) -> int:
    """``dcc read``"""

    def unread(reading: dcc.Reading[dcc.Document]) -> List[str]:
        return [f"non compris : {item}" for item in reading.unread]

    def turn(data: bytes) -> Tuple[bytes, List[str]]:
        reading = dcc.read(data)
        return reading.document.to_json().encode() + b"\n", unread(reading)

    def take_pdf(data: bytes) -> Tuple[bytes, List[str]]:
        reading = dcc.read(data)
        if isinstance(reading.document, dcc.UnstructuredDocument):
            return reading.document.pdf, [] if args.output else unread(reading)
        raise dcc.DccError([NO_PDF])

    if args.pdf is None:
        return convert(args.files, args.output, ".json", turn)
    if _files.STANDARD in args.files and args.output:
        say("dcc : de l'entrée standard, --pdf ou -o, pas les deux")
        return USAGE
    code = convert(args.files, args.pdf, ".pdf", take_pdf)
    return max(code, convert(args.files, args.output, ".json", turn)) if args.output else code


def check(args: argparse.Namespace) -> int:
    """``dcc check``"""
    sets = value_sets(args.value_sets)
    code = OK
    listed: List[object] = []

    def work(index: int) -> Tuple[List[dcc.Problem], Optional[OSError]]:
        try:
            document = dcc.read(_files.read(args.files[index])).document
            return document.check(value_sets=sets), None
        except dcc.DccError as error:
            return list(error.problems), None
        except OSError as error:
            return [], error

    def done(index: int, found: Tuple[List[dcc.Problem], Optional[OSError]]) -> None:
        nonlocal code
        path, (problems, error) = args.files[index], found
        if error is not None:
            say(f"{error.filename or path} : {_files.reason(error)}")
            code = max(code, UNREADABLE)
            listed.append({"file": path, "error": _files.reason(error), "problems": []})
            return
        if args.blocking:
            problems = [problem for problem in problems if problem.is_blocking]
        if problems:
            code = max(code, PROBLEMS)
        if args.json:
            listed.append({"file": path, "problems": [problem.to_dict() for problem in problems]})
            return
        for problem in problems:
            print(line_of(path, problem))

    _files.each(work, len(args.files), done)
    if args.json:
        json.dump(listed, sys.stdout, ensure_ascii=False, indent=2)
        print()
    return code


def nearest(name: str, names: Sequence[str]) -> List[str]:
    """The names like a wrong one, nearest first."""

    def bare(name: str) -> str:
        name = name.lower().replace("-", "_")
        return name[4:] if name.startswith("jdv_") else name

    of = {bare(known).replace("_cisis", ""): known for known in names}
    wanted = bare(name).replace("_cisis", "")
    held = [known for key, known in of.items() if len(wanted) > 2 and wanted in key]
    close = [of[key] for key in difflib.get_close_matches(wanted, of, 5, 0.5)]
    return list(dict.fromkeys(held + close))[:5]


def codes(args: argparse.Namespace) -> int:
    """``dcc codes``"""
    sets = value_sets(args.value_sets) or dcc.ValueSets()
    if args.value_set is None:
        print("\n".join(sets.names()))
        return OK
    chosen = sets.get(args.value_set)
    if chosen is None:
        near = nearest(args.value_set, sets.names())
        hint = f"proches : {', '.join(near)}" if near else "« dcc codes » les liste"
        say(f"dcc : jeu de valeurs inconnu : {args.value_set} ({hint})")
        return USAGE
    text = " ".join(args.text)
    found = chosen.search(text, args.date) if text else chosen.concepts(args.date)
    if args.json:
        rows = [
            {
                "code": concept.code,
                "system": concept.system,
                "label": concept.label,
                "valid_from": concept.valid_from and concept.valid_from.isoformat(),
                "valid_to": concept.valid_to and concept.valid_to.isoformat(),
            }
            for concept in found
        ]
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        for concept in found:
            end = f"\tretiré le {concept.valid_to:%d/%m/%Y}" if concept.valid_to else ""
            print(f"{concept.code}\t{concept.label}\t{concept.system}{end}")
    if not found:
        say(f"dcc : aucun code de {chosen.name} ne répond à « {text} »")
        return PROBLEMS
    return OK


def html(args: argparse.Namespace) -> int:
    """``dcc html``"""
    logo = _files.read(args.logo) if args.logo else None

    def turn(data: bytes) -> Tuple[bytes, List[str]]:
        notes: List[str] = []
        page = dcc.to_html(
            data, structure=args.structure, logo=logo, on_problem=lambda p: notes.append(told(p))
        )
        return page.encode(), notes

    return convert(args.files, args.output, ".html", turn)


def pdf(args: argparse.Namespace) -> int:
    """``dcc pdf``"""
    logo = _files.read(args.logo) if args.logo else None

    def turn(data: bytes) -> Tuple[bytes, List[str]]:
        notes: List[str] = []
        file = dcc.to_pdf(
            data,
            structure=args.structure,
            logo=logo,
            date=args.date,
            on_problem=lambda p: notes.append(told(p)),
        )
        return file, notes

    return convert(args.files, args.output, ".pdf", turn)


# names of files to tables, by what the name begins with
TABLES = {
    "sessions": "sessions",
    "seances": "sessions",
    "attendances": "attendances",
    "presences": "attendances",
    "fiches": "fiches",
    "pps": "pps",
    "offers": "offers",
    "offre": "offers",
}

EXPORT = """fichiers de faits :
  La table d'un fichier est dite par le début de son nom :
    sessions, seances        sessions de RCP
    presences, attendances   présences aux sessions
    fiches                   fiches RCP
    pps                      programmes personnalisés de soins
    offre, offers            offre de RCP
  ou devant lui : TABLE=FICHIER, par exemple fiches=extraction.csv.
  Formats : .csv (« ; », « , » ou tabulation ; UTF-8 ou Windows-1252), .jsonl
  (un objet par ligne), .json (une liste d'objets), .parquet ; sans extension
  connue, le contenu le dit. TABLE=- lit l'entrée standard.
  « dcc schema session_fact » (attendance_fact, fiche_fact, pps_fact,
  offer_fact) décrit les colonnes.

"""


def table_of(path: str) -> Optional[Tuple[str, str]]:
    """Table and path of a file of facts, told before it or by its name."""
    before, equals, after = path.partition("=")
    if equals and before.lower() in TABLES and not os.path.exists(path):
        return TABLES[before.lower()], after
    name = Path(path).name.lower()
    return next(((table, path) for start, table in TABLES.items() if name.startswith(start)), None)


def add_facts(facts: dcc.Facts, table: str, path: str) -> None:
    """Adds a file of facts, by its extension or by what it holds."""
    data, source = _files.read(path), "" if path == _files.STANDARD else Path(path).name
    suffix, start = Path(path).suffix.lower(), data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix == ".parquet" or data.startswith(b"PAR1"):
        facts.add_parquet(table, data, source=source)
    elif suffix == ".csv" or not start.startswith((b"{", b"[")) and suffix not in (".json", ".jsonl", ".ndjson"):
        facts.add_csv(table, data, source=source)
    elif start.startswith(b"["):
        facts.add_json(table, data, source=source)
    else:
        facts.add_json_lines(table, data, source=source)


def export(args: argparse.Namespace) -> int:
    """``dcc export``"""
    told = [(path, table_of(path)) for path in args.files]
    for path, found in told:
        if found is None:
            say(f"dcc : {path} : table inconnue ; TABLE={path}, où TABLE est {', '.join(TABLES)}")
    files = [found for _, found in told if found is not None]
    if len(files) < len(told):
        return USAGE
    if [path for _, path in files].count(_files.STANDARD) > 1:
        say("dcc : l'entrée standard (-) n'est lue qu'une fois")
        return USAGE
    facts = dcc.Facts()
    progress = _files.Progress(len(files) + 1)
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    gathered = Outcome()
    try:
        for table, path in files:
            try:
                add_facts(facts, table, path)
            except (dcc.DccError, OSError) as error:
                gathered.refuse(path, error)
            progress.step()
        if gathered.code:
            progress.clear()
            for line in gathered.lines:
                say(line)
            return gathered.code
        made = facts.export(
            args.period,
            producer=args.producer,
            finess=args.finess,
            software=f"dcc {dcc.__version__}",
            generated_at=args.generated_at or now,
            dialect=args.dialect,
            dashboard=args.dashboard,
            replaces=args.replaces,
            accept=args.accept,
            threads=os.cpu_count() or 1,
            small_counts=args.threshold,
            progress=lambda done, steps: progress.grow(done, steps),
        )
    finally:
        progress.clear()
    for problem in made.problems:
        say(line_of("dcc", problem))
    for path in made.write_to(args.output):
        print(path)
    return OK


VALIDATE = """règles :
  Les règles ne sont pas fournies : RÈGLES est le dépôt TestContenuCDA de l'ANS,
  décompressé ou en archive ZIP. Un document JSON est contrôlé tel que « dcc cda »
  l'écrit. Sans --json, une ligne par document, puis une par constat ; les règles
  absentes ou inutilisables sont signalées sur la sortie d'erreur.

"""


def validate(args: argparse.Namespace) -> int:
    """``dcc validate``"""
    if (args.rules is None) == (args.compare is None):
        say("dcc : indiquez --rules RÈGLES, ou --compare ANCIENNES NOUVELLES")
        return USAGE
    if args.compare is not None and (args.svrl or args.html or args.cache):
        say("dcc : --compare ne va pas avec --svrl, --html ni --cache")
        return USAGE
    try:
        work: _validate.Work = _validate.Comparison(args) if args.compare else _validate.Check(args)
    except ValueError as error:
        say(f"dcc : {error}")
        return USAGE
    except dcc.DccError as error:
        # not the documents, the rules
        for problem in error.problems:
            say(line_of(problem.path, problem))
        return UNREADABLE
    for line in work.notices():
        say(line)
    code = OK

    def one(index: int) -> Tuple[Outcome, List[str]]:
        outcome, path = Outcome(), args.files[index]
        lines: List[str] = []
        try:
            lines, conformant = work.of(index)
            outcome.code = OK if conformant else PROBLEMS
        except BrokenPipeError:
            raise
        except (dcc.DccError, OSError) as error:
            outcome.refuse(path, error)
            lines = work.failed(path, outcome.lines)
        return outcome, lines

    def done(_: int, found: Tuple[Outcome, List[str]]) -> None:
        nonlocal code
        outcome, lines = found
        for line in outcome.lines:
            say(line)
        for line in lines:
            print(line)
        code = max(code, outcome.code)

    _files.each(one, len(args.files), done)
    for line in work.end():
        print(line)
    return code


def schema(args: argparse.Namespace) -> int:
    """``dcc schema``"""
    kinds = dict(dcc.schema_kinds())
    if args.kind is None:
        for kind, title in kinds.items():
            print(f"{kind}\t{title}")
        return OK
    if args.kind not in kinds:
        say(f"dcc : nature inconnue : {args.kind} (attendu : {', '.join(kinds)})")
        return USAGE
    _files.write(args.output or _files.STANDARD, dcc.schema_json(args.kind).encode())
    return OK


def count(text: str) -> int:
    """A number of persons, of the command line."""
    number = int(text)
    if not 0 <= number < 2**32:
        raise ValueError(text)
    return number


def problem_code(text: str) -> str:
    """A code of problem of the command line."""
    try:
        return _accepted(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def day(text: str) -> datetime.date:
    """A day of the command line."""
    return datetime.date.fromisoformat(text)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = Parser(
        prog="dcc",
        description="Documents du Dossier Communicant de Cancérologie.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"dcc {dcc.__version__}", help="montre la version")
    commands = top.add_subparsers(title="commandes", metavar="COMMANDE", required=True, parser_class=Parser)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str, more: str = ""
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=text,
            description=text,
            epilog=more + EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        return made

    def files(of: argparse.ArgumentParser, metavar: str) -> None:
        of.add_argument("files", nargs="+", metavar=metavar, help="fichiers, ou - pour l'entrée standard")

    def output(of: argparse.ArgumentParser) -> None:
        of.add_argument(
            "-o",
            dest="output",
            metavar="SORTIE",
            help="fichier de sortie, dossier s'il y a plusieurs fichiers ; par défaut la sortie standard",
        )

    def sets(of: argparse.ArgumentParser) -> None:
        of.add_argument(
            "--value-sets",
            action="append",
            metavar="FICHIER",
            help="jeu de valeurs (IHE SVS, format de l'ANS) qui remplace celui de la bibliothèque",
        )

    made = command("cda", cda, "Écrit le document CDA R2 d'un JSON.")
    files(made, "DOC.json")
    output(made)
    made.add_argument(
        "--niveau",
        type=int,
        choices=[1, 3],
        help="1 : un PDF pour corps ; 3 : un corps structuré, par défaut (un JSON de niveau 1 donne un niveau 1)",
    )
    made.add_argument(
        "--pdf", metavar="FICHIER", help="PDF du niveau 1 ; sans lui, celui que la bibliothèque fait du niveau 3"
    )
    made.add_argument(
        "--accept", type=problem_code, action="append", default=[], metavar="CODE", help="problème bloquant accepté"
    )
    made.add_argument("--strict", action="store_true", help="refuse aussi les avertissements")
    sets(made)

    made = command("read", read, "Lit un document CDA R2 et l'écrit en JSON ; dit ce qui n'est pas compris.")
    files(made, "DOC.xml")
    output(made)
    made.add_argument(
        "--pdf",
        metavar="SORTIE",
        help="écrit le PDF d'un document de niveau 1 (dossier s'il y a plusieurs fichiers) ; le JSON avec -o seul",
    )

    made = command("check", check, "Liste les problèmes de documents JSON ou CDA.")
    files(made, "DOC")
    made.add_argument("--json", action="store_true", help="liste en JSON")
    made.add_argument("--blocking", action="store_true", help="seulement les problèmes bloquants")
    sets(made)

    made = command("validate", validate, "Contrôle des documents par les règles officielles de l'ANS.", VALIDATE)
    files(made, "DOC")
    made.add_argument("--rules", metavar="RÈGLES", help="dossier ou archive ZIP des règles (TestContenuCDA)")
    made.add_argument(
        "--compare",
        nargs=2,
        metavar=("ANCIENNES", "NOUVELLES"),
        help="ce qui change entre deux versions des règles, au lieu de --rules",
    )
    made.add_argument("--volet", metavar="NOM", help="volet à appliquer ; par défaut celui que le document déclare")
    made.add_argument(
        "--mode",
        choices=["helpful", "official"],
        default="helpful",
        help="official : une règle en erreur cache les autres constats de son jeu, comme dans l'outil officiel",
    )
    made.add_argument("--json", action="store_true", help="une ligne de JSON par document")
    made.add_argument("--svrl", metavar="DOSSIER", help="écrit les constats de chaque document en SVRL")
    made.add_argument(
        "--html",
        metavar="DOSSIER",
        help="écrit pour chaque document NOM.constats.html, et à côté NOM.html, le document à lire",
    )
    made.add_argument("--cache", metavar="FICHIER", help="copie compilée des règles, faite ou refaite au besoin")

    for name, run, what in (
        ("html", html, "Montre un document CDA R2 en une page HTML."),
        ("pdf", pdf, "Imprime un document CDA R2 en PDF/A-1a."),
    ):
        made = command(name, run, what)
        files(made, "DOC.xml")
        output(made)
        made.add_argument("--structure", metavar="NOM", help="nom de la structure, en tête")
        made.add_argument("--logo", metavar="FICHIER", help="logo de la structure (PNG ou JPEG)")
        if name == "pdf":
            made.add_argument("--date", metavar="TS", help="date du fichier, si le document n'en a pas")

    made = command("export", export, "Écrit les fichiers de l'annexe 2 et le tableau de bord.", EXPORT)
    made.add_argument(
        "files",
        nargs="+",
        metavar="FAITS",
        help="sessions*, presences*, fiches*, pps*, offre*, ou TABLE=FICHIER ; voir plus bas",
    )
    made.add_argument("--period", required=True, metavar="PÉRIODE", help="2025, 2025-03 ou 2025-01..2025-12")
    made.add_argument("-o", dest="output", required=True, metavar="DOSSIER", help="dossier de sortie")
    made.add_argument("--producer", default="non renseigné", metavar="NOM", help="producteur de l'export")
    made.add_argument("--finess", metavar="N", help="FINESS du producteur")
    made.add_argument("--generated-at", metavar="INSTANT", help="instant de production ; maintenant par défaut")
    made.add_argument("--dialect", choices=dcc.DIALECTS, default=dcc.DIALECTS[0], help="forme des CSV")
    made.add_argument("--threshold", type=count, metavar="N", help="masque les effectifs de 1 à N exclu")
    made.add_argument("--no-dashboard", dest="dashboard", action="store_false", help="sans tableau de bord")
    made.add_argument("--replaces", metavar="SHA256", help="manifeste que cet export corrige")
    made.add_argument(
        "--accept", type=problem_code, action="append", default=[], metavar="CODE", help="problème bloquant accepté"
    )

    made = command("schema", schema, "Écrit le JSON Schema d'une entrée.")
    made.add_argument("kind", nargs="?", metavar="NATURE", help="sans elle, liste les natures")
    made.add_argument("-o", dest="output", metavar="SORTIE", help="fichier de sortie")

    made = command("codes", codes, "Cherche un code dans un jeu de valeurs.")
    made.add_argument("value_set", nargs="?", metavar="JEU", help="nom ou OID ; sans lui, liste les jeux")
    made.add_argument("text", nargs="*", metavar="TEXTE", help="code, ou mots du libellé")
    made.add_argument("--date", type=day, metavar="AAAA-MM-JJ", help="codes utilisables ce jour-là")
    made.add_argument("--json", action="store_true", help="liste en JSON")
    sets(made)

    return top


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Runs the command; its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments, those of the process by default.
    """
    for stream in (sys.stdout, sys.stderr):
        # the same bytes on every system, and names of files that are no text
        if isinstance(stream, io.TextIOWrapper):
            is_file = not stream.isatty()
            stream.reconfigure(encoding="utf-8" if is_file else None, errors="surrogateescape" if is_file else "replace")
    args = parser().parse_args(argv)
    try:
        if args.run is not export and hasattr(args, "files"):
            args.files = _files.expand(args.files)
            if args.files.count(_files.STANDARD) > 1:
                say("dcc : l'entrée standard (-) n'est lue qu'une fois")
                return USAGE
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except dcc.DccError as error:
        for problem in error.problems:
            say(line_of("dcc", problem))
        return PROBLEMS
    except BrokenPipeError:
        # whoever read has gone: not an error, and nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        # without a name it is what was printed that could not be written
        if error.filename is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        say(f"{error.filename or 'sortie standard'} : {_files.reason(error)}")
        return UNREADABLE
    except KeyboardInterrupt:
        say("dcc : interrompu")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
