"""Everything public says what it is, in NumPy style."""

from __future__ import annotations

import inspect
from typing import Any, Iterator

import dcc
import pytest

IMPLICIT = {"self", "cls", "/", "*"}


def public() -> Iterator[tuple[str, Any]]:
    """Every public class, function, method and property."""
    for name in dcc.__all__:
        thing = getattr(dcc, name)
        if not callable(thing):
            continue
        yield name, thing
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                if not member.startswith("_") and member != "KIND" and not member.isupper():
                    value = getattr(value, "__func__", value)
                    if inspect.ismemberdescriptor(value):
                        # a field is told by its class
                        doc = inspect.getdoc(thing) or ""
                        assert f"\n{member} : " in doc.split("Attributes\n----------")[1], f"{name}.{member}"
                        continue
                    if callable(value) or inspect.isdatadescriptor(value):
                        yield f"{name}.{member}", value


@pytest.mark.parametrize(("name", "thing"), list(public()), ids=lambda v: v if isinstance(v, str) else "")
def test_docstring(name: str, thing: Any) -> None:
    doc = inspect.getdoc(thing)
    assert doc, name
    if inspect.isclass(thing) or not callable(thing):
        return
    signature = inspect.signature(thing)
    parameters = [p for p in signature.parameters if p not in IMPLICIT]
    if len(parameters) > 1:
        assert "Parameters\n----------" in doc, f"{name}{signature}"
        section = doc.split("Parameters\n----------")[1]
        for parameter in parameters:
            assert parameter in section, f"{name}: {parameter}"
