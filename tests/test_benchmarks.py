"""What the benchmarks build, and how they judge. Times are their own business: nothing is measured here."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from benchmarks import guard, measure, parts
from benchmarks.engines import ENGINES, Engine
from benchmarks.stories import RECORDS, story
from benchmarks.table import CHANGES
from macros.proofread import proofread
from tests.conftest import ROOT


def test_the_same_number_is_the_same_explainer() -> None:
    """About 900 words and 40 records, each time; another number is another one."""
    found = story(3, 100)
    assert found == story(3, 100)
    assert found.facts != story(4, 100).facts
    words = sum(len(text.split()) for _, paragraphs in found.sections for text, _ in paragraphs)
    assert 850 < words < 950
    assert sum(len(found.facts[section]) for section in RECORDS) == 40


def test_every_part_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each, and none of them fails."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parts, "COUNT", 8)
    monkeypatch.setattr(parts, "TIMES", 1)
    parts.main()
    assert capsys.readouterr().out.count("\n") == 14


def test_ours_have_nothing_wrong_in_them(tmp_path: Path) -> None:
    """Else there would be nothing to measure; after each edit too."""
    engine = ENGINES["ours"]
    engine.write(tmp_path, 2)
    for edit in CHANGES.values():
        edit(engine, tmp_path, 2)
        assert proofread(tmp_path, date(2026, 7, 4)).problems == ()


@pytest.mark.parametrize(
    "engine", [engine for engine in ENGINES.values() if engine.name != "ours"], ids=lambda e: e.name
)
def test_the_others_get_the_same_words(engine: Engine, tmp_path: Path) -> None:
    """Every paragraph and every record's title, and each edit finds what it changes."""
    engine.write(tmp_path, 2)
    found = story(1, 2)
    article = (tmp_path / engine.articles / "story-1.md").read_text(encoding="utf-8")
    assert all(text in article for _, paragraphs in found.sections for text, _ in paragraphs)
    for edit in CHANGES.values():
        edit(engine, tmp_path, 2)


def test_a_build_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    """With everything that it started, and what it exceeded is said."""
    waits = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with pytest.raises(measure.Stopped, match=r"^over 0\.01 min$"):
        measure.run([sys.executable, "-c", waits], tmp_path, {}, minutes=0.01)


def test_a_build_that_takes_too_much_memory_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the machine has none left for others."""
    monkeypatch.setattr(measure, "MOST", 30e6)
    grows = "import time; kept = bytearray(200_000_000); time.sleep(60)"
    with pytest.raises(measure.Stopped, match=r"^over 30 MB$"):
        measure.run([sys.executable, "-c", grows], tmp_path, {})


def test_what_grew_is_said_with_its_reason() -> None:
    """A ratio within its limit says so; one above it says where to look."""
    assert guard.SAME.judged(0.1) == "nothing changed, against stock: 0.10, at most 0.5"
    assert guard.SAME.judged(0.6).startswith("nothing changed, against stock: 0.60 is more than 0.5. Such a build only")


def test_each_file_that_a_reason_names_is_there() -> None:
    """A reason that leads nowhere helps nobody."""
    for limit in (guard.EACH, guard.EDIT, guard.SAME):
        named = [word.strip("(),:`") for word in limit.reason.split() if "macros/" in word]
        assert all((ROOT / name).exists() for name in named), named


def test_continuous_integration_runs_it() -> None:
    """The workflow calls the command that its module says."""
    workflow = (ROOT / ".github/workflows/benchmark.yml").read_text(encoding="utf-8")
    assert "python -m benchmarks.guard" in workflow
    assert "python -m benchmarks.guard" in (guard.__doc__ or "")
