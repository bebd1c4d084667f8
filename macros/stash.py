"""Carries component HTML through Markdown untouched.

A component leaves a token in the text. This Markdown extension puts the HTML behind it into Python-Markdown's own
stash before any other syntax is read, so it is right inside lists, tables, admonitions and details.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from html.parser import HTMLParser
from typing import Any

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

_TOKEN = re.compile(r"explainers(block|inline):([A-Za-z0-9_=-]+):")
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*?)</p>", re.DOTALL)


def token(html: str, shape: str) -> str:
    """A word of plain ASCII that stands for the HTML; `shape` is block or inline. Nothing stands for nothing."""
    return f"explainers{shape}:{urlsafe_b64encode(html.encode()).decode()}:" if html else ""


def _meant(match: re.Match[str]) -> str | None:
    """The HTML that a token stands for; None for a word that only looks like one."""
    try:
        html = urlsafe_b64decode(match[2]).decode()
    except ValueError:
        return None
    return html if token(html, match[1]) == match[0] else None


class StashExtension(Extension):
    """Reads the tokens. List it in mkdocs.yml as `macros.stash`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        blocks: set[str] = set()
        md.preprocessors.register(_Stash(md, blocks), "explainers", 29)
        md.postprocessors.register(_Split(md, blocks), "explainers", 35)


class _Stash(Preprocessor):
    """Token out, stash mark in: right after whitespace is normalised, which would delete the mark."""

    def __init__(self, md: Markdown, blocks: set[str]) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        self.blocks.clear()
        return [_TOKEN.sub(self._store, line) for line in lines]

    def _store(self, match: re.Match[str]) -> str:
        html = _meant(match)
        if html is None:
            return match[0]
        mark = self.md.htmlStash.store(html)
        if match[1] == "block":
            self.blocks.add(mark)
        return mark


class _Split(Postprocessor):
    """Before the stash is filled in: a paragraph may hold no block, so it ends before one and goes on after it."""

    def __init__(self, md: Markdown, blocks: set[str]) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, text: str) -> str:
        return _PARAGRAPH.sub(self._split, text) if self.blocks else text

    def _split(self, match: re.Match[str]) -> str:
        marks = [mark for mark in self.blocks if mark in match[1]]
        if not marks or match[1] in self.blocks:
            return match[0]
        pieces = re.split("(" + "|".join(re.escape(mark) for mark in marks) + ")", match[1])
        if not all(_is_whole(piece) for piece in pieces):
            pieces = [*(piece for piece in pieces if piece not in marks), *marks]
            pieces = ["".join(pieces[: -len(marks)]), *pieces[-len(marks) :]]
        return "\n".join(p if p in marks else f"<p>{p.strip()}</p>" for p in pieces if p.strip())


def _is_whole(html: str) -> bool:
    """Whether every element that starts in it also ends in it."""
    counter = _Counter()
    counter.feed(html)
    return counter.whole and counter.depth == 0


class _Counter(HTMLParser):
    VOID = frozenset({"br", "img", "hr", "wbr", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.whole = 0, True

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag not in self.VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in self.VOID
        self.whole = self.whole and self.depth >= 0


def makeExtension(**options: Any) -> StashExtension:  # noqa: ANN401, N802
    """The name by which Python-Markdown finds the extension."""
    return StashExtension(**options)
