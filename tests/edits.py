"""Random edits of a small project, and whether the preview then serves what a preview that starts now would.

`python -m tests.edits --edits 2000` makes as many; a difference is shown with the edits that led to it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from tests.conftest import new_project
from tests.desk import Desk
from tests.served import Served


def small_project(folder: Path, seed: int) -> Desk:
    """A project with a few explainers and actors, and who edits it."""
    new_project(folder, own_code=False)
    for path in ("data/explainers/story.yml", "docs/explainers/story.md"):
        (folder / path).unlink()
    return Desk(folder, seed)


def differences(preview: Served, clean: Path) -> list[str]:
    """The files in which the preview and a preview that starts now differ."""
    expected, found = preview.clean(clean), preview.files()
    return sorted(path for path in expected.keys() | found.keys() if expected.get(path) != found.get(path))


def look(preview: Served, desk: Desk) -> None:
    """Ask for some page, as a reader would: what is stale is made in any order."""
    preview.get(desk.draw.choice(preview.pages()))


def run(folder: Path, edits: int, seed: int, every: int, said: Callable[[str], None]) -> int:
    """Make the edits, compare after each `every`; returns how many led to a whole build. Raises at a difference."""
    desk = small_project(folder / "project", seed)
    preview = Served(folder / "project", folder / "served")
    done = []
    for number in range(1, edits + 1):
        kind, paths = desk.edit()
        preview.edit(*paths)
        done.append(f"{kind} {' '.join(paths)}")
        look(preview, desk)
        if number % every == 0 or number == edits:
            wrong = differences(preview, folder / "clean")
            if wrong:
                raise AssertionError("\n".join(["after", *done[-every:], f"these differ: {wrong}"]))
            said(f"{number} edits, {preview.wholes} whole builds")
    return preview.wholes


@click.command()
@click.option("--edits", default=2000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--every", default=10, show_default=True, help="Compare after as many edits.")
@click.option("--keep", type=click.Path(path_type=Path), help="Leave the project and both sites in this folder.")
def main(edits: int, seed: int, every: int, keep: Path | None) -> None:
    """Edit a small project at random, and compare what is served with a clean build."""
    folder = keep or Path(tempfile.mkdtemp())
    (folder / "project").mkdir(parents=True)
    run(folder, edits, seed, every, click.echo)


if __name__ == "__main__":
    main()
