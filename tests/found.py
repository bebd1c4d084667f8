"""What the search of a built site leads to, read from the files that a browser reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """An entry of search: where it leads, its kind, and all its words."""

    location: str
    kind: str
    text: str


def found(site: Path) -> list[Found]:
    """Every entry."""
    kinds = [kind for kind, *_ in json.loads((site / "search/root.json").read_text(encoding="utf-8"))["kinds"]]
    return [entry for file in sorted(site.glob("search/*/page-*.json")) for entry in _of(file, kinds)]


def _of(file: Path, kinds: list[str]) -> Iterator[Found]:
    page = json.loads(file.read_text(encoding="utf-8"))
    for kind, anchor, title, text, note, _ in page["entries"]:
        location = f"{page['url']}#{anchor}" if anchor else page["url"]
        yield Found(location, kinds[kind], f"{title} {text} {note}")
