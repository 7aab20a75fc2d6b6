"""Plain classes that the native half answers with.

They are not dataclasses, nor is `pathlib` imported before it is of use: both
would make ``import dcc`` several times slower.
"""

from __future__ import annotations

from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Dict,
    Generic,
    Iterator,
    List,
    Literal,
    NoReturn,
    Optional,
    Sequence,
    Tuple,
    TypeVar,
    Union,
)

if TYPE_CHECKING:
    import os
    from pathlib import Path

D = TypeVar("D")


class _Record:
    """What never changes, is equal by its fields, and pickles."""

    __slots__ = ()
    _FIELDS: ClassVar[Tuple[str, ...]] = ()

    def _set(self, *values: object) -> None:
        for name, value in zip(self._FIELDS, values):
            object.__setattr__(self, name, value)

    def _values(self) -> Tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._FIELDS)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} ne change pas : {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} ne change pas : {name}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __reduce__(self) -> Tuple[type, Tuple[Any, ...]]:
        return type(self), self._values()


class Problem(_Record):
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

    __slots__ = _FIELDS = ("path", "code", "severity", "message", "found", "allowed")

    path: str
    code: str
    severity: Literal["blocking", "warning"]
    message: str
    found: Optional[str]
    allowed: Tuple[str, ...]

    def __init__(
        self,
        path: str,
        code: str,
        severity: Literal["blocking", "warning"],
        message: str,
        found: Optional[str] = None,
        allowed: Tuple[str, ...] = (),
    ) -> None:
        self._set(path, code, severity, message, found, allowed)

    @property
    def is_blocking(self) -> bool:
        """True when the problem keeps a document from being written."""
        return self.severity == "blocking"

    def __str__(self) -> str:
        return self._said(self.message, self.found)

    def without_found(self) -> str:
        """The text of the problem without the value found, for a log."""
        message = self.message
        # some messages quote it too
        for quoted in (self.found or "", (self.found or "").strip('"')):
            if len(quoted) > 1:
                message = message.replace(quoted, "…")
        return self._said(message, None)

    def _said(self, message: str, found: Optional[str]) -> str:
        said = []
        if found is not None:
            said.append(f"trouvé : {found}")
        if self.allowed:
            said.append(f"attendu : {', '.join(self.allowed)}")
        end = f" ({' ; '.join(said)})" if said else ""
        return f"{self.code} {self.path or '/'} : {message}{end}"

    def to_dict(self) -> Dict[str, object]:
        """The problem as a dict, for JSON."""
        return {
            "path": self.path,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "found": self.found,
            "allowed": list(self.allowed),
        }

    def __repr__(self) -> str:
        return f"<dcc.Problem {self.code} {self.path or '/'} {self.severity}>"


class DccError(Exception):
    """What was asked cannot be done; every reason is in `problems`.

    Its text, which ends in logs and tracebacks, leaves out the values found:
    they may be those of a patient. `problems` has them, and so has the text of
    each problem.

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
        return "\n".join(problem.without_found() for problem in self.problems)


class Unread(_Record):
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

    __slots__ = _FIELDS = ("path", "content", "narrative")

    path: str
    content: str
    narrative: bool

    def __init__(
        self,
        path: str,
        content: str,
        narrative: bool,
    ) -> None:
        self._set(path, content, narrative)

    def __str__(self) -> str:
        return f"{self.path} : {self.content}"

    def __repr__(self) -> str:
        return f"<dcc.Unread {self.path}>"


class Reading(_Record, Generic[D]):
    """A document read; unpacks as ``document, unread = …``.

    Attributes
    ----------
    document : Document
        The document.
    unread : tuple of Unread
        What was in the CDA and is not in the document, in its order.
    """

    __slots__ = _FIELDS = ("document", "unread")

    document: D
    unread: Tuple[Unread, ...]

    def __init__(
        self,
        document: D,
        unread: Tuple[Unread, ...],
    ) -> None:
        self._set(document, unread)

    def __iter__(self) -> Iterator[Any]:
        return iter((self.document, self.unread))

    def __repr__(self) -> str:
        return f"<dcc.Reading {self.document!r}, unread={len(self.unread)}>"


class Value(_Record):
    """One indicator in one cell.

    Attributes
    ----------
    numerator : int or None
        The count, or the numerator of the ratio; None when masked.
    denominator : int or None
        The denominator; None for a count, or when masked.
    value : float or None
        The count, or the ratio; None when masked, or over zero.
    masked : bool
        True when the count is too small to be shown.
    """

    __slots__ = _FIELDS = ("numerator", "denominator", "value", "masked")

    numerator: Optional[int]
    denominator: Optional[int]
    value: Optional[float]
    masked: bool

    def __init__(
        self,
        numerator: Optional[int],
        denominator: Optional[int],
        value: Optional[float],
        masked: bool,
    ) -> None:
        self._set(numerator, denominator, value, masked)

    def __repr__(self) -> str:
        said = "masqué" if self.masked else f"{self.value}"
        return f"<dcc.Value {said} ({self.numerator}/{self.denominator})>"


class Export(_Record):
    """The files of one monthly export.

    Attributes
    ----------
    files : dict of str to bytes
        Name and content, in the order of the manifest.
    problems : list of Problem
        What is wrong with the facts without stopping the export.
    """

    __slots__ = _FIELDS = ("files", "problems")

    files: Dict[str, bytes]
    problems: List[Problem]

    def __init__(
        self,
        files: Dict[str, bytes],
        problems: List[Problem],
    ) -> None:
        self._set(files, problems)

    def write_to(self, folder: Union[str, "os.PathLike[str]"]) -> List[Path]:
        """Write the files into a folder, each whole or not at all.

        Parameters
        ----------
        folder : path
            Made if need be.

        Returns
        -------
        list of Path
            The files written.
        """
        from pathlib import Path

        from ._files import write

        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            write(str(target / name), data)
        return [target / name for name in self.files]

    def __repr__(self) -> str:
        return f"<dcc.Export {', '.join(self.files)}>"
