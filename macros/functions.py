"""The components as functions that articles may call. The only module that knows what the macros plugin hands over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from macros import workspace
from macros.answers import Place, answer
from macros.calls import Call
from macros.components import COMPONENTS, Component
from macros.contribute import Repository


def define(env: Any) -> None:  # noqa: ANN401
    """Every component becomes a function of the macros plugin's environment."""
    for component in COMPONENTS.values():
        env.macro(_callable(component), component.name)


def _callable(component: Component) -> Callable[..., str]:
    @pass_context
    def call(context: Context, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        file = context["page"].file
        root = Path(file.abs_src_path).parents[file.src_uri.count("/") + 1]
        place = Place("" if file.url in (".", "./") else file.url, Path(file.src_uri).stem)
        repository = Repository(context.get("repository", ""))
        return answer(Call(component.name, args, kwargs, 0), workspace.current(root), repository, place)

    return call
