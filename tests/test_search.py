"""Search: the words of a text, the index as files, and the browser's script that reads them, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import Stemmer
from playwright.sync_api import Browser, Route, expect
from playwright.sync_api import Page as Tab

from macros.delivery import SEARCH_SCRIPTS
from macros.search import Page, site_page
from macros.search.entries import Entry
from macros.search.index import index
from macros.search.shards import SHARD, files_of_pages, shards
from macros.search.words import words
from tests import browser as tools
from tests.conftest import ROOT
from tests.found import found

SCRIPTS = "\n".join((ROOT / "macros/theme" / name).read_text(encoding="utf-8") for name in SEARCH_SCRIPTS[:-1])
STORY = "/explainers/can-china-push-russia-to-peace/"
FIELD = ".md-search__input"
ENDINGS = """
s es ed ing ingly edly eedly y ly ily ies ied ion ation ational ization ize izer ism ist al ality ous ously ousness ive
iveness ful fully fulness ness less lessly ment ement ance ence able ible ably ogy ogist ic ical icate iciti ative ate
ator li er e l ll eed ying
"""


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Tab]:
    """A page with the scripts of search and nothing else."""
    tab = browser.new_page()
    tab.add_script_tag(content=SCRIPTS)
    yield tab
    tab.close()


def test_browser_and_build_have_the_same_stems(site: Path, blank: Tab) -> None:
    """Over every word of the site, and every word with every ending that the stemmer knows."""
    said = sorted({word for entry in found(site) for word in words(entry.text) if word.isascii()})
    tried = [*said, *(word + ending for word in said[::7] for ending in ENDINGS.split())]
    assert len(tried) > 20_000
    expected = Stemmer.Stemmer("english").stemWords(tried)
    given = blank.evaluate("words => words.map(stem)", tried)
    assert [pair for pair in zip(tried, given, expected, strict=True) if pair[1] != pair[2]] == []
    assert [word for word, stem in zip(tried, given, strict=True) if word[0] != stem[0]] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xi's plan, in “28” points", ["xi", "s", "plan", "in", "28", "points"]),
        ("Zürich, ÉLYSÉE", ["zurich", "elysee"]),
        ("Санкции и ﬁnance", ["санкции", "и", "finance"]),
        ("snake_case, semi-official", ["snake", "case", "semi", "official"]),
        ("", []),
    ],
)
def test_browser_and_build_have_the_same_words(blank: Tab, text: str, expected: list[str]) -> None:
    """Small letters without accents; whatever is neither letter nor number stands between words."""
    assert words(text) == expected
    assert blank.evaluate("text => wordsOf(text)", text) == expected


def many(number: int) -> list[Page]:
    """Pages of which all say `everywhere`, each says a word of its own, and one in a hundred says `seldom`."""
    return [
        Page(
            f"p-{i}/",
            f"Page {i}",
            [
                Entry("explainer", "", f"Page {i}", "Everywhere it begins.", "", ["anna" if i % 2 else "bert"]),
                *(Entry("event", f"e-{n}", f"Title{n}", f"Everywhere word{i}x{n} of negotiations.") for n in range(20)),
                *([Entry("source", "s-one", "A seldom source", "A paper")] if i % 100 == 7 else []),
            ],
        )
        for i in range(number)
    ]


def written(folder: Path, pages: list[Page], size: int, named: int) -> Path:
    """Put an index into a folder, beside an empty page to ask it from."""
    cut = shards(index(pages), size)
    for path, content in [*cut.files(named), *files_of_pages(pages, {"anna": "Anna", "bert": "Bert"}, cut.folder)]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=[(SHARD, 1000), (1500, 7)], ids=["as built", "in two levels"])
def asking(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Tab]:
    """A page that can ask an index of 700 pages, once cut as built, once as finely as that of many more."""
    folder = written(tmp_path_factory.mktemp("index"), many(700), *request.param)
    with tools.serving(folder) as origin:
        tab = browser.new_page()
        tab.goto(origin)
        tab.add_script_tag(content=SCRIPTS)
        yield tab
        tab.close()


ASK = """async ([text, filters]) => {
    const question = new Question(await Index.open(new URL("search/root.json", location)), text, filters)
    await question.ask()
    const {missing, apart, cut, number} = question
    const found = (await question.next(3)).flatMap(({entries}) => entries.slice(0, 2).map(({link}) => link))
    const files = performance.getEntriesByType("resource").length
    performance.clearResourceTimings()
    return {found, missing, apart, cut, number, files}
}"""


def ask(tab: Tab, text: str, **filters: str) -> Any:  # noqa: ANN401 - what a script says
    return tab.evaluate(ASK, [text, filters])


def test_a_word_leads_to_its_entries(asking: Tab) -> None:
    """However rare or common; what it costs does not depend on that."""
    assert ask(asking, "word650x19 ")["found"] == ["p-650/#e-19"]
    common = ask(asking, "everywhere")
    assert common["found"][:2] == ["p-0/", "p-0/#e-0"]
    assert common["cut"]
    assert common["files"] <= 7  # the root, a file of names where there are many, two of words, three of texts


def test_beginnings_and_other_forms_are_found(asking: Tab) -> None:
    """Of the word that is being typed; a word that is typed out is found in all its forms."""
    assert ask(asking, "word650x1")["found"] == ["p-650/#e-1", "p-650/#e-10"]
    assert ask(asking, "negotiated ")["found"][0] == "p-0/#e-0"
    assert ask(asking, "negotiatio")["found"][0] == "p-0/#e-0"
    assert ask(asking, "w")["found"][0] == "p-0/#e-0"
    assert ask(asking, "wor")["files"] <= 7


def test_all_words_count(asking: Tab) -> None:
    """Together in an entry, also past the end of a common word's list; else on a page; what nothing has is named."""
    assert ask(asking, "everywhere word699x3 ")["found"] == ["p-699/#e-3"]
    apart = ask(asking, "word12x1 word12x2 ")
    assert (apart["apart"], sorted(apart["found"])) == (True, ["p-12/#e-1", "p-12/#e-2"])
    unknown = ask(asking, "word12x1 qqqq ")
    assert (unknown["missing"], unknown["found"]) == (["qqqq"], ["p-12/#e-1"])
    assert ask(asking, "qqqq ")["found"] == []


