"""One example of every field, which the list of fields, the schemas for editors and the issue forms show.

Each file is named like what it shows and says it as a careful person would write it.
"""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from macros.model import Actor, Authored, Explainer, FrontMatter, Redirect, walk

FOLDER = Path(__file__).parent
FILES: dict[type[Authored], str] = {
    Explainer: "explainer",
    Actor: "actor",
    FrontMatter: "front_matter",
    Redirect: "redirects",
}


def text(model: type[Authored]) -> str:
    """The example of a file, as it is written."""
    return (FOLDER / f"{FILES[model]}.yml").read_text(encoding="utf-8")


def example(model: type[BaseModel], name: str) -> Any:  # noqa: ANN401
    """How a field may look as it is written: texts, lists and mappings. Fields that models share, share an example."""
    found = _found()
    if name in found.get(model, {}):
        return found[model][name]
    owner = _declaring(model, name)
    return next(known[name] for other, known in found.items() if name in known and _declaring(other, name) is owner)


def _declaring(model: type[BaseModel], name: str) -> type:
    return next((owner for owner in model.__mro__ if name in inspect.get_annotations(owner)), model)


@cache
def _found() -> dict[type[BaseModel], dict[str, Any]]:
    found: dict[type[BaseModel], dict[str, Any]] = {}
    for model in FILES:
        written = yaml.load(text(model), yaml.BaseLoader)  # noqa: S506 - only texts, lists and mappings come of it
        for item in written if isinstance(written, list) else [written]:
            _collect(model.model_validate(item), item, found)
    return found


def _collect(item: Authored, written: Any, found: dict[type[BaseModel], dict[str, Any]]) -> None:  # noqa: ANN401
    for loc, part in walk(item):
        place = written
        for step in loc:
            place = place[step]
        known = found.setdefault(type(part), {})
        fields = place.items() if isinstance(place, dict) else ()  # a question may be a text alone
        known.update({name: value for name, value in fields if name not in known})
