"""Mends what is only form in the YAML below `data/`: never a word, never a comment.

Each step is kept only when the file says the same afterwards; a file that is right stays as it is, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from macros import dates
from macros.arrangement import indented, ordered
from macros.dates import MONTHS
from macros.documents import compose
from macros.files import find, read_text
from macros.problems import Mistake
from macros.reference import modeline
from macros.shape import Edit, Part, between, edited, end, last_line, parts, start

Step = Callable[[str, str], str]
WIDTH = 120
_BREAKS = re.compile(r"[\x85\u2028\u2029]")


def fix(root: Path) -> list[str]:
    """Mend every YAML file below `data/`, and return the paths of those that changed."""
    changed = []
    for path in find(root, "data", []):
        if path.endswith(".yml") and read_text(root, path, []):  # `check` says of the others why they cannot be read
            content = (root / path).read_bytes()
            mended = tidied(path, content.decode("utf-8-sig")).encode()
            if mended != content:
                (root / path).write_bytes(mended)
                changed.append(path)
    return changed


def tidied(path: str, text: str) -> str:
    """The text of a file in its usual form; as it is when it cannot be read."""
    plain = re.sub(r"\r\n?", "\n", text)
    plain = re.sub(r"^\t+", lambda tabs: "  " * len(tabs[0]), plain, flags=re.MULTILINE)
    if _BREAKS.search(plain) or compose(path, plain, [])[0] is None or (before := _meaning(plain)) is None:
        return text
    for step in STEPS:
        after = step(path, plain)
        if _meaning(after) == before:
            plain = after
    return plain


def _meaning(text: str) -> Any:  # noqa: ANN401
    """What a file says, but for spaces and the form of its dates; None when it cannot be read."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        return _say(node) if node else None
    except (yaml.YAMLError, RecursionError):
        return None


def _say(node: Any) -> Any:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        said = [(str(_say(key)), _say(value)) for key, value in node.value]
        return sorted(said, key=lambda pair: pair[0])
    if isinstance(node, yaml.SequenceNode):
        return [_say(item) for item in node.value]
    return mended_date(" ".join(node.value.split()))


def _first_line(path: str, text: str) -> str:
    first = modeline(path)
    rest = re.sub(r"^# yaml-language-server:[^\n]*\n", "", text, flags=re.MULTILINE)
    return f"{first}\n{rest}" if first else text


def _spaces(_path: str, text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip("\n") + "\n"


def _dates(path: str, text: str) -> str:
    edits = []
    for part in parts(path, text):
        if part.is_date and isinstance(part.node, yaml.ScalarNode) and part.node.style not in ("|", ">"):
            mended = mended_date(part.node.value.strip())
            if _is_date(mended) and between(text, start(part.node), end(part.node)) != mended:
                edits.append(Edit(start(part.node), end(part.node), mended))
    return edited(text, edits)


def _is_date(text: str) -> bool:
    try:
        return bool(dates.parse(text))
    except Mistake:
        return text == "unknown"


def mended_date(text: str) -> str:
    """A date as it should be written, when it is plain which one is meant; else the text as it is."""
    names = "|".join(MONTHS)
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(~?)", text, re.ASCII):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}{match[4]}"
    if match := re.fullmatch(r"(\d{4})-(\d)(~?)", text, re.ASCII):
        return f"{match[1]}-0{match[2]}{match[3]}"
    if match := re.fullmatch(rf"(?:(\d{{1,2}}) )?({names}) (\d{{4}})|({names}) (\d{{1,2}}), (\d{{4}})", text, re.ASCII):
        month, day = MONTHS.index(match[2] or match[4]) + 1, match[1] or match[5]
        return f"{match[3] or match[6]}-{month:02}" + (f"-{int(day):02}" if day else "")
    if match := re.fullmatch(r"([^/]+?) ?/ ?([^/]+)", text):
        return f"{mended_date(match[1])}/{mended_date(match[2])}"
    return text


def _lists(path: str, text: str) -> str:
    """A list of ids stands on the line of its field, where it fits."""
    rows, edits = text.split("\n"), []
    for part in parts(path, text):
        if part.is_block and part.is_id_list and part.key is not None:
            last = last_line(part.node, rows)
            line = f"{rows[part.key.start_mark.line][: part.key.end_mark.column]}: [{', '.join(_plain_items(part))}]"
            if "#" not in "".join(rows[part.key.start_mark.line : last + 1]) and len(line) <= WIDTH:
                edits.append(Edit((part.key.start_mark.line, 0), (last, len(rows[last])), line))
    return edited(text, edits)


def _plain_items(part: Part) -> list[str]:
    return [str(item.value) for item in part.node.value]


def _gaps(path: str, text: str) -> str:
    """One space after a colon, a comma and a dash; none inside brackets."""
    edits = [edit for part in parts(path, text) for edit in _gaps_in(part.node, text)]
    return edited(text, edits)


def _gaps_in(node: Any, text: str) -> Iterator[Edit]:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _gap(text, end(key), start(value), r" *: +", ": ")
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for item in node.value if not any(_is_block_mapping(item) for item in node.value) else []:
            dash = text.split("\n")[item.start_mark.line].find("-")
            yield from _gap(text, (item.start_mark.line, dash), start(item), r"- +", "- ")
    if isinstance(node, yaml.CollectionNode) and node.flow_style and node.value:
        ends = [(start(i[0]), end(i[1])) if isinstance(i, tuple) else (start(i), end(i)) for i in node.value]
        (line, column), (last, right) = start(node), end(node)
        yield from _gap(text, (line, column + 1), ends[0][0], r" +", "")
        for one, other in pairwise(ends):
            yield from _gap(text, one[1], other[0], r" *, *", ", ")
        yield from _gap(text, ends[-1][1], (last, right - 1), r" +", "")


def _is_block_mapping(node: Any) -> bool:  # noqa: ANN401
    return isinstance(node, yaml.MappingNode) and not node.flow_style


def _gap(text: str, left: tuple[int, int], right: tuple[int, int], pattern: str, wanted: str) -> Iterator[Edit]:
    if left[0] == right[0] and left < right:
        there = between(text, left, right)
        if there != wanted and re.fullmatch(pattern, there):
            yield Edit(left, right, wanted)


STEPS: tuple[Step, ...] = (_spaces, _first_line, indented, _gaps, _dates, _lists, ordered)
