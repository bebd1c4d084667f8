"""One explainer, joined with the names of its actors, the numbers of its sources and the addresses of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from macros import derive
from macros.articles import Article
from macros.edition.missing import find
from macros.model import Attested, Confidence, Event, Explainer, Source, Sourced

if TYPE_CHECKING:
    from macros.edition.library import Library

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
