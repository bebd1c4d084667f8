"""What a change means, in sentences: golden files for each of them, and a real git repository for the command."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from macros import dates
from macros.articles import load_articles
from macros.diff import FORMATS, Diff, diff
from macros.diff.formats import COMMENT_LIMIT, SIZE_LIMIT, from_json
from macros.diff.pages import changed_pages
from macros.diff.sentences import SENTENCES, clean, code
from macros.diff.spans import late
from macros.drift import Project
from macros.load import load
from macros.problems import Mistake
from tests.conftest import TODAY, new_project, run, write
from tests.golden import Case, cases
from tests.test_components import SMALL
from tests.test_site import nasty, nasty_project

GOLDEN = cases("diff")
STORY = "---\ntitle: What happened?\n---\n\nThis.\n"


def side(folder: Path, given: dict[str, Any], name: str) -> Project:
    """The project of a golden file before or after its change: facts are filled up from the small explainer."""
    facts = given.get(name) or ""
    whole = facts + "".join(SMALL[key] for key in SMALL if f"\n{key}:" not in f"\n{facts}")
    article = given.get("article", STORY) if name == "now" else given.get("article_before", given.get("article", STORY))
    actors = {f"data/actors/{id_}.yml": text for id_, text in given.get("actors", {}).items()}
    files = {**given.get("files", {}), **given.get(f"files_{name}", {})}
    write(folder, {"data/explainers/story.yml": whole, "docs/explainers/story.md": article, **actors, **files})
    return Project(load(folder), load_articles(folder))


def compared(folder: Path, given: dict[str, Any]) -> Diff:
    before, now = (side(folder / name, given, name) for name in ("before", "now"))
    return diff(before, now, dates.parse_day(str(given.get("today", TODAY))))


@pytest.mark.parametrize("case", GOLDEN)
def test_a_change_in_sentences(case: Case, tmp_path: Path) -> None:
    """A change is told in exactly these sentences, and through JSON they stay the same."""
    found = compared(tmp_path, case.given)
    told = Diff(groups=tuple(group for group in found.groups if group.about != "pages"))
    case.matches("text", FORMATS["text"](told))
    assert from_json(FORMATS["json"](found).encode()) == found


ACTOR = "{name: China, kind: state, summary: A state.}"
PART = "actors: {china: {role: A buyer., sources: [s-one]}}\n"
FUTURE = "  n-a: {title: A vote, by: [china], expected: 2026-09, basis: required}\n"
DONE = FUTURE.replace("}", ", outcome: {on: 2026-06-01, result: done, text: So., sources: [s-one]}}")
REVISION = "revisions: [{on: 2026-07-01, level: major, kind: update, text: A vote was called.}]\n"


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        (PART, PART, set()),
        ("", "revisions: [{on: 2026-07-01, level: minor, kind: update, text: Nothing.}]\n", set()),
        (f"{PART}next_steps:\n{FUTURE}", f"{PART}next_steps:\n{DONE}", {"actors/china/", "next/", "outcomes/"}),
        ("", REVISION, {"changes/"}),
        (PART, PART.replace("buyer", "seller"), {"actors/china/"}),
    ],
)
def test_pages_that_change(before: str, now: str, changed: set[str], tmp_path: Path) -> None:
    """A page changes when its reader sees something else: the story's own, those of its actors, and the lists."""
    given = {"actors": {"china": ACTOR}, "before": before, "now": now}
    projects = [side(tmp_path / name, given, name) for name in ("before", "now")]
    pages = changed_pages(projects[0], projects[1], dates.parse_day(TODAY))
    assert (pages.added, pages.removed) == ((), ())
    found = set(pages.changed) - {"explainers/story/"}
    assert found & {"actors/china/", "next/", "outcomes/", "changes/"} == changed
    assert ("explainers/story/" in pages.changed) == bool(changed)


def test_every_sentence_has_a_golden_file(tmp_path: Path) -> None:
    """Nothing can be said that no golden file shows."""
    found = [compared(tmp_path / str(number), param.values[0].given) for number, param in enumerate(GOLDEN)]
    groups = chain.from_iterable(one.groups for one in found)
    assert {sentence.kind for group in groups for sentence in group.sentences} == set(SENTENCES)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "on time"),
        (1, "one day late"),
        (10, "ten days late"),
        (13, "13 days late"),
        (14, "two weeks late"),
        (45, "45 days late"),
        (62, "two months late"),
        (400, "13 months late"),
    ],
)
def test_lateness_in_words(days: int, words: str) -> None:
    """Lateness is told to the day, and from two months on in months."""
    assert late(days) == words


