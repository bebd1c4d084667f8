"""One style sheet of what the built pages can use: rules that nothing on any page can match are left out.

A rule stays when every class, id, element and attribute it names occurs in a page or as a word in a script, so what
scripts add later is styled as well. States, media and what `:not()` excludes never cost a rule its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any

import tinycss2

from macros.tags import attributes, inline, tags

Nodes = list[Any]

WORD = re.compile(r"[\w-]+")
SPACE = re.compile(r'("(?:[^"\\]|\\.)*")|(,?)\s+')
VARIABLE = re.compile(r"--[\w-]+")
GROUPS = {"media", "supports", "layer", "container"}
COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "=": str.__eq__,
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": str.__contains__,
}
ALTERNATIVES = {"is", "where", "has", "-webkit-any"}
# Parts of the theme that mkdocs.yml leaves off: its script knows their names and never adds them.
OFF = ("md-annotation", "md-code__", "md-consent", "md-source", "md-version", "--md-mermaid")
HIDDEN = ["summary", ":", "before"]  # of the theme: an icon that explainers.css hides
NEVER_SCRIPTED = {"dir", "lang"}  # the words occur in scripts that ask for them; what is there is what the page says


@dataclass
class Vocabulary:
    """What selectors may name: found in pages, or said in scripts; `styled` is the part that another sheet is for."""

    elements: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    seen: set[tuple[str, str] | str] = field(default_factory=set)
    styled: Vocabulary | None = None

    def read(self, html: str) -> str:
        """Take in a page with its inline scripts; returns the page."""
        self.read_page(html)
        for script in inline(html)["script"]:
            if script not in self.seen:
                self.seen.add(script)
                self.read_script(script)
        return html

    def add(self, other: Vocabulary) -> None:
        """Take in what another one has."""
        self.elements |= other.elements
        self.names |= other.names
        self.words |= other.words
        for name, values in other.attributes.items():
            self.attributes.setdefault(name, set()).update(values)

    def to_json(self) -> bytes:
        """Everything in it but what it remembers of its reading; the same vocabulary is always the same text."""
        attributes = {name: sorted(values) for name, values in sorted(self.attributes.items())}
        return json.dumps([sorted(self.elements), sorted(self.names), sorted(self.words), attributes]).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Vocabulary:
        elements, names, words, attributes = json.loads(text)
        found = {name: set(values) for name, values in attributes.items()}
        return cls(elements=set(elements), names=set(names), words=set(words), attributes=found)

    def read_page(self, html: str) -> None:
        """Take in a page's elements, classes, ids and attributes."""
        new = tags(html) - self.seen
        self.seen |= new
        for element, text in new:
            self.elements.add(element)
            for name, value in attributes(text):
                self.attributes.setdefault(name, set()).add(value)
                if name in ("class", "id"):
                    self.names.update(value.split())

    def read_script(self, text: str) -> None:
        """Take in every word of a script: any of them may be a class that it sets."""
        self.words.update(word for word in WORD.findall(text) if not word.startswith(OFF))

    def has(self, selector: Nodes) -> bool:
        """Whether some element can match, as far as the names in the selector tell."""
        before = ""
        for node in selector:
            if not self._has(node, before):
                return False
            before = node.value if node.type == "literal" else ""
        return True

    def _has(self, node: Any, before: str) -> bool:  # noqa: ANN401
        if node.type == "hash" or before == ".":
            return node.value in self.names or node.value in self.words
        if node.type == "ident" and before != ":":
            return node.lower_value in self.elements or node.lower_value in self.words
        if node.type == "[] block":
            return self._has_attribute(node.content)
        if node.type == "function" and node.lower_name in ALTERNATIVES:
            return any(map(self.has, _split(node.arguments)))
        return True

    def _has_attribute(self, test: Nodes) -> bool:
        name, *more = [node for node in test if node.type != "whitespace"]
        values = self.attributes.get(name.lower_value)
        scripted = name.lower_value in self.words and name.lower_value not in NEVER_SCRIPTED
        compare = COMPARISONS.get(more[0].value) if len(more) > 1 and more[0].type == "literal" else None
        if values is None or compare is None:
            return values is not None or scripted
        wanted = more[1].value
        if scripted and (wanted in self.words or more[0] != "="):
            return True
        return any(compare(value, wanted) for value in values)


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


def sheet(styles: Iterable[str], vocabulary: Vocabulary) -> str:
    """The style sheets as one, without what nothing can use."""
    blocks = [block for css in styles for block in _chosen(_parsed(css), vocabulary) if isinstance(block, Block)]
    _drop_variables(blocks, vocabulary.words)
    return "".join(map(str, _without_idle_animations(blocks)))


