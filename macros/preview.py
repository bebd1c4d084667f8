"""Keeps `mkdocs serve` alive: a mistake is shown where it is looked for, and mended code is read again."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from macros.render import render

log = logging.getLogger("mkdocs.plugins.explainers")
CODE = Path(__file__).parent


def survive(builder: Callable[[], None], site_dir: Path) -> Callable[[], None]:
    """A builder that never raises: MkDocs would leave every later request waiting for ever.

    What went wrong is logged in one line, and is what every page shows until it is mended.
    """

    def build() -> None:
        try:
            builder()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the server must live on
            message = explain(error)
            log.error("%s", message)
            _show(message, site_dir)

    return build


def explain(error: BaseException) -> str:
    """One line for an error: the innermost place in our own code, if it passed through it, and what it says."""
    what = f"{type(error).__name__}: {error}".strip().removeprefix("Abort: ")
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_named(error.filename)}:{error.lineno}:{error.offset or 1}: {error.msg}"
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(str(CODE))]
    ours = [f for f in frames if f.filename != __file__]
    return f"{_named(ours[-1].filename)}:{ours[-1].lineno}:1: {what}" if ours else what


def _named(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(CODE.parent).as_posix() if path.is_relative_to(CODE.parent) else filename


def _show(message: str, site_dir: Path) -> None:
    for page in site_dir.rglob("*.html"):
        page.unlink()
    (site_dir / "404.html").write_text(render("_failure", {"message": message}), encoding="utf-8")


class Code:
    """The Python files and templates of this package, as they were when last looked at."""

    def __init__(self) -> None:
        self.state = self._look()

    def _look(self) -> dict[Path, int]:
        files = (*CODE.rglob("*.py"), *(CODE / "templates").iterdir())
        return {file: file.stat().st_mtime_ns for file in files}

    def forget_if_changed(self) -> bool:
        """Drop the package's modules when a file of theirs changed, so that the next import reads them again."""
        state = self._look()
        if state == self.state:
            return False
        self.state = state
        for name in [name for name in sys.modules if name == CODE.name or name.startswith(f"{CODE.name}.")]:
            del sys.modules[name]
        return True


def refreshing(builder: Callable[[], None], code: Code, refresh: Callable[[], Any]) -> Callable[[], None]:
    """A builder that calls `refresh` first when the code has changed, and again until that succeeds."""
    stale = False

    def build() -> None:
        nonlocal stale
        stale = code.forget_if_changed() or stale
        if stale:
            refresh()
            stale = False
        builder()

    return build
