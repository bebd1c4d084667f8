"""The links and anchors in an article: do they lead anywhere?"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown.extensions.toc import IDCOUNT_RE, slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from macros.articles import Article, Articles
from macros.load import Loaded
from macros.model import SECTIONS
from macros.problems import Mistake, Problem, did_you_mean


def check_links(
    article: Article, articles: Articles, loaded: Loaded, root: Path, made: Collection[str]
) -> Iterator[Problem]:
    """Every link that leads to no file, heading or record; `made` are the files of pages that facts make."""
    for target, line in _targets(article):
        mistake = _broken(target, article, articles, loaded, root, made)
        if mistake:
            yield mistake.at(article.path, line, article.column(line, target))


def _targets(article: Article) -> Iterator[tuple[str, int]]:
    """Every link and picture that is not in code, with its line."""
    for block in MarkdownIt("commonmark").enable("table").parse(article.body):
        if block.type == "inline" and block.map:
            yield from _inline_targets(block, article.first_line + block.map[0])


def _inline_targets(block: Token, line: int) -> Iterator[tuple[str, int]]:
    for child in block.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        target = child.attrGet("href") or child.attrGet("src")
        if target:
            yield unquote(str(target)), line


def _broken(
    target: str, article: Article, articles: Articles, loaded: Loaded, root: Path, made: Collection[str]
) -> Mistake | None:
    parts = urlsplit(target)
    if parts.scheme in ("http", "https", "mailto"):
        return None
    if parts.scheme or target.startswith("/"):
        mend = "Write the way from this file to another: ../about.md, or a whole https:// address"
        return Mistake("bad-link", f"`{target}` is not a link that works everywhere", mend)
    folder = posixpath.dirname(article.path)
    path = posixpath.normpath(posixpath.join(folder, parts.path)) if parts.path else article.path
    linked = articles.by_path.get(path)
    if linked is None and path not in made and not (root / path).is_file():
        near = [posixpath.relpath(known, folder) for known in (*articles.by_path, *made)]
        return Mistake("broken-link", f"`{target}` leads to no file", did_you_mean(parts.path, near))
    if not linked or not parts.fragment or parts.fragment in (known := _anchors(linked, loaded)):
        return None
    return Mistake("broken-anchor", f"`{target}` leads to no heading or record", did_you_mean(parts.fragment, known))


def _anchors(article: Article, loaded: Loaded) -> set[str]:
    return {*_heading_ids(article), *_record_ids(article, loaded)}


def _record_ids(article: Article, loaded: Loaded) -> set[str]:
    document = loaded.documents.get(f"data/explainers/{article.slug}.yml")
    return {id_ for section in SECTIONS for id_ in document.keys(section)} if document else set()


def _heading_ids(article: Article) -> dict[str, int]:
    """The anchors Python-Markdown gives to headings, with their lines."""
    found: dict[str, int] = {}
    blocks = MarkdownIt("commonmark").parse(article.body)
    for opening, content in pairwise(blocks):
        if opening.type == "heading_open" and opening.map:
            found[_unique(slugify(_plain(content), "-"), found)] = article.first_line + opening.map[0]
    return found


def _unique(id_: str, taken: dict[str, int]) -> str:
    """As in Python-Markdown's toc extension: the second `x` becomes `x_1`."""
    while id_ in taken or not id_:
        match = IDCOUNT_RE.match(id_)
        id_ = f"{match[1]}_{int(match[2]) + 1}" if match else f"{id_}_1"
    return id_


def _plain(content: Token) -> str:
    return "".join(child.content for child in content.children or [] if child.type in ("text", "code_inline"))


def check_headings(article: Article, loaded: Loaded) -> Iterator[Problem]:
    """Every heading whose anchor belongs to a record."""
    records = _record_ids(article, loaded)
    for id_, line in _heading_ids(article).items():
        if id_ in records:
            what = f"this heading gets the anchor `{id_}`, which is a record's id"
            yield Mistake("id-used-twice", what, "Word the heading differently").at(article.path, line, 1)
