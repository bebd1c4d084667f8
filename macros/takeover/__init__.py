"""Whether there is anything to build, and how what was built takes the place of the site that stands.

`keys` says in one number what something is made from, `unchanged` compares that with what a site was made from, `swap`
puts a finished site where the old one stood, and `site` uses both from the begin of a build to its end. A build that
finds nothing to do loads no more than this, so nothing here uses the rest of the house.
"""

from __future__ import annotations

import warnings
from datetime import date
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from macros.files import EDITOR
from macros.store import digest
from macros.takeover.keys import Keys, code
from macros.takeover.site import Shared, Takeover, aborted
from macros.takeover.swap import Hindered
from macros.takeover.unchanged import Note

__all__ = ["Hindered", "Shared", "Takeover", "aborted", "begun", "engine", "is_known", "without_site"]

NOTE = Path(".cache/build/note.json")
KNOWN = {"explainers", "macros"}  # others might not see a page that was kept
MARKDOWN = {
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "macros.stash", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
}  # fmt: skip
READERS = {"pymdownx.b64", "pymdownx.snippets"}  # their pages are made from further files
OF_A_CALL = {"config_file_path", "site_dir", "strict"}  # settings that no page shows


def begun(config: MkDocsConfig, day: date) -> Takeover:
    """The build begins; raises `Unchanged` when nothing has changed since the last one, `Hindered` where it cannot."""
    root = Path(config.docs_dir).parent
    installed = Keys(root, "").of(f"{EDITOR}/node_modules/.package-lock.json")
    note = Note(root / NOTE, Path(config.site_dir), root, digest(engine(config), str(day), installed))
    return Takeover(config, note if is_known(config) else None)


def is_known(config: MkDocsConfig) -> bool:
    """Whether we know all that takes part in a build, and so all that a page is made from."""
    return KNOWN.issuperset(config.plugins) and not config.hooks and all(map(_is_pure, config.markdown_extensions))


def _is_pure(extension: str) -> bool:
    """Whether what an extension of Markdown makes of a text depends on nothing but the text."""
    if extension.startswith("pymdownx."):
        return extension not in READERS
    return extension.removeprefix("markdown.extensions.") in MARKDOWN


def without_site(config: MkDocsConfig) -> None:
    """A build that writes no site: MkDocs empties the folder it is given, but passes over one that is not there."""
    config.site_dir = str(Path(config.site_dir) / ".none")


def engine(config: MkDocsConfig) -> str:
    """Everything but the day that every page depends on, wherever the project lies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # MkDocs 1.6.1 itself has no use for it
        configs = config.user_configs
    said = [(key, value) for said in configs for key, value in said.items() if key not in OF_A_CALL]
    return digest(code(config.theme.custom_dir), repr(said).replace(str(Path(config.docs_dir).parent), ""))
