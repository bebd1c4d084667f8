"""What the editor offers: a collection for each kind of file, with every field of the model, its sentence and words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from macros.dates import Edtf
from macros.examples import example
from macros.model import ID_PATTERN, Actor, Authored, Explainer, FrontMatter, in_order
from macros.reference import modeline, plain_type

Field = dict[str, Any]
_LONG = 20  # signs; a field whose example is longer is written in a larger box
_SHOWN = ("title", "text", "name", "role", "actor", "from", "on", "as_of")  # what a folded record is known by


def configuration(repository: str, name: str) -> dict[str, Any]:
    """The editor's configuration for a repository, such as `owner/name`, of a site with this name."""
    return {
        "app_title": f"{name}: edit",
        "backend": {
            "name": "github",
            "repo": repository,
            "branch": "main",
            "auth_methods": ["token"],
            "auth_scope": "public_repo",
            "open_authoring": True,
        },
        "publish_mode": "editorial_workflow",
        "media_folder": "docs/assets",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            _collection("explainers", "Facts", "data/explainers", "yml", fields(Explainer)),
            _collection("articles", "Articles", "docs/explainers", "md", [*fields(FrontMatter), _body()]),
            _actors(),
        ],
    }


def _collection(name: str, label: str, folder: str, extension: str, written: list[Field]) -> dict[str, Any]:
    """Files of one folder. `file` carries the text as it was, into which changes are put."""
    return {
        "name": name,
        "label": label,
        "folder": folder,
        "extension": extension,
        "format": "yaml-frontmatter" if extension == "md" else name,
        "create": False,
        "delete": False,
        "summary": "{{slug}}",
        "fields": [*written, {"name": "file", "widget": "hidden"}],
    }


def _actors() -> dict[str, Any]:
    """Who an actor is. A new one gets its id from its name, and the line by which editors know its schema."""
    made = _collection("actors", "Actors", "data/actors", "yml", fields(Actor))
    made["fields"][-1]["default"] = f"{modeline('data/actors/')}\n"
    return made | {
        "label_singular": "Actor",
        "create": True,
        "identifier_field": "name",
        "slug": "{{name}}",
        "summary": "{{name}}",
    }


def _body() -> Field:
    return {"name": "body", "label": "Text", "widget": "text", "hint": "Markdown, with calls such as {{ timeline() }}."}


def fields(model: type[BaseModel]) -> list[Field]:
    """Every field of a model, in the order in which it is written."""
    known = {info.alias or name: info for name, info in model.model_fields.items()}
    return [_field(model, name, known[name]) for name in in_order(model)]


def _field(model: type[BaseModel], name: str, info: FieldInfo) -> Field:
    written, pattern = example(model, name), _pattern(info)
    made: Field = {"name": name, "label": name.replace("_", " ").capitalize(), **_widget(info.annotation, written)}
    made["hint"] = _hint(info.description or "", written, made["widget"])
    if pattern and made["widget"] == "string":
        made["pattern"] = [pattern, f"Write it like this: {written}"]
    return made if info.is_required() else made | {"required": False}


def _hint(description: str, written: Any, widget: str) -> str:  # noqa: ANN401
    is_new = isinstance(written, str) and widget != "select" and written not in description
    return f"{description} For example: {written}" if is_new else description


def _pattern(info: FieldInfo) -> str:
    """The pattern of a field in JSON Schema, which may also allow nothing."""
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[info.annotation, info.description, *info.metadata])  # type: ignore[arg-type]
    written = adapter.json_schema()
    choices = [written, *written.get("anyOf", [])]
    return next((choice["pattern"] for choice in choices if "pattern" in choice), "")


def _widget(annotation: Any, written: Any) -> Field:  # noqa: ANN401
    kind = plain_type(annotation)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"widget": "select", "options": list(arguments)}
    if origin is dict:
        inner = plain_type(arguments[1])
        return _list(inner, [_id(), *fields(inner)]) if _is_model(inner) else _by_key()
    if origin is tuple:
        inner = plain_type(arguments[0])
        return _list(inner, fields(inner)) if _is_model(inner) else {"widget": "list"}
    if _is_model(kind):
        return {"widget": "object", "collapsed": True, "fields": fields(kind)}
    is_long = kind not in (Edtf, date, timedelta) and len(str(written)) > _LONG and " " in str(written)
    return {"widget": "text" if is_long else "string"}


def _is_model(kind: Any) -> bool:  # noqa: ANN401
    return isinstance(kind, type) and issubclass(kind, Authored)


def _list(model: type[BaseModel], inner: list[Field]) -> Field:
    names = [field["name"] for field in inner]
    one = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()
    shown = [name for name in ("id", *_SHOWN) if name in names][:2]
    summary = " · ".join(f"{{{{{name}}}}}" for name in shown or names[:1])
    folded = {"collapsed": True, "minimize_collapsed": True, "summary": summary}
    return {"widget": "list", "label_singular": one, **folded, "fields": inner}


def _by_key() -> Field:
    return {"widget": "keyvalue", "key_label": "Id", "value_label": "Text"}


def _id() -> Field:
    hint = "The address of this record: lower-case words joined by hyphens, chosen once and never changed."
    return {"name": "id", "label": "Id", "widget": "string", "hint": hint, "pattern": [ID_PATTERN, "Like this: e-vote"]}
