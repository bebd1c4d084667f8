"""What the drawn overview of an explainer shows."""

from __future__ import annotations

from macros import derive, words
from macros.edition import Edition
from macros.model import Obstacle
from macros.overview import ActorMark, ObstacleMark, Overview, StepMark

OBSTACLE_WORDS = {"open": "Open", "eased": "Eased", "hardened": "Hardened", "removed": "Removed"}


def overview(edition: Edition) -> Overview:
    """The actors, what stands in the way, and the open next steps, the most urgent first."""
    hues = edition.library.hues
    steps = derive.open_steps(edition.explainer, edition.day)
    numbers = {step.id: number for number, step in enumerate(steps, start=1)}
    return Overview(
        tuple(ActorMark(id_, edition.actor(id_).text, hues.get(id_, 0)) for id_ in edition.explainer.actors),
        tuple(_obstacle(obstacle, hues, numbers) for obstacle in edition.explainer.obstacles.values()),
        tuple(_step(edition, step.id, number) for step, number in zip(steps, numbers.values(), strict=True)),
    )


def _obstacle(obstacle: Obstacle, hues: dict[str, int], numbers: dict[str, int]) -> ObstacleMark:
    state = derive.obstacle_state(obstacle)
    return ObstacleMark(
        obstacle.title,
        OBSTACLE_WORDS[state.status] if state else "Open",
        tuple(hues[id_] for id_ in obstacle.held_by if id_ in hues),
        tuple(numbers[id_] for id_ in obstacle.blocks if id_ in numbers),
    )


def _step(edition: Edition, id_: str, number: int) -> StepMark:
    step = edition.explainer.next_steps[id_]
    state = derive.step_state(step, edition.day)
    return StepMark(number, step.title, words.step_status(step, state, edition.day), state.standing)
