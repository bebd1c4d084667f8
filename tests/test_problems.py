"""What a problem says, in each of the formats in which it is printed."""

from __future__ import annotations

import json

from macros.problems import Mistake, Problem, as_github, as_json, as_text, did_you_mean, quoted

ONE = Problem("data/explainers/story.yml", 3, 7, "bad-date", "`x` is no date", "Write 2025")


def test_text() -> None:
    """A problem is one line: place, what is wrong, how to mend it."""
    assert str(ONE) == "data/explainers/story.yml:3:7: `x` is no date. Write 2025."
    assert as_text([ONE, ONE]) == f"{ONE}\n{ONE}"
    assert as_text([]) == ""


def test_one_line_whatever_is_quoted() -> None:
    """Words that were typed cannot end the line, start a command of the build log or paint the terminal."""
    typed = Mistake("bad-word", "`a\r\n::error::b\x1b[31m\u2028c` is not a choice", "Write\nd").at("x.yml", 1, 1)
    assert len(str(typed).splitlines()) == 1
    assert "\x1b" not in str(typed)


def test_long_words_are_cut() -> None:
    """Twenty thousand letters in the wrong place do not fill the screen."""
    assert (
        len(str(Mistake("bad-url", f"`{'x' * 20_000}` is not a web address", "Write it whole").at("x.yml", 1, 1))) < 500
    )


def test_github() -> None:
    """A workflow command for GitHub, with all signs escaped that end a part of it."""
    odd = Problem("data/a,b:c.yml", 1, 2, "bad-id", "50% of\nit::", "Mend")
    assert as_github([ONE]) == (
        "::error file=data/explainers/story.yml,line=3,col=7,title=bad-date::`x` is no date. Write 2025."
    )
    assert as_github([odd]).startswith("::error file=data/a%2Cb%3Ac.yml,line=1,col=2,title=bad-id::50%25 of")
    assert "\n" not in as_github([odd])


def test_json() -> None:
    """A list of objects, for machines; without problems it is an empty list."""
    assert json.loads(as_json([ONE])) == [
        {
            "path": "data/explainers/story.yml",
            "line": 3,
            "column": 7,
            "code": "bad-date",
            "what": "`x` is no date",
            "mend": "Write 2025",
            "severity": "error",
            "documentation": "https://open-questions.github.io/messages/#bad-date",
        }
    ]
    assert as_json([]) == "[]"


def test_order() -> None:
    """Problems sort by file, line and column: 9 comes before 10."""
    problems = [Problem(p, n, c, "x", "x", "x") for p, n, c in [("b", 1, 1), ("a", 10, 1), ("a", 9, 2), ("a", 9, 1)]]
    assert [(p.path, p.line, p.column) for p in sorted(problems)] == [
        ("a", 9, 1),
        ("a", 9, 2),
        ("a", 10, 1),
        ("b", 1, 1),
    ]


def test_did_you_mean() -> None:
    """The nearest known word comes first; without one, the choices; without choices, a way to get one."""
    assert did_you_mean("Timelin", ["timeline", "cite"]) == "Did you mean `timeline`? Known here: `cite`, `timeline`"
    assert did_you_mean("x", ["timeline", "cite"]) == "Use one of: `cite`, `timeline`"
    assert did_you_mean("x", []) == "There is none to choose from yet: add one"


def test_long_lists_are_cut() -> None:
    """A long list says how much of it is not shown."""
    assert quoted([str(n) for n in range(12)]).endswith("`11`")
    assert quoted([str(n) for n in range(14)]).endswith("`11` and 2 more")


def test_a_mistake_finds_its_place() -> None:
    """A value that cannot be used does not know where it stands; whoever reads the file does."""
    mistake = Mistake("bad-date", "`x` is no date", "Write 2025")
    assert mistake.at(ONE.path, 3, 7) == ONE
    assert str(mistake) == "`x` is no date"
