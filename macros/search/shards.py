"""The index as files, none larger than a browser fetches in a blink, however many pages there are.

Words in alphabetical order are cut into shards; `root.json` names the first word of each. When the shards are many,
files of their own name them, and the root names the first of each file. The texts of a page's entries lie beside,
two dozen to a file. The folder is called after the words in it: a browser that kept an old root finds no shard of it
any more, and asks again.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from heapq import nsmallest
from itertools import pairwise, takewhile
from operator import sub

from macros.search.entries import KINDS, Page
from macros.search.index import ENTRY, KIND, LONGEST, Index, Places
from macros.search.words import STOP

FOLDER = "search/"
SHARD = 12_000  # bytes of a shard; gzip makes less than half of them
NAMED = 4_000  # shards that one file names: a list of lists costs a reader one more wait
SAMPLE = 50  # pages of a beginning that many words have
PART = 24  # entries whose texts share a file: one file is fetched for each page that is shown

Rows = dict[str, str]  # what a file says of a word, by the word


@dataclass(frozen=True)
class Shards:
    """The words of an index in files. `names` are the shortest words that tell each shard from the one before."""

    names: Sequence[str]
    content: Sequence[bytes]

    @cached_property
    def folder(self) -> str:
        return sha256(b"".join(self.content)).hexdigest()[:10]

    def files(self, named: int = NAMED) -> Iterator[tuple[str, bytes]]:
        """The root, then what it leads to, by path below the site's root; a file names so many shards."""
        lists = [self.names[i : i + named] for i in range(0, len(self.names), named)]
        flat = len(lists) == 1
        root = {
            "folder": self.folder,
            "names": self.names if flat else [names[0] for names in lists],
            "named": 0 if flat else named,
            "numbers": {"entry": ENTRY, "part": PART, "longest": LONGEST, "sample": SAMPLE},
            "kinds": [[kind, *names] for kind, names in KINDS.items()],
            "stop": STOP,
        }
        yield f"{FOLDER}root.json", _json(root)
        if not flat:
            yield from ((f"{FOLDER}{self.folder}/names-{i}.json", _json(names)) for i, names in enumerate(lists))
        yield from ((f"{FOLDER}{self.folder}/words-{i}.json", content) for i, content in enumerate(self.content))


def shards(index: Index, size: int = SHARD) -> Shards:
    """Cut an index into shards of about so many bytes."""
    words = sorted(index.titles.keys() | index.texts.keys())
    cut = _cut(((word, _row(word, index.titles.get(word, []), index.texts.get(word, []))) for word in words), size)
    firsts, lasts = [next(iter(rows)) for rows in cut], [next(reversed(rows)) for rows in cut]
    told = (first[: len(_shared(last, first)) + 1] for last, first in zip(lasts, firsts[1:], strict=False))
    names = ["", *told]
    for beginning in _beginnings(firsts):
        begun = words[bisect_left(words, beginning) : bisect_left(words, f"{beginning}\uffff")]
        sample = (_sample(found[word] for word in begun if word in found) for found in (index.titles, index.texts))
        cut[bisect_right(names, beginning) - 1][f"{beginning}*"] = _row(f"{beginning}*", *sample)
    return Shards(names, [("{" + ",\n".join(rows.values()) + "}").encode() for rows in cut])


def _cut(rows: Iterable[tuple[str, str]], size: int) -> list[Rows]:
    cut: list[Rows] = []
    left = 0
    for word, row in rows:
        if not cut or len(row) > left:
            cut.append({})
            left = size
        cut[-1][word] = row
        left -= len(row)
    return cut


def _beginnings(firsts: Sequence[str]) -> list[str]:
    """What the words of more than one shard begin with: a browser need not fetch all of these."""
    shared = {_shared(*pair) for pair in pairwise(firsts) if not pair[0].startswith("@")}
    return sorted({prefix[:length] for prefix in shared for length in range(1, len(prefix) + 1)})


def _shared(one: str, other: str) -> str:
    """What two words begin with."""
    same = takewhile(lambda signs: signs[0] == signs[1], zip(one, other, strict=False))
    return "".join(sign for sign, _ in same)


def _sample(lists: Iterable[Places]) -> Places:
    """The first pages of many words; they are in the lists that begin first."""
    numbers: dict[int, set[str]] = {}
    for places in nsmallest(SAMPLE, lists):
        for page, there in zip(places[: 2 * SAMPLE : 2], places[1::2], strict=False):
            numbers.setdefault(page, set()).update(there.split(","))
    return [part for page in nsmallest(SAMPLE, numbers) for part in (page, ",".join(sorted(numbers[page], key=int)))]


def _row(word: str, titles: Places, texts: Places) -> str:
    return f'"{word}":[[{_steps(titles)}],[{_steps(texts)}]]'


def _steps(places: Places) -> str:
    """Each page as a step from the one before, negative so that it is no entry's number."""
    pages = places[::2]
    steps = map(sub, [-1, *pages], pages)
    return ",".join([f"{step},{numbers}" for step, numbers in zip(steps, places[1::2], strict=True)])


def files_of_pages(pages: Iterable[Page], names: Mapping[str, str], folder: str) -> Iterator[tuple[str, bytes]]:
    """The texts of every page's entries, with what a result shows of the page; `names` are those of actors."""
    for place, page in enumerate(pages):
        for part, start in enumerate(range(0, len(page.entries), PART)):
            entries = page.entries[start : start + PART]
            content = {
                "url": page.url,
                "title": page.title,
                "parts": -(-len(page.entries) // PART),
                "entries": [[KIND[e.kind], e.anchor, e.title, e.text, e.note, e.actors] for e in entries],
                "actors": {id_: names.get(id_, id_) for e in entries for id_ in e.actors},
            }
            yield f"{FOLDER}{folder}/page-{place}-{part}.json", _json(content)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
