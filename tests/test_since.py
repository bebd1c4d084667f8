"""What has changed since the reader's last visit, in a real browser with a memory of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import browser as tools
from tests.conftest import ARTICLE, EXPLAINER, new_project, run, write

MORE = """\
next_steps:
  n-one: {title: A vote, expected: unknown, basis: announced}
issues: {press: Who presses?}
stances:
  - {actor: china, issue: press, position: silent, on: 2025-10, says: Nothing., sources: [s-one]}
actors:
  china: {role: A buyer., sources: [s-one]}
revisions:
  - {on: 2025-11-01, level: major, kind: update, about: [e-one], text: The first.}
"""
UPDATE = "  - {on: 2025-11-04, level: major, kind: update, about: [n-one, e-one, press], text: The second.}\n"
MINOR = "  - {on: 2025-11-05, level: minor, kind: update, about: [t-one], text: A comma.}\n"
CORRECTION = (
    "  - {on: 2025-11-05, level: major, kind: correction, about: [t-one], text: An error., was: Red, now: Blue}\n"
)
VERSIONS = {
    "bare": "",
    "first": MORE,
    "minor": MORE + MINOR,
    "update": MORE + UPDATE,
    "both": MORE + UPDATE + MINOR + CORRECTION,
}
STORY, HOME = "explainers/story/", ""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site as it is built after each change, in a folder for each."""
    project = new_project(tmp_path_factory.mktemp("since"), own_code=False)
    write(project, {"data/actors/china.yml": "{name: China, kind: state, summary: A state in Asia.}\n"})
    write(project, {"docs/explainers/other.md": ARTICLE, "data/explainers/other.yml": EXPLAINER})
    for name, facts in VERSIONS.items():
        write(project, {"data/explainers/story.yml": EXPLAINER + facts})
        built = run(project, "mkdocs", "build", "--strict", "--site-dir", str(project / "sites" / name))
        assert built.returncode == 0, built.stdout + built.stderr
    return project / "sites"


class Reader:
    """One browser with its memory, for which the site changes between visits."""

    def __init__(self, context: BrowserContext, sites: Path, current: Path) -> None:
        self.page, self.sites, self.current = context.new_page(), sites, current
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(error.stack or ""))
        session = context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})  # it would keep the old site
        self.origin = ""

    def visits(self, version: str, path: str = STORY, day: str = "2026-07-04") -> Page:
        self.current.unlink(missing_ok=True)
        self.current.symlink_to(self.sites / version)
        self.page.clock.set_fixed_time(f"{day}T12:00:00")
        self.page.goto(f"{self.origin}/{path}")
        assert [error for error in self.errors if "/assets/site." in error] == []
        return self.page


@pytest.fixture
def reader(browser: Browser, versions: Path, tmp_path: Path) -> Iterator[Reader]:
    context = browser.new_context()
    reader = Reader(context, versions, tmp_path / "site")
    with tools.serving(tmp_path / "site") as reader.origin:
        yield reader
        context.close()


def seen(page: Page) -> tuple[str, list[str], list[str]]:
    """The words of the box, the revisions marked in the list, and the records marked on the page."""
    lead = page.locator(".since__lead").inner_text() if page.locator(".since").is_visible() else ""
    marked = "elements => elements.map(e => e.closest('[id]').id).filter(id => id !== '__content')"
    revisions = page.eval_on_selector_all(".revisions__revision .since__mark", marked)
    records = page.eval_on_selector_all("a.since__mark", marked)
    return lead, revisions, sorted(records)


NOTHING: tuple[str, list[str], list[str]] = ("", [], [])


def test_a_first_visit_shows_nothing(reader: Reader) -> None:
    """Nobody is told of changes to a page that they have not seen before, there or on the home page."""
    assert seen(reader.visits("both", HOME)) == NOTHING
    assert seen(reader.visits("both")) == NOTHING
    assert seen(reader.visits("both", HOME)) == NOTHING


def test_a_second_visit_marks_what_is_new(reader: Reader) -> None:
    """Exactly the changes since, each once in the box, in the list, and at the records it is about."""
    reader.visits("first", day="2025-11-02")
    page = reader.visits("update", day="2025-11-06")
    records = ["e-one", "n-one", "press"]
    assert seen(page) == ("Since your last visit on 2 November 2025: 1 change", ["r_2025-11-04"], records)
    box = page.locator(".since")
    assert box.locator("li").count() == 1
    assert "The second." in box.inner_text()
    assert "4 November 2025" in box.inner_text()
    links = box.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == ["#r_2025-11-04", "#n-one", "#e-one", "#press"]
    assert page.evaluate("ids => ids.every(id => document.getElementById(id.slice(1)))", links)
    mark = page.locator("#n-one .since__mark")
    assert (mark.text_content(), mark.get_attribute("href")) == ("Changed", "#r_2025-11-04")


def test_a_third_visit_shows_nothing_again(reader: Reader) -> None:
    """What was shown has been seen."""
    reader.visits("first")
    reader.visits("update")
    assert seen(reader.visits("update")) == NOTHING


def test_minor_changes_are_silent(reader: Reader) -> None:
    """A comma is nobody's news."""
    reader.visits("first")
    assert seen(reader.visits("minor")) == NOTHING
    assert seen(reader.visits("minor", HOME)) == NOTHING


