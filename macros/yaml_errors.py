"""What a parser of YAML complains of, in words that say how to mend it."""

from __future__ import annotations

import re

import yaml

from macros.problems import Mistake, Problem


def explain(path: str, text: str, error: yaml.YAMLError, first_line: int) -> Problem:
    """The parser's error as a problem at its place; `first_line` is the line of the file on which the YAML begins."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column + 1) if mark else (0, 1)
    return _reason(text, line, getattr(error, "problem", "") or "").at(path, line + first_line, column)


def _reason(text: str, line: int, problem: str) -> Mistake:
    rows = text.split("\n")
    row = rows[line] if line < len(rows) else ""
    if re.match(r"\s*\t", row) or "'\\t'" in problem:
        return Mistake("tab", "a tab is used to indent", "Use two spaces for each level")
    if "mapping values are not allowed" in problem:
        return Mistake("broken-yaml", "a colon followed by a space stands inside a text", 'Put the text in "quotes"')
    if "escape" in problem:
        what = "a backslash between double quotes starts a code that YAML does not know"
        return Mistake("broken-yaml", what, "Write the sign itself, or put the text in 'single quotes'")
    if "undefined alias" in problem:
        return Mistake("alias", "`*` repeats something written elsewhere", "Write it out; aliases are not read")
    return Mistake(
        "broken-yaml",
        f"the YAML cannot be read: {problem or 'this is not YAML'}",
        "Look at the line before for a missing quote, bracket or colon, and at the spaces it starts with",
    )
