"""`python -m benchmarks.table --explainers 100`: what builds cost, ours beside each peer, in one run."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from benchmarks.engines import ENGINES, Engine
from benchmarks.measure import Cost, Failed, Stopped, run

Change = Callable[[Engine, Path, int], None]


def _nothing(engine: Engine, folder: Path, count: int) -> None:
    pass


def _cold(engine: Engine, folder: Path, count: int) -> None:
    for name in (engine.site, *engine.caches):
        shutil.rmtree(folder / name, ignore_errors=True)


def _article(engine: Engine, folder: Path, count: int) -> None:
    file = folder / engine.articles / f"story-{count // 2}.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}\nIt moved.\n", encoding="utf-8")


def _record(engine: Engine, folder: Path, count: int) -> None:
    _replace(folder / engine.facts / f"explainers/story-{count // 2}.yml", "    text: ", "    text: Today ")


def _actor(engine: Engine, folder: Path, count: int) -> None:
    _replace(folder / engine.facts / "actors/actor-7.yml", "name: ", "name: New ")


def _template(engine: Engine, folder: Path, count: int) -> None:
    path, word = engine.template
    _replace(folder / path, word, f"{word} now")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise click.ClickException(f"{file.name} has no `{old.strip()}`")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


CHANGES: dict[str, Change] = {
    "cold": _cold,
    "unchanged": _nothing,
    "one article": _article,
    "one record": _record,
    "one actor": _actor,
    "one template": _template,
}


@click.command()
@click.option("--explainers", "count", type=click.IntRange(1), default=100, show_default=True)
@click.option("--engine", "names", type=click.Choice(list(ENGINES)), multiple=True, help="Only these; all without.")
@click.option("--change", "kinds", type=click.Choice(list(CHANGES)), multiple=True, help="Only these; all without.")
@click.option("--minutes", type=click.FloatRange(0), default=math.inf, help="End a build that takes longer.")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Leave the projects in this folder.")
def main(count: int, names: tuple[str, ...], kinds: tuple[str, ...], minutes: float, keep: Path | None) -> None:
    """Build the same explainers with each generator, after each change, and print what it cost."""
    click.echo(f"N = {count}; wall s / CPU s / peak MB\n")
    kinds = kinds or tuple(CHANGES)
    click.echo(f"| | {' | '.join(kinds)} |\n|---|{'---|' * len(kinds)}")
    for name in names or ENGINES:
        click.echo(f"| {name} |", nl=False)
        with _folder(keep, name) as folder:
            for cell in _row(ENGINES[name], Path(folder), count, kinds, minutes):
                click.echo(f" {cell} |", nl=False)
        click.echo()


def _folder(keep: Path | None, name: str) -> AbstractContextManager[str]:
    if keep is None:
        return tempfile.TemporaryDirectory()
    place = keep / name.replace(" ", "-").lower()
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return nullcontext(str(place))


def _row(engine: Engine, folder: Path, count: int, kinds: tuple[str, ...], minutes: float) -> Iterator[str]:
    """A cell for each change; none is tried after a build that was stopped, nor where every build is a cold one."""
    engine.install()
    engine.write(folder, count)
    for number, kind in enumerate(kinds, 1):
        if number > 1 and not engine.remembers:
            yield "as cold"
            continue
        CHANGES[kind](engine, folder, count)
        try:
            yield _cell(run(engine.command(), folder, engine.environment(folder), minutes=minutes))
        except Failed as failed:
            click.echo(str(failed), err=True)
            yield "failed"
        except Stopped as stopped:
            yield from [str(stopped), *["not tried"] * (len(kinds) - number)]
            return


def _cell(cost: Cost) -> str:
    return f"{cost.wall:.2f} / {cost.cpu:.2f} / {cost.memory / 1e6:.0f}"


if __name__ == "__main__":
    main()
