"""What was known on a day: every kind of record, at the boundaries of its date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from macros.as_of import days_of_change, known
from macros.dates import parse
from macros.model import Explainer, Sourced, walk

RESTS = {"sources": ["s-one"]}
SOURCE = {"title": "A", "publisher": "B", "url": "https://example.org", "kind": "agency"}
BASE: dict[str, Any] = {
    "published": "2025-10-27",
    "takeaways": {"t-one": {"text": "The sky is blue.", **RESTS}},
    "actors": {"china": {"role": "A neighbour.", **RESTS}},
    "timeline": {"e-one": {"date": "2025-10-20", "title": "A thing happened", **RESTS}},
    "sources": {"s-one": {**SOURCE, "published": "2025-10-20"}},
}
LATER = {"recorded": "2025-11-05"}


def explainer(**facts: Any) -> Explainer:  # noqa: ANN401
    """The small explainer with more in it: sections of records are added to, all else is replaced."""
    merged = {
        name: {**BASE.get(name, {}), **value} if isinstance(value, dict) else value for name, value in facts.items()
    }
    return Explainer.model_validate({**BASE, **merged})


def at(day: str, **facts: Any) -> Explainer:  # noqa: ANN401
    """The small explainer with these facts, as it was known on a day."""
    found = known(explainer(**facts), date.fromisoformat(day))
    assert found is not None
    return found


def first_known(section: str, **facts: Any) -> str:  # noqa: ANN401
    """The first day from publication on, on which a section holds one entry more than the small explainer's."""
    usual = len(BASE.get(section, ()))
    day = date(2025, 10, 27)
    while len(getattr(at(day.isoformat(), **facts), section)) == usual:
        day += timedelta(days=1)
    return day.isoformat()


def test_before_it_was_published_there_is_nothing() -> None:
    """An explainer exists from the day of its publication; without that day it always did, as a draft never."""
    assert known(explainer(), date(2025, 10, 26)) is None
    assert known(explainer(), date(2025, 10, 27)) is not None
    assert known(explainer(published=None), date(1900, 1, 1)) is not None
    assert known(explainer(lifecycle="draft"), date(2026, 1, 1)) is None


def test_when_all_is_known_nothing_is_missing() -> None:
    """After the last date of all, the explainer is what its file says."""
    whole = explainer(reviewed="2025-11-01", review_every="30 days", lifecycle="closed")
    assert known(whole, date(2025, 11, 1)) == whole


STANCE = {"actor": "china", "issue": "press", "position": "refuses", "says": "No.", **RESTS}
STATE = {"status": "open", "because": "So it is.", **RESTS}
WALL = {"title": "A wall", "blocks": ["n-one"]}
VOTE = {"title": "A vote", "expected": "2026-04", "basis": "announced"}
JUDGED = {"level": "stalled", "change": "unchanged", "because": "So it is.", **RESTS}
CHANGED = {"level": "major", "kind": "update", "text": "It changed."}
RELATION = {"from": "china", "to": "china", "kind": "trade", "text": "sells", **RESTS}

