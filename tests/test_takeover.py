"""Whether there is anything to build, and what happens to the site that stands."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config import load_config

from macros.takeover import is_known
from macros.takeover.keys import Keys, code
from macros.takeover.swap import Hindered, Swap
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


def test_what_is_hidden_outlives_an_interrupted_build(tmp_path: Path) -> None:
    """Also one that was stopped when the new site stood, and what is hidden had still to come to it."""
    write(tmp_path, {"site/index.html": "new", ".site.old/index.html": "old", ".site.old/.git/config": "hidden"})
    Swap(tmp_path / "site").begin()
    assert contents(tmp_path) == {"site/index.html": b"new", "site/.git/config": b"hidden"}


def test_what_is_hidden_can_be_built(tmp_path: Path) -> None:
    """What a build makes stands there as it made it, again and again; the rest stays."""
    for text in ("first", "second", "third"):
        write(tmp_path, {"site/.git/config": "hidden"})
        swap = Swap(tmp_path / "site")
        write(swap.begin(), {".well-known/security.txt": text, ".htaccess": text})
        swap.commit()
        built = {"site/.well-known/security.txt": text.encode(), "site/.htaccess": text.encode()}
        assert contents(tmp_path) == {**built, "site/.git/config": b"hidden"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_two_builds_of_one_site_do_not_mix(tmp_path: Path) -> None:
    """The second one says so and ends; the first one is not disturbed. Afterwards there is room for another."""
    first = Swap(tmp_path / "site")
    write(first.begin(), {"index.html": "whole"})
    with pytest.raises(Hindered, match="Another build of this site is at work"):
        Swap(tmp_path / "site").begin()
    first.commit()
    assert contents(tmp_path) == {"site/index.html": b"whole"}
    Swap(tmp_path / "site").begin()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site is built there too."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    swap = Swap(tmp_path / "site")
    write(swap.begin(), {"index.html": "whole"})
    swap.commit()
    assert contents(tmp_path) == {"site/index.html": b"whole"}


def test_a_site_that_cannot_be_written(tmp_path: Path) -> None:
    """It is said in one line what is in the way."""
    write(tmp_path, {"folder": "a file"})
    with pytest.raises(Hindered, match="cannot be written: Not a directory"):
        Swap(tmp_path / "folder/site").begin()


@pytest.mark.parametrize("extension", ["pymdownx.snippets", "pymdownx.b64", "their.own"])
def test_what_reads_further_files_is_not_known(extension: str) -> None:
    """An extension of Markdown may take files into a page that no key stands for: each build makes all pages then."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert is_known(config)
    config.markdown_extensions.append(extension)
    assert not is_known(config)


@pytest.mark.parametrize("place", ["folder", "mount", "container"])
def test_a_site_may_stand_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """Behind a link, or in a folder that cannot be moved, since it is mounted or came with a container."""
    monkeypatch.setattr("os.path.ismount", lambda path: place == "mount")
    rename = Path.rename

    def moved(path: Path, target: Path) -> Path:
        if place == "container" and path.name == "elsewhere":
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", moved)
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


def test_a_file_in_a_linked_folder(note: Callable[[], Note], tmp_path: Path) -> None:
    """MkDocs follows links to folders, so pictures that lie elsewhere are part of the site; a link to nowhere is not."""
    write(tmp_path, {"elsewhere/chart.svg": "old"})
    (tmp_path / "docs/linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "docs/nowhere").symlink_to(tmp_path / "gone", target_is_directory=True)
    note().write([])
    assert note().said() == []
    write(tmp_path, {"elsewhere/chart.svg": "new"})
    assert note().said() is None


def test_a_file_changed_during_the_build(note: Callable[[], Note], tmp_path: Path) -> None:
    """Nobody knows whether the site has it: the next build builds, even when it was changed back."""
    (tmp_path / "built.json").unlink()
    begun = note()
    write(tmp_path, {"docs/b.md": "changed"})
    begun.write([])
    write(tmp_path, {"docs/b.md": "b"})
    assert note().said() is None


def test_a_note_that_cannot_be_written(tmp_path: Path) -> None:
    """The site is built all the same; the next build does not know of it."""
    write(tmp_path, {"docs/b.md": "b", "built": "a file where the folder should be"})
    found = Note(tmp_path / "built/note.json", tmp_path / "site", tmp_path, "engine")
    found.write([])
    assert found.said() is None
