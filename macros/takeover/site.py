"""The site that stands, and the one that takes its place. Knows MkDocs."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from macros.problems import Mistake
from macros.takeover.swap import Swap
from macros.takeover.unchanged import Note

log = logging.getLogger("mkdocs.plugins.explainers")


def aborted(mistake: Mistake) -> Abort:
    """What ends a build with a mistake in one line, as MkDocs shows it."""
    return Abort(f"{mistake.what}. {mistake.mend}.")


class Unchanged(SystemExit):
    """The site that stands is what this build would make; MkDocs has no other way to end a build well."""

    code = 0


class Shared(SystemExit):
    """A share of the site is made and kept, and no site is wanted."""

    code = 0


class Takeover:
    """From the begin of a build to its end.

    Raises `Unchanged` when there is nothing to build, and `Hindered` where the site cannot be built.
    """

    def __init__(self, config: MkDocsConfig, note: Note | None) -> None:
        said = note.said() if note else None
        if said is not None:
            for line in (*said, f"Nothing has changed since {config.site_dir} was built"):
                log.info("%s", line)
            raise Unchanged
        self.note, self.said, self.is_whole = note, list[str](), False
        self.swap = Swap(Path(config.site_dir))
        config.site_dir = str(self.swap.begin())

    def whole(self, said: list[str] | None) -> None:
        """The site is built; `said` are the lines to repeat while nothing changes, None to build it each time."""
        self.is_whole = True
        self.said, self.note = said or [], self.note if said is not None else None

    def failed(self) -> None:
        self.is_whole = False

    def end(self) -> None:
        """The new site takes the old one's place, or is gone."""
        if not self.is_whole:
            return self.swap.drop()
        try:
            self.swap.commit()
        except OSError as error:
            raise Abort(f"The site is built, but cannot take the old one's place: {error}") from None
        if self.note:
            self.note.write(self.said)
        return None
