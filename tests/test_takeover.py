"""Whether there is anything to build, and what happens to the site that stands."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.takeover.keys import Keys, code
from macros.takeover.swap import Swap
from macros.takeover.unchanged import Note
from tests.conftest import ROOT, contents, new_project, write

LOADS = "import sys, macros.plugin, macros.stash; print(*sys.modules)"


def test_what_stands_needs_little() -> None:
    """To find that there is nothing to build, a build loads neither facts nor what makes pages and drawings of them."""
    loaded = subprocess.run([sys.executable, "-c", LOADS], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "macros.takeover" in loaded.split()
    assert {"macros.model", "macros.site_build", "pydantic", "icalendar", "igraph"} & set(loaded.split()) == set()


def test_a_key_changes_with_everything_it_stands_for(tmp_path: Path) -> None:
    """Name, engine, content of each file, and which file has which."""
    write(tmp_path, {"a": "one", "b": "two"})
    key = Keys(tmp_path, "engine").key("name", ["a", "b"])
    assert Keys(tmp_path, "engine").key("name", ["b", "a"]) == key
    others = {
        Keys(tmp_path, "another").key("name", ["a", "b"]),
        Keys(tmp_path, "engine").key("other", ["a", "b"]),
        Keys(tmp_path, "engine").key("name", ["a"]),
        Keys(tmp_path, "engine").key("name", ["a", "b", "none"]),
        Keys(tmp_path, "engine").key("name", ["a", "b"], "more"),
    }
    write(tmp_path, {"a": "two", "b": "one"})
    others.add(Keys(tmp_path, "engine").key("name", ["a", "b"]))
    assert len(others | {key}) == 7


def test_the_code_is_part_of_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template, the theme, Python: whatever changes in the package."""
    project = new_project(tmp_path)
    monkeypatch.setattr("macros.takeover.keys.CODE", project / "macros")
    found = {code()}
    for name in ("render.py", "templates/timeline.html", "theme/page.html", "theme/assets/due.js"):
        write(project, {f"macros/{name}": "changed"})
        found.add(code())
    assert len(found) == 5


def test_what_an_interrupted_build_left_is_cleared(tmp_path: Path) -> None:
    """Also where it was stopped between taking the old site away and putting the new one there."""
    write(tmp_path, {".site.old/index.html": "old", ".site.new/index.html": "half"})
    assert list(Swap(tmp_path / "site").begin().iterdir()) == []
    assert contents(tmp_path) == {"site/index.html": b"old"}


def test_the_new_site_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """Nothing of the old one is left but what is hidden, which MkDocs never deletes."""
    write(tmp_path, {"site/index.html": "old", "site/gone/index.html": "old", "site/.git/config": "hidden"})
    swap = Swap(tmp_path / "site")
    write(swap.begin(), {"index.html": "new"})
    swap.commit()
    assert contents(tmp_path) == {"site/index.html": b"new", "site/.git/config": b"hidden"}


@pytest.mark.parametrize("mounted", [False, True])
def test_a_site_may_stand_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounted: bool) -> None:
    """Behind a link, or in a folder that is mounted and cannot be moved."""
    monkeypatch.setattr(Path, "is_mount", lambda self: mounted)
    write(tmp_path, {"elsewhere/index.html": "old", "elsewhere/gone/index.html": "old"})
    (tmp_path / "site").symlink_to("elsewhere")
    swap = Swap(tmp_path / "site")
    write(swap.begin(), {"index.html": "new"})
    swap.commit()
    assert contents(tmp_path / "site") == {"index.html": b"new"}
    assert (tmp_path / "site").is_symlink()


@pytest.fixture
def note(tmp_path: Path) -> Callable[[], Note]:
    """A note about a site that was just built, as later builds find it."""
    write(tmp_path, {"data/a.yml": "a", "docs/b.md": "b", "site/index.html": "c"})
    found = lambda: Note(tmp_path / "built.json", tmp_path / "site", tmp_path, "engine")  # noqa: E731
    found().write(["A line"])
    return found


def test_a_note_of_a_site_that_stands(note: Callable[[], Note]) -> None:
    """It repeats what the build said."""
    assert note().said() == ["A line"]


@pytest.mark.parametrize(
    "files",
    [
        {"data/a.yml": "changed"},
        {"docs/more.md": "b"},
        {"site/index.html": "damaged"},
        {"site/more.html": "foreign"},
        {"built.json": "{"},
        {"built.json": "[]"},
        {"built.json": "{}"},
    ],
)
def test_a_note_that_does_not_hold(note: Callable[[], Note], tmp_path: Path, files: dict[str, str | bytes]) -> None:
    """Input, site or the note itself is another: the site is built."""
    write(tmp_path, files)
    assert note().said() is None


def test_a_file_changed_during_the_build(note: Callable[[], Note], tmp_path: Path) -> None:
    """Nobody knows whether the site has it: the next build builds, even when it was changed back."""
    (tmp_path / "built.json").unlink()
    begun = note()
    write(tmp_path, {"docs/b.md": "changed"})
    begun.write([])
    write(tmp_path, {"docs/b.md": "b"})
    assert note().said() is None
