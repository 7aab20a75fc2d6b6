"""The command ``dcc``, for the scripts of a hospital.

Exit codes: 0 all is well, 1 problems were found, 2 the command line is
wrong, 3 a file cannot be read or written.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from pathlib import Path
from typing import Callable, List, Optional, Sequence, Tuple, Union

import dcc
from dcc import _files
from dcc._french import Parser

OK, PROBLEMS, USAGE, UNREADABLE = 0, 1, 2, 3

SEVERITIES = {"blocking": "bloquant", "warning": "avertissement"}

EPILOG = """codes de sortie :
  0  tout va bien
  1  des problèmes ont été trouvés
  2  la ligne de commande est incorrecte
  3  un fichier ne peut être lu ou écrit
"""


def say(line: str) -> None:
    """One line on the standard error."""
    print(line.replace("\n", " "), file=sys.stderr)


def line_of(path: str, problem: dcc.Problem) -> str:
    """One problem of a file, on one line."""
    return f"{path} : {SEVERITIES[problem.severity]} {problem}".replace("\n", " ")


class Outcome:
    """What became of one file: lines for the standard error, an exit code."""

    def __init__(self) -> None:
        self.lines: List[str] = []
        self.code = OK

    def refuse(self, path: str, error: Union[dcc.DccError, OSError]) -> None:
        """The file was refused."""
        if isinstance(error, dcc.DccError):
            self.lines += [line_of(path, problem) for problem in error.problems]
            self.code = PROBLEMS
        else:
            # the system names the file in fault, which may be the one written
            self.lines.append(f"{error.filename or path} : {_files.reason(error)}")
            self.code = UNREADABLE


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
        sets.replace(dcc.ValueSet.from_svs(_files.read(path)))
    return sets


def cda(args: argparse.Namespace) -> int:
    """``dcc cda``"""
    sets = value_sets(args.jdv)

    def turn(data: bytes) -> Tuple[bytes, List[str]]:
        document = dcc.Document.from_json(data)
        xml = document.to_cda(accept=args.accept, strict=args.strict, value_sets=sets)
        warnings = [f"{SEVERITIES[p.severity]} {p}" for p in document.check(value_sets=sets)]
        return xml, warnings

    return convert(args.files, args.output, ".xml", turn)


def read(args: argparse.Namespace) -> int:
    """``dcc read``"""

    def turn(data: bytes) -> Tuple[bytes, List[str]]:
        document, unread = dcc.read(data)
        notes = [f"non compris : {item}" for item in unread]
        return document.to_json().encode() + b"\n", notes

    return convert(args.files, args.output, ".json", turn)


def check(args: argparse.Namespace) -> int:
    """``dcc check``"""
    sets = value_sets(args.jdv)
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
            say(f"{path} : {_files.reason(error)}")
            code = max(code, UNREADABLE)
            return
        if args.bloquants:
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


def codes(args: argparse.Namespace) -> int:
    """``dcc codes``"""
    sets = value_sets(args.jdv) or dcc.ValueSets()
    if args.value_set is None:
        print("\n".join(sets.names()))
        return OK
    chosen = sets.get(args.value_set)
    if chosen is None:
        say(f"dcc : jeu de valeurs inconnu : {args.value_set} (« dcc codes » les liste)")
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

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
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
            "--jdv",
            action="append",
            metavar="FICHIER",
            help="jeu de valeurs (IHE SVS, format de l'ANS) qui remplace celui de la bibliothèque",
        )

    made = command("cda", cda, "Écrit le document CDA R2 d'un JSON.")
    files(made, "DOC.json")
    output(made)
    made.add_argument("--accept", action="append", default=[], metavar="CODE", help="problème bloquant accepté")
    made.add_argument("--strict", action="store_true", help="refuse aussi les avertissements")
    sets(made)

    made = command("read", read, "Lit un document CDA R2 et l'écrit en JSON ; dit ce qui n'est pas compris.")
    files(made, "DOC.xml")
    output(made)

    made = command("check", check, "Liste les problèmes de documents JSON ou CDA.")
    files(made, "DOC")
    made.add_argument("--json", action="store_true", help="liste en JSON")
    made.add_argument("--bloquants", action="store_true", help="seulement les problèmes bloquants")
    sets(made)

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
    args = parser().parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except dcc.DccError as error:
        for problem in error.problems:
            say(f"dcc : {problem}")
        return PROBLEMS
    except BrokenPipeError:
        # whoever read has gone: not an error, and nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        say(f"{error.filename or 'dcc'} : {_files.reason(error)}")
        return UNREADABLE
    except KeyboardInterrupt:
        say("dcc : interrompu")
        return 130


if __name__ == "__main__":
    sys.exit(main())
