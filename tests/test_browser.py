"""The site as readers meet it: a real browser, on narrow and wide screens, by mouse, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from macros.model import SECTIONS
from tests import browser as tools
from tests.conftest import ROOT, TODAY, run
from tests.test_site import nasty, nasty_project

STORY = "/explainers/can-china-push-russia-to-peace/"
PAGES = (STORY, "/", "/actors/china/", "/404.html", f"{STORY}history/")
SIZES = {360: 740, 768: 1024, 1440: 900}
DESK = [(path, 1440, "dark") for path in PAGES]
VIEWS = [*DESK, *((path, 360, "light") for path in PAGES)]
FACTS = yaml.safe_load((ROOT / "data/explainers/can-china-push-russia-to-peace.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    with tools.serving(site) as address:
        yield address


Visit = Callable[..., BrowserContext]


@pytest.fixture
def visit(browser: Browser, origin: str) -> Iterator[Visit]:
    """Opens a reader's browser: width, colour scheme and whatever else Playwright can set."""
    visits: list[BrowserContext] = []

    def start(width: int = 1440, scheme: str = "light", **options: object) -> BrowserContext:
        size = {"width": width, "height": SIZES[width]}
        context = browser.new_context(
            base_url=origin, viewport=size, color_scheme=scheme, reduced_motion="reduce", **options
        )
        context.set_default_timeout(5000)
        visits.append(context)
        return context

    yield start
    for context in visits:
        context.close()


@pytest.fixture(scope="module")
def tab(browser: Browser, origin: str) -> Iterator[Page]:
    """One tab of a reader who goes from page to page."""
    with browser.new_context(base_url=origin, reduced_motion="reduce") as context:
        context.set_default_timeout(5000)
        yield context.new_page()


def opened(tab: Page, path: str, width: int = 1440) -> Page:
    """The tab with this page just loaded."""
    tab.set_viewport_size({"width": width, "height": SIZES[width]})
    tab.goto(path)
    return tab


@dataclass(frozen=True)
class View:
    """A page that was opened once, for several tests to look at, and what the browser complains of."""

    path: str
    scheme: str
    page: Page
    complaints: list[str]


@pytest.fixture(scope="module")
def screen(browser: Browser, origin: str) -> Iterator[Page]:
    """A tab on the day of the build."""
    with browser.new_context(base_url=origin, reduced_motion="reduce") as context:
        context.set_default_timeout(5000)
        page = context.new_page()
        page.clock.set_fixed_time(f"{TODAY}T12:00:00")
        yield page


@pytest.fixture(scope="module")
def complaints(screen: Page, origin: str) -> list[str]:
    return tools.complaints(screen, origin)


@pytest.fixture(scope="module")
def view(request: pytest.FixtureRequest, screen: Page, origin: str, complaints: list[str]) -> Iterator[View]:
    """A page at a width and in a colour scheme. The tests that take it stand in the order in which they may change it.

    What it kept is forgotten when it is gone, since the theme's script may still write while the page is there.
    """
    path, width, scheme = request.param
    screen.emulate_media(color_scheme=scheme)
    complaints.clear()
    yield View(path, scheme, opened(screen, path, width), complaints)
    screen.goto("about:blank")
    browser = screen.context.new_cdp_session(screen)
    browser.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    browser.detach()


@pytest.fixture(scope="module")
def plain(browser: Browser, origin: str) -> Iterator[Page]:
    """A tab without JavaScript."""
    with browser.new_context(base_url=origin, reduced_motion="reduce", java_script_enabled=False) as context:
        yield context.new_page()


SEEN = """id => {
    const element = document.getElementById(id), box = element.getBoundingClientRect()
    const over = document.elementFromPoint(box.left + 2, box.top + 6)
    return box.top >= 0 && box.top < innerHeight && (element.contains(over) || over.contains(element))
}"""


def is_seen(page: Page, id_: str) -> bool:
    """Whether the element with this id is in the window, and nothing lies over its beginning."""
    return bool(page.evaluate(SEEN, id_))


WIDER = "document.documentElement.scrollWidth - innerWidth"
UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"


@pytest.mark.parametrize("view", VIEWS, indirect=True, ids=str)
def test_nobody_is_shut_out(view: View) -> None:
    """axe finds nothing, with all of the page laid out."""
    view.page.evaluate("document.querySelectorAll('*').forEach(part => part.style.contentVisibility = 'visible')")
    assert tools.faults(view.page) == []


TEXT = """() => {
    const article = document.querySelector('article')
    article.querySelectorAll('.rewind__control, .filter').forEach(added => added.style.display = 'none')
    const parts = article.querySelectorAll('*')
    parts.forEach(part => part.style.contentVisibility = 'visible')
    const text = article.innerText
    parts.forEach(part => part.style.contentVisibility = '')
    article.querySelectorAll('.rewind__control, .filter').forEach(added => added.style.display = '')
    return text
}"""


