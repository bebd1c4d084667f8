"""Golden files: YAML that says what goes in and what must come out, to be read like a manual.

A file holds one case, or several with `---` between them. What comes out stands last in its case. After a change that
is meant, `UPDATE_GOLDEN=1 uv run pytest -n 0` writes it anew: read every line of `git diff` before you keep it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent / "golden"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))


@dataclass(frozen=True)
class Case:
    """One case of a golden file."""

    path: Path
    number: int
    given: dict[str, Any]

    def matches(self, key: str, actual: str) -> None:
        """Fail when what came out is not what stands in the file under `key`; when updating, write it there."""
        if UPDATE:
            self._write(key, actual)
        else:
            assert actual == self.given[key].rstrip("\n"), f"{self.path.name}, case {self.number + 1}"

    def _write(self, key: str, actual: str) -> None:
        parts = _split(self.path)
        head = re.split(rf"^{key}:", parts[self.number], flags=re.MULTILINE)[0]
        block = f"{key}: |\n{indent(actual, '  ')}\n" if actual else f'{key}: ""\n'
        parts[self.number] = head + block
        self.path.write_text("---\n".join(parts), encoding="utf-8")


def cases(folder: str) -> list[Any]:
    """Every case of every golden file in a folder, as parameters of a test."""
    found = [
        Case(path, number, yaml.load(part, Loader=yaml.CSafeLoader))
        for path in sorted((FOLDER / folder).glob("*.yml"))
        for number, part in enumerate(_split(path))
    ]
    return [pytest.param(case, id=f"{case.path.stem}-{case.number + 1}") for case in found]


def _split(path: Path) -> list[str]:
    return re.split(r"^---\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


def content(value: Any) -> bytes:  # noqa: ANN401
    """The bytes that a golden file gives for a file: a text, `{hex: …}`, `{repeat: …, times: …}`, or a list of them."""
    if isinstance(value, list):
        return b"".join(content(part) for part in value)
    if isinstance(value, str):
        return value.encode()
    return bytes.fromhex(value["hex"]) if "hex" in value else content(value["repeat"]) * value["times"]
