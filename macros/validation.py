"""A file's data as a model, and for each mistake in it what is wrong and how to mend it."""

from __future__ import annotations

import re
from types import UnionType
from typing import Any, TypeGuard, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.documents import Document
from macros.model import Authored
from macros.problems import Mistake, Problem, did_you_mean, quoted

Loc = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=Authored)


def bad_id(id_: str) -> Mistake:
    """What is wrong with a name that is no id, with the id it could be."""
    suggestion = re.sub(r"[^a-z0-9]+", "-", id_.lower()).strip("-0123456789")
    example = f", such as `{suggestion}`" if suggestion else ""
    return Mistake("bad-id", f"`{id_}` is not an id", f"Use lower-case words joined by hyphens{example}")


def validate(
    model: type[ModelT],
    document: Document,
    data: Any,  # noqa: ANN401
    problems: list[Problem],
    partial: type[ModelT] | None = None,
) -> ModelT | None:
    """The data as a model, and a problem for each mistake in it.

    Mistaken records are left out, so that everything else can still be checked and previewed. What is left need only
    be a `partial` model; None when it is not even that.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        every = error.errors(include_url=False)
    # Pydantic calls a list too short when all that is in it is wrong, which is said already.
    mistakes = [details for details in every if not (details["type"] == "too_short" and details["input"])]
    problems.extend(_problem(model, document, details) for details in mistakes)
    _leave_out(data, document, mistakes)
    try:
        return (partial or model).model_validate(data)
    except ValidationError:
        return None


def _leave_out(data: Any, document: Document, mistakes: list[ErrorDetails]) -> None:  # noqa: ANN401
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
            document.drop(path)


_NOTHING = object()


def _item(data: Any, step: str | int) -> Any:  # noqa: ANN401
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return _NOTHING


def _problem(model: type[BaseModel], document: Document, details: ErrorDetails) -> Problem:
    loc: Loc = details["loc"]
    if loc and loc[-1] == "[key]":
        return document.problem(bad_id(str(loc[-2])), loc[:-1], key=True)
    missing = details["type"] == "missing"
    place = loc[:-1] if missing else loc
    at_key = missing or details["type"] == "extra_forbidden" or details.get("input") is None
    name = "the file" if loc in ((), (document.field,)) else _name(loc)
    return document.problem(_explain(model, loc, name, details), place, key=at_key)


def _explain(model: type[BaseModel], loc: Loc, name: str, details: ErrorDetails) -> Mistake:
    context, kind = details.get("ctx") or {}, details["type"]
    if kind == "mistake":
        return Mistake(context["code"], context["what"], context["mend"])
    if kind == "invisible_sign":
        return Mistake("invisible-sign", f"an invisible sign ({context['sign']}) stands in {name}", "Delete it")
    if kind == "extra_forbidden":
        known = did_you_mean(str(loc[-1]), _fields(model, loc[:-1]))
        return Mistake("unknown-key", f"{name} is not a field here", known)
    if kind == "missing":
        return Mistake("missing-field", f"{name} is missing", f"Add it: {_help(model, loc)}")
    if details.get("input") is None:
        return Mistake("empty", f"{name} is empty", f"Fill it in or leave it out: {_help(model, loc)}")
    if kind == "literal_error":
        return _word(name, details)
    if kind == "string_pattern_mismatch":
        return _pattern(str(loc[-1]), details)
    return _wrong_shape(model, loc, name, details)


def _name(loc: Loc) -> str:
    """What stands at a path, by name: a field, or an entry of a list."""
    return f"`{loc[-1]}`" if isinstance(loc[-1], str) else f"entry {loc[-1] + 1} of `{loc[-2]}`"


def _word(name: str, details: ErrorDetails) -> Mistake:
    value = details["input"]
    if isinstance(value, str):
        return Mistake("bad-word", f"`{value}` is not a choice for {name}", _choices(details))
    return Mistake("wrong-type", f"{name} is {_found(value)} where a word belongs", _choices(details, ""))


def _choices(details: ErrorDetails, word: str | None = None) -> str:
    known = re.findall(r"'([^']+)'", details["ctx"]["expected"])
    return did_you_mean(details["input"] if word is None else word, known)


def _pattern(name: str, details: ErrorDetails) -> Mistake:
    if name == "lang":
        return Mistake("bad-lang", f"`{details['input']}` is not a language tag", "Write a BCP 47 tag: en, de, zh-Hans")
    if name == "wikidata":
        return Mistake("bad-wikidata", f"`{details['input']}` is not a Wikidata item", "Write it like Q148")
    if "/" in details["ctx"]["pattern"]:
        mend = "Write a slug, an actor's id, or slug/record-id"
        return Mistake("bad-address", f"`{details['input']}` is neither a page nor a record", mend)
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
        return Mistake("empty", f"{name} is empty", f"Fill it in: {_help(model, loc)}")
    wanted = _SHAPES.get(kind, details["msg"])
    return Mistake("wrong-type", f"{name} is {_found(value)} where {wanted} belongs", f"Write {wanted}")


def _found(value: object) -> str:
    return _FOUND.get(type(value), "something else")


def _fields(model: type[BaseModel], loc: Loc) -> list[str]:
    owner = _model_at(model, loc)
    return [field.alias or name for name, field in owner.model_fields.items()] if owner else []


def _help(model: type[BaseModel], loc: Loc) -> str:
    if loc and isinstance(loc[-1], int):
        return _help(model, loc[:-1])
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
