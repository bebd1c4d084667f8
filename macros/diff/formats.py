"""A comparison as text for a terminal, as Markdown for a comment, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from macros.diff.sentences import Diff, Group, code
from macros.problems import Mistake

COMMENT_LIMIT = 60_000  # characters; GitHub takes 65,536
SIZE_LIMIT = 2_000_000  # bytes of JSON; a change of every record in use has about 100,000


def as_text(diff: Diff) -> str:
    return "\n\n".join("\n".join([_heading(group), *_lines(group)]) for group in diff.groups)


def _heading(group: Group) -> str:
    """Its title, and for an explainer its slug."""
    slug = group.about.partition("/")[2]
    return f"{group.title} ({slug})" if slug else group.title


def _lines(group: Group) -> Iterator[str]:
    return (f"  {sentence.text}" for sentence in group.sentences)


def as_json(diff: Diff) -> str:
    return diff.model_dump_json(indent=2)


def from_json(content: bytes) -> Diff:
    """A comparison that somebody else made; raises `Mistake` for anything but that, however it is made up."""
    if len(content) > SIZE_LIMIT:
        raise Mistake("too-large", f"the comparison has {len(content)} bytes", f"At most {SIZE_LIMIT} are read")
    try:
        return Diff.model_validate_json(content)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"])
        what = f"the comparison cannot be read at `{where}`: {error.errors()[0]['msg']}"
        raise Mistake("bad-diff", what, "Make it with explainers diff --format json, of the same version") from None


def as_markdown(diff: Diff, limit: int = COMMENT_LIMIT) -> str:
    """Markdown in which no text of the data can mention, link or be HTML; what is beyond the limit is counted."""
    lines: list[str] = []
    left, more = limit - 100, 0
    for line in _markdown(diff):
        left -= len(line) + 1
        if left >= 0:
            lines.append(line)
        else:
            more += line.startswith("- ")
    return "\n".join([*lines, *([f"\n{more} more, which `explainers diff` prints."] if more else [])])


def _markdown(diff: Diff) -> Iterator[str]:
    for number, group in enumerate(diff.groups):
        yield from [""] * (number > 0)
        yield f"#### {code(_heading(group))}"
        yield ""
        yield from (f"- {sentence.written(code)}" for sentence in group.sentences)


FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
