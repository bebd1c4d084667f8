"""Sections in frames on other sites: whole, light, without script, and leading back."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from macros.components import COMPONENTS
from tests import browser as tools
from tests.conftest import ROOT

SLUG = "can-china-push-russia-to-peace"
NAMES = [name for name, component in COMPONENTS.items() if component.heading]


@pytest.mark.parametrize("name", NAMES)
def test_an_embed_is_light(site: Path, name: str) -> None:
    """Page and style together stay under 30 KB, compressed as a host sends them, and hold no script."""
    page = site / f"embed/{SLUG}/{name}/index.html"
    html = page.read_text(encoding="utf-8")
    styles = [page.parent / address for address in re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)]
    assert styles
    assert sum(len(gzip.compress(file.read_bytes())) for file in (page, *styles)) < 30_000
    assert "<script" not in html
    assert re.search(r"As of <time datetime=", html)


def test_the_code_to_copy_works_on_another_site(site: Path, browser: Browser, tmp_path: Path) -> None:
    """The code from the list shows the timeline in a frame of another host; a link in it opens our page, whole."""
    index = (site / f"embed/{SLUG}/index.html").read_text(encoding="utf-8")
    code = unescape(
        next(found for found in re.findall(r"<textarea[^>]*>(.*?)</textarea>", index) if "timeline" in found)
    )
    with tools.serving(site) as ours, tools.serving(tmp_path) as theirs:
        code = re.sub(r"https://[^/]+", ours, code)
        (tmp_path / "index.html").write_text(f"<!doctype html><title>Theirs</title><h1>Theirs</h1>{code}")
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(theirs)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".timeline li").first).to_be_visible()
        expect(page.locator("iframe")).to_have_attribute("title", re.compile("What has happened"))
        frame.get_by_role("link", name="the whole explainer").click()
        page.wait_for_url(f"{ours}/explainers/{SLUG}/")
        page.context.close()


def test_every_embed_is_accessible(site: Path, browser: Browser) -> None:
    """No fault by axe, nothing wider than the frame, nothing from elsewhere, no complaint of the browser."""
    with tools.serving(site) as origin:
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        found = tools.complaints(page, origin)
        for name in NAMES:
            page.goto(f"{origin}/embed/{SLUG}/{name}/")
            for width, scheme, rules in ((320, "light", ()), (1440, "dark", tools.BY_LOOKS)):
                page.set_viewport_size({"width": width, "height": 600})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
                assert tools.faults(page, only=rules) == [], (name, width)
        assert found == []
        context.close()


def test_an_embed_is_dark_where_its_reader_is(site: Path, browser: Browser) -> None:
    """It follows the system, as nothing in a frame can switch it, and its dark colours are those of the site."""
    with tools.serving(site) as origin:
        backgrounds = []
        for scheme in ("light", "dark"):
            page = browser.new_context(color_scheme=scheme).new_page()  # type: ignore[arg-type]
            page.goto(f"{origin}/embed/{SLUG}/timeline/")
            backgrounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            page.context.close()
    assert backgrounds == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]
    ours, theirs = (
        (ROOT / f"macros/theme/assets/{name}.css").read_text(encoding="utf-8") for name in ("explainers", "embed")
    )
    slate = ours.split('[data-md-color-scheme="slate"] {', 1)[1].split("}", 1)[0]
    dark = theirs.split("prefers-color-scheme: dark", 1)[1].split("}", 1)[0]
    assert re.findall(r"--(?!md-)[\w-]+: #\w+", slate) == re.findall(r"--[\w-]+: #\w+", dark)


def test_what_stands_in_the_frame_opens_in_it(site: Path) -> None:
    """A link within the section stays; all others take the whole window."""
    pages = [page.read_text(encoding="utf-8") for page in site.glob("embed/*/sources/index.html")]
    assert all('<base target="_top">' in page for page in pages)
    within = [link for page in pages for link in re.findall(r'<a [^>]*href="#[^>]*>', page)]
    assert within
    assert all('target="_self"' in link for link in within)
