"""An explainer as it was known on a day: nothing that came to be known later. Pure.

An entry is known from the day it is `recorded`, else from its own date, else from publication; never before that.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from macros.dates import Edtf
from macros.model import (
    Account,
    Assessment,
    Attested,
    Authored,
    Event,
    Explainer,
    NextStep,
    Obstacle,
    ObstacleState,
    Outcome,
    Recorded,
    Revision,
    Source,
    Sourced,
    Stance,
    StepState,
    walk,
)

ItemT = TypeVar("ItemT", bound=Authored)


def known(explainer: Explainer, day: date) -> Explainer | None:
    """The explainer as it was known on a day; None for a draft, and when it was not published by then."""
    if explainer.lifecycle == "draft" or (explainer.published and explainer.published > day):
        return None
    view = _View(day, frozenset(id_ for id_, source in explainer.sources.items() if _is_later(source, day)))
    trimmed = view.trim(explainer)
    return _without_dangling(_as_promised(trimmed, explainer, day), explainer)


def days_of_change(explainer: Explainer, until: date) -> list[date]:
    """The days up to one on which what stands here changed, from the publication on, oldest first.

    Counted are major revisions, takeaways, assessments, stances, obstacles and next steps.
    """
    first = explainer.published or date.min
    days = {max(day, first) for day in (explainer.published, *_changes(explainer)) if day}
    return sorted(day for day in days if day <= until)


def _changes(explainer: Explainer) -> Iterator[date | None]:
    majors = (revision for revision in explainer.revisions if revision.level == "major")
    for item in (*majors, *explainer.takeaways.values(), *explainer.assessment, *explainer.stances):
        yield known_from(item)
    for obstacle in explainer.obstacles.values():
        yield from _entries(obstacle, obstacle.history)
    for step in explainer.next_steps.values():
        yield from _entries(step, (*step.history, step.outcome) if step.outcome else step.history)


def _entries(record: Obstacle | NextStep, entries: Iterable[ObstacleState | StepState | Outcome]) -> Iterator[date]:
    """The days of a record's entries; none is seen before the record."""
    since = known_from(record) or date.min
    yield from {since, *(max(entry.on, since) for entry in entries)} - {date.min}


def named_actors(explainer: Explainer) -> set[str]:
    """The ids of the actors that take part or speak."""
    return {*explainer.actors, *(item.by for _, item in walk(explainer) if isinstance(item, Account))}


def sharing(explainer: Explainer, others: Container[str]) -> Explainer:
    """With its events shared only with explainers that exist."""
    return explainer.model_copy(update={"timeline": _naming(explainer.timeline, "also", others)})


def known_from(item: Authored) -> date | None:
    """The first day on which an entry was known; None where it has no date of its own, so from publication on."""
    if isinstance(item, Recorded) and item.recorded:
        return item.recorded
    if isinstance(item, Event):
        return _last_day(item.date)
    if isinstance(item, Obstacle | NextStep):
        return item.history[0].on if item.history else None
    return next((read(item) for kind, read in _DATED.items() if isinstance(item, kind)), None)


_DATED: Mapping[type[Authored], Callable[[Any], date | None]] = {
    Assessment: lambda item: item.as_of,
    Stance: lambda item: _last_day(item.on),
    ObstacleState: lambda item: item.on,
    StepState: lambda item: item.on,
    Outcome: lambda item: item.on,
    Revision: lambda item: item.on,
    Source: lambda item: item.published.earliest if item.published else None,
}


def _last_day(span: Edtf) -> date:
    """What is still going on is known from its start."""
    return span.latest or span.earliest


def _is_later(item: Authored, day: date) -> bool:
    since = known_from(item)
    return since is not None and since > day


