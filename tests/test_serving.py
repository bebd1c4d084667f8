"""What a preview takes in without a whole build, and that nobody could tell from what it serves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import mkdocs
import pytest
from mkdocs.livereload import LiveReloadServer

from macros.serving import Preview
from tests.conftest import ARTICLE, EXPLAINER, TODAY, new_project, write
from tests.edits import run
from tests.served import Served

ACTORS = "actors:\n  {id}: {{role: A buyer., sources: [s-one]}}\ntakeaways:"
ACTOR = "{{name: {name}, kind: state, summary: A state.}}\n"


@pytest.fixture(autouse=True, scope="module")
def day() -> Iterator[None]:
    with mock.patch.dict(os.environ, {"EXPLAINERS_TODAY": TODAY, "SOURCE_DATE_EPOCH": "1783123200"}):
        yield


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The preview of two explainers, each with an actor of its own, and of a third that has none."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "project").mkdir()
    project = new_project(folder / "project", own_code=False)
    for name in ("china", "india"):
        write(
            project,
            {
                f"data/actors/{name}.yml": ACTOR.format(name=name.title()),
                f"data/explainers/{name}.yml": EXPLAINER.replace("takeaways:", ACTORS.format(id=name)),
                f"docs/explainers/{name}.md": ARTICLE,
            },
        )
    return Served(project, folder / "site")


def change(served: Served, path: str, old: str, new: str) -> set[str]:
    """Edit a file; returns the files of the site that are stale after it."""
    file = served.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = {found.relative_to(served.site).as_posix() for found in served.site.rglob("*") if found.is_file()}
    served.edit(path)
    assert served.standing
    return {path for path in before if served.standing.stale.holds(path)}


def test_random_edits_are_served_as_a_clean_build_has_them(tmp_path: Path) -> None:
    """Byte for byte, whatever was edited, added, deleted, broken and mended; most of it without a whole build."""
    (tmp_path / "project").mkdir()
    assert run(tmp_path, edits=24, seed=3, every=12, said=print) < 14


def test_an_actor_makes_stale_what_shows_it(served: Served) -> None:
    """Their page, the explainers they are in, and the lists; every other page stays, and nothing is made in advance."""
    before, wholes = served.files(), served.wholes
    stale = change(served, "data/actors/china.yml", "name: China", "name: Cathay")
    pages = {path for path in stale if path.endswith(".html")}
    assert not any("india" in path or "story" in path for path in pages)
    after = served.files()
    assert {path for path in before if before[path] != after.get(path)} <= stale
    shown = {path for path in pages if b"Cathay" in after[path]}
    assert {"actors/china/index.html", "explainers/china/index.html", "actors/index.html"} <= shown
    assert served.wholes == wholes


def test_a_title_is_new_in_every_list(served: Served) -> None:
    """On the page itself, the home page, the list of all, the topics, and in the feeds of the site."""
    wholes = served.wholes
    change(served, "docs/explainers/story.md", "title: What happened?", "title: What else?")
    for path in ("explainers/story/index.html", "index.html", "explainers/index.html", "api/v1/index.json"):
        assert "What else?" in served.get(path)
    assert served.wholes == wholes


def test_a_save_without_a_change_makes_nothing_stale(served: Served) -> None:
    served.files()
    assert change(served, "docs/explainers/story.md", "A thing happened", "A thing happened") == set()


def test_what_is_wrong_is_left_to_a_whole_build(served: Served) -> None:
    """It shows the mistake on every page; so does the build after the next edit, until it is mended."""
    wholes = served.wholes
    change(served, "docs/explainers/story.md", "{{ timeline() }}", "{{ timelin() }}")
    assert "there is no component `timelin`" in served.get("explainers/china/index.html")
    change(served, "docs/explainers/story.md", "{{ timelin() }}", "{{ timeline() }}")
    assert "there is no component" not in served.get("explainers/china/index.html")
    assert served.wholes == wholes + 2


def test_another_mkdocs_builds_as_it_does(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a version this was not written for, its own builder, watching and script stay."""
    monkeypatch.setattr(mkdocs, "__version__", "1.7.0")
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(served.site))
    observer, app = server.observer, server.get_app()
    build = mock.Mock()
    Preview(server, served.root, lambda: served.standing, mock.Mock()).begin(build)
    assert (server.builder, server.observer, server.get_app()) == (build, observer, app)
    server.server_close()


def test_a_picture_that_is_gone(served: Served) -> None:
    """Nothing is known of how pages depend on it: the whole site is built. A passing file of an editor counts for nothing."""
    write(served.root, {"docs/picture.png": b"dots"})
    served.edit("docs/picture.png")
    assert (served.site / "picture.png").exists()
    wholes = served.wholes
    served.edit("docs/explainers/story.md~", "docs/explainers/4913")
    assert served.wholes == wholes
    (served.root / "docs/picture.png").unlink()
    served.edit("docs/picture.png")
    assert served.wholes == wholes + 1


def test_a_folder_that_is_moved_away(served: Served) -> None:
    """The system names the folder only."""
    write(served.root, {"docs/pictures/one.png": b"dots"})
    served.edit("docs/pictures/one.png")
    wholes = served.wholes
    (served.root / "docs/pictures").rename(served.root.parent / "pictures")
    served.edit("docs/pictures/")
    assert served.wholes == wholes + 1


def test_a_name_of_any_length(served: Served) -> None:
    """Whoever asks for it is told that it is not there."""
    served.files()
    assert served.standing
    assert not served.standing.stale.holds(f"{'a' * 300}/index.html")
