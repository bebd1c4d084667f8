"""What search leads to: each record at its anchor, each section of an article's prose, each page of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from macros import derive, words
from macros.components import COMPONENTS
from macros.dates import spoken
from macros.edition import Edition, Library
from macros.model import Event, Lifecycle, NextStep, Obstacle, Part
from macros.problems import Mistake
from macros.prose import Prose, Section

Kind = Literal[
    "explainer", "actor", "takeaway", "assessment", "event", "obstacle", "step", "stance", "question", "text",
    "change", "source", "page",
]  # fmt: skip
KINDS: dict[Kind, tuple[str, str]] = {
    "explainer": ("Explainer", "Explainers"),
    "actor": ("Actor", "Actors"),
    "takeaway": ("Takeaway", "Takeaways"),
    "assessment": ("Assessment", "Assessments"),
    "event": ("Event", "Events"),
    "obstacle": ("Obstacle", "Obstacles"),
    "step": ("Next step", "Next steps"),
    "stance": ("Stance", "Stances"),
    "question": ("Open question", "Open questions"),
    "text": ("Text", "Text"),
    "change": ("Change to the page", "Changes to pages"),
    "source": ("Source", "Sources"),
    "page": ("Page", "Pages"),
}
RANK: dict[Lifecycle, int] = {"live": 0, "monitoring": 1, "closed": 2, "draft": 3}
CALL = re.compile(r"\{\{\s*(\w+)\(\s*(?:[\"']([^\"']*)[\"'])?\s*\)\s*\}\}")
OTHER_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One thing to find: a title where it has one, its text, and a note such as its date."""

    kind: Kind
    anchor: str = ""
    title: str = ""
    text: str = ""
    note: str = ""
    actors: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    """A page and what is on it; the first entry is the page itself."""

    url: str
    title: str
    entries: Sequence[Entry]


def pages(library: Library, sections: Mapping[str, Sequence[Section]], others: Iterable[Page] = ()) -> list[Page]:
    """Every page with something to find, the best first: the site's own, actors, then explainers.

    Of these, those that are kept up to date come first, and the one that changed last. `sections` are those of
    articles by their path; `others` are pages that are neither an explainer nor an actor.
    """
    actors = [Page(f"actors/{id_}/", a.name, [Entry("actor", "", a.name, a.summary, words.ACTOR_KINDS[a.kind], (id_,))])
              for id_, a in library.actors.items()]  # fmt: skip
    ranked = sorted(library.editions, key=_rank)
    return [*others, *actors, *(_explainer(e, sections.get(e.article.path, ())) for e in ranked)]


def site_page(url: str, title: str, description: str | None, sections: Sequence[Section] = ()) -> Page:
    """A page that is neither an explainer nor an actor."""
    intro = [section.text for section in sections if not section.anchor]
    head = Entry("page", "", title, _plain(description, *map(_without_calls, intro)))
    rest = [Entry("text", s.anchor, s.heading, _plain(_without_calls(s.text))) for s in sections if s.anchor]
    return Page(url, title, [head, *rest])


def _rank(edition: Edition) -> tuple[int, int, str]:
    changed = derive.last_change(edition.explainer)
    return RANK[edition.explainer.lifecycle], -changed.toordinal() if changed else 0, edition.slug


def _explainer(edition: Edition, sections: Sequence[Section]) -> Page:
    return Page(edition.url, edition.title, list(_entries(edition, sections)))


def _entries(edition: Edition, sections: Sequence[Section]) -> Iterator[Entry]:
    front, facts = edition.article.front, edition.explainer
    intro = [_spoken(edition, section.text) for section in sections if not section.anchor]
    yield Entry("explainer", "", front.title, _plain(front.description, *intro), ", ".join(front.tags), [*facts.actors])
    yield from _records(edition)
    yield from _without_anchor(edition, _places(edition, sections))
    for section in sections:
        if section.anchor:
            yield Entry("text", section.anchor, section.heading, _spoken(edition, section.text))
    for revision in derive.major_revisions(facts):
        text = _plain(revision.text, revision.was, revision.now)
        yield Entry("change", derive.revision_id(facts, revision), "", text, spoken(revision.on))
    for source in facts.sources.values():
        yield Entry("source", source.id, source.title, source.publisher, str(source.published or ""))


