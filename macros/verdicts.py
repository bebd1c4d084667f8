"""Which explainers an earlier build found to be in order, with all that this depends on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from pathlib import Path

from macros.articles import Article, Articles
from macros.files import find
from macros.load import EXPLAINERS, Loaded
from macros.memory import Memory
from macros.problems import Problem
from macros.store import digest

_WORD = re.compile(r"[a-z][a-z0-9-]*")


class Verdicts:
    """What `memory` says of the explainers that were read."""

    def __init__(self, root: Path, loaded: Loaded, articles: Articles, day: date, memory: Memory) -> None:
        self._loaded, self._articles, self._memory = loaded, articles.by_slug, memory
        others = [_whole(article) for article in articles.by_path.values() if not article.slug]
        self._common = digest(
            str(day),
            *sorted(loaded.named_actors),
            *sorted(loaded.named_slugs),
            *find(root, "docs", []),
            *others,
        )

    @property
    def whole(self) -> AbstractSet[str]:
        """The explainers that have both their files."""
        return self._loaded.explainers.keys() & self._articles.keys()

    def unsure(self) -> Iterator[str]:
        """The explainers of which nothing is known, in the order of their names."""
        return (slug for slug in sorted(self.whole) if not self._memory.knows(*self._of(slug)))

    @cached_property
    def sound(self) -> frozenset[str]:
        """The explainers in which nothing is wrong, as they were then and are now."""
        return frozenset(slug for slug in self.whole if self._memory.recall(*self._of(slug)))

    def keep(self, problems: Iterable[Problem], slugs: Iterable[str]) -> None:
        """Remember those of these explainers in whose two files there is no problem."""
        wrong = {problem.path for problem in problems}
        for slug in slugs:
            if not wrong & {f"{EXPLAINERS}/{slug}.yml", self._articles[slug].path}:
                self._memory.keep(True, *self._of(slug))

    def _of(self, slug: str) -> tuple[str, ...]:
        """What a verdict follows from: the explainer, those that its text may name, and what can be linked to."""
        words = set(_WORD.findall(self._articles[slug].body)) | {slug}
        named = sorted(words & self._loaded.explainers.keys() & self._articles.keys())
        return ("sound", self._common, slug, *(part for other in named for part in self._pair(other)))

    def _pair(self, slug: str) -> tuple[str, str]:
        return self._loaded.documents[f"{EXPLAINERS}/{slug}.yml"].text, _whole(self._articles[slug])


def _whole(article: Article) -> str:
    return f"{article.path} {article.first_line} {article.front.model_dump_json()} {article.body}"
