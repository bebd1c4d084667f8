"""A site of one's own: it works with the packed engine, is branded, holds nothing of ours, and takes later engines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from click.testing import CliRunner

from macros import starter
from macros.cli import main
from tests.conftest import ROOT, environment, write

NAME = "Harbour Watch"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine as another site gets it: what its wheel holds, and nothing else of this folder."""
    folder = tmp_path_factory.mktemp("engine")
    command = [os.environ.get("UV", "uv"), "build", "--wheel", "--quiet", "--out-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    ZipFile(next(folder.glob("*.whl"))).extractall(folder)
    return folder


def call(engine: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the packed engine in a folder."""
    module = {"explainers": "macros.cli", "mkdocs": "mkdocs"}[command[0]]
    line = [sys.executable, "-m", module, *command[1:]]
    return subprocess.run(line, cwd=folder, env=environment(engine), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def own(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody else's site, just begun, and built strictly."""
    folder = tmp_path_factory.mktemp("own") / "harbour-watch"
    made = call(engine, folder.parent, "explainers", "init", str(folder), "--name", NAME)
    assert made.returncode == 0, made.stderr
    assert sorted(made.stdout.split()) == sorted(texts(folder))
    built = call(engine, folder, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def texts(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Every text below a folder by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob(pattern)
        if file.is_file()
    }


def test_it_works_as_it_is(engine: Path, own: Path) -> None:
    """Nothing is wrong with what was begun, and nothing is left to mend."""
    checked = call(engine, own, "explainers", "check", "--fix")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "mended" not in checked.stderr
    assert (own / "site/explainers/sample/index.html").is_file()
    assert (own / "site/feed.xml").is_file()


def test_it_is_theirs(own: Path) -> None:
    """The name on every page is theirs, and the colours come from their own file; ours stands only where the engine is credited."""
    pages = texts(own / "site", "*.html")
    assert len(pages) > 10
    assert [path for path, html in pages.items() if NAME not in html and "embed/" not in path] == []
    credited = {path for path, html in pages.items() if "Open Questions" in html}
    assert credited == {"about/index.html"}
    assert "--link:#0a5c4e" in re.sub(r"\s", "", next(iter(texts(own / "site/assets", "site.*.css").values())))


def test_it_holds_no_facts_of_ours(own: Path) -> None:
    """Text and facts are a sample that says so: no actor of our stories, no source of ours."""
    names = [yaml.safe_load(file.read_text(encoding="utf-8"))["name"] for file in ROOT.glob("data/actors/*.yml")]
    written = [
        *texts(own / "data/explainers").values(),
        *texts(own / "docs").values(),
        *texts(own / "site", "*.html").values(),
    ]
    assert [name for name in names if any(re.search(rf"\b{re.escape(name)}\b", text) for text in written)] == []
    assert "This page is a sample." in (own / "docs/explainers/sample.md").read_text(encoding="utf-8")


def test_later_engines_are_taken_over(engine: Path, own: Path) -> None:
    """What belongs to the engine is written anew, and named; what a person wrote stays as it is."""
    write(own, {"engine.yml": "theme: {}\n", ".github/workflows/publish.yml": "on: push\n", "README.md": "# Ours\n"})
    first, second = call(engine, own, "explainers", "update"), call(engine, own, "explainers", "update")
    assert (first.returncode, first.stdout.split()) == (0, [".github/workflows/publish.yml", "engine.yml"])
    assert (second.returncode, second.stdout) == (0, "")
    assert (own / "README.md").read_text(encoding="utf-8") == "# Ours\n"
    published = (ROOT / ".github/workflows/publish.yml").read_bytes()
    assert (own / ".github/workflows/publish.yml").read_bytes() == published


def test_the_workflows_are_safe(own: Path) -> None:
    """The auditor finds nothing in the workflows of a new site either."""
    command = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--persona=auditor", str(own / ".github")]
    audited = subprocess.run(command, capture_output=True, text=True, check=False)
    assert audited.returncode == 0, audited.stdout + audited.stderr


@pytest.mark.parametrize(
    ("there", "arguments", "says"),
    [
        ({"own/notes.txt": "Mine."}, ["own"], "there is something at own already"),
        ({"own": "A file."}, ["own"], "there is something at own already"),
        ({"own": "A file."}, ["own/site"], "own/site cannot be written"),
        ({}, ["own", "--name", 'The "Watch"'], "a name is one line without quotation marks"),
        ({}, ["own", "--name", " "], "a name is one line"),
    ],
)
def test_nothing_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: dict[str, str | bytes], arguments: list[str], says: str
) -> None:
    """What cannot be done is said in a line, and what is there stays."""
    write(tmp_path, there)
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["init", *arguments])
    assert (made.exit_code, made.stdout) == (1, "")
    assert says in made.stderr
    assert texts(tmp_path) == there


def settings(path: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    return found


def test_engine_and_our_own_settings_agree() -> None:
    """Another site is set up as ours is, but for where its code, its colours and its repository are."""
    ours, theirs = settings("mkdocs.yml"), settings("macros/starter/skeleton/engine.yml")
    assert ours["extra"].pop("repository") == starter.ENGINE
    del ours["theme"]["custom_dir"], ours["plugins"][-1]["macros"]["module_name"]
    assert theirs["plugins"][-1]["macros"].pop("modules") == ["macros"]
    assert theirs["extra_css"].pop() == "assets/brand.css"
    ours["not_in_nav"] = ours["not_in_nav"].replace("/messages.md\n", "")
    assert theirs == {key: value for key, value in ours.items() if key in theirs}
    own = settings("macros/starter/skeleton/mkdocs.yml")
    assert {*own, *theirs} - {"INHERIT"} == {*ours}
    assert own["nav"] == ours["nav"]
