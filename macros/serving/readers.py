"""Who shows something of a file: for each, the explainers and actors whose pages are made from it.

They are called by the address of their page, `explainers/slug/` and `actors/id/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from macros.building import reads
from macros.edition import Library
from macros.serving.reading import Changed


class Readers:
    """By file, those who read it; kept up to date with every edit."""

    def __init__(self, library: Library, known: Mapping[str, frozenset[str]]) -> None:
        self._reads: dict[str, frozenset[str]] = {}
        self._readers: dict[str, set[str]] = {}
        both = library.explainers.keys() & library.articles.keys()
        every = {*(story(slug) for slug in both), *(actor(id_) for id_ in library.actors)}
        for name, found in known.items():
            self._put(name, found)
        self.update(library, every - known.keys())

    def of(self, paths: Iterable[str]) -> set[str]:
        return {name for path in paths for name in self._readers.get(path, ())}

    def update(self, library: Library, names: Iterable[str]) -> None:
        """Look again at what these read."""
        for name in names:
            kind, id_ = name.rstrip("/").split("/")
            found = reads.of_actor(library, id_) if kind == "actors" else reads.of_story(library.edition(id_))
            self._put(name, found)

    def _put(self, name: str, found: frozenset[str]) -> None:
        for path in self._reads.get(name, frozenset()) - found:
            self._readers[path].discard(name)
        for path in found:
            self._readers.setdefault(path, set()).add(name)
        self._reads[name] = found


def story(slug: str) -> str:
    return f"explainers/{slug}/"


def actor(id_: str) -> str:
    return f"actors/{id_}/"


def touched(readers: Readers, paths: Iterable[str], changed: Changed, before: Library, after: Library) -> set[str]:
    """Everybody who shows something of an edit: who read the files, and whom they name, before or after."""
    named = (name for library in (before, after) for name in _named(changed, library))
    return readers.of(paths) | set(named)


def _named(changed: Changed, library: Library) -> Iterator[str]:
    for edition in map(library.edition, changed.slugs):
        yield story(edition.slug)
        yield from (actor(id_) for id_ in reads.actors_of(edition) if id_ in library.actors)
        for event in edition.events_shared_out:
            yield from (story(slug) for slug in event.also if slug in library.articles)
    for id_ in changed.actors:
        if principal := library.actors[id_].represents:
            yield actor(principal)
