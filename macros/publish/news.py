"""What subscribers are told: major revisions, outcomes of next steps, and positions that moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from macros import derive, words
from macros.edition import Edition, Library
from macros.model import Event, NextStep, Obstacle, Part, Revision, RevisionKind, Stance

LIMIT = 100  # entries in a feed; a reader that polls once a day misses none
Kind = RevisionKind | Literal["outcome", "stance"]


@dataclass(frozen=True)
class Entry:
    """One thing that is new. `id` never changes; `begun` is its explainer's first day; `actors` are ids."""

    id: str
    on: date
    kind: Kind
    title: str
    text: str
    url: str
    slug: str
    actors: frozenset[str]
    begun: date


@dataclass(frozen=True)
class Channel:
    """Something to subscribe to: the site, an explainer or an actor, with its newest entries first."""

    folder: str
    title: str
    description: str
    entries: tuple[Entry, ...]
    since: date

    @property
    def updated(self) -> date:
        """The day of the newest entry, else the day it began."""
        return max((entry.on for entry in self.entries), default=self.since)


def of_site(library: Library, name: str, description: str) -> Channel:
    """The site's channel, called `name`."""
    return _channel("", name, description, entries(library.editions), library.first_day)


def of_story(edition: Edition) -> Channel:
    """The channel of an explainer."""
    about = edition.article.front.description
    return _channel(edition.url, edition.title, about, entries([edition]), edition.begun)


def of_actor(library: Library, id_: str) -> Channel:
    """The channel of an actor: what is new about them, in whatever explainer."""
    actor = library.actors[id_]
    about = [entry for entry in entries(library.naming(id_)) if id_ in entry.actors]
    return _channel(f"actors/{id_}/", actor.name, actor.summary, about, library.first_day)


def entries(editions: Iterable[Edition]) -> list[Entry]:
    """Everything that was ever new in these explainers, newest first."""
    found = [entry for edition in editions for entry in _numbered(_of(edition))]
    return sorted(found, key=lambda entry: (entry.on, entry.id), reverse=True)


def _channel(folder: str, title: str, description: str | None, newest: list[Entry], since: date) -> Channel:
    return Channel(folder, title, description or title, tuple(newest[:LIMIT]), since)


def _of(edition: Edition) -> Iterator[Entry]:
    explainer = edition.explainer
    yield from (_revised(edition, revision) for revision in derive.major_revisions(explainer))
    yield from (_resolved(edition, step) for step in explainer.next_steps.values() if step.outcome)
    for history in derive.stance_history(explainer.stances).values():
        yield from (_moved(edition, new, old) for new, old in pairwise(history) if derive.has_moved([new, old]))


def _numbered(entries: Iterable[Entry]) -> list[Entry]:
    """Entries that would share an id get a number, in the order they are written."""
    counts: Counter[str] = Counter()
    found = []
    for entry in entries:
        counts[entry.id] += 1
        found.append(replace(entry, id=f"{entry.id}/{counts[entry.id]}") if counts[entry.id] > 1 else entry)
    return found


def _revised(edition: Edition, revision: Revision) -> Entry:
    about = frozenset(actor for id_ in revision.about for actor in _actors(edition, id_))
    versions = [f"Was: {revision.was}" if revision.was else "", f"Now: {revision.now}" if revision.now else ""]
    id_ = derive.revision_id(edition.explainer, revision)
    return Entry(
        f"{edition.slug}/{id_}",
        revision.on,
        revision.kind,
        f"{revision.kind.capitalize()}: {edition.title}",
        "\n\n".join(filter(None, [revision.text, *versions])),
        edition.anchor(id_),
        edition.slug,
        about,
        edition.begun,
    )


def _actors(edition: Edition, id_: str) -> tuple[str, ...]:
    """The ids of the actors that a record is about."""
    match edition.explainer.records.get(id_):
        case Part():
            return (id_,)
        case Event(actors=actors):
            return actors
        case Obstacle(held_by=actors) | NextStep(by=actors):
            return actors
    return tuple(stance.actor for stance in edition.explainer.stances if stance.issue == id_)


def _resolved(edition: Edition, step: NextStep) -> Entry:
    assert step.outcome is not None  # noqa: S101 - only called for steps that have one
    return Entry(
        f"{edition.slug}/{step.id}/outcome",
        step.outcome.on,
        "outcome",
        f"{words.RESULTS[step.outcome.result]}: {step.title}",
        "\n\n".join([step.outcome.text, *edition.sides(step.outcome)]),
        edition.anchor(step.id),
        edition.slug,
        frozenset(step.by),
        edition.begun,
    )


def _moved(edition: Edition, stance: Stance, before: Stance) -> Entry:
    issue = edition.explainer.issues.get(stance.issue, stance.issue)
    return Entry(
        f"{edition.slug}/{stance.issue}/{stance.actor}/{stance.on.text}",
        stance.recorded or stance.on.latest or stance.on.earliest,
        "stance",
        f"{edition.actor(stance.actor).text} on “{issue}”: {stance.position}, before {before.position}",
        "\n\n".join([_says(stance), *edition.sides(stance)]),
        edition.anchor(stance.issue),
        edition.slug,
        frozenset([stance.actor]),
        edition.begun,
    )


def _says(stance: Stance) -> str:
    """What was said; with when, where the entry's day is more exact than that."""
    when = str(stance.on)
    return stance.says if stance.on.is_day else f"{when[0].upper()}{when[1:]}: {stance.says}"
