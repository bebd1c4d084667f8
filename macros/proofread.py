"""Reads the whole project as an editor would, and collects everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from macros.articles import Article, load_articles, pairs
from macros.check import check
from macros.contribute import Lines, lines_of
from macros.edition import Library
from macros.links import Links
from macros.load import load
from macros.pages import addresses
from macros.problems import Problem
from macros.prose import Prose, Section
from macros.redirects import check_redirects
from macros.todos import left_to_do, weighed
from macros.usage import check_calls


@dataclass(frozen=True)
class Proof:
    """The whole project, read: what it holds, every problem by file and line, and the line of each record.

    `sections` are those of every article by its path.
    """

    library: Library
    articles: Mapping[str, Article]
    problems: tuple[Problem, ...]
    lines: Mapping[str, Lines]
    sections: Mapping[str, tuple[Section, ...]]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the site from being published: everything but what a draft may have left to do."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def proofread(root: Path, day: date, as_of: date | None = None) -> Proof:
    """Read and check everything below the project's root, for a day; with `as_of`, hand on what was known then."""
    loaded, articles = load(root), load_articles(root)
    library = Library(loaded.explainers, loaded.actors, articles.by_slug, day)
    problems = [*loaded.problems, *articles.problems, *check(loaded), *check_redirects(loaded)]
    problems += pairs(loaded, articles)
    proses = {path: Prose(article) for path, article in articles.by_path.items()}
    links = Links(root, proses, loaded, {f"docs/{path}" for path in addresses(loaded.actor_ids)})
    for prose in proses.values():
        problems += check_calls(prose, library, loaded)
        problems += links.check(prose)
    for slug in loaded.explainers:
        problems += left_to_do(root, slug)
    drafts = {slug for slug, explainer in loaded.explainers.items() if explainer.lifecycle == "draft"}
    found = tuple(sorted(set(weighed(problems, drafts))))
    sections = {path: prose.sections for path, prose in proses.items()}
    proof = Proof(library, articles.by_path, found, lines_of(loaded), sections)
    return proof if as_of is None else _past(proof, as_of)


def _past(proof: Proof, day: date) -> Proof:
    past = proof.library.as_known_on(day)
    shown = {path: past.articles.get(a.slug, a) for path, a in proof.articles.items()}
    kept = {path: a for path, a in shown.items() if not a.slug or a.slug in past.articles}
    sections = {path: Prose(a).sections if a.slug else proof.sections[path] for path, a in kept.items()}
    return replace(proof, library=past, articles=kept, sections=sections)