def test_corrections_show_was_and_now(reader: Reader) -> None:
    """Who may have read the mistake sees what the page said and what it says now; the newest change comes first."""
    reader.visits("first", day="2025-11-02")
    page = reader.visits("both", day="2025-11-09")
    assert seen(page)[0] == "Since your last visit on 2 November 2025: 2 changes"
    entries = page.locator(".since li")
    assert [entries.nth(n).locator("time").inner_text() for n in (0, 1)] == ["5 November 2025", "4 November 2025"]
    assert entries.first.locator("del").inner_text() == "Red"
    assert entries.first.locator("ins").inner_text() == "Blue"
    assert page.locator("#t-one .since__mark").count() == 1


def test_a_page_that_had_no_changes(reader: Reader) -> None:
    """The first change to a page counts too, for whoever read it before."""
    reader.visits("bare", day="2025-10-31")
    lead = "Since your last visit on 31 October 2025: 1 change"
    assert seen(reader.visits("first")) == (lead, ["r_2025-11-01"], ["e-one"])


def test_an_old_copy_makes_nothing_new(reader: Reader) -> None:
    """Who meets an older copy of the page in between is not told again of what they have read."""
    for version in ("both", "first"):
        reader.visits(version)
    assert seen(reader.visits("both")) == NOTHING


def test_the_home_page_tells_where_to_look(reader: Reader) -> None:
    """Only at the explainer that changed since it was read itself; looking at the home page is not reading it."""
    reader.visits("first")
    for _ in range(2):
        marks = reader.visits("both", HOME).locator(".since__mark")
        assert marks.all_inner_texts() == ["2 changes since your last visit"]
        assert marks.locator("xpath=ancestor::article[1]").locator("h2 a").get_attribute("href") == STORY
    assert reader.visits("update", HOME).locator(".since__mark").all_inner_texts() == ["1 change since your last visit"]
    reader.visits("both")
    assert reader.visits("both", HOME).locator(".since__mark").count() == 0


@pytest.mark.parametrize(
    "trouble",
    [
        "Object.defineProperty(window, 'localStorage', {get() { throw Object.assign(new Error('no'), {name: 'SecurityError'}) }})",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "delete window.localStorage; Object.defineProperty(window, 'localStorage', {value: null})",
    ],
    ids=["blocked", "full", "none"],
)
def test_without_storage_there_is_the_list(reader: Reader, trouble: str) -> None:
    """A browser that remembers nothing shows the page as it is, without an error."""
    reader.page.add_init_script(trouble)
    for version in ("first", "update"):
        page = reader.visits(version)
        assert seen(page) == NOTHING
    assert page.locator(".revisions__revision").count() == 2


BROKEN = ["", "{", "null", "[]", "7", '{"on": 5}', '{"on": "x", "seen": []}', '{"on": "2025-11-02", "seen": "x"}']


def test_a_broken_memory_is_a_first_visit(reader: Reader) -> None:
    """What the script cannot read it forgets, and it remembers anew."""
    reader.visits("first")
    for value in BROKEN:
        reader.page.evaluate("value => localStorage.setItem('last-visit:story', value)", value)
        assert seen(reader.visits("first")) == NOTHING, value
        assert seen(reader.visits("update"))[1] == ["r_2025-11-04"], value


def test_nothing_leaves_the_browser(reader: Reader) -> None:
    """No cookie is set, and what is remembered is the day and the changes seen, for each explainer apart."""
    page = reader.visits("update", day="2025-11-06")
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('last-visit'))") == [
        "last-visit:story"
    ]
    memory = page.evaluate("JSON.parse(localStorage['last-visit:story'])")
    assert memory == {"on": "2025-11-06", "seen": ["r_2025-11-04", "r_2025-11-01"]}


def test_without_script_there_is_the_list(browser: Browser, versions: Path) -> None:
    """The dated list stands on the page, each change with its anchor; the box does not show."""
    page = browser.new_page(java_script_enabled=False)
    with tools.serving(versions / "both") as origin:
        page.goto(f"{origin}/{STORY}")
        assert not page.locator(".since").is_visible()
        listed = page.locator(".revisions__revision")
        assert [listed.nth(n).get_attribute("id") for n in range(3)] == ["r_2025-11-05", "r_2025-11-04", "r_2025-11-01"]
        page.goto(f"{origin}/{STORY}#r_2025-11-04")
        assert page.locator("#r_2025-11-04").is_visible()
    page.close()


def test_a_strict_policy_is_enough(browser: Browser, versions: Path) -> None:
    """Both scripts run where a page may run nothing but files of its own site."""
    context = browser.new_context()
    page = context.new_page()

    def guarded(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        policy = {**response.headers, "content-security-policy": "script-src 'self'"}
        route.fulfill(response=response, headers=policy)  # type: ignore[attr-defined]

    with tools.serving(versions / "update") as origin:
        page.goto(f"{origin}/{STORY}")
        page.evaluate("localStorage['last-visit:story'] = JSON.stringify({on: '2025-11-02', seen: ['r_2025-11-01']})")
        page.route(f"**/{STORY}", guarded)
        page.goto(f"{origin}/{STORY}")
        assert seen(page)[1] == ["r_2025-11-04"]
    context.close()
