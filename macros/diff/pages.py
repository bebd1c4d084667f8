"""Which pages a change alters: each is made as before and as now, for the same day, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.articles import Article
from macros.calls import calls_in
from macros.components import COMPONENTS, Component
from macros.components.sections import headline
from macros.drift import Project
from macros.edition import Library
from macros.pages import GeneratedPage, of_actor, of_site, of_story
from macros.problems import Mistake
from macros.publish.address import Site
from macros.render import render

Content = tuple[Any, ...]
_WHERE = Site("", "/", "")


@dataclass(frozen=True)
class Pages:
    """Addresses below the site's root, `explainers/story/` for example; the home page's is empty."""

    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def changed_pages(before: Project, now: Project, day: date) -> Pages:
    """The pages of which a reader sees something else; the code that makes them counts as the same."""
    libraries = _library(before, day), _library(now, day)
    unchanged = _untouched(*libraries)
    old, new = _contents(before, libraries[0], unchanged), _contents(now, libraries[1], unchanged)
    return Pages(
        tuple(sorted(url for url in new if url in old and new[url] != old[url])),
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
    )


def _library(project: Project, day: date) -> Library:
    return Library(project.loaded.explainers, project.loaded.actors, project.articles.by_slug, day)


def _untouched(before: Library, now: Library) -> frozenset[str]:
    """The explainers whose pages rest on the same facts and words on both sides, so that none needs to be made."""
    if before.actors != now.actors:
        return frozenset()
    both = {edition.slug for edition in before.editions} & {edition.slug for edition in now.editions}
    return frozenset(slug for slug in both if _inputs(before, slug) == _inputs(now, slug) and not _leads_out(now, slug))


def _inputs(library: Library, slug: str) -> Content:
    edition = library.edition(slug)
    shared = tuple((home.slug, home.title, event) for home, event in edition.shared_events)
    return edition.explainer, edition.article, shared


def _leads_out(library: Library, slug: str) -> bool:
    """Whether an article names records of other explainers."""
    found = calls_in(library.edition(slug).article)
    return any("/" in str(argument) for call in found for argument in call.args)


def _contents(project: Project, library: Library, unchanged: frozenset[str]) -> Mapping[str, Content]:
    """What stands on each page, by its address."""
    contents: dict[str, Content] = {}
    for edition in library.editions:
        touched = edition.slug not in unchanged
        contents[edition.url] = tuple(_explainer(library, edition.slug)) if touched else ()
        contents |= {page.url: _generated(page) if touched else () for page in of_story(edition, _WHERE)}
    for article in project.articles.by_path.values():
        if not article.slug:
            contents[_url(article)] = _written(article, library)
    shared = (*of_site(library), *(of_actor(library, id_) for id_ in library.actors))
    return contents | {page.url: _generated(page) for page in shared}


def _generated(page: GeneratedPage) -> Content:
    return page.title, page.description, page.markdown


def _explainer(library: Library, slug: str) -> Iterator[Any]:
    edition = library.edition(slug)
    yield _made("_headline", lambda: headline(edition), edition.url)
    for component in COMPONENTS.values():
        if component.heading:
            yield _shown(component, library, slug)
    yield _written(edition.article, library)


def _written(article: Article, library: Library) -> Content:
    """An article's own words, and what its calls show; sections of an explainer are compared whole."""
    shown = [
        _shown(COMPONENTS[call.name], library, article.slug, *call.args, **call.kwargs)
        for call in calls_in(article)
        if call.name in COMPONENTS and not COMPONENTS[call.name].heading
    ]
    return article.front, article.body, tuple(shown)


def _shown(component: Component, library: Library, slug: str, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
    def make() -> Mapping[str, Any]:
        subject = library if component.scope == "site" else library.edition(slug)
        return component.make(subject, *args, **kwargs)

    return _made(component.name, make, f"explainers/{slug}/" if slug else "")


def _made(template: str, make: Any, url: str) -> str:  # noqa: ANN401
    try:
        return render(template, make(), url)
    except (Mistake, TypeError) as error:  # a call that `explainers check` explains
        return str(error)


def _url(article: Article) -> str:
    path = article.src_uri.removesuffix(".md")
    return path.removesuffix("index") if path == "index" or path.endswith("/index") else f"{path}/"
