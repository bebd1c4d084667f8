"""What something is made from, as one number: files by their content, the code, the configuration and the day."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from macros.store import digest

CODE = Path(__file__).parent.parent
PASSING = {"__pycache__", ".DS_Store"}


class Keys:
    """Makes keys for a project; `engine` stands for everything that every page depends on."""

    def __init__(self, root: Path, engine: str) -> None:
        self.root, self.engine = root, engine
        self._digests: dict[str, str] = {}

    def key(self, name: str, paths: Iterable[str], *more: str) -> str:
        """The key of something that is made from the files at these paths, and from what is said in `more`."""
        return digest(self.engine, name, *more, *(f"{path} {self.of(path)}" for path in sorted(paths)))

    def of(self, path: str) -> str:
        """The digest of a file's content; empty where there is none that can be read."""
        if path not in self._digests:
            self._digests[path] = _content(self.root / path)
        return self._digests[path]


def _content(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:  # who reads it for what it says, says what is wrong
        return ""


def code(*folders: str | None) -> str:
    """The digest of this package with its templates and theme, of these folders, of every library, and of Python."""
    return digest(sys.version, *_installed(), *(_folder(Path(folder)) for folder in (CODE, *folders) if folder))


def _folder(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not PASSING & set(file.parts))
    return digest(*(f"{file.relative_to(folder)} {sha256(file.read_bytes()).hexdigest()}" for file in files))


def _installed() -> list[str]:
    """The names of all distributions with their versions, as their folders are called."""
    return sorted(info.name for path in set(sys.path) for info in Path(path or ".").glob("*.dist-info"))