def _chosen(parts: Parts, vocabulary: Vocabulary) -> Iterator[Declaration | Block]:
    for part in parts:
        if isinstance(part, Rule):
            yield from _rule(part, vocabulary)
        elif isinstance(part, Group):
            yield Block(part.head, list(_chosen(part.body, vocabulary)))
        else:
            yield part


def _rule(rule: Rule, vocabulary: Vocabulary) -> Iterator[Block]:
    """What a rule says of what is named; of what has a sheet already, the variables, which that one may lack."""
    named = [n for n, selector in enumerate(rule.selectors) if vocabulary.has(selector) and not _is_hidden(selector)]
    styled = [n for n in named if vocabulary.styled and vocabulary.styled.has(rule.selectors[n])]
    new = [n for n in named if n not in styled]
    body = list(_chosen(rule.body, vocabulary)) if named else []
    variables = [part for part in body if isinstance(part, Declaration) and part.name.startswith("--")]
    for numbers, said in ((styled, variables), (new, body)):
        if numbers and said:
            yield Block(",".join(rule.texts[n] for n in numbers), [*said])


@lru_cache(maxsize=8)  # the theme's and ours are sheets of the first view, and of what comes with the theme's script
def _parsed(css: str) -> Parts:
    return _rules(css)


def _rules(css: str | Nodes) -> Parts:
    return _parts(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _parts(nodes: Nodes) -> Parts:
    found: list[Declaration | Rule | Group] = []
    for node in nodes:
        if node.type == "declaration":
            found.append(Declaration(node.name, _text(node.value) + "!important" * node.important))
        elif node.type == "qualified-rule":
            found.append(Rule([one for part in _split(node.prelude) for one in _each(part)], node.content))
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


def _split(selectors: Nodes) -> Iterator[Nodes]:
    """The selectors between the commas."""
    part: Nodes = []
    for node in [*selectors, None]:
        if node is None or node == ",":
            yield part
            part = []
        else:
            part.append(node)


def _each(selector: Nodes) -> Iterator[Nodes]:
    """A selector for each alternative of `:is()`, where that means the same: browsers look those up by their class.

    What begins with `:is()` they try on every element. Alternatives that weigh differently, and those of more than one
    element, are left together.
    """
    for at, node in enumerate(selector):
        if node.type == "function" and node.lower_name == "is" and _stands_alone(selector[: at - 1]):
            alternatives = [_trimmed(part) for part in _split(node.arguments)]
            weights = {_weight(part) for part in alternatives}
            if len(weights) == 1 and None not in weights:
                for part in alternatives:
                    yield from _each([*selector[: at - 1], *part, *selector[at + 1 :]])
                return
    yield selector


def _is_hidden(selector: Nodes) -> bool:
    return [getattr(node, "value", "") for node in selector[-len(HIDDEN) :]] == HIDDEN


def _stands_alone(before: Nodes) -> bool:
    """Whether an element's name may follow."""
    return not before or before[-1].type == "whitespace" or before[-1] in (">", "+", "~")


def _trimmed(nodes: Nodes) -> Nodes:
    first, last = (
        next((i for i, n in enumerate(order) if n.type != "whitespace"), 0) for order in (nodes, nodes[::-1])
    )
    return nodes[first : len(nodes) - last]


def _weight(selector: Nodes) -> tuple[int, ...] | None:
    """How many ids, classes and elements a selector of one element names; none for others, and for what asks more."""
    kinds = [0, 0, 0]
    before = ""
    for node in selector:
        if node.type not in ("hash", "ident", "[] block") and node != ".":
            return None
        kinds[0 if node.type == "hash" else 2 if node.type == "ident" and before != "." else 1] += node != "."
        before = "." if node == "." else ""
    return tuple(kinds)


def _drop_variables(blocks: list[Block], words: set[str]) -> None:
    """Leave out the variables that no value and no script reads, until there are none."""
    while True:
        declarations = [d for block in blocks for d in block.declarations()]
        used = words.union(*(VARIABLE.findall(d.value) for d in declarations))
        if all(_is_used(d, used) for d in declarations):
            return
        for block in blocks:
            block.keep(partial(_is_used, used=used))


def _is_used(declaration: Declaration, used: set[str]) -> bool:
    return not declaration.name.startswith("--") or declaration.name in used


def _without_idle_animations(blocks: list[Block]) -> list[Block]:
    declarations = [d for block in blocks for d in block.declarations()]
    run = {word for d in declarations if "animation" in d.name for word in WORD.findall(d.value)}
    return [block for block in blocks if "keyframes " not in block.head or block.head.split()[-1] in run]