@pytest.mark.parametrize("view", DESK, indirect=True, ids=str)
def test_everything_is_there_without_scripts(view: View, plain: Page) -> None:
    """A reader without JavaScript reads the same text, also of what is laid out only when it comes near."""
    without = opened(plain, view.path).evaluate(TEXT)
    assert len(without) > 100
    assert without == view.page.evaluate(TEXT)


@pytest.mark.parametrize("view", DESK, indirect=True, ids=str)
def test_the_first_tab_skips_the_header(view: View) -> None:
    """The first stop by keyboard leads past the header, and the next one is in the text."""
    page = view.page
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('article').contains(document.activeElement)")


@pytest.mark.parametrize("view", VIEWS, indirect=True, ids=str)
def test_pages_load_in_peace(view: View) -> None:
    """No page logs an error, calls another host, or is wider than any window, also with everything unfolded."""
    page = view.page
    expect(page.locator("body")).to_have_attribute(
        "data-md-color-scheme", {"light": "default", "dark": "slate"}[view.scheme]
    )
    page.evaluate(UNFOLD)
    for size, height in SIZES.items():
        page.set_viewport_size({"width": size, "height": height})
        assert page.evaluate(WIDER) == 0, size
    page.keyboard.press("/")
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    assert view.complaints == []


def named(section: str) -> tuple[str, str]:
    """The id of a section's first record, and the words that a reader would look for."""
    id_, record = next(iter(FACTS[section].items()))
    if section == "actors":
        record = {"title": yaml.safe_load((ROOT / f"data/actors/{id_}.yml").read_text(encoding="utf-8"))["name"]}
    return id_, record["title"]


@pytest.mark.parametrize(
    ("section", "width"), [("timeline", 360), ("obstacles", 1440), ("next_steps", 360), ("actors", 1440)]
)
def test_search_leads_to_records(tab: Page, section: str, width: int) -> None:
    """Whoever types the words of a record's title is led to the record itself, and sees it."""
    id_, words = named(section)
    page = opened(tab, "/about/", width)
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    found = page.locator(f'.md-search-result a[href*="{STORY}"][href$="#{id_}"]')
    found.wait_for(state="attached")
    for more in page.locator(".md-search-result__more summary").all():
        more.click()
    found.click()
    page.wait_for_url(f"**{STORY}*#{id_}")
    expect(page.locator(f"#{id_}")).to_contain_text(words)
    assert is_seen(page, id_)


def test_every_anchor_lands_in_sight(tab: Page) -> None:
    """A link to a record shows the record, not the header over it."""
    ids = [id_ for section in SECTIONS for id_ in FACTS[section]]
    assert len(ids) > 50
    for width in (360, 1440):
        page = opened(tab, STORY, width)
        hidden = page.evaluate(f"ids => ids.filter(id => {{ location.hash = id; return !({SEEN})(id) }})", ids)
        assert hidden == [], width


@pytest.mark.parametrize("key", ["/", "s"])
def test_search_opens_and_closes_by_keyboard(tab: Page, key: str) -> None:
    """A key opens the search and waits for words; Escape closes it."""
    page = opened(tab, STORY)
    field = page.get_by_role("textbox", name="Search")
    page.keyboard.press(key)
    expect(field).to_be_focused()
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    expect(page.locator("#__search")).not_to_be_checked()


def test_search_keys_can_be_turned_off(visit: Visit) -> None:
    """Whoever speaks to the browser may say a letter; the choice holds on every page, and can be taken back."""
    tab = visit().new_page()
    page = opened(tab, STORY)
    for opens in (False, True):
        page.get_by_role("textbox", name="Search").click()
        page.get_by_label("The keys f, s and / open search").click()
        assert tools.faults(page, ".md-search") == []
        page.keyboard.press("Escape")
        page = opened(tab, "/about/")
        page.keyboard.press("s")
        expect(page.locator("#__search")).to_be_checked(checked=opens)


@pytest.mark.parametrize("key", ["n", ".", "p", ","])
def test_a_letter_leads_nowhere(tab: Page, key: str) -> None:
    """The theme would go to the next page, also for somebody who speaks to the browser."""
    page = opened(tab, "/next/")
    page.keyboard.press("Tab")
    page.wait_for_selector("html.js")
    page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.evaluate("location.pathname") == "/next/"


def test_colours_change_where_nothing_can_be_kept(visit: Visit) -> None:
    """Storage may be shut; the choice then holds for the page, before and after the theme's script is there."""
    tab = visit().new_page()
    shut = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('shut', 'SecurityError') }})"
    tab.add_init_script(shut)
    page = opened(tab, STORY)
    page.get_by_title("Switch to dark").click()
    page.wait_for_selector("html.js")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("Switch to light").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_the_switch_of_colours_says_what_is_chosen(tab: Page) -> None:
    """Of the two, the one that holds is checked."""
    page = opened(tab, "/about/")
    expect(page.get_by_role("radio", name="Light")).to_be_checked()
    expect(page.get_by_role("radio", name="Dark")).not_to_be_checked()


