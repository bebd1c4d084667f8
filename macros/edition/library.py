"""All explainers and actors together, on a day: who is named where, what is shared, what has moved."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from macros import derive
from macros.articles import Article, without_prose
from macros.as_of import known, named_actors, sharing
from macros.colours import hues
from macros.edition.missing import Unreadable
from macros.edition.story import Edition, Link
from macros.model import Actor, Event, Explainer, Redirect


@dataclass(frozen=True)
class Library:
    """Every explainer and actor, on a day. `as_of` is that day when nothing that became known later is in it; nor are
    redirects then.

    `notes` hold, by explainer, what was computed of it for lists over all of them.
    """

    explainers: Mapping[str, Explainer]
    actors: Mapping[str, Actor]
    articles: Mapping[str, Article]
    day: date
    as_of: date | None = None
    redirects: tuple[Redirect, ...] = ()
    notes: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False, compare=False)

    def as_known_on(self, day: date) -> Library:
        """The library as it was known on a day. Articles lose their prose, which was written for today."""
        past = {slug: e for slug, whole in self.explainers.items() if (e := known(whole, day))}
        explainers = {slug: sharing(explainer, past) for slug, explainer in past.items()}
        there = {id_ for explainer in past.values() for id_ in named_actors(explainer)}
        return replace(
            self,
            explainers=explainers,
            actors={id_: _within(actor, there) for id_, actor in self.actors.items() if id_ in there},
            articles={slug: without_prose(a, day) for slug, a in self.articles.items() if slug in past},
            day=day,
            as_of=day,
            redirects=(),
            notes={},
        )

    def edited(
        self,
        explainers: Mapping[str, Explainer],
        actors: Mapping[str, Actor],
        articles: Mapping[str, Article],
        touched: Collection[str],
    ) -> Library:
        """The library after an edit; what was noted of explainers that are not touched is kept.

        So is who is named where, as long as the facts of those that are touched say the same of that.
        """
        notes = {slug: noted for slug, noted in self.notes.items() if slug not in touched}
        after = replace(self, explainers=explainers, actors=actors, articles=articles, notes=notes)
        before = self.explainers
        if all(slug in before and _names_alike(before[slug], explainers[slug]) for slug in touched):
            kept = ("first_day", "_naming", "_shared")
            after.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return after

    def forget(self, slugs: Iterable[str]) -> None:
        """Note anew what lists show of these explainers: something that they name has changed."""
        for slug in slugs:
            self.notes.get(slug, {}).clear()

    def shared_events(self, slug: str) -> tuple[tuple[Edition, Event], ...]:
        """The events that belong to an explainer too and are stated in another one."""
        return tuple((self.edition(home), event) for home, event in self._shared.get(slug, ()))

    @cached_property
    def _shared(self) -> Mapping[str, Sequence[tuple[str, Event]]]:
        shared: dict[str, list[tuple[str, Event]]] = {}
        for edition in self.editions:
            for event in edition.events_shared_out:
                for slug in event.also:
                    shared.setdefault(slug, []).append((edition.slug, event))
        return shared

    @cached_property
    def hues(self) -> dict[str, int]:
        """The number of each actor's hue."""
        return hues(self.actors)

    def linkable(self, edition: Edition) -> Mapping[str, Explainer]:
        """The explainers that one may lead to: those that readers of it can open."""
        if edition.explainer.lifecycle == "draft":
            return self.explainers
        return self._published

    @cached_property
    def _published(self) -> Mapping[str, Explainer]:
        return {slug: e for slug, e in self.explainers.items() if e.lifecycle != "draft"}

    def actor(self, id_: str) -> Link:
        """An actor's name, leading to their page."""
        actor = self.actors.get(id_)
        return Link(actor.name, f"actors/{id_}/", self.hues[id_]) if actor else Link(id_)

    def edition(self, slug: str) -> Edition:
        """The explainer with this slug; raises `Unreadable` when its article or its facts cannot be read."""
        if slug not in self.explainers or slug not in self.articles:
            what = f"the facts of `{slug}` cannot be read"
            raise Unreadable("no-facts", what, f"Mend data/explainers/{slug}.yml")
        if slug not in self._opened:
            notes = self.notes.setdefault(slug, {})
            self._opened[slug] = Edition(self, slug, self.explainers[slug], self.articles[slug], notes)
        return self._opened[slug]

    @cached_property
    def _opened(self) -> dict[str, Edition]:
        return {}

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The published explainers that have both article and facts, by slug."""
        return tuple(self.edition(slug) for slug in sorted(self._published.keys() & self.articles.keys()))

    def is_published(self, slug: str) -> bool:
        """Whether readers can open an explainer of this name."""
        return slug in self._published and slug in self.articles

    def redirects_from(self, slug: str) -> Sequence[Redirect]:
        """What has left the page of an explainer or an actor."""
        return self._redirects.get(slug, ())

    @cached_property
    def _redirects(self) -> Mapping[str, Sequence[Redirect]]:
        found: dict[str, list[Redirect]] = {}
        for redirect in self.redirects:
            slug, slash, _ = redirect.from_.partition("/")
            if slash:
                found.setdefault(slug, []).append(redirect)
        return found

    @cached_property
    def first_day(self) -> date:
        """The day on which the first explainer was published."""
        return min((edition.begun for edition in self.editions), default=self.day)

    def naming(self, actor: str) -> tuple[Edition, ...]:
        """The published explainers that an actor's id stands in."""
        return tuple(self.edition(slug) for slug in self._naming.get(actor, ()))

    @cached_property
    def _naming(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for edition in self.editions:
            for id_ in edition.noted("actors", lambda of: ids_of_actors(of.explainer)):
                found.setdefault(id_, []).append(edition.slug)
        return found

    @cached_property
    def represented_by(self) -> Mapping[str, tuple[Link, ...]]:
        """By actor, those who speak for it."""
        found: dict[str, list[Link]] = {}
        for id_, actor in self.actors.items():
            found.setdefault(actor.represents or "", []).append(self.actor(id_))
        return {id_: tuple(links) for id_, links in found.items()}


def ids_of_actors(explainer: Explainer) -> set[str]:
    """The ids of all actors that stand somewhere in an explainer's records."""
    ids = {*explainer.actors, *(stance.actor for stance in explainer.stances)}
    ids.update(id_ for relation in explainer.relations for id_ in (relation.from_, relation.to))
    ids.update(id_ for event in explainer.timeline.values() for id_ in event.actors)
    ids.update(id_ for obstacle in explainer.obstacles.values() for id_ in obstacle.held_by)
    return ids.union(id_ for step in explainer.next_steps.values() for id_ in step.by)


def _names_alike(one: Explainer, other: Explainer) -> bool:
    """Whether two states of an explainer name the same actors, share the same events and began on the same day."""
    return one is other or _named(one) == _named(other)


def _named(explainer: Explainer) -> tuple[object, ...]:
    shared = [event for event in explainer.timeline.values() if event.also]
    return explainer.lifecycle, derive.begun(explainer), ids_of_actors(explainer), shared


def _within(actor: Actor, there: Container[str]) -> Actor:
    return actor if actor.represents in there else actor.model_copy(update={"represents": None})
