"""Hands the components to articles."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:  # noqa: ANN401
    """Called by the macros plugin. Whoever uses one module of this package need not load what articles may call."""
    from macros.functions import define

    define(env)
