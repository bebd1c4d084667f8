"""The `explainers` command."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TypeVar

import click

from macros import brief, dates, github, reference, reminders, starter, tidy
from macros import comment as comments
from macros import diff as differences
from macros import editor as web_editor
from macros.alive import dead
from macros.articles import load_articles
from macros.drafting import draft
from macros.drift import Project, drifted
from macros.due import formatted, overdue
from macros.files import read_raw
from macros.git import snapshot
from macros.load import check_name, load
from macros.problems import FORMATS, Mistake, Problem
from macros.proofread import proofread
from macros.shards import VARIABLE, Shard

ReadT = TypeVar("ReadT")


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else dates.parse_day(value)
        except Mistake as mistake:
            self.fail(f"{mistake.what}. {mistake.mend}.", param, ctx)


class _Commands(click.Group):
    """Says in one line what kept a command from its work, such as a folder that cannot be written."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Mistake as mistake:
            raise click.ClickException(f"{mistake.what}. {mistake.mend}.") from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # click's own business: whoever read the output has gone
                raise
            raise click.ClickException(
                f"{error.filename}: {error.strerror}." if error.filename else f"{error}."
            ) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check and tend explainers. Run it in the project's folder."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may know fewer letters than we write


@main.command()
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), default="text", help="How to print problems.")
@click.option("--today", type=_Day(), help="The day to check for, such as 2026-07-04.")
@click.option("--since", metavar="BASE", help="List too what cites a record that changed since this commit or branch.")
@click.option("--fix", "mend", is_flag=True, help="First mend what is only form: order, spaces, dates, lists.")
def check(format_: str, today: date | None, since: str | None, mend: bool) -> None:
    """Print every problem in data/ and docs/; exit 1 when there is any. What drafts leave to do is no problem."""
    project = _project()
    for path in tidy.fix(project) if mend else []:
        click.echo(f"{path}: mended", err=True)
    proof = proofread(project, _today(today))
    problems = sorted([*proof.problems, *_drifted(project, since)])
    output = FORMATS[format_](problems)
    if output:
        click.echo(output)
    if format_ == "text":
        click.echo(_summary(problems, len(proof.library.explainers)), err=True)
    sys.exit(any(problem.severity == "error" for problem in problems))


def _drifted(project: Path, since: str | None) -> list[Problem]:
    if since is None:
        return []
    return list(drifted(_as_of(project, since), _as_of(project, None)))


def _as_of(project: Path, revision: str | None) -> Project:
    """The project's facts and articles at a revision, or as they lie in its folder."""
    with ExitStack() as stack:
        try:
            root = stack.enter_context(snapshot(project, revision)) if revision else project
        except Mistake as mistake:
            raise click.UsageError(f"{mistake.what}. {mistake.mend}.") from None
        return Project(load(root), load_articles(root))


@main.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format", "format_", type=click.Choice(sorted(differences.FORMATS)), default="text", help="How to say it."
)
@click.option("--today", type=_Day(), help="The day to see it from, such as 2026-07-04.")
def diff(base: str, head: str | None, format_: str, today: date | None) -> None:
    """Say what a change means, from BASE to HEAD: commits, branches or tags; without HEAD, to the files as they are."""
    project = _project()
    found = differences.diff(_as_of(project, base), _as_of(project, head), _today(today))
    click.echo(differences.FORMATS[format_](found))


@main.command(hidden=True)
@click.option("--event", type=click.Path(exists=True, dir_okay=False, path_type=Path), envvar="GITHUB_EVENT_PATH")
@click.option("--repository", envvar="GITHUB_REPOSITORY")
def comment(event: Path | None, repository: str | None) -> None:
    """Write on a pull request what it changes. For .github/workflows/comment.yml, which sets what this needs."""
    if event is None or repository is None:
        raise click.UsageError("GITHUB_EVENT_PATH and GITHUB_REPOSITORY must be set, as GitHub does")
    click.echo(comments.comment(event.read_bytes(), repository, github.api))


@main.command()
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), default="text", help="How to print the list.")
@click.option("--today", type=_Day(), help="The day to look from, such as 2026-07-04.")
def due(format_: str, today: date | None) -> None:
    """Print what is overdue: steps without outcome, reviews, assessments; exit 1 when there is any."""
    root, day = _project(), _today(today)
    loaded, articles = load(root), load_articles(root)
    titles = {slug: article.front.title for slug, article in articles.by_slug.items()}
    found = overdue(loaded, titles, day, _asked(dates.as_of))
    if output := formatted(found, format_):
        click.echo(output)
    for problem in loaded.problems:
        click.echo(problem, err=True)
    if format_ == "text":
        click.echo(f"{len(found)} overdue on {dates.spoken(day)}", err=True)
    sys.exit(1 if found or loaded.problems else 0)


@main.command()
@click.option("--today", type=_Day(), help="The day to look from, such as 2026-07-04.")
@click.option(
    "--links/--no-links",
    default=True,
    envvar="EXPLAINERS_LINKS",
    help="Whether to ask every source if it still answers.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be told.")
