"""The pages that facts make: complete, counted right, and the same size whatever the number of explainers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from yaml import CBaseLoader, load

from macros import dates, pages
from macros.components import site as lists
from macros.edition import Library
from macros.proofread import proofread
from macros.provenance import provenance_of
from macros.publish import Site
from tests.conftest import ARTICLE, EXPLAINER, ROOT, TODAY, new_project, run, write
from tests.found import found

FACTS: dict[str, dict[str, Any]] = {
    path.stem: load(path.read_bytes(), CBaseLoader)  # noqa: S506 - only strings come of it
    for path in sorted((ROOT / "data/explainers").glob("*.yml"))
}
ACTORS = sorted(path.stem for path in (ROOT / "data/actors").glob("*.yml"))


class Text(HTMLParser):
    """The words, ids and links of a page's article."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.words, self.ids, self.links = "", set[str](), set[str]()
        html = page.read_text(encoding="utf-8")
        self.feed(html[html.index("<article") : html.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name == "href" and value:
                self.links.add(value)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("path", ["", "explainers/", "next/", "outcomes/", "changes/", "actors/", "topics/"])
def test_lists_are_not_empty(site: Path, path: str) -> None:
    """Every page of the contract has its list."""
    assert len(Text(site / path / "index.html").words.split()) > 20


@pytest.mark.parametrize("id_", ACTORS)
def test_an_actor_has_everything_they_take_part_in(site: Path, id_: str) -> None:
    """From an actor's page lead links to each part, event, next step and obstacle of theirs, in every explainer."""
    links = Text(site / f"actors/{id_}/index.html").links
    expected = {f"../../explainers/{slug}/#{record}" for slug, record in _records_of(id_)}
    assert expected
    assert expected - links == set()


def _records_of(id_: str) -> Iterator[tuple[str, str]]:
    for slug, facts in FACTS.items():
        if id_ in facts.get("actors", {}):
            yield slug, id_
        for section, key in (("timeline", "actors"), ("next_steps", "by"), ("obstacles", "held_by")):
            for record, fields in facts.get(section, {}).items():
                if id_ in fields.get(key, []):
                    yield slug, record


@pytest.mark.parametrize("slug", FACTS)
def test_every_record_has_an_anchor_and_is_found(site: Path, slug: str) -> None:
    """Each record stands on its page under its id, and search leads to it and to what is stated beside it."""
    facts, page = FACTS[slug], Text(site / f"explainers/{slug}/index.html")
    sections = ("takeaways", "actors", "timeline", "next_steps", "obstacles", "sources", "issues")
    assert {id_ for section in sections for id_ in facts[section]} - page.ids == set()
    entries = {entry.location: entry.text for entry in found(site)}
    for section in ("actors", "takeaways", "timeline", "next_steps", "obstacles", "sources"):
        assert {f"explainers/{slug}/#{id_}" for id_ in facts[section]} - entries.keys() == set()
    for id_, takeaway in facts["takeaways"].items():
        assert " ".join(takeaway["text"].split()) in entries[f"explainers/{slug}/#{id_}"]
    text = " ".join(entry.text for entry in found(site))
    for said in (*(stance["says"] for stance in facts["stances"]), facts["assessment"][-1]["because"]):
        assert " ".join(said.split()) in text


def test_outcomes_equal_a_recount(site: Path) -> None:
    """The table of outcomes says what the YAML says, counted here by other means."""
    steps = [step for facts in FACTS.values() for step in facts.get("next_steps", {}).values()]
    counted = Counter((step["basis"], step["outcome"]["result"]) for step in steps if "outcome" in step)
    html = (site / "outcomes/index.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    table = [[int(cell) for cell in re.findall(r"<td>(\d+)</td>", row)] for row in rows]
    bases = ("announced", "required", "expected", "inference")
    results = ("done", "partly", "not-done", "cancelled", "overtaken", "unresolvable")
    expected = [[counted[basis, result] for result in results] for basis in bases]
    totals = [sum(column) for column in zip(*expected, strict=True)]
    assert table[1:] == [[*row, sum(row)] for row in (*expected, totals)]


def read(folder: Path, files: dict[str, str | bytes]) -> Library:
    write(folder, files)
    proof = proofread(folder, dates.parse_day(TODAY))
    assert proof.problems == ()
    return proof.library


TWO = """\
takeaways:
  t-one: {text: The sky is blue., sources: [s-one, s-two]}
timeline:
  e-one: {date: 2025-10-30, title: A thing happened, sources: [s-one]}
sources:
  s-one: {title: A page, publisher: A paper, url: https://example.org/page, kind: newspaper}
  s-two: {title: Another, publisher: An agency, url: https://example.org/two, kind: agency, lang: de}
"""


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [("", "", 50), (", s-two]", "]", 0), ("lang: de}", "lang: de, derives_from: s-one}", 0)],
    ids=["two", "one deleted", "one repeats the other"],
)
def test_a_deleted_source_lowers_the_figure(tmp_path: Path, before: str, after: str, share: int) -> None:
    """What "How we know" prints is the share of records with two sources that do not go back to the same report."""
    facts = TWO.replace(before, after) if before else TWO
    library = read(tmp_path, {"data/explainers/story.yml": facts, "docs/explainers/story.md": ARTICLE})
    assert provenance_of(library.explainers["story"]).share == share


def many(folder: Path, number: int) -> None:
    """A project with this many explainers, each with a next step and a revision."""
    new_project(folder, own_code=False)
    more = (
        "published: 2025-10-27\n"
        "next_steps:\n  n-one: {title: A step, expected: 2027-01, basis: announced,\n"
        "    history: [{on: 2025-11-01, status: scheduled, expected: 2027-01, because: So., sources: [s-one]}]}\n"
        "revisions: [{on: 2025-11-04, level: major, kind: update, text: It moved.}]\n"
    )
    for i in range(number):
        write(
            folder,
            {
                f"data/explainers/story-{i}.yml": EXPLAINER + more,
                f"docs/explainers/story-{i}.md": ARTICLE.replace("What happened?", f"What happened {i:04}?"),
            },
        )


def test_long_lists_have_pages(tmp_path: Path) -> None:
    """Nothing is cut from a list: what does not fit on its first page stands on the next."""
    many(tmp_path, 250)
    library = read(tmp_path, {})
    made = {page.url: page for page in pages.generated(library, Site("A site", "https://example.org/", ""))}
    assert {"explainers/", "explainers/2/", "explainers/3/", "next/3/", "changes/3/"} <= set(made)
    assert "explainers/4/" not in made
    assert len(lists.summaries(library)) == 251
    assert made["next/2/"].title == "What is next, page 2"


def test_pages_do_not_grow_with_the_number_of_explainers(tmp_path: Path) -> None:
    """An explainer's page weighs the same, within 5 %, on a small site and on a large one."""
    sizes = []
    for number in (5, 25):
        folder = tmp_path / str(number)
        many(folder, number)
        built = run(folder, "mkdocs", "build", "--strict")
        assert built.returncode == 0, built.stderr
        sizes.append((folder / "site/explainers/story-1/index.html").stat().st_size)
    assert sizes[1] == pytest.approx(sizes[0], rel=0.05)
