"""What was found in order is not checked again, and nothing wrong is overlooked for that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from macros import proofread as module
from macros.memory import Memory
from macros.problems import Problem
from macros.proofread import proofread
from macros.store import Store
from tests.conftest import ARTICLE, EXPLAINER, write

DAY = date(2026, 7, 4)
LINKS = '\nSee {{ event("story/e-one") }} and [what](story.md#what-has-happened-so-far), {{ actor("china") }}, [us](../about.md).\n'
CHINA = "name: China\nkind: state\nsummary: A country.\n"


@pytest.fixture
def two(project: Path) -> Path:
    """A project of two explainers, of which the second names the first, an actor and a page."""
    write(project, {"data/explainers/other.yml": EXPLAINER, "docs/explainers/other.md": ARTICLE + LINKS})
    write(project, {"data/actors/china.yml": CHINA, "docs/chart.png": "no picture"})
    return project


def remembered(root: Path) -> tuple[Problem, ...]:
    """The problems that a build finds, with what builds before it have remembered."""
    memory = Memory(Store(root / "memory"), "engine")
    found = proofread(root, DAY, memory=memory).problems
    memory.close()
    return found


def remove(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).unlink()


def spell_and_remove(root: Path, words: str, path: str) -> None:
    """Remove what an article, known to be in order, names in another spelling."""
    write(root, {"docs/explainers/other.md": f"{ARTICLE}\n{words}\n"})
    assert remembered(root) == ()
    remove(root, path)


EDITS: dict[str, Callable[[Path], None]] = {
    "a record that another explainer names": lambda root: write(
        root, {"data/explainers/story.yml": EXPLAINER.replace("e-one", "e-two")}
    ),
    "a heading that another explainer leads to": lambda root: write(
        root, {"docs/explainers/story.md": ARTICLE.replace("What has happened", "Whatever happened")}
    ),
    "a whole explainer": lambda root: remove(root, "data/explainers/story.yml", "docs/explainers/story.md"),
    "an actor": lambda root: remove(root, "data/actors/china.yml"),
    "a page of the site": lambda root: remove(root, "docs/about.md"),
    "a draft": lambda root: write(root, {"data/explainers/story.yml": f"lifecycle: draft\n{EXPLAINER}"}),
    "its own facts": lambda root: write(
        root, {"data/explainers/other.yml": EXPLAINER.replace("[s-one]", "[s-two]", 1)}
    ),
    "its own text": lambda root: write(root, {"docs/explainers/other.md": ARTICLE.replace("s-one", "s-two")}),
    "its YAML": lambda root: write(root, {"data/explainers/other.yml": EXPLAINER + "sources: {}\n"}),
    "an actor whose name is spelled in another way": lambda root: spell_and_remove(
        root, '{{ actor("\\x63hina") }}', "data/actors/china.yml"
    ),
    "a picture that is spelled in another way": lambda root: spell_and_remove(
        root, "![it](../&#99;hart.png)", "docs/chart.png"
    ),
    "a TODO": lambda root: write(root, {"docs/explainers/other.md": ARTICLE + "\nTODO more.\n"}),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_breaks_is_found(two: Path, edit: Callable[[Path], None]) -> None:
    """The same problems as without a memory, and again in the build after."""
    assert remembered(two) == ()
    edit(two)
    expected = proofread(two, DAY).problems
    assert expected != ()
    assert remembered(two) == expected
    assert remembered(two) == expected


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_breaks_is_found_by_who_goes_on(two: Path, edit: Callable[[Path], None]) -> None:
    """So does a preview, which takes over the facts that it has loaded from the same text, and those that were mended."""
    right = {str(file.relative_to(two)): file.read_bytes() for file in (*two.glob("d*/*/*.*"), two / "docs/about.md")}
    first = proofread(two, DAY)
    edit(two)
    expected = proofread(two, DAY).problems
    broken = proofread(two, DAY, before=first.loaded)
    again = proofread(two, DAY, before=broken.loaded)
    assert broken.problems == again.problems == expected
    write(two, right)
    mended = proofread(two, DAY, before=again.loaded)
    assert (mended.problems, mended.loaded.explainers) == ((), first.loaded.explainers)


def test_what_is_taken_over_stays_remembered(two: Path) -> None:
    """A preview that reads nothing again does not forget for the next one what was read."""
    remembered(two)
    before = proofread(two, DAY)
    memory = Memory(Store(two / "memory"), "engine")
    assert (
        proofread(two, DAY, memory=memory, before=before.loaded).loaded.explainers["story"]
        is (before.loaded.explainers["story"])
    )
    memory.keep(True, "something new")
    memory.close()
    assert Memory(Store(two / "memory"), "engine").knows("yaml", "data/explainers/story.yml", EXPLAINER)


def test_what_is_in_order_is_not_read_again(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the YAML of its facts, nor its rules, nor its calls and links."""
    remembered(two)
    monkeypatch.setattr("macros.load.compose", None)
    checked: list[str] = []
    monkeypatch.setattr(module, "check_calls", lambda prose, *_: checked.append(prose.article.slug) or [])
    assert remembered(two) == ()
    assert set(checked) == {""}


@pytest.mark.parametrize(
    "new",
    [
        {"data/explainers/new.yml": EXPLAINER, "docs/explainers/new.md": ARTICLE},
        {"data/actors/japan.yml": CHINA.replace("China", "Japan")},
        {"docs/map.png": "no picture"},
    ],
    ids=["an explainer", "an actor", "a picture"],
)
def test_what_nobody_names_changes_nothing(two: Path, new: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file leaves what was found of the explainers that name nothing of it."""
    remembered(two)
    write(two, dict(new))
    checked: list[str] = []
    monkeypatch.setattr(module, "check_calls", lambda prose, *_: checked.append(prose.article.slug) or [])
    remembered(two)
    assert {*checked} - {"", "new"} == set()


def test_the_lines_of_records_are_remembered(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each record begins, for the links to edit it: the same without its YAML being read again."""
    remembered(two)
    expected = dict(proofread(two, DAY).lines)
    assert expected["story"]["e-one"] == EXPLAINER[: EXPLAINER.index("  e-one:")].count("\n") + 1
    found = proofread(two, DAY, memory=Memory(Store(two / "memory"), "engine"))
    monkeypatch.setattr("macros.documents.yaml.compose", None)
    assert dict(found.lines) == expected


def test_another_engine_remembers_nothing(two: Path) -> None:
    """Another version of the code may find other things wrong."""
    remembered(two)
    assert Memory(Store(two / "memory"), "another").recall("yaml", "data/explainers/story.yml", EXPLAINER) is None
    assert Memory(Store(two / "memory"), "engine").recall("yaml", "data/explainers/story.yml", EXPLAINER)
