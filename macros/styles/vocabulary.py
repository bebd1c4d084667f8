"""What the pages of a site have, and so what a selector may match."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from macros.styles.selectors import Nodes, split
from macros.tags import attributes, inline, tags

WORD = re.compile(r"[\w-]+")
COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "=": str.__eq__,
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": str.__contains__,
}
ALTERNATIVES = {"is", "where", "has", "-webkit-any"}
# Parts of the theme that mkdocs.yml leaves off: its script knows their names and never adds them.
OFF = ("md-annotation", "md-code__", "md-consent", "md-source", "md-version", "--md-mermaid")
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
            return any(map(self.has, split(node.arguments)))
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
