"""Search is fetched when a reader uses it, not before, and then does all it can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browser as tools

STORY = "/explainers/can-china-push-russia-to-peace/"
FIELD = ".md-search__input"
expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    with tools.serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(has_touch=True)
    page.set_default_timeout(15_000)
    yield page
    page.close()


@pytest.fixture
def fetched(page: Page) -> Iterator[list[str]]:
    """A list that fills with what the page fetches beside itself and its looks."""
    found: list[str] = []
    page.on("request", note := lambda request: found.append(request.url.rsplit("/", 1)[-1].split(".")[0]))
    yield found
    page.remove_listener("request", note)


FIRST_USES: dict[str, tuple[int, Callable[[Page], object]]] = {
    "slash": (1440, lambda page: page.keyboard.press("/")),
    "s": (360, lambda page: page.keyboard.press("s")),
    "click": (1440, lambda page: page.locator(FIELD).click()),
    "magnifier": (360, lambda page: page.locator("header label[for=__search]").first.click()),
    "touch": (360, lambda page: page.locator("header label[for=__search]").first.tap()),
}


@pytest.mark.parametrize("use", FIRST_USES)
def test_search_waits_for_its_first_use(page: Page, fetched: list[str], origin: str, use: str) -> None:
    """Neither script nor index before; then each file once, and results with the words marked in them."""
    width, act = FIRST_USES[use]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{origin}{STORY}", wait_until="networkidle")
    assert {"root", "search", "sitemap"} & set(fetched) == set()
    before = len(fetched)
    act(page)
    page.locator(FIELD).press_sequentially("rosneft")
    expect(page.locator(".md-search-result__link mark").first).to_have_text("Rosneft")
    since = fetched[before:]
    assert (since.count("root"), since.count("search")) == (1, 2)  # the index; its script and style sheet
    assert len(since) == len(set(since)) + 1


def test_a_link_to_a_search_shows_its_results(page: Page, origin: str) -> None:
    """An address with `?q=` opens the search with these words."""
    page.goto(f"{origin}/about/?q=rosneft")
    expect(page.locator(FIELD)).to_have_value("rosneft")
    expect(page.locator(".md-search-result__link mark").first).to_have_text("Rosneft")


def test_a_result_marks_the_words_on_its_page(page: Page, origin: str) -> None:
    """Arrows and Enter lead to a record, where the words that were searched for are marked."""
    page.goto(f"{origin}/about/")
    page.keyboard.press("/")
    page.keyboard.type("rosneft")
    expect(page.locator(".md-search-result__link mark").first).to_have_text("Rosneft")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?h=rosneft*")
    expect(page.locator("article mark").first).to_have_text("Rosneft")


def test_the_theme_waits_for_the_reader(page: Page, fetched: list[str], origin: str) -> None:
    """Its script is fetched once, when a reader does something, and then the contents follow the reading."""
    page.set_viewport_size({"width": 1440, "height": 800})
    page.goto(f"{origin}{STORY}", wait_until="networkidle")
    # A browser says so too when the page has moved beneath a pointer at rest.
    page.evaluate("document.body.dispatchEvent(new PointerEvent('pointermove', {bubbles: true}))")
    page.wait_for_timeout(100)
    assert "bundle" not in fetched
    page.mouse.move(500, 500)
    page.mouse.wheel(0, 5000)
    expect(page.locator(".md-nav--secondary .md-nav__link--active")).to_have_count(1)
    assert fetched.count("bundle") == 1


def test_without_script_there_is_no_search(browser: Browser, origin: str) -> None:
    """What cannot work is not shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}{STORY}")
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator(FIELD)).to_be_hidden()
        expect(page.locator("header label[for=__search]").first).to_be_hidden()
    context.close()
