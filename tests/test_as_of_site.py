"""The site as it was known on a day, and the history page of the site of today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from macros.as_of import days_of_change, known
from macros.dates import MONTHS
from macros.load import load
from macros.model import Authored, Explainer, Source, walk
from tests.conftest import ROOT, contents, run, write
from tests.found import found
from tests.test_site import ADDRESS, Page, pages, story, wrong

pytestmark = pytest.mark.xdist_group("site")

DAY = date(2025, 10, 28)
BEFORE_BUSAN = "can-china-push-russia-to-peace"


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as it was known two days before the meeting in Busan."""
    folder = tmp_path_factory.mktemp("past")
    built = run(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(folder), as_of=DAY.isoformat())
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text that this project writes, by file: not what the theme brings, nor the schemas with their examples."""
    for name, content in contents(folder).items():
        ours = not name.startswith(("assets/", "schema/")) or name in ("assets/explainers.css",)
        if ours and not name.endswith((".gz", ".png")):
            yield name, unescape(content.decode())


EXPLAINERS = load(ROOT).explainers


def ids(explainer: Explainer | None) -> set[str]:
    return set(explainer.records) | set(explainer.issues) if explainer else set()


def urls(explainer: Explainer | None) -> set[str]:
    return {source.url for source in explainer.sources.values()} if explainer else set()


def texts(explainer: Explainer | None) -> set[str]:
    """Every sentence and title that an explainer states."""
    items = [item for _, item in walk(explainer)] if explainer else []
    return {text for item in items for text in _texts(item)}


def _texts(item: Authored) -> Iterator[str]:
    for name in type(item).model_fields:
        value = getattr(item, name)
        if isinstance(value, str) and len(value) > 20 and not isinstance(item, Source):
            yield value


def test_nothing_later_is_anywhere(past: Path) -> None:
    """No id, sentence, title or web address that came to be known later is in any file that the build writes."""
    later: set[str] = set()
    for explainer in EXPLAINERS.values():
        then = known(explainer, DAY)
        later |= {f"#{id_}" for id_ in ids(explainer) - ids(then)} | (texts(explainer) - texts(then))
        later |= urls(explainer) - urls(then)
    then_known = [e for whole in EXPLAINERS.values() if (e := known(whole, DAY))]
    for explainer in then_known:
        later -= {f"#{id_}" for id_ in ids(explainer)} | urls(explainer)
    kept = {text for explainer in then_known for text in texts(explainer)}
    later = {text for text in later if not any(text in other for other in kept)}
    assert len(later) > 200
    for name, text in written(past):
        spaced = " ".join(text.split())
        found = [word for word in later if " ".join(word.split()) in spaced]
        assert [word for word in found if re.search(rf"{re.escape(' '.join(word.split()))}(?![\w-])", spaced)] == [], (
            name
        )


SPOKEN = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})")
ISO = re.compile(r"(?<![\d/-])(20\d\d)-(\d\d)(?:-(\d\d))?(?!\d)")


def named_days(text: str) -> Iterator[date]:
    """Every day and month that a text names, by its first day."""
    for day, month, year in SPOKEN.findall(text):
        yield date(int(year), MONTHS.index(month) + 1, int(day or 1))
    for year, month, day in ISO.findall(text):
        yield date(int(year), int(month), int(day or 1))


# What was then announced: the meeting in Busan, the end of the first licences, and by their first and last days the months
# of the next European Council and of the EU's ban on long contracts.
AHEAD = {
    date(2025, 10, 30),
    date(2025, 11, 21),
    date(2025, 12, 1),
    date(2025, 12, 31),
    date(2027, 1, 1),
    date(2027, 1, 31),
}


def test_no_later_date_is_anywhere(past: Path) -> None:
    """Every date in the site is of that day or before, but for the few that were then ahead."""
    later = {name: {day for day in named_days(text) if day > DAY} - AHEAD for name, text in written(past)}
    assert {name: days for name, days in later.items() if days} == {}


def test_the_story_before_busan(past: Path) -> None:
    """On 28 October 2025 the meeting is expected, and the first assessment stands."""
    page = story(past, BEFORE_BUSAN)
    text = " ".join(page.text.split())
    assert "Expected 30 October 2025" in text
    assert "As of 27 October 2025" in text
    assert "n-trump-xi-meeting" in page.ids
    assert not {"e-busan", "t-busan", "n-truce-ends", "india"} & set(page.ids)
    assert "Trade did." not in text
    assert "The text of this page is not shown" in text
    headings = [heading for heading in page.headings if heading in ("Where it stands", "What has happened", "Sources")]
    assert headings == ["Where it stands", "What has happened", "Sources"]


def html(folder: Path, page: Page) -> str:
    name = page.url.removeprefix(ADDRESS)
    return (folder / name / "index.html" if name.endswith("/") or not name else folder / name).read_text(
        encoding="utf-8"
    )


def test_every_page_says_so(past: Path) -> None:
    """The banner with its day and way out, `noindex`, and the canonical address of the live page are on every page."""
    for page in pages(past).values():
        text = " ".join(page.text.split())
        assert '<meta name="robots" content="noindex">' in html(past, page)
        if re.search("/embed/[^/]+/.", page.url):
            assert "As of 28 October 2025" in text
            continue
        assert "This is the site as it was known on 28 October 2025. Go to the current page" in text
        if not page.url.endswith("404.html"):
            assert f'<link rel="canonical" href="{page.url}">' in html(past, page)
            assert page.url in page.links


def test_every_link_of_the_past_leads_somewhere(past: Path) -> None:
    """What vanished is not linked to."""
    targets = [(page.url, target) for page in pages(past).values() for target in page.links + page.loads]
    away = {page.url for page in pages(past).values()}
    assert [r for base, target in targets if target not in away and (r := wrong(past, base, target))] == []


def test_only_those_who_took_part_have_pages(past: Path) -> None:
    """An actor who entered a story later has no page, nor has an explainer that was published later."""
    then = {slug: e for slug, whole in EXPLAINERS.items() if (e := known(whole, DAY))}
    parts = {id_ for explainer in then.values() for id_ in explainer.actors}
    there = {url.removeprefix(ADDRESS).split("/")[1] for url in pages(past) if "/actors/" in url} - {""}
    assert parts <= there
    assert {url.split("/")[-2] for url in pages(past) if re.search(r"/explainers/[a-z-]+/$", url)} == set(then)


def test_the_past_is_the_same_twice(past: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same facts and day give the same bytes, also on another day and by another clock."""
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    built = run(
        ROOT, "mkdocs", "build", "--strict", "--site-dir", str(tmp_path), today="2026-11-01", as_of=DAY.isoformat()
    )
    assert built.returncode == 0, built.stderr
    first, second = contents(past), contents(tmp_path)
    assert first.keys() == second.keys()
    assert [name for name, content in first.items() if content != second[name]] == []


