"""Makes single pages of a site that MkDocs has built.

MkDocs has no event from which one page can be made: what it keeps to itself is called here, and for builds in
`building/workers.py`. With any other version than the one this was written for, every edit leads to a whole build, as
MkDocs does it.
"""

from __future__ import annotations

from dataclasses import replace

import mkdocs
from jinja2 import Environment
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros.building.pages import MadePage
from macros.building.workers import WRITTEN_FOR
from macros.pages import GeneratedPage


class Making:
    """The last whole build, as far as its pages need it. It takes the pages out of MkDocs' hands, and `files`."""

    environment: Environment

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation) -> None:
        self.config, self.files, self.nav = config, Files(list(files)), nav
        self.every = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        self._files = {file.src_uri: file for file in self.every}
        self._in_menu = {page.file.src_uri for page in nav.pages}
        for file in self.every:
            files.remove(file)

    @property
    def static(self) -> list[str]:
        """The files in `docs/` that are no pages."""
        return [f"docs/{file.src_uri}" for file in self.files if not file.is_documentation_page()]

    @staticmethod
    def is_possible() -> bool:
        return mkdocs.__version__ == WRITTEN_FOR

    @property
    def sources(self) -> list[str]:
        """The files of all pages."""
        return list(self._files)

    def site(self) -> None:
        """Make what the theme makes of all pages together, such as their list for search engines."""
        for template in self.config.theme.static_templates:
            build._build_theme_template(template, self.environment, self.files, self.config, self.nav)

    def path(self, src_uri: str) -> str:
        """Where the page of a file lies in the site."""
        return self._files[src_uri].dest_uri

    def article(self, src_uri: str) -> None:
        """Make the page of a file with what now stands in it."""
        self._make(self._page(self._files[src_uri]))

    def unit(self, made: GeneratedPage) -> None:
        """Make a page of an explainer or an actor that has no file of its own."""
        page = MadePage(made, self._files[made.src_uri], self.config)
        self._make(page)
        page.made = replace(made, make=tuple)

    def list(self, made: GeneratedPage) -> None:
        """Make a list over all explainers."""
        file = self._files[made.src_uri]
        file.content_string = made.markdown
        self._make(self._page(file))

    def _page(self, file: File) -> Page:
        """A new page; the same one where the menu has it."""
        return file.page if file.src_uri in self._in_menu and file.page else Page(None, file, self.config)

    def _make(self, page: Page) -> None:
        build._populate_page(page, self.config, self.files)
        excluded = page.file.inclusion in (InclusionLevel.DRAFT, InclusionLevel.EXCLUDED)
        build._build_page(page, self.config, self.every, self.nav, self.environment, excluded=excluded)
        page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)
