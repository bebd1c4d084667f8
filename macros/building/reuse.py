"""One build: which units are ready, which are made and kept. Knows MkDocs; the plugin tells it what happens."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from macros.building import workers
from macros.building.pages import MadePage, ReadyPage, kept
from macros.building.units import Unit
from macros.delivery import filled_in, prepared
from macros.shards import Shard
from macros.store import Store, packed
from macros.styles import Vocabulary

LOG = logging.getLogger("mkdocs")


class Reuse:
    """What a build takes from earlier ones and leaves for later ones; without a store it does neither."""

    def __init__(self, units: Iterable[Unit], store: Store | None, day: str, *, delivers: bool) -> None:
        self.units, self.store, self.day, self.delivers = list(units), store, day, delivers
        self.vocabulary = Vocabulary()
        self.prepared: set[str] = set()
        self.ready: set[str] = set()
        self.is_worker = False
        self._owners = {source: unit for unit in self.units for source in unit.sources}
        self._heads: dict[str, dict[str, Any]] = {}
        self._made: dict[str, dict[str, bytes]] = {unit.name: {} for unit in self.units}
        self._words = {unit.name: Vocabulary() for unit in self.units}
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)

    def place(self, files: Files, config: MkDocsConfig) -> None:
        """Give MkDocs the pages of every unit: as they were kept, or to be made."""
        LOG.addHandler(self._warnings)
        for unit in self.units:
            for made in unit.pages:
                file = File.generated(config, made.src_uri, content="")
                files.append(file)
                MadePage(made, file, config)
        self._take(self.units, files, config)

    def divide(self, nav: Navigation, files: Files, config: MkDocsConfig) -> None:
        """Have the units that are not ready made by other processes."""
        if self.store and self.is_silent:
            missing = [unit for unit in self.units if unit.name not in self.ready]
            if workers.gather(missing, lambda share: self._work(share, nav, files, config)):
                self._take(missing, files, config)

    def make(self, shard: Shard, nav: Navigation, files: Files, config: MkDocsConfig) -> int:
        """Make a share of the units and keep them; how many. Without a store there is nothing to do."""
        missing = [unit for unit in shard.of(self.units) if self.store and unit.name not in self.ready]
        if missing and not workers.gather(missing, lambda share: self._work(share, nav, files, config)):
            self._work(missing, nav, files, config)
        return len(missing)

    def _work(self, share: Sequence[Unit], nav: Navigation, files: Files, config: MkDocsConfig) -> bytes:
        """Make and keep; whoever waits for it finds it in the store."""
        self.is_worker = True
        LOG.handlers[:] = [self._warnings]  # what there is to say, the parent says when it makes the page itself
        maker = workers.Maker(nav, files, config)
        for unit in share:
            found = [files.get_file_from_path(source) for source in unit.sources]
            maker.make([file.page for file in found if file and file.page])
            self._keep(unit, self._files(unit))
            del self._words[unit.name]  # many would fill the memory
        return b""

    def _take(self, units: Iterable[Unit], files: Files, config: MkDocsConfig) -> None:
        for unit in units:
            bundle = self.store.get(unit.key) if self.store else None
            if bundle is None:
                continue
            self.ready.add(unit.name)
            self.vocabulary.add(Vocabulary.from_json(bundle["words"]))
            for source in unit.sources:
                if file := files.get_file_from_path(source):
                    head = json.loads(bundle[f"page:{source} head"])
                    if file.page:
                        file.page.title = head["title"]  # a menu that has this page goes on showing it
                    file.page = ReadyPage(head, partial(self._kept_page, unit, source), file, config, self.day)

    def _kept_page(self, unit: Unit, source: str) -> str:
        """A page's HTML, read when it is written: all pages together would fill the memory."""
        bundle = self.store.get(unit.key) if self.store else None
        if bundle is None:
            raise Abort("Something deleted .cache/build while this build used it. The site is as it was; build again.")
        return bundle[f"page:{source} html"].decode()

    def begin(self, page: Page) -> None:
        """A page has its head, which other plugins may still change."""
        if page.file.src_uri in self._owners:
            self._heads[page.file.src_uri] = json.loads(json.dumps(page.meta))

    def output(self, page: Page, html: str) -> str:
        """A page is done. Returns what is to be written: nothing where the parent will do that."""
        source = page.file.src_uri
        if self.delivers:
            self.prepared.add(page.file.dest_uri)
            if not isinstance(page, ReadyPage):
                html = self._words_of(source).read(prepared(html))
        if self.store and source in self._heads:
            parts = kept(page, self._heads.pop(source), html)
            self._made[self._owners[source].name] |= {f"page:{name}": part for name, part in parts.items()}
        return "" if self.is_worker else html

    def _words_of(self, source: str) -> Vocabulary:
        return self._words[self._owners[source].name] if source in self._owners else self.vocabulary

    def write_files(self, site: Path, *, later: bool = False) -> None:
        """Write the files of the units that were not ready, and keep what was made; `later` somebody else will."""
        for unit in self.units:
            if unit.name not in self.ready and not later:
                files = self._files(unit)
                write(site, files)
                self.prepared.update(files)
                self._keep(unit, files)
                self.vocabulary.add(self._words[unit.name])
        LOG.removeHandler(self._warnings)

    def _files(self, unit: Unit) -> dict[str, bytes]:
        """The files of a unit; its pages in frames are prepared like any other."""
        files = dict(unit.files())
        if self.delivers:
            pages = {path: content.decode() for path, content in files.items() if path.endswith(".html")}
            files |= {path: self._words[unit.name].read(prepared(html)).encode() for path, html in pages.items()}
        return files

    def write_ready(self, site: Path, addresses: dict[str, str]) -> None:
        """Write the files of the units that were ready, as they were kept."""
        for unit in self.units:
            if unit.name in self.ready:
                bundle = self.store.get(unit.key) if self.store else None
                files = bundle.only("file:") if bundle else self._files(unit)  # something may have deleted it
                write(site, {path: _filled(path, content, addresses) for path, content in files.items()})
        if self.store:
            self.store.sweep()

    @property
    def is_silent(self) -> bool:
        """Whether nothing was to be said of any page: what was has to be said again by the next build."""
        return not self._warnings.get_counts()

    def _keep(self, unit: Unit, files: dict[str, bytes]) -> None:
        made = self._made.pop(unit.name, {})
        is_whole = all(f"page:{source} head" in made for source in unit.sources)
        if self.store and self.is_silent and is_whole:
            made["words"] = self._words[unit.name].to_json()
            self.store.put(unit.key, packed(made | {f"file:{path}": content for path, content in files.items()}))


def _filled(path: str, content: bytes, addresses: dict[str, str]) -> bytes:
    return filled_in(content, addresses) if path.endswith(".html") else content


def write(site: Path, files: Mapping[str, bytes]) -> None:
    """Put files at their paths below the site."""
    for path, content in files.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
