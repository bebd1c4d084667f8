"""Reads the whole project as an editor would, and collects everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.articles import Article, load_articles, pairs
from macros.check import check
from macros.edition import Library
from macros.links import Links
from macros.load import load
from macros.pages import addresses
from macros.problems import Problem
from macros.prose import Prose
from macros.redirects import check_redirects
from macros.usage import check_calls


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
    problems = [*loaded.problems, *articles.problems, *check(loaded), *check_redirects(loaded)]
    problems += pairs(loaded, articles)
    proses = {path: Prose(article) for path, article in articles.by_path.items()}
    links = Links(root, proses, loaded, {f"docs/{path}" for path in addresses(loaded.actor_ids)})
    for prose in proses.values():
        problems += check_calls(prose, library, loaded)
        problems += links.check(prose)
    return Proof(library, articles.by_path, tuple(sorted(set(problems))))
