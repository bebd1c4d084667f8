"""Draws the arrows: around the boxes, beside each other, each with its number where it can be read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from macros.diagram.shapes import BOX_WIDTH, WIDTH, Arrow, Box, Edge, Place

BEND = 23.0  # units between two arrows that join the same actors
DETOURS = (0.0, 32.0, -32.0, 64.0, -64.0, 96.0, -96.0)  # units to the side, tried in turn where a box is in the way
NUMBER = 10.0  # half the width of a number with its rim
NEAR = NUMBER + 5.0  # from the middle of a number, where another line is in its way
HEAD = 11.0  # length of an arrow's head

Curve = tuple[Place, Place, Place]
Option = TypeVar("Option")


def arrows(boxes: Sequence[Box], edges: Sequence[Edge], height: float) -> Iterator[Arrow]:
    """An arrow for every edge, numbered in the order given."""
    curves = _curves({box.id: box for box in boxes}, edges, height)
    lines = [_points(curve) for curve in curves]
    crowd, taken = _Crowd(lines), list[Place]()
    for number, (curve, (_, _, kind)) in enumerate(zip(curves, edges, strict=True)):
        place = _free_place(curve, boxes, taken, partial(crowd.near, but=number))
        taken.append(place)
        yield Arrow(number + 1, kind, _path(curve), *map(round, place))


class _Crowd:
    """The points of all lines by the square they lie in, so that those near a place are found without the others."""

    def __init__(self, lines: Sequence[Sequence[Place]]) -> None:
        self._squares: dict[tuple[float, float], list[tuple[int, Place]]] = {}
        for number, line in enumerate(lines):
            for x, y in line:
                self._squares.setdefault((x // NEAR, y // NEAR), []).append((number, (x, y)))

    def near(self, place: Place, but: int) -> int:
        """How many points are near a place, but for those of one line."""
        column, row = place[0] // NEAR, place[1] // NEAR
        squares = ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        found = (entry for square in squares for entry in self._squares.get(square, ()))
        return sum(number != but and math.dist(place, point) < NEAR for number, point in found)


def _curves(boxes: dict[str, Box], edges: Sequence[Edge], height: float) -> list[Curve]:
    """The curves of all edges, in their order; those that join the same two boxes run side by side."""
    together: dict[tuple[str, str], list[int]] = {}
    for number, (from_, to, _) in enumerate(edges):
        together.setdefault((min(from_, to), max(from_, to)), []).append(number)
    curves: dict[int, Curve] = {}
    for (one, other), numbers in together.items():
        bundles = ([*_bundle(boxes, edges, numbers, detour)] for detour in DETOURS)
        strangers = [box for id_, box in boxes.items() if id_ not in (one, other)]
        bundle = _least(bundles, partial(_blocked, strangers=strangers, height=height))
        curves |= zip(numbers, bundle, strict=True)
    return [curves[number] for number in range(len(edges))]


def _bundle(boxes: dict[str, Box], edges: Sequence[Edge], numbers: list[int], detour: float) -> Iterator[Curve]:
    for row, number in enumerate(numbers):
        from_, to, _ = edges[number]
        bend = detour + (row - (len(numbers) - 1) / 2) * BEND
        if from_ == to:
            yield _loop(boxes[from_], row, 1 if detour > 0 else -1)
        else:
            yield _curve(boxes[from_], boxes[to], bend if from_ < to else -bend)


def _blocked(bundle: list[Curve], strangers: list[Box], height: float) -> int:
    """How much of the curves is behind a box or outside the picture."""
    points = [point for curve in bundle for point in _points(curve)]
    behind = sum(box.covers(point, 5) for box in _along(points, strangers, 5) for point in points)
    return behind + sum(not (NUMBER < x < WIDTH - NUMBER and NUMBER < y < height - NUMBER) for x, y in points)


def _along(places: Iterable[Place], boxes: Iterable[Box], around: float) -> list[Box]:
    """The boxes that a curve within these places may come so near to."""
    xs, ys = zip(*places, strict=True)
    low, high = (min(xs), min(ys)), (max(xs), max(ys))
    return [box for box in boxes if box.meets(low, high, around)]


def _least(options: Iterable[Option], cost: Callable[[Option], float]) -> Option:
    """The first option that costs nothing, else the first of the cheapest."""
    costs: list[tuple[float, Option]] = []
    for option in options:
        costs.append((cost(option), option))
        if not costs[-1][0]:
            break
    return min(costs, key=lambda pair: pair[0])[1]


def _curve(start: Box, end: Box, bend: float) -> Curve:
    """A quadratic curve whose middle is `bend` units to the side, clipped where it meets the boxes."""
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    control = (start.x + dx / 2 - dy / length * bend * 2, start.y + dy / 2 + dx / length * bend * 2)
    return _edge_of(start, control, 2), control, _edge_of(end, control, 7)


def _loop(box: Box, row: int, sign: int) -> Curve:
    """From the box back to itself, above it (-1) or below it (1)."""
    edge = box.y + sign * box.height / 2
    control = (box.x, edge + sign * (60 + 2 * BEND * row))
    return (box.x - 24, edge + sign * 2), control, (box.x + 24, edge + sign * 7)


def _path(curve: Curve) -> str:
    (x1, y1), (x, y), (x2, y2) = curve
    return f"M{x1:.0f} {y1:.0f}Q{x:.0f} {y:.0f} {x2:.0f} {y2:.0f}"


def _free_place(curve: Curve, boxes: Sequence[Box], taken: list[Place], crowded: Callable[[Place], int]) -> Place:
    """The place on the curve, near its middle, where a number is least in the way."""
    near = _along(curve, boxes, NUMBER)

    def trouble(place: Place) -> float:
        on_numbers = sum(max(0.0, 2 * NUMBER - math.dist(place, number)) for number in taken)
        on_boxes = 2 * NUMBER * sum(box.covers(place, NUMBER) for box in near)
        on_head = max(0.0, NUMBER + HEAD - math.dist(place, curve[2]))
        return 4 * (on_numbers + on_boxes) + on_head + crowded(place)

    return _least((_point_at(curve, 0.5 + sign * step / 30) for step in range(10) for sign in (1, -1)), trouble)


def _points(curve: Curve) -> list[Place]:
    return [_point_at(curve, step / 16) for step in range(17)]


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
