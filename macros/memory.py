"""What an earlier build has read and found in order, so that nobody has to read it again as long as it is the same."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from macros.store import Bundle, Store, digest

ItemT = TypeVar("ItemT")


class Memory:
    """Values, each under all that it follows from; without a store there are none."""

    def __init__(self, store: Store | None = None, engine: str = "") -> None:
        self._store, self._key = store, digest(engine, "memory")
        before = store.get(self._key) if store else None
        self._stored = before.packed.keys() if before else set()
        self._known = dict(before.packed) if before else {}
        self._after: dict[str, bytes] = {}

    def knows(self, *of: str) -> bool:
        """Whether there is a value."""
        return digest(*of) in self._known

    def recall(self, *of: str) -> Any:  # noqa: ANN401
        """The value that was kept; None when there is none."""
        name = digest(*of)
        if name not in self._known:
            return None
        self._after[name] = self._known[name]
        return json.loads(zlib.decompress(self._known[name]))

    def use(self, *of: str) -> None:
        """Keep a value, if there is one, that nobody had to recall."""
        name = digest(*of)
        if name in self._known:
            self._after[name] = self._known[name]

    def keep(self, value: Any, *of: str) -> None:  # noqa: ANN401
        """Remember a value: text, lists and mappings of it, or True."""
        if self._store:
            self._after[digest(*of)] = zlib.compress(json.dumps(value).encode(), 1)

    def share(self, items: Iterable[ItemT], find_out: Callable[[Sequence[ItemT]], None]) -> None:
        """Where several processes can find out about these items beforehand, remember what they keep; else nothing."""

    def close(self) -> None:
        """Keep what was recalled or kept since this was opened; the rest is forgotten."""
        if self._store and self._after.keys() != self._stored:
            self._store.put(self._key, Bundle(self._after))
            self._store.sweep()
