"""Lists over all explainers, for pages of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import get_args

from macros import derive, words
from macros.components.items import (
    Lapse,
    RevisionItem,
    StepItem,
    Tally,
    count,
    lapse,
    revision_item,
    step_item,
    tally,
)
from macros.components.registry import Values, site_component
from macros.dates import spoken
from macros.edition import Edition, Evidence, Library, Link
from macros.model import Assessment, Basis, Result
from macros.provenance import provenance_of


@dataclass(frozen=True)
class Summary:
    """An explainer in a list."""

    link: Link
    description: str | None
    assessment: Assessment | None
    evidence: Evidence | None
    lifecycle: str
    changed: date | None
    next_step: StepItem | None
    overdue: Tally
    share: int
    slug: str
    majors: int


@site_component
def explainers(library: Library, *, limit: int | None = None) -> Values:
    """Every explainer, the one that changed last first: `{{ explainers() }}`, `{{ explainers(limit=10) }}`."""
    every = summaries(library)
    shown = every[: count(limit)]
    return {"explainers": shown, "changed": words.CHANGED, "more": _more(len(every) - len(shown), "explainers/")}


def lengths(editions: Iterable[Edition]) -> tuple[int, ...]:
    """How many explainers, open steps, resolved steps and major revisions these give the lists over all of them."""
    return tuple(map(sum, zip((0, 0, 0, 0), *map(_lengths, editions), strict=True)))


def _lengths(edition: Edition) -> tuple[int, int, int, int]:
    if edition.explainer.lifecycle == "draft":
        return 0, 0, 0, 0
    steps, resolved = edition.noted("open steps", _open_steps), edition.noted("resolved", _resolved)
    return 1, len(steps), len(resolved), len(edition.noted("changes", _majors))


@dataclass(frozen=True)
class More:
    """How many a cut list leaves out, and where they are."""

    number: int
    url: str


def _more(number: int, url: str) -> More | None:
    return More(number, url) if number else None


def summaries(library: Library) -> list[Summary]:
    """Every published explainer, the one that changed last first."""
    listed = [edition.noted("summary", _summary) for edition in library.editions]
    return sorted(listed, key=lambda summary: summary.changed or date.min, reverse=True)


def _summary(edition: Edition) -> Summary:
    explainer, changed = edition.explainer, derive.last_change(edition.explainer)
    steps = [step_item(edition, step) for step in derive.open_steps(explainer, edition.day)]
    dated = [step for step in steps if step.state.standing in ("due", "ahead")]
    latest = derive.latest_assessment(explainer)
    return Summary(
        edition.link,
        edition.article.front.description,
        latest,
        edition.evidence(latest) if latest else None,
        words.LIFECYCLES[explainer.lifecycle] if explainer.lifecycle != "live" else "",
        changed,
        dated[0] if dated else None,
        tally(steps, words.STEPS_OVERDUE),
        provenance_of(explainer).share,
        edition.slug,
        len(derive.major_revisions(explainer)),
    )


@dataclass(frozen=True)
class Group:
    """Next steps that fall due in the same span of time."""

    id: str
    title: str
    steps: tuple[StepItem, ...]
    lapse: Lapse | None = None


@site_component
def upcoming(library: Library, *, limit: int | None = None) -> Values:
    """Every open next step by date: `{{ upcoming() }}`, or the first five: `{{ upcoming(limit=5) }}`."""
    steps = open_steps(library)
    shown = steps[: count(limit)]
    return {**upcoming_values(shown, library), "more": _more(len(steps) - len(shown), "next/")}


def open_steps(library: Library) -> list[StepItem]:
    """The next steps without outcome: overdue ones first, then by date, then undated."""
    listed = [item for edition in library.editions for item in edition.noted("open steps", _open_steps)]
    return sorted(listed, key=lambda item: derive.urgency(item.state))


def _open_steps(edition: Edition) -> list[StepItem]:
    return [step_item(edition, step) for step in derive.open_steps(edition.explainer, edition.day)]


def upcoming_values(steps: Iterable[StepItem], library: Library, heading: str = "h3") -> Values:
    """The steps in groups by when they fall due; `heading` is the element that stands above each."""
    groups: dict[derive.Horizon, list[StepItem]] = {}
    for step in steps:
        groups.setdefault(derive.horizon(step.state, library.day), []).append(step)
    ends = derive.horizon_ends(library.day)
    listed = [
        _group(horizon, groups[horizon], ends.get(horizon), library)
        for horizon in get_args(derive.Horizon)
        if horizon in groups
    ]
    return {"groups": listed, "heading": heading, "more": None}


def _group(horizon: derive.Horizon, steps: list[StepItem], end: date | None, library: Library) -> Group:
    title = words.HORIZONS[horizon]
    stale = words.STALE_HORIZON.format(horizon=title, day=spoken(library.day))
    return Group(horizon.replace(" ", "-"), title, tuple(steps), lapse(end, stale, library))


@dataclass(frozen=True)
class Resolved:
    """A next step that has an outcome. `late` is in days, None where no date had been given."""

    step: StepItem
    late: int | None


@site_component
def outcomes(library: Library, *, limit: int | None = None) -> Values:
    """How past next steps turned out, counted and listed: `{{ outcomes() }}`, `{{ outcomes(limit=5) }}`."""
    every = resolved_steps(library)
    shown = every[: count(limit)]
    return {**outcome_counts(library), "resolved": shown, "more": _more(len(every) - len(shown), "outcomes/")}


def resolved_steps(library: Library) -> list[Resolved]:
    """Every next step with an outcome, newest first."""
    found = [item for edition in library.editions for item in edition.noted("resolved", _resolved)]
    return sorted(found, key=lambda item: item.step.record.outcome.on, reverse=True)


def _resolved(edition: Edition) -> list[Resolved]:
    steps = (step for step in edition.explainer.next_steps.values() if step.outcome)
    return [Resolved(step_item(edition, step), derive.lateness(step)) for step in steps]


@dataclass(frozen=True)
class BasisRow:
    """How the steps of one basis turned out, in the order of the results."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def outcome_counts(library: Library) -> Values:
    """The outcomes counted by result and by basis, and how late they came."""
    every = resolved_steps(library)
    results: Sequence[Result] = get_args(Result)
    bases: Sequence[Basis] = get_args(Basis)
    pairs = Counter((item.step.record.basis, item.step.record.outcome.result) for item in every)
    rows = [BasisRow(words.BASES[b].capitalize(), tuple(pairs[b, r] for r in results)) for b in bases]
    late = [item.late for item in every if item.late is not None]
    return {
        "results": [words.RESULTS[result] for result in results],
        "rows": rows,
        "totals": [sum(row.counts[i] for row in rows) for i in range(len(results))],
        "total": len(every),
        "dated": len(late),
        "on_time": late.count(0),
        "median_late": round(median([days for days in late if days])) if any(late) else None,
        "waiting": tally(open_steps(library), words.MORE_OVERDUE),
    }


@site_component
def changes(library: Library, *, limit: int | None = None) -> Values:
    """Every major revision, newest first: `{{ changes() }}`, or the newest five: `{{ changes(limit=5) }}`."""
    every = major_changes(library)
    shown = every[: count(limit)]
    return {"revisions": shown, "more": _more(len(every) - len(shown), "changes/")}


def major_changes(library: Library) -> list[RevisionItem]:
    """Every major revision of every explainer, newest first."""
    found = [item for edition in library.editions for item in edition.noted("changes", _majors)]
    return sorted(found, key=lambda item: item.record.on, reverse=True)


def _majors(edition: Edition) -> list[RevisionItem]:
    return [revision_item(edition, revision) for revision in derive.major_revisions(edition.explainer)]
