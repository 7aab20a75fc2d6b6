"""The work of ``dcc validate``: documents, and the official rules."""

from __future__ import annotations

import argparse
import json
import re
from typing import Any, Dict, List, Optional, Sequence, Tuple

import dcc
from dcc import _files

LEVELS = {"fatal": "bloquant", "error": "erreur", "warning": "avertissement", "info": "information"}


def cda_of(data: bytes) -> bytes:
    """The CDA document of a file: the file, or what the library writes of its JSON."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return dcc.Document.from_json(data).to_cda()
    return data


def known(book: dcc.RuleBook, volet: Optional[str]) -> None:
    """Refuses a volet that the rules have not, before any document is read."""
    if volet is None:
        return
    try:
        book.check(b"", volet)
    except dcc.DccError as error:
        allowed = ", ".join(error.problems[0].allowed)
        raise ValueError(f"volet inconnu : {volet} (volets de cette version des règles : {allowed})") from None


def line_of(path: str, finding: dcc.Finding) -> str:
    """One finding, on one line."""
    place = finding.location
    if finding.line is not None:
        place = f"{place} (ligne {finding.line})".lstrip()
    # the official texts have line feeds and tabulations of their own
    text = " ".join(finding.text.split())
    return f"{path} : {LEVELS[finding.level]} {finding.set} {place} : {text}".replace("  ", " ")


def told(finding: dcc.Finding) -> Dict[str, Any]:
    """One finding in JSON."""
    made = {"set": finding.set, "level": finding.level, "location": finding.location, "text": finding.text}
    return made if finding.pointer is None else {**made, "pointer": finding.pointer}


def line_of_json(made: Dict[str, Any]) -> str:
    """One line of JSON."""
    return json.dumps(made, ensure_ascii=False)


class Work:
    """What two works share: documents checked one by one, in any thread."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.files: Sequence[str] = args.files
        self.volet: Optional[str] = args.volet
        self.mode = args.mode
        self.json: bool = args.json

    def check(self, book: dcc.RuleBook, cda: bytes) -> dcc.Verdict:
        """The verdict of a document."""
        return book.check(cda, "auto" if self.volet is None else self.volet, self.mode)

    def notices(self) -> List[str]:
        """What is amiss in the rules."""
        raise NotImplementedError

    def of(self, index: int) -> Tuple[List[str], bool]:
        """The lines of a document, and whether there is nothing to object."""
        raise NotImplementedError

    def end(self) -> List[str]:
        """The last lines."""
        raise NotImplementedError

    def failed(self, path: str, why: List[str]) -> List[str]:
        """What is printed of a document without verdict."""
        if not self.json:
            return []
        start = f"{path} : "
        reason = " ; ".join(line[len(start) :] if line.startswith(start) else line for line in why)
        return [line_of_json({"file": path, "volet": None, "findings": [], "error": reason})]


