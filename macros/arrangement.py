"""Where the blocks of a YAML file stand: their indentation, and the order of their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import yaml

from macros.model import in_order
from macros.shape import Edit, Part, between, edited, end, last_line, parts, start

_FREE = "recorded"  # may stand wherever it reads best


def indented(path: str, text: str) -> str:
    """Two spaces for each level, the dashes of a list included."""
    return _until_right(path, text, lambda part: part.is_block and _column(part) != part.column, _moved)


def _until_right(path: str, text: str, is_wrong: Callable[[Part], bool], mended: Callable[[str, Part], str]) -> str:
    """Mend the outermost blocks that are wrong, the last one first so that places stay true; then look again."""
    for _ in range(text.count("\n") + 1):
        wrong = _apart([part for part in parts(path, text) if is_wrong(part)], text.split("\n"))
        if not wrong:
            return text
        for part in reversed(wrong):
            text = mended(text, part)
    return text


def _apart(found: list[Part], rows: list[str]) -> list[Part]:
    """Those that begin on a line below the one before; what is inside another waits."""
    kept: list[Part] = []
    below = -1
    for part in found:
        if part.node.start_mark.line > below:
            kept.append(part)
            below = last_line(part.node, rows)
    return kept


def _column(part: Part) -> int:
    return int(part.node.start_mark.column)


def _moved(text: str, part: Part) -> str:
    rows, by = text.split("\n"), part.column - _column(part)
    first, column = start(part.node)
    head = rows[first][:column]
    rows[first] = (head + " " * by if by > 0 else head[:by]) + rows[first][column:]
    above = first
    while above > 0 and not head.strip() and rows[above - 1].startswith(head + "#"):
        above -= 1
    for number in [*range(above, first), *range(first + 1, last_line(part.node, rows) + 1)]:
        row = rows[number]
        rows[number] = (
            " " * by + row
            if by > 0 and row.strip()
            else row[min(-by, len(row) - len(row.lstrip())) :]
            if by < 0
            else row
        )
    return "\n".join(rows)


def ordered(path: str, text: str) -> str:
    """Fields in the order of the model; comments go with the field below them."""
    return _until_right(path, text, lambda part: bool(part.model) and _is_unordered(part), _sorted_fields)


def _sorted_fields(text: str, part: Part) -> str:
    return _sorted_block(text, part) if part.is_block else _sorted_flow(text, part)


def _names(part: Part) -> list[str]:
    return [str(key.value) for key, _ in part.node.value] if isinstance(part.node, yaml.MappingNode) else []


def _is_unordered(part: Part) -> bool:
    names = [name for name in _names(part) if name != _FREE]
    return names != sorted(names, key=_rank(part))


def _rank(part: Part) -> Callable[[str], int]:
    order = in_order(part.model) if part.model else []
    return lambda name: order.index(name) if name in order else len(order)


def _sorted(part: Part) -> list[int]:
    names, rank = _names(part), _rank(part)
    return sorted(range(len(names)), key=lambda number: rank(names[number]))


def _sorted_flow(text: str, part: Part) -> str:
    spans = [(start(key), end(value)) for key, value in part.node.value]
    pieces = [between(text, *spans[number]) for number in _sorted(part)]
    return edited(text, [Edit(*span, piece) for span, piece in zip(spans, pieces, strict=True)])


def _sorted_block(text: str, part: Part) -> str:
    """The fields change places; empty lines stay where they are."""
    rows, column = text.split("\n"), _column(part)
    spans = [
        (_above(rows, key, column, bool(number)), last) for number, (key, last) in enumerate(_field_lines(part, rows))
    ]
    dash = rows[spans[0][0]][:column]
    rows[spans[0][0]] = " " * column + rows[spans[0][0]][column:]
    chunks = [rows[first : last + 1] for first, last in spans]
    for (first, last), number in reversed(list(zip(spans, _sorted(part), strict=True))):
        rows[first : last + 1] = chunks[number]
    if dash.strip():
        rows[spans[0][0]] = dash + rows[spans[0][0]][column:]
    return "\n".join(rows)


def _field_lines(part: Part, rows: list[str]) -> Iterator[tuple[int, int]]:
    """The first and last line of each field; comments indented under it are a part of it."""
    for key, value in part.node.value:
        last = last_line(value, rows)
        while last + 1 < len(rows) and re.match(rf" {{{_column(part) + 1},}}#", rows[last + 1]):
            last += 1
        yield key.start_mark.line, max(last, key.start_mark.line)


def _above(rows: list[str], line: int, column: int, may_have: bool) -> int:
    while may_have and rows[line - 1].startswith(" " * column + "#"):
        line -= 1
    return line
