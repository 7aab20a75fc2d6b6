"""The words of ``argparse``, in French."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

WORDS = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "optional arguments": "options",
    "show this help message and exit": "montre cette aide",
    "show program's version number and exit": "montre la version",
}

# what argparse says of a wrong command line, and how it is said in French
ERRORS = [
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"arguments inconnus : \1"),
    (r"expected one argument", r"une valeur est attendue"),
    (r"expected at least one argument", r"au moins une valeur est attendue"),
    (r"argument (\S+): ", r"\1 : "),
    (r"invalid choice: (.*?) \(choose from (.*)\)", r"valeur inconnue : \1 (attendu : \2)"),
    (r"invalid \w+ value: (.*)", r"valeur incorrecte : \1"),
    (r"ambiguous option: (.*) could match (.*)", r"option ambiguë : \1 (\2)"),
]


def french(text: str) -> str:
    """The French of an error of ``argparse``."""
    for pattern, words in ERRORS:
        text = re.sub(pattern, words, text)
    return text


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are in French."""

    def format_help(self) -> str:
        text = super().format_help()
        for english, words in WORDS.items():
            text = re.sub(rf"(?m)^( *(?:-h, --help +)?){re.escape(english)}", rf"\1{words}", text)
        return text.replace("show this help message and exit", WORDS["show this help message and exit"])

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", WORDS["usage: "], 1)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"dcc : {french(message)}\n")