def test_enter_before_search_is_there(visit: Visit) -> None:
    """On a slow line the question is not lost."""
    tab = visit().new_page()
    tab.route("**/assets/search*.js", lambda route: None)
    page = opened(tab, STORY)
    page.keyboard.press("/")
    page.keyboard.insert_text("peace")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    expect(page.get_by_role("textbox", name="Search")).to_have_value("peace")
    assert page.evaluate("location.search") == ""


FOCUS = """() => {
    const kinds = new Map(), wrong = []
    const stops = 'a[href], button, input:not(.md-toggle), summary, [tabindex]'
    for (const element of document.querySelectorAll(stops)) {
        const kind = element.tagName + '.' + element.className
        if (element.tabIndex === 0 && element.checkVisibility({visibilityProperty: true}) && !kinds.has(kind))
            kinds.set(kind, element)
    }
    for (const [kind, element] of kinds) {
        element.focus({focusVisible: true})
        if (document.activeElement !== element) continue
        const seen = element.matches('.md-option') ? element.nextElementSibling : element
        const style = getComputedStyle(seen), box = seen.getBoundingClientRect()
        const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        const inside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight
        if (!shown || !inside || !box.width || !box.height) wrong.push(kind)
    }
    return [kinds.size, wrong]
}"""


def test_focus_is_seen(visit: Visit) -> None:
    """Whatever can be reached by keyboard is on the screen when it is, with an outline."""
    tab = visit(bypass_csp=True).new_page()
    for width in (360, 1440):
        page = opened(tab, STORY, width)
        page.keyboard.press("Tab")
        page.wait_for_selector("html.js")  # the theme's script is there, and has done what it does
        page.add_style_tag(content="* { transition: none !important }")
        kinds, wrong = page.evaluate(FOCUS)
        assert kinds > 8, width
        assert wrong == [], width


def test_details_open_by_keyboard(tab: Page) -> None:
    """Enter unfolds what is folded, and folds it again."""
    page = opened(tab, STORY)
    details = page.locator("article details").first
    details.locator("summary").focus()
    for expected in (True, False):
        page.keyboard.press("Enter")
        assert details.evaluate("details => details.open") is expected


def scheme(page: Page) -> str | None:
    return page.locator("body").get_attribute("data-md-color-scheme")


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_the_colour_scheme_is_remembered(visit: Visit, hand: str) -> None:
    """A reader who chooses dark finds every page dark from then on, whatever the system says."""
    page = opened(visit().new_page(), "/")
    assert scheme(page) == "default"
    if hand == "mouse":
        page.get_by_title("Switch to dark").click()
    else:
        page.get_by_role("radio", name="Light").focus()
        page.keyboard.press("ArrowDown")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto("/about/")
    assert scheme(page) == "slate"
    page.get_by_title("Switch to light").click()
    page.reload()
    assert scheme(page) == "default"


def test_anchors_and_details_work_without_scripts(plain: Page) -> None:
    """Links to records lead there, and what is folded unfolds, without JavaScript."""
    id_ = list(FACTS["timeline"])[-1]
    page = opened(plain, f"{STORY}#{id_}")
    assert is_seen(page, id_)
    details = page.locator("article details").first
    details.locator("summary").click()
    expect(details.locator("summary + *")).to_be_visible()


def followed(page: Page, link: Locator) -> str:
    """Clicks a link, waits for where it leads, and gives the record there, if it leads to one."""
    address = str(link.evaluate("a => a.href"))
    link.click()
    page.wait_for_url(address)
    return address.partition("#")[2]


def test_a_reader_goes_from_a_question_to_a_source_in_another_story(tab: Page) -> None:
    """Four clicks lead from a question to its page, to an actor, to what another story tells, and to its source."""
    page = opened(tab, "/")
    followed(page, page.locator(".explainers__title a").first)
    story = page.url
    followed(page, page.locator(".actors__more a").first)
    page.locator(".actor-page").wait_for()
    told = page.locator(".ledger__title a").all()
    event = followed(page, next(link for link in told if not str(link.evaluate("a => a.href")).startswith(story)))
    expect(page.locator(f"#{event}")).to_be_in_viewport()
    assert not page.url.startswith(story)
    source = followed(page, page.locator(f"li:has(> #{event}) .evidence a").first)
    expect(page.locator(f"#{source} a[href^=http]").first).to_be_in_viewport()
    assert source in page.locator("section.sources li").evaluate_all("items => items.map(item => item.id)")
    assert is_seen(page, source)


def test_search_shows_texts_as_typed(project: Path, browser: Browser) -> None:
    """Signs of HTML in a title or a fact are text in the search results too, and nothing in them is run."""
    nasty_project(project)
    built = run(project, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    with tools.serving(project / "site") as origin:
        page = browser.new_page()
        found = tools.complaints(page, origin)
        page.goto(f"{origin}/about/")
        page.keyboard.press("/")
        page.keyboard.insert_text("event")
        result = page.locator('.md-search-result a[href$="#e-one"]')
        expect(result).to_contain_text(nasty("event"))
        expect(page.locator(".md-search-result")).to_contain_text(nasty("title"))
        assert page.locator(".md-search-result img, .md-search-result b").count() == 0
        assert found == []
        page.close()
