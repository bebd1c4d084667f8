"""`mkdocs serve`, as a contributor has it open: every edit shows in the tab by itself, and every mistake where it is."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.building import READ
from tests.conftest import ARTICLE, EXPLAINER, environment, new_project, write

pytestmark = pytest.mark.xdist_group("preview")
expect.set_options(timeout=20_000)

STORY = "data/explainers/story.yml"


@dataclass
class Preview:
    """A preview that runs: its project, its address, an open tab, and the file that the terminal's lines go to."""

    project: Path
    address: str
    page: Page
    terminal: Path

    def change(self, path: str, old: str, new: str) -> None:
        """Edit a file as an editor does: write it whole."""
        text = (self.project / path).read_text(encoding="utf-8")
        assert old in text
        write(self.project, {path: text.replace(old, new)})


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Preview]:
    """`mkdocs serve` in the small project, with an explainer's page open in a browser."""
    project = new_project(tmp_path_factory.mktemp("preview"))
    terminal = project.parent / f"{project.name}.log"
    facts = EXPLAINER.replace("takeaways:", "actors:\n  china: {role: A buyer., sources: [s-one]}\ntakeaways:")
    write(project, {STORY: facts, "data/actors/china.yml": "{name: China, kind: state, summary: A state in Asia.}\n"})
    page = browser.new_page()
    with _serving(project, terminal) as address:
        _open(page, f"{address}/explainers/story/")
        yield Preview(project, address, page, terminal)
        page.close()


