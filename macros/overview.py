"""Where things stand in a drawn overview: the actors, the obstacles between them, the steps ahead.

Lengths are units of the picture; on a page one unit is about one pixel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from macros.diagram.labels import lines, width

TYPE, LEADING = 13.0, 17.0  # size of type, and from one line to the next
GAP, EDGE = 10.0, 1.0
DOT, BADGE = 5.0, 9.0  # radii
LEFT_OUT = (  # what goes first where there is no room for all, and how many of it stay until the next goes
    (("obstacles", "steps"), 2),
    (("actors",), 4),
    (("obstacles", "steps"), 1),
    (("actors",), 1),
)
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
    """What an overview shows, and how many things a shortened one leaves out."""

    actors: tuple[ActorMark, ...]
    obstacles: tuple[ObstacleMark, ...]
    steps: tuple[StepMark, ...]
    unseen_actors: int = 0
    unseen_obstacles: int = 0
    unseen_steps: int = 0


class _Pen:
    """Draws from top to bottom; `y` is where the next thing begins."""

    def __init__(self, room: float) -> None:
        self.room, self.y = room, 0.0
        self.dots: list[Dot] = []
        self.texts: list[Text] = []
        self.badges: list[Badge] = []
        self.rules: list[float] = []

    def heading(self, text: str, shown: int, unseen: int) -> None:
        self.y += GAP if self.y else 0
        text += f" ({shown} of {shown + unseen})" if unseen else ""
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
    _actors(pen, overview)
    _obstacles(pen, overview)
    _steps(pen, overview)
    return Picture(room, round(pen.y + EDGE, 1), tuple(pen.dots), tuple(pen.texts), tuple(pen.badges), tuple(pen.rules))


def shortened(overview: Overview, room: float, height: float) -> Overview:
    """As much of an overview as a picture of this size has room for; what is left out is counted."""
    while draw(overview, room).height > height and (name := _dispensable(overview)):
        kept, unseen = getattr(overview, name)[:-1], getattr(overview, f"unseen_{name}") + 1
        overview = replace(overview, **{name: kept, f"unseen_{name}": unseen})
    return overview


def _dispensable(overview: Overview) -> str | None:
    """The list that loses its last first."""
    for names, least in LEFT_OUT:
        longest = max(names, key=lambda name: len(getattr(overview, name)))
        if len(getattr(overview, longest)) > least:
            return longest
    return None


def _actors(pen: _Pen, overview: Overview) -> None:
    pen.heading("Who", len(overview.actors), overview.unseen_actors)
    for row in _rows(overview.actors, pen.room):
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
    pen.heading("What stands in the way", len(overview.obstacles), overview.unseen_obstacles)
    standing = {step.number: step.standing for step in overview.steps}
    for obstacle in overview.obstacles:
        pen.rule()
        _obstacle(pen, obstacle, standing)


def _obstacle(pen: _Pen, obstacle: ObstacleMark, standing: dict[int, str]) -> None:
    top, left = pen.y, MARKS * (2 * DOT + 3) + 4
    for number, hue in enumerate(obstacle.holders[:MARKS]):
        pen.dots.append(Dot(round(DOT + number * (2 * DOT + 3), 1), top + 8, hue))
    blocked = [number for number in obstacle.blocks if number in standing]
    right = len(blocked) * (2 * BADGE + 3)
    for number, block in enumerate(blocked):
        x = pen.room - right + number * (2 * BADGE + 3) + BADGE + 3
        pen.badges.append(Badge(round(x, 1), top + 8, block, standing[block]))
    room = pen.room - left - right - GAP
    pen.wrapped(obstacle.title, left, room, "title")
    pen.wrapped(obstacle.status, left, room, f"status {obstacle.status.lower()}")
    pen.y += 4


def _steps(pen: _Pen, overview: Overview) -> None:
    if not overview.steps:
        return
    pen.heading("What is to come", len(overview.steps), overview.unseen_steps)
    left = 2 * BADGE + 8
    for step in overview.steps:
        pen.rule()
        pen.badges.append(Badge(BADGE, pen.y + 8, step.number, step.standing))
        pen.wrapped(step.title, left, pen.room - left, "title")
        pen.wrapped(step.status, left, pen.room - left, f"status {step.standing}")
        pen.y += 4
