"""The drawn overview of each explainer, wide and narrow, and its card for social networks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import font_source_sans_pro
import font_source_serif_pro
import resvg_py

from macros import derive, words
from macros.components.items import Lapse, lapse, step_item
from macros.components.overview import overview
from macros.dates import spoken
from macros.diagram.labels import lines, width
from macros.edition import Edition
from macros.overview import Picture, draw, shortened
from macros.publish.address import Site
from macros.render import render
from macros.store import Store, digest, packed

WIDE, NARROW = 700.0, 340.0  # the columns of text on a desk and on a phone
CARD_FILE = "card.png"
CARD = (1200, 630)  # what social networks show whole
CARD_COLUMN, CARD_ROOM = 320.0, (422, 546)  # the overview on a card: its own width, and the room it is enlarged to
QUESTION_ROOM = (626, 380)  # of the card, for its question
QUESTION_TYPE = (68, 60, 52, 44, 36)  # its sizes, the first that fits is taken
CARDS = Store(Path(".cache/build/cards"), spared=60 * 24 * 3600)  # a build of another day asks for every card again
FONTS = {"sans": font_source_sans_pro, "serif": font_source_serif_pro}
SERIF = 0.9  # a line in our bold serif against the broadest typeface, which `width` measures


def of_story(edition: Edition, site: Site) -> Iterator[tuple[str, bytes]]:
    """`overview.svg`, `overview-narrow.svg` and `card.png` in the folder of an explainer."""
    yield f"{edition.url}overview.svg", svg(picture(edition, WIDE))
    yield f"{edition.url}overview-narrow.svg", svg(picture(edition, NARROW))
    yield f"{edition.url}{CARD_FILE}", png(card(edition, site))


def picture(edition: Edition, room: float) -> Picture:
    """An explainer's overview, laid out in this width."""
    return draw(overview(edition), room)


@dataclass(frozen=True)
class File:
    """A picture's address below the site's root, and its size in whole pixels."""

    url: str
    width: int
    height: int


def figure(edition: Edition) -> dict[str, Any]:
    """What the page needs to show its overview."""
    shown = overview(edition)
    counts = {"actor": len(shown.actors), "obstacle": len(shown.obstacles), "open step": len(shown.steps)}
    said = ", ".join(f"{number} {word}{'s' * (number != 1)}" for word, number in counts.items())
    return {
        "wide": _file(edition, "overview.svg", WIDE),
        "narrow": _file(edition, "overview-narrow.svg", NARROW),
        "alt": f"Overview of {said}.",
        "stale": _stale(edition),
    }


def _stale(edition: Edition) -> Lapse | None:
    """What to say of the picture when a step has fallen due that it shows as open."""
    steps = [step_item(edition, step) for step in derive.open_steps(edition.explainer, edition.day)]
    first = min((step.lapse.since for step in steps if step.lapse), default=None)
    return lapse(first, words.STALE_PICTURE.format(day=spoken(edition.day)), edition.library)


def _file(edition: Edition, name: str, room: float) -> File:
    drawn = picture(edition, room)
    return File(f"{edition.url}{name}", round(drawn.width), round(drawn.height))


def svg(drawn: Picture) -> bytes:
    """The overview as a file: `#dark` after its address chooses the dark colours.

    Browsers share a picture between addresses that differ after `#` only, so pages write `?dark#dark`.
    """
    return (render("overview.svg", {"picture": drawn}) + "\n").encode()


def card(edition: Edition, site: Site) -> str:
    """The card as SVG: question, where it stands, and as much of the overview beside it as has room."""
    room, height = CARD_ROOM
    scale = room / CARD_COLUMN
    values = {
        "width": CARD[0],
        "height": CARD[1],
        "site": site.name,
        "question": question(edition.title),
        "latest": derive.latest_assessment(edition.explainer),
        "changed": derive.last_change(edition.explainer),
        "picture": draw(shortened(overview(edition), CARD_COLUMN, height / scale), CARD_COLUMN),
        "scale": round(scale, 4),
    }
    return render("card.svg", values)


@dataclass(frozen=True)
class Question:
    """An explainer's title on its card: its lines, their size of type and the distance between them, in pixels."""

    lines: tuple[str, ...]
    size: int
    leading: int


def question(title: str) -> Question:
    """The title as large as it can be set whole; one too long even for the smallest type ends in an ellipsis."""
    room, height = QUESTION_ROOM
    for size in QUESTION_TYPE:
        ems, leading = room / size / SERIF, round(size * 1.15)
        broken, most = lines(title, ems), height // leading
        if len(broken) <= most and all(width(word) <= ems for word in title.split()):
            return Question(broken, size, leading)
    ending = () if len(broken) <= most else (f"{broken[most - 1][:-1]}\N{HORIZONTAL ELLIPSIS}",)
    return Question(broken[: most - len(ending)] + ending, size, leading)


def png(source: str) -> bytes:
    """The picture in dots, drawn with our own typefaces; drawn once for as long as it looks the same."""
    key = digest(_drawing(), source)
    if known := CARDS.get(key):
        return known[CARD_FILE]
    drawn = bytes(resvg_py.svg_to_bytes(svg_string=source, skip_system_fonts=True, font_files=_fonts()))
    CARDS.put(key, packed({CARD_FILE: drawn}))
    return drawn


@cache
def _drawing() -> str:
    """What draws a card, beside what is said in it: the library and the typefaces."""
    faces = sha256(b"".join(Path(font).read_bytes() for font in _fonts())).hexdigest()
    return f"{resvg_py.__version__}{faces}"


@cache
def _fonts() -> list[str]:
    names = ("SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-Bold", "SourceSerifPro-Bold")
    folders = [Path(module.__file__ or "").parent / "files" for module in FONTS.values()]
    return [str(file) for name in names for folder in folders if (file := folder / f"{name}.ttf").is_file()]
