"""One page as MkDocs makes it: its head, its text, and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from macros.answers import Place, answer
from macros.articles import Article
from macros.calls import added, answered, as_typed
from macros.components.sections import headline
from macros.components.topics import topic_links
from macros.contribute import Repository, page_links
from macros.edition import Edition
from macros.model import Explainer
from macros.pages import GeneratedPage
from macros.proofread import Proof
from macros.publish import Site, citing, json_ld, moved, pictures
from macros.render import render
from macros.stash import token
from macros.takeover import is_known


@dataclass(frozen=True)
class SitePages:
    """The pages of a project; `made` are those made from facts, by the file that MkDocs takes them for."""

    proof: Proof
    made: Mapping[str, GeneratedPage]

    def source(self, page: Page) -> str | None:
        """Give MkDocs the head as the checks read it: it would take a tag `no` for false, and `2025` for a number."""
        article = self.proof.articles.get(f"docs/{page.file.src_uri}")
        head = article.front.model_dump_json(exclude_defaults=True) if article else ""
        return f"---\n{head}\n---\n\n{article.body}" if article else None

    def head(self, page: Page) -> None:
        """Give MkDocs the title and the description, escaped: the theme prints them as they are."""
        page.update_date = self.proof.library.day.isoformat()
        made = self.made.get(page.file.src_uri)
        said = made or self.proof.articles[f"docs/{page.file.src_uri}"].front
        _set_head(page, said.title, said.description)

    def text(self, markdown: str, page: Page, config: MkDocsConfig) -> str:
        """With its head, the sections that the article does not place, and answers in place of its calls."""
        self.head(page)
        if page.file.src_uri in self.made:
            return markdown
        article = self.proof.articles[f"docs/{page.file.src_uri}"]
        explainer, body = self.proof.library.explainers.get(article.slug), self._body(article, page)
        if explainer is None:
            return self._answered([body], page, config)
        edition = self.proof.library.edition(article.slug)
        drawn = token(render("_overview", pictures.figure(edition), page.url), "block")
        return _before_first_question(self._answered([body, *_unplaced(article, explainer)], page, config), drawn)

    def _answered(self, parts: Sequence[str], page: Page, config: MkDocsConfig) -> str:
        """With the components' answers in it, if only calls stand in braces; else the macros plugin answers."""
        if not is_known(config) or page.meta.get("render_macros") is False:
            return "".join(parts)
        place = Place("" if page.url in (".", "./") else page.url, Path(page.file.src_uri).stem)
        repository = Repository(config.extra.get("repository", ""))
        texts = [answered(part, lambda call: answer(call, self.proof, repository, place)) for part in parts]
        if None in texts:
            return "".join(parts)
        page.meta["render_macros"] = False
        return "".join(text or "" for text in texts)

    def _body(self, article: Article, page: Page) -> str:
        """The text; in a preview, calls that cannot be answered stand there as they were typed."""
        wrong = {problem.line for problem in self.proof.errors if problem.path == article.path}
        body = as_typed(article, wrong) if wrong else article.body
        if body is None:
            page.meta["render_macros"] = False
        return body or article.body

    def around(self, page: Page, config: MkDocsConfig) -> dict[str, object]:
        """What the theme shows around the text."""
        article = self.proof.articles.get(f"docs/{page.file.src_uri}")
        slug = article.slug if article else ""
        story = slug in self.proof.library.explainers
        return {
            **(frame(self.proof.library.edition(slug), site_of(config)) if story else {}),
            "contribute": self._contribute(page, config, slug),
            "channel": page.url if slug or self._actor(page) else "",
        }

    def _actor(self, page: Page) -> str:
        """The id of the actor whose page it is; empty for another page."""
        folder, _, name = page.file.src_uri.rpartition("/")
        id_ = name.removesuffix(".md")
        return id_ if folder == "actors" and id_ in self.proof.library.actors else ""

    def _contribute(self, page: Page, config: MkDocsConfig, slug: str) -> str:
        """Links to edit the page and to correct it; nothing where mkdocs.yml names no repository."""
        repository = Repository(config.extra.get("repository", ""))
        path, made = f"docs/{page.file.src_uri}", self.made.get(page.file.src_uri)
        if made:
            path = f"data/actors/{actor}.yml" if (actor := self._actor(page)) else ""
        title = made.title if made else self.proof.articles[path].front.title
        links = page_links(repository, path, slug, title, site_of(config).address(page.url))
        return render("_contribute", links) if repository.address else ""


def site_of(config: MkDocsConfig) -> Site:
    return Site(config.site_name, f"{(config.site_url or '').rstrip('/')}/", config.site_description or "")


def frame(edition: Edition, site: Site) -> dict[str, object]:
    """What stands around an explainer's text."""
    return {
        "headline": render("_headline", headline(edition), edition.url),
        "tools": render("_tools", citing.tools(edition, site), edition.url),
        "card": site.address(f"{edition.url}{pictures.CARD_FILE}"),
        "json_ld": json_ld.script(edition, site),
        "moved": render("_moved_records", {"records": moved.records(edition)}, edition.url),
        "tags": topic_links(edition.article.front.tags),
    }


def _set_head(page: Page, title: str, description: str | None) -> None:
    page.meta["title"] = _as_typed(title)
    if "/" in page.file.src_uri:
        page.title = page.meta["title"]
    page.meta["description"] = _as_typed(description) if description else None


def _as_typed(text: str) -> str:
    """Escaped for HTML, and for the macros plugin, which would run a title as a template."""
    return str(escape(text)).replace("{", "&#123;")


def _before_first_question(text: str, drawn: str) -> str:
    """The short version, then the picture, then the questions."""
    short, heading, rest = f"\n{text}".partition("\n## ")
    return f"{short}\n\n{drawn}\n{heading}{rest}"


def _unplaced(article: Article, explainer: Explainer) -> list[str]:
    return [f"\n\n## {component.heading}\n\n{{{{ {component.name}() }}}}\n" for component in added(article, explainer)]
