"""From what somebody reads to where it is edited, and to the form for corrections: with and without script."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser

from macros.model import SECTIONS
from tests import browser as tools
from tests.conftest import ROOT, run

REPOSITORY = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)["extra"]["repository"]  # noqa: S506
STORY = "explainers/can-china-push-russia-to-peace"
DATA = (ROOT / f"data/{STORY}.yml").read_text(encoding="utf-8").split("\n")
FACTS = yaml.safe_load("\n".join(DATA))


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.lines: list[int] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [values["href"] or ""] if tag == "a" and "href" in values else []
        self.lines += accumulate(int(step) for step in (values.get("data-lines") or "").split())


def record_at(link: str) -> str:
    """The id that stands on the line of the facts that an address leads to."""
    address, _, line = link.partition("#L")
    assert address == f"{REPOSITORY}/blob/main/data/{STORY}.yml"
    return DATA[int(line) - 1].strip().rstrip(":")


def test_records_lead_to_their_lines(site: Path) -> None:
    """Without script, each record but the sources leads to its line of YAML; the lines of the sources are there too."""
    page = Links(site / STORY / "index.html")
    found = {record_at(link) for link in page.links if "#L" in link}
    assert found == {id_ for section in SECTIONS if section != "sources" for id_ in FACTS[section]}
    assert {DATA[line - 1].strip().rstrip(":") for line in page.lines} == set(FACTS["sources"])


@pytest.mark.parametrize(
    ("path", "edited"),
    [
        ("", ["docs/index.md"]),
        ("about/", ["docs/about.md"]),
        (f"{STORY}/", [f"docs/{STORY}.md", f"data/{STORY}.yml"]),
        ("actors/china/", ["data/actors/china.yml"]),
        ("next/", []),
        ("404.html", []),
    ],
)
def test_pages_lead_to_their_files(site: Path, path: str, edited: list[str]) -> None:
    """A page leads to the files it is made of, which exist; lists that are made from everything lead to none."""
    page = Links(site / path if path.endswith(".html") else site / path / "index.html")
    assert [link for link in page.links if "/edit/" in link] == [f"{REPOSITORY}/edit/main/{file}" for file in edited]
    assert all((ROOT / file).is_file() for file in edited)


def test_a_correction_knows_its_page(site: Path) -> None:
    """The form for corrections comes filled with the page, whatever its title."""
    page = Links(site / STORY / "index.html")
    (link,) = (link for link in page.links if "/issues/new" in link)
    assert parse_qs(urlsplit(link).query) == {
        "template": ["correction.yml"],
        "title": ["Correction: Can China push Russia to peace?"],
        "page": [f"https://open-questions.github.io/{STORY}/"],
    }


def test_with_script_every_record_has_both_links(site: Path, browser: Browser) -> None:
    """Each record has a link to its line and one to the form, filled with its id, with names that are read out."""
    with tools.serving(site) as origin:
        page = browser.new_page()
        found = tools.complaints(page, origin)
        page.goto(f"{origin}/{STORY}/")
        for kind in ("edit", "correct"):
            script = "all => all.map(link => [link.closest('[id]').id, link.href, link.title])"
            links = page.locator(f"article .{kind}").evaluate_all(script)
            assert {id_ for id_, _, _ in links} == {id_ for section in SECTIONS for id_ in FACTS[section]}
            assert len(links) == len({id_ for id_, _, _ in links})
            if kind == "edit":
                assert [id_ for id_, href, _ in links if record_at(href) != id_] == []
            else:
                assert [id_ for id_, href, _ in links if parse_qs(urlsplit(href).query)["record"] != [id_]] == []
            assert all(title for _, _, title in links)
        assert found == []
        page.close()


def test_without_a_repository_there_are_no_links(project: Path) -> None:
    """A site whose mkdocs.yml names no repository leads to none."""
    configuration = project / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(re.sub(r"\n  repository: .*", "", text), encoding="utf-8")
    built = run(project, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    page = (project / "site/explainers/story/index.html").read_text(encoding="utf-8")
    assert not re.search(r"github\.com|data-lines|contribute|headerlink edit", page)
