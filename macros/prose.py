"""An article's Markdown: its links, its headings, and what surrounds the words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from markdown.extensions.toc import IDCOUNT_RE, slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin

from macros.articles import Article

_AROUND = {"link": "link", "em": "emphasis", "strong": "emphasis"}
_WORDS = ("text", "code_inline", "softbreak", "hardbreak")
_HEADING = re.compile(r"^(#{1,6})(?=[^#\s])", re.MULTILINE)


@dataclass(frozen=True)
class Spot:
    """Words on a line of the file, and what they stand in: heading, link, emphasis, code or tag."""

    line: int
    text: str
    inside: frozenset[str]


@dataclass(frozen=True)
class Section:
    """What stands between two headings: the anchor, the heading and the words, with the calls of components in them.

    The text before the first heading has neither anchor nor heading.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Prose:
    """An article, read as Markdown."""

    article: Article

    @cached_property
    def _blocks(self) -> list[Token]:
        """Parsed with the syntax of mkdocs.yml: Python-Markdown's admonitions, and its headings without a space."""
        reader = MarkdownIt("commonmark").enable("table").use(admon_plugin)
        reader.validateLink = lambda url: True  # type: ignore[method-assign]
        reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
        return reader.parse(_HEADING.sub(r"\1 ", self.article.body))

    @cached_property
    def targets(self) -> list[tuple[str, int]]:
        """Where every link and picture that is not in code leads, with its line."""
        found = ((target, line) for child, line, _ in self._children() if (target := _target(child)))
        return list(dict.fromkeys(found))

    @cached_property
    def spots(self) -> list[Spot]:
        """Every piece of text, in the order of reading."""
        return list(self._spots())

    @cached_property
    def lines(self) -> dict[int, list[Spot]]:
        """The pieces of text by their line."""
        found: dict[int, list[Spot]] = {}
        for spot in self.spots:
            found.setdefault(spot.line, []).append(spot)
        return found

    @cached_property
    def headings(self) -> dict[str, int]:
        """The anchors Python-Markdown gives to headings, with their lines."""
        found: dict[str, int] = {}
        for opening, content in pairwise(self._blocks):
            if opening.type == "heading_open" and opening.map:
                found[self.anchor(_plain(content), found)] = self._line(opening)
        return found

    @property
    def sections(self) -> tuple[Section, ...]:
        """The text in the order of reading, without its marks of Markdown and HTML."""
        anchors = iter(self.headings)
        found: list[tuple[str, str, list[str]]] = [("", "", [])]
        for before, block in pairwise([Token("", "", 0), *self._blocks]):
            if before.type == "heading_open":
                found.append((next(anchors), _plain(block), []))
            elif block.type in ("inline", "fence", "code_block"):
                found[-1][2].append(_read(block) if block.children else block.content)
        return tuple(Section(anchor, heading, " ".join(texts)) for anchor, heading, texts in found)

    def forget(self) -> None:
        """Let go what a reader of the whole article needs, and keep the headings that others lead to."""
        for name in ("_blocks", "targets", "spots", "lines"):
            self.__dict__.pop(name, None)

    @staticmethod
    def anchor(heading: str, taken: dict[str, int]) -> str:
        """The anchor of one more heading. As in Python-Markdown's toc extension, the second `x` becomes `x_1`."""
        id_ = slugify(heading, "-")
        while id_ in taken or not id_:
            match = IDCOUNT_RE.match(id_)
            id_ = f"{match[1]}_{int(match[2]) + 1}" if match else f"{id_}_1"
        return id_

    def _line(self, block: Token) -> int:
        return self.article.first_line + (block.map[0] if block.map else 0)

    def _children(self) -> Iterator[tuple[Token, int, bool]]:
        """Every part of every line of text, with its line, and whether it belongs to a heading."""
        before = ""
        for block in self._blocks:
            line = self._line(block)
            for child in block.children or []:
                line += child.type in ("softbreak", "hardbreak")
                yield child, line, before == "heading_open"
            before = block.type

    def _spots(self) -> Iterator[Spot]:
        around: list[str] = []
        for child, line, in_heading in self._children():
            kind = _AROUND.get(child.type.rpartition("_")[0])
            if kind and child.nesting == 1:
                around.append(kind)
            elif kind and child.nesting == -1:
                around.pop()
            elif child.content:
                own = {"code_inline": ["code"], "html_inline": ["tag"]}.get(child.type, [])
                yield Spot(line, child.content, frozenset([*around, *own, *(["heading"] if in_heading else [])]))


def _target(child: Token) -> str:
    return str(child.attrGet("href") or child.attrGet("src") or "")


def _plain(content: Token) -> str:
    return "".join(child.content for child in content.children or [] if child.type in ("text", "code_inline"))


def _read(content: Token) -> str:
    words = (child for child in content.children or [] if child.type in _WORDS)
    return "".join(" " if child.type.endswith("break") else child.content for child in words)
