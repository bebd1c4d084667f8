"""What the API adds to the facts: addresses, and what follows from them on the day of the build.

The published schemas mark these fields `readOnly`: nobody writes them down, so they cannot go stale in the data.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from macros import derive, words
from macros.edition import Edition
from macros.model import (
    Actor,
    Authored,
    Event,
    Explainer,
    Level,
    NextStep,
    Obstacle,
    ObstacleStatus,
    Part,
    Revision,
    Source,
    Stance,
    Takeaway,
)
from macros.provenance import cited, origins, provenance_of
from macros.publish.address import Site


class Computed(BaseModel):
    """Fields that are worked out at each build."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Addressed(Computed):
    """A record with an anchor of its own."""

    address: str = Field(description="Its permanent address.", json_schema_extra={"format": "uri"})


class ComputedRecord(Addressed):
    """A record that rests on sources."""

    independent_sources: int = Field(description="How many sources it rests on that do not repeat one another.")


class ComputedStance(Computed):
    """A position on an issue."""

    moved: bool = Field(description="Whether it differs from the one before it.")
    current: bool = Field(description="Whether it is the newest on its issue.")


class ComputedObstacle(ComputedRecord):
    """An obstacle."""

    status: ObstacleStatus | None = Field(description="How it stands on the day of the build.")
    since: date | None = Field(description="Since when it stands so.")


class ComputedStep(ComputedRecord):
    """A next step."""

    standing: derive.Standing = Field(description="Where it stands on the day of the build.")
    since: date | None = Field(description="Since when it is overdue, resolved or cancelled.")
    due: date | None = Field(description="The last day on which it is expected, while it is open.")
    days_overdue: int = Field(description="Days since it fell due without an outcome; 0 while it has not.")
    says: str = Field(description="The same as a reader sees it, in a line.")


class ComputedRevision(Addressed):
    """A change to the page."""

    id: str = Field(description="Its anchor on the page.")


class ComputedExplainer(Addressed):
    """A whole explainer."""

    slug: str = Field(description="Its name in addresses.")
    title: str = Field(description="The question it answers.")
    description: str | None = Field(description="The answer in a sentence.")
    day: date = Field(description="The day everything here is worked out for.")
    changed: date | None = Field(description="The day of the last substantive change.")
    level: Level | None = Field(description="Where the story stands by the newest assessment.")
    review_overdue_since: date | None = Field(description="Since when a review is overdue; null when it is not.")
    assessment_overdue_since: date | None = Field(
        description="Since when the newest assessment is older than the rhythm of reviews; null when it is not."
    )
    corroborated_percent: int = Field(description="Records with two independent sources, in per cent, rounded down.")


class ComputedActor(Addressed):
    """An actor."""

    id: str = Field(description="The name of its file.")
    explainers: list[str] = Field(description="Slugs of the explainers it takes part in.")


ADDED: dict[type[Authored], type[Computed]] = {
    Actor: ComputedActor,
    Event: ComputedRecord,
    Explainer: ComputedExplainer,
    NextStep: ComputedStep,
    Obstacle: ComputedObstacle,
    Part: ComputedRecord,
    Revision: ComputedRevision,
    Source: Addressed,
    Stance: ComputedStance,
    Takeaway: ComputedRecord,
}


def of(item: Authored, edition: Edition, site: Site) -> Computed | None:
    """What is added to one record of an explainer; None where nothing is."""
    match item:
        case Explainer():
            return explainer(edition, site)
        case NextStep():
            return _step(item, edition, site)
        case Obstacle():
            return _obstacle(item, edition, site)
        case Stance():
            return _stance(item, edition)
        case Revision(level="major"):
            id_ = derive.revision_id(edition.explainer, item)
            return ComputedRevision(id=id_, address=site.address(edition.anchor(id_)))
        case Source():
            return Addressed(address=site.address(edition.anchor(item.id)))
        case Event() | Part() | Takeaway():
            return ComputedRecord(**_record(item, edition, site))
    return None


def explainer(edition: Edition, site: Site) -> ComputedExplainer:
    """What is added to an explainer as a whole."""
    facts = edition.explainer
    latest = derive.latest_assessment(facts)
    return ComputedExplainer(
        address=site.address(edition.url),
        slug=edition.slug,
        title=edition.title,
        description=edition.article.front.description,
        day=edition.day,
        changed=derive.last_change(facts),
        level=latest.level if latest else None,
        review_overdue_since=_passed(derive.review_due(facts), edition.day),
        assessment_overdue_since=_passed(derive.assessment_due(facts), edition.day),
        corroborated_percent=provenance_of(facts).share,
    )


def _passed(since: date | None, day: date) -> date | None:
    return since if since and since <= day else None


def _record(item: Takeaway | Part | Event | Obstacle | NextStep, edition: Edition, site: Site) -> dict[str, object]:
    return {
        "address": site.address(edition.anchor(item.id)),
        "independent_sources": len(origins(edition.explainer, cited(item))),
    }


def _step(step: NextStep, edition: Edition, site: Site) -> ComputedStep:
    state = derive.step_state(step, edition.day, edition.explainer.lifecycle)
    is_open = state.standing in ("due", "ahead", "undated")
    return ComputedStep(
        **_record(step, edition, site),
        standing=state.standing,
        since=None if is_open else state.day,
        due=state.day if is_open else None,
        days_overdue=(edition.day - state.day).days + 1 if state.standing == "overdue" and state.day else 0,
        says=words.step_status(step, state, edition.day),
    )


def _obstacle(obstacle: Obstacle, edition: Edition, site: Site) -> ComputedObstacle:
    state = derive.obstacle_state(obstacle)
    return ComputedObstacle(
        **_record(obstacle, edition, site),
        status=state.status if state else None,
        since=state.on if state else None,
    )


def _stance(stance: Stance, edition: Edition) -> ComputedStance:
    history = derive.stance_history(edition.explainer.stances)[stance.actor, stance.issue]
    position = history.index(stance)
    return ComputedStance(moved=derive.has_moved(history[position:]), current=position == 0)
