"""The `explainers` command."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from macros import dates, reference
from macros.problems import FORMATS, Mistake
from macros.proofread import proofread


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else dates.parse_day(value)
        except Mistake as mistake:
            self.fail(f"{mistake.what}. {mistake.mend}.", param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check and tend explainers. Run it in the project's folder."""


@main.command()
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), default="text", help="How to print problems.")
@click.option("--today", type=_Day(), help="The day to check for, such as 2026-07-04.")
def check(format_: str, today: date | None) -> None:
    """Print every problem in data/ and docs/; exit 1 when there is any."""
    proof = proofread(_project(), _today(today))
    output = FORMATS[format_](proof.problems)
    if output:
        click.echo(output)
    if format_ == "text":
        click.echo(_summary(len(proof.problems), len(proof.library.explainers)), err=True)
    sys.exit(1 if proof.problems else 0)


@main.command()
def schema() -> None:
    """Write data/README.md and the schemas for editors from the model."""
    for path in reference.write(_project()):
        click.echo(path)


def _summary(problems: int, explainers: int) -> str:
    return f"{problems} problem{'s' * (problems != 1)} in {explainers} explainer{'s' * (explainers != 1)}"


def _today(chosen: date | None) -> date:
    try:
        return chosen or dates.today()
    except Mistake as mistake:
        raise click.UsageError(f"{mistake.what}. {mistake.mend}.") from None


def _project() -> Path:
    """The nearest folder upwards that holds mkdocs.yml."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file():
            return folder
    raise click.UsageError("there is no mkdocs.yml here or above; change to the project's folder first")


if __name__ == "__main__":
    main()
