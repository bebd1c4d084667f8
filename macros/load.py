"""From YAML to the model, with every mistake explained at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, TypeGuard, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.documents import Document, compose, read_text
from macros.model import Actor, Authored, Explainer, Redirect
from macros.problems import Mistake, Problem, did_you_mean, quoted

Loc = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=Authored)


@dataclass
class Loaded:
    """Everything under `data/`, and what is wrong with it. What cannot be read is missing."""

    explainers: dict[str, Explainer] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    slugs: set[str] = field(default_factory=set)


def load(root: Path) -> Loaded:
    """Read `data/` below the project's root."""
    loaded = Loaded()
    for slug, path in _files(root, "data/explainers", loaded.problems):
        loaded.slugs.add(slug)
        if explainer := _load_one(Explainer, root, path, loaded):
            loaded.explainers[slug] = explainer
    for id_, path in _files(root, "data/actors", loaded.problems):
        if actor := _load_one(Actor, root, path, loaded):
            actor._id = id_
            loaded.actors[id_] = actor
    if (root / "data/redirects.yml").exists():
        moved = _load_one(_Redirects, root, "data/redirects.yml", loaded)
        loaded.redirects = moved.redirects if moved else ()
    return loaded


class _Redirects(Authored):
    redirects: tuple[Redirect, ...]


