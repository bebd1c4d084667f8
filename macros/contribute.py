"""Where readers can edit what they read, or suggest a correction: addresses in the project's repository on GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlencode

from macros.load import Loaded
from macros.model import SECTIONS

Lines = Mapping[str, int]


@dataclass(frozen=True)
class Repository:
    """The repository by its address, https://github.com/owner/name; without one there is nothing to lead to."""

    address: str = ""
    branch: str = "main"

    def edit(self, path: str) -> str:
        """Where a file is edited; GitHub makes a fork for those who may not write."""
        return f"{self.address}/edit/{self.branch}/{path}" if self.address else ""

    def show(self, path: str) -> str:
        """Where a file is shown, and a line of it marked by `#L` and its number; edited with the pencil beside it."""
        return f"{self.address}/blob/{self.branch}/{path}" if self.address else ""

    def correct(self, title: str, page: str) -> str:
        """The form for corrections, `.github/ISSUE_TEMPLATE/correction.yml`, filled with the page."""
        filled = urlencode({"template": "correction.yml", "title": f"Correction: {title}", "page": page})
        return f"{self.address}/issues/new?{filled}" if self.address else ""


@dataclass(frozen=True)
class Editing:
    """Where the records of one explainer are edited: the address of their file, and the line of each id."""

    file: str = ""
    lines: Lines = field(default_factory=dict)

    def address(self, id_: str) -> str:
        """The address of a record's line; empty where there is none."""
        line = self.lines.get(id_)
        return f"{self.file}#L{line}" if self.file and line else ""

    def steps(self, ids: Iterable[str]) -> list[int]:
        """The line of the first record, then for each that follows how many lines further on it is."""
        lines = [self.lines[id_] for id_ in ids]
        return [line - before for before, line in pairwise([0, *lines])]


def editing(repository: Repository, slug: str, lines: Lines) -> Editing:
    return Editing(repository.show(f"data/explainers/{slug}.yml"), lines)


class LinesOf(Mapping[str, Lines]):
    """By explainer, the line on which each record begins; looked up when it is asked for."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._found: dict[str, Lines] = {}

    def __getitem__(self, slug: str) -> Lines:
        if slug not in self._found:
            self._found[slug] = self._look(slug)
        return self._found[slug]

    def _look(self, slug: str) -> Lines:
        sections = self._loaded.documents[f"data/explainers/{slug}.yml"].sections
        return {id_: line for section in SECTIONS for id_, line in (sections.get(section) or {}).items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded.explainers)

    def __len__(self) -> int:
        return len(self._loaded.explainers)


def page_links(repository: Repository, path: str, slug: str, title: str, address: str) -> dict[str, str]:
    """Where a page as a whole is edited. `path` is its file, `slug` is set for explainers, `address` is its own."""
    facts = repository.edit(f"data/explainers/{slug}.yml") if slug else ""
    return {
        "edit": repository.edit(path) if path else "",
        "facts": facts,
        "correct": repository.correct(title, address),
    }
