"""Content Security Policy: a page loads from its own site, runs the inline scripts it was built with, and no more."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from macros.tags import attributes, inline, tags

ALWAYS = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"


def policy(html: str) -> str:
    """The policy for a finished page."""
    found = inline(html)
    scripts = " ".join(["script-src 'self'", *_hashes(found["script"])])
    styles = " ".join(["style-src 'self'", *_hashes(found["style"])])
    return "; ".join([ALWAYS, scripts, styles, *_for_style_attributes(html)])


def _for_style_attributes(html: str) -> list[str]:
    """Markdown aligns a table's columns by `style`: these values are allowed, and no other."""
    if " style=" not in html:
        return []
    values = [value for _, text in tags(html) for name, value in attributes(text) if name == "style"]
    return [" ".join(["style-src-attr 'unsafe-hashes'", *_hashes(values)])] if values else []


def _hashes(texts: Iterable[str]) -> list[str]:
    return sorted({f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts})
