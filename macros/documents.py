"""A file's YAML, with the place of every part.

Scalars stay text until the model reads them, so YAML 1.1 never turns `no` into False or 12:30 into 750.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from macros import yaml_errors
from macros.files import SIZE_LIMIT, read_text
from macros.problems import Mistake, Problem

__all__ = ["DEPTH_LIMIT", "SIZE_LIMIT", "Document", "compose", "read_text"]

Node = yaml.nodes.Node

DEPTH_LIMIT = 30  # levels; the model has six
_TAG = "tag:yaml.org,2002:"
_TAGS = {yaml.ScalarNode: f"{_TAG}str", yaml.SequenceNode: f"{_TAG}seq", yaml.MappingNode: f"{_TAG}map"}
_PROPERTY = re.compile(r"!(?!!)|&")  # but not `!!str`, which somebody may mean
_HASH = re.compile(r"[ \t]+(#\S+)")
_MAY_LOSE = re.compile(r"(?:[:,-]\s+|[\[{]\s*)[!&]|\s#\S")
_NULL = {"", "~", "null", "Null", "NULL"}


class _Loader(yaml.CSafeLoader):
    """Tells nothing from text but what is left empty: half of the time goes into looking for numbers and dates."""

    def resolve(self, kind: type[Node], value: str | None, implicit: Any) -> str:  # noqa: ANN401
        plain = kind is yaml.ScalarNode and implicit[0]
        return f"{_TAG}null" if plain and value in _NULL else _TAGS[kind]

    def descend_resolver(self, node: Node | None, index: Any) -> None:  # noqa: ANN401
        """No tag follows from where a node stands."""

    def ascend_resolver(self) -> None:
        """Nothing was remembered on the way down."""


@dataclass(frozen=True)
class Document:
    """A YAML file, or the YAML head of an article, with the place of every part.

    A file that is one list has the name of a `field`, by which paths into it begin.
    """

    path: str
    text: str
    first_line: int = 1
    field: str = ""

    @cached_property
    def root(self) -> Any:  # noqa: ANN401
        """The node of the whole file, composed when somebody asks for a place."""
        return yaml.compose(self.text, Loader=_Loader)

    @cached_property
    def sections(self) -> Mapping[str, Mapping[str, int] | None]:
        """By section the line of each id in it, also of those whose record could not be read; None for one without."""
        sections = self.root.value if isinstance(self.root, yaml.MappingNode) else []
        return {name.value: self._lines(section) for name, section in reversed(sections) if _is_word(name)}

    def _lines(self, section: Node) -> Mapping[str, int] | None:
        if not isinstance(section, yaml.MappingNode):
            return None
        return {key.value: key.start_mark.line + self.first_line for key, _ in section.value if _is_word(key)}

    @classmethod
    def known(cls, path: str, text: str, sections: Mapping[str, Mapping[str, int] | None]) -> Document:
        """A file whose sections were read before: asking for their lines does not compose it again."""
        document = cls(path, text)
        document.__dict__["sections"] = sections
        return document

    def forget(self) -> None:
        """Let the nodes go, which take thirty times the room of the text; the lines of what was composed are kept."""
        if "root" in self.__dict__:
            self.sections  # noqa: B018 - read before the nodes go
        for name in ("root", "_entries"):
            self.__dict__.pop(name, None)

    def position(self, loc: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Line and column of what stands at `loc`, or of its key; of the nearest parent when it is not there."""
        node, name = self.root, None
        for step in self._inside(loc):
            found = self._child(node, step)
            if found is None:
                break
            name, node = found
        return _line_and_column((name if key and name is not None else node).start_mark, self.first_line)

    def keys(self, section: str) -> list[str]:
        """The ids written in a section."""
        return list(self.sections.get(section) or ())

    def is_readable(self, section: str) -> bool:
        """Whether a section can have ids: it is left out, or a block of entries."""
        return self.sections.get(section, {}) is not None

    def drop(self, loc: Sequence[str | int]) -> None:
        """Forget an entry of a list, so that the places of those after it are those in data without it."""
        owner: Node | None = self.root
        for step in self._inside(loc)[:-1]:
            found = self._child(owner, step) if owner else None
            owner = found[1] if found else None
        if isinstance(owner, yaml.SequenceNode) and isinstance(loc[-1], int):
            del owner.value[loc[-1]]

    def _child(self, node: Node, step: str | int) -> tuple[Node | None, Node] | None:
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self._entries:
                self._entries[id(node)] = {
                    name.value: (name, value) for name, value in reversed(node.value) if _is_word(name)
                }
            return self._entries[id(node)].get(str(step))
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            return None, node.value[step]
        return None

    @cached_property
    def _entries(self) -> dict[int, dict[str, tuple[Node, Node]]]:
        return {}

    def _inside(self, loc: Sequence[str | int]) -> Sequence[str | int]:
        return loc[1:] if self.field and loc[:1] == (self.field,) else loc

    def problem(self, mistake: Mistake, loc: Sequence[str | int] = (), *, key: bool = False) -> Problem:
        return mistake.at(self.path, *self.position(loc, key=key))


