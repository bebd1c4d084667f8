"""Makes single pages of a site that MkDocs has built.

MkDocs has no event from which one page can be made. This is the one place that calls what it keeps to itself for that;
with any other version than the one it was written for, every edit leads to a whole build, as MkDocs does it.
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
from macros.pages import GeneratedPage, Topics

TAGS = "material/tags"


class Making:
    """The last whole build, as far as its pages need it again."""

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, environment: Environment) -> None:
        self.config, self.files, self.nav, self.environment = config, files, nav, environment
        self.every = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        self._files = {file.src_uri: file for file in self.every}
        self._in_menu = {page.file.src_uri for page in nav.pages}

    @staticmethod
    def is_possible() -> bool:
        return mkdocs.__version__ == WRITTEN_FOR

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
        page = self._page(file)
        if isinstance(made, Topics) and TAGS in self.config.plugins:
            self._topics(page)
        else:
            self._make(page)

    def _page(self, file: File) -> Page:
        """A new page; the same one where the menu has it."""
        return file.page if file.src_uri in self._in_menu and file.page else Page(None, file, self.config)

    def _make(self, page: Page) -> None:
        self._read(page)
        self._write(page)

    def _read(self, page: Page) -> None:
        build._populate_page(page, self.config, self.files)

    def _write(self, page: Page) -> None:
        excluded = page.file.inclusion in (InclusionLevel.DRAFT, InclusionLevel.EXCLUDED)
        build._build_page(page, self.config, self.every, self.nav, self.environment, excluded=excluded)
        page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)

    def _topics(self, page: Page) -> None:
        """The theme lists tags by events of a whole build: they come to it again, with the titles of now."""
        tags = self.config.plugins[TAGS]
        tags.on_config(self.config)
        for listed in (file.page for file in self.every if file.page):
            tags.on_page_markdown("", page=listed, config=self.config, files=self.files)
        self._read(page)
        tags.on_env(self.environment, config=self.config, files=self.files)
        self._write(page)
