"""The pages that are made from the facts alone, without a file of their own."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, TypeVar

from macros import words
from macros.components import history, site
from macros.components.actor_page import actor_index, actor_page
from macros.components.registry import Values
from macros.components.topics import topics
from macros.edition import Edition, Library
from macros.publish.address import Site
from macros.publish.embed import embeds, folder
from macros.render import render
from macros.stash import token

PER_PAGE = 100  # entries; a page of them weighs about 100 KB
ItemT = TypeVar("ItemT")


@dataclass(frozen=True)
class GeneratedPage:
    """A page at an address below the site's root, `next/` for example. It is made only when it is asked for.

    Search leads to a `searchable` one by its title; to what stands on it, it leads where that is stated.
    """

    url: str
    title: str
    description: str
    make: Callable[[], tuple[str, ...]]
    searchable: bool = True

    @property
    def html(self) -> str:
        """What the page shows."""
        return "\n".join(self.make())

    @property
    def markdown(self) -> str:
        """The same for Markdown to carry through; the macros have nothing to do there."""
        return "---\nrender_macros: false\n---\n" + "".join(f"\n{token(block, 'block')}\n" for block in self.make())

    @property
    def src_uri(self) -> str:
        """The file MkDocs takes it for; a list that spans several pages lives in a folder."""
        folder, _, name = self.url.rstrip("/").rpartition("/")
        if self.url in FOLDERS:
            return f"{self.url}index.md"
        return f"{folder}/{name}.md" if folder else f"{name}.md"


FOLDERS = {"explainers/", "actors/"}
LISTS = {
    "explainers/": "Every explainer",
    "next/": "What is next",
    "outcomes/": "How next steps turned out",
    "changes/": "What has changed",
}
DESCRIPTIONS = {
    "explainers/": "All explainers, the one that changed last first, each with where it stands and why.",
    "next/": "Every open next step of every explainer by date: what is overdue, what is due soon, what has no date.",
    "outcomes/": "What became of the next steps of every explainer, counted and listed.",
    "changes/": "Every major update and correction of every explainer, newest first.",
}


def addresses(actors: Iterable[str]) -> set[str]:
    """The files that the pages with a fixed address are taken for: what an article may link to."""
    pages = {"actors/index.md", "explainers/index.md", "next.md", "outcomes.md", "changes.md", "topics.md"}
    return pages | {f"actors/{id_}.md" for id_ in actors}


def generated(library: Library, where: Site) -> Iterator[GeneratedPage]:
    """Every page that is made from the facts, for the site at `where`."""
    yield from of_site(library)
    for id_ in library.actors:
        yield of_actor(library, id_)
    for edition in library.editions:
        yield from of_story(edition, where)


def of_site(library: Library) -> Iterator[GeneratedPage]:
    """The lists over all explainers and actors."""
    for url in _LISTS:
        yield from of_list(library, url)


def of_list(library: Library, url: str) -> Iterator[GeneratedPage]:
    """The pages of the list at this address."""
    return _LISTS[url](library)


def _every_explainer(library: Library) -> Iterator[GeneratedPage]:
    return _paged("explainers/", "explainers", site.summaries(library), _explainers)


def _next(library: Library) -> Iterator[GeneratedPage]:
    return _paged("next/", "upcoming", site.open_steps(library), partial(_upcoming, library))


def _every_outcome(library: Library) -> Iterator[GeneratedPage]:
    counts = cache(partial(site.outcome_counts, library))  # which each of its pages shows
    return _paged("outcomes/", "outcomes", site.resolved_steps(library), partial(_outcomes, counts))


def _every_change(library: Library) -> Iterator[GeneratedPage]:
    return _paged("changes/", "changes", site.major_changes(library), _changes)


def _topics(library: Library) -> Iterator[GeneratedPage]:
    yield _page("topics/", "Topics", "The explainers by topic.", "topics", lambda: {"topics": topics(library)})


def _actors(library: Library) -> Iterator[GeneratedPage]:
    about = "Who takes part in the stories."
    yield _page("actors/", "Actors", about, "actor_index", lambda: {"kinds": actor_index(library)})


_LISTS: dict[str, Callable[[Library], Iterator[GeneratedPage]]] = {
    "explainers/": _every_explainer,
    "next/": _next,
    "outcomes/": _every_outcome,
    "changes/": _every_change,
    "topics/": _topics,
    "actors/": _actors,
}


def spans(lengths: Iterable[int]) -> tuple[int, ...]:
    """How many pages lists of these lengths fill."""
    return tuple(max(math.ceil(length / PER_PAGE), 1) for length in lengths)


def of_actor(library: Library, id_: str) -> GeneratedPage:
    """The page of an actor."""
    actor = library.actors[id_]
    page = _page(f"actors/{id_}/", actor.name, actor.summary, "actor_page", lambda: actor_page(library, id_))
    return replace(page, searchable=False)


def of_story(edition: Edition, where: Site) -> Iterator[GeneratedPage]:
    """The pages about an explainer beside its own."""
    yield _embeds(edition, where)
    if history.days(edition):
        yield _history(edition)


def _embeds(edition: Edition, where: Site) -> GeneratedPage:
    description = f"The sections of “{edition.title}” for other sites, each with the code to copy."
    title, values = f"Embed: {edition.title}", lambda: {"story": edition.link, "embeds": embeds(edition, where)}
    return replace(_page(folder(edition), title, description, "embed_index", values), searchable=False)


def _history(edition: Edition) -> GeneratedPage:
    description = "What this explainer said at the end of each day on which it changed."
    title = f"Day by day: {edition.title}"
    page = _page(history.address(edition), title, description, "history", lambda: history.history(edition))
    return replace(page, searchable=False)


def _explainers(part: Sequence[Any]) -> Values:
    return {"explainers": part, "changed": words.CHANGED, "more": None}


def _upcoming(library: Library, part: Sequence[Any]) -> Values:
    return site.upcoming_values(part, library, "h2")


def _outcomes(counts: Callable[[], Values], part: Sequence[Any]) -> Values:
    return {**counts(), "resolved": part, "more": None}


def _changes(part: Sequence[Any]) -> Values:
    return {"revisions": part, "more": None}


def _page(url: str, title: str, description: str, template: str, values: Callable[[], Values]) -> GeneratedPage:
    return GeneratedPage(url, title, description, lambda: (render(template, values(), url),))


def _paged(
    url: str, template: str, entries: Sequence[ItemT], values: Callable[[Sequence[ItemT]], Values]
) -> Iterator[GeneratedPage]:
    """A list cut into pages: the first at the list's own address, the others at `2/`, `3/` below it."""
    pages = max(math.ceil(len(entries) / PER_PAGE), 1)
    for number in range(1, pages + 1):
        here = _address(url, number)
        part = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
        page = _page(here, LISTS[url] + _suffix(number), DESCRIPTIONS[url], template, partial(values, part))
        yield page if pages == 1 else _with_pager(page, url, number, pages)


def _suffix(number: int) -> str:
    return f", page {number}" if number > 1 else ""


def _address(url: str, number: int) -> str:
    return url if number == 1 else f"{url}{number}/"


def _with_pager(page: GeneratedPage, url: str, number: int, pages: int) -> GeneratedPage:
    values = {
        "number": number,
        "pages": pages,
        "newer": _address(url, number - 1) if number > 1 else None,
        "older": _address(url, number + 1) if number < pages else None,
    }
    return replace(page, make=lambda: (*page.make(), render("_pager", values, page.url)), searchable=number == 1)
