"""What is overdue: page, script and command say the same on every day, and the command tells editors where it stands."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.dates import parse_day, spoken
from tests import browser as tools
from tests.conftest import ARTICLE, EXPLAINER, ROOT, new_project, run, write

BUILT = "2026-04-29"
FACTS = """\
lifecycle: live
published: 2026-03-01
reviewed: 2026-04-10
review_every: 30 days
assessment:
  - {as_of: 2026-04-01, level: stalled, change: unchanged, because: Nothing moved., sources: [s-one]}
actors:
  china: {role: A buyer., sources: [s-one]}
next_steps:
  n-day: {title: A call, expected: 2026-04-29, basis: announced, by: [china]}
  n-month: {title: A meeting, expected: 2026-04, basis: announced, by: [china]}
  n-span: {title: Talks, expected: 2026-04-30/2026-05-02, basis: announced}
  n-year: {title: A treaty, expected: 2026, basis: announced}
  n-late: {title: A letter, expected: 2026-03, basis: announced}
  n-open: {title: A truce, expected: 2026-04/.., basis: expected}
  n-unknown: {title: A deal, expected: unknown, basis: expected}
  n-done:
    title: A report
    expected: 2026-03
    basis: announced
    outcome: {on: 2026-04-02, result: done, text: Out., sources: [s-one]}
"""
CLOSED = """\
lifecycle: closed
reviewed: 2026-01-01
review_every: 2 weeks
next_steps:
  n-shut: {title: A vote, expected: 2026-05, basis: announced}
"""
HOME = "---\ntitle: Home\n---\n\n{{ explainers() }}\n\n{{ upcoming() }}\n\n{{ outcomes() }}\n"
DAYS = ("2026-04-30", "2026-05-01", "2026-05-03", "2026-05-11", "2027-01-01")
PAGES = ("/", "/explainers/story/", "/explainers/shut/", "/next/", "/actors/china/", "/outcomes/")


@pytest.fixture(scope="module")
def due_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a step of every kind of date, a closed explainer, and a draft that owes everything."""
    project = new_project(tmp_path_factory.mktemp("due"), own_code=False)
    write(
        project,
        {
            "data/actors/china.yml": "{name: China, kind: state, summary: A state in Asia.}\n",
            "data/explainers/story.yml": FACTS + EXPLAINER,
            "data/explainers/shut.yml": CLOSED + EXPLAINER,
            "data/explainers/secret.yml": FACTS.replace("live", "draft") + EXPLAINER,
            "docs/explainers/shut.md": ARTICLE,
            "docs/explainers/secret.md": ARTICLE,
            "docs/index.md": HOME,
        },
    )
    return project


def build(project: Path, day: str) -> Path:
    """The site as it is built on a day."""
    site = project / f"site-{day}"
    if not site.is_dir():
        built = run(project, "mkdocs", "build", "--strict", "--site-dir", str(site), today=day)
        assert built.returncode == 0, built.stdout + built.stderr
    return site


SAYS = """() => {
    const words = new Set()
    const marks = '[class*=overdue]:not([class*=step--]), [class*=__status], .explainers__next, .outcomes__lead span'
    for (const element of document.querySelectorAll(marks)) {
        const record = element.closest('article, li, section, header')
        const name = record?.querySelector('.record__title, .upcoming__title, .explainers__title')
        if (!element.hidden && /verdue/.test(element.textContent))
            words.add(`${name?.textContent ?? ''} | ${element.textContent.trim()}`)
    }
    const overdue = [...document.querySelectorAll('[class*="__step--overdue"]')]
    return [[...words].sort(), overdue.map(step => step.querySelector('a').closest('p, h3').textContent).sort()]
}"""


Said = dict[str, list[list[str]]]
Readers = dict[bool, Page]


@pytest.fixture(scope="module")
def readers(browser: Browser) -> Iterator[Readers]:
    """A reader with script and one without, for whom every server is another site."""
    contexts = {script: browser.new_context(java_script_enabled=script) for script in (True, False)}
    yield {script: context.new_page() for script, context in contexts.items()}
    for context in contexts.values():
        context.close()


def seen(readers: Readers, day: str | None) -> Page:
    """The page of the reader with script, on a day; None for the one without."""
    page = readers[day is not None]
    if day:
        page.clock.set_fixed_time(f"{day}T12:00:00")
    return page


def says(readers: Readers, origin: str, day: str | None, paths: Sequence[str] = PAGES) -> Said:
    """What each page says is overdue, and which steps look it, to a reader on a day; None for one without script."""
    page = seen(readers, day)
    answer: Said = {}
    errors: list[object] = []

    def heard(error: object) -> None:
        errors.append(error)

    page.on("pageerror", heard)
    for path in paths:
        page.goto(origin + path)
        answer[path] = page.evaluate(SAYS)
    page.remove_listener("pageerror", heard)
    assert errors == []
    return answer


def owed(project: Path, day: str) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(
        run(project, "explainers", "due", "--format", "json", "--today", day).stdout
    )
    return listed