def _records(edition: Edition) -> Iterator[Entry]:
    facts = edition.explainer
    for takeaway in facts.takeaways.values():
        yield Entry("takeaway", takeaway.id, "", _plain(takeaway.text, *edition.sides(takeaway)))
    for step in facts.next_steps.values():
        yield _step(edition, step)
    for obstacle in facts.obstacles.values():
        yield _obstacle(edition, obstacle)
    for event in sorted(facts.timeline.values(), key=lambda event: event.date.order, reverse=True):
        yield _event(edition, event)
    for part in facts.actors.values():
        yield _part(edition, part)


def _step(edition: Edition, step: NextStep) -> Entry:
    became = [step.outcome.text, *edition.sides(step.outcome)] if step.outcome else []
    text = _plain(*became, step.done_when, *(_plain(s.because, *edition.sides(s)) for s in step.history))
    ended = f"{words.RESULTS[step.outcome.result]}, {spoken(step.outcome.on)}" if step.outcome else ""
    return Entry("step", step.id, step.title, text, ended or str(step.expected or ""), step.by)


def _obstacle(edition: Edition, obstacle: Obstacle) -> Entry:
    history = (_plain(state.because, *edition.sides(state)) for state in reversed(obstacle.history))
    text = _plain(obstacle.text, obstacle.removed_when, *history)
    return Entry("obstacle", obstacle.id, obstacle.title, text, "", obstacle.held_by)


def _event(edition: Edition, event: Event) -> Entry:
    text = _plain(event.text, *edition.sides(event))
    return Entry("event", event.id, event.title, text, str(event.date), event.actors)


def _part(edition: Edition, part: Part) -> Entry:
    text = _plain(part.role, part.wants, part.position, part.leverage, part.limits, *edition.sides(part))
    return Entry("actor", part.id, edition.actor(part.id).text, text, "", (part.id,))


def _without_anchor(edition: Edition, places: Mapping[str, str]) -> Iterator[Entry]:
    """What has no anchor of its own is found at its section's."""
    facts = edition.explainer
    if latest := derive.latest_assessment(facts):
        text = _plain(f"{latest.level.capitalize()}:", latest.because, *edition.sides(latest))
        yield Entry("assessment", places.get("assessment", ""), "", text, spoken(latest.as_of))
    for stance in facts.stances:
        title = f"{edition.actor(stance.actor).text}: {stance.position}"
        text = _plain(facts.issues.get(stance.issue), stance.says, *edition.sides(stance))
        yield Entry("stance", places.get("stances", ""), title, text, str(stance.on), (stance.actor,))
    for question in facts.open_questions:
        yield Entry("question", places.get("open_questions", ""), "", question.text)
    ties = (f"{edition.actor(r.from_).text} {r.text}: {edition.actor(r.to).text}." for r in facts.relations)
    if text := _plain(*ties):
        yield Entry("text", places.get("relations", ""), COMPONENTS["relations"].heading, text)


def _places(edition: Edition, sections: Sequence[Section]) -> dict[str, str]:
    """The anchor of the section in which each component stands, placed by the article or added to it."""
    placed = {call[1]: s.anchor for s in reversed(sections) for call in CALL.finditer(s.text) if call[2] is None}
    taken = dict.fromkeys((section.anchor for section in sections), 0)
    for name, component in COMPONENTS.items():
        if component.heading and name not in placed and getattr(edition.explainer, name, True):
            placed[name] = Prose.anchor(component.heading, taken)
            taken[placed[name]] = 0
    return placed


def _spoken(edition: Edition, text: str) -> str:
    """A text of an article with names and titles where it calls them, and without what is a record."""

    def said(call: re.Match[str]) -> str:
        component = COMPONENTS.get(call[1])
        if component is None or component.shape != "inline" or call[2] is None:
            return ""
        try:
            values = component.make(edition, call[2])
        except Mistake:
            return ""
        found = values.get("actor") or values.get("event") or values.get("step")
        return found.title if isinstance(found, Event | NextStep) else found.text if found else ""

    return _plain(_without_calls(CALL.sub(said, text)))


def _without_calls(text: str) -> str:
    return OTHER_BRACES.sub("", text)


def _plain(*texts: str | None) -> str:
    return " ".join(" ".join(text for text in texts if text).split())
