"""What follows from the facts on a given day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from macros import derive
from macros.derive import StepState
from macros.model import Explainer, NextStep, Obstacle, Stance

RESTS = {"sources": ["s-one"]}
BASE: dict[str, Any] = {
    "takeaways": {"t-one": {"text": "The sky is blue.", **RESTS}},
    "timeline": {"e-one": {"date": "2025-10-30", "title": "A thing happened", **RESTS}},
    "sources": {"s-one": {"title": "A", "publisher": "B", "url": "https://example.org", "kind": "agency"}},
}


def explainer(**facts: Any) -> Explainer:  # noqa: ANN401
    return Explainer.model_validate({**BASE, **facts})


def step(expected: str, **facts: Any) -> NextStep:  # noqa: ANN401
    return NextStep.model_validate({"title": expected, "expected": expected, "basis": "announced", **facts})


def stance(on: str, position: str, actor: str = "china") -> Stance:
    return Stance.model_validate(
        {"actor": actor, "issue": "press", "position": position, "on": on, "says": "x", **RESTS}
    )


BOUNDARIES = [
    ("2026-04", "2026-03-31", "ahead", "2026-04-30"),
    ("2026-04", "2026-04-01", "due", "2026-04-30"),
    ("2026-04", "2026-04-30", "due", "2026-04-30"),
    ("2026-04", "2026-05-01", "overdue", "2026-05-01"),
    ("2026-04", "2027-01-01", "overdue", "2026-05-01"),
    ("2026-04-15", "2026-04-14", "ahead", "2026-04-15"),
    ("2026-04-15", "2026-04-15", "due", "2026-04-15"),
    ("2026-04-15", "2026-04-16", "overdue", "2026-04-16"),
    ("2026", "2026-12-31", "due", "2026-12-31"),
    ("2026", "2027-01-01", "overdue", "2027-01-01"),
    ("2024-02", "2024-02-29", "due", "2024-02-29"),
    ("2024-02", "2024-03-01", "overdue", "2024-03-01"),
    ("2026-04-30/2026-05-02", "2026-05-02", "due", "2026-05-02"),
    ("2026-04-30/2026-05-02", "2026-05-03", "overdue", "2026-05-03"),
    ("2026-04~", "2026-05-01", "overdue", "2026-05-01"),
    ("9999-12-31", "9999-12-31", "due", "9999-12-31"),
]


@pytest.mark.parametrize(("expected", "day", "standing", "then"), BOUNDARIES)
def test_a_step_falls_due_and_overdue(expected: str, day: str, standing: derive.Standing, then: str) -> None:
    """A step is due through the last day it may be on, and overdue from the day after."""
    found = derive.step_state(step(expected), date.fromisoformat(day))
    assert found == StepState(standing, date.fromisoformat(then))


@pytest.mark.parametrize("expected", ["unknown", "2026-04/.."])
def test_a_step_without_an_end_is_never_overdue(expected: str) -> None:
    """What has no last day cannot be late."""
    assert derive.step_state(step(expected), date(9999, 12, 31)) == StepState("undated")


def test_what_is_over_is_not_overdue() -> None:
    """An outcome settles a step, also after a cancellation; a cancellation as the newest entry does so too."""
    off = {"on": "2026-01-10", "status": "cancelled", "because": "Snow.", **RESTS}
    on_again = {"on": "2026-02-10", "status": "rescheduled", "expected": "2026-04", "because": "Thaw.", **RESTS}
    outcome = {"on": "2026-05-02", "result": "done", "text": "They met.", **RESTS}
    late = date(2026, 6, 1)
    assert derive.step_state(step("2026-04", history=[off]), late) == StepState("cancelled", date(2026, 1, 10))
    assert derive.step_state(step("2026-04", history=[off, on_again]), late) == StepState("overdue", date(2026, 5, 1))
    assert derive.step_state(step("2026-04", history=[off], outcome=outcome), late) == StepState(
        "resolved", date(2026, 5, 2)
    )


def test_steps_stand_by_urgency() -> None:
    """The longest overdue first, then what is next, then what has no date; what is over last, the newest first."""
    done = [step(f"2026-0{n}", outcome={"on": f"2026-0{n}-02", "result": "done", "text": "x", **RESTS}) for n in (1, 2)]
    steps = [*done, step("unknown"), step("2026-08"), step("2026-07"), step("2026-06"), step("2026-05")]
    found = derive.steps_by_urgency(steps, date(2026, 7, 4))
    assert [s.title for s in found] == ["2026-05", "2026-06", "2026-07", "2026-08", "unknown", "2026-02", "2026-01"]


def test_review_due() -> None:
    """A review holds for the promised time; the day after, it is due. Without a promise or when closed, never."""
    assert derive.review_due(explainer(reviewed="2026-07-04", review_every="30 days")) == date(2026, 8, 4)
    assert derive.review_due(explainer(published="2024-02-01", review_every="4 weeks")) == date(2024, 3, 1)
    assert derive.review_due(explainer(reviewed="2026-07-04")) is None
    assert derive.review_due(explainer(review_every="30 days")) is None
    assert derive.review_due(explainer(reviewed="2026-07-04", review_every="30 days", lifecycle="closed")) is None


def test_a_review_at_the_end_of_the_calendar() -> None:
    """A mistyped year is no crash: there is no day on which that review is due."""
    assert derive.review_due(explainer(reviewed="9999-12-30", review_every="9999 weeks")) is None


def test_when_a_step_falls_due() -> None:
    """Weeks end on Sunday; the last week of the calendar is a week like any other."""
    ends = {"2026-07-05": "this week", "2026-07-06": "this month", "2026-08-01": "later", "2026-07-03": "overdue"}
    saturday = date(2026, 7, 4)
    found = {end: derive.horizon(derive.step_state(step(end), saturday), saturday) for end in ends}
    assert found == ends
    last = date(9999, 12, 31)
    assert derive.horizon(derive.step_state(step("9999-12-31"), last), last) == "this week"


@pytest.mark.parametrize(("lifecycle", "kept"), [("live", True), ("monitoring", False), ("closed", False)])
def test_a_rhythm_is_kept_while_live(lifecycle: str, kept: bool) -> None:
    """Reviews and assessments fall due on a live page only: one that is watched or closed promises no day for them."""
    entries = [{"as_of": day, "level": "stalled", "change": "unchanged", "because": "x", **RESTS} for day in DAYS]
    story = explainer(lifecycle=lifecycle, reviewed="2026-07-04", review_every="2 weeks", assessment=entries)
    assert derive.review_due(story) == (date(2026, 7, 19) if kept else None)
    assert derive.assessment_due(story) == (date(2026, 6, 16) if kept else None)


DAYS = ("2026-05-01", "2026-06-01")


def test_an_assessment_that_nobody_promised() -> None:
    """Without a rhythm or without an assessment there is nothing to be late with."""
    entry = {"as_of": "2026-05-01", "level": "stalled", "change": "unchanged", "because": "x", **RESTS}
    assert derive.assessment_due(explainer(assessment=[entry])) is None
    assert derive.assessment_due(explainer(review_every="30 days")) is None


def test_nothing_is_due_on_a_closed_page() -> None:
    """What has no outcome when an explainer is closed never gets overdue; on one that is watched it does."""
    late, done = date(2026, 6, 1), {"on": "2026-05-02", "result": "done", "text": "x", **RESTS}
    facts = {"title": "x", "expected": "2026-04", "basis": "announced"}
    steps = {"n-one": facts, "n-two": {**facts, "outcome": done}}
    assert derive.step_state(step("2026-04"), late, "closed") == StepState("closed")
    assert derive.step_state(step("2026-04", outcome=done), late, "closed").standing == "resolved"
    assert derive.step_state(step("2026-04"), late, "monitoring") == StepState("overdue", date(2026, 5, 1))
    assert derive.open_steps(explainer(lifecycle="closed", next_steps=steps), late) == []
    assert len(derive.open_steps(explainer(lifecycle="monitoring", next_steps=steps), late)) == 1


@pytest.mark.parametrize(
    ("day", "week", "month"),
    [
        ("2026-07-01", "2026-07-06", "2026-08-01"),
        ("2026-07-05", "2026-07-06", "2026-08-01"),
        ("2026-07-06", "2026-07-13", "2026-08-01"),
        ("2026-12-31", "2027-01-04", "2027-01-01"),
        ("9999-12-31", None, None),
    ],
)
def test_this_week_ends_on_sunday(day: str, week: str | None, month: str | None) -> None:
    """The day from which `this week`, `this month` and `later` no longer mean what they meant."""
    first = {"this week": week, "this month": month, "later": month}
    wanted = {name: date.fromisoformat(iso) if iso else None for name, iso in first.items()}
    assert derive.horizon_ends(date.fromisoformat(day)) == wanted


def test_stances_newest_first() -> None:
    """The ledger is by actor and issue; the newest comes first, whatever order it was written in."""
    ledger = derive.stance_history(
        [stance("2025-10", "silent"), stance("2026-01", "for"), stance("2025-12", "against", "eu")]
    )
    assert [s.position for s in ledger["china", "press"]] == ["for", "silent"]
    assert [s.position for s in ledger["eu", "press"]] == ["against"]


def test_moved() -> None:
    """A stance has moved when the newest differs from the one before; capitals and older changes do not count."""
    assert derive.has_moved([stance("2026", "for"), stance("2025", "against")])
    assert not derive.has_moved([stance("2026", "For"), stance("2025", "for")])
    assert not derive.has_moved([stance("2026", "for"), stance("2025", "for"), stance("2024", "against")])
    assert not derive.has_moved([stance("2026", "for")])
    assert not derive.has_moved([])


def test_stances_of_one_day() -> None:
    """Of two on the same day, the one written later is the newer one."""
    ledger = derive.stance_history([stance("2026-01-01", "morning"), stance("2026-01-01", "evening")])
    assert ledger["china", "press"][0].position == "evening"


def test_last_change() -> None:
    """Only major revisions change a page for its readers; before the first one it is the day of publication."""
    minor = {"on": "2026-03-01", "level": "minor", "kind": "update", "text": "x"}
    major = {"on": "2026-02-01", "level": "major", "kind": "update", "text": "x"}
    assert derive.last_change(explainer(published="2026-01-01", revisions=[major, minor])) == date(2026, 2, 1)
    assert derive.last_change(explainer(published="2026-01-01", revisions=[minor])) == date(2026, 1, 1)
    assert derive.last_change(explainer()) is None
    assert [
        r.on for r in derive.major_revisions(explainer(revisions=[major, minor, {**major, "on": "2026-04-01"}]))
    ] == [
        date(2026, 4, 1),
        date(2026, 2, 1),
    ]


def test_latest() -> None:
    """The last entry of a list that grows is where things stand."""
    entries = [
        {"as_of": f"2026-0{n}-01", "level": level, "change": "unchanged", "because": "x", **RESTS}
        for n, level in ((1, "stalled"), (2, "moving"))
    ]
    latest = derive.latest_assessment(explainer(assessment=entries))
    assert latest and latest.level == "moving"
    assert derive.latest_assessment(explainer()) is None
    states = [{"on": "2026-01-01", "status": s, "because": "x", **RESTS} for s in ("open", "eased")]
    state = derive.obstacle_state(Obstacle.model_validate({"title": "A wall", "blocks": ["n-one"], "history": states}))
    assert state and state.status == "eased"
    assert derive.obstacle_state(Obstacle.model_validate({"title": "A wall", "blocks": ["n-one"]})) is None


def test_a_day_changes_nothing_but_itself() -> None:
    """Pure: asking for one day leaves the answer for another as it was."""
    meeting, day = step("2026-04"), date(2026, 4, 30)
    before = derive.step_state(meeting, day)
    derive.step_state(meeting, day + timedelta(days=1))
    assert derive.step_state(meeting, day) == before


def revision(on: str, level: str = "major", text: str = "x") -> dict[str, Any]:
    return {"on": on, "level": level, "kind": "update", "text": text}


def test_a_major_revision_keeps_its_id() -> None:
    """Its day, numbered when it is not the first of it; minor ones have none and change none; adding one moves none."""
    days = [revision("2025-11-04"), revision("2025-11-04", "minor"), revision("2025-11-04"), revision("2025-12-01")]
    story, longer = explainer(revisions=days), explainer(revisions=[*days, revision("2025-12-01")])
    ids = [derive.revision_id(story, r) for r in reversed(derive.major_revisions(story))]
    assert ids == ["r_2025-11-04", "r_2025-11-04_2", "r_2025-12-01"]
    later = [derive.revision_id(longer, r) for r in reversed(derive.major_revisions(longer))]
    assert later == [*ids, "r_2025-12-01_2"]
    with pytest.raises(ValueError, match="2025-11-04"):
        derive.revision_id(story, story.revisions[1])
