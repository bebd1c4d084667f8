"""Reads the whole project as an editor would, and collects everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.articles import Article, load_articles, pairs
from macros.calls import check_calls
from macros.check import check
from macros.edition import Library
from macros.links import check_headings, check_links
from macros.load import load
from macros.pages import addresses
from macros.problems import Problem


@dataclass(frozen=True)
class Proof:
    """The whole project, read: what it holds, and every problem in it, in order of file and line."""

    library: Library
    articles: Mapping[str, Article]
    problems: tuple[Problem, ...]


def proofread(root: Path, day: date) -> Proof:
    """Read and check everything below the project's root, for a day."""
    loaded, articles = load(root), load_articles(root)
    library = Library(loaded.explainers, loaded.actors, articles.by_slug, day)
    problems = [*loaded.problems, *articles.problems, *check(loaded), *pairs(loaded, articles)]
    made = {f"docs/{path}" for path in addresses(loaded.actors)}
    for article in articles.by_path.values():
        problems += check_calls(article, library)
        problems += check_links(article, articles, loaded, root, made)
        problems += check_headings(article, loaded)
    return Proof(library, articles.by_path, tuple(sorted(set(problems))))
