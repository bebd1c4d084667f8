"""What the tests share: a small true project to break, and the ways to run it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browser as tools
from tests.processes import ran

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, not in each of several hundred processes
sys.dont_write_bytecode = False
ROOT = Path(__file__).parent.parent
TODAY = "2026-07-04"

EXPLAINER = """\
takeaways:
  t-one: {text: The sky is blue., sources: [s-one]}
timeline:
  e-one: {date: 2025-10-30, title: A thing happened, sources: [s-one]}
sources:
  s-one: {title: A page, publisher: A paper, url: https://example.org/page, kind: newspaper}
"""

ARTICLE = """\
---
title: What happened?
description: A thing did.
---

A thing happened.{{ cite("s-one") }}

{{ takeaways() }}

## What has happened so far?

{{ timeline() }}

## What does this rest on?

{{ sources() }}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one small explainer in which nothing is wrong, in a folder of its own."""
    return new_project(tmp_path, own_code=False)


def new_project(folder: Path, *, own_code: bool = True) -> Path:
    """Put the small project into a folder; its code is a copy that a test may change, or a link."""
    write(
        folder,
        {
            "data/explainers/story.yml": EXPLAINER,
            "docs/explainers/story.md": ARTICLE,
            "docs/index.md": "---\ntitle: Home\n---\n\n{{ explainers() }}\n",
            "docs/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
        },
    )
    (folder / "data/actors").mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if own_code:
        shutil.copytree(ROOT / "macros", folder / "macros")  # with what Python has compiled
    else:
        (folder / "macros").symlink_to(ROOT / "macros")
    return folder


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    """Put files below a folder."""
    for name, content in files.items():
        path = folder / name
        assert path.resolve().is_relative_to(folder.resolve()), f"{name} would be written into the code that is tested"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path from there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def environment(folder: Path, today: str = TODAY) -> dict[str, str]:
    """The environment that runs the code of this folder on a fixed day."""
    return {
        **os.environ,
        "PYTHONPATH": str(folder),
        "EXPLAINERS_TODAY": today,
        "SOURCE_DATE_EPOCH": "1783123200",
        "NO_MKDOCS_2_WARNING": "1",
    }


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share what a fixture has made for their module run in one process, or it would be made in each."""
    for item in items:
        found = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
        shared = any(fixtures[-1].scope == "module" for fixtures in found.values())
        if shared and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


Run = Callable[..., subprocess.CompletedProcess[str]]


def run(folder: Path, *command: str, today: str = TODAY, as_of: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of the project in a folder, as a user would; `as_of` with what was known on that day."""
    module = {"explainers": "macros.cli", "mkdocs": "mkdocs"}[command[0]]
    return ran(folder, module, command[1:], environment(folder, today) | {"EXPLAINERS_AS_OF": as_of})


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real browser for all tests of a process."""
    with tools.chromium() as found:
        yield found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The real site, built strictly, by the first process of the test run that needs it."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder = shared / "real-site"
    with (shared / "real-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            built = run(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(folder))
            assert built.returncode == 0, built.stdout + built.stderr
    return folder
