"""The links and anchors in an article: do they lead anywhere?"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from macros.articles import Article
from macros.calls import added
from macros.load import Loaded
from macros.model import SECTIONS
from macros.problems import Mistake, Problem, did_you_mean
from macros.prose import Prose

_ELSEWHERE = ("http", "https", "mailto")


@dataclass(frozen=True)
class Links:
    """Everything a link may lead to; `made` are the files of pages that facts make."""

    root: Path
    proses: Mapping[str, Prose]
    loaded: Loaded
    made: Collection[str]

    def check(self, prose: Prose) -> Iterator[Problem]:
        """Every link of an article that leads to no file, heading or record, and every anchor that is not its own."""
        article = prose.article
        for target, line in prose.targets:
            if mistake := self._broken(target, article.path):
                yield mistake.at(article.path, line, article.column(line, target))
        if article.path in self.made:
            what = "the site makes the page of this address from the facts"
            yield Mistake("file-name", what, "Give the file another name").at(article.path, 1, 1)
        yield from self._anchors_used_twice(prose)

    def _broken(self, target: str, source: str) -> Mistake | None:
        mend = "Write the way from this file to another: ../about.md, or a whole https:// address"
        nowhere = Mistake("bad-link", f"`{target}` is not a link that works everywhere", mend)
        try:
            parts = urlsplit(target)
        except ValueError:
            return nowhere
        if parts.scheme in _ELSEWHERE:
            return None
        if parts.scheme or target.startswith("/"):
            return nowhere
        folder, way = posixpath.dirname(source), unquote(parts.path)
        path = posixpath.normpath(posixpath.join(folder, way)) if way else source
        if not self._is_file(path):
            return Mistake("broken-link", f"`{target}` leads to no file", self._nearest(way, folder))
        return self._no_anchor(target, unquote(parts.fragment), self.proses.get(path))

    def _is_file(self, path: str) -> bool:
        readers = path.startswith("docs/") and not any(part.startswith(".") for part in path.split("/"))
        return path in self.made or (readers and os.path.isfile(self.root / path))  # noqa: PTH113 - Path.is_file raises

    def _nearest(self, way: str, folder: str) -> str:
        """What was meant: an article, or a page that facts make when it is called nearly the same."""
        written = [posixpath.relpath(path, folder) for path in self.proses]
        made = [posixpath.relpath(path, folder) for path in self.made]
        near = get_close_matches(way[:100], made, n=1, cutoff=0.8)
        return did_you_mean(way, {*written, *near})

    def _no_anchor(self, target: str, anchor: str, prose: Prose | None) -> Mistake | None:
        if not anchor or prose is None or not self._is_whole(prose.article):
            return None
        known = {*prose.headings, *self._records(prose.article)}
        if anchor in known or anchor in self._added(prose):
            return None
        return Mistake("broken-anchor", f"`{target}` leads to no heading or record", did_you_mean(anchor, known))

    def _is_whole(self, article: Article) -> bool:
        return not article.slug or self.loaded.facts(article.slug) is not None

    def _records(self, article: Article) -> dict[str, str]:
        """The ids on an explainer's page, each with its section."""
        facts = self.loaded.facts(article.slug)
        return {id_: section for section in SECTIONS for id_ in facts.keys(section)} if facts else {}

    def _added(self, prose: Prose) -> set[str]:
        """The anchors of the headings that the site adds to an article."""
        explainer = self.loaded.explainers.get(prose.article.slug)
        taken = dict(prose.headings)
        for component in added(prose.article, explainer) if explainer else []:
            taken[prose.anchor(component.heading, taken)] = 0
        return set(taken) - set(prose.headings)

    def _anchors_used_twice(self, prose: Prose) -> Iterator[Problem]:
        article, records = prose.article, self._records(prose.article)
        for id_ in records.keys() & prose.headings.keys():
            what = f"this heading gets the anchor `{id_}`, which is a record's id"
            mend = "Word the heading differently"
            yield Mistake("id-used-twice", what, mend).at(article.path, prose.headings[id_], 1)
        if facts := self.loaded.facts(article.slug):
            for id_ in records.keys() & self._added(prose):
                what = f"the id `{id_}` is the anchor of a heading that the site adds"
                mistake = Mistake("id-used-twice", what, "Give this one another id")
                yield facts.problem(mistake, (records[id_], id_), key=True)
