"""What an article may call: small functions, facts in, values out. Each has a template of its own name.

The first parameter is the explainer as it stands on the day; what an article writes in brackets follows.
A component raises `Mistake` for an argument that makes no sense.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from macros import derive, words
from macros.diagram import draw
from macros.edition import Edition, Evidence, Library, Link, find
from macros.model import (
    Assessment,
    NextStep,
    Obstacle,
    Part,
    Stance,
    Takeaway,
)
from macros.problems import Mistake

Values = dict[str, Any]


@dataclass(frozen=True)
class Component:
    """A function an article may call. `section` is what it shows in full: the key in the facts, if there is one."""

    name: str
    make: Callable[..., Values]
    shape: Literal["block", "inline"]
    scope: Literal["explainer", "site"]
    heading: str = ""


COMPONENTS: dict[str, Component] = {}


def component(heading: str) -> Callable[[Callable[..., Values]], Callable[..., Values]]:
    """A section of an explainer; `heading` stands above it when the article does not place it."""
    return _register("block", "explainer", heading)


def inline(make: Callable[..., Values]) -> Callable[..., Values]:
    """A word or two in the middle of a sentence."""
    return _register("inline", "explainer")(make)


def site_component(make: Callable[..., Values]) -> Callable[..., Values]:
    """A list over all explainers, for pages of the site."""
    return _register("block", "site")(make)


def _register(
    shape: Literal["block", "inline"], scope: Literal["explainer", "site"], heading: str = ""
) -> Callable[[Callable[..., Values]], Callable[..., Values]]:
    def register(make: Callable[..., Values]) -> Callable[..., Values]:
        COMPONENTS[make.__name__] = Component(make.__name__, make, shape, scope, heading)
        return make

    return register


@dataclass(frozen=True)
class Item:
    """A record with what it rests on."""

    record: Any
    evidence: Evidence | None = None
    actors: tuple[Link, ...] = ()
    state: Any = None
    history: tuple[Item, ...] = ()


@dataclass(frozen=True)
class PartItem(Item):
    """An actor's part, as labelled lines."""

    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ObstacleItem(Item):
    """An obstacle with what it blocks."""

    blocks: tuple[Link, ...] = ()


@dataclass(frozen=True)
class StepItem(Item):
    """A next step with where it stands on the day."""

    status: str = ""
    basis: str = ""


@dataclass(frozen=True)
class RevisionItem(Item):
    """A revision with the records it is about."""

    about: tuple[Link, ...] = ()


@component("Where it stands")
def assessment(edition: Edition) -> Values:
    """Where the story stands, and why: `{{ assessment() }}`."""
    entries = [Item(entry, edition.evidence(entry)) for entry in reversed(edition.explainer.assessment)]
    return {"latest": entries[0] if entries else None, "earlier": entries[1:], "changes": words.CHANGES}


@component("Key takeaways")
def takeaways(edition: Edition) -> Values:
    """What to remember: `{{ takeaways() }}`."""
    return {"takeaways": [Item(t, edition.evidence(t)) for t in edition.explainer.takeaways.values()]}


@component("Who wants what")
def actors(edition: Edition) -> Values:
    """Who takes part, what they want and what they can do: `{{ actors() }}`."""
    return {"parts": [_part(edition, part) for part in edition.explainer.actors.values()]}


def _part(edition: Edition, part: Part) -> PartItem:
    texts = {"Wants": part.wants, "Position": part.position, "Leverage": part.leverage, "Limits": part.limits}
    lines = tuple((label, text) for label, text in texts.items() if text)
    return PartItem(part, edition.evidence(part), (edition.actor(part.id),), lines=lines)


@component("Who does what to whom")
def relations(edition: Edition) -> Values:
    """A picture of what the actors do to each other, and the same as a list: `{{ relations() }}`."""
    every = edition.explainer.relations
    known = edition.explainer.actors
    shown = [r for r in every if r.from_ in known and r.to in known]
    ids = dict.fromkeys(id_ for relation in shown for id_ in (relation.from_, relation.to))
    picture = (
        draw([(id_, edition.actor(id_).text) for id_ in ids], [(r.from_, r.to, r.kind) for r in shown])
        if shown
        else None
    )
    items = [Item(r, edition.evidence(r), (edition.actor(r.from_), edition.actor(r.to))) for r in shown]
    return {"relations": items, "diagram": picture}


