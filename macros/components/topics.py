"""The explainers by topic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markdown.extensions.toc import slugify_unicode
from markupsafe import escape

from macros.edition import Edition, Library, Link


@dataclass(frozen=True)
class Topic:
    """A word that explainers are filed under; `id` is its anchor."""

    id: str
    name: str
    stories: tuple[Link, ...]


def topics(library: Library) -> list[Topic]:
    """Every topic by name, each with its explainers by title."""
    names: dict[str, str] = {}
    stories: dict[str, list[Link]] = {}
    for edition in sorted(library.editions, key=lambda edition: edition.title):
        link, filed = edition.noted("topics", _filed)
        for id_, name in filed.items():
            names.setdefault(id_, name)
            stories.setdefault(id_, []).append(link)
    return [Topic(id_, name, tuple(stories[id_])) for id_, name in sorted(names.items(), key=lambda item: item[1])]


def _filed(edition: Edition) -> tuple[Link, dict[str, str]]:
    return edition.link, {anchor(tag): tag for tag in edition.article.front.tags}


def topic_links(tags: tuple[str, ...]) -> list[dict[str, str]]:
    """The topics of an explainer, as the theme prints them: it escapes nothing."""
    return [{"name": str(escape(tag)), "url": f"topics/#{anchor(tag)}"} for tag in sorted(tags)]


@cache
def anchor(tag: str) -> str:
    """Where a topic stands on the page of all."""
    return f"tag:{slugify_unicode(tag, '-')}"
