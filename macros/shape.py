"""The YAML of a file below `data/` as nodes, each with what the model expects there, and edits by their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel

from macros.dates import Edtf
from macros.model import Actor, Explainer, Id, Redirect, SourceId
from macros.reference import plain_type

Place = tuple[int, int]


@dataclass(frozen=True)
class Edit:
    """What is to stand between two places."""

    start: Place
    end: Place
    text: str


@dataclass(frozen=True)
class Part:
    """A node with the type of its field, and the key it stands under."""

    node: Any
    annotation: Any
    key: Any = None
    column: int = 0

    @property
    def model(self) -> type[BaseModel] | None:
        """What a mapping must look like; None for anything else."""
        kind = self.annotation
        return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None

    @property
    def is_date(self) -> bool:
        return self.annotation in (Edtf, date)

    @property
    def is_id_list(self) -> bool:
        arguments = get_args(self.annotation)
        return get_origin(self.annotation) is tuple and arguments[0] in (Id, SourceId)

    @property
    def is_block(self) -> bool:
        return isinstance(self.node, yaml.CollectionNode) and not self.node.flow_style


def parts(path: str, text: str) -> list[Part]:
    """Every node of a file, outer ones first; raises `yaml.YAMLError` when it cannot be read."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    top: Any = Explainer if path.startswith("data/explainers/") else Actor
    return list(_walk(Part(root, tuple[Redirect, ...] if path == "data/redirects.yml" else top))) if root else []


def _walk(part: Part) -> Iterator[Part]:
    """`column` is where a block has to begin: two further than what holds it."""
    yield part
    node, arguments = part.node, get_args(part.annotation)
    if isinstance(node, yaml.SequenceNode):
        inner = plain_type(arguments[0]) if get_origin(part.annotation) is tuple else None
        for item in node.value:
            known = arguments[0] if inner is str else inner
            yield from _walk(Part(item, known, None, part.column + 2))
    elif isinstance(node, yaml.MappingNode):
        fields = {info.alias or n: info for n, info in part.model.model_fields.items()} if part.model else {}
        for key, value in node.value:
            kind = (
                arguments[1]
                if get_origin(part.annotation) is dict
                else getattr(fields.get(key.value), "annotation", None)
            )
            yield from _walk(Part(value, plain_type(kind), key, part.column + 2))


def start(node: Any) -> Place:  # noqa: ANN401
    return node.start_mark.line, node.start_mark.column


def end(node: Any) -> Place:  # noqa: ANN401
    return node.end_mark.line, node.end_mark.column


def last_line(node: Any, rows: list[str]) -> int:  # noqa: ANN401
    """The last line that a node has words on, without the comments and empty lines below it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        inner = node.value[-1]
        return last_line(inner[1] if isinstance(inner, tuple) else inner, rows)
    line, column = end(node)
    if getattr(node, "style", None) in ("|", ">"):
        line = min(line, len(rows)) - (column == 0)
        while line > node.start_mark.line and (not rows[line].strip() or _is_comment_outside(rows, line, node)):
            line -= 1
    return int(line)


def _is_comment_outside(rows: list[str], line: int, node: Any) -> bool:  # noqa: ANN401
    first = next((row for row in rows[node.start_mark.line + 1 :] if row.strip()), "")
    return rows[line].lstrip().startswith("#") and _indent(rows[line]) < _indent(first)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made, none of which overlap."""
    rows = text.split("\n")
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        (first, left), (last, right) = edit.start, edit.end
        rows[first : last + 1] = [rows[first][:left] + edit.text + rows[last][right:]]
    return "\n".join(rows)


def between(text: str, start: Place, end: Place) -> str:
    """What stands between two places."""
    rows = text.split("\n")[start[0] : end[0] + 1]
    rows[-1] = rows[-1][: end[1]]
    rows[0] = rows[0][start[1] :]
    return "\n".join(rows)
