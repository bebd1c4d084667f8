"""What the model says about itself: the list of fields for people, the schemas for editors, the forms of issues."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from macros import forms
from macros.dates import Edtf
from macros.examples import example, text
from macros.model import Actor, Authored, Explainer, FrontMatter, Question, Redirect, in_order, models

SCHEMAS: dict[str, type[BaseModel]] = {"explainer": Explainer, "actor": Actor}
_MODELINE = "# yaml-language-server: $schema=../schema/{}.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_INTRODUCTION = """\
# Every field

Written from the model by `uv run explainers schema`; change it there.

Only `sources`, one takeaway and one event are required of an explainer; the rest grows. A list of ids is written
`[one, two]`. A date is `2025-10-30`, `2025-10`, `2025`, a span `2025-10-30/2025-11-02`, ongoing `2025-11/..`, or about
`2025-10~`, always without quotes and never more exact than the source. Ids are lower-case words joined by hyphens,
chosen by a person and never changed: they are the address of the record.
"""

_FILES: tuple[tuple[str, type[Authored]], ...] = (
    ("`docs/explainers/<slug>.md`, between the two lines of `---`", FrontMatter),
    ("`data/explainers/<slug>.yml`", Explainer),
    ("`data/actors/<id>.yml`", Actor),
    ("`data/redirects.yml`, a list", Redirect),
)


def modeline(path: str) -> str | None:
    """The first line of a YAML file below `data/`, by which editors know what may be written; None elsewhere."""
    for folder, name in (("data/explainers/", "explainer"), ("data/actors/", "actor")):
        if path.startswith(folder):
            return _MODELINE.format(name)
    return _MODELINE.format("redirects").replace("../", "") if path == "data/redirects.yml" else None


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file: `explainer` or `actor`."""
    return {"$schema": _DIALECT, **_with_examples(SCHEMAS[name].model_json_schema())}


def _redirects_schema() -> dict[str, Any]:
    return {"$schema": _DIALECT, **_with_examples(TypeAdapter(list[Redirect]).json_schema())}


def _with_examples(written: dict[str, Any]) -> dict[str, Any]:
    """A schema in which each field stands in its usual place and carries an example."""
    known = {model.__name__: model for model in models()}
    for part in (written, *written.get("$defs", {}).values()):
        model = known.get(part.get("title", ""))
        if model and "properties" in part:
            part["properties"] = {
                name: {**part["properties"][name], "examples": [example(model, name)]} for name in in_order(model)
            }
    return written


def files(root: Path) -> dict[str, str]:
    """What `explainers schema` writes: paths below the project's root, and their text."""
    schemas = {name: schema(name) for name in SCHEMAS} | {"redirects": _redirects_schema()}
    made = {f"data/schema/{name}.json": _as_json(written) for name, written in schemas.items()}
    return {"data/README.md": fields_page(), **made, **forms.files(root)}


def _as_json(written: dict[str, Any]) -> str:
    return json.dumps(written, indent=2, ensure_ascii=False) + "\n"


def write(root: Path) -> list[str]:
    """Write them, and return the paths of those that were not as they should be."""
    behind = {path: content for path, content in files(root).items() if _read(root / path) != content}
    for path, content in behind.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    return sorted(behind)


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else None


def fields_page() -> str:
    """Every field with its sentence, as a Markdown page."""
    parts = [_INTRODUCTION]
    done: set[type[BaseModel]] = set()
    for title, model in _FILES:
        parts.append(f"\n## {title}\n\n{_table(model)}")
        for heading, inner in _inner_models(model, ""):
            if inner not in done:
                done.add(inner)
                parts.append(f"\n### Under `{heading}`\n\n{inner.__doc__}\n\n{_table(inner)}")
        parts.append(f"\nA whole example to copy from:\n\n```yaml\n{text(model)}```\n")
    return "".join(parts)


def _table(model: type[BaseModel]) -> str:
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    rows = (_row(name, fields[name], example(model, name)) for name in in_order(model))
    return "| field | what | written as | example |\n|---|---|---|---|\n" + "".join(rows)


def _row(name: str, info: FieldInfo, written: Any) -> str:  # noqa: ANN401
    required = "" if not info.is_required() else " **Required.**"
    return f"| `{name}` | {info.description}{required} | {_shape(info.annotation)} | {_in_a_cell(name, written)} |\n"


def _in_a_cell(name: str, written: Any) -> str:  # noqa: ANN401
    """The example on one line; a block stands below the tables, whole."""
    if isinstance(written, dict) or (isinstance(written, list) and any(isinstance(item, dict) for item in written)):
        return "below"
    if isinstance(written, list):
        return f"`{name}: [{', '.join(written)}]`"
    return f"`{name}: {written}`"


_WORDS: dict[object, str] = {
    str: "text",
    Edtf: "date",
    date: "day",
    timedelta: "length of time",
    Question: "text or block",
}


def _shape(annotation: Any) -> str:  # noqa: ANN401
    annotation = plain_type(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in arguments)
    if origin is dict:
        return f"`id:` entries of {_shape(arguments[1])}"
    if origin is tuple:
        return f"list of {_shape(arguments[0])}"
    return _WORDS.get(annotation, "block")


def plain_type(annotation: Any) -> Any:  # noqa: ANN401
    """A field's type without None and without its constraints."""
    if get_origin(annotation) in (Union, UnionType):
        return plain_type(next(part for part in get_args(annotation) if part is not type(None)))
    if hasattr(annotation, "__metadata__"):
        return plain_type(get_args(annotation)[0])
    return annotation


def _inner_models(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, info in model.model_fields.items():
        annotation = plain_type(info.annotation)
        candidates = (annotation, *(plain_type(part) for part in get_args(annotation)))
        for inner in candidates:
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                heading = f"{prefix}{info.alias or name}"
                yield heading, inner
                yield from _inner_models(inner, f"{heading}.")
