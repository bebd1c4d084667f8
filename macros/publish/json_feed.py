"""JSON Feed 1.1 (jsonfeed.org): the same channels and entries as the Atom feeds."""

from __future__ import annotations

import json
from typing import Any

from macros.publish.address import Site
from macros.publish.atom import instant, tag
from macros.publish.news import Channel, Entry

VERSION = "https://jsonfeed.org/version/1.1"


def file(channel: Channel, site: Site) -> tuple[str, bytes]:
    """The `feed.json` of a channel."""
    return f"{channel.folder}feed.json", as_bytes(feed(channel, site))


def as_bytes(document: Any) -> bytes:  # noqa: ANN401
    """JSON as every file of this site has it: UTF-8, readable, keys in the order given."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def feed(channel: Channel, site: Site) -> dict[str, Any]:
    """The channel as a JSON Feed."""
    return {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": site.address(channel.folder),
        "feed_url": site.address(f"{channel.folder}feed.json"),
        "description": channel.description,
        "authors": [{"name": site.name, "url": site.address()}],
        "language": "en",
        "items": [_item(entry, site) for entry in channel.entries],
    }


def _item(entry: Entry, site: Site) -> dict[str, Any]:
    return {
        "id": tag(entry, site),
        "url": site.address(entry.url),
        "title": entry.title,
        "content_text": entry.text,
        "date_published": instant(entry.on),
        "tags": [entry.kind, *sorted(entry.actors)],
    }