@contextmanager
def _serving(project: Path, terminal: Path, *options: str) -> Iterator[str]:
    """`mkdocs serve`, at the address that is given."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with terminal.open("w") as log:
        command = [sys.executable, "-m", "mkdocs", "serve", "-a", host, *options]
        server = subprocess.Popen(command, cwd=project, env=environment(project), stdout=log, stderr=log)
    try:
        yield f"http://{host}"
    finally:
        server.terminate()
        server.wait(20)


def _open(page: Page, address: str) -> None:
    for _ in range(100):
        try:
            page.goto(address)
        except Exception:  # noqa: BLE001 - it is not listening yet
            page.wait_for_timeout(200)
        else:
            return
    pytest.fail("the preview does not answer")


EDITS: dict[str, tuple[str, str, str, str]] = {
    "prose": ("docs/explainers/story.md", "A thing happened.{{", "Much happened.{{", "Much happened."),
    "title": ("docs/explainers/story.md", "title: What happened?", "title: What else?", "What else?"),
    "facts": (STORY, "The sky is blue.", "The sky is grey.", "The sky is grey."),
    "actor": ("data/actors/china.yml", "name: China", "name: Middle Kingdom", "Middle Kingdom"),
    "template": ("macros/templates/sources.html", "<ol", "<p>Mended</p>\n  <ol", "Mended"),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_shows_by_itself(preview: Preview, kind: str) -> None:
    """Whatever is saved is on the open page soon after, without a key pressed in the browser."""
    path, old, new, text = EDITS[kind]
    expect(preview.page.locator("#__content")).not_to_contain_text(text)
    preview.change(path, old, new)
    expect(preview.page.locator("#__content")).to_contain_text(text)


@pytest.mark.parametrize("kind", ["prose", "facts", "title"])
def test_an_edit_shows_where_it_is_read(preview: Preview, kind: str) -> None:
    """Words change in the open page, which is not loaded again and does not move; its scripts work on what is new."""
    page: Any = preview.page
    path, old, new, text = EDITS[kind]
    preview.change(path, new, old)
    expect(page.locator("#__content")).not_to_contain_text(text)
    page.reload()
    page.set_viewport_size({"width": 800, "height": 300})
    page.evaluate("window.isSame = true; scrollTo(0, 400)")
    marks = page.locator(".correct").count()
    assert marks
    preview.change(path, old, new)
    expect(page.locator("#__content")).to_contain_text(text)
    assert page.evaluate("[window.isSame, scrollY]") == [True, 400]
    assert page.locator(".correct").count() == marks
    if kind == "title":
        expect(page).to_have_title(f"{text} - Open Questions")


def test_a_heading_loads_the_page_again(preview: Preview) -> None:
    """It stands in the outline beside the article as well."""
    page: Any = preview.page
    page.evaluate("window.isSame = true")
    preview.change("docs/explainers/story.md", "## What has happened so far?", "## What came first?")
    expect(page.locator(".md-sidebar--secondary")).to_contain_text("What came first?")
    assert not page.evaluate("window.isSame ?? false")


def test_looks_show_by_themselves(preview: Preview) -> None:
    """So does a change to a style sheet."""
    sheet = preview.project / "macros/theme/assets/explainers.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\n.timeline { border-top: 7px solid }\n", encoding="utf-8")
    expect(preview.page.locator(".timeline")).to_have_css("border-top-width", "7px")


def test_code_shows_by_itself(preview: Preview) -> None:
    """A change to Python is in the next page, though Python keeps what it has once read."""
    preview.change("macros/words.py", '"Newspaper"', '"Gazette"')
    expect(preview.page.locator("#__content")).to_contain_text("Gazette")


MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "a wrong key": (STORY, "title: A thing", "titel: A thing", f"{STORY}:"),
    "broken YAML": (STORY, "sources:\n  s-one:", "sources:\n\ts-one:", f"{STORY}:"),
    "an unknown component": (
        "docs/explainers/story.md",
        "{{ timeline() }}",
        "{{ timelin() }}",
        "docs/explainers/story.md:",
    ),
    "half a call": ("docs/explainers/story.md", "{{ timeline() }}", "{{ timeline( }}", "docs/explainers/story.md:"),
    "a slip in Python": ("macros/words.py", "from __future__", "from __futur__", "macros/words.py:"),
    "a slip in what is read first": ("macros/dates.py", "from __future__", "from __futur__", "macros/dates.py:"),
    "a slip in the configuration": ("mkdocs.yml", "theme:", "theme: [", "mkdocs.yml"),
    "a slip in a template": ("macros/templates/sources.html", "{% for citation", "{% far citation", "sources.html"),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_shows_and_goes(preview: Preview, kind: str) -> None:
    """It is on the open page, on one not yet seen and in the terminal, with its place; mended, the page is back."""
    path, right, wrong, place = MISTAKES[kind]
    preview.change(path, right, wrong)
    expect(preview.page.locator("body")).to_contain_text(place)
    assert place in preview.page.request.get(f"{preview.address}/actors/").text()
    assert place in preview.terminal.read_text()
    assert "Traceback" not in preview.terminal.read_text()
    preview.change(path, wrong, right)
    expect(preview.page.locator("body")).not_to_contain_text(place)
    expect(preview.page.locator(".timeline")).to_be_visible()


def test_files_come_and_go(preview: Preview) -> None:
    """A new explainer is in the list at once, and is gone when its files are."""
    page: Any = preview.page
    page.goto(preview.address)
    article = ARTICLE.replace("What happened?", "What is new?")
    write(preview.project, {"data/explainers/new.yml": EXPLAINER, "docs/explainers/new.md": article})
    expect(page.locator(".explainers")).to_contain_text("What is new?")
    for path in ("data/explainers/new.yml", "docs/explainers/new.md"):
        (preview.project / path).unlink()
    expect(page.locator(".explainers")).not_to_contain_text("What is new?")


def test_the_next_one_starts_with_what_this_one_read(preview: Preview) -> None:
    """What was read and found in order is kept below `.cache`, as by a build."""
    assert list((preview.project / READ).glob("*/*"))


@pytest.mark.parametrize("option", ["--no-livereload", "--clean"])
def test_however_it_is_started(project: Path, browser: Browser, option: str) -> None:
    """Every page is there."""
    page = browser.new_page()
    with _serving(project, project.parent / "terminal.log", option) as address:
        _open(page, f"{address}/explainers/story/")
        expect(page.locator(".takeaways")).to_contain_text("The sky is blue.")
        assert page.request.get(f"{address}/next/").ok
        page.close()
