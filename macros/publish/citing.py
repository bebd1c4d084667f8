"""How others cite an explainer: in plain text and as BibTeX."""

from __future__ import annotations

from macros import derive
from macros.dates import spoken
from macros.edition import Edition
from macros.publish.address import Site

_SPECIAL = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"} | {"~": r"\~{}", "^": r"\^{}", "\\": r"\textbackslash{}"}
)


def plain(edition: Edition, site: Site) -> str:
    """A reference in a line: who, what, when, where."""
    changed = derive.last_change(edition.explainer)
    state = f", as changed on {spoken(changed)}" if changed else ""
    read = f"read in the edition of {spoken(edition.day)}"
    return f"{site.name}: {edition.title} Explainer{state}, {read}. {_address(edition, site)}"


def bibtex(edition: Edition, site: Site) -> str:
    """An `@online` entry (BibLaTeX), its key the slug; TeX's own signs are escaped."""
    changed = derive.last_change(edition.explainer) or edition.day
    fields = {
        "author": f"{{{site.name.translate(_SPECIAL)}}}",
        "title": edition.title.translate(_SPECIAL),
        "date": changed.isoformat(),
        "url": _address(edition, site),
        "urldate": edition.day.isoformat(),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@online{{{edition.slug},\n{lines}}}"


def _address(edition: Edition, site: Site) -> str:
    return site.address(edition.url)


def tools(edition: Edition, site: Site) -> dict[str, str]:
    """What the foot of an explainer's page needs."""
    return {
        "folder": edition.url,
        "embeds": f"embed/{edition.slug}/",
        "api": f"api/v1/explainers/{edition.slug}.json",
        "citation": plain(edition, site),
        "bibtex": bibtex(edition, site),
    }