FIRST_DAYS: list[tuple[str, Any, str]] = [
    # without a date of its own, from publication; with `recorded`, from that day
    ("takeaways", {"t-two": {"text": "x", **RESTS}}, "2025-10-27"),
    ("takeaways", {"t-two": {"text": "x", **RESTS, **LATER}}, "2025-11-05"),
    ("takeaways", {"t-two": {"text": "x", **RESTS, "recorded": "2025-01-01"}}, "2025-10-27"),
    ("actors", {"russia": {"role": "x", **RESTS}}, "2025-10-27"),
    ("actors", {"russia": {"role": "x", **RESTS, **LATER}}, "2025-11-05"),
    ("relations", [RELATION], "2025-10-27"),
    ("relations", [{**RELATION, **LATER}], "2025-11-05"),
    ("open_questions", ["Who?"], "2025-10-27"),
    ("open_questions", [{"text": "Who?", **LATER}], "2025-11-05"),
    ("issues", {"press": "Should it?"}, "2025-10-27"),
    # an event from its last day, one that goes on from its start
    ("timeline", {"e-two": {"date": "2025-10-25", "title": "x", **RESTS}}, "2025-10-27"),
    ("timeline", {"e-two": {"date": "2025-10-28", "title": "x", **RESTS}}, "2025-10-28"),
    ("timeline", {"e-two": {"date": "2025-10", "title": "x", **RESTS}}, "2025-10-31"),
    ("timeline", {"e-two": {"date": "2025-11~", "title": "x", **RESTS}}, "2025-11-30"),
    ("timeline", {"e-two": {"date": "2025", "title": "x", **RESTS}}, "2025-12-31"),
    ("timeline", {"e-two": {"date": "2025-10-28/2025-11-02", "title": "x", **RESTS}}, "2025-11-02"),
    ("timeline", {"e-two": {"date": "2025-10-29/..", "title": "x", **RESTS}}, "2025-10-29"),
    ("timeline", {"e-two": {"date": "2025-11/..", "title": "x", **RESTS}}, "2025-11-01"),
    ("timeline", {"e-two": {"date": "2025-10-28", "title": "x", **RESTS, **LATER}}, "2025-11-05"),
    ("timeline", {"e-two": {"date": "2025", "title": "x", **RESTS, **LATER}}, "2025-11-05"),
    # dated entries from their date
    ("assessment", [{"as_of": "2025-10-27", **JUDGED}], "2025-10-27"),
    ("assessment", [{"as_of": "2025-11-04", **JUDGED}], "2025-11-04"),
    ("stances", [{"on": "2025-10-01", **STANCE}], "2025-10-27"),
    ("stances", [{"on": "2025-10-30", **STANCE}], "2025-10-30"),
    ("stances", [{"on": "2025-10", **STANCE}], "2025-10-31"),
    ("stances", [{"on": "2025-10-30", **STANCE, **LATER}], "2025-11-05"),
    ("revisions", [{"on": "2025-11-04", **CHANGED}], "2025-11-04"),
    # what has a history, from its first entry
    ("obstacles", {"o-one": WALL}, "2025-10-27"),
    ("obstacles", {"o-one": {**WALL, **LATER}}, "2025-11-05"),
    ("obstacles", {"o-one": {**WALL, "history": [{"on": "2025-11-02", **STATE}]}}, "2025-11-02"),
    ("next_steps", {"n-one": VOTE}, "2025-10-27"),
    ("next_steps", {"n-one": {**VOTE, **LATER}}, "2025-11-05"),
    ("next_steps", {"n-one": {**VOTE, "history": [{"on": "2025-11-02", **STATE, "status": "scheduled"}]}}, "2025-11-02"),
    # a source from its date, at the earliest that it can mean
    ("sources", {"s-two": {**SOURCE, "published": "2025-11-03"}}, "2025-11-03"),
    ("sources", {"s-two": {**SOURCE, "published": "2025-11"}}, "2025-11-01"),
    ("sources", {"s-two": {**SOURCE, "published": "2025-10-01", **LATER}}, "2025-11-05"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "entries", "day"), FIRST_DAYS)
def test_the_first_day(section: str, entries: Any, day: str) -> None:  # noqa: ANN401
    """An entry is there from one day on, and not the day before."""
    assert first_known(section, **{section: entries}) == day


def test_histories_end_on_the_day() -> None:
    """An obstacle stands, and a step is expected, as the newest entry up to that day says; an outcome comes with its day."""
    facts = {
        "obstacles": {"o-one": {**WALL, "history": [
            {"on": "2025-10-28", **STATE}, {"on": "2025-11-10", **STATE, "status": "removed"}]}},
        "next_steps": {"n-one": {**VOTE, "expected": "2026-05", "history": [
            {"on": "2025-10-28", "status": "scheduled", "expected": "2026-04", "because": "x", **RESTS},
            {"on": "2025-11-10", "status": "rescheduled", "expected": "2026-05", "because": "x", **RESTS}],
            "outcome": {"on": "2025-12-01", "result": "done", "text": "x", **RESTS}}},
    }  # fmt: skip
    for day, status, expected in (
        ("2025-10-28", "open", "2026-04"),
        ("2025-11-09", "open", "2026-04"),
        ("2025-11-10", "removed", "2026-05"),
    ):
        found = at(day, **facts)
        assert found.obstacles["o-one"].history[-1].status == status
        assert found.next_steps["n-one"].expected == parse(expected)
        assert found.next_steps["n-one"].outcome is None
    assert at("2025-11-30", **facts).next_steps["n-one"].outcome is None
    assert at("2025-12-01", **facts).next_steps["n-one"].outcome is not None