def _files(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    for path in sorted((root / folder).glob("*.y*ml")):
        name = f"{folder}/{path.name}"
        if path.suffix != ".yml":
            problems.append(
                Mistake("file-name", "the file ends in .yaml", f"Rename it to {path.stem}.yml").at(name, 1, 1)
            )
        elif problem := check_name(name, path.stem):
            problems.append(problem)
        else:
            yield path.stem, name


def _load_one(model: type[ModelT], root: Path, path: str, loaded: Loaded) -> ModelT | None:
    text = read_text(root, path, loaded.problems)
    if text is None:
        return None
    document, data = compose(path, text, loaded.problems)
    if document is None:
        return None
    if model is _Redirects:
        data = {"redirects": data}
    loaded.documents[path] = document
    return validate(model, document, data, loaded.problems)


def check_name(path: str, stem: str) -> Problem | None:
    """A file is named by its id; returns the problem when the name is no id."""
    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", stem):
        return None
    return bad_id(stem).at(path, 1, 1)


def bad_id(id_: str) -> Mistake:
    suggestion = re.sub(r"[^a-z0-9]+", "-", id_.lower()).strip("-0123456789")
    example = f", such as `{suggestion}`" if suggestion else ""
    return Mistake("bad-id", f"`{id_}` is not an id", f"Use lower-case words joined by hyphens{example}")


def validate(model: type[ModelT], document: Document, data: Any, problems: list[Problem]) -> ModelT | None:  # noqa: ANN401
    """The data as a model, and a problem for each mistake in it.

    Mistaken records are left out, so that everything else can still be checked and previewed; None when too
    little is left.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
    problems.extend(_problem(model, document, details) for details in mistakes)
    _leave_out(data, mistakes)
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _leave_out(data: Any, mistakes: list[ErrorDetails]) -> None:  # noqa: ANN401
    """Remove unknown keys, and the smallest whole records that the other mistakes are in.

    From the last to the first, so that places in lists stay true.
    """
    paths = {d["loc"] if d["type"] == "extra_forbidden" else d["loc"][:2] for d in mistakes if d["loc"]}
    for path in sorted(paths, key=lambda loc: [(isinstance(step, str), step) for step in loc], reverse=True):
        owner = data
        for step in path[:-1]:
            owner = _item(owner, step)
        if _item(owner, path[-1]) is not _NOTHING:
            del owner[path[-1]]


_NOTHING = object()


def _item(data: Any, step: str | int) -> Any:  # noqa: ANN401
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return _NOTHING


def _problem(model: type[BaseModel], document: Document, details: ErrorDetails) -> Problem:
    loc: Loc = details["loc"]
    if model is _Redirects:
        loc = loc[1:]
    if loc and loc[-1] == "[key]":
        return document.problem(bad_id(str(loc[-2])), loc[:-1], key=True)
    missing = details["type"] == "missing"
    place = loc[:-1] if missing else loc
    at_key = missing or details["type"] == "extra_forbidden" or details.get("input") is None
    return document.problem(_explain(model, loc, details), place, key=at_key)


def _explain(model: type[BaseModel], loc: Loc, details: ErrorDetails) -> Mistake:
    name, context, kind = str(loc[-1]) if loc else "the file", details.get("ctx") or {}, details["type"]
    if kind == "mistake":
        return Mistake(context["code"], context["what"], context["mend"])
    if kind == "extra_forbidden":
        return Mistake("unknown-key", f"`{name}` is not a field here", did_you_mean(name, _fields(model, loc[:-1])))
    if kind == "missing":
        return Mistake("missing-field", f"`{name}` is missing", f"Add it: {_help(model, loc)}")
    if details.get("input") is None:
        return Mistake("empty", f"`{name}` is empty", f"Fill it in or leave it out: {_help(model, loc)}")
    if kind == "literal_error":
        return Mistake("bad-word", f"`{details['input']}` is not a choice for `{name}`", _choices(details))
    if kind == "string_pattern_mismatch":
        return _pattern(name, details)
    return _wrong_shape(model, loc, name, details)


def _choices(details: ErrorDetails) -> str:
    return did_you_mean(str(details["input"]), re.findall(r"'([^']+)'", details["ctx"]["expected"]))


def _pattern(name: str, details: ErrorDetails) -> Mistake:
    if name == "lang":
        return Mistake("bad-lang", f"`{details['input']}` is not a language tag", "Write a BCP 47 tag: en, de, zh-Hans")
    if name == "wikidata":
        return Mistake("bad-wikidata", f"`{details['input']}` is not a Wikidata item", "Write it like Q148")
    return bad_id(str(details["input"]))


_SHAPES = {
    "string_type": "a text",
    "tuple_type": "a list, such as [one, two]",
    "dict_type": "a block of `id:` entries",
    "model_type": "a block of `field: value` lines",
}


_FOUND: dict[type, str] = {str: "a text", list: "a list", dict: "a block"}


def _wrong_shape(model: type[BaseModel], loc: Loc, name: str, details: ErrorDetails) -> Mistake:
    kind, value = details["type"], details["input"]
    if kind in ("string_too_short", "too_short"):
        return Mistake("empty", f"`{name}` is empty", f"Fill it in: {_help(model, loc)}")
    wanted = _SHAPES.get(kind, details["msg"])
    found = _FOUND.get(type(value), "something else")
    return Mistake("wrong-type", f"`{name}` is {found} where {wanted} belongs", f"Write {wanted}")


def _fields(model: type[BaseModel], loc: Loc) -> list[str]:
    owner = _model_at(model, loc)
    return [field.alias or name for name, field in owner.model_fields.items()] if owner else []


def _help(model: type[BaseModel], loc: Loc) -> str:
    owner = _model_at(model, loc[:-1]) if loc else None
    for name, info in (owner.model_fields if owner else {}).items():
        if loc[-1] in (name, info.alias) and info.description:
            return info.description.rstrip(".")
    return "see data/README.md" if owner is None else quoted(_fields(model, loc[:-1]))


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The model that the path leads to, through mappings and lists."""
    current: Any = model
    for step in loc:
        current = _inside(_without_none(current), step)
    current = _without_none(current)
    return current if _is_model(current) else None


def _inside(annotation: Any, step: str | int) -> Any:  # noqa: ANN401
    if _is_model(annotation):
        return {info.alias or name: info.annotation for name, info in annotation.model_fields.items()}.get(str(step))
    arguments = get_args(annotation)
    if get_origin(annotation) is dict:
        return arguments[1]
    return arguments[0] if get_origin(annotation) is tuple else None


def _without_none(annotation: Any) -> Any:  # noqa: ANN401
    if get_origin(annotation) in (Union, UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _is_model(annotation: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
