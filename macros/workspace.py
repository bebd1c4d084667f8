"""The project on disk, read once for as long as nothing in it changes."""

from __future__ import annotations

from pathlib import Path

from macros import dates
from macros.files import find
from macros.memory import Memory
from macros.problems import Problem
from macros.proofread import Proof, proofread

_READ: dict[Path, tuple[object, Proof]] = {}


def read(root: Path, memory: Memory | None = None) -> Proof:
    """The project below `root`, for today or as of a day; read again only when a file or the day has changed.

    `memory` has what an earlier process read.
    """
    today, as_of = dates.today(), dates.as_of()
    state = today, as_of, _state(root)
    if root not in _READ or _READ[root][0] != state:
        before = _READ[root][1].loaded if root in _READ else None
        _READ[root] = state, proofread(root, today, as_of, memory, before)
    return _READ[root][1]


def current(root: Path) -> Proof:
    """The project as it was last read, whatever has happened to its files since."""
    return _READ[root][1] if root in _READ else read(root)


def adopt(root: Path, proof: Proof) -> None:
    """Take this for the project as it was last read: somebody has read again the few files that an edit changed."""
    _READ[root] = None, proof


def _state(root: Path) -> tuple[object, ...]:
    """What every file says about itself, and what makes a file unreadable."""
    problems: list[Problem] = []
    files = [root / path for folder in ("data", "docs") for path in find(root, folder, problems)]
    return tuple(_look(file) for file in files), tuple(problems)


def _look(file: Path) -> tuple[str, int, int, int]:
    try:
        found = file.lstat()
    except OSError:
        return str(file), 0, 0, 0
    return str(file), found.st_mtime_ns, found.st_ctime_ns, found.st_size
