"""Where to draw the actors and the arrows between them. The layout is igraph's; the same graph looks the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from macros.diagram.arrows import arrows
from macros.diagram.labels import lines
from macros.diagram.layout import place
from macros.diagram.shapes import BOX_WIDTH, WIDTH, Arrow, Box, Diagram, Edge

__all__ = ["BOX_WIDTH", "WIDTH", "Arrow", "Box", "Diagram", "draw"]


def draw(names: Sequence[tuple[str, str]], edges: Iterable[Edge]) -> Diagram:
    """Lay out actors (id, name) and relations (from, to, kind), numbered from 1 in the order given."""
    listed = tuple(edges)
    boxes, height = place([Box(id_, lines(name), 0.0, 0.0) for id_, name in names], listed)
    return Diagram(WIDTH, height, BOX_WIDTH, tuple(boxes), tuple(arrows(boxes, listed, height)))
