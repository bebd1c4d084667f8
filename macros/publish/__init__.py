"""Files for machines, written by the same build as the pages. Each module makes one kind of file."""

from __future__ import annotations

from collections.abc import Iterator

from macros.edition import Edition, Library
from macros.publish import api, atom, calendar, citing, embed, json_feed, json_ld, moved, news, pictures, schema
from macros.publish.address import Site

__all__ = ["Site", "citing", "files", "json_ld", "moved", "news", "of_actor", "of_site", "of_story", "pictures"]

File = tuple[str, bytes]


def files(library: Library, site: Site) -> Iterator[File]:
    """Every file by its path below the site's root."""
    yield from of_site(library, site)
    for edition in library.editions:
        yield from of_story(edition, site)
    for id_ in library.actors:
        yield from of_actor(library, id_, site)


def of_site(library: Library, site: Site) -> Iterator[File]:
    """The files about all explainers together."""
    yield from _feeds(news.of_site(library, site.name, site.description), site)
    yield calendar.of_site(library, site)
    yield from api.of_site(library, site)
    yield from schema.of_site(site)
    yield from moved.of_site(library, site)


def of_story(edition: Edition, site: Site) -> Iterator[File]:
    """The files about one explainer."""
    yield from _feeds(news.of_story(edition), site)
    yield calendar.of_story(edition, site)
    yield api.of_story(edition, site)
    yield from embed.of_story(edition, site)
    yield from pictures.of_story(edition, site)


def of_actor(library: Library, id_: str, site: Site) -> Iterator[File]:
    """The files about one actor."""
    yield from _feeds(news.of_actor(library, id_), site)
    yield api.of_actor(library, id_, site)


def _feeds(channel: news.Channel, site: Site) -> Iterator[File]:
    yield atom.file(channel, site)
    yield json_feed.file(channel, site)
