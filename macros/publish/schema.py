"""JSON Schema 2020-12 of what the API answers: the model's, with the computed fields marked `readOnly`.

A file under `data/` satisfies it too: a computed field is never required.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.publish.address import Site
from macros.publish.computed import ADDED, Computed
from macros.publish.json_feed import as_bytes
from macros.reference import SCHEMAS, schema


def of_site(site: Site) -> Iterator[tuple[str, bytes]]:
    """`schema/explainer.json` and `schema/actor.json`."""
    for name in SCHEMAS:
        path = f"schema/{name}.json"
        yield path, as_bytes(published(name, site.address(path)))


def published(name: str, address: str) -> dict[str, Any]:
    """The schema of a file of the API, under its own address."""
    found = {"$id": address, **schema(name)}
    for model, added in ADDED.items():
        owner = found if model is SCHEMAS[name] else found.get("$defs", {}).get(model.__name__)
        if owner:
            owner["properties"] |= _read_only(added)
    found["properties"]["$schema"] = {"type": "string", "format": "uri", "readOnly": True}
    return found


def _read_only(model: type[Computed]) -> dict[str, Any]:
    properties = model.model_json_schema(mode="serialization")["properties"]
    return {name: {**written, "readOnly": True} for name, written in properties.items()}
