"""What is asked for and is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from macros.problems import Mistake, did_you_mean

RecordT = TypeVar("RecordT")


class Unreadable(Mistake):
    """An explainer that lacks its article or its facts."""


class Unknown(Mistake):
    """An id that nothing readable has."""

    def __init__(self, kind: str, id_: object, known: Iterable[str]) -> None:
        super().__init__(f"unknown-{kind}", f"there is no {kind} `{id_}`", did_you_mean(str(id_), known))
        self.kind, self.id = kind, str(id_)


def find(kind: str, id_: object, records: Mapping[str, RecordT]) -> RecordT:
    """The record with this id; raises `Unknown` when there is none."""
    if isinstance(id_, str) and id_ in records:
        return records[id_]
    raise Unknown(kind, id_, records)
