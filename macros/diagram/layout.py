"""Finds a place for every box: apart from the others, and such that few arrows meet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import igraph

from macros.diagram.shapes import BOX_WIDTH, MARGIN, WIDTH, Box, Edge, Place

ROW = 92.0
GAP = 40.0  # units between boxes: an arrow with its head and its number
EASY = 56.0  # units between boxes at which such an arrow is easy to read
AROUND = 3.0  # units from a box at which a line touches it
HUBS = 8  # actors that are tried in the middle: those with the most arrows
ENOUGH = 1.25  # how much higher than the lowest layout one may be for being less tangled


def place(boxes: Sequence[Box], edges: Sequence[Edge]) -> tuple[list[Box], float]:
    """The boxes in the least tangled of several layouts, and the height of the picture."""
    pairs = _pairs(boxes, edges)
    least = max(3 * ROW, ROW * math.ceil(len(boxes) / 1.6))
    layouts = [_spread(boxes, _stretch(coords, boxes, least)) for coords in _layouts(len(boxes), pairs)]
    enough = ENOUGH * max(least, min(map(_bottom, layouts)))
    short = [placed for placed in layouts if _bottom(placed) <= enough]
    best = min(short, key=lambda placed: _tangle(placed, pairs))
    return best, max(least, _bottom(best))


def _pairs(boxes: Sequence[Box], edges: Sequence[Edge]) -> list[tuple[int, int]]:
    index = {box.id: number for number, box in enumerate(boxes)}
    linked = ((index[a], index[b]) for a, b, _ in edges if a != b)
    return sorted({(min(pair), max(pair)) for pair in linked})


def _layouts(count: int, pairs: list[tuple[int, int]]) -> Iterator[list[Place]]:
    """Several layouts of the graph, each also lying on its side. None of them draws lots."""
    graph = igraph.Graph(n=count, edges=pairs)
    ring = graph.layout_circle()
    hubs = sorted(sorted(range(count), key=graph.degree, reverse=True)[:HUBS]) if count > 3 else []
    inside = [graph.layout_star(center=hub) for hub in hubs]
    springs = graph.layout_kamada_kawai(seed=ring.coords)
    around = sorted(range(count), key=lambda number: math.atan2(*springs.coords[number]))
    rings = [ring, graph.layout_circle(order=around)]
    for layout in (*rings, springs, graph.layout_sugiyama(), *inside):
        coords = [(x, y) for x, y in layout.coords[:count]]
        yield coords
        yield [(y, x) for x, y in coords]


def _stretch(coords: list[Place], boxes: Sequence[Box], height: float) -> list[Place]:
    """The layout as wide and as high as the picture."""
    xs, ys = [x for x, _ in coords], [y for _, y in coords]
    side, end = BOX_WIDTH / 2 + MARGIN, max(box.height for box in boxes) / 2 + MARGIN
    return [(_scale(x, xs, side, WIDTH - side), _scale(y, ys, end, height - end)) for x, y in coords]


def _scale(value: float, values: list[float], low: float, high: float) -> float:
    least, most = min(values), max(values)
    share = (value - least) / (most - least) if most - least > 1e-9 else 0.5
    return round(low + share * (high - low), 1)


def _spread(boxes: Sequence[Box], centres: list[Place]) -> list[Box]:
    """From the top down, each box as far below those above it as an arrow needs."""
    placed: dict[str, Box] = {}
    for box, (x, y) in sorted(zip(boxes, centres, strict=True), key=lambda pair: pair[1][::-1]):
        above = [other for other in placed.values() if abs(other.x - x) < BOX_WIDTH + GAP - 1]
        clear = [other.y + (other.height + box.height) / 2 + GAP for other in above]
        placed[box.id] = replace(box, x=x, y=max([y, *clear]))
    return [placed[box.id] for box in boxes]


def _bottom(boxes: list[Box]) -> float:
    return max(box.top + box.height for box in boxes) + MARGIN


def _tangle(boxes: list[Box], pairs: list[tuple[int, int]]) -> float:
    """How hard a layout is to read: arrows behind boxes, arrows that cross, short arrows, and how high it is."""
    hidden = sum(_hides(boxes, boxes[a], boxes[b]) for a, b in pairs)
    crossings = sum(
        _cross(boxes[a], boxes[b], boxes[c], boxes[d])
        for (a, b), (c, d) in combinations(pairs, 2)
        if a != c and a != d and b != c and b != d
    )
    cramped = sum(_between(boxes[a], boxes[b]) < EASY for a, b in pairs)
    return 2 * hidden + crossings + cramped / 2 + _bottom(boxes) / ROW


def _hides(boxes: list[Box], start: Box, end: Box) -> int:
    """How many boxes the straight line from one to another goes behind."""
    low, high = (min(start.x, end.x), min(start.y, end.y)), (max(start.x, end.x), max(start.y, end.y))
    near = (box for box in boxes if box is not start and box is not end and box.meets(low, high, AROUND))
    return sum(_passes(start, end, box) for box in near)


def _between(a: Box, b: Box) -> float:
    """The units from one box to the other."""
    return math.hypot(max(0.0, abs(a.x - b.x) - BOX_WIDTH), max(0.0, abs(a.y - b.y) - (a.height + b.height) / 2))


def _passes(start: Box, end: Box, box: Box) -> bool:
    """Whether the straight line from start to end, without its ends, touches the box (Liang and Barsky 1984)."""
    first, last = 0.05, 0.95
    for at, to, centre, half in (
        (start.x, end.x, box.x, BOX_WIDTH / 2 + AROUND),
        (start.y, end.y, box.y, box.height / 2 + AROUND),
    ):
        if at == to:
            if abs(at - centre) >= half:
                return False
            continue
        one, other = (centre - half - at) / (to - at), (centre + half - at) / (to - at)
        first, last = max(first, min(one, other)), min(last, max(one, other))
        if first >= last:
            return False
    return True


def _cross(a: Box, b: Box, c: Box, d: Box) -> bool:
    def side(p: Box, q: Box, r: Box) -> bool:
        return (q.x - p.x) * (r.y - p.y) > (q.y - p.y) * (r.x - p.x)

    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)