@pytest.mark.parametrize("day", DAYS)
def test_page_script_and_command_agree(due_project: Path, readers: Readers, day: str) -> None:
    """On the day after each kind of date an old page, its script run, says what a page built on that day says."""
    with tools.serving(build(due_project, BUILT)) as old, tools.serving(build(due_project, day)) as new:
        corrected, fresh = says(readers, old, day), says(readers, new, None)
    for path in PAGES:
        assert without_next(corrected[path]) == without_next(fresh[path]), path
    words, _ = corrected["/explainers/story/"]
    due = owed(due_project, day)
    for entry in due:
        since = spoken(parse_day(str(entry["since"])))
        text = {
            "step": f"{entry['title']}# | Overdue since {since}, no outcome recorded",
            "review": f" | Review overdue since {since}",
            "assessment": f" | Assessment overdue since {since}",
        }[str(entry["kind"])]
        assert text in words
    assert len(due) == len(words)


def without_next(answer: list[list[str]]) -> list[list[str]]:
    """All but the line that names an explainer's next step: the script keeps the step that was next."""
    return [[text for text in part if "| Next: " not in text] for part in answer]


def test_what_is_owed_on_each_day(due_project: Path) -> None:
    """April is overdue on 1 May, a span after its end, an open one never; nothing of a draft or a closed explainer."""
    ids = {day: sorted(str(entry["id"]) + " " + str(entry["days"]) for entry in owed(due_project, day)) for day in DAYS}
    assert ids == {
        "2026-04-30": ["n-day 1", "n-late 30"],
        "2026-05-01": ["n-day 2", "n-late 31", "n-month 1"],
        "2026-05-03": ["n-day 4", "n-late 33", "n-month 3", "n-span 1", "story 2"],
        "2026-05-11": ["n-day 12", "n-late 41", "n-month 11", "n-span 9", "story 1", "story 10"],
        "2027-01-01": ["n-day 247", "n-late 276", "n-month 246", "n-span 244", "n-year 1", "story 236", "story 245"],
    }


DATED = """() => [
    [...document.querySelectorAll('[data-due]')].map(element => element.outerHTML),
    [...document.querySelectorAll('[class*="__step--"]')].map(element => element.className),
]"""


def dated(readers: Readers, origin: str, day: str | None) -> list[list[list[str]]]:
    """What may fall due on each page, as a reader's script leaves it on a day; None for one without script."""
    page = seen(readers, day)
    found: list[list[list[str]]] = []
    for path in PAGES:
        page.goto(origin + path)
        found.append(page.evaluate(DATED))
    return found


def test_nothing_changes_when_nothing_falls_due(due_project: Path, readers: Readers) -> None:
    """On the day of the build, and for a clock that is behind, all stays as it was, to the last attribute."""
    with tools.serving(build(due_project, BUILT)) as origin:
        plain = dated(readers, origin, None)
        assert len(plain[0][0]) > 5
        assert dated(readers, origin, BUILT) == plain
        assert dated(readers, origin, "2020-01-01") == plain


@pytest.mark.parametrize(("zone", "there"), [("Pacific/Kiritimati", True), ("America/Los_Angeles", False)])
def test_the_readers_day_counts(due_project: Path, browser: Browser, zone: str, there: bool) -> None:
    """At noon on 30 April in London it is 1 May on Kiritimati, and April is over there; in California it is not."""
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.clock.set_fixed_time("2026-04-30T12:00:00Z")
    with tools.serving(build(due_project, BUILT)) as origin:
        page.goto(f"{origin}/explainers/story/")
        text = page.locator(".next-steps__step:has(#n-month) .next-steps__status").text_content()
    assert text == ("Overdue since 1 May 2026, no outcome recorded" if there else "Due by the end of April 2026")
    context.close()


def test_a_page_left_open_overnight(due_project: Path, browser: Browser) -> None:
    """Who comes back to an open page on another day finds it corrected, counts counted once."""
    page = browser.new_page()
    page.clock.set_fixed_time("2026-04-30T12:00:00")
    with tools.serving(build(due_project, BUILT)) as origin:
        page.goto(origin)
        assert page.locator(".explainers__overdue").inner_text() == "2 next steps overdue"
        page.clock.set_fixed_time("2026-05-03T08:00:00")
        for _ in range(2):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert page.locator(".explainers__overdue").inner_text() == "4 next steps overdue"
    page.close()


def test_the_picture_says_when_it_was_drawn(due_project: Path, readers: Readers) -> None:
    """A picture cannot be corrected: from the first day on which it is wrong it says of which day it is."""
    with tools.serving(build(due_project, BUILT)) as origin:
        for day, wanted in ((BUILT, False), ("2026-04-30", True)):
            page = seen(readers, day)
            page.goto(f"{origin}/explainers/story/")
            assert ("Drawn on 29 April 2026." in page.locator(".overview").inner_text()) is wanted


