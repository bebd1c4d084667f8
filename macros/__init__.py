"""Hands the components to articles. The only module that knows the macros plugin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from macros import workspace
from macros.components import COMPONENTS, Component
from macros.edition import Library
from macros.problems import Mistake
from macros.render import render
from macros.stash import token


def define_env(env: Any) -> None:  # noqa: ANN401
    """Called by the macros plugin: every component becomes a function that articles may call."""
    libraries: dict[Path, Library] = {}
    for component in COMPONENTS.values():
        env.macro(_callable(component, libraries), component.name)


def _callable(component: Component, libraries: dict[Path, Library]) -> Callable[..., str]:
    @pass_context
    def call(context: Context, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        file = context["page"].file
        root = Path(file.abs_src_path).parents[file.src_uri.count("/") + 1]
        if root not in libraries:
            libraries[root] = workspace.read(root).library
        return token(_html(component, libraries[root], file, args, kwargs), component.shape)

    return call


def _html(component: Component, library: Library, file: Any, args: Any, kwargs: Any) -> str:  # noqa: ANN401
    """A component's HTML; where it has none, what is missing. Only a preview gets that far."""
    page_url = "" if file.url in (".", "./") else file.url
    try:
        subject = library if component.scope == "site" else library.edition(Path(file.src_uri).stem)
        return render(component.name, component.make(subject, *args, **kwargs), page_url)
    except Mistake as mistake:
        return render(f"_missing_{component.shape}", {"name": component.name, "mistake": mistake}, page_url)
