"""What the model says about itself: the list of fields for people, the schemas for editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.dates import Edtf
from macros.model import Actor, Explainer, FrontMatter, Question, Redirect

SCHEMAS: dict[str, type[BaseModel]] = {"explainer": Explainer, "actor": Actor}

_INTRODUCTION = """\
# Every field

Written from the model by `uv run explainers schema`; change it there.

Only `sources`, one takeaway and one event are required of an explainer; the rest grows. A list of ids is written
`[one, two]`. A date is `2025-10-30`, `2025-10`, `2025`, a span `2025-10-30/2025-11-02`, ongoing `2025-11/..`, or about
`2025-10~`, always without quotes and never more exact than the source. Ids are lower-case words joined by hyphens,
chosen by a person and never changed: they are the address of the record.
"""

_FILES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("`docs/explainers/<slug>.md`, between the two lines of `---`", FrontMatter),
    ("`data/explainers/<slug>.yml`", Explainer),
    ("`data/actors/<id>.yml`", Actor),
    ("`data/redirects.yml`, a list", Redirect),
)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file: `explainer` or `actor`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **SCHEMAS[name].model_json_schema()}


def files() -> dict[str, str]:
    """What `explainers schema` writes: paths below the project's root, and their text."""
    schemas = {f"data/schema/{name}.json": json.dumps(schema(name), indent=2) + "\n" for name in SCHEMAS}
    return {"data/README.md": fields_page(), **schemas}


def write(root: Path) -> list[str]:
    """Write them, and return their paths."""
    for path, text in files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return sorted(files())


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
    return "".join(parts)


def _table(model: type[BaseModel]) -> str:
    rows = (_row(info.alias or name, info) for name, info in model.model_fields.items())
    return "| field | what | written as |\n|---|---|---|\n" + "".join(rows)


def _row(name: str, info: FieldInfo) -> str:
    required = "" if not info.is_required() else " **Required.**"
    return f"| `{name}` | {info.description}{required} | {_shape(info.annotation)} |\n"


_WORDS: dict[object, str] = {
    str: "text",
    Edtf: "date",
    date: "day",
    timedelta: "length of time",
    Question: "text or block",
}


def _shape(annotation: Any) -> str:  # noqa: ANN401
    annotation = _plain(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in arguments)
    if origin is dict:
        return f"`id:` entries of {_shape(arguments[1])}"
    if origin is tuple:
        return f"list of {_shape(arguments[0])}"
    return _WORDS.get(annotation, "block")


def _plain(annotation: Any) -> Any:  # noqa: ANN401
    if get_origin(annotation) in (Union, UnionType):
        return _plain(next(part for part in get_args(annotation) if part is not type(None)))
    if hasattr(annotation, "__metadata__"):
        return _plain(get_args(annotation)[0])
    return annotation


def _inner_models(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, info in model.model_fields.items():
        annotation = _plain(info.annotation)
        candidates = (annotation, *(_plain(part) for part in get_args(annotation)))
        for inner in candidates:
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                heading = f"{prefix}{info.alias or name}"
                yield heading, inner
                yield from _inner_models(inner, f"{heading}.")