def test_the_past_stays_as_it_was(due_project: Path, browser: Browser) -> None:
    """In a site as it was known on a day nothing falls due later, and reading it is no visit."""
    past = due_project / "site-as-of"
    built = run(due_project, "mkdocs", "build", "--strict", "--site-dir", str(past), as_of=BUILT)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "`n-late` is overdue since 2026-04-01, 29 days" in run(due_project, "explainers", "due", as_of=BUILT).stdout
    page = browser.new_page()
    page.clock.set_fixed_time("2027-01-01T12:00:00")
    with tools.serving(past) as origin:
        page.goto(f"{origin}/explainers/story/")
        status = page.locator(".next-steps__step:has(#n-month) .next-steps__status").text_content()
        assert status == "Due by the end of April 2026"
        assert page.locator("[data-due]").count() == 0
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('last-visit'))") == []
    page.close()


def test_groups_do_not_lie(due_project: Path, readers: Readers) -> None:
    """When the week or the month of the build is over, a group says which day it was named from."""
    with tools.serving(build(due_project, BUILT)) as origin:
        for day, wanted in (
            ("2026-05-02", ["This week", "Later, seen from 29 April 2026"]),
            ("2026-05-04", ["This week, seen from 29 April 2026", "Later, seen from 29 April 2026"]),
        ):
            page = seen(readers, day)
            page.goto(f"{origin}/next/")
            assert page.locator("#this-week, #later").all_text_contents() == wanted


def test_the_command_tells_people(due_project: Path) -> None:
    """A line for each: place, what, since when, how long, whose; how many at the end, apart. Exit 1."""
    found = run(due_project, "explainers", "due", "--today", "2026-05-03")
    assert found.returncode == 1
    assert found.stdout.splitlines() == [
        "data/explainers/story.yml:6:6: the assessment of `story` is overdue since 2026-05-02, 2 days, owner: editors"
        " (What happened?). Add an assessment that holds today.",
    ] + [
        f"data/explainers/story.yml:{line}:3: `{id_}` is overdue since {since}, owner: {owner} ({title})."
        " Add its outcome, or a history entry with the new date and a source for it."
        for line, id_, since, owner, title in (
            (10, "n-day", "2026-04-30, 4 days", "China", "A call"),
            (11, "n-month", "2026-05-01, 3 days", "China", "A meeting"),
            (12, "n-span", "2026-05-03, 1 day", "not named", "Talks"),
            (14, "n-late", "2026-04-01, 33 days", "not named", "A letter"),
        )
    ]
    assert found.stderr == "5 overdue on 3 May 2026\n"


def test_the_command_tells_machines(due_project: Path) -> None:
    """JSON has every field, and annotations for GitHub name file and line."""
    entry = next(e for e in owed(due_project, "2026-05-01") if e["id"] == "n-month")
    assert entry == {
        "path": "data/explainers/story.yml",
        "line": 11,
        "column": 3,
        "kind": "step",
        "id": "n-month",
        "since": "2026-05-01",
        "days": 1,
        "owner": "China",
        "title": "A meeting",
    }
    found = run(due_project, "explainers", "due", "--format", "github", "--today", "2026-05-01")
    assert "::error file=data/explainers/story.yml,line=11,col=3,title=step-overdue::`n-month`" in found.stdout


def test_nothing_owed(project: Path) -> None:
    """Exit 0, and no line for people, an empty list for machines; a wrong day or format is a usage error."""
    assert run(project, "explainers", "due").returncode == 0
    assert run(project, "explainers", "due").stdout == ""
    assert run(project, "explainers", "due", "--format", "json").stdout == "[]\n"
    for wrong in (("--today", "soon"), ("--format", "xml"), ("all",)):
        found = run(project, "explainers", "due", *wrong)
        assert (found.returncode, found.stdout) == (2, "")
        assert "Traceback" not in found.stderr


def test_a_wrong_day_in_the_environment(project: Path) -> None:
    """It is a usage error, also where a day is given."""
    found = run(project, "explainers", "due", "--today", "2026-07-04", as_of="nonsense")
    assert (found.returncode, found.stdout) == (2, "")
    assert "EXPLAINERS_AS_OF: `nonsense` is not a date" in found.stderr
    assert "Traceback" not in found.stderr


def test_what_cannot_be_read_is_not_on_time(project: Path) -> None:
    """A file with a mistake may hide what it owes: the command names the mistake and does not say that all is well."""
    write(project, {"data/explainers/story.yml": EXPLAINER + "next_steps:\n  n-one: {title: A meeting}\n"})
    found = run(project, "explainers", "due")
    assert found.returncode == 1
    assert "data/explainers/story.yml:8:3: `expected` is missing" in found.stderr


@pytest.mark.parametrize("name", ["due", "since"])
def test_scripts_are_small(name: str) -> None:
    """Under 2 KB each as a server sends it."""
    assert len(gzip.compress((ROOT / f"macros/theme/assets/{name}.js").read_bytes(), mtime=0)) < 2048
