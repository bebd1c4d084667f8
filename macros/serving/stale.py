"""What has yet to be made, or is old since an edit, by its path in the site. It is made when somebody asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from macros.building import write
from macros.serving.readers import actor, story

SEARCH = "search/"  # the owner of what lies below it
OF_SITE = ""  # the owner of all else that belongs to no explainer and no actor
Files = Iterator[tuple[str, bytes]]


class Stale:
    """The pages and files of a site."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self._pages: dict[str, Callable[[], None]] = {}
        self._files: dict[str, Files] = {}
        self._made: dict[str, set[str]] = {}
        self._owners: dict[str, str] = {}
        self._theirs: dict[str, set[str]] = {}

    def page(self, path: str, make: Callable[[], None]) -> None:
        """This page is old; `make` writes it anew."""
        self._pages[path] = make

    def files(self, owner: str, files: Files) -> None:
        """All files of an explainer, an actor or the site are old; `files` makes them, one after the other."""
        self._files[owner], self._made[owner] = files, set()

    def holds(self, path: str) -> bool:
        """Whether what lies at this path, or may belong there, has yet to be made."""
        return path in self._pages or self._waiting(path) is not None

    @property
    def pages(self) -> list[str]:
        """The paths of the pages that have yet to be made."""
        return list(self._pages)

    def page_at(self, path: str) -> str:
        """The page of the folder at this path, which may be asked for without its slash; else the path itself."""
        page = f"{path}/index.html"
        return page if page in self._pages else path

    def renew(self, path: str) -> None:
        """Have what lies at this path made, if it is not."""
        if make := self._pages.get(path):
            make()
            self._pages.pop(path, None)
        while (owner := self._waiting(path)) is not None:
            self._advance(owner, path)

    def renew_all(self) -> None:
        """Have everything made."""
        while self._pages or self._files:
            for path in list(self._pages):
                self.renew(path)
            for owner in list(self._files):
                self._advance(owner)

    def _advance(self, owner: str, wanted: str = "") -> None:
        """Write the files of an owner up to the one that is wanted; all of them when it is not among them."""
        for path, content in self._files[owner]:
            write(self.site, {path: content})
            self._made[owner].add(path)
            self._own(path, owner)
            if path == wanted:
                return
        del self._files[owner]
        self._settle(owner, self._made.pop(owner))

    def _own(self, path: str, owner: str) -> None:
        self._owners[path] = owner
        self._theirs.setdefault(owner, set()).add(path)

    def _settle(self, owner: str, there: set[str]) -> None:
        """All of an owner's files are made: what is not among them is gone."""
        for path in self._theirs.get(owner, set()) - there:
            (self.site / path).unlink(missing_ok=True)
            del self._owners[path]
        self._theirs[owner] = there

    def _waiting(self, path: str) -> str | None:
        """The owner whose files have to be made for this one."""
        if path in self._owners:
            owner = self._owners[path]
            return owner if owner in self._files and path not in self._made[owner] else None
        return None if os.path.exists(self.site / path) else next(self._candidates(path), None)  # noqa: PTH110 - of any length

    def _candidates(self, path: str) -> Iterator[str]:
        """Who may have a file that nobody has made: who is called by a part of its path; whose folder it is in."""
        file = PurePosixPath(path)
        for name in (*file.parts[:-1], file.stem):
            yield from (owner for owner in (story(name), actor(name)) if owner in self._files)
        owner = SEARCH if path.startswith(SEARCH) else OF_SITE
        if owner in self._files and (owner not in self._theirs or self._has_folder(owner, file.parts[0])):
            yield owner

    def _has_folder(self, owner: str, name: str) -> bool:
        return any(other.startswith(f"{name}/") for other in self._theirs[owner])
