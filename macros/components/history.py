"""What an explainer's history page shows: the page as it stood at the end of each day on which it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from macros import derive, words
from macros.as_of import days_of_change, known
from macros.components.items import Item, StanceItem, StepItem, obstacle_item, stance_items, step_item
from macros.components.registry import Values
from macros.edition import Edition, Link


@dataclass(frozen=True)
class Position:
    """An actor's newest position on an issue."""

    actor: Link
    stance: StanceItem


@dataclass(frozen=True)
class State:
    """An explainer as it stood at the end of a day. `changes` are the major revisions of that day."""

    day: date
    changes: tuple[str, ...]
    assessment: Item | None
    takeaways: tuple[Item, ...]
    issues: tuple[tuple[str, tuple[Position, ...]], ...]
    obstacles: tuple[Item, ...]
    steps: tuple[StepItem, ...]


def history(edition: Edition) -> Values:
    """The dated states of an explainer, newest first."""
    return {"story": edition.link, "states": list(_states(edition)), "changes": words.CHANGES}


def days(edition: Edition) -> list[date]:
    """The days that the history page shows, newest first; none where there is no earlier state to go back to."""
    found = days_of_change(edition.explainer, edition.day)[::-1]
    return found if len(found) > 1 and edition.explainer.lifecycle != "draft" else []


def address(edition: Edition) -> str:
    return f"{edition.url}history/"


def rewind(edition: Edition) -> Values:
    """What the timeline needs to lead to earlier states."""
    found = days(edition)
    return {"history": address(edition) if found else None, "days": " ".join(day.isoformat() for day in found)}


def _states(edition: Edition) -> Iterator[State]:
    for day in days(edition):
        if past := known(edition.explainer, day):
            then = replace(edition.library, day=day, notes={})
            yield _state(replace(edition, explainer=past, library=then, notes={}))


def _state(edition: Edition) -> State:
    explainer, day = edition.explainer, edition.day
    assessment = derive.latest_assessment(explainer)
    return State(
        day,
        tuple(revision.text for revision in derive.major_revisions(explainer) if revision.on == day),
        Item(assessment, edition.evidence(assessment)) if assessment else None,
        tuple(Item(takeaway, edition.evidence(takeaway)) for takeaway in explainer.takeaways.values()),
        tuple(_positions(edition)),
        tuple(obstacle_item(edition, obstacle) for obstacle in explainer.obstacles.values()),
        tuple(step_item(edition, step) for step in derive.steps_by_urgency(explainer.next_steps.values(), day)),
    )


def _positions(edition: Edition) -> Iterator[tuple[str, tuple[Position, ...]]]:
    """By issue, each actor's newest position."""
    ledger = derive.stance_history(edition.explainer.stances)
    for id_, issue in edition.explainer.issues.items():
        yield (
            issue,
            tuple(
                Position(edition.actor(actor), stance_items(edition, ledger[actor, id_])[0])
                for actor in edition.explainer.actors
                if (actor, id_) in ledger
            ),
        )