def test_a_date_that_came_later_was_unknown() -> None:
    """A step that was there before anyone gave a date had none; where no entry gives one, it never moved."""
    entry = {"on": "2025-11-10", "status": "scheduled", "because": "x", **RESTS}
    step = {**VOTE, "recorded": "2025-10-27"}
    moved = at("2025-11-01", next_steps={"n-one": {**step, "history": [{**entry, "expected": "2026-04"}]}})
    assert moved.next_steps["n-one"].expected is None
    same = at("2025-11-01", next_steps={"n-one": {**step, "history": [entry]}})
    assert same.next_steps["n-one"].expected == parse("2026-04")


def test_days_of_the_page_itself() -> None:
    """A later review, reading, copy or closing is not known, nor whether the promised review took place."""
    source = {**SOURCE, "published": "2025-10-20", "accessed": "2025-11-03", "archived": "https://example.org/copy"}
    facts = {"lifecycle": "closed", "reviewed": "2025-11-04", "review_every": "30 days", "sources": {"s-one": source}}
    before, after = at("2025-11-02", **facts), at("2025-11-04", **facts)
    assert (before.lifecycle, before.reviewed, before.review_every) == ("live", None, None)
    assert (before.sources["s-one"].accessed, before.sources["s-one"].archived) == (None, None)
    assert after == explainer(**facts)


def test_nothing_names_what_was_not_known() -> None:
    """Actors, steps, obstacles, issues, sources and records that came later are not named by anything kept."""
    facts: dict[str, Any] = {
        "actors": {"russia": {"role": "x", **RESTS, **LATER}},
        "relations": [RELATION, {**RELATION, "to": "russia"}],
        "issues": {"press": "Should it?", "trade": "Must it?", "quiet": "Who cares?"},
        "stances": [
            {"on": "2025-10-20", **STANCE},
            {"on": "2025-10-20", **STANCE, "actor": "russia", "issue": "trade"},
        ],
        "timeline": {"e-two": {"date": "2025-10-20", "title": "x", "actors": ["china", "russia"], **RESTS}},
        "obstacles": {
            "o-one": {**WALL, "held_by": ["russia", "china"], "blocks": ["n-one", "n-two", "o-two"]},
            "o-two": {**WALL, **LATER},
        },
        "next_steps": {"n-one": {**VOTE, "by": ["russia"]}, "n-two": {**VOTE, **LATER}},
        "sources": {
            "s-two": {**SOURCE, "published": "2025-10-01", "derives_from": "s-late"},
            "s-late": {**SOURCE, "published": "2025-11-05"},
            "s-undated": SOURCE,
        },
        "revisions": [{"on": "2025-10-28", **CHANGED, "about": ["n-one", "n-two", "press", "trade"]}],
    }
    found = at("2025-11-04", **facts)
    assert [(r.from_, r.to) for r in found.relations] == [("china", "china")]
    assert [s.actor for s in found.stances] == ["china"]
    assert list(found.issues) == ["press", "quiet"]
    assert found.timeline["e-two"].actors == ("china",)
    assert (found.obstacles["o-one"].held_by, found.obstacles["o-one"].blocks) == (("china",), ("n-one",))
    assert found.next_steps["n-one"].by == ()
    assert list(found.sources) == ["s-one", "s-two"]
    assert found.sources["s-two"].derives_from is None
    assert found.revisions[0].about == ("n-one", "press")
    whole = explainer(**facts)
    assert known(whole, date(2025, 11, 5)) == whole.model_copy(
        update={"sources": {id_: s for id_, s in whole.sources.items() if id_ != "s-undated"}}
    )


def test_an_undated_source_is_known_by_what_rests_on_it() -> None:
    """A source without any date is there with the first record that cites it, or whose source repeats it."""
    late = {"t-two": {"text": "x", "sources": ["s-relay"], **LATER}}
    sources = {"s-relay": {**SOURCE, "derives_from": "s-origin"}, "s-origin": SOURCE}
    assert list(at("2025-11-04", takeaways=late, sources=sources).sources) == ["s-one"]
    assert list(at("2025-11-05", takeaways=late, sources=sources).sources) == ["s-one", "s-relay", "s-origin"]