@click.option("--repository", envvar="GITHUB_REPOSITORY", help="Owner and name on GitHub.")
def tell(today: date | None, links: bool, dry_run: bool, repository: str | None) -> None:
    """Open, update or close one issue per explainer: what is overdue, which sources no longer answer."""
    told = _reminders(_project(), _today(today), links=links)
    if dry_run:
        click.echo("\n\n".join(f"# {found.title}\n\n{found.body}" for found in told if found.body))
        return
    if repository is None:
        raise click.UsageError("say which repository: --repository owner/name, or GITHUB_REPOSITORY")
    for done in reminders.tell(repository, told, github.api):
        click.echo(done)


def _reminders(root: Path, day: date, *, links: bool) -> list[reminders.Reminder]:
    loaded, articles = load(root), load_articles(root)
    titles = {slug: article.front.title for slug, article in articles.by_slug.items()}
    late = overdue(loaded, titles, day)
    published = {slug: facts for slug, facts in loaded.explainers.items() if facts.lifecycle != "draft"}
    urls = (source.url for facts in published.values() for source in facts.sources.values())
    gone = dead(urls) if links else {}
    return [
        reminders.reminder(
            slug,
            titles.get(slug, slug),
            [due for due in late if due.path == f"data/explainers/{slug}.yml"],
            facts.sources.values(),
            gone,
        )
        for slug, facts in published.items()
    ]


@main.command()
def schema() -> None:
    """Write what is made from the model: data/README.md, the schemas for editors, the forms for issues."""
    for path in reference.write(_project()):
        click.echo(path)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="The site's name; else the folder's.")
def init(folder: Path, name: str | None) -> None:
    """Begin a site of your own in DIR: settings, a sample explainer, the workflows, and this engine as a package."""
    chosen = name if name is not None else folder.absolute().name.replace("-", " ").capitalize()
    for path in starter.create(folder, chosen):
        click.echo(path)
    click.echo(f"{folder / 'README.md'} says how to go on.", err=True)


@main.command()
def update() -> None:
    """After a later engine was installed, write anew what belongs to it in a site made by `explainers init`."""
    for path in starter.update(_project()):
        click.echo(path)


@main.command()
def editor() -> None:
    """Fetch the web editor from npm; the next preview or build then has it at /edit/."""
    web_editor.install(_project())
    click.echo("The next preview or build has the editor at /edit/.", err=True)


class _Share(click.ParamType[Shard]):
    name = "share"

    def convert(self, value: str | Shard, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        try:
            return value if isinstance(value, Shard) else Shard.read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@main.command()
@click.option("--shard", type=_Share(), help="Make this share, such as 2/3, and keep it in .cache/build.")
def build(shard: Shard | None) -> None:
    """Build the site into site/, strictly. With --shard make no site, but a share of what the next build then takes
    from .cache/build: several machines make one each, and one puts together what all have kept.
    """
    environment = {**os.environ, VARIABLE: str(shard or "")}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    ran = subprocess.run(command, env=environment, cwd=_project(), check=False)  # noqa: S603 - nothing typed is in it
    sys.exit(ran.returncode)


@main.command()
@click.argument("slug")
@click.option("--seed", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A brief to draft it from.")
@click.option("--today", type=_Day(), help="The day of the draft.")
def new(slug: str, seed: Path | None, today: date | None) -> None:
    """Begin an explainer: docs/explainers/SLUG.md and data/explainers/SLUG.yml, as a draft."""
    if problem := check_name(slug, slug):
        raise click.UsageError(f"{problem.what}. {problem.mend}.")
    root = _project()
    made = draft(slug, brief.read(_seed(seed) if seed else ""), load(root).actors, _today(today))
    if there := [path for path in made.files if (root / path).exists()]:
        click.echo(f"{' and '.join(there)} exist{'s' * (len(there) == 1)} already; nothing was written.", err=True)
        sys.exit(1)
    for path, text in made.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        click.echo(path)
    for first, last in made.left_out:
        click.echo(f"{seed}:{first}:1: left out up to line {last}: it reads like advertisement.", err=True)
    click.echo(f"The preview shows it at /explainers/{slug}/; `explainers check` lists what is to do.", err=True)


def _seed(file: Path) -> str:
    problems: list[Problem] = []
    text = read_raw(file.parent, file.name, problems)
    if text is None:
        raise click.UsageError("\n".join(str(replace(problem, path=str(file))) for problem in problems))
    return text


def _summary(problems: list[Problem], explainers: int) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    found = f"{errors} problem{'s' * (errors != 1)} in {explainers} explainer{'s' * (explainers != 1)}"
    left = len(problems) - errors
    return f"{found}; {left} line{'s' * (left != 1)} to do in drafts" if left else found


def _today(chosen: date | None) -> date:
    return chosen or _asked(dates.today)


def _asked(read: Callable[[], ReadT]) -> ReadT:
    """What the environment asks for."""
    try:
        return read()
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
