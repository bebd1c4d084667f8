"""Stands between MkDocs' server and those who ask it: takes in edits, and has what is stale made before it goes out.

Where the watching and the script of MkDocs are not those this was written for, they stay as they are.
"""

from __future__ import annotations

import gc
import logging
import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path
from string import Template
from threading import RLock
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import FileWrapper

from mkdocs import livereload
from mkdocs.livereload import LiveReloadServer

from macros.serving.making import Making
from macros.serving.standing import Standing
from macros.serving.watch import Watch, chosen

log = logging.getLogger("mkdocs.plugins.explainers")
SCRIPT = Path(__file__).parent / "renew.js"


class Preview:
    """A server that serves; `standing` gives the site that stands, None while only a whole build can help.

    `at_once` has the next build make every page, and show what is wrong with one.
    """

    def __init__(
        self,
        server: LiveReloadServer,
        root: Path,
        standing: Callable[[], Standing | None],
        at_once: Callable[[], None],
    ) -> None:
        self.server, self.root, self.standing, self.at_once = server, root, standing, at_once
        self.watch: Watch | None = None
        self._lock, self._builds, self._edits = RLock(), 0, 0

    def begin(self, build: Callable[[], None]) -> None:
        """Take the place of MkDocs' builder; `build` builds the whole site and never raises."""
        self._build = build
        if not Making.is_possible():
            self.server.builder = build
            return
        self.server.builder = self.build
        self.server.set_app(self.answer)
        self.watch = _watch(self.server)
        self._mark()
        _set_apart()

    def build(self) -> None:
        """Take in what has changed since the last time."""
        with self._lock:
            self._edits += 1
            if not self._is_taken_in():
                self._build_all()

    def _build_all(self) -> None:
        self._build()
        self._mark()
        _set_apart()

    def _mark(self) -> None:
        """Give pages our script in place of MkDocs'. After a whole build an open page differs in more than its text."""
        self._builds += 1
        script = Template(SCRIPT.read_text(encoding="utf-8"))
        livereload._SCRIPT_TEMPLATE = Template(script.safe_substitute(build=self._builds))

    def _is_taken_in(self) -> bool:
        standing, changed = self.standing(), self.watch.take() if self.watch else set()
        if standing is None or not changed:
            return False
        paths = [_relative(path, self.root) for path in changed]
        try:
            return all(paths) and standing.edit(paths)
        except Exception as error:  # noqa: BLE001 - a whole build says what is wrong, and shows it
            log.debug("%s", error)
            return False

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as MkDocs does, again when an edit came between."""
        path = self._path(environ)
        while True:
            edits, held = self._edits, _Held()
            self._renew(self._page_at(path))
            content = _whole(self.server.serve_request(environ, held))
            if edits == self._edits or not path:
                start_response(*held.said)
                return [content]

    def _path(self, environ: WSGIEnvironment) -> str:
        """The file of the site that is asked for; empty where none is."""
        address = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if not address.startswith(self.server.mount_path):
            return ""
        inside = address.removeprefix(self.server.mount_path)
        if address.startswith("/livereload/"):
            return ""
        whole = f"{inside}index.html" if inside.endswith("/") or not inside else inside
        return posixpath.normpath(f"/{whole}").lstrip("/")

    def _page_at(self, path: str) -> str:
        with self._lock:
            standing = self.standing()
            return standing.stale.page_at(path) if standing else path

    def _renew(self, path: str) -> None:
        with self._lock:
            standing = self.standing()
            try:
                if standing:
                    standing.stale.renew(path)
            except Exception as error:  # noqa: BLE001 - a whole build says what is wrong, and shows it
                log.debug("%s", error)
                self.at_once()
                self._build_all()


def _whole(body: Iterable[bytes]) -> bytes:
    """All of an answer at once: a file might be written anew while it is sent."""
    try:
        return b"".join(body)
    finally:
        if isinstance(body, FileWrapper):
            body.close()


class _Held:
    """What was said of an answer before its content, kept until it is certain."""

    said: tuple[Any, ...] = ()

    def __call__(self, *said: Any) -> Callable[[bytes], object]:  # noqa: ANN401
        self.said = said
        return lambda content: None


def _set_apart() -> None:
    """Have the collector of garbage pass over what a whole build leaves: it would halt an edit to look at all of it."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _relative(path: str, root: Path) -> str:
    """A path from the project's root, with its slash at the end; empty outside of it."""
    found = Path(path)
    within = found.relative_to(root).as_posix() if found.is_relative_to(root) else ""
    return f"{within}/" if within and path.endswith("/") else within


def _watch(server: LiveReloadServer) -> Watch:
    """Have the server watch what it watches with an observer that says which files changed."""
    watch, paths = chosen(), list(server._watched_paths)
    for path in paths:
        server.unwatch(path)
    server.observer = watch  # type: ignore[assignment]
    for path in paths:
        server.watch(path)
    server.build_delay = watch.pause
    return watch
