"""What readers see for the words that journalists type."""

from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError

from macros.dates import spoken
from macros.derive import Horizon, StepState
from macros.model import ActorKind, Basis, Change, Lifecycle, NextStep, Result, SourceKind

CHANGES: dict[Change, str] = {
    "better": "better than before",
    "worse": "worse than before",
    "unchanged": "unchanged",
}

RESULTS: dict[Result, str] = {
    "done": "Done",
    "partly": "Partly done",
    "not-done": "Not done",
    "cancelled": "Cancelled",
    "overtaken": "Overtaken by events",
    "unresolvable": "Cannot be established",
}

BASES: dict[Basis, str] = {
    "announced": "announced",
    "required": "required by rule",
    "expected": "expected by others",
    "inference": "our inference",
}

SOURCE_KINDS: dict[SourceKind, str] = {
    "agency": "News agency",
    "newspaper": "Newspaper",
    "broadcaster": "Broadcaster",
    "official": "Official",
    "think-tank": "Think-tank",
    "law-firm": "Law firm",
    "fact-checker": "Fact-checker",
    "newsletter": "Newsletter",
    "state-media": "State media",
    "partisan": "Partisan",
}

LIFECYCLES: dict[Lifecycle, str] = {
    "draft": "Draft, not published",
    "live": "Kept up to date",
    "monitoring": "Watched, updated when something happens",
    "closed": "Closed, no longer updated",
}


ACTOR_KINDS: dict[ActorKind, str] = {
    "state": "State",
    "bloc": "Bloc of states",
    "organisation": "Organisation",
    "company": "Company",
    "person": "Person",
}

ACTOR_KINDS_PLURAL: dict[ActorKind, str] = {
    "state": "States",
    "bloc": "Blocs of states",
    "organisation": "Organisations",
    "company": "Companies",
    "person": "People",
}


def language(tag: str) -> str:
    """The English name of a language, by its BCP 47 tag; else the tag itself (names from Unicode CLDR)."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


HORIZONS: dict[Horizon, str] = {
    "overdue": "Overdue",
    "this week": "This week",
    "this month": "This month",
    "later": "Later",
    "undated": "No date known",
}


def step_status(step: NextStep, state: StepState, day: date) -> str:
    """Where a next step stands, in a line."""
    if step.outcome:
        return f"{RESULTS[step.outcome.result]}, {spoken(step.outcome.on)}"
    if state.day is None:
        return f"Expected {step.expected}, with no end date" if step.expected else "Expected, date unknown"
    if state.standing == "overdue":
        return f"Overdue since {spoken(state.day)}, no outcome recorded"
    if state.standing == "cancelled":
        return f"Cancelled, {spoken(state.day)}"
    if state.standing == "due":
        return (
            "Due today"
            if state.day == day and step.expected and step.expected.is_day
            else f"Due by {spoken(state.day)}"
        )
    return f"Expected {step.expected}"
