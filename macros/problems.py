"""What is wrong, where, and how to mend it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Literal

DOCUMENTATION = "https://open-questions.github.io/messages/"  # of the engine, whoever's site uses it

WHAT_LIMIT, MEND_LIMIT = 400, 1000  # letters; what was typed is quoted, and may fill a file
WORD_LIMIT, CHOICE_LIMIT = 100, 1000  # letters and words; comparing more takes minutes


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake at one place; lines and columns count from 1, paths are relative to the project."""

    path: str
    line: int
    column: int
    code: str
    what: str
    mend: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what}. {self.mend}."


class Mistake(ValueError):
    """A value that cannot be used; carries what is wrong and how to mend it, but not yet where it is."""

    def __init__(self, code: str, what: str, mend: str) -> None:
        self.code, self.what, self.mend = code, one_line(what, WHAT_LIMIT), one_line(mend, MEND_LIMIT)
        super().__init__(self.what)

    def at(self, path: str, line: int, column: int) -> Problem:
        return Problem(one_line(path, WHAT_LIMIT), line, column, self.code, self.what, self.mend)


def one_line(text: str, limit: int) -> str:
    """The text for a log: without line ends and control signs, other invisible signs named, cut in its middle."""
    if len(text) > limit:
        text = f"{text[: limit // 2]} … {text[-limit // 4 :]}"
    return "".join(_shown(text))


def _shown(text: str) -> Iterable[str]:
    gap = False
    for sign in text:
        category = unicodedata.category(sign)
        if category not in ("Cc", "Cs", "Zl", "Zp"):
            yield f"(U+{ord(sign):04X})" if category == "Cf" else sign
        elif not gap:
            yield " "
        gap = category in ("Cc", "Cs", "Zl", "Zp")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """How to mend a word nobody knows: the nearest known one, else the list of them."""
    choices = sorted(known)
    near = get_close_matches(word.lower(), _comparable(word, choices), n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{near[0]}`? Known here: {quoted(choices)}"
    if choices:
        return "Use one of: " + quoted(choices)
    return "There is none to choose from yet: add one"


def _comparable(word: str, choices: list[str]) -> list[str]:
    if len(word) > WORD_LIMIT:
        return []
    return choices if len(choices) <= CHOICE_LIMIT else [choice for choice in choices if choice[:4] == word[:4]]


def quoted(words: Iterable[str], limit: int = 12) -> str:
    """The words in backquotes; a long list is cut, and says so."""
    every = list(words)
    shown = ", ".join(f"`{word}`" for word in every[:limit])
    return shown if len(every) <= limit else f"{shown} and {len(every) - limit} more"


def as_text(problems: Iterable[Problem]) -> str:
    return "\n".join(str(problem) for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    written = [{**asdict(problem), "documentation": f"{DOCUMENTATION}#{problem.code}"} for problem in problems]
    return json.dumps(written, ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that annotate a pull request at the line.

    Escapes as in GitHub's `@actions/core`: `%`, CR and LF in the message, `:` and `,` too in properties.
    """
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
    message = _escaped(f"{problem.what}. {problem.mend}.")
    return f"::{problem.severity} {place},title={_property(problem.code)}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": as_text, "github": as_github, "json": as_json}
