"""What a reader does with a page: cite it, copy a link, print it, see at once where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.articles import Article
from macros.edition import Edition
from macros.model import FrontMatter
from macros.publish import citing
from tests import browser as tools
from tests.conftest import ARTICLE, EXPLAINER, TODAY, run, write
from tests.test_publish import SITE, library

STORY = "/explainers/oil-sanctions/"


@pytest.fixture(scope="module")
def page(site: Path, browser: Browser) -> Iterator[Page]:
    with tools.serving(site) as origin:
        context = browser.new_context(base_url=origin, permissions=["clipboard-read", "clipboard-write"])
        found = context.new_page()
        complaints = tools.complaints(found, origin)
        found.goto(STORY)
        yield found
        assert complaints == []
        context.close()


def test_a_citation(tmp_path: Path) -> None:
    """In a line and as BibTeX: what it is, of when, where, and read when; TeX's own signs are escaped."""
    write(tmp_path, {})
    story = library(tmp_path, "published: 2025-10-27\n").edition("story")
    assert citing.plain(story, SITE) == (
        "A site: What happened? Explainer, as changed on 27 October 2025, read in the edition of 4 July 2026. "
        "https://example.org/explainers/story/"
    )
    assert citing.bibtex(story, SITE) == (
        "@online{story,\n  author = {{A site}},\n  title = {What happened?},\n  date = {2025-10-27},\n"
        "  url = {https://example.org/explainers/story/},\n  urldate = {2026-07-04},\n}"
    )
    assert "100\\% \\& \\textbackslash{}" in citing.bibtex(_titled(story, "100% & \\"), SITE)


def _titled(edition: Edition, title: str) -> Edition:
    return replace(edition, article=replace(edition.article, front=FrontMatter(title=title)))


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (1150, 5)])
def test_reading_time(words: int, minutes: int) -> None:
    """Prose is counted, calls are not."""
    body = "word " * words + '{{ cite("s-one") }} {{ timeline() }}'
    assert Article("docs/explainers/a.md", "a", FrontMatter(title="A"), body, 1).minutes == minutes


def test_the_head_says_where_it_stands(page: Page) -> None:
    """Question, answer, status with its reason, dates, reading time and how we know stand before the text."""
    head = page.locator(".headline")
    for words in ("hurt Russia?", "Our assessment", "min read", "Last changed", "two independent sources"):
        expect(head).to_contain_text(words)
    first = "document.querySelector('.headline ~ p')"
    assert page.evaluate(f"document.querySelector('.headline').compareDocumentPosition({first}) & 4")


def test_a_link_to_a_record_is_copied(page: Page) -> None:
    """The sign beside a record goes there and puts its address on the clipboard, and says so."""
    link = page.locator(".timeline .headerlink[href^='#']").first
    link.scroll_into_view_if_needed()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == link.evaluate("link => link.href") == page.url


def test_print_keeps_everything(page: Page) -> None:
    """On paper nothing is folded or filtered away, sources show their addresses, and menus are gone."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    closed = "[...document.querySelectorAll('article details')].filter(d => !d.checkVisibility() || !d.open).length"
    assert page.evaluate(closed) == 0
    content = "getComputedStyle(document.querySelector('.sources a'), '::after').content"
    assert re.search("http", page.evaluate(content))
    for gone in (".md-header", ".filter", ".headerlink", ".contribute"):
        assert page.locator(f"{gone}:visible").count() == 0
    expect(page.locator(".headline__dates")).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_print_is_on_paper(page: Page) -> None:
    """Whoever reads in the dark prints dark words on white, and the overview that is drawn so."""
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    shown = "getComputedStyle(document.body)"
    dark = page.evaluate(f"[{shown}.backgroundColor, {shown}.color]")
    page.emulate_media(media="print")
    assert page.evaluate(f"[{shown}.backgroundColor, {shown}.color]") != dark
    assert page.evaluate(f"{shown}.getPropertyValue('--paper')") == "#ffffff"
    assert page.locator(".overview--dark img:visible").count() == 0
    assert page.locator(".overview--light img:visible").count() == 1
    page.emulate_media(media="screen")
    assert page.locator(".overview--dark img:visible").count() == 1
    page.evaluate("document.body.dataset.mdColorScheme = 'default'")


def test_a_filtered_list_says_so(page: Page) -> None:
    """Every event stays under its month, and a print says how many of how many it has."""
    menu = page.locator(".timeline .filter select")
    month = page.locator(".timeline__month").nth(1)
    name, events = month.inner_text(), page.locator(".timeline__event:visible")
    everything = events.count()
    wrong = """items => { let month = ''; return items.filter(item => {
        month = item.querySelector('.timeline__month')?.textContent ?? month
        const day = item.querySelector('.timeline__date time').dateTime
        return !day.startsWith(month.slice(-4))
    }).length }"""
    for value in menu.evaluate("menu => [...menu.options].map(option => option.value).filter(Boolean)"):
        menu.select_option(value)
        shown = page.locator(".timeline__event:not([hidden])")
        assert shown.evaluate_all(wrong) == 0
        expect(shown.first.locator(".timeline__month")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator(".timeline .filter output")).to_be_visible()
    page.emulate_media(media="screen")
    menu.select_option("")
    assert (month.inner_text(), events.count()) == (name, everything)
    page.reload()


def test_an_actor_has_one_hue(page: Page) -> None:
    """The same actor has the same colour in the timeline, in the diagram and in the overview."""
    hues = "[...document.querySelectorAll('a[href$=\"actors/lukoil/\"][class]')].map(a => a.className)"
    assert len(set(page.evaluate(hues))) == 1


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.mark.parametrize("text", [LONG, "هل تستطيع الصين دفع روسيا إلى السلام؟"], ids=["long", "right-to-left"])
def test_long_and_foreign_words_fit(project: Path, browser: Browser, text: str) -> None:
    """A word longer than the screen, or written from right to left, makes no page wider than the screen."""
    write(
        project,
        {
            "data/explainers/story.yml": EXPLAINER.replace("A thing happened", text).replace("The sky is blue.", text),
            "docs/explainers/story.md": ARTICLE.replace("What happened?", text).replace("A thing happened.", text),
        },
    )
    built = run(project, "mkdocs", "build", "--strict", today=TODAY)
    assert built.returncode == 0, built.stderr
    with tools.serving(project / "site") as origin:
        _fits(browser, f"{origin}/explainers/story/")


def _fits(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
