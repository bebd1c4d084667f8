"""What a parser of YAML complains of, in words that say how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from macros.problems import Mistake, Problem

_Place = tuple[int, int]
_Found = tuple[Mistake, _Place]

QUOTE = 'Put the text in "quotes"'
_SPACES = "Begin it with as many spaces as the fields beside it, or two more than the field it is part of"


def explain(path: str, text: str, error: yaml.YAMLError, first_line: int) -> Problem:
    """The parser's error as a problem at its place; `first_line` is the line of the file on which the YAML begins."""
    fault = _fault(text, error)
    mistake, (line, column) = next(found for reason in _REASONS if (found := reason(fault)))
    return mistake.at(path, line + first_line, column + 1)


@dataclass(frozen=True)
class _Fault:
    """Where the parser gave up, what it was reading, and where that had begun; lines and columns count from 0."""

    problem: str
    context: str
    place: _Place
    start: _Place
    rows: list[str]

    @property
    def row(self) -> str:
        return self.rows[self.place[0]] if self.place[0] < len(self.rows) else ""

    @property
    def before(self) -> str:
        """What stands before the place on its line."""
        return self.row[: self.place[1]].rstrip()

    @property
    def follows(self) -> str:
        """The sign that stands at the place."""
        return self.row[self.place[1] :][:1]

    def here(self, what: str, mend: str) -> _Found:
        """A mistake where the parser gave up."""
        return Mistake("broken-yaml", what, mend), self.place

    def there(self, what: str, mend: str) -> _Found:
        """A mistake where the part began that could not be read."""
        return Mistake("broken-yaml", what, mend), self.start


def _fault(text: str, error: Any) -> _Fault:  # noqa: ANN401
    place = _place(getattr(error, "problem_mark", None)) or (0, 0)
    start = _place(getattr(error, "context_mark", None)) or place
    problem, context = (getattr(error, name, None) or "" for name in ("problem", "context"))
    return _Fault(problem, context, place, start, text.split("\n"))


def _place(mark: Any) -> _Place | None:  # noqa: ANN401
    return (mark.line, mark.column) if mark else None


def _tab(fault: _Fault) -> _Found | None:
    if re.match(r"\s*\t", fault.row) or "'\\t'" in fault.problem:
        mistake = Mistake("tab", "a tab stands where spaces belong", "Use two spaces for each level, one after a colon")
        return mistake, fault.place
    return None


def _colon(fault: _Fault) -> _Found | None:
    if re.search(r":\s", fault.before) and fault.follows == ":":
        return fault.here("a colon followed by a space stands inside a text", QUOTE)
    if "mapping values are not allowed" in fault.problem:
        mend = "Look there for a missing colon, or a missing space after one; else begin both with the same spaces"
        return fault.here("this line does not fit the one before it", mend)
    if "could not find expected ':'" in fault.problem:
        mend = "Write `field: text`; a text that goes on is indented further than its field"
        return fault.there("this line has no colon", mend)
    return None


def _quotation(fault: _Fault) -> _Found | None:
    if "escape" in fault.problem:
        what = "a backslash between double quotes starts a code that YAML does not know"
        return fault.here(what, "Write the sign itself, or put the text in 'single quotes'")
    if "quoted scalar" in fault.context and "end of stream" in fault.problem:
        return fault.there("the quotation mark that stands here is never closed", "Close it at the end of the text")
    if "did not find expected" not in fault.problem or (mark := fault.before[-1:]) not in ('"', "'"):
        return None
    if fault.before.count(mark) % 2:
        what = "this quotation mark ends a text that began on an earlier line"
        return fault.here(what, "Close that text where it ends")
    mend = """Put quotes of the other kind around all of it: '"So" they said', "it's so\""""
    return fault.here("the text goes on after its closing quotation mark", mend)


_BEGINNINGS = ("an alias", "an anchor", "a tag", "a block scalar", "a directive", "for the next token")


def _beginning(fault: _Fault) -> _Found | None:
    line, column = fault.start
    sign = fault.rows[line][column : column + 1] if line < len(fault.rows) else ""
    sign = "a backquote" if sign == "`" else f"`{sign}`"
    if any(fault.context.endswith(name) for name in _BEGINNINGS) or "mapping keys are not allowed" in fault.problem:
        return fault.there(f"a text cannot begin with {sign}", QUOTE)
    if "entries are not allowed" in fault.problem:
        return fault.there("a text cannot begin with `- `", f"{QUOTE}; a list begins on the next line")
    return None


def _alias(fault: _Fault) -> _Found | None:
    if "undefined alias" in fault.problem:
        mistake = Mistake("alias", "`*` repeats something written elsewhere", "Write it out; aliases are not read")
        return mistake, fault.place
    return None


def _bracket(fault: _Fault) -> _Found | None:
    if fault.follows in ("]", "}") and "block mapping" in fault.context:
        return fault.here("this bracket closes nothing", "Delete it, or open it before the list")
    if found := re.search("expected ',' or '(.)'", fault.problem):
        what = f"a comma is missing before this, or the `{found[1]}` that closes an open bracket"
        return fault.here(what, f"Write `,` or `{found[1]}`")
    if fault.before[-1:] in ("]", "}") and "did not find expected" in fault.problem:
        return _after_bracket(fault)
    if "expected node content" in fault.problem:
        return fault.here("something is missing before this", "Fill in what the bracket or the comma announces")
    return None


def _after_bracket(fault: _Fault) -> _Found:
    if "{{" in fault.before:
        return fault.here("a component's call stands among the facts", "Call it in the article")
    return fault.here("something follows a closing bracket", "Put a text that begins with a bracket in quotes")


def _depth(fault: _Fault) -> _Found | None:
    if "'-' indicator" in fault.problem or fault.row.lstrip().startswith("- "):
        return fault.here("entries of a list and fields stand side by side", "Indent the list under its field")
    if "expected key" in fault.problem:
        return fault.here("this line stands at another depth than those before it", _SPACES)
    if "document" in fault.problem or "document" in fault.context:
        mend = "Begin it with no space, and delete lines of `---` or `...`"
        return fault.here("the first fields of the file ended before this line", mend)
    return None


def _anything(fault: _Fault) -> _Found:
    return fault.here(
        f"the YAML cannot be read: {fault.problem or 'this is not YAML'}",
        "Look at the line before for a missing quote, bracket or colon, and at the spaces it starts with",
    )


_REASONS: tuple[Callable[[_Fault], _Found | None], ...] = (
    _tab, _colon, _quotation, _alias, _beginning, _bracket, _depth, _anything,
)  # fmt: skip
