"""Search: entries from the records, an index of their words, and the files that a browser fetches of it as it needs.

`entries` says what can be found, `words` which words a text has, `index` where each stands, `shards` in which files.
assets/search/ in the theme reads these files again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from macros.search.entries import Page, pages, site_page
from macros.search.index import index
from macros.search.shards import files_of_pages, shards

__all__ = ["Page", "files", "pages", "site_page"]


def files(found: Sequence[Page], names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Every file by its path below the site's root: the root of the index, its words, then the texts of its pages.

    `names` are the actors' by id.
    """
    words = shards(index(found))
    yield from words.files()
    yield from files_of_pages(found, names, words.folder)
