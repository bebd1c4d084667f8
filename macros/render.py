"""Values into HTML, by a template of the given name. Everything is escaped; nothing undefined passes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.contribute import Editing
from macros.dates import spoken

NOWHERE = Editing()
_EMPTY_LINES = re.compile(r"\n\s*(?=\n)")


def render(name: str, values: Mapping[str, Any], page_url: str = "", editing: Editing = NOWHERE) -> str:
    """The HTML of `templates/<name>.html`, or a template with an ending of its own such as `card.svg`.

    `page_url` is the address of the page it goes to, below the site's root;
    `editing` says where its records are edited.
    """
    template = _environment().get_template(name if "." in name else f"{name}.html")
    html = template.render(**values, link=lambda url: relative(url, page_url), editing=editing)
    return _EMPTY_LINES.sub("", html).strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = spoken
    return environment


def relative(url: str, page_url: str) -> str:
    """The address from one page to another, both below the site's root; an anchor alone on the same page."""
    path, sign, anchor = url.partition("#")
    if path == page_url and sign:
        return f"#{anchor}"
    return _way(path, page_url if page_url.endswith("/") else posixpath.dirname(page_url)) + sign + anchor


@lru_cache(maxsize=8192)  # the list of topics names each explainer several times
def _way(path: str, folder: str) -> str:
    steps = posixpath.relpath(path or ".", folder or ".")
    return steps + "/" if path.endswith("/") or not path else steps
