"""Selectors taken apart: those between commas, and the alternatives of `:is()`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Nodes = list[Any]


def split(selectors: Nodes) -> Iterator[Nodes]:
    """The selectors between the commas."""
    part: Nodes = []
    for node in [*selectors, None]:
        if node is None or node == ",":
            yield part
            part = []
        else:
            part.append(node)


def each(selector: Nodes) -> Iterator[Nodes]:
    """A selector for each alternative of `:is()`, where that means the same: browsers look those up by their class.

    What begins with `:is()` they try on every element. Alternatives that weigh differently, and those of more than one
    element, are left together.
    """
    for at, node in enumerate(selector):
        if node.type == "function" and node.lower_name == "is" and _stands_alone(selector[: at - 1]):
            alternatives = [_trimmed(part) for part in split(node.arguments)]
            weights = {_weight(part) for part in alternatives}
            if len(weights) == 1 and None not in weights:
                for part in alternatives:
                    yield from each([*selector[: at - 1], *part, *selector[at + 1 :]])
                return
    yield selector


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