STORIES = """\
published: {published}
takeaways:
  t-one: {{text: "{name} is blue.", sources: [s-one]}}
actors:
  {actor}: {{role: A neighbour., sources: [s-one]}}
timeline:
  e-one: {{date: 2025-10-20, title: A thing of {name}, also: [{other}], sources: [s-one]}}
next_steps:
  n-one: {{title: A vote, expected: 2025-11, basis: announced}}
sources:
  s-one: {{title: A page, publisher: A paper, url: https://example.org/page, kind: newspaper}}
"""


def two_stories(project: Path) -> None:
    actor = "name: {}\nkind: state\nsummary: A state.\n"
    write(
        project,
        {
            "data/explainers/story.yml": STORIES.format(
                published="2025-10-27", name="Sky", actor="china", other="later"
            ),
            "data/explainers/later.yml": STORIES.format(
                published="2025-12-01", name="Zanzibar", actor="india", other="story"
            ),
            "docs/explainers/later.md": "---\ntitle: Zanzibar?\n---\n\nNew.\n",
            "data/actors/china.yml": actor.format("China"),
            "data/actors/india.yml": actor.format("India"),
        },
    )


def test_what_was_not_published_is_gone(project: Path) -> None:
    """An explainer of later leaves no trace: no page, entry, shared event, actor or word; statuses are of that day."""
    two_stories(project)
    for day, status in (
        ("2025-11-30", "Due by the end of November 2025"),
        ("2025-12-01", "Overdue since 1 December 2025"),
    ):
        built = run(project, "mkdocs", "build", "--strict", as_of=day)
        assert built.returncode == 0, built.stdout + built.stderr
        site = contents(project / "site")
        assert status in site["next/index.html"].decode()
        traces = [name for name, content in site.items() if re.search(rb"(?i)zanzibar|india|/later/", content)]
        traces = [name for name in traces if not name.startswith("assets/")]
        assert bool(traces) is (day == "2025-12-01")
        assert ("explainers/later/index.html" in site) is (day == "2025-12-01")
        assert ("actors/india/index.html" in site) is (day == "2025-12-01")


