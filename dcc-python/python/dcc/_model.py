"""Plain classes that the native half answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Iterator, Literal, Optional, Sequence, Tuple, TypeVar, Union

D = TypeVar("D")


@dataclass(frozen=True)
class Problem:
    """One problem of an input.

    Attributes
    ----------
    path : str
        Place in the input: a JSON pointer for documents, an XPath-like path
        for CDA, ``ligne 12`` for tables; empty for the whole input.
    code : str
        Stable code of the rule broken, for example ``INS-CLE``.
    severity : {"blocking", "warning"}
        A blocking problem keeps the document from being written.
    message : str
        What is wrong, in French.
    found : str or None
        What was found. It may hold data of the patient.
    allowed : tuple of str
        What is allowed in its place, nearest first; may be empty.
    """

    path: str
    code: str
    severity: Literal["blocking", "warning"]
    message: str
    found: Optional[str] = None
    allowed: Tuple[str, ...] = ()

    @property
    def is_blocking(self) -> bool:
        """True when the problem keeps a document from being written."""
        return self.severity == "blocking"

    def __str__(self) -> str:
        said = []
        if self.found is not None:
            said.append(f"trouvé : {self.found}")
        if self.allowed:
            said.append(f"attendu : {', '.join(self.allowed)}")
        end = f" ({' ; '.join(said)})" if said else ""
        return f"{self.code} {self.path or '/'} : {self.message}{end}"

    def __repr__(self) -> str:
        return f"<dcc.Problem {self.code} {self.path or '/'} {self.severity}>"


class DccError(Exception):
    """What was asked cannot be done; every reason is in `problems`.

    Attributes
    ----------
    problems : tuple of Problem
        Every problem of the input, in its order.
    """

    problems: Tuple[Problem, ...]

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True)
class Unread:
    """One thing that was in a CDA document and has no place in the model.

    Attributes
    ----------
    path : str
        Place in the document.
    content : str
        What stands there. It may hold data of the patient.
    narrative : bool
        True for a text of the narrative.
    """

    path: str
    content: str
    narrative: bool

    def __str__(self) -> str:
        return f"{self.path} : {self.content}"

    def __repr__(self) -> str:
        return f"<dcc.Unread {self.path}>"


@dataclass(frozen=True)
class Reading(Generic[D]):
    """A document read; unpacks as ``document, unread = …``.

    Attributes
    ----------
    document : Document
        The document.
    unread : tuple of Unread
        What was in the CDA and is not in the document, in its order.
    """

    document: D
    unread: Tuple[Unread, ...]

    def __iter__(self) -> Iterator[Union[D, Tuple[Unread, ...]]]:
        return iter((self.document, self.unread))

    def __repr__(self) -> str:
        return f"<dcc.Reading {self.document!r}, unread={len(self.unread)}>"
