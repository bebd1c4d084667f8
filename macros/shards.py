"""A share of a build, for one machine of several: what all of them have kept, a last build puts together.

Each machine makes every n-th explainer and actor that it does not have, and keeps it below `.cache/build`. Whoever has
what all have kept, in one folder, has only to build: nothing in a site shows where a page was made.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

VARIABLE = "EXPLAINERS_SHARD"
ItemT = TypeVar("ItemT")


@dataclass(frozen=True)
class Shard:
    """The share `number` of `total`, counted from one."""

    number: int
    total: int

    def __str__(self) -> str:
        return f"{self.number}/{self.total}"

    @classmethod
    def read(cls, text: str) -> Shard:
        """From `2/3`; raises ValueError for anything else."""
        number, _, total = text.partition("/")
        if not (number.isdecimal() and total.isdecimal() and 1 <= int(number) <= int(total)):
            raise ValueError(f"`{text}` is no share of a build. Write which one of how many, such as 2/3.")
        return cls(int(number), int(total))

    def of(self, items: Sequence[ItemT]) -> list[ItemT]:
        """What belongs to this share, the same wherever the items are."""
        return list(items[self.number - 1 :: self.total])


def asked() -> Shard | None:
    """The share that EXPLAINERS_SHARD names; None for a whole site. Raises ValueError."""
    text = os.environ.get(VARIABLE, "")
    return Shard.read(text) if text else None
