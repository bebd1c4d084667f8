"""What an actor's page shows: who they are, and everything they do in every story."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from macros import derive, words
from macros.components.items import (
    EventItem,
    StanceItem,
    StepItem,
    event_item,
    obstacle_item,
    part_item,
    picture,
    relation_item,
    stance_items,
    step_item,
)
from macros.components.registry import Values
from macros.edition import Edition, Library, Link


def actor_page(library: Library, id_: str) -> Values:
    """Everything about one actor, from all published explainers."""
    editions = library.naming(id_)
    actor = library.actors[id_]
    relations = [
        relation_item(edition, relation)
        for edition in editions
        for relation in edition.explainer.relations
        if id_ in (relation.from_, relation.to)
    ]
    return {
        "actor": actor,
        "kind": words.ACTOR_KINDS[actor.kind],
        "represents": library.actor(actor.represents) if actor.represents else None,
        "represented_by": library.represented_by.get(id_, ()),
        "parts": [part_item(e, e.explainer.actors[id_]) for e in editions if id_ in e.explainer.actors],
        "stances": _stances(editions, id_),
        "relations": relations,
        "diagram": picture(relations),
        "hues": library.hues,
        "years": _by_year(_events(editions, id_)),
        "steps": _steps(editions, id_),
        "obstacles": [
            obstacle_item(edition, obstacle)
            for edition in editions
            for obstacle in edition.explainer.obstacles.values()
            if id_ in obstacle.held_by
        ],
    }


def _stances(editions: Iterable[Edition], id_: str) -> list[StanceItem]:
    found = [
        item
        for edition in editions
        for (actor, _), history in derive.stance_history(edition.explainer.stances).items()
        if actor == id_
        for item in stance_items(edition, history)
    ]
    return sorted(found, key=lambda item: item.record.on.order, reverse=True)


def _events(editions: Iterable[Edition], id_: str) -> list[EventItem]:
    found = [
        event_item(edition, event)
        for edition in editions
        for event in edition.explainer.timeline.values()
        if id_ in event.actors
    ]
    return sorted(found, key=lambda item: item.record.date.order, reverse=True)


def _by_year(events: list[EventItem]) -> list[tuple[int, list[EventItem]]]:
    years = groupby(events, key=lambda item: item.record.date.earliest.year)
    return [(year, list(group)) for year, group in years]


def _steps(editions: Iterable[Edition], id_: str) -> list[StepItem]:
    found = [
        step_item(edition, step)
        for edition in editions
        for step in edition.explainer.next_steps.values()
        if id_ in step.by
    ]
    return sorted(found, key=lambda item: derive.urgency(item.state))


def actor_index(library: Library) -> list[tuple[str, list[tuple[Link, str, int]]]]:
    """Every actor by kind: name, who they are, and in how many explainers they take part."""
    counts = {id_: sum(id_ in e.explainer.actors for e in library.naming(id_)) for id_ in library.actors}
    return [
        (
            words.ACTOR_KINDS_PLURAL[kind],
            [
                (library.actor(id_), actor.summary, counts[id_])
                for id_, actor in sorted(library.actors.items(), key=lambda item: item[1].name)
                if actor.kind == kind
            ],
        )
        for kind in words.ACTOR_KINDS
        if any(actor.kind == kind for actor in library.actors.values())
    ]
