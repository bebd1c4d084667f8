"""An explainer as its readers meet it on a given day: facts joined with names, sources and addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from macros import derive
from macros.articles import Article, without_prose
from macros.as_of import known, named_actors, sharing
from macros.colours import hues
from macros.model import Actor, Attested, Confidence, Event, Explainer, Redirect, Source, Sourced
from macros.problems import Mistake, did_you_mean

RecordT = TypeVar("RecordT")
NoteT = TypeVar("NoteT")


@dataclass(frozen=True)
class Link:
    """A name, and the address it leads to; no address where there is no page for it. An actor has a hue."""

    text: str
    url: str | None = None
    hue: int | None = None


@dataclass(frozen=True)
class Citation:
    """A source with its number on the page."""

    id: str
    number: int
    source: Source
    url: str


@dataclass(frozen=True)
class SpokenAccount:
    """One side of a dispute, with the speaker's name."""

    by: Link
    says: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Evidence:
    """What a statement rests on."""

    citations: tuple[Citation, ...]
    confidence: Confidence | None
    accounts: tuple[SpokenAccount, ...]


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


@dataclass(frozen=True)
class Edition:
    """One explainer on a day, with the library around it."""

    library: Library
    slug: str
    explainer: Explainer
    article: Article
    notes: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def noted(self, name: str, make: Callable[[Edition], NoteT]) -> NoteT:
        """What `make` makes of it: made once, however many lists ask, until an edit touches this explainer."""
        if name not in self.notes:
            self.notes[name] = make(self)
        found: NoteT = self.notes[name]
        return found

    @property
    def events_shared_out(self) -> tuple[Event, ...]:
        """Its events that belong to other explainers too."""
        events = self.explainer.timeline
        return self.noted("shared", lambda _: tuple(event for event in events.values() if event.also))

    @property
    def day(self) -> date:
        return self.library.day

    @property
    def url(self) -> str:
        """Its address below the site's root."""
        return f"explainers/{self.slug}/"

    @property
    def begun(self) -> date:
        """The day it was published; where that is not said, the first on which something of it was known."""
        return derive.begun(self.explainer) or self.day

    @property
    def title(self) -> str:
        return self.article.front.title

    @property
    def link(self) -> Link:
        return Link(self.title, self.url)

    def anchor(self, id_: str) -> str:
        return f"{self.url}#{id_}"

    @property
    def shared_events(self) -> tuple[tuple[Edition, Event], ...]:
        """The events of this story that are stated in another explainer, with that explainer."""
        return self.library.shared_events(self.slug)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Sources are numbered as the article cites them; those that only records rest on come after."""
        sources = self.explainer.sources
        cited = [id_ for id_ in self.article.cited if id_ in sources]
        return {id_: number for number, id_ in enumerate(dict.fromkeys([*cited, *sources]), start=1)}

    def citation(self, id_: str) -> Citation:
        """The source with this id; raises `Mistake` when there is none."""
        source = find("source", id_, self.explainer.sources)
        return Citation(id_, self._numbers[id_], source, self.anchor(id_))

    def citations(self, item: Sourced) -> tuple[Citation, ...]:
        known = [id_ for id_ in item.sources if id_ in self.explainer.sources]
        return tuple(self.citation(id_) for id_ in known)

    def evidence(self, item: Attested) -> Evidence:
        accounts = (SpokenAccount(self.speaker(a.by), a.says, self.citations(a)) for a in item.accounts)
        return Evidence(self.citations(item), item.confidence, tuple(accounts))

    def sides(self, item: Attested) -> list[str]:
        """The accounts of a dispute as lines of plain text: a disputed statement is never without them."""
        return [f"{self.speaker(account.by).text}: {account.says}" for account in item.accounts]

    def speaker(self, by: str) -> Link:
        """An actor's name when `by` is an actor's id, else `by` itself."""
        return self.actor(by) if by in self.library.actors else Link(by)

    def actor(self, id_: str) -> Link:
        """An actor's name, leading to their page."""
        return self.library.actor(id_)

    def actor_names(self, ids: Iterable[str]) -> tuple[Link, ...]:
        return tuple(self.actor(id_) for id_ in ids)


class Unreadable(Mistake):
    """An explainer that lacks its article or its facts."""


class Unknown(Mistake):
    """An id that nothing readable has."""

    def __init__(self, kind: str, id_: object, known: Iterable[str]) -> None:
        super().__init__(f"unknown-{kind}", f"there is no {kind} `{id_}`", did_you_mean(str(id_), known))
        self.kind, self.id = kind, str(id_)


def find(kind: str, id_: object, records: Mapping[str, RecordT]) -> RecordT:
    """The record with this id; raises `Unknown` when there is none."""
    if isinstance(id_, str) and id_ in records:
        return records[id_]
    raise Unknown(kind, id_, records)
