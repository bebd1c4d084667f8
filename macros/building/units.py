"""What is made together and kept together: an explainer, or an actor, with the pages and the files about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from macros import publish
from macros.building import reads
from macros.edition import Edition, Library
from macros.pages import GeneratedPage, of_actor, of_story
from macros.publish import Site
from macros.takeover.keys import Keys


@dataclass(frozen=True)
class Unit:
    """`article` is the file of the explainer's own page; `pages` are those that have none."""

    name: str
    reads: frozenset[str]
    key: str
    pages: tuple[GeneratedPage, ...]
    files: Callable[[], Iterator[tuple[str, bytes]]]
    article: str = ""

    @property
    def sources(self) -> list[str]:
        """The files that MkDocs takes its pages for."""
        return [*filter(None, [self.article]), *(page.src_uri for page in self.pages)]


def units(library: Library, site: Site, keys: Keys) -> Iterator[Unit]:
    """Every actor and every published explainer."""
    for id_ in library.actors:
        yield _actor(library, id_, site, keys)
    for edition in library.editions:
        yield _story(edition, site, keys)


def _story(edition: Edition, site: Site, keys: Keys) -> Unit:
    found = reads.of_story(edition)
    return Unit(
        edition.url,
        found,
        keys.key(edition.url, found, *map(repr, edition.library.redirects_from(edition.slug))),
        tuple(of_story(edition, site)),
        partial(publish.of_story, edition, site),
        edition.article.src_uri,
    )


def _actor(library: Library, id_: str, site: Site, keys: Keys) -> Unit:
    name, found = f"actors/{id_}/", reads.of_actor(library, id_)
    return Unit(
        name,
        found,
        keys.key(name, found, library.first_day.isoformat()),
        (of_actor(library, id_),),
        partial(publish.of_actor, library, id_, site),
    )
