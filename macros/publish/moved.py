"""What `data/redirects.yml` says, for whoever comes by an old address: a page where an explainer or actor was, which
leads on at once where there is one place to go, and on a page that is still there a line where a record was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.edition import Edition, Library, Link
from macros.model import Redirect
from macros.publish.address import Site
from macros.render import render


@dataclass(frozen=True)
class Moved:
    """An id that led somewhere, and where that is now."""

    id: str
    to: tuple[Link, ...]
    is_source: bool


def of_site(library: Library, site: Site) -> Iterator[tuple[str, bytes]]:
    """An `index.html` for every explainer and actor that has moved."""
    for redirect in library.redirects:
        links = _links(library, redirect)
        there = redirect.from_ in library.explainers or redirect.from_ in library.actors
        if "/" not in redirect.from_ and links and not there:
            yield _page(redirect, links, library, site)


def records(edition: Edition) -> list[Moved]:
    """The records that have left an explainer.

    Not among them are events whose place in its timeline still says so, and sources: nobody comes for these alone, and
    there are many.
    """
    there = {event.id for _, event in edition.shared_events}
    gone = _records(edition.library, edition.slug)
    return [moved for moved in gone if moved.id not in there and not moved.is_source]


def _records(library: Library, slug: str) -> Iterator[Moved]:
    for redirect in library.redirects_from(slug):
        links = _links(library, redirect)
        if links:
            yield Moved(redirect.from_.partition("/")[2], links, _is_source(library, redirect.to[0]))


def _links(library: Library, redirect: Redirect) -> tuple[Link, ...]:
    return tuple(filter(None, (_link(library, address) for address in redirect.to)))


def _link(library: Library, address: str) -> Link | None:
    """The explainer or actor at an address, and the place on its page; None where readers cannot go."""
    slug, _, id_ = address.partition("/")
    if not library.is_published(slug):
        return library.actor(slug) if slug in library.actors else None
    edition = library.edition(slug)
    return Link(edition.title, edition.anchor(id_)) if id_ else edition.link


def _page(redirect: Redirect, links: tuple[Link, ...], library: Library, site: Site) -> tuple[str, bytes]:
    url = f"{'explainers' if _is_story(redirect.to, library) else 'actors'}/{redirect.from_}/"
    inside = list(_records(library, redirect.from_))
    values = {"links": links, "records": inside, "canonical": site.address(links[0].url or ""), "site": site}
    return f"{url}index.html", (render("_moved", values, url) + "\n").encode()


def _is_story(to: Iterable[str], library: Library) -> bool:
    return any(library.is_published(address.partition("/")[0]) for address in to)


def _is_source(library: Library, address: str) -> bool:
    slug, _, id_ = address.partition("/")
    return slug in library.explainers and id_ in library.explainers[slug].sources
