"""Where the site is, for files that are read elsewhere: every address in them is whole."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Site:
    """The site as mkdocs.yml names it; `url` ends in a slash."""

    name: str
    url: str
    description: str

    @property
    def host(self) -> str:
        """The name that makes identifiers of this site unique in the world."""
        return urlsplit(self.url).hostname or "localhost"

    def address(self, path: str = "") -> str:
        """The whole address of a path below the site's root."""
        return self.url + path
