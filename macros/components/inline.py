"""A word or two in the middle of a sentence, leading to a record."""

from __future__ import annotations

from macros.components.registry import Values, inline
from macros.edition import Edition, find


@inline
def cite(edition: Edition, id_: str, /) -> Values:
    """The number of a source, leading to it: `{{ cite("s-id") }}`."""
    return {"citation": edition.citation(id_), "url": edition.anchor(id_)}


@inline
def actor(edition: Edition, id_: str, /) -> Values:
    """An actor's name, leading to their page: `{{ actor("china") }}`."""
    find("actor", id_, edition.library.actors)
    return {"actor": edition.actor(id_)}


@inline
def event(edition: Edition, id_: str, /) -> Values:
    """An event's title, leading to it: `{{ event("e-id") }}`, or in another explainer `{{ event("slug/e-id") }}`."""
    home, id_ = _home(edition, id_)
    return {"event": find("event", id_, home.explainer.timeline), "url": home.anchor(id_)}


@inline
def step(edition: Edition, id_: str, /) -> Values:
    """A next step's title, leading to it: `{{ step("n-id") }}`, or in another explainer `{{ step("slug/n-id") }}`."""
    home, id_ = _home(edition, id_)
    return {"step": find("step", id_, home.explainer.next_steps), "url": home.anchor(id_)}


def _home(edition: Edition, id_: str) -> tuple[Edition, str]:
    """The explainer that an id such as `slug/e-id` belongs to; without a slug, this one."""
    slug, slash, rest = str(id_).partition("/")
    if not slash or slug == edition.slug:
        return edition, rest or id_
    find("explainer", slug, edition.library.linkable(edition))
    return edition.library.edition(slug), rest
