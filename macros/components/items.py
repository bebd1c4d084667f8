"""Records as templates get them: each with its story, its address, what it rests on and whom it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from macros import derive, words
from macros.dates import spoken
from macros.diagram import Diagram, draw
from macros.edition import Edition, Evidence, Library, Link
from macros.model import Event, NextStep, Obstacle, Part, Relation, Revision, Stance, Takeaway
from macros.problems import Mistake


@dataclass(frozen=True)
class Item:
    """A record with what it rests on. `link` leads to where it is stated, `story` to the explainer that states it."""

    record: Any
    evidence: Evidence | None = None
    actors: tuple[Link, ...] = ()
    state: Any = None
    history: tuple[Item, ...] = ()
    link: Link | None = None
    story: Link | None = None


@dataclass(frozen=True)
class PartItem(Item):
    """An actor's part, as labelled lines."""

    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EventItem(Item):
    """An event; a shared one is stated in another explainer, and `place` is its anchor where no record here has it."""

    shared: bool = False
    place: str = ""


@dataclass(frozen=True)
class ObstacleItem(Item):
    """An obstacle with what it blocks."""

    blocks: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Lapse:
    """What falls due: the first day of that, what is said from then on, and whether that day has come."""

    since: date
    words: str
    passed: bool

    @property
    def text(self) -> str:
        return self.words.format(day=spoken(self.since))


def lapse(since: date | None, words: str, library: Library) -> Lapse | None:
    """What has fallen due by the library's day or will later; of a past day only what had by then."""
    if since is None or (library.as_of and since > library.day):
        return None
    return Lapse(since, words, since <= library.day)


@dataclass(frozen=True)
class Tally:
    """How many have fallen due, and the days on which more will."""

    number: int
    more: tuple[date, ...]
    forms: tuple[str, str]

    @property
    def text(self) -> str:
        return words.counted(self.number, self.forms)


def tally(steps: Iterable[StepItem], forms: tuple[str, str]) -> Tally:
    """The overdue steps counted."""
    listed = list(steps)
    more = sorted(step.lapse.since for step in listed if step.lapse)
    return Tally(sum(step.state.standing == "overdue" for step in listed), tuple(more), forms)


@dataclass(frozen=True)
class StepItem(Item):
    """A next step with where it stands on the day; `who` are the ids of those who are to do it.

    `lapse` is set while it may still fall due.
    """

    status: str = ""
    basis: str = ""
    slug: str = ""
    who: tuple[str, ...] = ()
    lapse: Lapse | None = None


@dataclass(frozen=True)
class RevisionItem(Item):
    """A revision with its id and the records it is about; a `brief` one is a line that does not list them."""

    id: str = ""
    about: tuple[Link, ...] = ()
    brief: bool = False


@dataclass(frozen=True)
class StanceItem(Item):
    """A position on an issue; `moved` when it differs from the one before it."""

    issue: str = ""
    moved: bool = False


def part_item(edition: Edition, part: Part) -> PartItem:
    texts = {"Wants": part.wants, "Position": part.position, "Leverage": part.leverage, "Limits": part.limits}
    lines = tuple((label, text) for label, text in texts.items() if text)
    link = Link(edition.title, edition.anchor(part.id))
    return PartItem(part, edition.evidence(part), (edition.actor(part.id),), link=link, lines=lines)


def event_item(edition: Edition, event: Event) -> EventItem:
    actors = edition.actor_names(event.actors)
    link = Link(event.title, edition.anchor(event.id))
    return EventItem(event, edition.evidence(event), actors, link=link, story=edition.link)


def shared_items(edition: Edition) -> list[EventItem]:
    """The events of a story that another explainer states. A link to one that has moved there still finds it here."""
    taken = {*edition.explainer.records, *edition.explainer.issues}
    return [
        replace(event_item(home, event), shared=True, place="" if event.id in taken else event.id)
        for home, event in edition.shared_events
    ]