def test_a_statement_needs_a_source_of_its_time() -> None:
    """Later sources are taken from a statement; one that rests on later sources only was not known."""
    sources = {"s-two": {**SOURCE, "published": "2025-11-05"}}
    both = {"text": "x", "sources": ["s-one", "s-two"], "confidence": "confirmed"}
    takeaways = {"t-both": both, "t-late": {"text": "x", "sources": ["s-two"]}}
    found = at("2025-11-04", takeaways=takeaways, sources=sources)
    assert list(found.takeaways) == ["t-one", "t-both"]
    assert found.takeaways["t-both"].sources == ("s-one",)
    assert found.takeaways["t-both"].confidence is None
    assert at("2025-11-05", takeaways=takeaways, sources=sources).takeaways["t-both"].confidence == "confirmed"
    assert "s-two" not in {id_ for _, item in walk(found) if isinstance(item, Sourced) for id_ in item.sources}


def test_a_dispute_needs_two_sides() -> None:
    """A disputed record is there once two sides are, and never with one."""
    sides = [{"by": "A", "says": "x", **RESTS}, {"by": "B", "says": "y", "sources": ["s-two"]}]
    takeaways = {"t-two": {"text": "x", **RESTS, "confidence": "disputed", "accounts": sides}}
    facts = {"takeaways": takeaways, "sources": {"s-two": {**SOURCE, "published": "2025-11-05"}}}
    assert first_known("takeaways", **facts) == "2025-11-05"
    third = {**takeaways["t-two"], "accounts": [*sides, {"by": "C", "says": "z", **RESTS}]}
    found = at("2025-11-04", **{**facts, "takeaways": {"t-two": third}})
    assert [account.by for account in found.takeaways["t-two"].accounts] == ["A", "C"]


def test_the_days_of_change() -> None:
    """The publication, and each later day on which a reader would see another state; what is older changes nothing."""
    entry = {"status": "open", "because": "x", **RESTS}
    facts: dict[str, Any] = {
        "takeaways": {"t-two": {"text": "x", **RESTS, **LATER}},
        "assessment": [{"as_of": "2025-10-01", **JUDGED}, {"as_of": "2025-11-07", **JUDGED}],
        "stances": [{"on": "2025-11", **STANCE}, {"on": "2025-11-20", **STANCE, "recorded": "2025-11-21"}],
        "obstacles": {"o-one": {**WALL, "history": [{"on": "2025-11-09", **entry}, {"on": "2025-11-10", **entry}]}},
        "next_steps": {
            "n-one": {
                **VOTE,
                "recorded": "2025-11-12",
                "history": [{"on": "2025-11-11", **entry, "status": "scheduled"}],
                "outcome": {"on": "2025-11-13", "result": "done", "text": "x", **RESTS},
            }
        },
        "timeline": {"e-two": {"date": "2025-12-02", "title": "x", **RESTS}},
        "sources": {"s-two": {**SOURCE, "published": "2025-12-03"}},
        "revisions": [{"on": "2025-12-01", **CHANGED}, {"on": "2025-12-04", **CHANGED, "level": "minor"}],
    }
    days = ["10-27", "11-05", "11-07", "11-09", "11-10", "11-12", "11-13", "11-21", "11-30", "12-01"]
    assert [f"{day:%m-%d}" for day in days_of_change(explainer(**facts), date(2026, 1, 1))] == days
    assert [f"{day:%m-%d}" for day in days_of_change(explainer(**facts), date(2025, 11, 9))] == days[:4]
    assert days_of_change(explainer(published=None), date(2026, 1, 1)) == []


def test_asking_changes_nothing() -> None:
    """Pure: the explainer stays as it was, ids included."""
    whole = explainer(timeline={"e-two": {"date": "2025-10-30", "title": "x", "actors": ["china"], **RESTS}})
    before = whole.model_dump_json()
    found = known(whole, date(2025, 10, 28))
    assert whole.model_dump_json() == before
    assert found is not None
    assert [record.id for record in found.records.values()] == list(found.records)
