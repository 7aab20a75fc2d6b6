"""Writes ``python/dcc/types.py`` from the JSON Schemas of ``schemas/``.

    python dcc-python/typed_dicts.py

A test compares the file with what this writes.
"""

from __future__ import annotations

import json
import keyword
from pathlib import Path
from typing import Any, Dict, List

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parent / "schemas"
TARGET = HERE / "python" / "dcc" / "types.py"

HEAD = '''"""Typed dicts of what the library takes: documents, their parts, facts.

For type checkers and editors alone: any mapping of the same form is taken.
Made from the JSON Schemas by ``typed_dicts.py``; not to be changed by hand.
"""

from __future__ import annotations

import datetime
from typing import List, Literal, TypedDict, Union
'''

# forms of texts that Python has types for
TEXTS = {
    "Binary": "Union[str, bytes, bytearray]",
    "PartialDateTime": "Union[str, datetime.date]",
    "Day": "Union[str, datetime.date]",
}

# what unions share: names by fields, and what they are
SHARED = {
    ("absent",): ("Absent", "Raison de l'absence d'une valeur"),
    ("code", "label", "system"): ("CodedValue", "Code, avec son libellé et son système de codage"),
}


def camel(name: str) -> str:
    """``fiche_rcp`` as ``FicheRcp``."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


# kinds whose class is not named for them
NAMES = {"level_one": "UnstructuredDocument"}


def class_name(kind: str) -> str:
    """The class of a kind of input."""
    return NAMES.get(kind, camel(kind))


class Module:
    """The module while it is written: one part a name, in order of need."""

    def __init__(self) -> None:
        self.parts: Dict[str, str] = {}

    def add(self, name: str, part: str) -> str:
        """Adds a class or an alias; a name with another content is an error."""
        if self.parts.setdefault(name, part) != part:
            raise ValueError(f"two forms of {name}")
        return name


class Document:
    """One schema while it is turned into classes."""

    def __init__(self, module: Module, schema: Dict[str, Any], renamed: Dict[str, str]) -> None:
        self.module = module
        self.defs: Dict[str, Any] = schema.get("$defs", {})
        self.renamed = renamed
        self.doing: List[str] = []

    def name_of(self, ref: str) -> str:
        """The name of a definition, which is made first."""
        key = ref.rsplit("/", 1)[1]
        name = self.renamed.get(key, key)
        if key not in self.doing:
            self.doing.append(key)
            self.define(name, self.defs[key])
        return name

    def define(self, name: str, schema: Dict[str, Any]) -> None:
        """Makes a class, or an alias of a union."""
        if "properties" in schema:
            self.class_of(name, schema)
        elif name in TEXTS:
            self.module.add(name, f"{name} = {TEXTS[name]}")
        else:
            kind = self.type_of(name, schema)
            if kind.startswith("Literal["):
                # stubtest takes a literal of several values for a union
                kind = f"Union[{', '.join(f'Literal[{value}]' for value in kind[8:-1].split(', '))}]"
            self.module.add(name, f"{name} = {kind}")

    def type_of(self, name: str, schema: Dict[str, Any]) -> str:
        """The Python type of a schema; `name` is for the classes made inside."""
        for key in ("$ref", "allOf", "anyOf", "oneOf"):
            if key == "$ref" and key in schema:
                return self.name_of(schema[key])
            if key in schema:
                return union([self.type_of(name, one) for one in schema[key]])
        if "const" in schema:
            return f"Literal[{json.dumps(schema['const'])}]"
        if "enum" in schema:
            # codes of a value set, which may be replaced at run time
            return "str"
        kinds = schema.get("type")
        if isinstance(kinds, list):
            return union([self.type_of(name, {**schema, "type": kind}) for kind in kinds])
        if kinds == "object" and "properties" in schema:
            fields = list(schema["properties"])
            inner, said = SHARED.get(tuple(fields), (name + camel(fields[-1]), name))
            return self.class_of(inner, {"description": said, **schema})
        if kinds == "array":
            return f"List[{self.type_of(name, schema['items'])}]"
        simple = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
        return simple[str(kinds)]

    def class_of(self, name: str, schema: Dict[str, Any]) -> str:
        """A typed dict; what is required is in a class before it."""
        required = [field for field in schema.get("required", []) if field != "document"]
        fields = {
            field: (self.type_of(name + camel(field), one), one.get("description", ""))
            for field, one in schema["properties"].items()
        }
        doc = text(schema.get("description") or schema.get("title") or name)
        odd = [field for field in fields if not field.isidentifier() or keyword.iskeyword(field)]
        if odd:
            pairs = "\n".join(f"        {json.dumps(field)}: {quoted(kind)}," for field, (kind, _) in fields.items())
            whole = bool(required) and len(required) == len(fields)
            part = f'{name} = TypedDict(\n    "{name}",\n    {{\n{pairs}\n    }},\n    total={whole},\n)'
            return self.module.add(name, part)
        lines: List[str] = []
        base = "TypedDict"
        if required and len(required) < len(fields):
            base = f"_{name}"
            lines += [f"class {base}(TypedDict):", f'    """{doc}"""', ""]
            lines += [line for field in required for line in of_field(field, *fields.pop(field))]
            lines.append("")
            lines.append("")
        total = "" if required and base == "TypedDict" else ", total=False"
        lines += [f"class {name}({base}{total}):", f'    """{doc}"""', ""]
        lines += [line for field, one in fields.items() for line in of_field(field, *one)]
        return self.module.add(name, "\n".join(lines))


def of_field(field: str, kind: str, description: str) -> List[str]:
    """A field and what it is."""
    return [f"    {field}: {kind}", f'    """{text(description)}"""'] if description else [f"    {field}: {kind}"]


def text(said: str) -> str:
    """A text between triple quotes."""
    return said.replace("\\", "\\\\").replace('"', "'").strip()


def quoted(kind: str) -> str:
    """A type outside an annotation, whose names may come later."""
    return json.dumps(kind) if "[" in kind or kind[:1].isupper() else kind


def union(kinds: List[str]) -> str:
    """The union of types, literals together."""
    kinds = list(dict.fromkeys(kinds))
    literals = [kind[8:-1] for kind in kinds if kind.startswith("Literal[")]
    kinds = [kind for kind in kinds if not kind.startswith("Literal[")]
    if literals:
        kinds.insert(0, f"Literal[{', '.join(literals)}]")
    return kinds[0] if len(kinds) == 1 else f"Union[{', '.join(kinds)}]"


def module(folder: Path = SCHEMAS) -> str:
    """The text of the module."""
    made, seen = Module(), dict[str, str]()
    kinds = ["fiche_rcp", "pps", "ppac", "cr_acp", "level_one"]
    kinds += [f"{fact}_fact" for fact in ("session", "attendance", "fiche", "pps", "offer")]
    names = []
    for kind in kinds:
        schema = json.loads((folder / f"{kind}.schema.json").read_text(encoding="utf-8"))
        renamed = {}
        for name, part in schema.get("$defs", {}).items():
            content = json.dumps(part, sort_keys=True)
            if seen.setdefault(name, content) != content:
                renamed[name] = class_name(kind) + name
        names.append(class_name(kind))
        Document(made, schema, renamed).define(class_name(kind), {**schema, "description": schema["title"]})
    listed = "".join(f'    "{name}",\n' for name in sorted(names))
    parts = [HEAD.rstrip(), f"__all__ = [\n{listed}]"]
    after_class = False
    for part in made.parts.values():
        is_class = part.startswith("class")
        parts.append("\n" + part if is_class or after_class else part)
        after_class = is_class
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    TARGET.write_text(module(), encoding="utf-8")
