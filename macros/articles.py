"""Articles: the Markdown files of `docs/`, each with its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from macros.dates import spoken
from macros.documents import compose
from macros.files import find, read_text
from macros.load import EXPLAINERS, Loaded, check_folder, check_name, check_suffix
from macros.model import FrontMatter
from macros.problems import Mistake, Problem
from macros.validation import validate

FOLDER = "docs/explainers/"
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs would make a page of
_HEAD = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_CITED = re.compile(r"\{\{\s*cite\(\s*[\"']([^\"']+)[\"']\s*\)\s*\}\}")
# Python-Markdown would take minutes, or the whole stack.
_DEEP = re.compile(r"^[ \t]*(?:(?:[-*+]|\d{1,9}\.)[ \t]+){31}|(?:!?\[){31}", re.MULTILINE)
_NO_HEAD = Mistake(
    "no-front-matter", "the article does not start with its title", "Begin with three lines: ---, title: …, ---"
)


@dataclass(frozen=True)
class Article:
    """A Markdown file. `slug` is empty for pages of the site that are no explainer."""

    path: str
    slug: str
    front: FrontMatter
    body: str
    first_line: int

    @property
    def minutes(self) -> int:
        """How long its prose takes to read, in minutes, at 230 words each (Brysbaert 2019, for non-fiction: 238)."""
        return max(round(len(re.sub(r"\{\{.*?\}\}", "", self.body).split()) / 230), 1)

    @property
    def src_uri(self) -> str:
        return self.path.removeprefix("docs/")

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The ids of the sources it cites, in the order of reading."""
        return tuple(dict.fromkeys(_CITED.findall(self.body)))

    def row(self, line: int) -> str:
        """The text of a line of the file; empty past its end."""
        rows = self.body.split("\n")
        return rows[line - self.first_line] if line - self.first_line < len(rows) else ""

    def column(self, line: int, word: str) -> int:
        """Where a word stands in a line, from 1; 1 when it does not."""
        return max(self.row(line).find(word), 0) + 1


def without_prose(article: Article, day: date) -> Article:
    """An article on a day in the past: what was written for today is left out, and the page says so."""
    body = (
        "The text of this page is not shown, because it was written for today; "
        f"below are the facts as they were known on {spoken(day)}.\n"
    )
    return replace(article, front=article.front.model_copy(update={"description": None}), body=body)


@dataclass
class Articles:
    """Every article by its path, and what is wrong with their heads."""

    by_path: dict[str, Article] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def by_slug(self) -> dict[str, Article]:
        return {article.slug: article for article in self.by_path.values() if article.slug}


def load_articles(root: Path) -> Articles:
    """Read every Markdown file below `docs/`."""
    found = Articles()
    for path in find(root, "docs", found.problems):
        if path.lower().endswith(MARKDOWN):
            load_article(root, path, found)
    return found


def load_article(root: Path, path: str, found: Articles) -> None:
    """Read one Markdown file into what was found."""
    if problem := _misnamed(path):
        found.problems.append(problem)
    elif text := read_text(root, path, found.problems):
        found.by_path[path] = _article(path, text, found.problems)


def _misnamed(path: str) -> Problem | None:
    if Path(path).name == "README.md":
        return Mistake("file-name", "this would be the page index.md", "Rename it").at(path, 1, 1)
    problem = check_suffix(path, ".md")
    if problem is None and path.startswith(FOLDER):
        problem = check_folder(path, FOLDER.rstrip("/")) or check_name(path, Path(path).stem)
    return problem


def _article(path: str, text: str, problems: list[Problem]) -> Article:
    slug = Path(path).stem if path.startswith(FOLDER) and path != f"{FOLDER}index.md" else ""
    if deep := _DEEP.search(text):
        line = text[: deep.start()].count("\n") + 1
        problems.append(
            Mistake("too-deep", "lists or brackets are nested too deep here", "Write it flatter").at(path, line, 1)
        )
    head = _HEAD.match(text)
    if head is None:
        problems.append(_NO_HEAD.at(path, 1, 1))
        return Article(path, slug, FrontMatter(title=slug or path), text, 1)
    front = _front(path, head[1], problems)
    return Article(path, slug, front, text[head.end() :], text[: head.end()].count("\n") + 1)


def _front(path: str, text: str, problems: list[Problem]) -> FrontMatter:
    document, data = compose(path, text, problems, first_line=2)
    front = validate(FrontMatter, document, data, problems) if document else None
    return front or FrontMatter(title=Path(path).stem)


def pairs(loaded: Loaded, articles: Articles) -> Iterator[Problem]:
    """An explainer is one article and its facts; finds those that lack either."""
    named = loaded.named_slugs
    for slug, article in articles.by_slug.items():
        if slug not in named:
            mend = f"Add {EXPLAINERS}/{slug}.yml, or delete the article"
            yield Mistake("no-facts", f"the article `{slug}` has no facts", mend).at(article.path, 1, 1)
    written = {Path(problem.path).stem for problem in articles.problems if problem.path.startswith(FOLDER)}
    for slug in sorted(loaded.slugs - set(articles.by_slug) - written):
        mend = f"Add {FOLDER}{slug}.md, or delete the facts"
        what = f"the facts of `{slug}` have no article"
        yield Mistake("no-article", what, mend).at(f"{EXPLAINERS}/{slug}.yml", 1, 1)
