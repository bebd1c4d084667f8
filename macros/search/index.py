"""Where each word stands: for every stem the entries that have it in their title, and those that have it elsewhere.

An entry is a number: that of its page, its place on the page, and its kind. Pages come in the order of their rank, so
the first entries of a list are the best ones, and a list may be cut without losing what is shown first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from macros.search.entries import KINDS, Kind, Page
from macros.search.words import Stems

PAGE = 1_000_000  # numbers a page has for its entries
ENTRY = 16  # numbers an entry has for its kind
LONGEST = 1_000  # entries that a list holds: past it the browser reads the entries' own texts


@dataclass(frozen=True)
class Found:
    """The entries of one word: by title, and by text alone; ascending."""

    title: Sequence[int]
    text: Sequence[int]


KIND: dict[Kind, int] = {kind: number for number, kind in enumerate(KINDS)}


def _number(page: int, entry: int, kind: Kind) -> int:
    return page * PAGE + entry * ENTRY + KIND[kind]


def index(pages: Iterable[Page]) -> dict[str, Found]:
    """Every stem with its entries; `@actor:x` has the entries about an actor, `@page:x` the page at an address."""
    titles: defaultdict[str, list[int]] = defaultdict(list)
    texts: defaultdict[str, list[int]] = defaultdict(list)
    stems = Stems()
    for place, page in enumerate(pages):
        titles[f"@page:{page.url}"].append(place * PAGE)
        for at, entry in enumerate(page.entries):
            id_ = _number(place, at, entry.kind)
            named = set() if entry.kind == "source" else stems.of(entry.title)  # others' titles stand behind ours
            for stem in named:
                titles[stem].append(id_)
            for stem in stems.of(f"{entry.title} {entry.text} {entry.note}") - named:
                texts[stem].append(id_)
            for actor in entry.actors:
                titles[f"@actor:{actor}"].append(id_)
    return {stem: Found(titles.get(stem, [])[:LONGEST], texts.get(stem, [])[:LONGEST]) for stem in {*titles, *texts}}
