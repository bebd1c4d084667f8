"""How a function becomes a component: its name, its shape, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Values = dict[str, Any]
Make = Callable[..., Values]
Shape = Literal["block", "inline"]
Scope = Literal["explainer", "site"]


@dataclass(frozen=True)
class Component:
    """A function an article may call. `heading` stands above a section that the article does not place."""

    name: str
    make: Make
    shape: Shape
    scope: Scope
    heading: str = ""


COMPONENTS: dict[str, Component] = {}


def component(heading: str) -> Callable[[Make], Make]:
    """A section of an explainer; `heading` stands above it when the article does not place it."""
    return _register("block", "explainer", heading)


def inline(make: Make) -> Make:
    """A word or two in the middle of a sentence."""
    return _register("inline", "explainer")(make)


def site_component(make: Make) -> Make:
    """A list over all explainers, for pages of the site."""
    return _register("block", "site")(make)


def _register(shape: Shape, scope: Scope, heading: str = "") -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        COMPONENTS[make.__name__] = Component(make.__name__, make, shape, scope, heading)
        return make

    return register