@component("Who says what")
def stances(edition: Edition) -> Values:
    """Every actor's newest position on every issue, with the ones before it: `{{ stances() }}`."""
    ledger = derive.stance_history(edition.explainer.stances)
    issues = edition.explainer.issues
    rows = [
        Row(
            edition.actor(actor),
            tuple(_cell(edition, issue, ledger.get((actor, id_), [])) for id_, issue in issues.items()),
        )
        for actor in edition.explainer.actors
        if any((actor, id_) in ledger for id_ in issues)
    ]
    return {"issues": list(issues.values()), "rows": rows}


@dataclass(frozen=True)
class Cell:
    """An actor's positions on one issue."""

    issue: str
    latest: Item | None
    earlier: tuple[Item, ...]
    moved: bool


@dataclass(frozen=True)
class Row:
    """An actor's positions on every issue."""

    actor: Link
    cells: tuple[Cell, ...]


def _cell(edition: Edition, issue: str, history: list[Stance]) -> Cell:
    items = tuple(Item(stance, edition.evidence(stance)) for stance in history)
    return Cell(issue, items[0] if items else None, items[1:], derive.has_moved(history))


@component("What has happened")
def timeline(edition: Edition, *, limit: int | None = None) -> Values:
    """What happened so far, newest first: `{{ timeline() }}`, or the newest five: `{{ timeline(limit=5) }}`."""
    events = sorted(edition.explainer.timeline.values(), key=lambda event: event.date.order, reverse=True)
    shown = events[: _count(limit)]
    return {
        "events": [Item(event, edition.evidence(event), edition.actor_names(event.actors)) for event in shown],
        "partial": limit is not None,
    }


def _count(limit: int | None) -> int | None:
    if limit is None or (type(limit) is int and limit > 0):
        return limit
    raise Mistake("bad-argument", f"`limit` is {limit!r}", "Give a whole number from 1 on: limit=5")


@component("What stands in the way")
def obstacles(edition: Edition) -> Values:
    """What stands in the way, who holds it, and what would remove it: `{{ obstacles() }}`."""
    return {"obstacles": [_obstacle(edition, obstacle) for obstacle in edition.explainer.obstacles.values()]}


def _obstacle(edition: Edition, obstacle: Obstacle) -> ObstacleItem:
    history = tuple(Item(state, edition.evidence(state)) for state in reversed(obstacle.history))
    blocks = tuple(_blocked(edition, id_) for id_ in obstacle.blocks)
    holders = edition.actor_names(obstacle.held_by)
    state = history[0] if history else None
    return ObstacleItem(obstacle, None, holders, state, history[1:], blocks)


def _blocked(edition: Edition, id_: str) -> Link:
    blocked = edition.explainer.next_steps.get(id_) or edition.explainer.obstacles.get(id_)
    return Link(blocked.title if blocked else id_, edition.anchor(id_))


@component("What is next")
def next_steps(edition: Edition) -> Values:
    """What is expected, what is overdue, and how it turned out: `{{ next_steps() }}`."""
    steps = derive.steps_by_urgency(edition.explainer.next_steps.values(), edition.day)
    return {"steps": [_step(edition, step) for step in steps]}


def _step(edition: Edition, step: NextStep) -> StepItem:
    history = tuple(Item(state, edition.evidence(state)) for state in reversed(step.history))
    evidence = edition.evidence(step.outcome) if step.outcome else None
    state = derive.step_state(step, edition.day)
    status = words.step_status(step, state, edition.day)
    return StepItem(step, evidence, edition.actor_names(step.by), state, history, status, words.BASES[step.basis])


@component("What is not known")
def open_questions(edition: Edition) -> Values:
    """What nobody has answered yet: `{{ open_questions() }}`."""
    return {"questions": edition.explainer.open_questions}


