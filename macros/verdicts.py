"""Which explainers an earlier build found to be in order, with all that this depends on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from macros.articles import Article, Articles
from macros.files import find
from macros.load import ACTORS, EXPLAINERS, Loaded
from macros.memory import Memory
from macros.problems import Problem
from macros.store import digest

_WORD = re.compile(r"[a-z][a-z0-9-]*")


class Verdicts:
    """What `memory` says of the explainers that were read."""

    def __init__(self, root: Path, loaded: Loaded, articles: Articles, day: date, memory: Memory) -> None:
        self._loaded, self._articles, self._memory = loaded, articles.by_slug, memory
        others = [_whole(article) for article in articles.by_path.values() if not article.slug]
        self._by_word: dict[str, list[str]] = {}
        for name in self._names(root):
            word = PurePosixPath(name).stem
            self._by_word.setdefault(word if _WORD.fullmatch(word) else "", []).append(name)
        self._common = digest(str(day), *self._by_word.pop("", ()), *others)

    def _names(self, root: Path) -> list[str]:
        """All that an explainer may name or lead to, by its path; its last part is what is written."""
        actors = (f"{ACTORS}/{id_}" for id_ in sorted(self._loaded.named_actors))
        return [*actors, *(f"{EXPLAINERS}/{id_}" for id_ in sorted(self._loaded.named_slugs)), *find(root, "docs", [])]

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
        """What a verdict follows from: the explainer, those that its text may name, and what else it may lead to."""
        words = set(_WORD.findall(self._articles[slug].body)) | {slug}
        named = sorted(words & self._loaded.explainers.keys() & self._articles.keys())
        near = " ".join(self._near(slug))
        return ("sound", self._common, slug, near, *(part for other in named for part in self._pair(other)))

    def _near(self, slug: str) -> list[str]:
        """What there is of all that an explainer names; everything, where its text may spell a name in another way."""
        text = "".join(self._pair(slug))
        words = self._by_word if "\\" in text or "&#" in text else self._by_word.keys() & _WORD.findall(unquote(text))
        return sorted(name for word in words for name in self._by_word[word])

    def _pair(self, slug: str) -> tuple[str, str]:
        return self._loaded.documents[f"{EXPLAINERS}/{slug}.yml"].text, _whole(self._articles[slug])


def _whole(article: Article) -> str:
    return f"{article.path} {article.first_line} {article.front.model_dump_json()} {article.body}"
