"""Where things stand in a drawn overview: the actors, the obstacles between them, the steps ahead.

Lengths are units of the picture; on a page one unit is about one pixel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macros.diagram.labels import lines, width

TYPE, LEADING = 13.0, 17.0  # size of type, and from one line to the next
GAP, EDGE = 10.0, 1.0
DOT, BADGE = 5.0, 9.0  # radii
MARKS = 3  # holders of an obstacle that are drawn; who they all are stands in the list of obstacles


@dataclass(frozen=True)
class ActorMark:
    """An actor: name and hue."""

    id: str
    name: str
    hue: int


@dataclass(frozen=True)
class ObstacleMark:
    """An obstacle: how it stands, the hues of those who hold it, the numbers of the open steps it blocks."""

    title: str
    status: str
    holders: tuple[int, ...]
    blocks: tuple[int, ...]


@dataclass(frozen=True)
class StepMark:
    """An open step: its number, its title, and where it stands."""

    number: int
    title: str
    status: str
    standing: str


@dataclass(frozen=True)
class Dot:
    """A coloured dot, with a text beside it or none."""

    x: float
    y: float
    hue: int
    text: str = ""


@dataclass(frozen=True)
class Text:
    """A line of text by the start of its baseline; `kind` says how it looks."""

    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True)
class Badge:
    """A step's number, in a square."""

    x: float
    y: float
    number: int
    standing: str


@dataclass(frozen=True)
class Picture:
    """What to draw, in a picture `width` by `height` units large."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    texts: tuple[Text, ...]
    badges: tuple[Badge, ...]
    rules: tuple[float, ...]

    @property
    def hues(self) -> list[int]:
        return sorted({dot.hue for dot in self.dots})


@dataclass(frozen=True)
class Overview:
    """What an overview shows."""

    actors: tuple[ActorMark, ...]
    obstacles: tuple[ObstacleMark, ...]
    steps: tuple[StepMark, ...]


class _Pen:
    """Draws from top to bottom; `y` is where the next thing begins."""

    def __init__(self, room: float) -> None:
        self.room, self.y = room, 0.0
        self.dots: list[Dot] = []
        self.texts: list[Text] = []
        self.badges: list[Badge] = []
        self.rules: list[float] = []

    def heading(self, text: str) -> None:
        self.y += GAP if self.y else 0
        self.texts.append(Text(0, self.y + 11, text, "heading"))
        self.y += 20

    def rule(self) -> None:
        self.rules.append(round(self.y + 0.5, 1))
        self.y += 7

    def wrapped(self, text: str, x: float, room: float, kind: str) -> None:
        """A text on as many lines as it needs."""
        for line in lines(text, room / TYPE):
            self.texts.append(Text(x, round(self.y + TYPE - 1, 1), line, kind))
            self.y += LEADING


def draw(overview: Overview, room: float) -> Picture:
    """The overview in a picture of this width."""
    pen = _Pen(room)
    _actors(pen, overview.actors)
    _obstacles(pen, overview)
    _steps(pen, overview.steps)
    return Picture(room, round(pen.y + EDGE, 1), tuple(pen.dots), tuple(pen.texts), tuple(pen.badges), tuple(pen.rules))


def _actors(pen: _Pen, actors: Sequence[ActorMark]) -> None:
    pen.heading("Who")
    for row in _rows(actors, pen.room):
        for x, actor in row:
            pen.dots.append(Dot(round(x + DOT, 1), pen.y + 8, actor.hue, actor.name))
        pen.y += LEADING + 3


def _rows(actors: Sequence[ActorMark], room: float) -> Iterator[list[tuple[float, ActorMark]]]:
    """The actors on as many rows as they need, each with where it starts."""
    row: list[tuple[float, ActorMark]] = []
    x = 0.0
    for actor in actors:
        long = 2 * DOT + 6 + width(actor.name) * TYPE
        if row and x + long > room:
            yield row
            row, x = [], 0.0
        row.append((x, actor))
        x += long + 1.6 * GAP
    if row:
        yield row


def _obstacles(pen: _Pen, overview: Overview) -> None:
    if not overview.obstacles:
        return
    pen.heading("What stands in the way")
    standing = {step.number: step.standing for step in overview.steps}
    for obstacle in overview.obstacles:
        pen.rule()
        _obstacle(pen, obstacle, standing)


def _obstacle(pen: _Pen, obstacle: ObstacleMark, standing: dict[int, str]) -> None:
    top, left = pen.y, MARKS * (2 * DOT + 3) + 4
    for number, hue in enumerate(obstacle.holders[:MARKS]):
        pen.dots.append(Dot(round(DOT + number * (2 * DOT + 3), 1), top + 8, hue))
    right = len(obstacle.blocks) * (2 * BADGE + 3)
    for number, block in enumerate(obstacle.blocks):
        x = pen.room - right + number * (2 * BADGE + 3) + BADGE + 3
        pen.badges.append(Badge(round(x, 1), top + 8, block, standing[block]))
    room = pen.room - left - right - GAP
    pen.wrapped(obstacle.title, left, room, "title")
    pen.wrapped(obstacle.status, left, room, f"status {obstacle.status.lower()}")
    pen.y += 4


def _steps(pen: _Pen, steps: Sequence[StepMark]) -> None:
    if not steps:
        return
    pen.heading("What is to come")
    left = 2 * BADGE + 8
    for step in steps:
        pen.rule()
        pen.badges.append(Badge(BADGE, pen.y + 8, step.number, step.standing))
        pen.wrapped(step.title, left, pen.room - left, "title")
        pen.wrapped(step.status, left, pen.room - left, f"status {step.standing}")
        pen.y += 4
