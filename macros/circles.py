"""Circles: what blocks itself, or repeats itself, directly or through others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from igraph import Graph

from macros.problems import Problem, quoted
from macros.references import Facts


def cycles(facts: Facts) -> Iterator[Problem]:
    """What blocks itself, directly or through others, can never be removed."""
    obstacles = facts.explainer.obstacles
    for circle in _circles({id_: set(obstacle.blocks) & obstacles.keys() for id_, obstacle in obstacles.items()}):
        ring = _ring(circle)
        what = f"these block each other in a circle: {' → '.join(ring)}"
        yield facts.problem("cycle", what, "Take one of them out of `blocks`", ("obstacles", ring[0], "blocks"))


def repeated_sources(facts: Facts) -> Iterator[Problem]:
    """A source cannot repeat itself, not even through others, or it would have no origin."""
    sources = facts.explainer.sources
    for circle in _circles({id_: {source.derives_from or ""} & sources.keys() for id_, source in sources.items()}):
        ring = sorted(circle)
        what = f"these sources derive from each other: {quoted(ring)}"
        mend = "Leave `derives_from` out where the report began"
        yield facts.problem("cycle", what, mend, ("sources", ring[0], "derives_from"))


def _circles(graph: Mapping[str, set[str]]) -> Iterator[dict[str, set[str]]]:
    """The parts of a graph within which everything leads back to itself."""
    names = list(graph)
    numbers = {name: number for number, name in enumerate(names)}
    edges = [(numbers[name], numbers[other]) for name, others in graph.items() for other in others]
    for members in Graph(len(names), edges, directed=True).connected_components(mode="strong"):
        inside = {names[number] for number in members}
        circle = {name: graph[name] & inside for name in sorted(inside)}
        if any(circle.values()):
            yield circle


def _ring(circle: Mapping[str, set[str]]) -> list[str]:
    """One way round a circle, from its first member in the order of the alphabet back to it."""
    try:
        TopologicalSorter(circle).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        start = min(range(len(ring) - 1), key=lambda i: ring[i])
        return (ring[:-1] * 2)[start : start + len(ring)]
    return []
