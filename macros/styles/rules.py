"""Style sheets as rules to choose from, and as blocks to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import tinycss2

from macros.styles.selectors import Nodes, each, split

SPACE = re.compile(r'("(?:[^"\\]|\\.)*")|(,?)\s+')
GROUPS = {"media", "supports", "layer", "container"}


@dataclass
class Declaration:
    """A property and its value."""

    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}:{self.value};"


@dataclass
class Block:
    """A rule: what stands before the brace, and the declarations and rules inside."""

    head: str
    body: list[Declaration | Block]

    def __str__(self) -> str:
        inner = "".join(map(str, self.body)).removesuffix(";")
        return f"{self.head}{{{inner}}}" if inner else ""

    def declarations(self) -> Iterator[Declaration]:
        """Every declaration, however deep."""
        for part in self.body:
            yield from part.declarations() if isinstance(part, Block) else [part]

    def keep(self, wanted: Callable[[Declaration], bool]) -> None:
        """Leave out the declarations that are not wanted."""
        self.body = [part for part in self.body if isinstance(part, Block) or wanted(part)]
        for part in self.body:
            if isinstance(part, Block):
                part.keep(wanted)


@dataclass(frozen=True)
class Rule:
    """A rule as it is written: its selectors, and what stands inside; read when a vocabulary first wants it."""

    selectors: Sequence[Nodes]
    content: Nodes

    @cached_property
    def texts(self) -> list[str]:
        return [*map(_text, self.selectors)]

    @cached_property
    def body(self) -> Parts:
        return _body(self.content)


@dataclass(frozen=True)
class Group:
    """What stands in a sheet whatever its pages have, such as `@media`; the rules inside are chosen from."""

    head: str
    body: Parts


Parts = Sequence[Declaration | Rule | Group]


@lru_cache(maxsize=8)  # the theme's and ours are sheets of the first view, and of what comes with the theme's script
def parsed(css: str) -> Parts:
    """What stands in a style sheet."""
    return _rules(css)


def _rules(css: str | Nodes) -> Parts:
    return _parts(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _parts(nodes: Nodes) -> Parts:
    found: list[Declaration | Rule | Group] = []
    for node in nodes:
        if node.type == "declaration":
            found.append(Declaration(node.name, _text(node.value) + "!important" * node.important))
        elif node.type == "qualified-rule":
            found.append(Rule([one for part in split(node.prelude) for one in each(part)], node.content))
        elif node.type == "at-rule" and node.content is not None:
            found.append(Group(f"@{node.at_keyword} {_text(node.prelude)}".strip(), _inside(node)))
    return found


def _inside(rule: Any) -> Parts:  # noqa: ANN401
    if rule.lower_at_keyword in GROUPS:
        return _rules(rule.content)
    if rule.lower_at_keyword.endswith("keyframes"):
        steps = tinycss2.parse_stylesheet(rule.content, skip_comments=True, skip_whitespace=True)
        return [Group(_text(step.prelude), _body(step.content)) for step in steps]
    return _body(rule.content)


def _body(content: Nodes) -> Parts:
    return _parts(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))


def _text(nodes: Nodes) -> str:
    """The nodes as CSS, each stretch of white space outside of strings as one space, or none after a comma."""
    css = tinycss2.serialize([node for node in nodes if node.type != "comment"])
    return SPACE.sub(lambda match: match[1] or match[2] or " ", css).strip()