def relation_item(edition: Edition, relation: Relation) -> Item:
    actors = (edition.actor(relation.from_), edition.actor(relation.to))
    return Item(relation, edition.evidence(relation), actors, story=edition.link)


def picture(items: Iterable[Item]) -> Diagram | None:
    """The relations drawn, numbered in the order given; None when there are none."""
    listed = list(items)
    names: dict[str, str] = {}
    for item in listed:
        names |= {item.record.from_: item.actors[0].text, item.record.to: item.actors[1].text}
    edges = [(item.record.from_, item.record.to, item.record.kind) for item in listed]
    return _drawn(tuple(names.items()), tuple(edges)) if edges else None


_drawn = lru_cache(maxsize=4096)(draw)  # what an article calls is tried before it is shown, and shown again in previews


def stance_items(edition: Edition, history: list[Stance]) -> tuple[StanceItem, ...]:
    """What an actor held on one issue, newest first."""
    return tuple(
        StanceItem(
            stance,
            edition.evidence(stance),
            issue=edition.explainer.issues.get(stance.issue, stance.issue),
            moved=derive.has_moved(history[number:]),
            story=edition.link,
        )
        for number, stance in enumerate(history)
    )


def obstacle_item(edition: Edition, obstacle: Obstacle) -> ObstacleItem:
    history = tuple(Item(state, edition.evidence(state)) for state in reversed(obstacle.history))
    return ObstacleItem(
        obstacle,
        None,
        edition.actor_names(obstacle.held_by),
        history[0] if history else None,
        history[1:],
        Link(obstacle.title, edition.anchor(obstacle.id)),
        edition.link,
        blocks=tuple(_blocked(edition, id_) for id_ in obstacle.blocks),
    )


def _blocked(edition: Edition, id_: str) -> Link:
    blocked = edition.explainer.next_steps.get(id_) or edition.explainer.obstacles.get(id_)
    return Link(blocked.title if blocked else id_, edition.anchor(id_))


def step_item(edition: Edition, step: NextStep) -> StepItem:
    state = derive.step_state(step, edition.day, edition.explainer.lifecycle)
    pending = state.standing in ("due", "ahead")
    return StepItem(
        step,
        edition.evidence(step.outcome) if step.outcome else None,
        edition.actor_names(step.by),
        state,
        tuple(Item(entry, edition.evidence(entry)) for entry in reversed(step.history)),
        Link(step.title, edition.anchor(step.id)),
        edition.link,
        status=words.step_status(step, state, edition.day),
        basis=words.BASES[step.basis],
        slug=edition.slug,
        who=step.by,
        lapse=lapse(derive.overdue_from(step), words.OVERDUE, edition.library) if pending else None,
    )


def revision_item(edition: Edition, revision: Revision) -> RevisionItem:
    about = tuple(_about(edition, id_) for id_ in revision.about)
    id_ = derive.revision_id(edition.explainer, revision)
    return RevisionItem(revision, link=Link("", edition.anchor(id_)), story=edition.link, id=id_, about=about)


def _about(edition: Edition, id_: str) -> Link:
    record = edition.explainer.records.get(id_)
    title = getattr(record, "title", None) or (edition.actor(id_).text if isinstance(record, Part) else None)
    return Link(title or edition.explainer.issues.get(id_) or excerpt(record), edition.anchor(id_))


def excerpt(record: object) -> str:
    """The first words of a takeaway."""
    text = record.text.split() if isinstance(record, Takeaway) else []
    return " ".join(text[:8]) + ("…" if len(text) > 8 else "")


def count(limit: int | None) -> int | None:
    """The argument of a component that may be cut; raises `Mistake` when it is no whole number from 1 on."""
    if limit is None or (type(limit) is int and limit > 0):
        return limit
    raise Mistake("bad-argument", f"`limit` is {limit!r}", "Give a whole number from 1 on: limit=5")
