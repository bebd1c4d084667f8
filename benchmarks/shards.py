"""`python -m benchmarks.shards`: builds the same site at once and by shards, and says what each step costs.

Exits 1 when the two sites differ in a byte.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from benchmarks.engines import ENGINES
from benchmarks.measure import Cost, run

OURS = ENGINES["ours"]
KEPT = Path(".cache/build")


@click.command()
@click.option("--explainers", "count", type=click.IntRange(1), default=300, show_default=True)
@click.option("--shards", "total", type=click.IntRange(1), default=3, show_default=True)
def main(count: int, total: int) -> None:
    """Print wall and processor seconds and memory of each step, and what the shards hand over."""
    with tempfile.TemporaryDirectory() as place:
        whole, merged = Path(place, "whole"), Path(place, "merged")
        whole.mkdir()
        OURS.write(whole, count)
        shutil.copytree(whole, merged)
        said("unsplit", run(OURS.command(), whole, OURS.environment(whole)))
        for number in range(1, total + 1):
            shard = Path(place, "shard")
            shutil.copytree(merged, shard, ignore=shutil.ignore_patterns(".cache", "site"))
            share = {"EXPLAINERS_SHARD": f"{number}/{total}"}
            said(f"shard {number}/{total}", run(OURS.command(), shard, OURS.environment(shard) | share))
            click.echo(f"           hands over {size(shard / KEPT) / 1e6:.1f} MB")
            shutil.copytree(shard / KEPT / "made", merged / KEPT / "made", dirs_exist_ok=True)
            shutil.rmtree(shard)
        said("merged", run(OURS.command(), merged, OURS.environment(merged)))
        click.echo(f"           a site of {size(whole / 'site') / 1e6:.1f} MB")
        same = contents(whole / "site") == contents(merged / "site")
    click.echo("the same, byte for byte" if same else "the sites differ")
    sys.exit(not same)


def said(step: str, cost: Cost) -> None:
    """Print what a step cost."""
    click.echo(
        f"{step:10} {cost.wall:7.1f} s wall {cost.cpu:7.1f} s of processors {cost.memory / 1e6:6.0f} MB", nl=True
    )


def size(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


if __name__ == "__main__":
    main()
