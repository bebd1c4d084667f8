"""How we know: how many independent sources a record has, and of what kinds and languages they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from macros.model import Attested, Explainer, Identified, Source, Sourced, SourceKind, walk

WordT = TypeVar("WordT", bound=str)
INTERESTED: frozenset[SourceKind] = frozenset({"state-media", "partisan"})


@dataclass(frozen=True)
class Provenance:
    """What the records of an explainer rest on. `corroborated` counts those with two independent sources."""

    records: int
    corroborated: int
    single: tuple[Identified, ...]
    disputed: tuple[Identified, ...]
    kinds: tuple[tuple[SourceKind, int], ...]
    languages: tuple[tuple[str, int], ...]

    @property
    def share(self) -> int:
        """The corroborated records in per cent, rounded down."""
        return 100 * self.corroborated // self.records if self.records else 0


def provenance_of(explainer: Explainer) -> Provenance:
    """Counts every record but the sources themselves."""
    records = [record for record in explainer.records.values() if not isinstance(record, Source)]
    single = tuple(record for record in records if len(origins(explainer, cited(record))) < 2)
    disputed = tuple(record for record in records if _is_disputed(record))
    sources = explainer.sources.values()
    return Provenance(
        len(records),
        len(records) - len(single),
        single,
        disputed,
        _counted(source.kind for source in sources),
        _counted(source.lang for source in sources),
    )


def cited(record: Identified) -> set[str]:
    """Every source that a record names, its history, outcome and accounts included."""
    return set(chain.from_iterable(item.sources for _, item in walk(record) if isinstance(item, Sourced)))


def origins(explainer: Explainer, ids: Iterable[str]) -> set[str]:
    """The sources that these go back to: two that repeat the same report count once."""
    return {_origin(explainer, id_) for id_ in ids if id_ in explainer.sources}


def _origin(explainer: Explainer, id_: str) -> str:
    seen: set[str] = set()
    while id_ not in seen:
        seen.add(id_)
        source = explainer.sources.get(id_)
        id_ = source.derives_from if source and source.derives_from else id_
    return id_


def _is_disputed(record: Identified) -> bool:
    return any(isinstance(item, Attested) and item.confidence == "disputed" for _, item in walk(record))


def _counted(words: Iterable[WordT]) -> tuple[tuple[WordT, int], ...]:
    """The most frequent first, equals by name."""
    return tuple(sorted(Counter(words).items(), key=lambda item: (-item[1], item[0])))
