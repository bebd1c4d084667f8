"""Pages that MkDocs need not make: those made from facts, and those kept from an earlier build. Knows MkDocs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from macros.pages import GeneratedPage

TEMPLATE = "ready.html"  # prints `page.html` and nothing else


class MadePage(Page):
    """A page of facts: its HTML has no Markdown in it, so it goes round Markdown and round the macros."""

    def __init__(self, made: GeneratedPage, file: File, config: MkDocsConfig) -> None:
        super().__init__(None, file, config)
        self.made = made

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = "", {"render_macros": False}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content, self.toc = self.made.html, TableOfContents([])
        self.present_anchor_ids: set[str] = set()
        self.links_to_anchors: dict[File, dict[str, str]] = {}


class ReadyPage(Page):
    """A page as an earlier build left it, with what other plugins ask of one: its head; `read` gives all of it."""

    def __init__(
        self, head: Mapping[str, Any], read: Callable[[], str], file: File, config: MkDocsConfig, day: str
    ) -> None:
        super().__init__(None, file, config)
        self.head, self.read, self.update_date = head, read, day

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = "", {**self.head["meta"], "template": TEMPLATE, "render_macros": False}
        self.title = self.head["title"]

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content, self.toc = "", TableOfContents([])
        self.present_anchor_ids = set(self.head["anchors"])
        self.links_to_anchors = {
            file: links for path, links in self.head["links"].items() if (file := files.get_file_from_path(path))
        }

    @property
    def html(self) -> str:
        """The whole page."""
        return self.read()


def kept(page: Page, meta: dict[str, Any], html: str) -> dict[str, bytes]:
    """What has to be kept of a page for `ReadyPage`."""
    links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
    head = {"title": page.title, "meta": meta, "anchors": sorted(page.present_anchor_ids or ()), "links": links}
    source = page.file.src_uri
    parts = {"head": json.dumps(head), "html": html}
    return {f"{source} {name}": text.encode("utf-8", "xmlcharrefreplace") for name, text in parts.items()}
