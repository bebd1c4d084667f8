"""The picture of who does what to whom: the same every time, nothing outside it, nothing on top of anything."""

from __future__ import annotations

import re
from itertools import combinations, permutations, product
from math import dist

import pytest

from macros.diagram import BOX_WIDTH, Box, Diagram, draw

NAMES = ["China", "United States of America", "International Committee of the Red Cross", "X" * 60]
Edges = list[tuple[str, str, str]]


def picture(count: int, name: str, *, both_ways: bool = False) -> Diagram:
    """So many actors of that name, each with each."""
    ids = [f"a{number}" for number in range(count)]
    pairs = permutations(ids, 2) if both_ways else combinations(ids, 2)
    return draw([(id_, name) for id_ in ids], [(a, b, "trade") for a, b in pairs])


def outside(box: Box, diagram: Diagram) -> bool:
    right, bottom = box.left + BOX_WIDTH, box.top + box.height
    return box.left < 0 or box.top < 0 or right > diagram.width or bottom > diagram.height


def overlap(a: Box, b: Box) -> bool:
    return abs(a.x - b.x) < BOX_WIDTH and abs(a.y - b.y) < (a.height + b.height) / 2


@pytest.mark.parametrize("name", NAMES, ids=["short", "long", "longer", "endless"])
@pytest.mark.parametrize("count", range(2, 11))
def test_boxes_are_in_the_picture_and_apart(count: int, name: str) -> None:
    """Two to ten actors, each tied to each: every box is inside, and no two of them overlap."""
    diagram = picture(count, name)
    assert [box.id for box in diagram.boxes if outside(box, diagram)] == []
    assert [(a.id, b.id) for a, b in combinations(diagram.boxes, 2) if overlap(a, b)] == []


@pytest.mark.parametrize("count", range(2, 11))
def test_numbers_can_be_told_apart(count: int) -> None:
    """Every arrow has its number, in the order given and inside the picture."""
    diagram = picture(count, "China", both_ways=True)
    assert [arrow.number for arrow in diagram.arrows] == list(range(1, count * (count - 1) + 1))
    assert all(0 <= arrow.x <= diagram.width and 0 <= arrow.y <= diagram.height for arrow in diagram.arrows)
    if count <= 4:
        assert len({(arrow.x, arrow.y) for arrow in diagram.arrows}) == len(diagram.arrows)


USUAL: dict[str, Edges] = {
    "ring": [(a, b, "trade") for a, b in zip("abcdefgh", "bcdefgha", strict=True)],
    "chain": [(a, b, "trade") for a, b in zip("abcdefg", "bcdefgh", strict=True)],
    "star": [(a, b, "trade") for other in "bcdefg" for a, b in (("a", other), (other, "a"))],
    "two hubs": [("a", "b", "war"), *((hub, other, "trade") for hub, other in product("ab", "cdef"))],
    "each with each": [(a, b, "trade") for a, b in combinations("abcde", 2)],
    "both ways": [(a, b, "trade") for a, b in permutations("abcd", 2)],
}


def usual(edges: Edges) -> Diagram:
    """Actors with names of all lengths, and these arrows."""
    ids = sorted({id_ for edge in edges for id_ in edge[:2]})
    return draw([(id_, NAMES[number % 3]) for number, id_ in enumerate(ids)], edges)


def along(path: str) -> list[tuple[float, float]]:
    """Places along an arrow, from its start to its end."""
    x1, y1, x, y, x2, y2 = map(float, re.findall(r"-?[\d.]+", path))
    steps = [step / 40 for step in range(41)]
    return [
        ((1 - t) ** 2 * x1 + 2 * t * (1 - t) * x + t * t * x2, (1 - t) ** 2 * y1 + 2 * t * (1 - t) * y + t * t * y2)
        for t in steps
    ]


@pytest.mark.parametrize("edges", USUAL.values(), ids=USUAL)
def test_numbers_can_be_read(edges: Edges) -> None:
    """No number is on a box or on another number."""
    diagram = usual(edges)
    numbers = [(arrow.x, arrow.y) for arrow in diagram.arrows]
    assert [number for number in numbers for box in diagram.boxes if box.covers(number, around=9)] == []
    assert [pair for pair in combinations(numbers, 2) if dist(*pair) < 18] == []


@pytest.mark.parametrize("edges", USUAL.values(), ids=USUAL)
def test_arrows_go_around_boxes(edges: Edges) -> None:
    """No arrow passes behind a box, and none leaves the picture."""
    diagram = usual(edges)
    places = [place for arrow in diagram.arrows for place in along(arrow.path)]
    assert [place for place in places for box in diagram.boxes if box.covers(place)] == []
    assert all(0 < x < diagram.width and 0 < y < diagram.height for x, y in places)


def test_an_arrow_back_to_where_it_came_from() -> None:
    """What an actor does to itself is a loop beside its box."""
    (box,), (loop,) = (diagram := draw([("a", "China")], [("a", "a", "pressure")])).boxes, diagram.arrows
    assert not box.covers((loop.x, loop.y), around=9)
    assert not any(box.covers(place) for place in along(loop.path))


@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_the_same_graph_looks_the_same(count: int) -> None:
    """Drawing is deterministic, so that a build is."""
    assert picture(count, "China", both_ways=True) == picture(count, "China", both_ways=True)


def test_arrows_between_the_same_two_part() -> None:
    """Three arrows between two actors run beside each other."""
    edges: Edges = [("a", "b", "trade"), ("b", "a", "talks"), ("a", "b", "law")]
    diagram = draw([("a", "A"), ("b", "B")], edges)
    assert len({arrow.path for arrow in diagram.arrows}) == 3
    assert [arrow.kind for arrow in diagram.arrows] == ["trade", "talks", "law"]


def test_groups_without_ties_between_them() -> None:
    """Actors that have nothing to do with each other still find a place."""
    diagram = draw([(x, x) for x in "abcd"], [("a", "b", "x"), ("c", "d", "x")])
    assert not any(outside(box, diagram) for box in diagram.boxes)
    assert not any(overlap(a, b) for a, b in combinations(diagram.boxes, 2))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("International Committee of the Red Cross", ["International", "Committee of", "the Red Cross"]),
        ("W" * 20, ["W" * 8, "W" * 8, "W" * 4]),
        ("i" * 20, ["i" * 19, "i"]),
        (
            "\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd\u5916\u4ea4\u90e8",
            ["\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd\u5916", "\u4ea4\u90e8"],
        ),
    ],
    ids=["words", "broad", "narrow", "chinese"],
)
def test_lines_are_as_long_as_a_box_is_wide(name: str, lines: list[str]) -> None:
    """Broad letters fill a line sooner than narrow ones."""
    (box,) = draw([("a", name)], []).boxes
    assert list(box.lines) == lines


def test_names_are_broken_into_lines() -> None:
    """A long name takes several lines, each with a place of its own, and loses nothing."""
    (box,) = draw([("a", "United States of America")], []).boxes
    assert [line for _, line in box.baselines] == ["United States", "of America"]
    assert box.baselines[0][0] < box.baselines[1][0] < box.top + box.height
