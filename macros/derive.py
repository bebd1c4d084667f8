"""What follows from the facts on a given day. Pure: the same facts and day give the same answer."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from macros.model import Assessment, Explainer, Lifecycle, NextStep, Obstacle, ObstacleState, Revision, Stance

Standing = Literal["overdue", "due", "ahead", "undated", "resolved", "cancelled", "closed"]


@dataclass(frozen=True)
class StepState:
    """Where a next step stands. `day` is the day it fell due, or the last day it is expected by."""

    standing: Standing
    day: date | None = None


def _after(day: date, span: timedelta = timedelta()) -> date | None:
    """The first day after a span of time that begins on a day; None past the end of the calendar."""
    try:
        return day + span + timedelta(days=1)
    except OverflowError:
        return None


def overdue_from(step: NextStep) -> date | None:
    """The first day on which a step without outcome is overdue: April is overdue on 1 May. None without a last day."""
    latest = step.expected.latest if step.expected else None
    return _after(latest) if latest else None


def step_state(step: NextStep, day: date, lifecycle: Lifecycle = "live") -> StepState:
    """Where a step of an explainer with this lifecycle stands; on a closed one nothing is due any more."""
    if step.outcome:
        return StepState("resolved", step.outcome.on)
    if step.history and step.history[-1].status == "cancelled":
        return StepState("cancelled", step.history[-1].on)
    if lifecycle == "closed":
        return StepState("closed")
    if step.expected is None or step.expected.latest is None:
        return StepState("undated")
    since = overdue_from(step)
    if since and since <= day:
        return StepState("overdue", since)
    return StepState("due" if step.expected.earliest <= day else "ahead", step.expected.latest)


_RANK: dict[Standing, int] = {
    "overdue": 0, "due": 1, "ahead": 1, "undated": 2, "resolved": 3, "cancelled": 3, "closed": 3,
}  # fmt: skip


def urgency(state: StepState) -> tuple[int, int]:
    """What to sort next steps by: overdue first, then by date, then undated; what has ended last, newest first."""
    ordinal = state.day.toordinal() if state.day else 0
    return _RANK[state.standing], -ordinal if _RANK[state.standing] == 3 else ordinal


def steps_by_urgency(steps: Iterable[NextStep], day: date, lifecycle: Lifecycle = "live") -> list[NextStep]:
    return sorted(steps, key=lambda step: urgency(step_state(step, day, lifecycle)))


def open_steps(explainer: Explainer, day: date) -> list[NextStep]:
    """The next steps that something is still expected of, the most urgent first."""
    steps = steps_by_urgency(explainer.next_steps.values(), day, explainer.lifecycle)
    return [step for step in steps if _RANK[step_state(step, day, explainer.lifecycle).standing] < 3]


Horizon = Literal["overdue", "this week", "this month", "later", "undated"]


def horizon(state: StepState, day: date) -> Horizon:
    """When an open step falls due, seen from a day; weeks end on Sunday (ISO 8601)."""
    if state.standing == "overdue":
        return "overdue"
    if state.day is None:
        return "undated"
    if state.day.toordinal() <= day.toordinal() + 7 - day.isoweekday():
        return "this week"
    return "this month" if (state.day.year, state.day.month) == (day.year, day.month) else "later"


def horizon_ends(day: date) -> dict[Horizon, date | None]:
    """For the horizons that are named from a day: the first day from which the name is no longer true."""
    month = _after(date(day.year, day.month, monthrange(day.year, day.month)[1]))
    week = timedelta(days=7 - day.isoweekday())
    return {"this week": _after(day, week), "this month": month, "later": month}


def lateness(step: NextStep) -> int | None:
    """Days from the last day first expected until it was done, never below 0; None where it had no date or was not."""
    promised = next((entry.expected for entry in step.history if entry.expected), step.expected)
    last = promised.latest if promised else None
    if step.outcome is None or step.outcome.result not in ("done", "partly") or last is None:
        return None
    return max((step.outcome.on - last).days, 0)


def review_due(explainer: Explainer) -> date | None:
    """The first day on which the last review no longer holds; None when no rhythm is promised."""
    return _rhythm_ends(explainer, explainer.reviewed or explainer.published)


def assessment_due(explainer: Explainer) -> date | None:
    """The first day on which the latest assessment is older than the rhythm of reviews; None without either."""
    latest = latest_assessment(explainer)
    return _rhythm_ends(explainer, latest.as_of if latest else None)


def _rhythm_ends(explainer: Explainer, last: date | None) -> date | None:
    """A rhythm is promised for as long as an explainer is live: not while it is only watched, nor when it is closed."""
    if last is None or explainer.review_every is None or explainer.lifecycle in ("monitoring", "closed"):
        return None
    return _after(last, explainer.review_every)


def latest_assessment(explainer: Explainer) -> Assessment | None:
    return explainer.assessment[-1] if explainer.assessment else None


def obstacle_state(obstacle: Obstacle) -> ObstacleState | None:
    return obstacle.history[-1] if obstacle.history else None


def stance_history(stances: Iterable[Stance]) -> dict[tuple[str, str], list[Stance]]:
    """What each actor held on each issue, newest first; of two on the same day, the one written later."""
    ledger: dict[tuple[str, str], list[Stance]] = {}
    oldest_first = sorted(stances, key=lambda s: s.on.order)
    for stance in oldest_first[::-1]:
        ledger.setdefault((stance.actor, stance.issue), []).append(stance)
    return ledger


def has_moved(history: Sequence[Stance]) -> bool:
    """Whether the newest of an actor's positions, which come newest first, is another one than the one before it."""
    return len(history) > 1 and history[0].position.lower() != history[1].position.lower()


def major_revisions(explainer: Explainer) -> list[Revision]:
    """The changes readers are told of, newest first."""
    return [revision for revision in reversed(explainer.revisions) if revision.level == "major"]


def revision_id(explainer: Explainer, revision: Revision) -> str:
    """The permanent id of a major revision: `r_2025-11-04`, then `r_2025-11-04_2` for the second of a day.

    It is the anchor on the page and what browsers remember. No record has such an id: theirs have no underscore.
    `revision` is one of the explainer's own; raises ValueError for any other, a minor one included.
    """
    same_day = [r for r in explainer.revisions if r.level == "major" and r.on == revision.on]
    for number, other in enumerate(same_day, start=1):
        if other is revision:
            return f"r_{revision.on.isoformat()}" + (f"_{number}" if number > 1 else "")
    raise ValueError(f"the revision of {revision.on} is no major one of this explainer")


def last_change(explainer: Explainer) -> date | None:
    """The day of the last substantive change: a major revision, else the publication."""
    majors = major_revisions(explainer)
    return majors[0].on if majors else explainer.published


def begun(explainer: Explainer) -> date | None:
    """The day it was published; where that is not said, the first that an entry of its gives. None without any."""
    return explainer.published or min(_days(explainer), default=None)


def _days(explainer: Explainer) -> Iterator[date]:
    yield from (entry.as_of for entry in explainer.assessment)
    yield from (revision.on for revision in explainer.revisions)
    yield from (stance.on.earliest for stance in explainer.stances)
    yield from (state.on for obstacle in explainer.obstacles.values() for state in obstacle.history)
    yield from (state.on for step in explainer.next_steps.values() for state in step.history)
    yield from (step.outcome.on for step in explainer.next_steps.values() if step.outcome)
    yield from (source.accessed for source in explainer.sources.values() if source.accessed)
