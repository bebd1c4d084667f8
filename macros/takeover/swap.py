"""A site is built beside the one that stands, and takes its place when it is whole.

Whatever stops a build, an error, strictness or a signal, the old site stays as it was. Two builds of one site at the
same time would mix: the second one does not begin.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Hindered(Exception):
    """What keeps a site from being built, and what to do about it."""


class Swap:
    """Where the site stands, where the new one is built, and where the old one waits until the new one stands."""

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        self.new, self.old = (self.site.with_name(f".{self.site.name}.{name}") for name in ("new", "old"))
        self._lock: int | None = None

    def begin(self) -> Path:
        """Clear what an interrupted build left; returns the folder to build in.

        Raises `Hindered` where another build is at work, or nothing can be written.
        """
        try:
            self._refuse_company()
            self._restore()
            self.drop()
            self.new.mkdir(parents=True)
        except OSError as error:
            what = f"{error.filename or self.new} cannot be written: {error.strerror}."
            mend = "A site is built beside the one that stands: allow that, or choose another `site_dir`."
            raise Hindered(f"{what} {mend}") from None
        self._lock = _locked(self.new)
        return self.new

    def commit(self) -> None:
        """Put the new site where the old one stands. What is hidden there, such as `.git`, stays."""
        if os.path.ismount(self.site) or not self._is_exchanged():  # a Path of Python 3.11 cannot tell on Windows
            self._copy()
        self.drop()

    def drop(self) -> None:
        """Delete what is not the site."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        for folder in (self.new, self.old):
            shutil.rmtree(folder, ignore_errors=True)

    def _refuse_company(self) -> None:
        if self.new.exists():
            lock = _locked(self.new)
            if lock is not None:
                os.close(lock)

    def _restore(self) -> None:
        """A build that was stopped between its last steps left the old site, or what is hidden in it."""
        if self.old.exists() and not self.site.exists():
            self.old.rename(self.site)
        self._keep_hidden()

    def _is_exchanged(self) -> bool:
        """Whether the new site could take the old one's place; a folder that came with a container cannot be moved."""
        try:
            if self.site.exists():
                self.site.rename(self.old)
        except OSError as error:
            if error.errno == errno.EXDEV:
                return False
            raise
        self.new.rename(self.site)
        self._keep_hidden()
        return True

    def _keep_hidden(self) -> None:
        for hidden in self.old.glob(".*"):
            if not os.path.lexists(self.site / hidden.name):
                hidden.rename(self.site / hidden.name)

    def _copy(self) -> None:
        """Put the new site into the old one's folder."""
        for path in self.site.glob("[!.]*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.new, self.site, dirs_exist_ok=True)


def _locked(folder: Path) -> int | None:
    """Lock a folder until what is returned is closed, or the process ends; raises `Hindered` where another has it.

    Windows has no such lock, and some file systems have none.
    """
    if sys.platform == "win32":
        return None
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise Hindered("Another build of this site is at work. Wait until it is done, and build again.") from None
    except OSError:
        os.close(lock)
        return None
    return lock