def test_filters(asking: Tab) -> None:
    """By kind, page and actor; also past the end of a common word's list."""
    assert ask(asking, "seldom", kind="source")["found"] == ["p-7/#s-one", "p-107/#s-one", "p-207/#s-one"]
    assert ask(asking, "seldom", kind="event")["found"] == []
    assert ask(asking, "everywhere", page="p-690/")["found"] == ["p-690/", "p-690/#e-0"]
    assert ask(asking, "everywhere", page="p-690/", kind="event")["found"] == ["p-690/#e-0", "p-690/#e-1"]
    assert ask(asking, "everywhere", actor="anna")["found"] == ["p-1/", "p-3/", "p-5/"]


def test_titles_come_first() -> None:
    """The order of pages is that of their lists, and a source's title is no title of ours."""
    made = index([site_page("a/", "About words", "What we do"), Page("b/", "B", [Entry("source", "s", "Words", "P")])])
    assert (made.titles["word"], made.texts["word"]) == ([0, "12"], [1, "11"])


def test_files_stay_small_and_the_same() -> None:
    """No shard outgrows its limit by more than its samples; the same pages make the same bytes."""
    pages = many(60)
    one, other = (shards(index(made), 1500) for made in (pages, many(60)))
    assert [*one.files(7)] == [*other.files(7)]
    assert len(one.content) > 20
    assert max(len(content) for content in shards(index(pages)).content) < 2 * SHARD
    for content in one.content:
        assert json.loads(content)