HOSTILE = (
    "@everyone",
    "#1",
    "GH-1",
    "owner/repo#1",
    "<img src=x onerror=alert(1)>",
    "</details><!-- ",
    "[here](https://example.org)",
    "![](https://example.org/x.png)",
    "https://example.org",
    "www.example.org",
    "a@example.org",
    "`x` <b>@all</b>",
    "``` ```",
    "`",
    "a\n\n# Approved\n\n@all",
    "\u202e@lla\u202c",
    "{kind}{0}{}",
    "$\\alpha$ :tada: ~~x~~ **x** _x_ \\",
    "",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_only_texts(text: str) -> None:
    """In Markdown, a text is plain words or stands in a code span as it was typed, and nothing around it changes."""
    source = f"- Event {code(text)} added: “{code(text)}”."
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(source)
    inline = next(token for token in tokens if token.type == "inline")
    kinds = {child.type for child in inline.children or []}
    assert kinds <= {"text", "code_inline"}
    plain = "".join(child.content for child in inline.children or [] if child.type == "text")
    spans = [child.content for child in inline.children or [] if child.type == "code_inline"]
    assert not set("@#<>[]`/\\:$~*_{}") & set(plain.replace(" added: ", ""))
    assert spans in ([], [clean(text)] * 2)
    assert spans or clean(text) in plain


def test_hostile_facts(tmp_path: Path) -> None:
    """Whatever stands in a fact, the comment holds our words and code spans only, in one line for each sentence."""
    before, now = (new_project(tmp_path / name, own_code=False) for name in ("before", "now"))
    nasty_project(now)
    projects = (Project(load(root), load_articles(root)) for root in (before, now))
    markdown = FORMATS["markdown"](diff(*projects, dates.parse_day(TODAY)))
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(markdown)
    children = [child for token in tokens for child in token.children or []]
    assert {token.type for token in tokens if "html" in token.type or token.type == "fence"} == set()
    assert {child.type for child in children} <= {"text", "code_inline", "softbreak"}
    assert nasty("step-title") in {child.content for child in children}
    assert "<b>" not in "".join(child.content for child in children if child.type == "text")


def test_a_comment_has_a_limit(tmp_path: Path) -> None:
    """A change too large for a comment is cut, and says how much is missing."""
    events = "".join(f"  e-{n}x: {{date: 2025, title: {'Word ' * 40}, sources: [s-one]}}\n" for n in range(1000))
    facts = "timeline:\n" + events.replace("e-", "e-n")
    markdown = FORMATS["markdown"](compared(tmp_path, {"before": "", "now": facts}))
    assert len(markdown) < COMMENT_LIMIT
    assert markdown.endswith(" more, which `explainers diff` prints.")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"groups": [{"about": "x", "title": "x", "sentences": [{"kind": "none", "values": []}]}]}',
        b'{"groups": [{"about": "x", "title": "x", "sentences": [{"kind": "calls", "values": ["x"]}]}]}',
        b'{"groups": [{"about": "x", "title": "' + b"x" * 1000 + b'", "sentences": []}]}',
        b'{"groups": ' + b"[" * 100_000,
        b" " * (SIZE_LIMIT + 1),
    ],
)
def test_what_is_no_comparison(content: bytes) -> None:
    """What another job hands over is read strictly: known sentences, the right number of values, and not too much."""
    with pytest.raises(Mistake):
        from_json(content)


def git(folder: Path, *command: str) -> None:
    options = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *options, *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(project: Path) -> Path:
    """The small project with a next step, committed; then the step resolved, committed as well."""
    facts = project / "data/explainers/story.yml"
    step = "{title: A visit, expected: 2026-04, basis: announced"
    outcome = ", outcome: {on: 2026-07-01, result: partly, text: So., sources: [s-one]}"
    before = facts.read_text(encoding="utf-8")
    git(project, "init", "-q")
    for text in (f"{before}next_steps:\n  n-visit: {step}}}\n", f"{before}next_steps:\n  n-visit: {step}{outcome}}}\n"):
        facts.write_text(text, encoding="utf-8")
        git(project, "add", "-A")
        git(project, "commit", "-qm", "A change")
    return project


def test_the_command_compares_commits(repository: Path) -> None:
    """Two revisions are compared; the exit is 0 whatever has changed."""
    ran = run(repository, "explainers", "diff", "HEAD~1", "HEAD")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Next step n-visit resolved: partly, two months late (“A visit”)." in ran.stdout
    assert re.search(r"In all, this changes \d pages: .*/explainers/story/.*, /next/, /outcomes/\.", ran.stdout)


def test_the_command_compares_with_the_folder(repository: Path) -> None:
    """Without HEAD, what has not been committed counts."""
    write(repository, {"docs/about.md": "---\ntitle: About\n---\n\nWho we were.\n"})
    ran = run(repository, "explainers", "diff", "HEAD")
    assert ran.stdout == "Pages\n  No explainer changed.\n  In all, this changes 1 page: /about/.\n"


def test_the_command_gives_json(repository: Path) -> None:
    """Programs get each sentence with its kind, its values and the record it is about."""
    ran = run(repository, "explainers", "diff", "HEAD~1", "--format", "json")
    sentences = json.loads(ran.stdout)["groups"][0]["sentences"]
    wanted = {"kind": "step-resolved", "record": "n-visit", "values": ["n-visit", "partly, two months late", "A visit"]}
    assert [sentence for sentence in sentences if wanted.items() <= sentence.items()] != []


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["HEAD", "nowhere"], ["--output=x"], ["HEAD", "HEAD", "HEAD"]])
def test_usage_errors(repository: Path, arguments: list[str]) -> None:
    """What cannot be compared is a usage error, without a traceback."""
    ran = run(repository, "explainers", "diff", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Traceback" not in ran.stderr


def test_a_base_that_cannot_be_read(repository: Path) -> None:
    """Broken files, links that lead out of the project and a missing folder at the base are said, not fatal."""
    git(repository, "rm", "-rq", "--cached", "docs")
    write(repository, {"data/explainers/story.yml": "takeaways: [", "data/explainers/other.yml": b"\xff\xfe"})
    (repository / "data/explainers/linked.yml").symlink_to("/etc/hostname")
    git(repository, "add", "data")
    git(repository, "commit", "-qm", "Broken")
    git(repository, "reset", "-q", "--hard", "HEAD~1")
    ran = run(repository, "explainers", "diff", "ORIG_HEAD")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.search(r"Before the change, data/explainers/story.yml:\d+ could not be read", ran.stdout)
    assert "Before the change, data/explainers/other.yml:1 could not be read" in ran.stdout
