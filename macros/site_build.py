"""One build of the site, event by event: checks first, adds the pages made from facts, writes what is no page."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from macros import building, editor, pages, search, serving, workspace
from macros.articles import Article
from macros.building import write
from macros.building.pages import ReadyPage
from macros.dates import spoken
from macros.delivery import MARKS, SEARCH_SCRIPTS, SEARCH_STYLES, finish
from macros.pages import GeneratedPage
from macros.problems import Mistake
from macros.proofread import Proof
from macros.publish import of_site, pictures
from macros.shards import Shard
from macros.site_page import SitePages, site_of
from macros.takeover import Shared, Takeover, aborted, is_known

log = logging.getLogger("mkdocs.plugins.explainers")
THEME_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
THEME = str(Path(__file__).parent / "theme")


class SiteBuild:
    """What MkDocs tells the plugin from `on_config` to `on_post_build`, in this order."""

    standing: serving.Standing | None = None
    making: serving.Making | None = None
    proof: Proof
    styles: list[str]
    scripts: list[str]
    reuse: building.Reuse
    pages: dict[str, GeneratedPage]
    lists: list[str]
    site_pages: SitePages
    waits: bool
    in_menu: dict[str, str]

    def __init__(
        self, taken: Takeover | None = None, shard: Shard | None = None, *, in_preview: bool, is_at_once: bool
    ) -> None:
        self.takeover, self.shard, self.in_preview, self.is_at_once = taken, shard, in_preview, is_at_once

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read everything once. A build with problems ends here; a preview shows them on every page."""
        if not config.use_directory_urls:
            raise Abort("Addresses end in a slash here: leave out `use_directory_urls` and --no-directory-urls.")
        try:
            self.proof = building.read(config, keeps=self.takeover is not None or self.in_preview)
        except Mistake as mistake:
            raise aborted(mistake) from None
        as_of = self.proof.library.as_of
        for problem in self.proof.problems:
            log.log(logging.ERROR if problem.severity == "error" else logging.INFO, "%s", problem)
        if self.proof.errors and not self.in_preview:
            count = len(self.proof.errors)
            raise Abort(f"Nothing was built: {count} problem{'s' * (count != 1)} to mend, each named above.")
        config.extra["problems"] = [str(problem) for problem in self.proof.errors]
        config.extra["as_of"] = as_of and {"iso": as_of.isoformat(), "words": spoken(as_of)}
        config.extra["search"] = {"styles": SEARCH_STYLES, "scripts": SEARCH_SCRIPTS}
        _add_theme(config)
        if not self.in_preview:
            self._merge_files(config)
        return config

    def _merge_files(self, config: MkDocsConfig) -> None:
        """A page of the built site loads one style sheet and one script of ours; a preview loads each by itself."""
        self.styles, config.extra_css = list(config.extra_css), []
        self.scripts, config.extra_javascript = [str(script) for script in config.extra_javascript], []
        config.extra["marks"] = MARKS
        config.extra["search"] = {"styles": MARKS.search_styles, "scripts": [MARKS.search_scripts]}

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages made from facts. Drafts are for previews only; a file that cannot be read is left out.

        So is the theme's own search, which would fetch the index of the whole site.
        """
        for file in list(files):
            if file.src_uri.startswith(THEME_SEARCH):
                files.remove(file)
        for file in list(files.documentation_pages()):
            path = f"docs/{file.src_uri}"
            if path not in self.proof.articles or self._is_for_writers_of_today(file):
                files.remove(file)
            elif self._is_draft(self.proof.articles[path]):
                file.inclusion = InclusionLevel.DRAFT
        listed = (f for f in files.documentation_pages() if f.inclusion is not InclusionLevel.NOT_IN_NAV)
        self.in_menu = {f"docs/{f.src_uri}": f.url.removeprefix("./") for f in listed}
        of_site = {page.src_uri: page for page in pages.of_site(self.proof.library)}
        self.waits = self._takes_edits(config) and not self.is_at_once
        for src_uri, made in of_site.items():
            files.append(File.generated(config, src_uri, content="" if self.waits else made.markdown))
        self.reuse = building.begun(self.proof, config, site_of(config), in_preview=self.in_preview)
        self.reuse.place(files, config)
        self.lists = list(of_site)
        self.pages = of_site | {page.src_uri: page for unit in self.reuse.units for page in unit.pages}
        self.site_pages = SitePages(self.proof, self.pages)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Everything is read: what is not ready can be made by several processes."""
        if self.shard:
            number = self.reuse.make(self.shard, nav, files, config)
            log.info("Share %s: made %s explainers and actors, kept in .cache/build", self.shard, number)
            raise Shared
        self.reuse.divide(nav, files, config)
        if self.waits:
            for page in filter(None, (file.page for file in files.documentation_pages())):
                self.site_pages.head(page)
                page.markdown = ""
            self.making = serving.Making(config, files, nav)
        return nav

    def on_env(self, env: Environment) -> Environment:
        if self.making:
            self.making.environment = env
        return env

    def _is_for_writers_of_today(self, file: File) -> bool:
        """What no menu leads to is for contributors: a site as it was known on a day leaves it out."""
        article = self.proof.articles[f"docs/{file.src_uri}"]
        in_no_menu = file.inclusion is InclusionLevel.NOT_IN_NAV and not article.slug
        return self.proof.library.as_of is not None and in_no_menu

    def _is_draft(self, article: Article) -> bool:
        explainer = self.proof.library.explainers.get(article.slug)
        return explainer is not None and explainer.lifecycle == "draft"

    def on_page_read_source(self, page: Page) -> str | None:
        return self.site_pages.source(page)

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig) -> str:
        if isinstance(page, ReadyPage):
            return markdown
        markdown = self.site_pages.text(markdown, page, config)
        self.reuse.begin(page)
        return markdown

    def on_page_context(self, context: TemplateContext, page: Page, config: MkDocsConfig) -> None:
        if not isinstance(page, ReadyPage):
            context.update(self.site_pages.around(page, config))  # type: ignore[typeddict-item]

    def on_post_page(self, output: str, page: Page) -> str:
        return self.reuse.output(page, output)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the files for machines beside the pages, and the web editor where it is installed."""
        site = Path(config.site_dir)
        if self.making is None:
            for path, content in (*of_site(self.proof.library, site_of(config)), *self._search()):
                write(site, {path: content})
        self.reuse.write_files(site, later=self.making is not None)
        if not self.in_preview:
            _require(site, [*self.styles, *self.scripts])
            addresses = finish(site, self.styles, self.scripts, self.reuse.vocabulary, self.reuse.prepared)
            self.reuse.write_ready(site, addresses)
            pictures.CARDS.sweep()
        if self.proof.library.as_of is None:
            editor.write(_root(config), site, config.extra.get("repository", ""), config.site_name)
        if self.making:
            self._stand(config, self.making)
        if self.takeover:
            self.takeover.whole([str(problem) for problem in self.proof.problems] if self.reuse.is_silent else None)

    def _takes_edits(self, config: MkDocsConfig) -> bool:
        """Whether this is a preview of today in whose builds nothing unknown takes part."""
        is_simple = is_known(config) and self.proof.library.as_of is None
        return self.in_preview and is_simple and serving.Making.is_possible()

    def _stand(self, config: MkDocsConfig, making: serving.Making) -> None:
        """The site of a preview takes in edits, and is made as it is asked for."""
        making.site()
        site = site_of(config)
        reads = {unit.name: unit.reads for unit in self.reuse.units}
        files = {serving.OF_SITE: lambda: of_site(self.proof.library, site), serving.SEARCH: self._search}
        made = serving.Made(making, self.pages, self.lists, reads, files, site)
        self.standing = serving.Standing(_root(config), self.proof, made, lambda proof: self._adopt(config, proof))

    def _adopt(self, config: MkDocsConfig, proof: Proof) -> None:
        """An edit was taken in without a build."""
        self.proof, self.site_pages = proof, SitePages(proof, self.pages)
        workspace.adopt(_root(config), proof)

    def _search(self) -> Iterator[tuple[str, bytes]]:
        """The files of search, which leads where menus and facts do."""
        library, sections = self.proof.library, self.proof.sections
        others = [search.site_page(p.url, p.title, p.description) for p in self.pages.values() if p.searchable]
        for path, url in self.in_menu.items():
            article = self.proof.articles[path]
            if not article.slug:
                others.append(search.site_page(url, article.front.title, article.front.description, sections[path]))
        names = {id_: actor.name for id_, actor in library.actors.items()}
        yield from search.files(search.pages(library, sections, others), names)


def _require(site: Path, paths: Iterable[str]) -> None:
    for path in paths:
        if not (site / path).is_file():
            what = f"mkdocs.yml names `{path}` under `extra_css` or `extra_javascript`, and there is no such file."
            raise Abort(f"{what} Put it below docs/: pages load nothing from other sites.")


def _add_theme(config: MkDocsConfig) -> None:
    """Put our overrides before the theme they override, and behind those of a site; ours names them in mkdocs.yml."""
    if THEME not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, THEME)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).parent
