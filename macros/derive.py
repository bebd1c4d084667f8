"""What follows from the facts on a given day. Pure: the same facts and day give the same answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from macros.model import Assessment, Explainer, NextStep, Obstacle, ObstacleState, Revision, Stance

Standing = Literal["overdue", "due", "ahead", "undated", "resolved", "cancelled"]


@dataclass(frozen=True)
class StepState:
    """Where a next step stands. `day` is the day it fell due, or the last day it is expected by."""

    standing: Standing
    day: date | None = None


def step_state(step: NextStep, day: date) -> StepState:
    """A step is overdue from the day after the last one it was expected on: April is overdue on 1 May."""
    if step.outcome:
        return StepState("resolved", step.outcome.on)
    if step.history and step.history[-1].status == "cancelled":
        return StepState("cancelled", step.history[-1].on)
    if step.expected is None or step.expected.latest is None:
        return StepState("undated")
    if step.expected.latest < day:
        return StepState("overdue", step.expected.latest + timedelta(days=1))
    return StepState("due" if step.expected.earliest <= day else "ahead", step.expected.latest)


def steps_by_urgency(steps: Iterable[NextStep], day: date) -> list[NextStep]:
    """Overdue first, then by date, then undated; resolved and cancelled last, newest first."""
    rank: dict[Standing, int] = {"overdue": 0, "due": 1, "ahead": 1, "undated": 2, "resolved": 3, "cancelled": 3}

    def order(step: NextStep) -> tuple[int, int]:
        state = step_state(step, day)
        ordinal = state.day.toordinal() if state.day else 0
        return rank[state.standing], -ordinal if rank[state.standing] == 3 else ordinal

    return sorted(steps, key=order)


def review_due(explainer: Explainer) -> date | None:
    """The first day on which the last review no longer holds; None when no rhythm was promised."""
    if explainer.review_every is None or explainer.lifecycle == "closed":
        return None
    last = explainer.reviewed or explainer.published
    return last + explainer.review_every + timedelta(days=1) if last else None


def latest_assessment(explainer: Explainer) -> Assessment | None:
    return explainer.assessment[-1] if explainer.assessment else None


def obstacle_state(obstacle: Obstacle) -> ObstacleState | None:
    return obstacle.history[-1] if obstacle.history else None


def stance_history(stances: Iterable[Stance]) -> dict[tuple[str, str], list[Stance]]:
    """What each actor held on each issue, newest first."""
    ledger: dict[tuple[str, str], list[Stance]] = {}
    for stance in sorted(stances, key=lambda s: s.on.order, reverse=True):
        ledger.setdefault((stance.actor, stance.issue), []).append(stance)
    return ledger


def has_moved(history: list[Stance]) -> bool:
    """Whether the newest position differs from the one before it."""
    return len(history) > 1 and history[0].position.lower() != history[1].position.lower()


def major_revisions(explainer: Explainer) -> list[Revision]:
    """The changes readers are told of, newest first."""
    return [revision for revision in reversed(explainer.revisions) if revision.level == "major"]


def last_change(explainer: Explainer) -> date | None:
    """The day of the last substantive change: a major revision, else the publication."""
    majors = major_revisions(explainer)
    return majors[0].on if majors else explainer.published