def _is_word(key: Node) -> bool:
    return isinstance(key, yaml.ScalarNode)


def _line_and_column(mark: Any, first_line: int) -> tuple[int, int]:  # noqa: ANN401
    return mark.line + first_line, mark.column + 1


def compose(
    path: str, text: str, problems: list[Problem], first_line: int = 1
) -> tuple[Document | None, dict[str, Any] | list[Any]]:
    """Parse YAML into plain text, lists and mappings; collects problems and returns no document when it cannot."""
    if problem := _too_deep(path, text, first_line):
        problems.append(problem)
        return None, {}
    document = Document(path, text, first_line)
    try:
        root = document.root
    except yaml.YAMLError as error:
        problems.append(yaml_errors.explain(path, text, error, first_line))
        return None, {}
    if root is None:
        problems.append(Mistake("empty-file", "nothing is written here", "Fill it in").at(path, first_line, 1))
        return None, {}
    reader = _Plain(document, problems)
    data = reader.read(root)
    if reader.aliased:
        problems.append(_alias(document, text))
        return None, {}
    return document, data


def _too_deep(path: str, text: str, first_line: int) -> Problem | None:
    """Nesting is measured before composing, which recurses in C."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH_LIMIT:
                mistake = Mistake("too-deep", f"more than {DEPTH_LIMIT} levels are nested here", "Write it flatter")
                return mistake.at(path, *_line_and_column(event.start_mark, first_line))
    except yaml.YAMLError:
        return None
    return None


BAD_KEY = Mistake(
    "bad-key",
    "a key must be a word",
    "Put quotes around it if it has signs; components such as {{ cite() }} belong in the article",
)


class _Plain:
    """Turns nodes into plain data; every node may be visited once, so that aliases cannot multiply."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document, self.problems = document, problems
        self.seen: set[int] = set()
        self.aliased = False
        self.may_lose = _MAY_LOSE.search(document.text) is not None

    def read(self, node: Node) -> Any:  # noqa: ANN401
        if id(node) in self.seen:
            self.aliased = True
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item) for item in node.value]
        if self.may_lose and (mistake := _lost(node, self.document.text)):
            self._complain(node, mistake)
        return None if _is_null(node) else node.value

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._complain(key, BAD_KEY)
            elif key.value in result:
                first = f"`{key.value}` is written twice here; the first is on line {lines[key.value]}"
                self._complain(key, Mistake("duplicate-key", first, "Keep one, or give this one another name"))
            else:
                result[key.value] = self.read(value)
                lines[key.value] = key.start_mark.line + self.document.first_line
        return result

    def _complain(self, node: Node, mistake: Mistake) -> None:
        place = _line_and_column(node.start_mark, self.document.first_line)
        self.problems.append(mistake.at(self.document.path, *place))


def _lost(node: Node, text: str) -> Mistake | None:
    """What YAML takes for a sign of its own in a text without quotes: its first word, or all that follows a ` #`."""
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return None
    if found := _PROPERTY.match(text, node.start_mark.index):
        return Mistake("lost-text", f"YAML drops a first word that begins with `{found[0]}`", yaml_errors.QUOTE)
    if found := _HASH.match(text, node.end_mark.index):
        return Mistake("lost-text", f"YAML drops the rest of the line from `{found[1]}` on", yaml_errors.QUOTE)
    return None


def _is_null(node: Node) -> bool:
    return bool(node.tag == f"{_TAG}null")


def _alias(document: Document, text: str) -> Problem:
    mark = next(e.start_mark for e in yaml.parse(text, Loader=yaml.CSafeLoader) if isinstance(e, yaml.AliasEvent))
    mistake = Mistake("alias", "`*` repeats something written elsewhere", "Write it out here; aliases are not read")
    return mistake.at(document.path, *_line_and_column(mark, document.first_line))
