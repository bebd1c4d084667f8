"""The MkDocs plugin: hands every event to the build it is about, and keeps previews alive.

What stands already needs no build, and previews read changed code again: so `site_build`, and with it the rest, is
imported when a build begins. With these two, `takeover`, `site_page`, `building` and `serving`, all that knows MkDocs.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority

from macros import dates, shards, takeover
from macros.problems import Mistake

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from macros.site_build import SiteBuild


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """There is nothing to configure."""


class ExplainersPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Add `explainers` to `plugins:` in mkdocs.yml, before `macros`."""

    in_preview = False
    is_served = False
    is_build = False
    is_at_once = False
    taken: takeover.Takeover | None = None
    build: SiteBuild

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """What `mkdocs serve --clean` serves is built into a passing folder, and not told from a build by `command`."""
        context = click.get_current_context(silent=True)
        asked = context.params if context else {}
        self.is_served = "livereload" in asked
        self.in_preview = command == "serve"
        self.is_build = command == "build" and not dirty and not self.is_served
        self.is_at_once = self.is_served and not asked["livereload"]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """A build of what stands already ends here."""
        try:
            shard = shards.asked() if self.is_build else None
            if shard:
                takeover.without_site(config)
            self.taken = takeover.begun(config, dates.today()) if self.is_build and not shard else None
        except Mistake as mistake:
            raise takeover.aborted(mistake) from None
        except takeover.Hindered as error:
            raise Abort(str(error)) from None
        except ValueError as error:
            raise Abort(f"{shards.VARIABLE}: {error}") from None
        self.build = _site_build()(self.taken, shard, in_preview=self.in_preview, is_at_once=self.is_at_once)
        return self.build.on_config(config)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        self.is_at_once = False
        return self.build.on_files(files, config)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        return self.build.on_nav(nav, config, files)

    @event_priority(-100)  # after every other plugin
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        return self.build.on_env(env)

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        return self.build.on_page_read_source(page)

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        return self.build.on_page_markdown(markdown, page, config)

    def on_page_context(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: object) -> None:
        self.build.on_page_context(context, page, config)

    @event_priority(-100)  # after every other plugin
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        return self.build.on_post_page(output, page)

    def on_post_build(self, config: MkDocsConfig) -> None:
        self.build.on_post_build(config)

    def on_build_error(self, error: Exception) -> None:
        if self.taken:
            self.taken.failed()

    def on_shutdown(self) -> None:
        if self.taken:
            self.taken.end()

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
        if not self.in_preview:
            return server
        from macros import preview, serving

        sys.dont_write_bytecode = True  # a written .pyc in a watched folder would start another build
        root = Path(config.docs_dir).parent
        for folder in (root / "data", preview.CODE):
            server.watch(str(folder))
        build = preview.refreshing(self._forgetting(server.builder), preview.Code(), self._become_fresh)
        served = serving.Preview(server, root, lambda: self.build.standing, self._make_at_once)
        served.begin(preview.survive(build, Path(config.site_dir)))
        return server

    def _make_at_once(self) -> None:
        """A page could not be made when it was asked for: the next build makes them all, and says so."""
        self.is_at_once = True

    def _forgetting(self, build: Callable[[], None]) -> Callable[[], None]:
        """A builder after which no page is made of what stood before: where it fails, all show the mistake."""

        def built() -> None:
            self.build.standing = None
            build()

        return built

    def _become_fresh(self) -> None:
        """MkDocs keeps this object for as long as it serves, so it takes on the class that was just read again."""
        self.build.standing = None
        self.__class__ = importlib.import_module("macros.plugin").ExplainersPlugin


def _site_build() -> type[SiteBuild]:
    from macros.site_build import SiteBuild

    return SiteBuild
