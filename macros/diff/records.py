"""What happened to takeaways, actors, events, next steps and obstacles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from macros import derive
from macros.dates import spoken
from macros.diff.pair import NOUNS, Pair, changed, removed
from macros.diff.sentences import Sentence, say
from macros.diff.spans import late
from macros.model import Event, NextStep, Obstacle, Outcome, Takeaway
from macros.words import BASES


def records(pair: Pair) -> Iterator[Sentence]:
    """Every record that was added, changed or removed, but sources and issues."""
    for section, (added, kept) in _SECTIONS.items():
        for id_ in pair.added(section):
            yield from added(pair, id_, getattr(pair.new, section)[id_])
        for old, new in pair.kept(section):
            yield from kept(pair, old, new) if old != new else ()
        for id_ in pair.incomparable(section):
            yield say("record-unreadable", NOUNS[section], id_, record=id_)
        yield from removed(pair, section)


def _takeaway_added(_: Pair, id_: str, takeaway: Takeaway) -> Iterator[Sentence]:
    yield say("record-added", "Takeaway", id_, takeaway.text, record=id_)


def _takeaway(_: Pair, old: Takeaway, new: Takeaway) -> Iterator[Sentence]:
    if new.text != old.text:
        yield say("takeaway-reworded", new.id, new.text, record=new.id)
    if new.checked and new.checked != old.checked:
        yield say("takeaway-checked", new.id, spoken(new.checked), record=new.id)
    yield from changed("Takeaway", new.id, old, new, but=("text", "checked") if new.checked else ("text",))


def _part_added(pair: Pair, id_: str, _: Any) -> Iterator[Sentence]:  # noqa: ANN401
    yield say("record-added", "Actor", id_, pair.name(id_), record=id_)


def _part(_: Pair, old: Any, new: Any) -> Iterator[Sentence]:  # noqa: ANN401
    yield from changed("Actor", new.id, old, new)


def _event_added(_: Pair, id_: str, event: Event) -> Iterator[Sentence]:
    yield say("event-added", id_, event.date, event.title, record=id_)


def _event(_: Pair, old: Event, new: Event) -> Iterator[Sentence]:
    if new.date != old.date:
        yield say("event-moved", new.id, new.date, old.date, record=new.id)
    yield from changed("Event", new.id, old, new, but=("date",))


def _step_added(pair: Pair, id_: str, step: NextStep) -> Iterator[Sentence]:
    yield say("step-added", id_, step.title, step.expected or "at no known date", BASES[step.basis], record=id_)
    if step.outcome:
        yield _resolved(step, step.outcome)
    yield from _overdue(pair, step)


def _step(pair: Pair, old: NextStep, new: NextStep) -> Iterator[Sentence]:
    yield from _outcome(old, new)
    if new.expected != old.expected:
        dates = (step.expected or "no known date" for step in (old, new))
        yield say("step-moved", new.id, *dates, record=new.id)
    elif _status(new) not in (None, _status(old)):
        yield say("step-status", new.id, _status(new), record=new.id)
    if new.done_when != old.done_when:
        criteria = (f"“{step.done_when}”" if step.done_when else "" for step in (old, new))
        yield say("step-criterion", new.id, *criteria, record=new.id)
    told = ("history",) if new.expected != old.expected or _status(new) != _status(old) else ()
    yield from changed("Next step", new.id, old, new, but=("expected", "done_when", "outcome", *told))
    yield from _overdue(pair, new)


def _status(step: NextStep) -> str | None:
    return step.history[-1].status if step.history else None


def _outcome(old: NextStep, new: NextStep) -> Iterator[Sentence]:
    before, now = old.outcome, new.outcome
    if now and not before:
        yield _resolved(new, now)
    elif before and not now:
        yield say("step-reopened", new.id, _plain(before.result), record=new.id)
    elif before and now and before.result != now.result:
        yield say("step-result", new.id, _plain(now.result), _plain(before.result), record=new.id)
    elif before != now:
        yield say("step-outcome", new.id, record=new.id)


def _resolved(step: NextStep, outcome: Outcome) -> Sentence:
    days = derive.lateness(step)
    how = _plain(outcome.result) + ("" if days is None else f", {late(days)}")
    return say("step-resolved", step.id, how, step.title, record=step.id)


def _plain(word: str) -> str:
    return word.replace("-", " ")


def _overdue(pair: Pair, step: NextStep) -> Iterator[Sentence]:
    state = derive.step_state(step, pair.day)
    if state.standing == "overdue" and state.day:
        yield say("step-overdue", step.id, spoken(state.day), record=step.id)


def _obstacle_added(_: Pair, id_: str, obstacle: Obstacle) -> Iterator[Sentence]:
    yield say("obstacle-added", id_, obstacle.title, obstacle.blocks, record=id_)


def _obstacle(_: Pair, old: Obstacle, new: Obstacle) -> Iterator[Sentence]:
    before, now = (derive.obstacle_state(obstacle) for obstacle in (old, new))
    if now and (before is None or before.status != now.status):
        yield say("obstacle-status", new.id, now.status, before.status if before else "without status", record=new.id)
    told = ("history",) if now and before and now.status != before.status else ()
    yield from changed("Obstacle", new.id, old, new, but=told)


Added = Callable[[Pair, str, Any], Iterator[Sentence]]
Kept = Callable[[Pair, Any, Any], Iterator[Sentence]]
_SECTIONS: dict[str, tuple[Added, Kept]] = {
    "next_steps": (_step_added, _step),
    "obstacles": (_obstacle_added, _obstacle),
    "timeline": (_event_added, _event),
    "takeaways": (_takeaway_added, _takeaway),
    "actors": (_part_added, _part),
}
