"""The files that the pages and files about an explainer or an actor are made from.

Rather one too many: what is not named here would be shown as it was before an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.as_of import named_actors
from macros.calls import calls_in
from macros.edition import Edition, Library, ids_of_actors
from macros.load import ACTORS, EXPLAINERS

_WORD = re.compile(r"[a-z][a-z0-9-]*")


def of_story(edition: Edition) -> frozenset[str]:
    """Of an explainer: its own two, those of explainers that it names or that share events with it, and the actors'."""
    words = _words(edition)
    linked = words & edition.library.explainers.keys()
    stories = {edition.slug, *linked, *(home.slug for home, _ in edition.shared_events), *_moved_to(edition)}
    actors = words & edition.library.actors.keys() | actors_of(edition)
    for _, event in edition.shared_events:
        actors |= {*event.actors, *(account.by for account in event.accounts)}
    return frozenset([*_pairs(stories), *_actors(edition.library, actors)])


def _moved_to(edition: Edition) -> set[str]:
    """The explainers that records of this one went to."""
    places = {address.partition("/")[0] for r in edition.library.redirects_from(edition.slug) for address in r.to}
    return places & edition.library.explainers.keys()


def of_actor(library: Library, id_: str) -> frozenset[str]:
    """Of an actor: its own, those of every explainer that names it, and of whom these name."""
    editions, actor = library.naming(id_), library.actors[id_]
    others = {other for other, who in library.actors.items() if who.represents == id_}
    named = {name for edition in editions for name in actors_of(edition)}
    actors = {id_, actor.represents or id_, *others, *named}
    return frozenset([*_pairs(edition.slug for edition in editions), *_actors(library, actors)])


def actors_of(edition: Edition) -> set[str]:
    """The ids of all actors that stand somewhere in an explainer's records, accounts included."""
    return edition.noted("named", lambda of: named_actors(of.explainer) | ids_of_actors(of.explainer))


def _words(edition: Edition) -> set[str]:
    """Everything in the text that may be an id. An id with a backslash in it is no word, so then each call is read."""
    text = edition.article.body
    if "\\" in text:
        text += " ".join(str(argument) for call in calls_in(edition.article) for argument in call.args)
    return set(_WORD.findall(text))


def _pairs(slugs: Iterable[str]) -> Iterator[str]:
    for slug in slugs:
        yield f"{EXPLAINERS}/{slug}.yml"
        yield f"docs/explainers/{slug}.md"


def _actors(library: Library, ids: Iterable[str]) -> Iterator[str]:
    return (f"{ACTORS}/{id_}.yml" for id_ in ids if id_ in library.actors)
