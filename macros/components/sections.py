"""The sections of an explainer. Each has a template of its own name.

The first parameter is the explainer as it stands on the day; what an article writes in brackets follows.
A component raises `Mistake` for an argument that makes no sense.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from macros import derive, words
from macros.components.history import rewind
from macros.components.items import (
    EventItem,
    Item,
    RevisionItem,
    StanceItem,
    count,
    event_item,
    excerpt,
    lapse,
    obstacle_item,
    part_item,
    picture,
    relation_item,
    revision_item,
    shared_items,
    stance_items,
    step_item,
)
from macros.components.registry import Values, component
from macros.edition import Edition, Link
from macros.model import Identified, Part
from macros.provenance import provenance_of

NEWEST = 3  # revisions that are shown whole, of whatever kind


@component("Where it stands")
def assessment(edition: Edition) -> Values:
    """Where the story stands, and why: `{{ assessment() }}`."""
    entries = [Item(entry, edition.evidence(entry)) for entry in reversed(edition.explainer.assessment)]
    overdue = lapse(derive.assessment_due(edition.explainer), words.ASSESSMENT_OVERDUE, edition.library)
    latest = entries[0] if entries else None
    return {"latest": latest, "earlier": entries[1:], "changes": words.CHANGES, "overdue": overdue}


@component("Key takeaways")
def takeaways(edition: Edition) -> Values:
    """What to remember: `{{ takeaways() }}`."""
    return {"takeaways": [Item(t, edition.evidence(t)) for t in edition.explainer.takeaways.values()]}


@component("Who wants what")
def actors(edition: Edition) -> Values:
    """Who takes part, what they want and what they can do: `{{ actors() }}`."""
    return {"parts": [part_item(edition, part) for part in edition.explainer.actors.values()]}


@component("Who does what to whom")
def relations(edition: Edition) -> Values:
    """A picture of what the actors do to each other, and the same as a list: `{{ relations() }}`."""
    known = edition.explainer.actors
    shown = [r for r in edition.explainer.relations if r.from_ in known and r.to in known]
    items = [relation_item(edition, relation) for relation in shown]
    return {"relations": items, "diagram": picture(items), "hues": edition.library.hues}


@dataclass(frozen=True)
class Cell:
    """An actor's positions on one issue."""

    issue: str
    latest: StanceItem | None
    earlier: tuple[StanceItem, ...]


@dataclass(frozen=True)
class Row:
    """An actor's positions on every issue."""

    actor: Link
    cells: tuple[Cell, ...]


@component("Who says what")
def stances(edition: Edition) -> Values:
    """Every actor's newest position on every issue, with the ones before it: `{{ stances() }}`."""
    ledger = derive.stance_history(edition.explainer.stances)
    issues = edition.explainer.issues
    rows = [
        Row(
            edition.actor(actor),
            tuple(_cell(issue, stance_items(edition, ledger.get((actor, id_), []))) for id_, issue in issues.items()),
        )
        for actor in edition.explainer.actors
        if any((actor, id_) in ledger for id_ in issues)
    ]
    return {"issues": list(issues.items()), "rows": rows}


def _cell(issue: str, items: tuple[StanceItem, ...]) -> Cell:
    return Cell(issue, items[0] if items else None, items[1:])


@component("What has happened")
def timeline(edition: Edition, *, limit: int | None = None) -> Values:
    """What happened so far, newest first: `{{ timeline() }}`, or the newest five: `{{ timeline(limit=5) }}`."""
    own = [event_item(edition, event) for event in edition.explainer.timeline.values()]
    events = sorted([*own, *shared_items(edition)], key=lambda item: item.record.date.order, reverse=True)
    shown = events[: count(limit)]
    return {
        "ahead": _by_month(item for item in shown if item.record.date.earliest > edition.day),
        "past": _by_month(item for item in shown if item.record.date.earliest <= edition.day),
        "day": edition.day,
        "partial": limit is not None,
        **rewind(edition),
    }


