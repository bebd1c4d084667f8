"""The project on disk, read once for as long as nothing in it changes."""

from __future__ import annotations

from pathlib import Path

from macros import dates
from macros.proofread import Proof, proofread

_READ: dict[Path, tuple[object, Proof]] = {}


def read(root: Path) -> Proof:
    """The project below `root`, for today; read again only when a file or the day has changed."""
    state = dates.today(), _state(root)
    if root not in _READ or _READ[root][0] != state:
        _READ[root] = state, proofread(root, state[0])
    return _READ[root][1]


def _state(root: Path) -> tuple[tuple[str, int, int], ...]:
    files = [*(root / "data").rglob("*.y*ml"), *(root / "docs").rglob("*.md")]
    return tuple(sorted((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files))
