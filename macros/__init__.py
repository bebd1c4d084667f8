"""Hands the components to articles. The only module that knows the macros plugin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from macros import workspace
from macros.components import COMPONENTS, Component
from macros.contribute import Repository, editing
from macros.problems import Mistake
from macros.proofread import Proof
from macros.render import render
from macros.stash import token


def define_env(env: Any) -> None:  # noqa: ANN401
    """Called by the macros plugin: every component becomes a function that articles may call."""
    for component in COMPONENTS.values():
        env.macro(_callable(component), component.name)


def _callable(component: Component) -> Callable[..., str]:
    @pass_context
    def call(context: Context, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        file = context["page"].file
        root = Path(file.abs_src_path).parents[file.src_uri.count("/") + 1]
        repository = Repository(context.get("repository", ""))
        return token(_html(component, workspace.current(root), repository, file, args, kwargs), component.shape)

    return call


def _html(component: Component, proof: Proof, repository: Repository, file: Any, args: Any, kwargs: Any) -> str:  # noqa: ANN401
    """A component's HTML; where it has none, what is missing. Only a preview gets that far."""
    page_url, slug = "" if file.url in (".", "./") else file.url, Path(file.src_uri).stem
    where = editing(repository, slug, proof.lines.get(slug, {}))
    try:
        subject = proof.library if component.scope == "site" else proof.library.edition(slug)
        return render(component.name, component.make(subject, *args, **kwargs), page_url, where)
    except Mistake as mistake:
        return render(f"_missing_{component.shape}", {"name": component.name, "mistake": mistake}, page_url)
