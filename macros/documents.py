"""A file's text and its YAML, with the place of every part.

Scalars stay text until the model reads them, so YAML 1.1 never turns `no` into False or 12:30 into 750.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from macros.problems import Mistake, Problem

Node = yaml.nodes.Node

SIZE_LIMIT = 1_000_000  # bytes; the largest explainer in use has about 60,000, and every build reads all of them
DEPTH_LIMIT = 30  # levels; the model has six


@dataclass(frozen=True)
class Document:
    """A YAML file, or the YAML head of an article, with the place of every part."""

    path: str
    root: Node
    first_line: int = 1

    def position(self, loc: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Line and column of what stands at `loc`, or of its key; of the nearest parent when it is not there."""
        node, name = self.root, None
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            name, node = found
        return _line_and_column((name if key and name is not None else node).start_mark, self.first_line)

    def keys(self, section: str) -> list[str]:
        """The ids written in a section, also those whose record could not be read."""
        found = _child(self.root, section)
        if found is None or not isinstance(found[1], yaml.MappingNode):
            return []
        return [name.value for name, _ in found[1].value if isinstance(name, yaml.ScalarNode)]

    def problem(self, mistake: Mistake, loc: Sequence[str | int] = (), *, key: bool = False) -> Problem:
        return mistake.at(self.path, *self.position(loc, key=key))


def _line_and_column(mark: Any, first_line: int) -> tuple[int, int]:  # noqa: ANN401
    return mark.line + first_line, mark.column + 1


def _child(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((name, value) for name, value in node.value if name.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def read_text(root: Path, path: str, problems: list[Problem]) -> str | None:
    """The file's text, or None and a problem when it is too large, empty or not UTF-8."""
    content = (root / path).read_bytes()
    if len(content) > SIZE_LIMIT:
        size = f"the file has {len(content) / 1e6:.1f} MB; files up to {SIZE_LIMIT / 1e6:.0f} MB are read"
        problems.append(Mistake("too-large", size, "Split the story, or remove what does not belong").at(path, 1, 1))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(_not_utf8(content, error).at(path, *_place(content[: error.start].decode("utf-8"))))
        return None
    if not text.strip():
        problems.append(Mistake("empty-file", "the file is empty", "Fill it in, or delete it").at(path, 1, 1))
        return None
    return text.replace("\r\n", "\n")


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> Mistake:
    byte = f"0x{content[error.start]:02X}"
    return Mistake("not-utf8", f"the file is not UTF-8 (byte {byte})", "Save it with the encoding UTF-8")


def _place(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def compose(
    path: str, text: str, problems: list[Problem], first_line: int = 1
) -> tuple[Document | None, dict[str, Any] | list[Any]]:
    """Parse YAML into plain text, lists and mappings; collects problems and returns no document when it cannot."""
    if problem := _too_deep(path, text, first_line):
        problems.append(problem)
        return None, {}
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        problems.append(_broken(path, text, error, first_line))
        return None, {}
    if root is None:
        problems.append(Mistake("empty-file", "nothing is written here", "Fill it in").at(path, first_line, 1))
        return None, {}
    document = Document(path, root, first_line)
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


class _Plain:
    """Turns nodes into plain data; every node may be visited once, so that aliases cannot multiply."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document, self.problems = document, problems
        self.seen: set[int] = set()
        self.aliased = False

    def read(self, node: Node) -> Any:  # noqa: ANN401
        if id(node) in self.seen:
            self.aliased = True
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item) for item in node.value]
        return None if _is_null(node) else node.value

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._complain(key, Mistake("bad-key", "a key must be a word", "Put quotes around it if it has signs"))
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


def _is_null(node: Node) -> bool:
    return node.tag == "tag:yaml.org,2002:null"


def _alias(document: Document, text: str) -> Problem:
    mark = next(e.start_mark for e in yaml.parse(text, Loader=yaml.CSafeLoader) if isinstance(e, yaml.AliasEvent))
    mistake = Mistake("alias", "`*` repeats something written elsewhere", "Write it out here; aliases are not read")
    return mistake.at(document.path, *_line_and_column(mark, document.first_line))


def _broken(path: str, text: str, error: yaml.YAMLError, first_line: int) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        line, column = _place(text[: error.position])
        sign = f"an invisible sign (U+{_code_point(error):04X}) stands here"
        return Mistake("broken-yaml", sign, "Delete it").at(path, line + first_line - 1, column)
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column + 1) if mark else (0, 1)
    return _reason(text, line, getattr(error, "problem", "") or "").at(path, line + first_line, column)


def _code_point(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(error.character)


def _reason(text: str, line: int, problem: str) -> Mistake:
    rows = text.split("\n")
    row = rows[line] if line < len(rows) else ""
    if re.match(r"\s*\t", row) or "'\\t'" in problem:
        return Mistake("tab", "a tab is used to indent", "Use two spaces for each level")
    if "mapping values are not allowed" in problem:
        return Mistake("broken-yaml", "a colon followed by a space stands inside a text", 'Put the text in "quotes"')
    if "undefined alias" in problem:
        return Mistake("alias", "`*` repeats something written elsewhere", "Write it out; aliases are not read")
    plain = problem or "this is not YAML"
    return Mistake(
        "broken-yaml",
        f"the YAML cannot be read: {plain}",
        "Look at the line before for a missing quote, bracket or colon, and at the spaces it starts with",
    )