@component("What has changed on this page")
def revisions(edition: Edition) -> Values:
    """What changed on the page, newest first; corrections show both versions: `{{ revisions() }}`."""
    majors = derive.major_revisions(edition.explainer)
    return {"revisions": [RevisionItem(r, about=tuple(_about(edition, id_) for id_ in r.about)) for r in majors]}


def _about(edition: Edition, id_: str) -> Link:
    record = edition.explainer.records.get(id_)
    title = getattr(record, "title", None) or (edition.actor(id_).text if isinstance(record, Part) else None)
    return Link(title or edition.explainer.issues.get(id_) or _excerpt(record), edition.anchor(id_))


def _excerpt(record: object) -> str:
    text = record.text.split() if isinstance(record, Takeaway) else []
    return " ".join(text[:8]) + ("…" if len(text) > 8 else "")


@component("Sources")
def sources(edition: Edition) -> Values:
    """Everything the page rests on, numbered as it is cited: `{{ sources() }}`."""
    citations = [edition.citation(id_) for id_ in edition.explainer.sources]
    origins = {c.id: edition.citation(c.source.derives_from) for c in citations if c.source.derives_from}
    return {"citations": citations, "origins": origins, "kinds": words.SOURCE_KINDS}


@inline
def cite(edition: Edition, id_: str, /) -> Values:
    """The number of a source, leading to it: `{{ cite("s-id") }}`."""
    return {"citation": edition.citation(id_), "url": edition.anchor(id_)}


@inline
def actor(edition: Edition, id_: str, /) -> Values:
    """An actor's name, leading to their part: `{{ actor("china") }}`."""
    find("actor", id_, edition.library.actors)
    return {"actor": edition.actor(id_)}


@inline
def event(edition: Edition, id_: str, /) -> Values:
    """An event's title, leading to it: `{{ event("e-id") }}`, or in another explainer `{{ event("slug/e-id") }}`."""
    home, id_ = _home(edition, id_)
    return {"event": find("event", id_, home.explainer.timeline), "url": home.anchor(id_)}


@inline
def step(edition: Edition, id_: str, /) -> Values:
    """A next step's title, leading to it: `{{ step("n-id") }}`, or in another explainer `{{ step("slug/n-id") }}`."""
    home, id_ = _home(edition, id_)
    return {"step": find("step", id_, home.explainer.next_steps), "url": home.anchor(id_)}


def _home(edition: Edition, id_: str) -> tuple[Edition, str]:
    """The explainer that an id such as `slug/e-id` belongs to; without a slug, this one."""
    slug, slash, rest = str(id_).partition("/")
    if not slash or slug == edition.slug:
        return edition, rest or id_
    find("explainer", slug, edition.library.explainers)
    return edition.library.edition(slug), rest


@dataclass(frozen=True)
class Summary:
    """An explainer in a list."""

    link: Link
    description: str | None
    assessment: Assessment | None
    changed: date | None
    overdue: int


@site_component
def explainers(library: Library) -> Values:
    """Every explainer, the one that changed last first: `{{ explainers() }}`."""
    summaries = [_summary(edition) for edition in library.editions]
    return {"explainers": sorted(summaries, key=lambda summary: summary.changed or date.min, reverse=True)}


def _summary(edition: Edition) -> Summary:
    explainer, front = edition.explainer, edition.article.front
    standings = [derive.step_state(step, edition.day).standing for step in explainer.next_steps.values()]
    return Summary(
        Link(front.title, edition.url),
        front.description,
        derive.latest_assessment(explainer),
        derive.last_change(explainer),
        standings.count("overdue"),
    )


def headline(edition: Edition) -> Values:
    """What stands at the head of an explainer's page."""
    explainer, front = edition.explainer, edition.article.front
    review_due = derive.review_due(explainer)
    return {
        "title": front.title,
        "description": front.description,
        "lifecycle": words.LIFECYCLES[explainer.lifecycle] if explainer.lifecycle != "live" else "",
        "published": explainer.published,
        "changed": derive.last_change(explainer),
        "reviewed": explainer.reviewed,
        "review_overdue": review_due if review_due and review_due <= edition.day else None,
    }
