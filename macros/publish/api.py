"""The API: every fact as JSON, at addresses that stay. Keys are those of the data; what is computed stands beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from macros.dates import Edtf
from macros.edition import Edition, Library
from macros.model import Actor, Authored
from macros.publish import computed
from macros.publish.address import Site
from macros.publish.atom import tag
from macros.publish.json_feed import as_bytes
from macros.publish.news import Entry, entries

FOLDER = "api/v1/"


def of_site(library: Library, site: Site) -> Iterator[tuple[str, bytes]]:
    """The index, and everything that changed."""
    yield f"{FOLDER}index.json", as_bytes(index(library, site))
    yield f"{FOLDER}changes.json", as_bytes(changes(library, site))


def of_story(edition: Edition, site: Site) -> tuple[str, bytes]:
    return f"{FOLDER}explainers/{edition.slug}.json", as_bytes(explainer(edition, site))


def of_actor(library: Library, id_: str, site: Site) -> tuple[str, bytes]:
    return f"{FOLDER}actors/{id_}.json", as_bytes(actor(library, id_, site))


def index(library: Library, site: Site) -> dict[str, Any]:
    """What there is, and where."""
    return {
        "name": site.name,
        "address": site.address(),
        "day": library.day.isoformat(),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "explainers": [_listed(edition, site) for edition in library.editions],
        "actors": [
            {"id": id_, "name": found.name, "api": site.address(f"{FOLDER}actors/{id_}.json")}
            for id_, found in library.actors.items()
        ],
        "changes": site.address(f"{FOLDER}changes.json"),
        "feeds": [site.address("feed.xml"), site.address("feed.json")],
        "calendar": site.address("next.ics"),
        "schemas": [site.address("schema/explainer.json"), site.address("schema/actor.json")],
    }


def _listed(edition: Edition, site: Site) -> dict[str, Any]:
    found = computed.explainer(edition, site).model_dump(mode="json")
    return {**found, "api": site.address(f"{FOLDER}explainers/{edition.slug}.json")}


def explainer(edition: Edition, site: Site) -> dict[str, Any]:
    """One explainer: its facts as they are written, with what is computed on each record."""
    found: dict[str, Any] = written(edition.explainer, edition, site)
    return {"$schema": site.address("schema/explainer.json"), **found}


def written(value: Any, edition: Edition, site: Site) -> Any:  # noqa: ANN401
    """A value as JSON has it; a record with its computed fields first."""
    match value:
        case Authored():
            added = computed.of(value, edition, site)
            fields = {key: written(item, edition, site) for key, item in _fields(value)}
            return {**(added.model_dump(mode="json") if added else {}), **fields}
        case dict():
            return {key: written(item, edition, site) for key, item in value.items()}
        case tuple():
            return [written(item, edition, site) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    match value:
        case Edtf():
            return value.text
        case date():
            return value.isoformat()
        case timedelta():
            return f"{value.days} days"
    return value


def _fields(item: Authored) -> Iterator[tuple[str, Any]]:
    """What is written down; a date that is unknown is written as `unknown`."""
    for name, info in type(item).model_fields.items():
        value = getattr(item, name)
        if name == "expected" and name in item.model_fields_set:
            yield name, value or "unknown"
        elif value not in (None, (), {}):
            yield info.alias or name, value


def actor(library: Library, id_: str, site: Site) -> dict[str, Any]:
    """One actor: who they are, and in which explainers they take part."""
    found = library.actors[id_]
    added = computed.ComputedActor(
        id=id_,
        address=site.address(f"actors/{id_}/"),
        explainers=[edition.slug for edition in library.naming(id_) if id_ in edition.explainer.actors],
    )
    return {"$schema": site.address("schema/actor.json"), **added.model_dump(mode="json"), **_plain(found)}


def _plain(found: Actor) -> dict[str, Any]:
    return {key: _scalar(value) for key, value in _fields(found)}


def changes(library: Library, site: Site) -> dict[str, Any]:
    """Every major revision, outcome and moved stance, newest first."""
    return {"day": library.day.isoformat(), "changes": [_change(entry, site) for entry in entries(library.editions)]}


def _change(entry: Entry, site: Site) -> dict[str, Any]:
    return {
        "id": tag(entry, site),
        "on": entry.on.isoformat(),
        "kind": entry.kind,
        "title": entry.title,
        "text": entry.text,
        "address": site.address(entry.url),
        "explainer": entry.slug,
        "actors": sorted(entry.actors),
    }
