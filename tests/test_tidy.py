"""`explainers check --fix`: form is mended, meaning and comments are not touched."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml

from macros import examples
from macros.model import Actor, Explainer
from macros.tidy import mended_date, tidied
from tests.conftest import EXPLAINER, ROOT, run, write

FACTS = "data/explainers/story.yml"
DATA = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yml"))
LINE = "# yaml-language-server: $schema=../schema/explainer.json\n"

WRONG = """\
# A header.

sources:
    s-one:
        kind: newspaper
        # where
        url:   https://example.org/x   # the page
        title: "A page: it's"
        publisher : A paper
        accessed: "2025-1-3"
takeaways:
  t-one:
    sources:
    - s-one
    - s-two
    # the words
    text: >
      One
      two.


  t-two: { sources: [ s-one,s-two ] , text: Hi }  # keep
revisions:
- level: minor
  on: 30 October 2025
  # why
  kind: update
  text: x
timeline:
  e-one: {date: '2025-10', title: A, sources: [s-one]}
open_questions:
  -   Why?
"""

RIGHT = """\
# A header.

takeaways:
  t-one:
    # the words
    text: >
      One
      two.
    sources: [s-one, s-two]

  t-two: {text: Hi, sources: [s-one, s-two]}  # keep
timeline:
  e-one: {date: 2025-10, title: A, sources: [s-one]}
open_questions:
  - Why?
sources:
  s-one:
    title: "A page: it's"
    publisher: A paper
    # where
    url: https://example.org/x   # the page
    accessed: 2025-01-03
    kind: newspaper
revisions:
  - on: 2025-10-30
    level: minor
    # why
    kind: update
    text: x
"""


def test_form_is_mended() -> None:
    """Order, indentation, spaces, dates and lists; every comment stays with the line it speaks of."""
    assert tidied(FACTS, WRONG) == LINE + RIGHT
    assert tidied(FACTS, LINE + RIGHT) == LINE + RIGHT


@pytest.mark.parametrize("path", DATA)
def test_our_files_are_right(path: str) -> None:
    """What is right stays as it is, byte for byte; `uv run explainers check --fix` mends the others."""
    text = (ROOT / path).read_text(encoding="utf-8")
    assert tidied(path, text) == text


@pytest.mark.parametrize(("model", "path"), [(Explainer, FACTS), (Actor, "data/actors/china.yml")])
def test_the_examples_are_right(model: type[Explainer], path: str) -> None:
    """People copy from the examples: they are in the form that is asked for."""
    text = examples.text(model)
    assert tidied(path, text).partition("\n")[2] == text


def test_windows_files() -> None:
    """Line ends and tabs are form."""
    assert tidied(FACTS, (LINE + RIGHT).replace("\n", "\r\n")) == LINE + RIGHT
    assert tidied("data/actors/china.yml", "name: China\nsummary: >\n\tA state.\n").endswith("summary: >\n  A state.\n")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-1-3", "2025-01-03"),
        ("2025/10/30", "2025-10-30"),
        ("2025-1", "2025-01"),
        ("30 October 2025", "2025-10-30"),
        ("October 30, 2025", "2025-10-30"),
        ("October 2025", "2025-10"),
        ("2025-1-3 / 2025-2-1", "2025-01-03/2025-02-01"),
        ("2025-1-3~", "2025-01-03~"),
        ("2025/2026", "2025/2026"),
        ("2025-11/..", "2025-11/.."),
        ("30/10/2025", "30/10/2025"),
        ("03.10.2025", "03.10.2025"),
        ("soon", "soon"),
    ],
)
def test_dates(written: str, meant: str) -> None:
    """A date is mended where everyone reads the same day in it, and left where two days could be meant."""
    assert mended_date(written) == meant


@pytest.mark.parametrize(
    "text",
    ["takeaways: [\n", "", "a: &a 1\nb: *a\n", "takeaways:\n  - {text: x\n", "[" * 5000, "a: 1\x00\n"],
    ids=["broken", "empty", "alias", "bracket", "deep", "sign"],
)
def test_what_cannot_be_read_stays(text: str) -> None:
    """A file that is no YAML, or says nothing, is for `check` to explain; nothing in it is lost."""
    assert tidied(FACTS, text) == text or tidied(FACTS, text).endswith(text)


def meaning(text: str) -> object:
    """What a file says, but for line breaks inside texts and the forms of dates."""

    def said(value: object) -> object:
        if isinstance(value, dict):
            return {key: said(inner) for key, inner in value.items()}
        return (
            [said(inner) for inner in value] if isinstance(value, list) else mended_date(" ".join(str(value).split()))
        )

    return said(yaml.load(text, yaml.BaseLoader))  # noqa: S506 - only texts come of it


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"(?:^|\s)#.*?(?=\s*$)", text, re.MULTILINE))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_form_nothing_is_lost(seed: int) -> None:
    """Lines moved, indented, commented and spaced at random: the same facts and comments, and mending twice is once."""
    dice = random.Random(seed)  # noqa: S311 - the same every time
    changed = 0
    for _ in range(60):
        rows = (LINE + RIGHT).split("\n")
        for _ in range(dice.randrange(1, 5)):
            at = dice.randrange(1, len(rows))
            indent = rows[at][: len(rows[at]) - len(rows[at].lstrip())]
            rows[at : at + 1] = dice.choice(
                [
                    [f"{indent}# a remark {at}", rows[at]],
                    [f"{rows[at]}  "],
                    [rows[at], ""],
                    [rows[at].replace(": ", ":  ")],
                    [f"  {rows[at]}"],
                    [rows[at], f"{indent}  # below {at}"],
                ]
            )
        text = "\n".join(rows)
        try:
            before = meaning(text)
        except yaml.YAMLError:
            continue
        mended = tidied(FACTS, text)
        changed += mended != text
        assert meaning(mended) == before
        assert comments(mended) == comments(text)
        assert tidied(FACTS, mended) == mended
    assert changed > 20


def test_the_command(project: Path) -> None:
    """`--fix` names what it mended and goes on to check; a second time there is nothing to mend."""
    write(project, {FACTS: EXPLAINER.replace("2025-10-30", '"2025-10-3"').replace("\n", "  \r\n")})
    first, second = run(project, "explainers", "check", "--fix"), run(project, "explainers", "check", "--fix")
    assert (first.returncode, first.stdout) == (0, "")
    assert first.stderr == f"{FACTS}: mended\n0 problems in 1 explainer\n"
    assert second.stderr == "0 problems in 1 explainer\n"
    assert (project / FACTS).read_text(encoding="utf-8") == LINE + EXPLAINER.replace("2025-10-30", "2025-10-03")


def test_what_is_no_form_is_left(project: Path) -> None:
    """A date that could be two days is not decided: it stays, and is printed."""
    write(project, {FACTS: EXPLAINER.replace("2025-10-30", "03/10/2025")})
    ran = run(project, "explainers", "check", "--fix")
    assert ran.returncode == 1
    assert "`03/10/2025` is not a date that can be read" in ran.stdout
