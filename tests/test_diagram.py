"""The picture of who does what to whom: the same every time, nothing outside it, nothing on top of anything."""

from __future__ import annotations

from itertools import combinations, permutations

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


def test_names_are_broken_into_lines() -> None:
    """A long name takes several lines, each with a place of its own, and loses nothing."""
    (box,) = draw([("a", "United States of America")], []).boxes
    assert [line for _, line in box.baselines] == ["United States", "of America"]
    assert box.baselines[0][0] < box.baselines[1][0] < box.top + box.height
