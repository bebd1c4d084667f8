"""Reads the start tags of finished HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

TAG = re.compile(r"""<([a-zA-Z][\w-]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>=`]++)))?""")
INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
RUNS = {"", "module", "text/javascript", "application/javascript"}


def tags(html: str) -> set[tuple[str, str]]:
    """The elements that begin in the HTML, each once, with the text of its attributes."""
    return {(name.lower(), attributes) for name, attributes in TAG.findall(html)}


def attributes(text: str) -> Iterator[tuple[str, str]]:
    """The names and values in a tag's text."""
    for name, *values in ATTRIBUTE.findall(text):
        yield name.lower(), unescape("".join(values))


def inline(html: str) -> dict[str, list[str]]:
    """What stands between `<script>` or `<style>` and their ends, where the browser runs or applies it."""
    found: dict[str, list[str]] = {"script": [], "style": []}
    for element, text, content in INLINE.findall(html):
        values = dict(attributes(text))
        if "src" not in values and values.get("type", "").lower() in RUNS:
            found[element.lower()].append(content)
    return found
