"""What is wrong, where, and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake at one place; lines and columns count from 1, paths are relative to the project."""

    path: str
    line: int
    column: int
    code: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what}. {self.mend}."


class Mistake(ValueError):
    """A value that cannot be used; carries what is wrong and how to mend it, but not yet where it is."""

    def __init__(self, code: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.code, self.what, self.mend = code, what, mend

    def at(self, path: str, line: int, column: int) -> Problem:
        return Problem(path, line, column, self.code, self.what, self.mend)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """How to mend a word nobody knows: the nearest known one, else the list of them."""
    choices = sorted(known)
    near = get_close_matches(word.lower(), choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{near[0]}`? Known here: {quoted(choices)}"
    if choices:
        return "Use one of: " + quoted(choices)
    return "There is none to choose from yet: add one"


def quoted(words: Iterable[str], limit: int = 12) -> str:
    """The words in backquotes; a long list is cut, and says so."""
    every = list(words)
    shown = ", ".join(f"`{word}`" for word in every[:limit])
    return shown if len(every) <= limit else f"{shown} and {len(every) - limit} more"


def as_text(problems: Iterable[Problem]) -> str:
    return "\n".join(str(problem) for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that annotate a pull request at the line.

    Escapes as in GitHub's `@actions/core`: `%`, CR and LF in the message, `:` and `,` too in properties.
    """
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
    message = _escaped(f"{problem.what}. {problem.mend}.")
    return f"::error {place},title={_property(problem.code)}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": as_text, "github": as_github, "json": as_json}
