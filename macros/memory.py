"""What an earlier build has read and found in order, so that nobody has to read it again as long as it is the same."""

from __future__ import annotations

import json
import zlib
from typing import Any

from macros.store import Bundle, Store, digest


class Memory:
    """Values, each under all that it follows from; without a store there are none."""

    def __init__(self, store: Store | None = None, engine: str = "") -> None:
        self._store, self._key = store, digest(engine, "memory")
        before = store.get(self._key) if store else None
        self._before = before.packed if before else {}
        self._after: dict[str, bytes] = {}

    def recall(self, *of: str) -> Any:  # noqa: ANN401
        """The value that was kept; None when there is none."""
        name = digest(*of)
        if name not in self._before:
            return None
        self._after[name] = self._before[name]
        return json.loads(zlib.decompress(self._before[name]))

    def keep(self, value: Any, *of: str) -> None:  # noqa: ANN401
        """Remember a value: text, lists and mappings of it, or True."""
        if self._store:
            self._after[digest(*of)] = zlib.compress(json.dumps(value).encode(), 1)

    def close(self) -> None:
        """Keep what was recalled or kept since this was opened; the rest is forgotten."""
        if self._store and self._after.keys() != self._before.keys():
            self._store.put(self._key, Bundle(self._after))
            self._store.sweep()
