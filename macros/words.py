"""What readers see for the words that journalists type."""

from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError

from macros.dates import spoken
from macros.derive import Horizon, StepState
from macros.model import ActorKind, Basis, Change, Explainer, Lifecycle, NextStep, Result, SourceKind

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


LIFECYCLE_MEANINGS: dict[Lifecycle, str] = {
    "draft": "not published",
    "live": "kept up to date",
    "monitoring": "updated when something happens; no date for a review is promised",
    "closed": "no longer updated, nothing is due any more",
}


def lifecycle(explainer: Explainer) -> str:
    """What a reader may expect of a page."""
    meaning = LIFECYCLE_MEANINGS[explainer.lifecycle]
    if explainer.lifecycle != "live" or explainer.review_every is None:
        return meaning
    return f"{meaning}, reviewed as a whole every {counted(explainer.review_every.days, ('day', '{n} days'))}"


def counted(number: int, forms: tuple[str, str]) -> str:
    """The form for one or for many, with the number in it."""
    return forms[number != 1].format(n=number)


OVERDUE = "Overdue since {day}, no outcome recorded"
REVIEW_OVERDUE = "Review overdue since {day}"
ASSESSMENT_OVERDUE = "Assessment overdue since {day}"
STALE_HORIZON = "{horizon}, seen from {day}"
STALE_PICTURE = "Drawn on {day}. What has fallen due since then is marked below, not in the picture."
STEPS_OVERDUE = ("{n} next step overdue", "{n} next steps overdue")
MORE_OVERDUE = (
    "{n} more is overdue with no outcome recorded.",
    "{n} more are overdue with no outcome recorded.",
)
LAST_VISIT = (
    "Since your last visit on {day}: {n} change",
    "Since your last visit on {day}: {n} changes",
)
CHANGED = ("{n} change since your last visit", "{n} changes since your last visit")

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
    if state.standing == "closed":
        return "Closed without a recorded outcome"
    if state.day is None:
        return f"Expected {step.expected}, with no end date" if step.expected else "Expected, date unknown"
    if state.standing == "overdue":
        return OVERDUE.format(day=spoken(state.day))
    if state.standing == "cancelled":
        return f"Cancelled, {spoken(state.day)}"
    if state.standing == "due" and step.expected and step.expected.end:
        return "Due today" if step.expected.is_day else f"Due by {step.expected.end.ending}"
    return f"Expected {step.expected}"
