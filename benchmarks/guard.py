"""`python -m benchmarks.guard`: fails when our builds grew dearer, held against stock MkDocs on the same machine.

What is compared is processor time, in the same minutes, of the same explainers: a slower machine slows both.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.engines import ENGINES, Engine
from benchmarks.measure import run
from benchmarks.table import CHANGES

FEW, MANY = 15, 45
OURS, STOCK = ENGINES["ours"], ENGINES["stock MkDocs"]


@dataclass(frozen=True)
class Limit:
    """A ratio of processor times, how high it may be, and what it means when it is higher."""

    name: str
    most: float
    reason: str

    def judged(self, ratio: float) -> str:
        if ratio <= self.most:
            return f"{self.name}: {ratio:.2f}, at most {self.most}"
        return f"{self.name}: {ratio:.2f} is more than {self.most}. {self.reason}"


EACH = Limit(
    "one explainer more, cold, against stock",
    6.0,
    "Making an explainer with all its pages, pictures and files costs more than it did: profile a build of "
    "`benchmarks.table --engine ours --change cold`.",
)
EDIT = Limit(
    "one article edited, against stock",
    1.6,
    "A build after an edit takes nearly everything from an earlier one (macros/building, macros/memory.py): look for a "
    "key that is new with each build, a page that reads too many files, or work that is done for pages that are ready.",
)
SAME = Limit(
    "nothing changed, against stock",
    0.5,
    "Such a build only compares (macros/takeover/unchanged.py): look for something that is read or imported before, "
    "or for a site that the build itself changes after its note is written.",
)


def main() -> None:
    """Measure, print each ratio, and exit 1 when one is too high."""
    with tempfile.TemporaryDirectory() as folder:
        found = list(_ratios(Path(folder)))
    for limit, ratio in found:
        click.echo(limit.judged(ratio))
    sys.exit(any(ratio > limit.most for limit, ratio in found))


def _ratios(folder: Path) -> Iterator[tuple[Limit, float]]:
    ours, stock = (_costs(engine, folder / engine.name.replace(" ", "-")) for engine in (OURS, STOCK))
    yield EACH, (ours["cold"] - ours["few"]) / (stock["cold"] - stock["few"])
    yield EDIT, ours["one article"] / stock["one article"]
    yield SAME, ours["unchanged"] / stock["cold"]


def _costs(engine: Engine, folder: Path) -> dict[str, float]:
    """Seconds of processors for a build of few explainers, of many, and of the many after each change."""
    few, many = folder / "few", folder / "many"
    for place, count in ((few, FEW), (many, MANY)):
        place.mkdir(parents=True)
        engine.write(place, count)
    costs = {"few": _cpu(engine, few)}
    for kind in ("cold", "unchanged", "one article"):
        CHANGES[kind](engine, many, MANY)
        costs[kind] = _cpu(engine, many)
    return costs


def _cpu(engine: Engine, folder: Path) -> float:
    return run(engine.command(), folder, engine.environment(folder)).cpu


if __name__ == "__main__":
    main()