@dataclass(frozen=True)
class _View:
    """What could be seen on a day: `unseen` are the sources that could not."""

    day: date
    unseen: frozenset[str]

    def trim(self, item: ItemT) -> ItemT:
        """The entry without anything later in it."""
        fields = type(item).model_fields
        before = {name: getattr(item, name) for name in fields}
        after = {name: self._value(value) for name, value in before.items()}
        if isinstance(item, Sourced):
            after |= self._firmness(item)
        changed = {name: value for name, value in after.items() if value is not before[name] and value != before[name]}
        return item.model_copy(update=changed) if changed else item

    def _firmness(self, item: Sourced) -> dict[str, object]:
        """The sources that could be seen; one alone of several does not confirm what they confirm together."""
        seen = tuple(id_ for id_ in item.sources if id_ not in self.unseen)
        alone = len(seen) == 1 < len(item.sources)
        confirmed = isinstance(item, Attested) and item.confidence == "confirmed"
        return {"sources": seen, **({"confidence": None} if alone and confirmed else {})}

    def _value(self, value: Any) -> Any:  # noqa: ANN401
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, dict):
            return {key: self.trim(item) if isinstance(item, Authored) else item for key, item in self._seen(value)}
        if isinstance(value, tuple) and any(isinstance(item, Authored) for item in value):
            return tuple(self.trim(item) for _, item in self._seen(dict(enumerate(value))))
        if isinstance(value, Authored):
            return self.trim(value) if self._was_known(value) else None
        return None if isinstance(value, date) and value > self.day else value

    def _seen(self, items: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
        return ((key, item) for key, item in items.items() if not isinstance(item, Authored) or self._was_known(item))

    def _was_known(self, item: Authored) -> bool:
        """A statement was not, before any source for it was; nor a dispute, before two sides of it were."""
        if _is_later(item, self.day):
            return False
        if isinstance(item, Sourced) and self.unseen.issuperset(item.sources):
            return False
        sides = item.accounts if isinstance(item, Attested) else ()
        return sum(self._was_known(side) for side in sides) >= min(len(sides), 2)


def _as_promised(trimmed: Explainer, whole: Explainer, day: date) -> Explainer:
    """What today's file says in one place only, where it changes over time."""
    reviewed_since = whole.reviewed is not None and whole.reviewed > day
    changed_since = reviewed_since or any(revision.on > day for revision in whole.revisions)
    return trimmed.model_copy(
        update={
            "lifecycle": "live" if changed_since else whole.lifecycle,
            "review_every": None if reviewed_since else whole.review_every,
            "next_steps": {id_: _expected(step, whole.next_steps[id_]) for id_, step in trimmed.next_steps.items()},
            "sources": {id_: _copy(source, whole.sources[id_]) for id_, source in trimmed.sources.items()},
        }
    )


def _expected(step: NextStep, whole: NextStep) -> NextStep:
    """With the date of the newest entry that was known; where all that give one came later, it was unknown."""
    if step.history == whole.history or not _dated(whole):
        return step
    dated = _dated(step)
    return step.model_copy(update={"expected": dated[-1].expected if dated else None})


def _dated(step: NextStep) -> list[StepState]:
    return [entry for entry in step.history if "expected" in entry.model_fields_set]


def _copy(source: Source, whole: Source) -> Source:
    """Nobody knows when a page was archived; at the earliest when it was last read."""
    return source if source.accessed == whole.accessed else source.model_copy(update={"archived": None})


def _without_dangling(explainer: Explainer, whole: Explainer) -> Explainer:
    """Whatever names something that was not known is left out, or names it no longer."""
    parts = explainer.actors
    stances = tuple(stance for stance in explainer.stances if stance.actor in parts)
    obstacles = _naming(explainer.obstacles, "held_by", parts)
    named = explainer.model_copy(
        update={
            "relations": tuple(r for r in explainer.relations if r.from_ in parts and r.to in parts),
            "stances": stances,
            "issues": _issues(whole, stances),
            "timeline": _naming(explainer.timeline, "actors", parts),
            "obstacles": _naming(obstacles, "blocks", {**explainer.next_steps, **explainer.obstacles}),
            "next_steps": _naming(explainer.next_steps, "by", parts),
        }
    )
    return _with_revisions(named.model_copy(update={"sources": _sources(named)}))


def _naming(records: Mapping[str, ItemT], field: str, there: Container[str]) -> dict[str, ItemT]:
    return {id_: _pruned(record, field, there) for id_, record in records.items()}


def _pruned(item: ItemT, field: str, there: Container[str]) -> ItemT:
    ids = getattr(item, field)
    left = tuple(id_ for id_ in ids if id_ in there)
    return item if left == ids else item.model_copy(update={field: left})


def _issues(whole: Explainer, stances: Iterable[Stance]) -> dict[str, str]:
    """An issue arises with the first stance on it; one that nobody has taken a stance on, with the page."""
    later = {stance.issue for stance in whole.stances} - {stance.issue for stance in stances}
    return {id_: text for id_, text in whole.issues.items() if id_ not in later}


def _sources(explainer: Explainer) -> dict[str, Source]:
    """Those that something rests on, or that were out on their own date; an undated one proves nothing by itself."""
    cited = {id_ for _, item in walk(explainer) if isinstance(item, Sourced) for id_ in item.sources}
    cited |= {source.derives_from or "" for id_, source in explainer.sources.items() if id_ in cited}
    kept = {id_: source for id_, source in explainer.sources.items() if id_ in cited or known_from(source)}
    return {
        id_: source
        if source.derives_from is None or source.derives_from in kept
        else source.model_copy(update={"derives_from": None})
        for id_, source in kept.items()
    }


def _with_revisions(explainer: Explainer) -> Explainer:
    there = {*explainer.records, *explainer.issues}
    return explainer.model_copy(update={"revisions": tuple(_pruned(r, "about", there) for r in explainer.revisions)})
