"""Old addresses: what has moved is found by whoever comes by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import browser as tools
from tests.conftest import ARTICLE, EXPLAINER, new_project, run, write

REDIRECTS = """\
- {from: tale, kind: moved, to: [story]}
- {from: both, kind: split, to: [story, other]}
- {from: cathay, kind: merged, to: [china]}
- {from: story/s-gone, kind: moved, to: [other/s-one]}
- {from: story/e-gone, kind: moved, to: [other/e-one]}
- {from: story/t-gone, kind: split, to: [story/t-one, other/t-one]}
"""
ACTOR = "{name: China, kind: state, summary: A state.}\n"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project in which much has moved."""
    project = new_project(tmp_path_factory.mktemp("moved"), own_code=False)
    write(
        project,
        {
            "data/redirects.yml": REDIRECTS,
            "data/actors/china.yml": ACTOR,
            "data/explainers/other.yml": EXPLAINER + "actors:\n  china: {role: Buyer, sources: [s-one]}\n",
            "docs/explainers/other.md": ARTICLE.replace("What happened?", "What else?"),
        },
    )
    built = run(project, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    return project / "site"


@pytest.mark.parametrize(
    ("old", "new"),
    [("explainers/tale/", "explainers/story/"), ("actors/cathay/", "actors/china/")],
)
def test_an_old_page_leads_on(moved: Path, browser: Browser, old: str, new: str) -> None:
    """Without script, and search engines learn which address holds."""
    with tools.serving(moved) as origin:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{origin}/{old}")
        page.wait_for_url(f"{origin}/{new}")
        page.context.close()
    text = (moved / old / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="https://open-questions.github.io/{new}">' in text


def test_of_several_places_the_reader_chooses(moved: Path, browser: Browser) -> None:
    """What was split names its parts."""
    with tools.serving(moved) as origin:
        page = browser.new_page()
        page.goto(f"{origin}/explainers/both/")
        expect(page.locator("main").get_by_role("link")).to_have_text(["What happened?", "What else?"])
        expect(page.get_by_role("link", name="Open Questions")).to_have_attribute("href", "../../")
        assert tools.faults(page) == []
        page.close()


def test_an_old_record_says_where_it_is(moved: Path, browser: Browser) -> None:
    """Only to those who come by its old address, in sight of them; without script too."""
    with tools.serving(moved) as origin:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{origin}/explainers/story/#e-gone")
        notice = page.locator("#e-gone")
        expect(notice).to_be_in_viewport()
        expect(notice.get_by_role("link")).to_have_text("What else?")
        expect(page.locator("#t-gone")).to_be_hidden()
        assert page.locator("#s-gone").count() == 0
        notice.get_by_role("link").click()
        page.wait_for_url(f"{origin}/explainers/other/#e-one")
        page.context.close()


def test_names_follow_their_titles(moved: Path) -> None:
    """A title that changes changes where it is named: the page of a story is made from those its records went to."""
    project = moved.parent
    article = (project / "docs/explainers/other.md").read_text(encoding="utf-8")
    write(project, {"docs/explainers/other.md": article.replace("What else?", "What now?")})
    assert run(project, "mkdocs", "build", "--strict").returncode == 0
    assert 'Moved: <a href="../other/#e-one">What now?</a>' in (moved / "explainers/story/index.html").read_text(
        encoding="utf-8"
    )
    assert "What now?" in (moved / "explainers/both/index.html").read_text(encoding="utf-8")