def _by_month(events: Iterable[EventItem]) -> list[tuple[str, list[EventItem]]]:
    """The events under their months, or under their years where no month is known."""
    return [(name, list(group)) for name, group in groupby(events, key=lambda item: item.record.date.start.month)]


@component("What stands in the way")
def obstacles(edition: Edition) -> Values:
    """What stands in the way, who holds it, and what would remove it: `{{ obstacles() }}`."""
    return {"obstacles": [obstacle_item(edition, obstacle) for obstacle in edition.explainer.obstacles.values()]}


@component("What is next")
def next_steps(edition: Edition) -> Values:
    """What is expected, what is overdue, and how it turned out: `{{ next_steps() }}`."""
    steps = derive.steps_by_urgency(edition.explainer.next_steps.values(), edition.day, edition.explainer.lifecycle)
    return {"steps": [step_item(edition, step) for step in steps]}


@component("What is not known")
def open_questions(edition: Edition) -> Values:
    """What nobody has answered yet: `{{ open_questions() }}`."""
    return {"questions": [question.text for question in edition.explainer.open_questions]}


@component("What has changed on this page")
def revisions(edition: Edition) -> Values:
    """What changed on the page, newest first; corrections show both versions: `{{ revisions() }}`."""
    majors = derive.major_revisions(edition.explainer)
    return {"revisions": [_briefly(revision_item(edition, r), number) for number, r in enumerate(majors)]}


def _briefly(item: RevisionItem, number: int) -> RevisionItem:
    """What is no longer among the newest says what changed without a list of where; an update does so in one line."""
    return item if number < NEWEST else replace(item, about=(), brief=item.record.kind == "update")


@component("How we know")
def provenance(edition: Edition) -> Values:
    """How firm the page is: independent sources, their kinds and languages, disputes: `{{ provenance() }}`."""
    found = provenance_of(edition.explainer)
    return {
        "provenance": found,
        "kinds": [(words.SOURCE_KINDS[kind], number) for kind, number in found.kinds],
        "languages": [(words.language(tag), number) for tag, number in found.languages],
        "single": [_named(edition, record) for record in found.single],
        "disputed": [_named(edition, record) for record in found.disputed],
    }


def _named(edition: Edition, record: Identified) -> Link:
    name = edition.actor(record.id).text if isinstance(record, Part) else getattr(record, "title", excerpt(record))
    return Link(name, edition.anchor(record.id))


@component("Sources")
def sources(edition: Edition) -> Values:
    """Everything the page rests on, numbered as it is cited: `{{ sources() }}`."""
    citations = sorted((edition.citation(id_) for id_ in edition.explainer.sources), key=lambda c: c.number)
    origins = {c.id: edition.citation(c.source.derives_from) for c in citations if c.source.derives_from}
    read = _usual([citation.source.accessed for citation in citations])
    languages = {citation.source.lang: words.language(citation.source.lang) for citation in citations}
    return {
        "citations": citations,
        "origins": origins,
        "kinds": words.SOURCE_KINDS,
        "languages": languages,
        "read": read,
    }


def _usual(days: list[date | None]) -> date | None:
    """The day that most of them name, if every one names a day."""
    count = Counter(day for day in days if day)
    return max(count, key=lambda day: (count[day], day)) if None not in days and count else None


def headline(edition: Edition) -> Values:
    """What stands at the head of an explainer's page."""
    explainer, latest = edition.explainer, derive.latest_assessment(edition.explainer)
    return {
        "title": edition.title,
        "description": edition.article.front.description,
        "lifecycle": explainer.lifecycle,
        "meaning": words.lifecycle(explainer),
        "published": explainer.published,
        "changed": derive.last_change(explainer),
        "reviewed": explainer.reviewed,
        "review": lapse(derive.review_due(explainer), words.REVIEW_OVERDUE, edition.library),
        "share": provenance_of(explainer).share,
        "assessment": latest,
        "evidence": edition.evidence(latest) if latest else None,
        "minutes": None if edition.library.as_of else edition.article.minutes,
        "slug": edition.slug,
        "last_visit": words.LAST_VISIT,
    }
