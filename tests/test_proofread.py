"""Every mistake a contributor can make, by golden file: the same lines from `explainers check` and from the build."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.theme import Theme

from macros.cli import main
from macros.plugin import ExplainersPlugin
from macros.proofread import proofread
from tests.conftest import ARTICLE, EXPLAINER, TODAY, run, write
from tests.golden import Case, cases, content

ERRORS = cases("errors")
FACTS, PAGE = "data/explainers/story.yml", "docs/explainers/story.md"


def prepare(project: Path, case: Case) -> None:
    """Lay the files of a case over the small valid project; a file that is null is taken away."""
    given = case.given["files"]
    write(project, {path: content(value) for path, value in given.items() if value is not None})
    for path in (path for path, value in given.items() if value is None):
        (project / path).unlink()


@pytest.mark.parametrize("case", ERRORS)
def test_check_names_every_problem(case: Case, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`explainers check` prints one line for each mistake, in order of file and line, and exits 1 when there is any."""
    prepare(project, case)
    monkeypatch.chdir(project)
    result = CliRunner().invoke(main, ["check", "--today", TODAY])
    assert not result.exception or isinstance(result.exception, SystemExit), repr(result.exception)
    case.matches("problems", result.stdout.rstrip("\n"))
    assert result.exit_code == bool(result.stdout)


@pytest.mark.parametrize("case", ERRORS)
def test_build_names_the_same_problems(
    case: Case, project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A build ends before it writes anything, and names the problems that `explainers check` names."""
    prepare(project, case)
    monkeypatch.setenv("EXPLAINERS_TODAY", TODAY)
    config = MkDocsConfig()
    config.docs_dir, config.extra, config.theme = str(project / "docs"), {}, Theme("material")
    with caplog.at_level(logging.ERROR, "mkdocs.plugins.explainers"):
        code = on_config(config)
    assert "\n".join(record.getMessage() for record in caplog.records) == case.given["problems"].rstrip("\n")
    assert code == bool(case.given["problems"])


def on_config(config: MkDocsConfig) -> int:
    """The exit code with which the plugin ends a build; 0 when it lets it go on."""
    try:
        ExplainersPlugin().on_config(config)
    except Abort as abort:
        return int(str(abort.code))
    return 0


def test_strict_build_of_a_broken_project(project: Path) -> None:
    """The real commands, on a project with mistakes in facts and article: the same lines, exit 1 and no traceback."""
    write(
        project,
        {
            FACTS: EXPLAINER.replace("https:", "javascript:").replace("title: A thing", "titel: A thing"),
            PAGE: ARTICLE + "\n{{ timeline(limt=2) }}\n\n[Nowhere](nowhere.md) {{ 1 + 1 }}\n",
            "docs/about.md": b"---\ntitle: About\n---\n\nWho we \xff are.\n",
        },
    )
    built, checked = run(project, "mkdocs", "build", "--strict"), run(project, "explainers", "check")
    lines = checked.stdout.splitlines()
    assert len(lines) >= 6
    assert [line.removeprefix("ERROR   -  ") for line in built.stderr.splitlines() if "ERROR" in line] == lines
    assert (built.returncode, checked.returncode) == (1, 1)
    assert "Traceback" not in built.stderr + checked.stderr
    assert not (project / "site").exists()


def test_strict_build_of_a_valid_project(project: Path) -> None:
    """The small project that every other test breaks is itself without a fault."""
    built = run(project, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert (project / "site/explainers/story/index.html").is_file()


Mutation = Callable[[random.Random, str], str]


def _delete_sign(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _double_sign(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def _replace_sign(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return text[:at] + dice.choice("{}[]():,&*!|>'\"%@`#?-~\\/\t\n \0\x1b\x85\u2028é中😀<>=_") + text[at + 1 :]


def _lines(dice: random.Random, text: str) -> str:
    rows = text.split("\n")
    at, other = dice.randrange(len(rows)), dice.randrange(len(rows))
    change = dice.choice(("delete", "double", "swap", "indent"))
    if change == "delete":
        del rows[at]
    elif change == "double":
        rows.insert(other, rows[at])
    elif change == "swap":
        rows[at], rows[other] = rows[other], rows[at]
    else:
        rows[at] = " " * dice.randrange(1, 5) + rows[at]
    return "\n".join(rows)


MUTATIONS: tuple[Mutation, ...] = (_delete_sign, _double_sign, _replace_sign, _lines)


@pytest.mark.parametrize("path", [FACTS, PAGE])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_typed_ends_in_problems(path: str, seed: int, project: Path) -> None:
    """However a file is mangled, the project is read to the end and every problem is one line with its place."""
    dice = random.Random(f"{path} {seed}")  # noqa: S311 - the same mutations on every run
    whole = (project / path).read_text(encoding="utf-8")
    if path == FACTS:
        whole += (Path(__file__).parent / "golden/rich.yml").read_text(encoding="utf-8")
    found = 0
    for _ in range(75):
        text = whole
        for _ in range(dice.randrange(1, 4)):
            text = dice.choice(MUTATIONS)(dice, text)
        write(project, {path: text})
        problems = proofread(project, date(2026, 7, 4)).problems
        found += bool(problems)
        for problem in problems:
            assert "\n" not in str(problem)
            assert problem.line >= 1
            assert problem.column >= 1
    assert found > 30
