"""What a diagram is made of, in the units of its picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

WIDTH, BOX_WIDTH, LINE, PADDING = 400.0, 104.0, 15.0, 9.0
MARGIN = 4.0  # units around the boxes, for the width of their lines

Place = tuple[float, float]
Edge = tuple[str, str, str]


@dataclass(frozen=True)
class Box:
    """An actor's name in a box, by its centre."""

    id: str
    lines: tuple[str, ...]
    x: float
    y: float

    @cached_property
    def height(self) -> float:
        return len(self.lines) * LINE + 2 * PADDING

    @property
    def left(self) -> float:
        return round(self.x - BOX_WIDTH / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - self.height / 2, 1)

    @property
    def baselines(self) -> list[tuple[float, str]]:
        first = self.top + PADDING + LINE * 0.75
        return [(round(first + LINE * row, 1), line) for row, line in enumerate(self.lines)]

    def covers(self, place: Place, around: float = 0.0) -> bool:
        """Whether a place is in the box or nearer to it than `around`."""
        return abs(place[0] - self.x) < BOX_WIDTH / 2 + around and abs(place[1] - self.y) < self.height / 2 + around

    def meets(self, low: Place, high: Place, around: float = 0.0) -> bool:
        """Whether any place between two corners may be in the box or nearer to it than `around`."""
        beside, above = BOX_WIDTH / 2 + around, self.height / 2 + around
        return low[0] - beside < self.x < high[0] + beside and low[1] - above < self.y < high[1] + above


@dataclass(frozen=True)
class Arrow:
    """A curve from one box to another, with its number's place."""

    number: int
    kind: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Diagram:
    """A picture `width` by `height` units large."""

    width: float
    height: float
    box_width: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds of arrows in it, each once."""
        return sorted({arrow.kind for arrow in self.arrows})
