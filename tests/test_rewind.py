"""The control above the timeline that shows the page as it stood on an earlier day, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browser as tools

STORY = "/explainers/can-china-push-russia-to-peace/"
HISTORY = f"{STORY}history/"


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    with tools.serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser, origin: str) -> Iterator[Page]:
    """One tab of a reader's browser."""
    with browser.new_context(base_url=origin, reduced_motion="reduce") as context:
        context.set_default_timeout(15_000)
        yield context.new_page()


def asked(page: Page) -> list[str]:
    """A list that fills with the requests for the history page."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if request.url.endswith(HISTORY) else None)
    return found


def test_no_byte_before_it_is_asked_for(page: Page) -> None:
    """The history is fetched when a reader first asks for a day, and once."""
    requests = asked(page)
    page.goto(STORY, wait_until="networkidle")
    panel, status = page.locator(".rewind__panel"), page.get_by_role("status").and_(page.locator(".rewind__status"))
    expect(panel).to_be_hidden()
    assert requests == []
    page.get_by_label("Day", exact=True).select_option("2025-10-31")
    expect(status).to_have_text("As it stood on 31 October 2025")
    expect(panel).to_contain_text("Done, 31 October 2025")
    expect(panel).to_contain_text("expects help")
    page.get_by_label("Day", exact=True).select_option("2025-10-27")
    expect(panel).to_contain_text("Expected 30 October 2025")
    expect(panel).not_to_contain_text("Busan")
    assert len(requests) == 1
    page.get_by_label("Day", exact=True).select_option("Today's page")
    expect(panel).to_be_hidden()
    expect(status).to_have_text("Back to today's page")


def test_the_choices_are_the_dated_states(page: Page) -> None:
    """Every day of the history page can be chosen, by the name that the page gives it, newest first."""
    page.goto(HISTORY)
    days = page.locator(".history__days a").all_inner_texts()
    page.goto(STORY)
    assert page.get_by_label("Day", exact=True).locator("option").all_inner_texts() == ["Today's page", *days]
    assert len(days) > 20


def test_what_can_be_pressed_looks_it(page: Page) -> None:
    """The buttons have a border; the one that leads nowhere is paler. What they show stands on a ground of its own."""
    page.goto(STORY)
    earlier, later = (page.get_by_role("button", name=name) for name in ("Earlier", "Later"))
    expect(earlier).to_have_css("border-top-style", "solid")
    colour = "button => getComputedStyle(button).color"
    assert later.evaluate(colour) != earlier.evaluate(colour)
    earlier.click()
    expect(page.locator(".rewind__panel")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert later.evaluate(colour) == earlier.evaluate(colour)


def test_by_keyboard(page: Page) -> None:
    """Tab reaches the link, both buttons and the list of days; Enter and the arrow keys step; the ends hold."""
    page.goto(STORY)
    page.locator(".rewind a").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Earlier")).to_be_focused()
    status = page.locator(".rewind__status")
    page.keyboard.press("Enter")
    expect(status).to_have_text("As it stood on 4 July 2026")
    page.keyboard.press("Space")
    expect(status).to_have_text("As it stood on 30 June 2026")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Day", exact=True)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(status).to_have_text("As it stood on 6 June 2026")
    page.keyboard.press("End")
    expect(status).to_have_text("As it stood on 27 October 2025")
    earlier, later = (page.get_by_role("button", name=name) for name in ("Earlier", "Later"))
    expect(earlier).to_have_attribute("aria-disabled", "true")
    earlier.press("Enter")
    expect(status).to_have_text("As it stood on 27 October 2025")
    later.press("Enter")
    expect(status).to_have_text("As it stood on 30 October 2025")
    expect(later).to_be_focused()


def test_links_in_a_state_lead_to_records(page: Page) -> None:
    """What the panel shows links to the records of the page it stands on."""
    page.goto(STORY)
    page.get_by_label("Day", exact=True).select_option("2025-10-31")
    page.locator(".rewind__panel").get_by_role("link", name="Trump and Xi meet in South Korea").click()
    page.wait_for_url(f"**{STORY}#n-trump-xi-meeting")
    assert page.locator("[id]").evaluate_all("all => new Set(all.map(e => e.id)).size === all.length")


def test_a_reader_who_is_offline(page: Page) -> None:
    """Where the history cannot be fetched, the reader is told, and a later try works."""
    page.goto(STORY)
    page.route(f"**{HISTORY}", lambda route: route.abort())
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator(".rewind__status")).to_contain_text("4 July 2026 could not be loaded.")
    expect(page.locator(".rewind__panel")).to_be_hidden()
    page.unroute(f"**{HISTORY}")
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator(".rewind__panel")).to_contain_text("Takeaways")


def test_nobody_is_shut_out_of_it(page: Page) -> None:
    """With a state shown, axe finds nothing, the page is no wider than the window, and the script has no error."""
    page.set_viewport_size({"width": 360, "height": 800})
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.goto(STORY)
    page.get_by_label("Day", exact=True).select_option("2026-05-31")
    expect(page.locator(".rewind__panel")).to_contain_text("Accounts differ:")
    for width, part in ((360, "html"), (1440, ".rewind")):
        page.set_viewport_size({"width": width, "height": 800})
        assert tools.faults(page, part) == [], width
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert found == []


def test_without_script(browser: Browser, origin: str) -> None:
    """A plain link leads to the list of dated states, and a day there to its state."""
    with browser.new_context(base_url=origin, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(STORY)
        assert page.locator(".rewind__control").count() == 0
        # By keyboard: what is laid out late may move a link away from under a pointer.
        page.get_by_role("link", name="See this page as it stood on an earlier day").press("Enter")
        page.wait_for_url(f"**{HISTORY}")  # the page before has a link of that name too
        page.get_by_role("link", name="31 October 2025").press("Enter")
        page.wait_for_url(f"**{HISTORY}#as-of-2025-10-31")
        expect(page.locator("#as-of-2025-10-31")).to_be_in_viewport()
