"""What is overdue in the whole project on a day, with the place where it is written: for editors and their tools."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from macros import derive
from macros.as_of import known
from macros.load import Loaded
from macros.model import Explainer, NextStep
from macros.problems import FORMATS, Problem

Kind = Literal["step", "review", "assessment"]
EDITORS = "editors"

_MENDS: dict[Kind, str] = {
    "step": "Add its outcome, or a history entry with the new date and a source for it",
    "review": "Hold the page against the world, then set `reviewed`",
    "assessment": "Add an assessment that holds today",
}


@dataclass(frozen=True, order=True)
class Due:
    """Something overdue; `since` is the first day of that and `days` counts it. Sorts by place."""

    path: str
    line: int
    column: int
    kind: Kind
    id: str
    since: date
    days: int
    owner: str
    title: str

    @property
    def problem(self) -> Problem:
        days = f"{self.days} day{'s' * (self.days != 1)}"
        subject = f"`{self.id}`" if self.kind == "step" else f"the {self.kind} of `{self.id}`"
        what = f"{subject} is overdue since {self.since}, {days}, owner: {self.owner} ({self.title})"
        return Problem(self.path, self.line, self.column, f"{self.kind}-overdue", what, _MENDS[self.kind])


def overdue(loaded: Loaded, titles: Mapping[str, str], day: date, as_of: date | None = None) -> list[Due]:
    """Steps without outcome, reviews and assessments that are overdue on a day, by place.

    `titles` are the articles' by slug. Drafts and closed explainers owe nothing. With `as_of`, only what was known then
    counts.
    """
    found = [
        due
        for slug, whole in loaded.explainers.items()
        if (explainer := known(whole, as_of) if as_of else whole) and explainer.lifecycle not in ("draft", "closed")
        for due in (*_steps(loaded, slug, explainer, day), *_rhythms(loaded, slug, explainer, titles, day))
    ]
    return sorted(found)


def _steps(loaded: Loaded, slug: str, explainer: Explainer, day: date) -> Iterator[Due]:
    path = f"data/explainers/{slug}.yml"
    for id_, step in explainer.next_steps.items():
        state = derive.step_state(step, day, explainer.lifecycle)
        if state.standing == "overdue" and state.day:
            place = loaded.documents[path].position(("next_steps", id_), key=True)
            yield Due(path, *place, "step", id_, state.day, _days(state.day, day), _owner(loaded, step), step.title)


def _rhythms(loaded: Loaded, slug: str, explainer: Explainer, titles: Mapping[str, str], day: date) -> Iterator[Due]:
    path = f"data/explainers/{slug}.yml"
    reviewed = "reviewed" if explainer.reviewed else "published"
    rhythms: tuple[tuple[Kind, date | None, tuple[str | int, ...]], ...] = (
        ("review", derive.review_due(explainer), (reviewed,)),
        ("assessment", derive.assessment_due(explainer), ("assessment", len(explainer.assessment) - 1, "as_of")),
    )
    for kind, since, loc in rhythms:
        if since and since <= day:
            place = loaded.documents[path].position(loc, key=True)
            yield Due(path, *place, kind, slug, since, _days(since, day), EDITORS, titles.get(slug, slug))


def _days(since: date, day: date) -> int:
    """How many days it is overdue; on the first of them, one."""
    return (day - since).days + 1


def _owner(loaded: Loaded, step: NextStep) -> str:
    names = [loaded.actors[id_].name if id_ in loaded.actors else id_ for id_ in step.by]
    return ", ".join(names) or "not named"


def formatted(found: Iterable[Due], format_: str) -> str:
    """What is overdue as `text`, `github` or `json`; JSON has every field of `Due`."""
    listed = list(found)
    if format_ == "json":
        return json.dumps([asdict(due) for due in listed], ensure_ascii=False, indent=2, default=str)
    return FORMATS[format_](due.problem for due in listed)
