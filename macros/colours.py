"""A colour for each actor, the same wherever they appear."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

HUES = 24  # steps of 15 degrees round the colour wheel; closer ones cannot be told apart


def hues(ids: Iterable[str]) -> dict[str, int]:
    """The number of each actor's hue, from 0 to 23.

    The id alone chooses it; only where two would share one does the later in the alphabet take the next that is free.
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    for id_ in sorted(ids):
        hue = int.from_bytes(sha256(id_.encode()).digest()[:4]) % HUES
        free = (h % HUES for h in range(hue, hue + HUES) if h % HUES not in taken)
        found[id_] = next(free, hue)
        taken.add(found[id_])
    return found
