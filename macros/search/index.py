"""Where each word stands: for every stem the pages that have it, and the numbers of their entries that do.

An entry's number is its place on its page and its kind. Pages are numbered by their rank: the first pages of a list are
the best ones, and a list may be cut without losing what is shown first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.search.entries import KINDS, Kind, Page
from macros.search.words import stem, words

ENTRY = 16  # numbers an entry has for its kind
KIND: dict[Kind, int] = {kind: number for number, kind in enumerate(KINDS)}
LONGEST = 200  # pages of a list: what stands on later ones, a browser finds by another word, or in their texts

Places = list[Any]  # a page, its entries' numbers with commas between them, the next page, and so on


@dataclass(frozen=True)
class Index:
    """By stem: where it stands in a title, and where elsewhere.

    `@actor:x` stands for the entries about an actor, `@page:x` for the page at an address.
    """

    titles: defaultdict[str, Places] = field(default_factory=lambda: defaultdict(list))
    texts: defaultdict[str, Places] = field(default_factory=lambda: defaultdict(list))


def index(pages: Iterable[Page]) -> Index:
    """Every word of every page."""
    found, stems = Index(), _Stems()
    for place, page in enumerate(pages):
        titles, texts = {f"@page:{page.url}": "0"}, dict[str, str]()
        for at, entry in enumerate(page.entries):
            number = str(at * ENTRY + KIND[entry.kind])
            title = stems.of(entry.title)
            about = {f"@actor:{actor}" for actor in entry.actors}
            # The title of a source is not what it is a source for.
            _note(number, about if entry.kind == "source" else title | about, titles)
            _note(number, stems.of(f"{entry.text} {entry.note}") | (title if entry.kind == "source" else set()), texts)
        _add(found.titles, place, titles)
        _add(found.texts, place, texts)
    return found


class _Stems(dict[str, str]):
    """The stem of every word met so far."""

    def __missing__(self, word: str) -> str:
        self[word] = stem(word)
        return self[word]

    def of(self, text: str) -> set[str]:
        found = set(map(self.__getitem__, words(text)))
        found.discard("")
        return found


def _note(number: str, stems: Iterable[str], numbers: dict[str, str]) -> None:
    for one in stems:
        numbers[one] = f"{numbers[one]},{number}" if one in numbers else number


def _add(found: defaultdict[str, Places], place: int, numbers: Mapping[str, str]) -> None:
    for one, there in numbers.items():
        places = found[one]
        if len(places) < 2 * LONGEST:
            places += (place, there)
