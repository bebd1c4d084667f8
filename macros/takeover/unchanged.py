"""Whether the site that stands is the one that a build would make: then there is nothing to build.

What a finished build was made from, and what every file of its site looked like, is written down. Where either differs
in anything, or the note is not whole, the site is built.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from macros.store import digest
from macros.takeover.keys import Keys

SAID = ("EXPLAINERS_AS_OF", "SOURCE_DATE_EPOCH")  # what the environment says of a site, beside the day
INPUTS = ("data", "docs")


class Note:
    """The note about the site in a folder, made from a project by an engine."""

    def __init__(self, file: Path, site: Path, root: Path, engine: str) -> None:
        self.file, self.site, self.root, self.engine = file, site, root, engine
        self.made_from = self._inputs()

    def _inputs(self) -> str:
        said = [os.environ.get(name, "") for name in SAID]
        inputs = [path for folder in INPUTS for path, _ in _files(self.root / folder, self.root)]
        return Keys(self.root, self.engine).key(str(self.site), inputs, *said)

    def said(self) -> list[str] | None:
        """The lines that the build wrote, when the site is still what it made; else None."""
        try:
            note = json.loads(self.file.read_text(encoding="utf-8"))
            same = note["made_from"] == self.made_from and note["site"] == self._look()
            return [str(line) for line in note["said"]] if same else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, said: list[str]) -> None:
        """The site that now stands is what a build makes, unless a file was changed while it was built."""
        if self.made_from != self._inputs():
            return
        note = {"made_from": self.made_from, "site": self._look(), "said": said}
        with suppress(OSError):  # then the next build builds
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(json.dumps(note), encoding="utf-8")

    def _look(self) -> str:
        """Every file of the site by its size and the time it was written."""
        files = _files(self.site, self.site)
        return digest(*sorted(f"{path} {found.st_size} {found.st_mtime_ns}" for path, found in files))


def _files(folder: Path, root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder with its path from the root, in no order. There are tens of thousands in a site."""
    base, start = os.path.relpath(folder, root), len(os.path.join(folder, ""))  # noqa: PTH118
    above, waiting = "" if base == os.curdir else os.path.join(base, ""), [str(folder)]  # noqa: PTH118
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:  # who reads the files says what is wrong
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                else:
                    yield above + entry.path[start:], entry.stat(follow_symlinks=False)