def test_a_reader_narrows_what_is_found(site: Path, browser: Browser) -> None:
    """Results carry kind and date, are marked, and shrink to those of a kind; what was found is then one key away."""
    with tools.serving(site) as origin:
        tab = browser.new_page()
        complaints = tools.complaints(tab, origin)
        tab.goto(f"{origin}/about/")
        tab.keyboard.press("/")
        tab.keyboard.insert_text("sanction oil")
        expect(tab.locator(".md-search-result__item").first).to_be_visible()
        assert tab.locator(".md-search-result mark").all_inner_texts()
        tab.get_by_label("Kind").select_option("event")
        kinds = tab.locator(".md-search-result__kind")
        expect(kinds.filter(has_not_text=re.compile("^Event"))).to_have_count(0)
        expect(kinds.first).to_contain_text("Event · ")
        tab.get_by_label("Actor").select_option(index=1)
        tab.locator(FIELD).focus()
        tab.keyboard.press("Enter")
        tab.wait_for_url(re.compile(r"/explainers/[^/]+/\?h=sanction\+oil\*#e-"))
        expect(tab.locator("article mark").first).to_be_attached()
        assert complaints == []
        tab.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_nobody_is_shut_out_of_results(site: Path, browser: Browser, width: int, scheme: str) -> None:
    """axe finds nothing wrong with the open dialog."""
    with tools.serving(site) as origin:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        tab = context.new_page()
        tab.goto(f"{origin}/about/?q=rosneft")
        expect(tab.locator(".md-search-result__item").first).to_be_visible()
        tab.add_style_tag(content="* { transition: none !important }")
        assert tools.faults(tab, ".md-search") == []
        context.close()


def test_a_new_site_is_asked_anew(site: Path, browser: Browser) -> None:
    """A browser that kept the root of an older site, whose files are gone, fetches the new one."""
    with tools.serving(site) as origin:
        tab = browser.new_page()
        old = json.loads((site / "search/root.json").read_text(encoding="utf-8")) | {"folder": "gone"}
        answers = [json.dumps(old)]
        tab.route(
            "**/search/root.json", lambda route: route.fulfill(body=answers.pop()) if answers else route.continue_()
        )
        tab.goto(f"{origin}/about/?q=rosneft")
        expect(tab.locator(".md-search-result__link mark").first).to_have_text("Rosneft")
        assert answers == []
        tab.close()


def test_the_best_page_is_shown_at_once(site: Path, browser: Browser) -> None:
    """It waits neither for the texts of others nor for further keys; the others follow below it."""
    with tools.serving(site) as origin:
        tab = browser.new_page()
        complaints = tools.complaints(tab, origin)
        texts: list[Route] = []

        def hold(route: Route) -> None:
            texts.append(route)
            if len(texts) == 1:
                route.continue_()

        tab.route("**/search/*/page-*", hold)
        tab.goto(f"{origin}/about/")
        tab.evaluate("window.setTimeout = () => {}")
        tab.locator(FIELD).focus()
        tab.keyboard.insert_text("sanctions")
        items = tab.locator(".md-search-result__item")
        expect(items).to_have_count(1)
        best = items.first.inner_text()
        tab.wait_for_timeout(100)
        assert len(texts) == 5
        for route in texts[1:]:
            route.continue_()
        expect(items).to_have_count(5)
        assert items.first.inner_text() == best
        assert complaints == []
        tab.close()


def test_what_cannot_be_fetched_is_asked_again(site: Path, browser: Browser) -> None:
    """A page's further results come when its list is unfolded; where the line breaks, that is said, and not the end."""
    with tools.serving(site) as origin:
        tab = browser.new_page()
        tab.goto(f"{origin}/about/?q=russia")
        folded = tab.locator(".md-search-result__more").first
        folded.wait_for()
        tab.wait_for_load_state("networkidle")
        shown = folded.locator("a").count()
        tab.route("**/search/*/page-*", lambda route: route.abort())
        folded.locator("summary").click()
        expect(tab.locator(".md-search-result__meta")).to_contain_text("Search cannot be reached")
        tab.unroute_all()
        folded.locator("summary").click()
        folded.locator("summary").click()
        expect(folded.locator("a").nth(shown)).to_be_visible()
        tab.close()


def test_search_comes_before_the_click(site: Path, browser: Browser) -> None:
    """A pointer on its way to the field has fetched what search needs; nothing opens yet."""
    with tools.serving(site) as origin:
        tab = browser.new_page()
        tab.goto(f"{origin}/about/")
        with tab.expect_response("**/search/root.json"):
            tab.locator(".md-search__form").dispatch_event("pointerenter")
        expect(tab.locator("#__search")).not_to_be_checked()
        tab.close()
