"""What an explainer's first view costs a reader: bytes, requests, and what moves."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests import browser as tools
from tests.conftest import ROOT, TODAY

SLUGS = [file.stem for file in sorted((ROOT / "docs/explainers").glob("*.md"))]
PHONE, DESK = (412, 823), (1440, 900)

ALL = 90_000
PAGE_AND_STYLES = 50_000
REQUESTS = 6

OBSERVE = """
window.shifts = [];
const observe = (type, list, value) => new PerformanceObserver((entries) => entries.getEntries().forEach(
    (entry) => list.push(value(entry)))).observe({type, buffered: true});
observe("layout-shift", shifts, (entry) => entry.value);
"""


@dataclass(frozen=True)
class View:
    """One visit with nothing kept from an earlier one; on a phone, at a quarter of this machine's speed."""

    sizes: dict[str, int]
    shifts: list[float]


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    with tools.serving(site) as address:
        yield address


def gzipped(site: Path, url: str) -> int:
    path = site / urlsplit(url).path.lstrip("/")
    return len(gzip.compress((path / "index.html" if path.is_dir() else path).read_bytes(), 9))


def view(browser: Browser, site: Path, address: str, size: tuple[int, int]) -> View:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)  # on a later day the page says what has fallen due since, and moves for that
    page.add_init_script(OBSERVE)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4 if size == PHONE else 1})
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto(address, wait_until="networkidle")
    sizes = {urlsplit(url).path: gzipped(site, url) for url in urls}
    assert len(sizes) == len(urls), "something is fetched twice"
    found = View(sizes, page.evaluate("shifts"))
    context.close()
    return found


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_first_view_is_light_and_still(
    site: Path, browser: Browser, origin: str, slug: str, size: tuple[int, int]
) -> None:
    """Few requests, few bytes, nothing that moves; how long its tasks are is for `tests.lighthouse` to measure."""
    address = f"{origin}/explainers/{slug}/"
    found = view(browser, site, address, size)
    assert len(found.sizes) <= REQUESTS, found.sizes
    assert sum(found.sizes.values()) <= ALL, found.sizes
    assert sum(n for path, n in found.sizes.items() if path.endswith(("/", ".css"))) <= PAGE_AND_STYLES, found.sizes
    assert found.shifts == []


def styled(browser: Browser, address: str, size: tuple[int, int]) -> tuple[int, int]:
    """How many times an element was styled until the page was still; how many elements it has."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.add_init_script("delete window.requestIdleCallback")
    session, events, done = context.new_cdp_session(page), list[dict[str, Any]](), list[object]()
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda data: done.append(data))
    session.send("Tracing.start", {"traceConfig": {"includedCategories": ["blink", "devtools.timeline"]}})
    page.goto(address, wait_until="networkidle")
    number = page.evaluate("document.querySelectorAll('*').length")
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(20)
    context.close()
    return sum(e["args"].get("elementCount", 0) for e in events if e["name"] == "UpdateLayoutTree"), number


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_far_below_costs_nothing_yet(browser: Browser, origin: str, size: tuple[int, int]) -> None:
    """Until there is nothing else to do, sections below the window are neither styled nor laid out, and nothing makes a
    browser style the rest again.
    """
    times, elements = styled(browser, f"{origin}/explainers/{SLUGS[0]}/", size)
    assert 0 < times < elements / 2


QUICK = "performance.now = () => 0"
SLOW = "performance.tick = 0; performance.now = () => (performance.tick += 1000)"
WAITING = (
    "[...document.querySelectorAll('article *')].filter(e => getComputedStyle(e).contentVisibility === 'auto').length"
)


@pytest.mark.parametrize("path", ["/", f"/explainers/{SLUGS[0]}/", "/actors/china/"])
def test_a_page_soon_has_its_whole_length(browser: Browser, origin: str, path: str) -> None:
    """Whoever is at its top need not scroll for that, and nothing waits any more that was left out at first."""
    page = browser.new_context(bypass_csp=True).new_page()
    page.add_init_script(QUICK)
    page.goto(f"{origin}{path}")
    page.wait_for_function(f"{WAITING} === 0")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollHeight") == height
    page.context.close()


def test_a_slow_device_is_not_held_up(browser: Browser, origin: str) -> None:
    """Large parts wait there until their reader comes near."""
    page = browser.new_context().new_page()
    page.add_init_script(SLOW)
    page.goto(f"{origin}/explainers/{SLUGS[0]}/", wait_until="networkidle")
    page.wait_for_timeout(500)
    assert page.evaluate(WAITING) >= 5
    page.evaluate("document.querySelector('.timeline').scrollIntoView()")
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('.timeline').checkVisibility({contentVisibilityAuto: true})")
    page.context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_address_leads_to_its_record(browser: Browser, origin: str, size: tuple[int, int]) -> None:
    """Also past sections that were not laid out, and the record stays where its reader found it."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    for id_ in ("n-truce-ends", "s-bbc-optim-20260520"):
        page.goto(f"{origin}/explainers/{SLUGS[0]}/#{id_}", wait_until="networkidle")
        page.wait_for_timeout(300)
        top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id_)
        assert 0 <= top < size[1] / 2, id_
    page.context.close()