@pytest.mark.parametrize("day", ["yesterday", "2025-11", "2025-02-30"])
def test_a_day_that_cannot_be_read(day: str, project: Path) -> None:
    """A mistyped day ends the build with a sentence, not with a traceback."""
    for command in (("mkdocs", "build"), ("explainers", "check")):
        result = run(project, *command, as_of=day)
        assert result.returncode != 0
        assert f"EXPLAINERS_AS_OF: `{day}` is not" in result.stdout + result.stderr
        assert "Traceback" not in result.stdout + result.stderr
    assert not (project / "site").exists()


def test_checks_are_of_today(project: Path) -> None:
    """Mistakes in what came to be known later are mistakes, whatever day is asked for."""
    two_stories(project)
    write(project, {"docs/explainers/later.md": "---\ntitle: Zanzibar?\n---\n\n{{ cite('s-none') }}\n"})
    assert run(project, "explainers", "check", as_of="2025-11-01").returncode == 1
    assert run(project, "mkdocs", "build", as_of="2025-11-01").returncode == 1


def history(site: Path, slug: str) -> Page:
    return pages(site)[f"{ADDRESS}explainers/{slug}/history/"]


@pytest.mark.parametrize("slug", EXPLAINERS)
def test_every_day_of_change_has_its_state(site: Path, slug: str) -> None:
    """The history page has a dated state for each day of change, newest first, and the page leads there."""
    days = days_of_change(EXPLAINERS[slug], date(2026, 7, 4))[::-1]
    if len(days) < 2:
        pytest.skip("nothing has changed yet")
    assert [id_ for id_ in history(site, slug).ids if id_.startswith("as-of-")] == [f"as-of-{day}" for day in days]
    assert "history/" in story(site, slug).links
    assert " ".join(map(str, days)) in story(site, slug).attributes


def state(site: Path, day: str) -> str:
    """The words of one state of the first explainer."""
    html = (site / f"explainers/{BEFORE_BUSAN}/history/index.html").read_text(encoding="utf-8")
    part = html.split(f'id="as-of-{day}"')[1].split("<h2")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())


def test_a_state_is_of_its_day(site: Path) -> None:
    """Statuses, positions and assessments are those of the day; what came later is in later states only."""
    first, second = state(site, "2025-10-27"), state(site, "2025-10-31")
    assert "Trump and Xi meet in South Korea : Expected 30 October 2025" in first
    assert "Trump and Xi meet in South Korea : Done, 31 October 2025" in second
    assert "United States: asks for help" in first
    assert "United States: expects help" in second
    assert "Stalled , unchanged, assessed 27 October 2025" in first
    assert "Fragile , better than before, assessed 1 November 2025" in state(site, "2025-11-01")
    assert "Trump visits Beijing : Overdue since 1 May 2026" not in state(site, "2026-04-27")
    assert "open since 27 October 2025" in first
    assert "Busan" not in first


def test_a_dispute_is_never_without_its_sides(site: Path) -> None:
    """A disputed takeaway carries its accounts in every state."""
    text = state(site, "2026-05-31")
    assert "What the leaders say in private is contested." in text
    assert "Accounts differ:" in text
    assert "China: The foreign ministry calls the report fabricated." in text


def test_search_leads_to_the_page_not_to_its_history(site: Path) -> None:
    """What stands on the page is found there once; the history is neither searched nor in the navigation."""
    entries = found(site)
    assert [entry.location for entry in entries if "history/" in entry.location] == []
    assert not any("See this page as it stood" in entry.text for entry in entries)
    assert [link for link in pages(site)[ADDRESS].links if "history" in link] == []


def test_a_page_that_never_changed_has_no_history(project: Path) -> None:
    """There is no earlier day to go back to, so nothing offers it."""
    facts = (project / "data/explainers/story.yml").read_text(encoding="utf-8")
    write(project, {"data/explainers/story.yml": "published: 2025-11-01\n" + facts})
    built = run(project, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert not (project / "site/explainers/story/history").exists()
    assert "rewind" not in story(project / "site").classes
