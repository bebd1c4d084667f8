"""A site is built beside the one that stands, and takes its place when it is whole.

Whatever stops a build, an error, strictness or a signal, the old site stays as it was.
"""

from __future__ import annotations

import shutil
from pathlib import Path


class Swap:
    """Where the site stands, where the new one is built, and where the old one waits until the new one stands."""

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        self.new, self.old = (self.site.with_name(f".{self.site.name}.{name}") for name in ("new", "old"))

    def begin(self) -> Path:
        """Clear what an interrupted build left; returns the folder to build in."""
        if self.old.exists() and not self.site.exists():
            self.old.rename(self.site)
        self.drop()
        self.new.mkdir(parents=True)
        return self.new

    def commit(self) -> None:
        """Put the new site where the old one stands. What is hidden there, such as `.git`, stays."""
        if self.site.is_mount():
            self._copy()
        else:
            self._exchange()
        self.drop()

    def drop(self) -> None:
        """Delete what is not the site."""
        for folder in (self.new, self.old):
            shutil.rmtree(folder, ignore_errors=True)

    def _exchange(self) -> None:
        if self.site.exists():
            self.site.rename(self.old)
        self.new.rename(self.site)
        for hidden in self.old.glob(".*"):
            hidden.rename(self.site / hidden.name)

    def _copy(self) -> None:
        """A mounted folder cannot be moved."""
        for path in self.site.glob("[!.]*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.new, self.site, dirs_exist_ok=True)
