"""A preview without its server: builds a project, takes in edits as the server does, and shows all that it would serve."""

from __future__ import annotations

from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from macros import workspace
from macros.serving import Making, Standing

ADDRESS = "http://127.0.0.1:8000/"


class Served:
    """The preview of the project in a folder. `wholes` counts the whole builds, the first one included."""

    def __init__(self, root: Path, site: Path) -> None:
        import_module("tests.ready")  # whole builds find templates compiled
        self.root, self.site, self.wholes = root, site, 0
        self.config = _config(root, site)
        self.config.plugins.on_startup(command="serve", dirty=False)
        self._build()

    @property
    def standing(self) -> Standing | None:
        plugin: Any = self.config.plugins["explainers"]
        found: Standing | None = plugin.build.standing
        return found

    def edit(self, *paths: str) -> None:
        """Files were written or deleted."""
        if not (self.standing and self.standing.edit(paths)):
            self._build()

    def pages(self) -> list[str]:
        """Every page that can be asked for, made or not."""
        made = {path.relative_to(self.site).as_posix() for path in self.site.rglob("*.html")}
        return sorted(made.union(self.standing.stale.pages if self.standing else ()))

    def get(self, path: str) -> str:
        """What the server answers for a file of the site."""
        if self.standing:
            self.standing.stale.renew(path)
        return (self.site / path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the site, what is stale made first."""
        if self.standing:
            self.standing.stale.renew_all()
        return files_in(self.site)

    def clean(self, site: Path) -> dict[str, bytes]:
        """Every file of the site as a whole build makes it now, in a process of its own."""
        process = get_context("fork").Process(target=_build_clean, args=(self.root, site))
        process.start()
        process.join()
        assert process.exitcode == 0
        return files_in(site)

    def _build(self) -> None:
        self.config = _config(self.root, self.site)
        self.wholes += 1
        try:
            build(self.config, serve_url=ADDRESS)
        except Abort as error:
            raise AssertionError(str(error)) from error


def _build_clean(root: Path, site: Path) -> None:
    """All at once, as where a preview cannot take in edits: nothing is left for later."""
    workspace._READ.clear()
    setattr(Making, "is_possible", staticmethod(lambda: False))  # noqa: B010 - this process ends after it
    build(_config(root, site), serve_url=ADDRESS)


def _config(root: Path, site: Path) -> MkDocsConfig:
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
    config.site_url = ADDRESS
    return config


def files_in(site: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}
