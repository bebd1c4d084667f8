"""Files for machines, written by the same build as the pages. Each module makes one kind of file."""

from __future__ import annotations

from collections.abc import Iterator

from macros.edition import Library
from macros.publish import api, atom, calendar, citing, embed, json_feed, json_ld, pictures, schema
from macros.publish.address import Site

__all__ = ["Site", "citing", "files", "json_ld", "pictures"]


def files(library: Library, site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file by its path below the site's root."""
    for module in (atom, json_feed, calendar, api, schema, embed, pictures):
        yield from module.files(library, site)
