"""Where to draw the actors and the arrows between them. The layout is igraph's; the same graph looks the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import igraph

WIDTH, ROW, BOX_WIDTH, LINE, PADDING = 400.0, 92.0, 104.0, 15.0, 9.0
BEND = 23.0  # units between two arrows that join the same actors
LABEL_CHARACTERS = 13  # what fits into a box of this width at 12.5 units of bold type


@dataclass(frozen=True)
class Box:
    """An actor's name in a box, by its centre."""

    id: str
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 2 * PADDING

    @property
    def left(self) -> float:
        return round(self.x - BOX_WIDTH / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - self.height / 2, 1)

    @property
    def baselines(self) -> list[tuple[float, str]]:
        first = self.top + PADDING + LINE * 0.75
        return [(round(first + LINE * row, 1), line) for row, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Arrow:
    """A curve from one box to another, with its number's place."""

    number: int
    kind: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Diagram:
    """A picture `width` by `height` units large."""

    width: float
    height: float
    box_width: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw(names: Sequence[tuple[str, str]], edges: Iterable[tuple[str, str, str]]) -> Diagram:
    """Lay out actors (id, name) and relations (from, to, kind), numbered from 1 in the order given."""
    listed = list(edges)
    height = max(3 * ROW, ROW * math.ceil(len(names) / 1.6))
    centres = _centres(len(names), _pairs(names, listed), height)
    boxes = {
        id_: Box(id_, tuple(wrap(name, LABEL_CHARACTERS)) or (name,), *centre)
        for (id_, name), centre in zip(names, centres, strict=True)
    }
    return Diagram(WIDTH, height, BOX_WIDTH, tuple(boxes.values()), tuple(_arrows(boxes, listed)))


Place = tuple[float, float]


def _pairs(names: Sequence[tuple[str, str]], edges: list[tuple[str, str, str]]) -> list[tuple[int, int]]:
    index = {id_: number for number, (id_, _) in enumerate(names)}
    linked = ((index[a], index[b]) for a, b, _ in edges if a != b)
    return sorted({(min(pair), max(pair)) for pair in linked})


def _centres(count: int, pairs: list[tuple[int, int]], height: float) -> list[Place]:
    """The least tangled of several layouts, stretched over the picture."""
    graph = igraph.Graph(n=count, edges=pairs)
    ring = graph.layout_circle()
    candidates = [ring, graph.layout_kamada_kawai(seed=ring.coords), graph.layout_sugiyama()]
    stretched = [_stretch(layout.coords[:count], height) for layout in candidates]
    return min(stretched, key=lambda centres: _tangle(centres, pairs))


def _stretch(coords: list[list[float]], height: float) -> list[Place]:
    xs, ys = [c[0] for c in coords], [c[1] for c in coords]
    return [
        (_scale(x, xs, BOX_WIDTH / 2 + 4, WIDTH - BOX_WIDTH / 2 - 4), _scale(y, ys, ROW / 3, height - ROW / 3))
        for x, y in coords
    ]


def _scale(value: float, values: list[float], low: float, high: float) -> float:
    least, most = min(values), max(values)
    share = (value - least) / (most - least) if most - least > 1e-9 else 0.5
    return round(low + share * (high - low), 1)


def _tangle(centres: list[Place], pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """How many boxes overlap or are crossed by an arrow, and how many arrows cross."""
    overlaps = sum(
        abs(a[0] - b[0]) < BOX_WIDTH + 6 and abs(a[1] - b[1]) < ROW / 2
        for number, a in enumerate(centres)
        for b in centres[:number]
    )
    hidden = sum(
        _near(centres[k], centres[i], centres[j]) for i, j in pairs for k in range(len(centres)) if k not in (i, j)
    )
    crossings = sum(
        _cross(centres[a], centres[b], centres[c], centres[d])
        for number, (a, b) in enumerate(pairs)
        for c, d in pairs[:number]
        if len({a, b, c, d}) == 4
    )
    return 2 * overlaps + hidden, crossings


def _near(point: Place, start: Place, end: Place) -> bool:
    """Whether the straight line from start to end passes through the box around point."""
    steps = [i / 20 for i in range(21)]
    return any(
        abs(start[0] + (end[0] - start[0]) * t - point[0]) < BOX_WIDTH / 2
        and abs(start[1] + (end[1] - start[1]) * t - point[1]) < ROW / 4
        for t in steps
    )


def _cross(a: Place, b: Place, c: Place, d: Place) -> bool:
    def side(p: Place, q: Place, r: Place) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)


def _arrows(boxes: dict[str, Box], edges: list[tuple[str, str, str]]) -> Iterable[Arrow]:
    together = Counter(frozenset(edge[:2]) for edge in edges)
    drawn: Counter[frozenset[str]] = Counter()
    taken: list[Place] = [(box.x, box.y) for box in boxes.values()]
    for number, (from_, to, kind) in enumerate(edges, start=1):
        pair = frozenset((from_, to))
        bend = (drawn[pair] - (together[pair] - 1) / 2) * BEND
        drawn[pair] += 1
        curve = _curve(boxes[from_], boxes[to], bend if from_ == min(pair) else -bend)
        place = _free_place(curve, taken)
        taken.append(place)
        yield Arrow(number, kind, _path(curve), *place)


Curve = tuple[Place, Place, Place]


def _curve(start: Box, end: Box, bend: float) -> Curve:
    """A quadratic curve whose middle is `bend` units to the side, clipped where it meets the boxes."""
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    control = (start.x + dx / 2 - dy / length * bend * 2, start.y + dy / 2 + dx / length * bend * 2)
    return _edge_of(start, control, 2), control, _edge_of(end, control, 7)


def _path(curve: Curve) -> str:
    (x1, y1), (x, y), (x2, y2) = curve
    return f"M{x1:.1f} {y1:.1f}Q{x:.1f} {y:.1f} {x2:.1f} {y2:.1f}"


def _free_place(curve: Curve, taken: list[Place]) -> Place:
    """The place on the curve, near its middle, that is farthest from what is drawn already; 20 units are enough."""
    places = [_point_at(curve, t) for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)]
    return max(places, key=lambda place: min(20.0, *(math.dist(place, other) for other in taken)))


def _point_at(curve: Curve, t: float) -> Place:
    x, y = (
        (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t * t * end
        for start, control, end in zip(*curve, strict=True)
    )
    return round(x, 1), round(y, 1)


def _edge_of(box: Box, towards: Place, gap: float) -> Place:
    """Where the line from the box's centre leaves the box, a little outside."""
    dx, dy = towards[0] - box.x, towards[1] - box.y
    half_width, half_height = BOX_WIDTH / 2 + gap, box.height / 2 + gap
    scale = min(half_width / abs(dx) if dx else math.inf, half_height / abs(dy) if dy else math.inf)
    return (box.x, box.y) if scale == math.inf else (box.x + dx * scale, box.y + dy * scale)
