"""The drawn overview: everything in it, nothing over anything else, and a card that is a picture."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
import resvg_py
from playwright.sync_api import Browser, expect

from macros.colours import HUES, hues
from macros.diagram.labels import width
from macros.overview import TYPE, ActorMark, ObstacleMark, Overview, Picture, StepMark, draw, shortened
from macros.publish.pictures import QUESTION_ROOM, png, question
from tests import browser as tools

LONG = "A title that goes on for so long that it cannot stand on a single line of any picture"


def overview(actors: int = 6, obstacles: int = 5, steps: int = 4, title: str = LONG) -> Overview:
    return Overview(
        tuple(ActorMark(f"a{i}", f"Actor number {i}", i) for i in range(actors)),
        tuple(ObstacleMark(title, "Hardened", (0, 1), (1, 2)[:steps]) for _ in range(obstacles)),
        tuple(StepMark(i + 1, title, "Overdue since 1 May 2026, no outcome recorded", "overdue") for i in range(steps)),
    )


@pytest.mark.parametrize("room", [340.0, 700.0])
@pytest.mark.parametrize("title", ["Short", LONG, "Donaudampfschifffahrtsgesellschaft" * 3])
def test_everything_is_in_the_picture(room: float, title: str) -> None:
    """Every text ends inside, every line has a place of its own, and nothing of a title is lost."""
    picture = draw(overview(title=title), room)
    for text in picture.texts:
        assert 0 <= text.x <= text.x + width(text.text) * TYPE <= room + TYPE or text.kind.startswith("status")
        assert 0 < text.y < picture.height
    places = [(text.x, text.y) for text in picture.texts]
    assert len(places) == len(set(places))
    words = " ".join(text.text for text in picture.texts if text.kind == "title")
    assert words.replace(" ", "").count(title.replace(" ", "")) == 9


def test_marks_name_holders_and_steps() -> None:
    """An obstacle has the hues of those who hold it, and the numbers of the open steps it blocks."""
    picture = draw(overview(obstacles=1), 340.0)
    unnamed = [dot for dot in picture.dots if not dot.text]
    assert [dot.hue for dot in unnamed] == [0, 1]
    assert [badge.number for badge in picture.badges] == [1, 2, 1, 2, 3, 4]


def test_nothing_to_draw() -> None:
    """An explainer without obstacles and steps has a picture of its actors."""
    picture: Picture = draw(overview(obstacles=0, steps=0), 340.0)
    assert [text.text for text in picture.texts] == ["Who"]


def test_hues_stay() -> None:
    """A hue follows from the id; another actor moves it only where the two would be the same."""
    alone = hues(["china"])["china"]
    assert hues(["china", "zzz"])["china"] == alone
    many = hues(f"actor-{i}" for i in range(HUES))
    assert sorted(many.values()) == list(range(HUES))
    assert len(hues(f"actor-{i}" for i in range(60))) == 60


def test_what_has_no_room_is_counted() -> None:
    """A shortened overview fits, says how much it leaves out, and numbers only steps that it shows."""
    whole = overview(obstacles=7, steps=3, title="A title that takes two lines of a card")
    picture = draw(shortened(whole, 320.0, 440.0), 320.0)
    assert picture.height <= 440 < draw(whole, 320.0).height
    headings = [text.text for text in picture.texts if text.kind == "heading"]
    assert headings == ["Who", "What stands in the way (2 of 7)", "What is to come (2 of 3)"]
    assert {badge.number for badge in picture.badges} == {1, 2}
    assert shortened(whole, 320.0, 10_000.0) == whole
    assert draw(shortened(overview(actors=40), 320.0, 440.0), 320.0).height <= 440


@pytest.mark.parametrize(
    ("title", "size"),
    [("Why?", 68), ("Why has Europe not used the assets for Ukraine?", 68), (LONG, 60), (LONG * 3, 36)],
)
def test_a_question_is_set_whole_in_its_room(title: str, size: int) -> None:
    """The longer it is, the smaller its type; nothing of it is lost."""
    shown = question(title)
    assert (" ".join(shown.lines), shown.size) == (title, size)
    assert len(shown.lines) * shown.leading <= QUESTION_ROOM[1]


def test_a_word_is_not_broken_for_larger_type() -> None:
    """Only a word that is too long in any type is broken."""
    assert question("Is this counterrevolutionaries?").lines == ("Is this", "counterrevolutionaries?")


def test_a_question_without_room_ends_in_an_ellipsis() -> None:
    """No title can push the assessment off its card."""
    shown = question(LONG * 9)
    assert len(shown.lines) * shown.leading <= QUESTION_ROOM[1]
    assert shown.lines[-1].endswith("\N{HORIZONTAL ELLIPSIS}")


def test_a_card_is_a_picture(site: Path) -> None:
    """Social networks get a PNG of 1200 by 630, and the page names it with its whole address."""
    folder = site / "explainers/oil-sanctions"
    content = (folder / "card.png").read_bytes()
    assert struct.unpack(">II", content[16:24]) == (1200, 630)
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert 'property="og:image" content="https://open-questions.github.io/explainers/oil-sanctions/card.png"' in page


def test_a_card_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same card comes from the cache; a damaged cache is drawn anew."""
    monkeypatch.chdir(tmp_path)
    source = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    first = png(source)
    (known,) = (tmp_path / ".cache/build/cards").glob("*/*")
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **_: b"drawn again")
    assert png(source) == first
    known.write_bytes(known.read_bytes()[:-20])
    assert png(source) == b"drawn again"


@pytest.mark.parametrize("name", ["overview.svg", "overview-narrow.svg"])
def test_the_file_is_xml(site: Path, name: str) -> None:
    """Every overview is well-formed, whatever its titles say."""
    files = list(site.glob(f"explainers/*/{name}"))
    assert len(files) == 5
    for file in files:
        ElementTree.fromstring(file.read_bytes())  # noqa: S314 - our own file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [360, 1440])
def test_the_page_shows_one(site: Path, browser: Browser, size: int, scheme: str) -> None:
    """A reader sees the overview that fits the screen and the scheme, before the first question."""
    with tools.serving(site) as origin:
        page = browser.new_context(viewport={"width": size, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
        page.goto(f"{origin}/explainers/oil-sanctions/")
        expect(page.locator("body")).to_have_attribute(
            "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme]
        )
        shown = page.locator(".overview img:visible")
        expect(shown).to_have_count(1)
        shown.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('.overview img').currentSrc !== null")
        expect(shown).to_have_js_property("complete", True)
        source = shown.evaluate("image => image.currentSrc")
        assert source.endswith(f"overview{'-narrow' if size == 360 else ''}.svg?{scheme}#{scheme}")
        assert shown.evaluate("image => image.naturalWidth") > 300
        before = "getComputedStyle(document.body) && document.querySelector('.overview').compareDocumentPosition"
        assert page.evaluate(f"{before}.call(document.querySelector('.overview'), document.querySelector('h2')) & 4")
