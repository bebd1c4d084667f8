"""Each section of each explainer as a page of its own, to be shown in a frame on other sites.

It needs no script, loads nothing from elsewhere, says of which day it is, and leads back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from macros.components import COMPONENTS
from macros.components.registry import Component
from macros.edition import Edition
from macros.publish.address import Site
from macros.render import render


@dataclass(frozen=True)
class Embed:
    """A section that can be shown elsewhere, with the code that shows it."""

    name: str
    heading: str
    url: str
    address: str
    title: str


def embeds(edition: Edition, site: Site) -> list[Embed]:
    """The sections of an explainer that have something in them, in the order of the page."""
    return [
        Embed(
            name,
            component.heading,
            f"{folder(edition)}{name}/",
            site.address(f"{folder(edition)}{name}/"),
            edition.title,
        )
        for name, component in COMPONENTS.items()
        if component.heading and getattr(edition.explainer, name, True)
    ]


def folder(edition: Edition) -> str:
    """Where an explainer's embeds are, below the site's root."""
    return f"embed/{edition.slug}/"


def of_story(edition: Edition, site: Site) -> Iterator[tuple[str, bytes]]:
    """An `index.html` for every section of an explainer."""
    for embed in embeds(edition, site):
        yield f"{embed.url}index.html", page(edition, COMPONENTS[embed.name], embed, site)


def page(edition: Edition, component: Component, embed: Embed, site: Site) -> bytes:
    """The page of one section."""
    values = {
        "embed": embed,
        "section": _section(edition, component, embed.url),
        "story": edition.link,
        "canonical": site.address(edition.url),
        "site": site,
        "day": edition.day,
    }
    return (render("_embed", values, embed.url) + "\n").encode()


def _section(edition: Edition, component: Component, url: str) -> Markup:
    """The section; what leads to a place on it stays in the frame, what leads elsewhere takes the whole window."""
    shown = render(component.name, component.make(edition), url)
    return Markup(shown.replace('<a href="#', '<a target="_self" href="#'))  # noqa: S704 - escaped by its template