class Check(Work):
    """Documents against one release of the rules."""

    def __init__(self, args: argparse.Namespace) -> None:
        super().__init__(args)
        self.rules: str = args.rules
        self.cache: Optional[str] = args.cache
        self.book, self.is_fresh = self.load()
        known(self.book, self.volet)
        self.svrl = self.outputs(args.svrl, ".svrl")
        self.html = self.outputs(args.html, ".constats.html")
        self.view = self.outputs(args.html, ".html")
        self.verdicts: List[bool] = []

    def load(self) -> Tuple[dcc.RuleBook, bool]:
        """The rules, and whether they come from a cache that holds."""
        if self.cache is not None:
            try:
                return dcc.RuleBook.from_cache(self.rules, _files.read(self.cache)), True
            except FileNotFoundError as error:
                if error.filename != self.cache:
                    raise
            except dcc.DccError as error:
                if error.problems[0].code != "REGLES-CACHE":
                    raise
        return dcc.RuleBook.load(self.rules), False

    def outputs(self, folder: Optional[str], suffix: str) -> Optional[List[str]]:
        """Where the files of each document go."""
        return None if folder is None else _files.targets(self.files, folder.rstrip("/") + "/", suffix)

    def notices(self) -> List[str]:
        """What is amiss in the rules."""
        return [f"{self.rules} : {notice}" for notice in self.book.notices]

    def of(self, index: int) -> Tuple[List[str], bool]:
        """The lines of a document, and whether it is conformant."""
        path = self.files[index]
        cda = cda_of(_files.read(path))
        verdict = self.check(self.book, cda)
        if self.svrl is not None:
            _files.write(self.svrl[index], verdict.to_svrl().encode())
        if self.html is not None and self.view is not None:
            _files.write(self.html[index], verdict.to_html(path).encode())
            try:
                _files.write(self.view[index], dcc.to_html(cda).encode())
            except dcc.DccError:
                pass  # no page of what is no CDA; the verdict says why
        self.verdicts.append(verdict.is_conformant)
        findings = verdict.findings
        if self.json:
            made = {"file": path, "volet": verdict.volet, "findings": [told(one) for one in findings]}
            return [line_of_json(made)], verdict.is_conformant
        lines = [f"{path} : {verdict.summary}"] + [line_of(path, one) for one in findings]
        return lines, verdict.is_conformant

    def end(self) -> List[str]:
        """The last lines: the count of several documents."""
        if self.cache is not None and not self.is_fresh:
            _files.write(self.cache, self.book.to_cache())
        count, good = len(self.verdicts), sum(self.verdicts)
        if self.json or len(self.files) < 2:
            return []
        unread = len(self.files) - count
        rest = f", {unread} sans verdict" if unread else ""
        return [f"{len(self.files)} documents : conformes {good}, non conformes {count - good}{rest}"]


def key(finding: dcc.Finding) -> Tuple[str, str, str, str]:
    """What makes two findings the same in two releases, whose rule files may have another version."""
    bare = re.sub(r"_\d{4}\.\d+$", "", finding.set)
    return bare, finding.level, finding.location, finding.text


class Comparison(Work):
    """Documents against two releases of the rules."""

    def __init__(self, args: argparse.Namespace) -> None:
        super().__init__(args)
        old, new = args.compare
        self.paths = [old, new]
        self.books = [dcc.RuleBook.load(old), dcc.RuleBook.load(new)]
        for book in self.books:
            known(book, self.volet)
        self.same: List[bool] = []

    def notices(self) -> List[str]:
        """What is amiss in one release and not in the other."""
        listed = [[str(notice) for notice in book.notices] for book in self.books]
        return [
            f"{path} : {line}"
            for path, mine, others in zip(self.paths, listed, reversed(listed))
            for line in mine
            if line not in others
        ]

    def of(self, index: int) -> Tuple[List[str], bool]:
        """The lines of a document, and whether both releases find the same."""
        path = self.files[index]
        cda = cda_of(_files.read(path))
        old, new = (self.check(book, cda) for book in self.books)
        gone, come = without(old.findings, new.findings), without(new.findings, old.findings)
        is_same = not gone and not come
        self.same.append(is_same)
        if self.json:
            made = {
                "file": path,
                "volet": {"old": old.volet, "new": new.volet},
                "removed": [told(one) for one in gone],
                "added": [told(one) for one in come],
            }
            return [line_of_json(made)], is_same
        lines = [f"{path} : {'aucune différence' if is_same else f'{old.summary} → {new.summary}'}"]
        lines += [f"- {line_of(path, one)}" for one in gone]
        lines += [f"+ {line_of(path, one)}" for one in come]
        return lines, is_same

    def end(self) -> List[str]:
        """The last lines: the count of several documents."""
        if self.json or len(self.files) < 2:
            return []
        return [f"{len(self.files)} documents : {self.same.count(False)} avec une différence"]


def without(findings: Sequence[dcc.Finding], others: Sequence[dcc.Finding]) -> List[dcc.Finding]:
    """The findings that the others have not, each as often as it is one too many."""
    left = [key(one) for one in others]
    rest = []
    for finding in findings:
        if key(finding) in left:
            left.remove(key(finding))
        else:
            rest.append(finding)
    return rest
