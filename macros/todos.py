"""What the files of an explainer still say is to be done. A draft may leave it; a published explainer may not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from pathlib import Path, PurePosixPath

from macros.files import read_text
from macros.problems import Mistake, Problem, quoted

ALLOWED_IN_DRAFTS = frozenset({"todo", "todo-source", "unchecked", "blocks-nothing"})

_TODO = re.compile(r"\bTODO\b")
_ASKED = re.compile(r"TODO source: ([^'\"]*[^'\"?])\??")
_MARK = re.compile(r"<mark>([^<]*)</mark>")


def left_to_do(root: Path, slug: str) -> Iterator[Problem]:
    """Each TODO in the facts and the article of an explainer, and each marked passage, by line."""
    for path in (f"data/explainers/{slug}.yml", f"docs/explainers/{slug}.md"):
        text = read_text(root, path, []) or ""  # what keeps it from being read is said where it is read
        if "TODO" not in text and "<mark>" not in text:
            continue
        for number, row in enumerate(text.split("\n"), start=1):
            yield from (mistake.at(path, number, column + 1) for column, mistake in _in_row(row))


def _in_row(row: str) -> Iterator[tuple[int, Mistake]]:
    if match := _TODO.search(row.replace("TODO source", "")):
        yield row.find(match[0]), _todo(row)
    if "TODO source" in row:
        yield row.index("TODO source"), _todo_source(row)
    if marked := _MARK.findall(row):
        mend = "Hold it against the source, then take <mark> and </mark> away"
        what = f"this is still to be checked: {quoted(marked, 5)}"
        yield row.index("<mark>"), Mistake("unchecked", what, mend)


def _todo_source(row: str) -> Mistake:
    if asked := _ASKED.search(row):
        mend = "Answer it in place of this, and name the source in an entry of `history:`"
        return Mistake("todo-source", f"`TODO source`: {asked[1]}", mend)
    mend = "Put the page it rests on under `sources:`, and its id here; in the article, cite it"
    return Mistake("todo-source", "`TODO source`: this has no source yet", mend)


def _todo(row: str) -> Mistake:
    after = row.replace("TODO source", "").partition("TODO")[2]
    words = after.partition("-->")[0].lstrip(" :").rstrip(" \t\"'.]}")
    return Mistake(
        "todo", f"this is still to do: {words}" if words else "a TODO stands here", "Do it, and take TODO away"
    )


def weighed(problems: Iterable[Problem], drafts: Set[str]) -> Iterator[Problem]:
    """The same problems; what a draft may have is a warning there."""
    for problem in problems:
        allowed = problem.code in ALLOWED_IN_DRAFTS and PurePosixPath(problem.path).stem in drafts
        yield replace(problem, severity="warning") if allowed else problem
