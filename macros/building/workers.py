"""Reads facts and makes pages in two processes, where the system can divide one (`fork`).

MkDocs has no event from which a few pages can be made: what it keeps to itself is called here, and for previews in
`serving/making.py`. With any other version than the one this was written for, all pages are made one after the other,
as MkDocs does.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterable, Sequence
from threading import active_count
from typing import TypeVar

import mkdocs
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros.memory import Memory

WRITTEN_FOR = "1.6.1"
WORTH = 6  # fewer are made sooner than a process starts
ItemT = TypeVar("ItemT")


def processes() -> int:
    """How many to use: EXPLAINERS_PROCESSES, else two; one with another MkDocs, or where `fork` is missing or, because
    a preview's threads run, not safe."""
    if mkdocs.__version__ != WRITTEN_FOR or not hasattr(os, "fork") or active_count() > 1:
        return 1
    chosen = os.environ.get("EXPLAINERS_PROCESSES", "2")
    return int(chosen) if chosen.isdecimal() else 2


def gather(items: Sequence[ItemT], work: Callable[[Sequence[ItemT]], bytes]) -> list[bytes]:
    """Do the work in several processes, each with its share of the items, and wait for what each has found.

    What failed is as if it had not been tried. Nothing where one process does as well.
    """
    number = processes()
    if number < 2 or len(items) < WORTH:
        return []
    gc.freeze()  # what is read stays: no process walks it again, and none copies it for that
    children = [_child(items[part::number], work) for part in range(number)]
    return [found for child, pipe in children if (found := _found(child, pipe)) is not None]


def _child(items: Sequence[ItemT], work: Callable[[Sequence[ItemT]], bytes]) -> tuple[int, int]:
    """The number of a new process, and where it will say what it has found."""
    reads, writes = os.pipe()
    child = os.fork()
    if child:
        os.close(writes)
        return child, reads
    status = 1
    try:
        with os.fdopen(writes, "wb") as pipe:
            pipe.write(work(items))
        status = 0
    finally:
        os._exit(status)  # whatever happened: the rest of the build is the parent's, and so are its open files


def _found(child: int, pipe: int) -> bytes | None:
    with os.fdopen(pipe, "rb") as said:
        found = said.read()
    return None if os.waitpid(child, 0)[1] else found


class SharedMemory(Memory):
    """What several processes find out, each about its share."""

    def share(self, items: Iterable[ItemT], find_out: Callable[[Sequence[ItemT]], None]) -> None:
        def kept(part: Sequence[ItemT]) -> bytes:
            self._after = {}
            find_out(part)
            return pickle.dumps(self._after)

        for found in gather(list(items), kept):
            self._known |= pickle.loads(found)  # noqa: S301 - from a process of ours


class Maker:
    """Makes pages as MkDocs would, events and all; those in the menu are read first, because others ask for them."""

    def __init__(self, nav: Navigation, files: Files, config: MkDocsConfig) -> None:
        self.nav, self.files, self.config = nav, files, config
        self.every = files.documentation_pages()
        for page in nav.pages:
            build._populate_page(page, config, files)
        self.environment = config.plugins.on_env(config.theme.get_env(), config=config, files=files)

    def make(self, pages: Sequence[Page]) -> None:
        """Make these pages, and let go what they hold: many would fill the memory."""
        for page in pages:
            build._populate_page(page, self.config, self.files)
        for page in pages:
            build._build_page(page, self.config, self.every, self.nav, self.environment)
            page.markdown = page.content = None
